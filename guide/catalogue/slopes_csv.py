"""``slopes.csv``: the catalogue of an area's slopes, as staff keep it in a spreadsheet."""

from pathlib import Path
from typing import Final

from guide.catalogue.headings import COMMON_HEADINGS, PHOTO_COLUMNS, RIGHTS_COLUMNS, TEXT_COLUMNS
from guide.catalogue.row import EFFORTS, MAX_POSTED_GRADE_PERCENT, MAX_STEPS, Row
from guide.catalogue.sheet import Columns, Reading, read_entries
from guide.domain.findings import Finding
from guide.domain.slope import CatalogueSlope

SLOPES_CSV: Final = "slopes.csv"

COLUMNS: Final = (
    "id",
    "name",
    "reading",
    "name_en",
    "other_names",
    "other_readings",
    "lng",
    "lat",
    "line",
    "themes",
    *TEXT_COLUMNS,
    "posted_grade_percent",
    "steps",
    "reported_effort",
    *PHOTO_COLUMNS,
    *RIGHTS_COLUMNS,
)
SLOPE_COLUMNS: Final = Columns(
    names=COLUMNS,
    required=frozenset({"id", "name"}),
    aliases={
        **COMMON_HEADINGS,
        "坂名": "name",
        "線": "line",
        "標識の勾配": "posted_grade_percent",
        "段数": "steps",
        "reported_steps": "steps",
        "疲労度": "reported_effort",
    },
)


def read_slopes_csv(path: Path) -> tuple[list[CatalogueSlope], list[Finding]]:
    """The slopes of a catalogue file, and a finding for each row or cell that could not be read.

    A row without id or name, or with an id seen before, is left out; an unreadable cell is left empty. The others
    stay.

    Raises:
        SourceError: the file is missing, no text, or has no ``id`` and ``name`` columns.
    """
    reading = read_slopes(path)
    return list(reading.entries), list(reading.findings)


def read_slopes(path: Path) -> Reading[CatalogueSlope]:
    """As ``read_slopes_csv``, with the row of each slope.

    Raises:
        SourceError: as ``read_slopes_csv``.
    """
    return read_entries(path, SLOPE_COLUMNS, slope_of_row)


def slope_of_row(row: Row) -> CatalogueSlope | None:
    """The slope of a row; None, and a complaint, without id or name."""
    slope_id, name = row.name("id"), row.name("name")
    if slope_id is None or name is None:
        row.complain("id, name", "no-id")
        return None
    lng_lat, line = row.place_or_line()
    return CatalogueSlope(
        id=slope_id,
        name=name,
        reading=row.reading("reading"),
        name_en=row.name("name_en"),
        other_names=row.names("other_names"),
        other_readings=row.readings("other_readings"),
        lng_lat=lng_lat,
        line=line,
        themes=row.themes(),
        description_ja=row.text("description_ja"),
        description_en=row.text("description_en"),
        posted_grade_percent=row.number_in("posted_grade_percent", 0.0, MAX_POSTED_GRADE_PERCENT),
        reported_effort=row.whole_in("reported_effort", EFFORTS),
        reported_steps=row.whole_in("steps", range(1, MAX_STEPS)),
        photo=row.name("photo"),
        photo_credit=row.name("photo_credit"),
        photo_licence=row.name("photo_licence"),
        photo_source=row.name("photo_source"),
        licence=row.name("licence"),
        credit=row.name("credit"),
        sources=row.names("sources"),
        status=row.status(),
        note=row.text("note"),
    )
