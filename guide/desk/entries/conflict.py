"""Two people at one entry: the second sees what both wrote, and chooses; nothing of either is lost."""

import asyncio
from dataclasses import dataclass
from typing import Final

from litestar import Response, post
from litestar.params import FromPath
from litestar.response import Redirect

from guide.catalogue.cells import Cells, cells_of, read_cells
from guide.catalogue.tables import TABLES
from guide.catalogue.workflow.people import Permission
from guide.desk.access import PERMISSION
from guide.desk.at import Typed
from guide.desk.entries.cells import TypedEntry
from guide.desk.entries.finding import entry_path, find_entry, savable, seen_version
from guide.desk.entries.lists import kind_of_path
from guide.desk.forms import Form
from guide.desk.pages import go
from guide.desk.place import Place, PlaceDesk
from guide.domain.entry import EntryKind
from guide.domain.errors import ConflictError, UnknownEntryError

_NOT_COMPARED: Final = frozenset({"id", "status"})
_MINE: Final = "mine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A column of which two people say different things. ``mine`` is chosen first where only one of them changed it."""

    column: str
    mine: str
    theirs: str
    choose_mine: bool
    both_changed: bool


def conflict_page(place: PlaceDesk, typed: TypedEntry, form: Form, error: ConflictError) -> Response[bytes]:
    """Both versions side by side, with a form that saves what is chosen over the newer one."""
    key = typed.cells["id"]
    record, revision = place.office.drafts.find(place.id, key)
    theirs, base = cells_of(revision.entry), _base(place, key, form)
    return place.refused(
        "conflict.html",
        error,
        kind=typed.kind,
        record=record,
        typed=typed.cells,
        theirs=theirs,
        clashes=clashes(typed, theirs, base),
        columns=[column for column in TABLES[typed.kind].columns.names if column not in _NOT_COMPARED],
    )


@post("/{area_id:str}/{kind:str}/{key:str}/merge", opt={PERMISSION: Permission.EDIT}, status_code=200)
async def post_merge(place: Place, kind: FromPath[str], key: FromPath[str], form: Typed) -> Response[bytes] | Redirect:
    """Save what somebody chose of two versions."""
    return await asyncio.to_thread(_merge, place, kind_of_path(kind), key, form)


def _merge(place: PlaceDesk, kind: EntryKind, key: str, form: Form) -> Response[bytes] | Redirect:
    record, entry = find_entry(place, kind, key)
    theirs = cells_of(entry)
    chosen = {
        column: form.text(f"mine-{column}") if form.text(f"pick-{column}") == _MINE else theirs.get(column, "")
        for column in TABLES[kind].columns.names
    }
    merged, findings = read_cells(kind, {**chosen, "id": key})
    typed = TypedEntry(kind=kind, cells=chosen | {"id": key}, entry=merged, findings=tuple(findings))
    try:
        saved = place.office.drafts.save(place.actor, place.id, savable(typed), seen_version(place, form))
    except ConflictError as error:  # somebody changed it once more
        return conflict_page(place, typed, form, error)
    return go(entry_path(place, record), "said.saved", name=saved.name)


def clashes(typed: TypedEntry, theirs: Cells, base: Cells) -> list[Clash]:
    """What two people say differently, compared with what both began with."""
    found = []
    for column in TABLES[typed.kind].columns.names:
        mine, other, before = (cells.get(column, "") for cells in (typed.cells, theirs, base))
        if column in _NOT_COMPARED or mine == other:
            continue
        found.append(
            Clash(
                column=column,
                mine=mine,
                theirs=other,
                choose_mine=mine != before,
                both_changed=before not in {mine, other},
            )
        )
    return found


def _base(place: PlaceDesk, key: str, form: Form) -> Cells:
    """What the form began with."""
    number = form.text("head")
    try:
        return cells_of(place.office.history.get_revision(place.id, key, int(number)).entry)
    except (ValueError, UnknownEntryError):
        return {}
