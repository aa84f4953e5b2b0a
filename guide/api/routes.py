"""Routes: asked for in a body, or in a link that can be shared."""

import asyncio
from typing import Annotated, Any, Final

from litestar import Request, Response, get, post
from litestar.params import FromQuery, JSONBody, QueryParameter

from guide.api.inputs import Area
from guide.api.instructions import instructions
from guide.api.replies import private_reply
from guide.api.route_request import MOST_STOPS, RouteRequest, WalkerRequest, parse_stop, stops_of, walker_of
from guide.api.served import ServedArea
from guide.api.texts import Language
from guide.api.views import route_view
from guide.domain.walker import Preset, StepsChoice
from guide.routing.plan import plan_route

_LARGEST_BODY: Final = 64 * 1024


# Threads are asked for by hand: litestar 2.25 wraps a handler twice if sync_to_thread is set and two share a path.


def _route(area: ServedArea, wanted: RouteRequest) -> dict[str, Any]:
    router, geometry = area.walks
    stops, walker = stops_of(wanted, area), walker_of(wanted.walker)
    route = plan_route(router, geometry, stops, walker, area.slopes)
    words = instructions(route, router.network, router.metric(walker).costs.duration_s, area.slopes, wanted.language)
    return route_view(route, stops, words, area.manifest, area.slopes, wanted.language)


@post(
    "/api/{area_id:str}/routes",
    summary="A walk through stops / 坂と地点をめぐる道順",
    status_code=200,
    request_max_body_size=_LARGEST_BODY,
)
async def post_route(request: Request[Any, Any, Any], area: Area, data: JSONBody[RouteRequest]) -> Response[bytes]:
    """The cheapest walk through all stops in order, slopes along their own line in the asked direction."""
    return private_reply(request, await asyncio.to_thread(_route, area, data))


@get("/api/{area_id:str}/routes", summary="A walk through stops, in a link / リンクで道順")
async def get_route(
    request: Request[Any, Any, Any],
    area: Area,
    stop: Annotated[
        list[str],
        QueryParameter(description="lon,lat or slope:ID:up|down|any or landmark:ID", min_items=1, max_items=MOST_STOPS),
    ],
    preset: FromQuery[Preset] = Preset.TOURIST,
    steps: FromQuery[StepsChoice] = StepsChoice.ALLOW,
    lang: FromQuery[Language] = Language.JA,
) -> Response[bytes]:
    """The same as the POST, for links."""
    wanted = RouteRequest(
        stops=[parse_stop(text) for text in stop],
        walker=WalkerRequest(preset=preset, steps=steps),
        language=lang,
    )
    return private_reply(request, await asyncio.to_thread(_route, area, wanted))
