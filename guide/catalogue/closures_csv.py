"""``closures.csv``: streets and slopes that are closed, icy or under works, and until when."""

from pathlib import Path
from typing import Final

from guide.catalogue.headings import COMMON_HEADINGS, TEXT_COLUMNS
from guide.catalogue.row import Row, find_word
from guide.catalogue.sheet import Columns, Reading, read_entries
from guide.domain.closure import CatalogueClosure, ClosureKind

CLOSURES_CSV: Final = "closures.csv"

COLUMNS: Final = ("id", "kind", "slope", "lng", "lat", "line", "starts", "ends", *TEXT_COLUMNS, "status", "note")
CLOSURE_COLUMNS: Final = Columns(
    names=COLUMNS,
    required=frozenset({"id", "kind"}),
    aliases={
        **COMMON_HEADINGS,
        "種類": "kind",
        "種別": "kind",
        "坂": "slope",
        "線": "line",
        "開始": "starts",
        "から": "starts",
        "終了": "ends",
        "まで": "ends",
    },
)
_KINDS_JA: Final = {
    "通行止め": ClosureKind.CLOSED, "通行止": ClosureKind.CLOSED, "熊": ClosureKind.BEARS, "クマ": ClosureKind.BEARS,
    "凍結": ClosureKind.ICE, "工事": ClosureKind.WORKS, "お知らせ": ClosureKind.NOTICE,
}  # fmt: skip


def read_closures(path: Path) -> Reading[CatalogueClosure]:
    """The closures of a catalogue file. A row without id or kind is left out and reported.

    Raises:
        SourceError: the file is missing, no text, or lacks a required column.
    """
    return read_entries(path, CLOSURE_COLUMNS, closure_of_row)


def closure_of_row(row: Row) -> CatalogueClosure | None:
    """The closure of a row; None, and a complaint, without id or kind."""
    closure_id, kind = row.name("id"), _kind(row)
    if closure_id is None or kind is None:
        if closure_id is None:
            row.complain("id", "no-id")
        return None
    lng_lat, line = row.place_or_line()
    return CatalogueClosure(
        id=closure_id,
        kind=kind,
        slope_id=row.name("slope"),
        lng_lat=lng_lat,
        line=line,
        starts=row.moment("starts"),
        ends=row.moment("ends", end=True),
        description_ja=row.text("description_ja"),
        description_en=row.text("description_en"),
        status=row.status(),
        note=row.text("note"),
    )


def _kind(row: Row) -> ClosureKind | None:
    """What is closed must not pass for a mere notice, so a kind that nobody knows leaves the row out."""
    text = row.name("kind")
    kind = None if text is None else _KINDS_JA.get(text) or find_word(ClosureKind, text)
    if kind is None:
        row.complain("kind", "unknown-closure-kind", word=text or "", known=", ".join(ClosureKind))
    return kind
