"""What the service says of an area's data before one asks for them: landing page, conformance, collections."""

from typing import Final

from guide.api.credits import attribution, licences
from guide.api.features.collection import CLOSURES, COLLECTIONS, Collection, get_collection
from guide.api.features.parameters import CRS84
from guide.api.links import CSV, HTML, OPENAPI, Links
from guide.api.schemas.features import CollectionInfo, Extent, Spatial, Temporal
from guide.api.schemas.links import Link
from guide.areas.served import ServedArea
from guide.http.replies import GEOJSON
from guide.http.texts import text

_FEATURES: Final = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
_FILTER: Final = "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf"
_TILES: Final = "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf"
_CQL2: Final = "http://www.opengis.net/spec/cql2/1.0/conf"

CONFORMANCE: Final = (
    f"{_FEATURES}/core",
    f"{_FEATURES}/geojson",
    f"{_FEATURES}/html",
    f"{_FILTER}/queryables",
    f"{_FILTER}/filter",
    f"{_FILTER}/features-filter",
    f"{_CQL2}/cql2-text",
    f"{_CQL2}/cql2-json",
    f"{_CQL2}/basic-cql2",
    f"{_CQL2}/advanced-comparison-operators",
    f"{_CQL2}/case-insensitive-comparison",
    f"{_CQL2}/basic-spatial-functions",
    f"{_TILES}/core",
    f"{_TILES}/tileset",
    f"{_TILES}/tilesets-list",
    f"{_TILES}/mvt",
)
"""Classes that a test of our own proves, clause by clause (tests/api/ogc)."""

_TRS: Final = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
_QUERYABLES: Final = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
_TILESETS: Final = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"


def area_name(area: ServedArea, links: Links) -> str:
    """An area's name in the reader's language."""
    info = area.manifest.area
    return info.name_en if links.language.value == "en" else info.name_ja


def landing_links(area: ServedArea, links: Links) -> list[Link]:
    """Where the landing page leads to."""
    found = [
        links.to(f"{links.base_url}/api/openapi.json", "service-desc", OPENAPI),
        links.to(f"{links.base_url}/api/docs", "service-doc", HTML),
        links.to(f"{links.root}/conformance", "conformance"),
        links.to(f"{links.root}/collections", "data", title=text("data.list", links.language)),
        links.to(f"{links.base_url}/?area={area.id}", "http://www.opengis.net/def/rel/ogc/1.0/map", HTML),
    ]
    return [*found, *_tile_links(area, links), *_licence_links(area, links)]


def collection_info(area: ServedArea, name: str, links: Links) -> CollectionInfo:
    """What one must know of a collection."""
    collection = get_collection(area, name)
    here = links.collection(name)
    return CollectionInfo(
        id=name,
        title=f"{area_name(area, links)}: {text(f'collection.{name}', links.language)}",
        description=text(f"collection.{name}-about", links.language),
        attribution=attribution(area),
        licence=licences(area),
        extent=_extent(area, collection),
        item_type="feature",
        crs=[CRS84],
        links=[
            links.to(here, "self"),
            links.to(f"{here}?f=html", "alternate", HTML),
            links.to(f"{here}/items?f=json", "items", GEOJSON),
            links.to(f"{here}/items?f=csv", "items", CSV),
            links.to(f"{here}/items?f=html", "items", HTML),
            links.to(f"{here}/queryables", _QUERYABLES, "application/schema+json"),
            *_tile_links(area, links),
            *_licence_links(area, links),
        ],
    )


def all_collections(area: ServedArea, links: Links) -> list[CollectionInfo]:
    """Every collection, also those that have no feature yet."""
    return [collection_info(area, name, links) for name in COLLECTIONS]


def _tile_links(area: ServedArea, links: Links) -> list[Link]:
    """Where the tiles are, whose layers are the collections."""
    if not area.manifest.archives:
        return []
    return [links.to(f"{links.root}/tiles", _TILESETS, title=text("data.tilesets", links.language))]


def _licence_links(area: ServedArea, links: Links) -> list[Link]:
    return [
        links.to(credit.url, "license", HTML, f"{credit.licence}: {credit.text}")
        for credit in area.manifest.credits
        if credit.url
    ]


def _extent(area: ServedArea, collection: Collection) -> Extent:
    bounds = collection.bounds or area.manifest.extent or area.manifest.area.bbox
    temporal = None
    if collection.name == CLOSURES:
        starts = [feature["properties"]["starts"] for feature in collection.features]
        ends = [feature["properties"]["ends"] for feature in collection.features]
        first = min(starts) if starts and None not in starts else None
        last = max(ends) if ends and None not in ends else None
        temporal = Temporal(interval=[[first, last]], trs=_TRS)
    return Extent(spatial=Spatial(bbox=[list(bounds)], crs=CRS84), temporal=temporal)
