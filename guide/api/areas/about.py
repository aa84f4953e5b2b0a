"""What the service is and whether it is well: areas, legend, health."""

from typing import Any

from litestar import Request, Response, get

from guide.api.areas.inputs import Area, Registry
from guide.api.views import area_view, legend_view
from guide.http.errors import problem
from guide.http.replies import json_reply, private_reply


@get("/api", summary="All areas / 地域の一覧", sync_to_thread=True)
def list_areas(request: Request[Any, Any, Any], registry: Registry) -> Response[bytes]:
    """Every area that is served, the one to show first in front."""
    areas = [area_view(served.manifest) for served in registry.list_open()]
    content = {"areas": areas, "default": areas[0]["id"] if areas else None}
    return json_reply(request, content, max_age_s=0)


@get("/api/{area_id:str}", summary="One area / 地域", sync_to_thread=False)
def get_area(request: Request[Any, Any, Any], area: Area) -> Response[bytes]:
    """One area: its names, frame, counts, credits and tilesets."""
    return json_reply(request, area_view(area.manifest), max_age_s=0)


@get("/api/legend", summary="Bands of grade and their colours / 凡例", sync_to_thread=False)
def get_legend(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The same bands on map, profile and legend."""
    return json_reply(request, legend_view(), max_age_s=3600)


@get("/healthz", summary="Whether the process lives", sync_to_thread=False)
def healthz(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Always ok while the process answers."""
    return private_reply(request, {"status": "ok"})


@get("/readyz", summary="Whether there is something to serve", sync_to_thread=True)
def readyz(request: Request[Any, Any, Any], registry: Registry) -> Response[bytes]:
    """Ok once at least one area opens."""
    areas = [served.id for served in registry.list_open()]
    if not areas:
        return problem(503, "not-ready", "Nothing to serve", "No area has been built. Run: make build AREA=sample")
    return private_reply(request, {"status": "ready", "areas": areas})
