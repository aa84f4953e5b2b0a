"""The log as a page: who did what when. Nobody can change it, here or anywhere."""

from typing import Annotated

from litestar import Response, get
from litestar.params import QueryParameter

from guide.catalogue.workflow.log import PAGE_LINES
from guide.catalogue.workflow.people import Permission
from guide.desk.access import PERMISSION
from guide.desk.at import At
from guide.desk.place import Place

Before = Annotated[int | None, QueryParameter(description="go on below this line", ge=1, le=2**53)]


@get("/{area_id:str}/log", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def get_area_log(place: Place, before: Before = None) -> Response[bytes]:
    """What was done in one area."""
    lines = place.office.log.lines(area=place.id, before=before)
    return place.page("area-log.html", lines=lines, more=lines[-1].id if len(lines) == PAGE_LINES else None)


@get("/log", opt={PERMISSION: Permission.MANAGE}, sync_to_thread=True)
def get_log(at: At, before: Before = None) -> Response[bytes]:
    """The whole log, the accounts' part of it too."""
    lines = at.office.log.lines(before=before)
    more = lines[-1].id if len(lines) == PAGE_LINES else None
    return at.page("log.html", lines=lines, more=more)
