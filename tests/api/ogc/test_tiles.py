"""OGC API - Tiles, part 1: core (20-057), Annex A: the classes core, tileset, tilesets-list and mvt."""

import math
from typing import Any

import mapbox_vector_tile
import pytest
from shapely.geometry import shape

from tests.api.ogc.conftest import Get, Json, features, json_of, link, links

CLASS = "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf"
SCHEME = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
TILESETS = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
MVT = "application/vnd.mapbox-vector-tile"


@pytest.fixture(scope="module")
def tilesets(get: Get, landing: Json) -> list[Json]:
    """Every tileset, described whole."""
    listed = json_of(get(link(landing, TILESETS)))["tilesets"]
    return [json_of(get(link(each, "self"))) for each in listed]


@pytest.fixture(scope="module")
def guide(tilesets: list[Json]) -> Json:
    return next(each for each in tilesets if each["title"].endswith("guide"))


def tile_address(tileset: Json, z: int, row: int, column: int) -> str:
    template = link(tileset, "item")
    return template.replace("{tileMatrix}", str(z)).replace("{tileRow}", str(row)).replace("{tileCol}", str(column))


def tile_of(longitude: float, latitude: float, z: int) -> tuple[int, int]:
    """Row and column of the tile that holds a place (OGC 17-083r4, annex D.1)."""
    count, phi = 2**z, math.radians(latitude)
    return int((1 - math.log(math.tan(phi) + 1 / math.cos(phi)) / math.pi) / 2 * count), int(
        (longitude + 180) / 360 * count
    )


@pytest.mark.parametrize("kept", ["core", "tileset", "tilesets-list", "mvt"])
def test_the_classes_are_claimed(conformance: list[str], kept: str) -> None:
    """/conf/core/conformance-success and its likes."""
    assert f"{CLASS}/{kept}" in conformance


# Core


def test_tc_op(get: Get, tilesets: list[Json]) -> None:
    """/conf/core/tc-op; clause 7.1, /req/core/tc-op: tiles are had by GET from the address that the template makes."""
    for tileset in tilesets:
        last = tileset["tileMatrixSetLimits"][-1]
        address = tile_address(tileset, int(last["tileMatrix"]), last["minTileRow"], last["minTileCol"])
        assert get(address, "*/*").status_code in {200, 204}


@pytest.mark.parametrize("name", ["z", "row", "col"])
def test_tc_parameter_definitions(definition: Json, name: str) -> None:
    """/conf/core/tc-tilematrix-definition, tc-tilerow-definition, tc-tilecol-definition: required whole numbers."""
    path = "/api/{area_id}/tiles/{tileset}/WebMercatorQuad/{z}/{row}/{col}"
    parameter = next(each for each in definition["paths"][path]["get"]["parameters"] if each["name"] == name)
    assert parameter["in"] == "path"
    assert parameter["required"]
    assert parameter["schema"]["type"] == "integer"


def test_tc_success(get: Get, guide: Json) -> None:
    """/conf/core/tc-success; clause 7.1.3: 200, in the form that was asked for, with what lies there."""
    placed = [each for each in features(get, "slopes") if each["geometry"] and each["geometry"]["type"] == "LineString"]
    for feature in placed[:5]:
        longitude, latitude = feature["geometry"]["coordinates"][0][:2]
        reply = get(tile_address(guide, 14, *tile_of(longitude, latitude, 14)), MVT)
        assert reply.status_code == 200
        assert reply.headers["content-type"] == MVT
        drawn = mapbox_vector_tile.decode(reply.content)["slopes"]["features"]
        assert feature["id"] in {each["properties"]["id"] for each in drawn}


