"""Isochrones: how far one gets on foot in some minutes, or from where one can come."""

import asyncio
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Final

import msgspec
import shapely
from litestar import Response, get
from litestar.params import FromQuery, QueryParameter

from guide.api.areas.inputs import Area
from guide.api.routes.request import WalkerRequest, departure_of, parse_stop, stop_of, walker_of
from guide.api.schemas.planned import IsochroneCollection
from guide.api.views import credits_view
from guide.areas.served import ServedArea
from guide.domain.errors import UsageError
from guide.domain.walker import Preset, Season, SlopesChoice, Speed, StepsChoice
from guide.http.described import gives
from guide.http.limits import costs
from guide.http.replies import GEOJSON, private_reply
from guide.http.texts import Language
from guide.routing.reach.isochrones import Isochrone, isochrones

_COST: Final = 20
_MOST_MINUTES: Final = 60.0
_MOST_AREAS: Final = 6


class Towards(StrEnum):
    """Which way one walks."""

    FROM = "from"
    TO = "to"


@get(
    "/api/{area_id:str}/isochrones",
    summary="How far one gets / 徒歩で届く範囲",
    guards=[costs(_COST)],
    opt=gives({GEOJSON: IsochroneCollection}, errors=(422,), kept=False),
)
async def get_isochrones(  # noqa: PLR0913, PLR0917 (each is a parameter of the address)
    area: Area,
    stop: Annotated[str, QueryParameter(description="lon,lat or slope:ID:up|down|any or landmark:ID", max_length=250)],
    minutes: Annotated[
        str, QueryParameter(description="up to six numbers of minutes with commas between, 60 at most", max_length=60)
    ] = "5,10,15",
    direction: FromQuery[Towards] = Towards.FROM,
    preset: FromQuery[Preset] = Preset.TOURIST,
    speed: FromQuery[Speed | None] = None,
    pace: FromQuery[float | None] = None,
    steps: FromQuery[StepsChoice | None] = None,
    slopes: FromQuery[SlopesChoice | None] = None,
    season: FromQuery[Season | None] = None,
    depart_at: FromQuery[datetime | None] = None,
) -> Response[bytes]:
    """Areas along the streets that one reaches within some minutes, the largest first, as GeoJSON.

    Up and down are told apart: with ``direction=to`` the areas are those from which one can come in that time.
    """
    walker = WalkerRequest(preset=preset, speed=speed, pace=pace, steps=steps, slopes=slopes, season=season)

    def work() -> dict[str, Any]:
        return _reply(area, stop, _minutes(minutes), direction, walker, departure_of(depart_at, area))

    return private_reply(await asyncio.to_thread(work), media_type=GEOJSON)


def _reply(
    area: ServedArea,
    stop: str,
    minutes: list[float],
    direction: Towards,
    walker: WalkerRequest,
    departure: datetime,
) -> dict[str, Any]:
    place = stop_of(parse_stop(stop), "stop", area, Language.EN)
    terms = area.calendar.between(departure, departure).terms
    found = isochrones(
        area.surroundings.router,
        area.slopes,
        place,
        walker_of(walker),
        terms,
        [60 * each for each in minutes],
        towards=direction is Towards.TO,
    )
    return {
        "type": "FeatureCollection",
        "features": [_feature(each, direction) for each in found],
        "credits": credits_view(area.manifest.credits),
    }


def _feature(found: Isochrone, direction: Towards) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": msgspec.Raw(shapely.to_geojson(found.area).encode()),
        "properties": {
            "minutes": round(found.limit_s / 60, 2),
            "direction": direction,
            "area_m2": round(found.area_m2),
            "streets_m": round(found.streets_m),
        },
    }


def _minutes(text: str) -> list[float]:
    """The numbers of an address, the largest first.

    Raises:
        UsageError: they are none, too many or too large.
    """
    try:
        found = sorted({float(part) for part in text.split(",")}, reverse=True)
    except ValueError:
        found = []
    if not 0 < len(found) <= _MOST_AREAS or not all(0 < each <= _MOST_MINUTES for each in found):
        raise UsageError(
            f"minutes must be one to {_MOST_AREAS} numbers above 0 and up to {_MOST_MINUTES:g}, with commas between, "
            "such as 5,10,15."
        )
    return found
