"""The past of an entry: its revisions, what differs between two, and any of them again."""

import asyncio
from typing import Annotated

from litestar import Response, get, post
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect

from guide.catalogue.workflow.history import differences
from guide.catalogue.workflow.people import Permission
from guide.desk.access import PERMISSION
from guide.desk.at import Typed
from guide.desk.entries.finding import entry_path, find_entry, seen_version
from guide.desk.entries.lists import kind_of_path
from guide.desk.entries.shapes import shape_text
from guide.desk.pages import go
from guide.desk.place import Place

Number = Annotated[int | None, QueryParameter(description="a version's number", ge=1, le=1_000_000)]


@get("/{area_id:str}/{kind:str}/{key:str}/history", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def get_history(
    place: Place, kind: FromPath[str], key: FromPath[str], one: Number = None, other: Number = None
) -> Response[bytes]:
    """Every version, two of them compared, and the log of the entry."""
    record, _ = find_entry(place, kind_of_path(kind), key)
    revisions = place.office.history.list_revisions(place.id, key)
    newer = other or record.head
    older = one or max(newer - 1, 1)
    before, after = (place.office.history.get_revision(place.id, key, number) for number in (older, newer))
    return place.page(
        "history.html",
        kind=record.kind,
        record=record,
        revisions=revisions,
        before=before,
        after=after,
        differences=differences(before.entry, after.entry),
        lines=place.office.log.lines(area=place.id, key=key),
        problem=None,
        before_place=shape_text(place, before.entry),
        after_place=shape_text(place, after.entry),
    )


@post("/{area_id:str}/{kind:str}/{key:str}/restore", opt={PERMISSION: Permission.EDIT})
async def post_restore(place: Place, kind: FromPath[str], key: FromPath[str], form: Typed) -> Redirect:
    """An earlier version again, as a new draft."""
    record, _ = await asyncio.to_thread(find_entry, place, kind_of_path(kind), key)
    number = int(form.text("number")) if form.text("number").isdecimal() else 0
    version = seen_version(place, form)
    await asyncio.to_thread(place.office.drafts.restore, place.actor, place.id, key, number, version)
    return go(entry_path(place, record), "said.restored", number=number)
