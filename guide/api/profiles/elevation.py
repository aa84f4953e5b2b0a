"""Heights along any line within an area, from the models it was built from."""

import asyncio
from typing import Annotated, Any, Final, Literal

import msgspec
import numpy as np
from litestar import Response, post
from litestar.params import FromQuery, JSONBody
from numpy.typing import NDArray
from pyproj import Geod

from guide.api.areas.inputs import Area
from guide.api.schemas.profiles import Elevations
from guide.api.views import credits_view
from guide.area.features import bands_to_wire, measures_to_wire, profile_to_wire
from guide.area.manifest import Manifest
from guide.areas.served import ServedArea
from guide.domain.area import Credit
from guide.domain.errors import LineError, UsageError
from guide.http.described import gives
from guide.http.replies import JSON, private_reply
from guide.http.texts import Language
from guide.terrain.lines import measure_lines

MOST_POINTS: Final = 10_000
LONGEST_M: Final = 200_000.0

_WGS84: Final = Geod(ellps="WGS84")
_LNG, _LAT = 180.0, 90.0
_NO_LENGTH: Final = "The line has no length: draw it with two points at least that lie in different places."

Position = Annotated[list[float], msgspec.Meta(min_length=2, max_length=4)]
"""Longitude, latitude; more than that (a height, a measure) is not used."""


class LineGeometry(msgspec.Struct, frozen=True, kw_only=True):
    """A GeoJSON LineString."""

    type: Literal["LineString"]
    coordinates: list[Position]


class ElevationRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A line: ``{"line": [[lng, lat], …]}``, a GeoJSON LineString, or a Feature of one; degrees in WGS 84.

    Foreign members are left alone, as RFC 7946 has it.
    """

    line: list[Position] | None = None
    type: Literal["LineString", "Feature"] | None = None
    coordinates: list[Position] | None = None
    geometry: LineGeometry | None = None


@post(
    "/api/{area_id:str}/elevation",
    summary="Heights along any line / 線に沿った標高",
    status_code=200,
    opt=gives({JSON: Elevations}, errors=(422,), kept=False),
)
async def post_elevation(
    area: Area,
    data: JSONBody[ElevationRequest],
    lang: FromQuery[Language] = Language.JA,
) -> Response[bytes]:
    """Heights with their error, bands of grade and measures, from the line's first point to its last."""
    return private_reply(await asyncio.to_thread(_measure, area, data, lang))


def _measure(area: ServedArea, wanted: ElevationRequest, language: Language) -> dict[str, Any]:
    points = _points(wanted)
    elevation, errors = area.elevation
    measured = measure_lines(np.array([0, len(points)]), points, elevation, errors=errors)[0]
    if measured.profile is None or measured.measures is None:
        raise LineError(_NO_LENGTH)
    return {
        **profile_to_wire(measured.profile),
        "bands": bands_to_wire(measured.profile),
        "measures": measures_to_wire(measured.measures),
        "elevation_source": measured.measures.elevation_source,
        "warnings": [
            {"type": finding.code, "message": finding.message(language.value)} for finding in measured.findings
        ],
        "credits": credits_view(_elevation_credits(area.manifest)),
    }


def _elevation_credits(manifest: Manifest) -> tuple[Credit, ...]:
    """Whose heights they are: a model bears its input's id, or that and the name of a survey."""
    models = [model.id for model in manifest.elevation]
    texts = {
        source.credit
        for source in manifest.inputs
        if any(model == source.id or model.startswith(f"{source.id}-") for model in models)
    }
    return tuple(credit for credit in manifest.credits if credit.text in texts)


def _points(wanted: ElevationRequest) -> NDArray[np.float64]:
    """The line as (k, 2) degrees.

    Raises:
        UsageError: there is no line in the body, or a point is not on the globe.
        LineError: it is longer than a request may be, or has fewer than two points.
    """
    of_feature = wanted.geometry.coordinates if wanted.geometry and wanted.type == "Feature" else None
    of_geometry = wanted.coordinates if wanted.type == "LineString" else None
    given = [line for line in (wanted.line, of_feature, of_geometry) if line is not None]
    if len(given) != 1:
        raise UsageError(
            'The body must hold one line: {"line": [[lng, lat], …]}, a GeoJSON LineString, or a Feature of one.'
        )
    if len(given[0]) > MOST_POINTS:
        raise LineError(f"The line has {len(given[0])} points; a request takes at most {MOST_POINTS}. Split it.")
    points = np.array([position[:2] for position in given[0]], dtype=np.float64).reshape(-1, 2)
    astray = np.flatnonzero((np.abs(points[:, 0]) > _LNG) | (np.abs(points[:, 1]) > _LAT))
    if astray.size:
        lng, lat = points[astray[0]].tolist()
        raise UsageError(
            f"Point {astray[0] + 1} is not on the globe: {lng}, {lat}. Give longitude, then latitude, in degrees."
        )
    length_m = _WGS84.line_length(points[:, 0], points[:, 1])
    if length_m > LONGEST_M:
        raise LineError(
            f"The line is {length_m / 1000:.0f} km long; a request takes at most {LONGEST_M / 1000:.0f} km. Split it."
        )
    if length_m == 0:
        raise LineError(_NO_LENGTH)
    return points
