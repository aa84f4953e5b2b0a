"""Finding slopes and landmarks by name while one types, for tours and closures."""

from typing import Annotated, Final

from litestar import Response, get
from litestar.params import QueryParameter

from guide.catalogue.workflow.content import searchable
from guide.catalogue.workflow.people import Permission
from guide.desk.access import PERMISSION
from guide.desk.place import Place, PlaceDesk
from guide.domain.entry import EntryKind
from guide.http.replies import private_reply

_MOST: Final = 12
Words = Annotated[str, QueryParameter(description="part of a name, a reading or an id", max_length=100)]
Ids = Annotated[str, QueryParameter(description="ids between ;", max_length=4_000)]
Only = Annotated[str, QueryParameter(description="slope, or empty for landmarks too", pattern="^(slope|)$")]


@get("/{area_id:str}/find", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def get_find(place: Place, q: Words = "", only: Only = "", ids: Ids = "") -> Response[bytes]:
    """What fits, slopes first: id, name, reading, kind and place of each. With ``ids`` those very ones."""
    if ids:
        wanted = set(ids.split(";"))
        return private_reply([told for _, told in _everything(place, slopes_only=False) if told["id"] in wanted])
    words = searchable(q).split()
    found = [row for row in _everything(place, slopes_only=bool(only)) if all(word in row[0] for word in words)]
    found.sort(key=lambda row: (row[1]["kind"] != EntryKind.SLOPE, len(row[0])))
    return private_reply([row[1] for row in found[:_MOST]])


def _everything(place: PlaceDesk, *, slopes_only: bool) -> list[tuple[str, dict[str, object]]]:
    """Each thing that a tour may visit: what it is searched by, and what is told of it."""
    rows: dict[str, tuple[str, dict[str, object]]] = {}
    for slope in place.served.slopes.values():
        at = slope.line[len(slope.line) // 2].tolist() if slope.line is not None else slope.entry.lng_lat
        entry = slope.entry
        rows[entry.id] = _row(entry.id, entry.name, entry.reading, EntryKind.SLOPE, at)
    if not slopes_only:
        for mark in place.served.landmarks.values():
            if mark.name:
                rows[mark.id] = _row(mark.id, mark.name, mark.reading, EntryKind.LANDMARK, mark.lng_lat)
    kinds = (EntryKind.SLOPE,) if slopes_only else (EntryKind.SLOPE, EntryKind.LANDMARK)
    for kind in kinds:
        for record in place.office.listing.all(place.id, kind):
            rows.setdefault(record.key, _row(record.key, record.name, record.reading, kind, None))
    return list(rows.values())


def _row(key: str, name: str, reading: str | None, kind: EntryKind, at: object) -> tuple[str, dict[str, object]]:
    told = {"id": key, "name": name, "reading": reading, "kind": kind.value, "lng_lat": at}
    return searchable(f"{name} {reading or ''} {key}"), told
