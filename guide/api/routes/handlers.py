"""Routes: asked for in a body, or in a link that can be shared."""

from datetime import datetime
from typing import Annotated, Any, Final

from litestar import Request, Response, get, post
from litestar.params import FromQuery, JSONBody, QueryParameter

from guide.api.areas.inputs import Area
from guide.api.routes.formats import MEDIA_TYPES, RouteFormat, encode_route, wanted_format
from guide.api.routes.instructions import Words
from guide.api.routes.request import (
    MOST_STOPS,
    RouteRequest,
    WalkerRequest,
    departure_of,
    parse_stop,
    stops_of,
    walker_of,
)
from guide.api.routes.views import left_out_view, route_view
from guide.api.schemas.routes import RouteCollection, RouteFields
from guide.areas.served import ServedArea
from guide.domain.route import Route, Stop
from guide.domain.walker import Preset, Season, SlopesChoice, Speed, StepsChoice
from guide.http.described import gives
from guide.http.exchange import exchange_of
from guide.http.limits import costs
from guide.http.replies import encoded_reply
from guide.http.texts import Language
from guide.http.work import done
from guide.routing.routes.alternatives import alternatives as find_alternatives
from guide.routing.routes.plan import plan
from guide.routing.search.chain import Search

_LARGEST_BODY: Final = 64 * 1024
_COST: Final = 5
"""Plain requests that a walk is worth."""

_SHAPES: Final = {RouteFormat.JSON: RouteFields, RouteFormat.GEOJSON: RouteCollection}
_GIVES: Final = gives(
    {media_type: _SHAPES.get(format_) for format_, media_type in MEDIA_TYPES.items()}, errors=(422,), kept=False
)


# Threads are asked for by hand: litestar 2.25 wraps a handler twice if sync_to_thread is set and two share a path.


def route_reply(area: ServedArea, wanted: RouteRequest) -> dict[str, Any]:
    """The whole answer to a request, ready to be written in any format."""
    router, geometry = area.walks
    stops, walker = stops_of(wanted, area), walker_of(wanted.walker)
    search = Search(router=router, stops=stops, slopes=area.slopes)
    route, conditions = area.calendar.plan(
        lambda terms: plan(search, geometry, walker, terms), departure_of(wanted.depart_at, area)
    )
    view = view_of_route(area, route, stops, wanted.language)
    if wanted.alternatives:
        taken, left_out = find_alternatives(search, geometry, walker, conditions.terms)
        view["alternatives"] = [
            {
                "reason": each.reason,
                **view_of_route(area, area.calendar.told(each.route, conditions), stops, wanted.language),
            }
            for each in taken
        ]
        view["alternatives_left_out"] = [left_out_view(each, wanted.language) for each in left_out]
    return view


def view_of_route(area: ServedArea, route: Route, stops: tuple[Stop, ...], language: Language) -> dict[str, Any]:
    """A route with its words."""
    _, geometry = area.walks
    words = Words(geometry=geometry, slopes=area.slopes, language=language).of_route(route, stops)
    return route_view(route, stops, words, area.manifest, area.slopes, language)


async def _reply(
    request: Request[Any, Any, Any], area: ServedArea, wanted: RouteRequest, named: RouteFormat | None
) -> Response[bytes]:
    format_ = wanted_format(named, exchange_of(request).choose_by(b"accept"))

    def work() -> bytes:
        return encode_route(route_reply(area, wanted), format_, area.manifest, wanted.language)

    quick = not wanted.alternatives and area.routes_at_once(
        walker_of(wanted.walker), len(wanted.stops), departure_of(wanted.depart_at, area)
    )
    return encoded_reply(await done(work, quick=quick), media_type=MEDIA_TYPES[format_])


@post(
    "/api/{area_id:str}/routes",
    summary="A walk through stops / 坂と地点をめぐる道順",
    status_code=200,
    request_max_body_size=_LARGEST_BODY,
    guards=[costs(_COST)],
    opt=_GIVES,
)
async def post_route(
    request: Request[Any, Any, Any],
    area: Area,
    data: JSONBody[RouteRequest],
    f: FromQuery[RouteFormat | None] = None,
) -> Response[bytes]:
    """The cheapest walk through all stops in order, slopes along their own line in the asked direction.

    Accept chooses JSON, GeoJSON, GPX or KML; ``f`` does the same.
    """
    return await _reply(request, area, data, f)


@get("/api/{area_id:str}/routes", summary="A walk through stops, in a link / リンクで道順", guards=[costs(_COST)])
async def get_route(  # noqa: PLR0913, PLR0917 (a link has a parameter for each field of the body)
    request: Request[Any, Any, Any],
    area: Area,
    stop: Annotated[
        list[str],
        QueryParameter(description="lon,lat or slope:ID:up|down|any or landmark:ID", min_items=1, max_items=MOST_STOPS),
    ],
    preset: FromQuery[Preset] = Preset.TOURIST,
    speed: FromQuery[Speed | None] = None,
    pace: FromQuery[float | None] = None,
    max_grade_up_percent: FromQuery[float | None] = None,
    max_grade_down_percent: FromQuery[float | None] = None,
    steps: FromQuery[StepsChoice | None] = None,
    slopes: FromQuery[SlopesChoice | None] = None,
    season: FromQuery[Season | None] = None,
    depart_at: FromQuery[datetime | None] = None,
    alternatives: FromQuery[bool] = False,  # noqa: FBT002 (a field of the address)
    lang: FromQuery[Language] = Language.JA,
    f: FromQuery[RouteFormat | None] = None,
) -> Response[bytes]:
    """The same as the POST, for links."""
    wanted = RouteRequest(
        stops=[parse_stop(text) for text in stop],
        walker=WalkerRequest(
            preset=preset,
            speed=speed,
            pace=pace,
            max_grade_up_percent=max_grade_up_percent,
            max_grade_down_percent=max_grade_down_percent,
            steps=steps,
            slopes=slopes,
            season=season,
        ),
        depart_at=depart_at,
        alternatives=alternatives,
        language=lang,
    )
    return await _reply(request, area, wanted, f)
