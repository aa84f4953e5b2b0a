"""A slope's profile: numbers, picture or table."""

import csv
import io
import math
from enum import StrEnum
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery

from guide.api.inputs import Area
from guide.api.profile_svg import profile_svg
from guide.api.replies import bytes_reply, json_reply
from guide.api.texts import Language
from guide.api.views import slope_profile_view
from guide.domain.errors import NotFoundError
from guide.domain.profile import Profile


class ProfileFormat(StrEnum):
    """What a profile is wanted as."""

    JSON = "json"
    SVG = "svg"
    CSV = "csv"


@get("/api/{area_id:str}/slopes/{slope_id:str}/profile", summary="A slope's profile / 坂の縦断面", sync_to_thread=False)
def get_profile(
    request: Request[Any, Any, Any],
    area: Area,
    slope_id: FromPath[str],
    f: FromQuery[ProfileFormat] = ProfileFormat.JSON,
    lang: FromQuery[Language] = Language.JA,
) -> Response[bytes]:
    """Heights from foot to head with their error, and stretches of one band of grade."""
    slope = area.get_slope(slope_id)
    if slope.profile is None:
        raise NotFoundError(f"{slope.entry.name} has no profile: it is not known which street it is.")
    if f is ProfileFormat.SVG:
        name = slope.entry.name_en if lang is Language.EN and slope.entry.name_en else slope.entry.name
        return bytes_reply(request, profile_svg(slope.profile, name, lang).encode(), media_type="image/svg+xml")
    if f is ProfileFormat.CSV:
        return bytes_reply(request, _csv(slope.profile), media_type="text/csv; charset=utf-8")
    return json_reply(request, slope_profile_view(slope, slope.profile))


def _csv(profile: Profile) -> bytes:
    """One row a sample; an unknown height is an empty cell."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(("distance_m", "elevation_m", "sigma_m"))
    rows = zip(profile.distance_m.tolist(), profile.elevation_m.tolist(), profile.sigma_m.tolist(), strict=True)
    writer.writerows(["" if math.isnan(value) else f"{value:.2f}" for value in row] for row in rows)
    return table.getvalue().encode()
