"""Loops: round walks of a wished length, time or ascent."""

from typing import Any, Final

from litestar import Request, Response, post
from litestar.params import FromQuery, JSONBody

from guide.api.areas.inputs import Area
from guide.api.loops.request import LoopRequest
from guide.api.planner.planner import Planning
from guide.api.planner.work import Task
from guide.api.routes.formats import MEDIA_TYPES, RouteFormat, wanted_format
from guide.api.schemas.planned import LoopsFields
from guide.api.schemas.routes import RouteCollection
from guide.http.described import gives
from guide.http.exchange import exchange_of
from guide.http.limits import costs
from guide.http.replies import encoded_reply

_LARGEST_BODY: Final = 16 * 1024
_COST: Final = 20

_SHAPES: Final = {RouteFormat.JSON: LoopsFields, RouteFormat.GEOJSON: RouteCollection}
_TYPES: Final = {media_type: _SHAPES.get(format_) for format_, media_type in MEDIA_TYPES.items()}


@post(
    "/api/{area_id:str}/loops",
    summary="Round walks from a place / 一回りの散歩",
    status_code=200,
    request_max_body_size=_LARGEST_BODY,
    guards=[costs(_COST)],
    opt=gives(_TYPES, errors=(404, 422, 503), kept=False),
)
async def post_loops(
    request: Request[Any, Any, Any],
    area: Area,
    planner: Planning,
    data: JSONBody[LoopRequest],
    f: FromQuery[RouteFormat | None] = None,
) -> Response[bytes]:
    """Several round walks to choose from, the best first: near the wish, on few streets twice, over slopes and views.

    Within a tenth of the wish where the streets allow it; where they do not, ``notes`` say so.
    """
    format_ = wanted_format(f, exchange_of(request).choose_by(b"accept"))
    body = await planner.answer(area, Task.LOOPS, data, format_)
    return encoded_reply(body, media_type=MEDIA_TYPES[format_])
