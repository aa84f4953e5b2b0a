"""``landmarks.csv``: what there is to see and to need beside the slopes, as staff keep it."""

from pathlib import Path
from typing import Final

from guide.catalogue.headings import COMMON_HEADINGS, PHOTO_COLUMNS, RIGHTS_COLUMNS, TEXT_COLUMNS
from guide.catalogue.row import EFFORTS, Row, find_word
from guide.catalogue.sheet import Columns, Reading, read_entries
from guide.domain.landmark import Landmark, LandmarkKind

LANDMARKS_CSV: Final = "landmarks.csv"

COLUMNS: Final = (
    "id",
    "kind",
    "name",
    "reading",
    "name_en",
    "other_names",
    "other_readings",
    "lng",
    "lat",
    "themes",
    *TEXT_COLUMNS,
    "opening_hours",
    "reported_effort",
    *PHOTO_COLUMNS,
    *RIGHTS_COLUMNS,
)
LANDMARK_COLUMNS: Final = Columns(
    names=COLUMNS,
    required=frozenset({"id", "name", "kind"}),
    aliases={
        **COMMON_HEADINGS,
        "種類": "kind",
        "種別": "kind",
        "利用時間": "opening_hours",
        "営業時間": "opening_hours",
    },
)
SOURCE: Final = "catalogue"


def read_landmarks(path: Path) -> Reading[Landmark]:
    """The landmarks of a catalogue file. A row without id, name or position is left out and reported.

    Raises:
        SourceError: the file is missing, no text, or lacks a required column.
    """
    return read_entries(path, LANDMARK_COLUMNS, landmark_of_row)


def landmark_of_row(row: Row) -> Landmark | None:
    """The landmark of a row; None, and a complaint, without id, name or position."""
    landmark_id, name = row.name("id"), row.name("name")
    if landmark_id is None or name is None:
        row.complain("id, name", "no-id")
        return None
    lng_lat = row.place()
    if lng_lat is None:
        row.complain("lng, lat", "no-place")
        return None
    return Landmark(
        id=landmark_id,
        kind=_kind(row),
        lng_lat=lng_lat,
        name=name,
        reading=row.reading("reading"),
        name_en=row.name("name_en"),
        other_names=row.names("other_names"),
        other_readings=row.readings("other_readings"),
        themes=row.themes(),
        description_ja=row.text("description_ja"),
        description_en=row.text("description_en"),
        opening_hours=row.name("opening_hours"),
        reported_effort=row.whole_in("reported_effort", EFFORTS),
        photo=row.name("photo"),
        photo_credit=row.name("photo_credit"),
        photo_licence=row.name("photo_licence"),
        photo_source=row.name("photo_source"),
        source=SOURCE,
        licence=row.name("licence"),
        credit=row.name("credit"),
        sources=row.names("sources"),
        status=row.status(),
        note=row.text("note"),
    )


def _kind(row: Row) -> LandmarkKind:
    text = row.name("kind")
    kind = find_word(LandmarkKind, text) if text else None
    if kind is None:
        row.complain("kind", "unknown-kind", word=text or "", known=", ".join(LandmarkKind))
    return kind or LandmarkKind.SIGHT
