"""Tours: planned, drawn up or changed by hand, recommended by staff, and kept in a link."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from guide.api.areas.inputs import Area, Reader
from guide.api.planner.planner import Planning
from guide.api.planner.work import Task
from guide.api.routes.formats import MEDIA_TYPES, RouteFormat, encode_route, wanted_format
from guide.api.routes.request import WalkerRequest
from guide.api.schemas.planned import CodeFields, DrawnFields, PlannedFields, RecommendedFields
from guide.api.schemas.routes import RouteCollection
from guide.api.tours.clock import checked_time
from guide.api.tours.curated import curated_reply, get_tour, request_of_tour
from guide.api.tours.link import KeptTour, from_link, to_link
from guide.api.tours.qr import qr_png, qr_svg
from guide.api.tours.replies import ids_of, tour_reply
from guide.api.tours.request import HaltRequest, PlanRequest, TourRequest
from guide.areas.served import ServedArea
from guide.domain.errors import NotFoundError
from guide.domain.walker import Preset, StepsChoice
from guide.http.described import GIVES, gives
from guide.http.exchange import exchange_of
from guide.http.limits import costs
from guide.http.replies import JSON, bytes_reply, encoded_reply, json_reply
from guide.http.texts import Language

_LARGEST_BODY: Final = 64 * 1024
_PLAN_COST: Final = 40
_WALK_COST: Final = 5
"""Plain requests that each is worth."""

_FEWEST_HALTS: Final = 2

_SHAPES: Final = {RouteFormat.GEOJSON: RouteCollection}


def _gives(shape: type, *errors: int) -> dict[str, Any]:
    """A tour of some shape in every format."""
    shapes = {**_SHAPES, RouteFormat.JSON: shape}
    types = {media_type: shapes.get(format_) for format_, media_type in MEDIA_TYPES.items()}
    return gives(types, errors=errors, kept=False)


_A_CODE: Final = gives({JSON: CodeFields, "image/svg+xml": None, "image/png": None}, chosen=False)


class QrFormat(StrEnum):
    """What a code is given as: a picture, or what it says."""

    JSON = "json"
    SVG = "svg"
    PNG = "png"


# Threads are asked for by hand: litestar 2.25 wraps a handler twice if sync_to_thread is set and two share a path.


async def _walked(
    area: ServedArea, named: RouteFormat | None, language: Language, request: Request[Any, Any, Any],
    work: Callable[[], dict[str, Any]],
) -> Response[bytes]:  # fmt: skip
    """What is walked in a thread, in the format that the client wants."""
    format_ = wanted_format(named, exchange_of(request).choose_by(b"accept"))
    body = await asyncio.to_thread(lambda: encode_route(work(), format_, area.manifest, language))
    return encoded_reply(body, media_type=MEDIA_TYPES[format_])


@post(
    "/api/{area_id:str}/tours/plan",
    summary="The best tour for an afternoon / 時間に合わせた坂めぐりの計画",
    status_code=200,
    request_max_body_size=_LARGEST_BODY,
    guards=[costs(_PLAN_COST)],
    opt=_gives(PlannedFields, 404, 422, 503),
)
async def post_plan(
    request: Request[Any, Any, Any],
    area: Area,
    planner: Planning,
    data: JSONBody[PlanRequest],
    f: FromQuery[RouteFormat | None] = None,
) -> Response[bytes]:
    """The best slopes for a time budget, in the best order and direction, with reasons and two alternatives.

    The same request gives the same tour until the area is built anew or a closure begins or ends.
    """
    format_ = wanted_format(f, exchange_of(request).choose_by(b"accept"))
    body = await planner.answer(area, Task.PLAN, data, format_)
    return encoded_reply(body, media_type=MEDIA_TYPES[format_])


@post(
    "/api/{area_id:str}/tours",
    summary="A tour in an order of one's own / 自分で並べた坂めぐり",
    status_code=200,
    request_max_body_size=_LARGEST_BODY,
    guards=[costs(_WALK_COST)],
    opt=_gives(DrawnFields, 422),
)
async def post_tour(
    request: Request[Any, Any, Any],
    area: Area,
    data: JSONBody[TourRequest],
    f: FromQuery[RouteFormat | None] = None,
) -> Response[bytes]:
    """A tour through halts in the order given, with times: a planned one that somebody changed, or one of their own."""
    return await _walked(area, f, data.language, request, lambda: tour_reply(area, data))


@get(
    "/api/{area_id:str}/tours/{tour_id:str}",
    summary="A recommended tour / おすすめの坂めぐり",
    guards=[costs(_WALK_COST)],
    opt=_gives(RecommendedFields, 422),
)
async def get_curated(  # noqa: PLR0913, PLR0917 (each is a parameter of the address)
    request: Request[Any, Any, Any],
    area: Area,
    reader: Reader,
    tour_id: FromPath[str],
    preset: FromQuery[Preset] = Preset.TOURIST,
    steps: FromQuery[StepsChoice | None] = None,
    depart: FromQuery[str | None] = None,
    f: FromQuery[RouteFormat | None] = None,
) -> Response[bytes]:
    """A tour that staff recommend, for these legs."""
    tour = get_tour(area, tour_id)
    walker = WalkerRequest(preset=preset, steps=steps)
    return await _walked(
        area, f, reader, request, lambda: curated_reply(area, tour, walker, checked_time(depart), reader)
    )


@get(
    "/api/{area_id:str}/tours/{tour_id:str}/qr",
    summary="The code of a recommended tour / おすすめの QR コード",
    opt=_A_CODE,
)
async def get_curated_qr(
    request: Request[Any, Any, Any],
    area: Area,
    reader: Reader,
    tour_id: FromPath[str],
    f: FromQuery[QrFormat] = QrFormat.SVG,
) -> Response[bytes]:
    """A QR code that opens a recommended tour on the page."""
    wanted = request_of_tour(area, get_tour(area, tour_id), WalkerRequest(), None, reader)
    return _qr(request, area, to_link(wanted, ids_of(area)), f)


@get(
    "/api/{area_id:str}/tours/link/{link:str}",
    summary="A tour from its link / リンクの坂めぐり",
    guards=[costs(_WALK_COST)],
    opt=_gives(DrawnFields, 400, 422),
)
async def get_kept(
    request: Request[Any, Any, Any],
    area: Area,
    reader: Reader,
    link: FromPath[str],
    f: FromQuery[RouteFormat | None] = None,
) -> Response[bytes]:
    """The tour that a link keeps; it says which halts are no longer there."""
    kept = kept_tour(area, link, reader)
    return await _walked(area, f, reader, request, lambda: tour_reply(area, kept.request, kept.vanished))


@get("/api/{area_id:str}/tours/link/{link:str}/qr", summary="The code of a link / リンクの QR コード", opt=_A_CODE)
async def get_kept_qr(
    request: Request[Any, Any, Any], area: Area, link: FromPath[str], f: FromQuery[QrFormat] = QrFormat.SVG
) -> Response[bytes]:
    """A QR code that opens the tour of a link on the page."""
    from_link(link, ids_of(area))
    return _qr(request, area, link, f)


@get(
    "/t/{area_id:str}/{link:str}",
    summary="A short address of a tour / 坂めぐりの短いリンク",
    guards=[costs(_WALK_COST)],
    opt={
        GIVES: replace(
            _gives(DrawnFields, 400, 422)[GIVES], also={302: "A browser is sent to the page, which opens the tour."}
        )
    },
)
async def get_short(
    request: Request[Any, Any, Any], area: Area, reader: Reader, link: FromPath[str]
) -> Response[bytes]:
    """Opens a tour on the page in a browser; any other client gets the tour itself, as from ``…/tours/link/``."""
    accept = exchange_of(request).choose_by(b"accept")
    kept = kept_tour(area, link, reader)
    if "text/html" not in accept.lower():
        return await _walked(area, None, reader, request, lambda: tour_reply(area, kept.request, kept.vanished))
    return Response(b"", status_code=302, headers={"Location": _page_address(area, kept), "Cache-Control": "no-cache"})


def kept_tour(area: ServedArea, link: str, language: Language) -> KeptTour:
    """What a link says, in the reader's language.

    Raises:
        NotFoundError: hardly anything of it is still there.
    """
    kept = from_link(link, ids_of(area))
    if len(kept.request.halts) < _FEWEST_HALTS:
        raise NotFoundError("The slopes and landmarks of this link are no longer in this area. Plan a new tour.")
    return KeptTour(request=msgspec.structs.replace(kept.request, language=language), vanished=kept.vanished)


def _page_address(area: ServedArea, kept: KeptTour) -> str:
    """The address that opens a tour on the page."""
    walker = kept.request.walker
    query = [("area", area.id), *(("stop", _stop_text(halt)) for halt in kept.request.halts)]
    query += [(name, value) for name, value in (("preset", walker.preset.value), ("steps", walker.steps)) if value]
    query += [("vanished", str(number)) for number in kept.vanished]
    return f"/?{urlencode(query, safe=':,')}"


def _stop_text(halt: HaltRequest) -> str:
    """A halt as an address writes a stop."""
    if halt.slope is not None:
        return f"slope:{halt.slope}:{halt.direction.value}"
    if halt.landmark is not None:
        return f"landmark:{halt.landmark}"
    longitude, latitude = halt.lng_lat or (0.0, 0.0)
    return f"{longitude:.6f},{latitude:.6f}"


def _qr(request: Request[Any, Any, Any], area: ServedArea, link: str, format_: QrFormat) -> Response[bytes]:
    address = f"{exchange_of(request).base_url}/t/{area.id}/{link}"
    if format_ is QrFormat.JSON:
        return json_reply({"address": address, "link": link})
    if format_ is QrFormat.PNG:
        return bytes_reply(qr_png(address), media_type="image/png")
    return bytes_reply(qr_svg(address), media_type="image/svg+xml")
