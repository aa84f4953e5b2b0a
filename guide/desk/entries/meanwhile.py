"""While a form is open: whether somebody else has saved, or has it open too."""

from typing import Annotated

from litestar import Response, get
from litestar.params import FromPath, QueryParameter

from guide.catalogue.workflow.people import Permission
from guide.desk.access import PERMISSION
from guide.desk.entries.finding import find_entry
from guide.desk.entries.lists import kind_of_path
from guide.desk.place import Place

Seen = Annotated[int, QueryParameter(description="the version that the form shows", ge=0, le=10**9)]


@get("/{area_id:str}/{kind:str}/{key:str}/meanwhile", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def get_meanwhile(place: Place, kind: FromPath[str], key: FromPath[str], version: Seen) -> Response[bytes]:
    """A line about others, or nothing."""
    record, _ = find_entry(place, kind_of_path(kind), key)
    others = place.office.presence.others(place.actor, place.id, key)
    return place.part("meanwhile.html", record=record, newer=record.version != version, others=others)
