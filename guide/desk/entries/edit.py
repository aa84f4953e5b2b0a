"""The forms: an entry made, changed, and checked as one types."""

import asyncio
import re
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect

from guide.catalogue.cells import Cells, cells_of
from guide.catalogue.workflow.people import Permission
from guide.catalogue.workflow.records import EntryRecord
from guide.desk.access import PERMISSION
from guide.desk.at import Typed
from guide.desk.entries.cells import TypedEntry, typed_entry
from guide.desk.entries.conflict import conflict_page
from guide.desk.entries.fields import SECTIONS
from guide.desk.entries.finding import entry_path, find_entry, savable, seen_version
from guide.desk.entries.lists import kind_of_path
from guide.desk.entries.notices import Notice, by_field, check
from guide.desk.pages import go
from guide.desk.place import Place, PlaceDesk
from guide.domain.entry import EntryKind
from guide.domain.errors import ConflictError, DeskError
from guide.domain.findings import Severity

ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_UNSAVED: Final = "unsaved"
"""Stands for the id of a new entry while it is checked."""

Adopted = Annotated[str, QueryParameter(description="a slope that only the map knows", max_length=100)]
SUBMIT: Final = "submit"
PUBLISH: Final = "publish"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """A form as a template shows it."""

    kind: EntryKind
    cells: Cells
    notices: dict[str, list[Notice]]
    record: EntryRecord | None
    key: str

    def value(self, column: str) -> str:
        """What stands in a field."""
        return self.cells.get(column, "")

    def ticked(self, column: str) -> list[str]:
        """The words that are chosen of a field."""
        return [word for word in self.value(column).split(";") if word]

    def lines(self, column: str) -> str:
        """Several entries, each in a line of its own."""
        return "\n".join(self.ticked(column))

    def day(self, column: str) -> str:
        """The day of a moment."""
        return self.value(column).partition(" ")[0]

    def time(self, column: str) -> str:
        """The time of a moment, if it has one."""
        return self.value(column).partition(" ")[2]


@get("/{area_id:str}/new/{kind:str}", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def get_new(place: Place, kind: FromPath[str], adopt: Adopted = "") -> Response[bytes]:
    """The form for a new entry; with ``adopt`` it takes over what the map says of a slope."""
    entry_kind = kind_of_path(kind)
    cells = _first_cells(place, entry_kind, adopt)
    key = cells.get("id") or place.office.drafts.next_id(place.id, entry_kind)
    return _form(place, FormView(kind=entry_kind, cells=cells, notices={}, record=None, key=key))


@post("/{area_id:str}/{kind:str}", opt={PERMISSION: Permission.EDIT}, status_code=200)
async def post_new(place: Place, kind: FromPath[str], form: Typed) -> Response[bytes] | Redirect:
    """A new draft."""
    entry_kind, key = kind_of_path(kind), form.text("id")
    typed = typed_entry(entry_kind, form, key or _UNSAVED)
    try:
        if not ID.fullmatch(key):
            raise DeskError("entry.odd-id")  # noqa: TRY301 (said like all that is wrong with the form)
        entry = savable(typed)
        record = await asyncio.to_thread(place.office.drafts.create, place.actor, place.id, entry)
    except DeskError as error:
        view = await asyncio.to_thread(_view, place, typed, None, key)
        return _form(place, view, error)
    return await asyncio.to_thread(_go_on, place, record, form.text("then"), "said.created")


@get("/{area_id:str}/{kind:str}/{key:str}", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def get_entry(place: Place, kind: FromPath[str], key: FromPath[str]) -> Response[bytes]:
    """The form of an entry."""
    record, entry = find_entry(place, kind_of_path(kind), key)
    found = by_field(check(place, entry), place.language)
    view = FormView(kind=record.kind, cells=cells_of(entry), notices=dict(found), record=record, key=key)
    return _form(place, view)


@post("/{area_id:str}/{kind:str}/{key:str}", opt={PERMISSION: Permission.EDIT}, status_code=200)
async def post_entry(place: Place, kind: FromPath[str], key: FromPath[str], form: Typed) -> Response[bytes] | Redirect:
    """Save a form as the latest draft."""
    entry_kind = kind_of_path(kind)
    record, _ = await asyncio.to_thread(find_entry, place, entry_kind, key)
    typed, version = typed_entry(entry_kind, form, key), seen_version(place, form)
    try:
        entry = savable(typed)
        saved = await asyncio.to_thread(place.office.drafts.save, place.actor, place.id, entry, version)
    except ConflictError as error:
        return await asyncio.to_thread(conflict_page, place, typed, form, error)
    except DeskError as error:
        view = await asyncio.to_thread(_view, place, typed, record, key)
        return _form(place, view, error)
    said = "said.saved" if saved.version != version else "said.nothing-changed"
    return await asyncio.to_thread(_go_on, place, saved, form.text("then"), said)


@post("/{area_id:str}/check/{kind:str}", opt={PERMISSION: Permission.EDIT}, status_code=200)
async def post_check(place: Place, kind: FromPath[str], form: Typed) -> Response[bytes]:
    """What is noticed of a form while one types: each field's notices, for HTMX to put beside it."""
    typed = typed_entry(kind_of_path(kind), form, form.text("id") or _UNSAVED)
    notices = await asyncio.to_thread(_notices, place, typed)
    return place.part("checks.html", kind=typed.kind, sections=SECTIONS[typed.kind], notices=notices)


def _notices(place: PlaceDesk, typed: TypedEntry) -> dict[str, list[Notice]]:
    findings = list(typed.findings)
    if typed.entry is not None:
        findings += check(place, typed.entry)
    return dict(by_field(findings, place.language))


def _view(place: PlaceDesk, typed: TypedEntry, record: EntryRecord | None, key: str) -> FormView:
    return FormView(kind=typed.kind, cells=typed.cells, notices=_notices(place, typed), record=record, key=key)


def _form(place: PlaceDesk, view: FormView, error: DeskError | None = None) -> Response[bytes]:
    values: dict[str, Any] = {
        "view": view,
        "kind": view.kind,
        "record": view.record,
        "sections": SECTIONS[view.kind],
        "blocking": any(each.severity is Severity.BLOCKING for some in view.notices.values() for each in some),
    }
    if error is not None:
        return place.refused("entry.html", error, **values)
    reply = place.page("entry.html", problem=None, **values)
    if view.record is not None:
        reply.headers["ETag"] = f'"{view.record.version}"'
    return reply


def _go_on(place: PlaceDesk, record: EntryRecord, then: str, said: str) -> Redirect:
    """Where to go after saving: on with the same form, or one step further."""
    if then == SUBMIT:
        place.office.review.submit(place.actor, place.id, record.key, record.version)
        return go(entry_path(place, record, "changes"), "said.submitted", name=record.name)
    if then == PUBLISH:
        return go(entry_path(place, record, "changes"))
    return go(entry_path(place, record), said, name=record.name)


def _first_cells(place: PlaceDesk, kind: EntryKind, adopt: str) -> dict[str, str]:
    found = place.served.slopes.get(adopt) if kind is EntryKind.SLOPE and adopt else None
    if found is None:
        return {"kind": "sight"} if kind is EntryKind.LANDMARK else {}
    line = found.line
    middle = None if line is None else tuple(line[len(line) // 2].tolist())
    cells = cells_of(replace(found.entry, lng_lat=found.entry.lng_lat or middle, line=None))
    return {column: text for column, text in cells.items() if column != "status"}
