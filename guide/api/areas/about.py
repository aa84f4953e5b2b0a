"""What the service is: its areas, its legend."""

from litestar import Response, get

from guide.api.areas.inputs import Registry
from guide.api.schemas.areas import AreaList, Legend
from guide.api.views import area_view, legend_view
from guide.http.described import gives
from guide.http.replies import JSON, json_reply


@get("/api", summary="All areas / 地域の一覧", sync_to_thread=True, opt=gives({JSON: AreaList}))
def list_areas(registry: Registry) -> Response[bytes]:
    """Every area that is served, the one to show first in front."""
    areas = [area_view(known) for known in registry.list_known()]
    content = {"areas": areas, "default": areas[0]["id"] if areas else None}
    return json_reply(content, max_age_s=0)


@get("/api/legend", summary="Bands of grade and their colours / 凡例", sync_to_thread=False, opt=gives({JSON: Legend}))
def get_legend() -> Response[bytes]:
    """The same bands on map, profile and legend."""
    return json_reply(legend_view(), max_age_s=3600)
