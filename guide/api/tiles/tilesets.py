"""What the service says of its tiles: OGC's tilesets, and TileJSON."""

from typing import Final, Literal

from guide.api.credits import attribution, licences
from guide.api.features.parameters import CRS84
from guide.api.links import HTML, Links
from guide.api.schemas.tiles import TileBounds, TileJson, TileLayer, TileSet, TileSetItem, TileSetList, VectorLayer
from guide.api.tiles.matrices import CRS, NAME, URI, limits
from guide.areas.archive import Archive
from guide.areas.served import ServedArea

TILEJSON: Final = "application/json"
MVT: Final = "application/vnd.mapbox-vector-tile"
PMTILES: Final = "application/vnd.pmtiles"

_SCHEME: Final = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
_DataType = Literal["vector", "map", "coverage"]


def tileset_list(area: ServedArea, links: Links) -> TileSetList:
    """All tilesets of an area."""
    items = [_item(area, name, links) for name in sorted(area.manifest.archives)]
    return TileSetList(tilesets=items, links=[links.to(f"{links.root}/tiles", "self")])


def tileset(area: ServedArea, name: str, archive: Archive, links: Links) -> TileSet:
    """One tileset, with where it has tiles."""
    west, south, east, north = archive.bounds
    here = f"{links.root}/tiles/{name}"
    template = f"{here}/{NAME}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}"
    return TileSet(
        title=_title(area, name),
        data_type=_data_type(archive),
        crs=CRS,
        matrix_set=URI,
        limits=limits(archive.bounds, archive.zooms),
        bounding_box=TileBounds(lower_left=[west, south], upper_right=[east, north], crs=CRS84),
        layers=[TileLayer(id=layer.id, data_type="vector") for layer in _layers(archive)],
        attribution=attribution(area),
        licence=licences(area),
        links=[
            links.to(here, "self"),
            links.to(f"{here}.json", "alternate", TILEJSON, "TileJSON 3.0"),
            links.template(template, "item", archive.media_type),
            links.to(f"{links.root}/archives/{archive.name}", "enclosure", PMTILES, "PMTiles"),
            links.to(f"{links.root}/tileMatrixSets/{NAME}", _SCHEME),
            *(
                links.to(credit.url, "license", HTML, f"{credit.licence}: {credit.text}")
                for credit in area.manifest.credits
                if credit.url
            ),
        ],
    )


def tilejson(area: ServedArea, name: str, archive: Archive, links: Links) -> TileJson:
    """The same as map libraries read it; its addresses carry the archive's version, so they hold for ever."""
    low, high = archive.zooms
    return TileJson(
        tilejson="3.0.0",
        name=_title(area, name),
        tiles=[f"{links.root}/tiles/{name}/{NAME}/{{z}}/{{y}}/{{x}}?v={archive.version}"],
        minzoom=low,
        maxzoom=high,
        bounds=list(archive.bounds),
        attribution=attribution(area),
        vector_layers=_layers(archive),
    )


def _item(area: ServedArea, name: str, links: Links) -> TileSetItem:
    archive = area.get_archive(name)
    here = f"{links.root}/tiles/{name}"
    return TileSetItem(
        title=_title(area, name),
        data_type=_data_type(archive),
        crs=CRS,
        matrix_set=URI,
        links=[
            links.to(here, "self"),
            links.to(f"{here}.json", "alternate", TILEJSON, "TileJSON 3.0"),
            links.to(f"{links.root}/tileMatrixSets/{NAME}", _SCHEME),
        ],
    )


def _title(area: ServedArea, name: str) -> str:
    return f"{area.manifest.area.name_en}: {name}"


def _data_type(archive: Archive) -> _DataType:
    """Terrain as a picture is a coverage, as the standard has it."""
    return "vector" if archive.media_type == MVT else "coverage"


def _layers(archive: Archive) -> list[VectorLayer]:
    """The layers as the archive itself names them."""
    return [
        VectorLayer(
            id=str(layer["id"]),
            fields={str(name): str(kind) for name, kind in layer.get("fields", {}).items()},
            description=layer.get("description"),
            minzoom=layer.get("minzoom"),
            maxzoom=layer.get("maxzoom"),
        )
        for layer in archive.metadata.get("vector_layers", [])
    ]
