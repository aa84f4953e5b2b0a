"""Finding slopes, landmarks and streets by name."""

import asyncio
from typing import Annotated, Any, Final

from litestar import Request, Response, get
from litestar.params import QueryParameter

from guide.api.areas.inputs import Area, Reader
from guide.api.credits import attribution
from guide.api.links import Links, links_of
from guide.api.schemas.features import Point
from guide.api.schemas.search import Found, FoundList, FoundProperties
from guide.api.search.entries import EntryKind, LngLat, list_entries
from guide.api.search.index import Hit, SearchIndex
from guide.areas.served import ServedArea
from guide.domain.errors import UsageError
from guide.http.described import gives
from guide.http.replies import GEOJSON, json_reply
from guide.http.texts import Language

_LONGEST: Final = 100
_MOST: Final = 50
_LNG, _LAT = 180.0, 90.0
_KEY: Final = "search"


@get(
    "/api/{area_id:str}/search",
    summary="Slopes, landmarks and streets by name / 名前で検索",
    opt=gives({GEOJSON: FoundList}),
)
async def search(  # noqa: PLR0913, PLR0917 (each is a parameter of the address)
    request: Request[Any, Any, Any],
    area: Area,
    reader: Reader,
    q: Annotated[
        str,
        QueryParameter(
            min_length=1,
            max_length=_LONGEST,
            description="a name or its beginning: kanji, kana, romaji with or without macrons, English; small typing "
            "errors do no harm",
        ),
    ],
    near: Annotated[
        str | None,
        QueryParameter(max_length=60, description="lon,lat in degrees: of names that fit alike the nearer come first"),
    ] = None,
    only: Annotated[
        str | None, QueryParameter(max_length=40, description="slope, landmark or street, or several: nothing else")
    ] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=_MOST, description="at most so many finds")] = 10,
) -> Response[bytes]:
    """What a name may mean, best first: what is called so, what begins so, what holds it, what was mistyped."""
    place = None if near is None else _parse_place(near)
    kinds = None if only is None else _parse_kinds(only)
    index = get_index(area) if area.is_ready(_KEY) else await asyncio.to_thread(get_index, area)
    links = links_of(request, area, reader)
    hits = index.search(q, near=place, kinds=kinds, limit=limit)
    found = [_found(hit, links) for hit in hits]
    return json_reply(
        FoundList(type="FeatureCollection", features=found, attribution=attribution(area)), media_type=GEOJSON
    )


def get_index(area: ServedArea) -> SearchIndex:
    """The index of an area, made when it is asked for the first time."""
    return area.once(_KEY, lambda: SearchIndex(list_entries(area)))


def _found(hit: Hit, links: Links) -> Found:
    entry = hit.entry
    names = (entry.name_en, entry.name) if links.language is Language.EN else (entry.name, entry.name_en)
    collection = {EntryKind.SLOPE: "slopes", EntryKind.LANDMARK: "landmarks"}.get(entry.kind)
    return Found(
        type="Feature",
        geometry=None if entry.place is None else Point(coordinates=list(entry.place)),
        bbox=None if entry.box is None else list(entry.box),
        properties=FoundProperties(
            kind=entry.kind,
            id=entry.id,
            name=names[0] or names[1],
            name_ja=entry.name,
            name_en=entry.name_en,
            reading=entry.reading,
            landmark_kind=entry.landmark_kind,
            matched=hit.name,
            score=hit.score,
            distance_m=None if hit.distance_m is None else round(hit.distance_m, 1),
            href=links.item(collection, entry.id) if collection and entry.id else None,
        ),
    )


def _parse_place(text: str) -> LngLat:
    try:
        longitude, latitude = (float(part) for part in text.split(","))
    except ValueError:
        raise UsageError("near must be two numbers: lon,lat in degrees.") from None
    if not (abs(longitude) <= _LNG and abs(latitude) <= _LAT):
        raise UsageError("near is not on the globe: give longitude, then latitude, in degrees.")
    return longitude, latitude


def _parse_kinds(text: str) -> frozenset[EntryKind]:
    try:
        return frozenset(EntryKind(word.strip()) for word in text.split(","))
    except ValueError:
        raise UsageError(f"only: {text[:40]!r} is not known. Known: {', '.join(EntryKind)}.") from None
