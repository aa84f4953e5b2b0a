"""The queue of suggestions: each beside what is said now, taken up as a draft or refused with a reason."""

import asyncio
from dataclasses import dataclass, replace
from typing import Any, Final

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from guide.catalogue.cells import cells_of
from guide.catalogue.suggestions.words import LONGEST_REASON, LONGEST_TEXT, State, Suggestion
from guide.catalogue.workflow.people import Permission
from guide.desk.access import PERMISSION
from guide.desk.at import Typed
from guide.desk.entries.finding import entry_path
from guide.desk.forms import Form
from guide.desk.pages import go
from guide.desk.place import Place, PlaceDesk
from guide.domain.errors import DeskError, UnknownEntryError
from guide.domain.slope import CatalogueSlope

_MOST_WAITING: Final = 100
_MOST_ANSWERED: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A suggestion, and what the column that it is about says now; ``typed`` is what was typed in answer to it."""

    suggestion: Suggestion
    now: str
    in_catalogue: bool
    typed: str


@get("/{area_id:str}/suggestions", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def get_suggestions(place: Place) -> Response[bytes]:
    """What waits, and what was answered."""
    return place.page("suggestions.html", problem=None, **_queue(place))


@post("/{area_id:str}/suggestions/{number:int}/accept", opt={PERMISSION: Permission.EDIT}, status_code=200)
async def post_accept(place: Place, number: FromPath[int], form: Typed) -> Response[bytes] | Redirect:
    """Make it a draft of its slope."""
    return await asyncio.to_thread(_accept, place, number, form)


@post("/{area_id:str}/suggestions/{number:int}/refuse", opt={PERMISSION: Permission.EDIT}, status_code=200)
async def post_refuse(place: Place, number: FromPath[int], form: Typed) -> Response[bytes] | Redirect:
    """Say why it is not taken up."""
    return await asyncio.to_thread(_refuse, place, number, form)


def _accept(place: PlaceDesk, number: int, form: Form) -> Response[bytes] | Redirect:
    suggestions, text = place.office.suggestions, form.text("text")
    try:
        suggestion = suggestions.get(place.id, number)
        found = _found_on_map(place, suggestion.suggested.key)
        record = suggestions.accept(place.actor, place.id, number, text, found)
    except DeskError as error:
        return place.refused("suggestions.html", error, **_queue(place, {number: text}))
    return go(entry_path(place, record), "said.suggestion-accepted", name=record.name)


def _refuse(place: PlaceDesk, number: int, form: Form) -> Response[bytes] | Redirect:
    try:
        place.office.suggestions.refuse(place.actor, place.id, number, form.text("reason"))
    except DeskError as error:
        return place.refused("suggestions.html", error, **_queue(place))
    return go(place.path("suggestions"), "said.suggestion-refused")


def _queue(place: PlaceDesk, typed: dict[int, str] | None = None) -> dict[str, Any]:
    suggestions = place.office.suggestions
    return {
        "waiting": [
            _waiting(place, each, (typed or {}).get(each.id, each.suggested.text))
            for each in suggestions.list(place.id, [State.WAITING], _MOST_WAITING)
        ],
        "answered": suggestions.list(place.id, [State.ACCEPTED, State.REFUSED], _MOST_ANSWERED),
        "longest": {"text": LONGEST_TEXT, "reason": LONGEST_REASON},
    }


def _waiting(place: PlaceDesk, suggestion: Suggestion, typed: str) -> Waiting:
    column, key = suggestion.suggested.about.column, suggestion.suggested.key
    try:
        entry, in_catalogue = place.office.drafts.find(place.id, key)[1].entry, True
    except UnknownEntryError:
        found, in_catalogue = _found_on_map(place, key), False
        now = cells_of(found).get(column or "", "") if found else ""
    else:
        now = cells_of(entry).get(column or "", "")
    return Waiting(suggestion=suggestion, now=now, in_catalogue=in_catalogue, typed=typed)


def _found_on_map(place: PlaceDesk, key: str) -> CatalogueSlope | None:
    """A slope as the map knows it, with a point on it: its line is found again from that."""
    slope = place.served.slopes.get(key)
    if slope is None:
        return None
    line = slope.line
    middle = None if line is None else (float(line[len(line) // 2][0]), float(line[len(line) // 2][1]))
    return replace(slope.entry, lng_lat=slope.entry.lng_lat or middle, line=None)
