"""Whether visitors see what was published, told until they do."""

from litestar import Response, get

from guide.catalogue.workflow.people import Permission
from guide.desk.access import PERMISSION
from guide.desk.place import Place
from guide.desk.showing import how_shown


@get("/{area_id:str}/building", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def get_building(place: Place) -> Response[bytes]:
    """A line about it, asked for again until it is shown."""
    return place.part("building.html", building=how_shown(place.office, place.served, place.registry), again=True)
