"""The formats a walk is given in: JSON, GeoJSON, GPX and KML, chosen by Accept or by ``f`` in a link."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

import msgspec

from guide.api.routes.gpx import to_gpx
from guide.api.routes.kml import to_kml
from guide.area.manifest import Manifest
from guide.http.errors import NotAcceptableError
from guide.http.texts import Language
from guide.http.weights import weigh


class RouteFormat(StrEnum):
    """Formats by the name a link gives them."""

    JSON = "json"
    GEOJSON = "geojson"
    GPX = "gpx"
    KML = "kml"


MEDIA_TYPES: Final[Mapping[RouteFormat, str]] = MappingProxyType(
    {
        RouteFormat.JSON: "application/json",
        RouteFormat.GEOJSON: "application/geo+json",
        RouteFormat.GPX: "application/gpx+xml",
        RouteFormat.KML: "application/vnd.google-earth.kml+xml",
    }
)

_ASKED_AS: Final[Mapping[str, RouteFormat]] = MappingProxyType(
    {
        **{media_type: format_ for format_, media_type in MEDIA_TYPES.items()},
        "application/kml+xml": RouteFormat.KML,
        "application/*": RouteFormat.JSON,
        "*/*": RouteFormat.JSON,
    }
)


def wanted_format(named: RouteFormat | None, accept: str) -> RouteFormat:
    """The format that a link names, or else the best of an Accept header (RFC 9110, section 12.5.1).

    A browser that would rather have a page (``text/html, */*``) gets JSON.

    Raises:
        NotAcceptableError: none of what is accepted can be given.
    """
    if named is not None:
        return named
    best: tuple[float, RouteFormat] | None = None
    for name, quality in weigh(accept or "*/*"):
        format_ = _ASKED_AS.get(name)
        if format_ is not None and quality > 0 and (best is None or quality > best[0]):
            best = (quality, format_)
    if best is None:
        raise NotAcceptableError(tuple(MEDIA_TYPES.values()))
    return best[1]


def encode_route(view: Mapping[str, Any], format_: RouteFormat, manifest: Manifest, language: Language) -> bytes:
    """A route's view in a format."""
    if format_ is RouteFormat.JSON:
        return msgspec.json.encode(view)
    if format_ is RouteFormat.GEOJSON:
        return msgspec.json.encode(to_geojson(view))
    writer: Callable[[Mapping[str, Any], Manifest, Language], bytes] = to_gpx if format_ is RouteFormat.GPX else to_kml
    return writer(view, manifest, language)


def to_geojson(view: Mapping[str, Any]) -> dict[str, Any]:
    """The walk as a feature with all its numbers, each alternative as another, then its stops as points."""
    return {
        "type": "FeatureCollection",
        "features": [
            _line(view),
            *(_line(alternative) for alternative in view.get("alternatives", ())),
            *(
                {
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": stop["lng_lat"]},
                    "properties": {"stop": number, "name": stop["name"]},
                }
                for number, stop in enumerate(view["stops"])
            ),
        ],
    }


def _line(view: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in view.items() if name not in {"geometry", "alternatives"}}
    return {"type": "Feature", "geometry": view["geometry"], "properties": kept}
