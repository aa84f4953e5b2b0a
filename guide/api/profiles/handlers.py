"""A slope's profile: numbers, picture or table."""

import csv
import io
import math
from enum import StrEnum
from typing import Annotated

from litestar import Response, get
from litestar.params import FromPath, FromQuery, QueryParameter

from guide.api.areas.inputs import Area
from guide.api.profiles.png import DEFAULT_SCALE, LARGEST_SCALE, NARROWEST, WIDEST, svg_to_png
from guide.api.profiles.svg import DEFAULT_WIDTH, ProfilePicture, profile_svg
from guide.api.schemas.profiles import SlopeProfile
from guide.api.views import slope_profile_view
from guide.areas.served import ServedArea
from guide.domain.errors import NotFoundError
from guide.domain.profile import Profile
from guide.domain.slope import Slope
from guide.http.described import gives
from guide.http.replies import JSON, bytes_reply, json_reply
from guide.http.texts import Language


class ProfileFormat(StrEnum):
    """What a profile is wanted as."""

    JSON = "json"
    SVG = "svg"
    PNG = "png"
    CSV = "csv"


Width = Annotated[
    int,
    QueryParameter(ge=NARROWEST, le=WIDEST, description="width of a picture; its text keeps its size of 13"),
]
Scale = Annotated[int, QueryParameter(ge=1, le=LARGEST_SCALE, description="pixels of a PNG to a unit of width")]


@get(
    "/api/{area_id:str}/slopes/{slope_id:str}/profile",
    summary="A slope's profile / 坂の縦断面",
    sync_to_thread=True,
    opt=gives({JSON: SlopeProfile, "image/svg+xml": None, "image/png": None, "text/csv": None}, chosen=False),
)
def get_profile(
    area: Area,
    slope_id: FromPath[str],
    f: FromQuery[ProfileFormat] = ProfileFormat.JSON,
    lang: FromQuery[Language] = Language.JA,
    width: Width = DEFAULT_WIDTH,
    scale: Scale = DEFAULT_SCALE,
) -> Response[bytes]:
    """Heights from foot to head with their error, and stretches of one band of grade; also as a picture or a table."""
    slope = area.get_slope(slope_id)
    if slope.profile is None:
        raise NotFoundError(f"{slope.entry.name} has no profile: it is not known which street it is.")
    if f is ProfileFormat.JSON:
        return json_reply(slope_profile_view(slope, slope.profile))
    if f is ProfileFormat.CSV:
        return bytes_reply(_csv(slope.profile), media_type="text/csv; charset=utf-8")
    picture = profile_svg(_picture(area, slope, slope.profile, lang), lang, width)
    if f is ProfileFormat.PNG:
        return bytes_reply(svg_to_png(picture, scale), media_type="image/png")
    return bytes_reply(picture.encode(), media_type="image/svg+xml")


def _picture(area: ServedArea, slope: Slope, profile: Profile, language: Language) -> ProfilePicture:
    """A slope's picture, in the reader's language as far as the slope has a name in it."""
    name = slope.entry.name_en if language is Language.EN and slope.entry.name_en else slope.entry.name
    credits_ = tuple(credit.text for credit in area.manifest.credits)
    return ProfilePicture(profile=profile, name=name, measures=slope.measures, credits=credits_)


def _csv(profile: Profile) -> bytes:
    """One row a sample; an unknown height is an empty cell."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(("distance_m", "elevation_m", "sigma_m"))
    rows = zip(profile.distance_m.tolist(), profile.elevation_m.tolist(), profile.sigma_m.tolist(), strict=True)
    writer.writerows(["" if math.isnan(value) else f"{value:.2f}" for value in row] for row in rows)
    return table.getvalue().encode()
