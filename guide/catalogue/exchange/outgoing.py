"""What goes out: the catalogue's own tables, and GeoJSON that any map reads."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from guide.catalogue.cells import Cells, cells_of
from guide.catalogue.tables import TABLES
from guide.catalogue.workflow.records import EntryRecord, Stage
from guide.catalogue.write_csv import write_table
from guide.domain.entry import Entry, EntryKind, called

_NUMBERS: Final = frozenset({"posted_grade_percent", "steps", "reported_effort"})
_NO_PROPERTY: Final = frozenset({"lng", "lat", "line", "note", "status", "id"})
_STATUS: Final = {
    Stage.DRAFT: "draft",
    Stage.REVIEW: "draft",
    Stage.PUBLISHED: "published",
    Stage.ARCHIVED: "retired",
}


def own_rows(entries: Iterable[tuple[EntryRecord, Entry]]) -> list[Cells]:
    """Entries as rows of their own table, with where each stands."""
    return [{**cells_of(entry), "status": _STATUS[record.stage]} for record, entry in entries]


def own_csv(kind: EntryKind, entries: Iterable[tuple[EntryRecord, Entry]]) -> bytes:
    """A catalogue file, as staff edit it and the import reads it back."""
    return write_table(TABLES[kind].columns, own_rows(entries))


def geojson(entries: Sequence[Entry], about: Mapping[str, str] | None = None) -> bytes:
    """Entries as GeoJSON features (RFC 7946): their line, else their point, else no geometry.

    ``about`` are members of the collection itself, such as its licence.
    """
    features = [
        {"type": "Feature", "id": entry.id, "geometry": _geometry(entry), "properties": _properties(entry)}
        for entry in entries
    ]
    lines = b",\n".join(msgspec.json.encode(feature) for feature in features)
    head = msgspec.json.encode({"type": "FeatureCollection", **(about or {})})[:-1]
    return head + b',"features":[\n' + lines + b"\n]}\n"


def _geometry(entry: Entry) -> dict[str, Any] | None:
    if line := getattr(entry, "line", None):
        return {"type": "LineString", "coordinates": line}
    if place := getattr(entry, "lng_lat", None):
        return {"type": "Point", "coordinates": place}
    return None


def _properties(entry: Entry) -> dict[str, Any]:
    """What its row says, without places, and without what staff keep to themselves; numbers as numbers."""
    cells = cells_of(entry)
    return {"name": called(entry)} | {
        column: float(text) if column in _NUMBERS else text
        for column, text in cells.items()
        if column not in _NO_PROPERTY
    }