def test_tc_error(get: Get, guide: Json) -> None:
    """/conf/core/tc-error; /req/core/tc-error: 404 beyond the limits, 204 where nothing is to be drawn within them."""
    for limits in guide["tileMatrixSetLimits"]:
        z, row, column = int(limits["tileMatrix"]), limits["minTileRow"], limits["minTileCol"]
        beyond = [
            (row - 1, column), (row, column - 1), (limits["maxTileRow"] + 1, column), (row, limits["maxTileCol"] + 1),
        ]  # fmt: skip
        for place in beyond:
            reply = get(tile_address(guide, z, *place), "*/*")
            assert reply.status_code == 404, (z, place)
            assert reply.headers["content-type"] == "application/problem+json"
        inside = [
            get(tile_address(guide, z, r, c), "*/*").status_code
            for r in range(row, limits["maxTileRow"] + 1)
            for c in range(column, limits["maxTileCol"] + 1)
        ]
        assert set(inside) <= {200, 204}
    for z, row, column in ((99, 0, 0), (0, 1, 0), (1, 0, 0)):
        assert get(tile_address(guide, z, row, column), "*/*").status_code == 404
    for odd in ("x/0/0", "1/-1/0", "1/0/1.5", "1/0"):
        assert get(f"/tiles/guide/WebMercatorQuad/{odd}", "*/*").status_code in {400, 404}


# Tileset


def test_tileset_description(get: Get, tilesets: list[Json]) -> None:
    """/conf/tileset/description; clause 8: the metadata of OGC 17-083r4, the grid, and a template of tiles."""
    assert tilesets
    for tileset in tilesets:
        assert tileset["dataType"] in {"map", "vector", "coverage"}
        assert tileset["crs"] == "http://www.opengis.net/def/crs/EPSG/0/3857"
        assert tileset["tileMatrixSetURI"] == "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
        item = links(tileset, "item")[0]
        assert item["templated"] is True
        assert item["type"] in {MVT, "image/png", "image/webp"}
        assert all(f"{{{name}}}" in item["href"] for name in ("tileMatrix", "tileRow", "tileCol"))
        matrices = json_of(get(link(tileset, SCHEME)))
        assert matrices["id"] == "WebMercatorQuad"
        assert matrices["tileMatrices"][14]["matrixWidth"] == 2**14
        # OGC 17-083r4, annex D.1
        assert matrices["tileMatrices"][0]["scaleDenominator"] == pytest.approx(559082264.028717)


# Tilesets list


def test_tileset_links(get: Get, landing: Json, tilesets: list[Json]) -> None:
    """/conf/tilesets-list/tileset-links; clause 9: each with its kind, its system, itself and its grid."""
    reply = get("/tiles")
    assert reply.headers["content-type"] == "application/json"
    listed = json_of(reply)["tilesets"]
    assert listed == json_of(get(link(landing, TILESETS)))["tilesets"]
    for short, whole in zip(listed, tilesets, strict=True):
        for member in ("dataType", "crs", "tileMatrixSetURI", "title"):
            assert short[member] == whole[member]
        assert link(short, "self") == link(whole, "self")
        assert link(short, SCHEME) == link(whole, SCHEME)


# Mapbox Vector Tiles


def test_mvt_content(get: Get, guide: Json) -> None:
    """/conf/mvt/content; clause 15: features with geometry and type, the grid laid linearly over the tile's square."""
    feature: Any = next(each for each in features(get, "slopes") if each["id"] == "kyokugen-zaka")
    line = shape(feature["geometry"])
    z = 15
    row, column = tile_of(*line.coords[0][:2], z)
    layers = mapbox_vector_tile.decode(
        get(tile_address(guide, z, row, column), MVT).content, default_options={"y_coord_down": True}
    )
    for layer in layers.values():
        for each in layer["features"]:
            assert each["geometry"]["coordinates"]
            assert each["type"] == "Feature"
    drawn: Any = next(each for each in layers["slopes"]["features"] if each["properties"]["id"] == feature["id"])
    extent = layers["slopes"]["extent"]
    count = 2**z

    def on_grid(longitude: float, latitude: float) -> tuple[float, float]:
        phi = math.radians(latitude)
        y = (1 - math.asinh(math.tan(phi)) / math.pi) / 2 * count - row
        return ((longitude + 180) / 360 * count - column) * extent, y * extent

    foot = on_grid(*line.coords[0][:2])
    coordinates = drawn["geometry"]["coordinates"]
    first = coordinates[0] if drawn["geometry"]["type"] == "LineString" else coordinates[0][0]
    assert first == pytest.approx(foot, abs=2)
