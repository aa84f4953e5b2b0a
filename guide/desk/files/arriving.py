"""A spreadsheet dropped at the desk: looked at row by row, chosen from, applied as drafts or put away."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect

from guide.catalogue.exchange.planning import Outcome
from guide.catalogue.exchange.shelf import DroppedFile, SaidOfFile
from guide.catalogue.exchange.workbook import LARGEST_BYTES
from guide.catalogue.workflow.people import Permission
from guide.desk.access import PERMISSION
from guide.desk.at import Typed
from guide.desk.files.preview import Preview, PreviewRow, Previews, Show
from guide.desk.forms import Form
from guide.desk.pages import go
from guide.desk.place import Place, PlaceDesk
from guide.domain.entry import EntryKind
from guide.domain.errors import DeskError, UnreadableTableError
from guide.http.replies import private_reply

_PAGE_ROWS: Final = 100
_ROOM_FOR_FORM: Final = 2**20
_ROW: Final = re.compile(r"[a-z]{1,16}-\d{1,7}")

Shown = Annotated[Show, QueryParameter(description="which rows")]
PageNumber = Annotated[int, QueryParameter(ge=1, le=10_000)]
Shelved = NamedDependency[Previews]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPage:
    """A page of the rows that are shown."""

    show: Show
    rows: Sequence[PreviewRow]
    total: int
    page: int
    pages: int


@get("/{area_id:str}/files", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def get_files(place: Place) -> Response[bytes]:
    """Where files are dropped, and where the catalogue is had as files."""
    return _files_page(place)


@post(
    "/{area_id:str}/files",
    opt={PERMISSION: Permission.EDIT},
    status_code=200,
    request_max_body_size=LARGEST_BYTES + _ROOM_FOR_FORM,
)
async def post_file(place: Place, form: Typed, previews: Shelved) -> Response[bytes] | Redirect:
    """A file is dropped; nothing is changed by it."""
    upload = form.file("file")
    content = await upload.read(LARGEST_BYTES + 1) if upload else b""
    return await asyncio.to_thread(_drop, place, form, previews, (upload.filename if upload else "", content))


@get("/{area_id:str}/files/{token:str}", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def get_preview(
    place: Place, token: FromPath[str], previews: Shelved, show: Shown = Show.TODO, page: PageNumber = 1
) -> Response[bytes]:
    """What a file would do, row by row."""
    dropped = place.office.shelf.get(place.id, token)
    return _preview_page(place, dropped, previews.get(place, dropped), (show, page))


@get("/{area_id:str}/files/{token:str}/places", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def get_places(place: Place, token: FromPath[str], previews: Shelved) -> Response[bytes]:
    """Where every row's entry would be, for the map."""
    dropped = place.office.shelf.get(place.id, token)
    preview = previews.get(place, dropped)
    return private_reply([_told(row) for row in preview.rows if row.place])


@post("/{area_id:str}/files/{token:str}", opt={PERMISSION: Permission.EDIT}, status_code=200)
async def post_preview(
    place: Place, token: FromPath[str], form: Typed, previews: Shelved
) -> Response[bytes] | Redirect:
    """Choose rows; apply them, or put the file away."""
    return await asyncio.to_thread(_choose, place, token, form, previews)


def provide_previews(state: State) -> Previews:
    """The previews that this worker remembers."""
    previews: Previews = state.previews
    return previews


