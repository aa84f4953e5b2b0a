"""Measuring what is drawn: the map's script asks at every change, and is answered in some milliseconds."""

from typing import Any, Final

import msgspec
from litestar import Response, post
from litestar.params import JSONBody

from guide.area.features import bands_to_wire, measures_to_wire, profile_to_wire
from guide.catalogue.cells import read_cells
from guide.catalogue.workflow.people import Permission
from guide.desk.access import PERMISSION
from guide.desk.drawing.surveyor import surveyor_of
from guide.desk.place import Place, PlaceDesk
from guide.domain.closure import CatalogueClosure
from guide.domain.entry import EntryKind
from guide.domain.errors import NotBuiltError
from guide.domain.findings import Finding
from guide.domain.sentence import slope_sentence
from guide.domain.slope import CatalogueSlope
from guide.domain.tour import CatalogueTour
from guide.http.replies import private_reply

_MOST_CELLS: Final = 60
_UNSAVED: Final = {"id": "unsaved", "name": "?"}


class Drawn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The cells of a form that say where an entry is and what it is called."""

    cells: dict[str, str]


@post("/{area_id:str}/measure/slope", opt={PERMISSION: Permission.EDIT}, status_code=200, sync_to_thread=True)
def post_measure_slope(place: Place, data: JSONBody[Drawn]) -> Response[bytes]:
    """A slope's line as the streets have it, its profile and measures with their errors, and a sentence of them."""
    entry = _entry(EntryKind.SLOPE, data)
    if not isinstance(entry, CatalogueSlope) or (entry.lng_lat is None and entry.line is None):
        return private_reply({"line": None, "notes": []})
    try:
        slope, findings = surveyor_of(place.served).slope(entry)
    except NotBuiltError:
        return private_reply({"line": entry.line, "notes": []})
    if entry.name == _UNSAVED["name"]:  # nobody has said yet what it is called
        findings = [finding for finding in findings if finding.code != "slope.no-street"]
    if slope.line is None or slope.profile is None:
        return private_reply({"line": None, "notes": _notes(place, findings)})
    return private_reply(
        {
            "line": slope.line.tolist(),
            "on_streets": bool(slope.stretches),
            "sentence": slope_sentence(slope, place.language),
            "measures": measures_to_wire(slope.measures),
            "profile": {**profile_to_wire(slope.profile), "bands": bands_to_wire(slope.profile)},
            "notes": _notes(place, findings),
        }
    )


@post("/{area_id:str}/measure/tour", opt={PERMISSION: Permission.EDIT}, status_code=200, sync_to_thread=True)
def post_measure_tour(place: Place, data: JSONBody[Drawn]) -> Response[bytes]:
    """A tour as it would be walked: its line, how long it takes and how far up it goes."""
    entry = _entry(EntryKind.TOUR, data)
    if not isinstance(entry, CatalogueTour) or not entry.stops:
        return private_reply({"line": None, "notes": []})
    try:
        tour, findings = surveyor_of(place.served).tour(entry)
    except NotBuiltError:
        return private_reply({"line": None, "notes": []})
    walk = tour.walk
    told: dict[str, Any] = {"line": None, "notes": _notes(place, findings)}
    if walk is not None:
        told |= {
            "line": walk.line.tolist(),
            "distance_m": walk.distance_m,
            "duration_s": walk.duration_s,
            "ascent_m": walk.ascent_m,
        }
    return private_reply(told)


@post("/{area_id:str}/measure/closure", opt={PERMISSION: Permission.EDIT}, status_code=200, sync_to_thread=True)
def post_measure_closure(place: Place, data: JSONBody[Drawn]) -> Response[bytes]:
    """The streets that a closure concerns."""
    entry = _entry(EntryKind.CLOSURE, data)
    if not isinstance(entry, CatalogueClosure):
        return private_reply({"lines": [], "notes": []})
    try:
        closure, findings = surveyor_of(place.served).closure(entry)
    except NotBuiltError:
        return private_reply({"lines": [], "notes": []})
    return private_reply({"lines": [line.tolist() for line in closure.lines], "notes": _notes(place, findings)})


def _entry(kind: EntryKind, data: JSONBody[Drawn]) -> object:
    cells = dict(list(data.cells.items())[:_MOST_CELLS])
    if kind is EntryKind.CLOSURE:
        cells.setdefault("kind", "notice")
    entry, _ = read_cells(kind, {**_UNSAVED, **{column: text for column, text in cells.items() if text}})
    return entry


def _notes(place: PlaceDesk, findings: list[Finding]) -> list[dict[str, str | None]]:
    language = place.language
    return [
        {
            "severity": finding.severity.value,
            "text": finding.message(language),
            "mend": finding.mend(language),
        }
        for finding in findings
    ]
