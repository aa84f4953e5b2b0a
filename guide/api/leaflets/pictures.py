"""A town as one still picture."""

from typing import Any, Final

import numpy as np
from litestar import Request, Response, get

from guide.api.areas.inputs import Area, Reader
from guide.api.leaflets.handlers import tiles_of
from guide.areas.served import ServedArea
from guide.domain.bands import BANDS, UNKNOWN_COLOUR, band_of
from guide.domain.errors import NotFoundError
from guide.http.described import gives
from guide.http.limits import costs
from guide.http.replies import bytes_reply
from guide.http.texts import Language
from guide.leaflet.frame import frame_around
from guide.leaflet.town_svg import draw_town
from guide.leaflet.words import TownSlope

SVG: Final = "image/svg+xml"
_SIZE_MM: Final = (240.0, 200.0)
_COST: Final = 20
"""Plain requests that a picture is worth: half a second of a processor."""


@get(
    "/api/{area_id:str}/picture",
    summary="The town's hills and slopes in one picture / 町の丘と坂の絵",
    sync_to_thread=True,
    guards=[costs(_COST)],
    opt=gives({SVG: None}, errors=(404,)),
)
def get_picture(request: Request[Any, Any, Any], area: Area, reader: Reader) -> Response[bytes]:  # noqa: ARG001
    """Hills, streets by grade and the named slopes: for a device that draws no map, and to look at."""
    slopes = tuple(_slopes(area, reader))
    if not slopes:
        raise NotFoundError(f"No slope of {area.id} has a line, so there is nothing to draw.")
    frame = frame_around(np.concatenate([slope.line for slope in slopes]), *_SIZE_MM)
    picture = draw_town(frame, tiles_of(area, "streets"), tiles_of(area, "relief"), slopes, "sans-serif")
    return bytes_reply(picture.encode(), media_type=SVG)


def _slopes(area: ServedArea, language: Language) -> list[TownSlope]:
    return [
        TownSlope(
            name=(slope.entry.name_en if language is Language.EN else None) or slope.entry.name,
            line=slope.line,
            colour=_colour(slope.measures.mean_grade if slope.measures else None),
        )
        for slope in area.slopes.values()
        if slope.line is not None
    ]


def _colour(grade: float | None) -> str:
    if grade is None:
        return UNKNOWN_COLOUR
    return BANDS[int(band_of(np.array([grade]))[0])].colour