def _drop(place: PlaceDesk, form: Form, previews: Previews, file: tuple[str, bytes]) -> Response[bytes] | Redirect:
    name, content = file
    if not content:
        return _files_page(place, DeskError("table.none-dropped").said(place.language))
    if len(content) > LARGEST_BYTES:
        error = UnreadableTableError("table.heavy-workbook", file=name, most=LARGEST_BYTES // 2**20)
        return _files_page(place, error.said(place.language))
    kind = form.text("kind")
    said = SaidOfFile(
        kind=EntryKind(kind) if kind in set(EntryKind) else None,
        credit=form.text("credit"),
        licence=form.text("licence"),
    )
    shelf = place.office.shelf
    dropped = shelf.put(place.actor, place.id, name, content, said)
    try:
        previews.get(place, dropped)
    except UnreadableTableError as error:
        shelf.drop(dropped)
        return _files_page(place, error.said(place.language))
    return go(place.path("files", dropped.token))


def _choose(place: PlaceDesk, token: str, form: Form, previews: Previews) -> Response[bytes] | Redirect:
    shelf = place.office.shelf
    dropped = shelf.get(place.id, token)
    if form.text("act") == "drop":
        shelf.drop(dropped)
        return go(place.path("files"), "said.put-away", name=dropped.name)
    preview = previews.get(place, dropped)
    show = Show(form.text("show")) if form.text("show") in set(Show) else Show.TODO
    left_out = _left_out(shelf.left_out(dropped), preview, show, form)
    shelf.leave_out(dropped, left_out)
    where = (show, int(form.text("page")) if form.text("page").isdecimal() else 1)
    if form.text("act") != "apply":
        return _preview_page(place, dropped, preview, where)
    if form.text("stamp") != preview.stamp:
        return _preview_page(place, dropped, preview, where, DeskError("table.changed"))
    chosen = preview.chosen(left_out)
    if not chosen:
        return _preview_page(place, dropped, preview, where, DeskError("table.none-chosen"))
    try:
        done = place.office.applying.apply(place.actor, place.id, dropped.name, [row.planned for row in chosen])
    except DeskError as error:
        return _preview_page(place, dropped, previews.get(place, dropped), where, error)
    shelf.drop(dropped)
    return go(place.path("publish"), "said.imported", created=len(done.created), changed=len(done.changed))


def _left_out(before: frozenset[str], preview: Preview, show: Show, form: Form) -> frozenset[str]:
    """The rows left out after what a form says: of those that it showed, the ones without a tick; or all at once."""
    match form.text("act"):
        case "take-all":
            return before - {row.id for row in preview.rows if row.is_shown(show)}
        case "leave-all":
            return before | {row.id for row in preview.rows if row.is_shown(show) and row.does_something}
        case _:
            known = {row.id for row in preview.rows}
            shown = {row for row in form.texts("shown") if _ROW.fullmatch(row)} & known
            return (before - shown) | (shown - set(form.texts("take")))


def _files_page(place: PlaceDesk, problem: str | None = None) -> Response[bytes]:
    return place.page(
        "files.html",
        status=422 if problem else 200,
        problem=problem,
        dropped=place.office.shelf.list(place.id),
        entry_kinds=list(EntryKind),
        about=place.info.open_data,
    )


def _preview_page(
    place: PlaceDesk,
    dropped: DroppedFile,
    preview: Preview,
    where: tuple[Show, int],
    error: DeskError | None = None,
) -> Response[bytes]:
    show, page = where
    left_out = place.office.shelf.left_out(dropped)
    rows = [row for row in preview.rows if row.is_shown(show)]
    pages = max(1, -(-len(rows) // _PAGE_ROWS))
    page = min(page, pages)
    values: dict[str, Any] = {
        "dropped": dropped,
        "preview": preview,
        "shown": PreviewPage(
            show=show, rows=rows[(page - 1) * _PAGE_ROWS : page * _PAGE_ROWS], total=len(rows), page=page, pages=pages
        ),
        "shows": [(each, preview.count(each)) for each in Show],
        "left_out": left_out,
        "chosen": len(preview.chosen(left_out)),
        "said_of": lambda finding: (finding.message(place.language), finding.mend(place.language)),
        "placeless": sum(row.place is None and row.planned.outcome is not Outcome.REFUSED for row in preview.rows),
    }
    if error is not None:
        return place.refused("preview.html", error, **values)
    return place.page("preview.html", problem=None, **values)


def _told(row: PreviewRow) -> dict[str, object]:
    """A row for the map; what is None is left out."""
    planned = row.planned
    told = {"id": row.id, "name": planned.name, "outcome": planned.outcome, "odd": row.is_odd, "at": row.place}
    return told | ({"was": row.was} if row.was else {})
