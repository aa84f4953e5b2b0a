"""Slopes and landmarks as collections of GeoJSON features."""

from itertools import chain
from typing import Annotated, Any, Final

from litestar import Response, get
from litestar.params import FromPath, QueryParameter

from guide.api.areas.inputs import Area
from guide.areas.served import ServedArea
from guide.domain.errors import NotFoundError, UsageError
from guide.http.replies import GEOJSON, json_reply

_LARGEST_PAGE: Final = 10_000
_LONGEST_QUERY: Final = 200

Limit = Annotated[int, QueryParameter(ge=1, le=_LARGEST_PAGE, description="at most so many features")]
Offset = Annotated[int, QueryParameter(ge=0, le=1_000_000_000, description="so many features are left out first")]
BBox = Annotated[
    str | None, QueryParameter(description="west,south,east,north in degrees; features that touch it", max_length=200)
]
Query = Annotated[
    str | None, QueryParameter(description="part of a name, a reading or an id", max_length=_LONGEST_QUERY)
]


@get(
    "/api/{area_id:str}/collections/{collection:str}/items",
    summary="Slopes or landmarks / 坂・名所の一覧",
    sync_to_thread=False,
)
def list_items(
    area: Area,
    collection: FromPath[str],
    limit: Limit = 1000,
    offset: Offset = 0,
    bbox: BBox = None,
    q: Query = None,
) -> Response[bytes]:
    """A page of a collection (``slopes`` or ``landmarks``), in an order that only a new build changes."""
    features = _features(area, collection)
    if bbox is not None:
        frame = _parse_bbox(bbox)
        features = [feature for feature in features if _touches(feature, frame)]
    if q:
        features = [feature for feature in features if _says(feature, q.casefold())]
    page = features[offset : offset + limit]
    return json_reply(
        {
            "type": "FeatureCollection",
            "features": page,
            "numberMatched": len(features),
            "numberReturned": len(page),
        },
        media_type=GEOJSON,
    )


@get(
    "/api/{area_id:str}/collections/{collection:str}/items/{item_id:str}",
    summary="One slope or landmark / 坂・名所",
    sync_to_thread=False,
)
def get_item(area: Area, collection: FromPath[str], item_id: FromPath[str]) -> Response[bytes]:
    """One feature of a collection."""
    for feature in _features(area, collection):
        if feature["id"] == item_id:
            return json_reply(feature, media_type=GEOJSON)
    raise NotFoundError(
        f"{area.id} has nothing called {item_id!r} among its {collection}. "
        f"They are listed at /api/{area.id}/collections/{collection}/items."
    )


def _features(area: ServedArea, collection: str) -> list[dict[str, Any]]:
    if collection == "slopes":
        return area.slope_features
    if collection == "landmarks":
        return area.landmark_features
    raise NotFoundError(f"There is no collection {collection!r}. Collections: slopes, landmarks.")


def _parse_bbox(text: str) -> tuple[float, float, float, float]:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise UsageError("bbox must be four numbers: west,south,east,north in degrees.") from None
    if not (west <= east and south <= north):  # also not a number
        raise UsageError("bbox must be west,south,east,north, with west below east and south below north.")
    return west, south, east, north


def _touches(feature: dict[str, Any], frame: tuple[float, float, float, float]) -> bool:
    """Whether a feature's own box meets the frame; what has no place meets none."""
    if feature["geometry"] is None:
        return False
    coordinates = feature["geometry"]["coordinates"]
    positions = [coordinates] if feature["geometry"]["type"] == "Point" else coordinates
    longitudes, latitudes = zip(*(position[:2] for position in positions), strict=True)
    west, south, east, north = frame
    return bool(
        min(longitudes) <= east and max(longitudes) >= west and min(latitudes) <= north and max(latitudes) >= south
    )


def _says(feature: dict[str, Any], text: str) -> bool:
    names = (feature["properties"].get(key) for key in ("name", "reading", "name_en"))
    return any(text in str(name).casefold() for name in chain(names, [feature["id"]]) if name)
