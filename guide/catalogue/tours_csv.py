"""``tours.csv``: the walks that staff recommend."""

import unicodedata
from pathlib import Path
from typing import Final

from guide.catalogue.headings import COMMON_HEADINGS, RIGHTS_COLUMNS, TEXT_COLUMNS
from guide.catalogue.row import Row, find_word
from guide.catalogue.sheet import Columns, Reading, read_entries
from guide.domain.route import Direction
from guide.domain.tour import CatalogueTour, TourStop

TOURS_CSV: Final = "tours.csv"

COLUMNS: Final = ("id", "name", "reading", "name_en", *TEXT_COLUMNS, "stops", *RIGHTS_COLUMNS)
TOUR_COLUMNS: Final = Columns(
    names=COLUMNS,
    required=frozenset({"id", "name", "stops"}),
    aliases={**COMMON_HEADINGS, "立ち寄り先": "stops", "順路": "stops"},
)
FEWEST_STOPS: Final = 2


def read_tours(path: Path) -> Reading[CatalogueTour]:
    """The tours of a catalogue file. A row without id or name is left out and reported.

    Raises:
        SourceError: the file is missing, no text, or lacks a required column.
    """
    return read_entries(path, TOUR_COLUMNS, tour_of_row)


def tour_of_row(row: Row) -> CatalogueTour | None:
    """The tour of a row; None, and a complaint, without id or name."""
    tour_id, name = row.name("id"), row.name("name")
    if tour_id is None or name is None:
        row.complain("id, name", "no-id")
        return None
    return CatalogueTour(
        id=tour_id,
        name=name,
        reading=row.reading("reading"),
        name_en=row.name("name_en"),
        description_ja=row.text("description_ja"),
        description_en=row.text("description_en"),
        stops=_stops(row),
        licence=row.name("licence"),
        credit=row.name("credit"),
        sources=row.names("sources"),
        status=row.status(),
        note=row.text("note"),
    )


def _stops(row: Row) -> tuple[TourStop, ...]:
    """Ids between ``;``, each with ``:up`` or ``:down`` if it matters; a stop may come twice."""
    stops = []
    for part in filter(None, map(str.strip, (row.text("stops") or "").replace("；", ";").split(";"))):
        stop_id, _, word = unicodedata.normalize("NFKC", part).partition(":")
        direction = find_word(Direction, word or Direction.ANY)
        if direction is None:
            row.complain("stops", "unknown-direction", stop=stop_id, word=word)
        stops.append(TourStop(id=stop_id.strip(), direction=direction or Direction.ANY))
    if len(stops) < FEWEST_STOPS:
        row.complain("stops", "too-few-stops", count=len(stops))
    return tuple(stops)
