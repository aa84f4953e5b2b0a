"""Geographic information systems: GDAL's drivers, OWSLib, and QGIS's forms of an address."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pyogrio
import pytest
from owslib.ogcapi.features import Features

from guide.area.read import BuiltArea


def oapif(service: str, script: str) -> str:
    """Run a script that talks to the service through GDAL's OAPIF driver, in a process of its own."""
    # GDAL opens sockets of its own, and asks a proxy if the environment names one.
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    done = subprocess.run(
        [sys.executable, "-c", f"import pyogrio\nADDRESS = 'OAPIF:{service}/api/sample'\n{script}"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_gdal_lists_the_layers(service: str) -> None:
    assert "OAPIF" in pyogrio.list_drivers()
    assert oapif(service, "print(sorted(pyogrio.list_layers(ADDRESS)[:, 0]))") == str(
        ["closures", "landmarks", "slopes", "tours"]
    )


def test_gdal_reads_every_feature_over_all_pages(service: str, sample: BuiltArea) -> None:
    said = oapif(
        service,
        "info = pyogrio.read_info(ADDRESS, layer='slopes', force_feature_count=True)\n"
        "meta, _, geometry, fields = pyogrio.raw.read(ADDRESS, layer='slopes', PAGE_SIZE=5)\n"
        "print(info['features'], len(geometry), info['crs'], sum(shape is not None for shape in geometry))\n",
    )
    count, read, crs, placed = said.split()
    assert int(count) == int(read) == len(sample.slopes)
    assert crs in {"OGC:CRS84", "EPSG:4326"}
    assert int(placed) == sum(slope.line is not None or slope.entry.lng_lat is not None for slope in sample.slopes)


def test_gdal_asks_for_a_box(service: str) -> None:
    said = oapif(
        service,
        "bbox = (144.996, 40.993, 144.998, 40.995)\n"
        "_, _, geometry, fields = pyogrio.raw.read(ADDRESS, layer='slopes', bbox=bbox, columns=['name'])\n"
        "print(*sorted(fields[0]))\n",
    )
    assert "極限坂" in said.split()
    assert len(said.split()) < 10


def test_gdal_has_the_service_filter(service: str, sample: BuiltArea) -> None:
    said = oapif(
        service,
        "where = 'mean_grade_percent > 15 AND length_m < 200'\n"
        "_, _, geometry, fields = pyogrio.raw.read(ADDRESS, layer='slopes', where=where, columns=['id'])\n"
        "print(*sorted(fields[0]))\n",
    )
    steep = [
        slope.entry.id
        for slope in sample.slopes
        if slope.measures and (slope.measures.mean_grade or 0) > 0.15 and slope.measures.length_m < 200
    ]
    assert said.split() == sorted(steep)


def test_gdal_reads_an_archive_by_ranges(service: str) -> None:
    said = oapif(
        service,
        f"archive = '/vsicurl/{service}/api/sample/archives/guide.pmtiles'\n"
        "print(sorted(pyogrio.list_layers(archive)[:, 0]))\n",
    )
    assert "slopes" in said


@pytest.fixture
def owslib(service: str, monkeypatch: pytest.MonkeyPatch) -> str:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    return f"{service}/api/sample"


def test_owslib_reads_features(owslib: str) -> None:
    features = Features(owslib)
    assert features.feature_collections() == ["slopes", "landmarks", "tours", "closures"]
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in features.conformance()["conformsTo"]
    slopes = features.collection("slopes")
    assert slopes["extent"]["spatial"]["bbox"][0][0] == pytest.approx(144.99, abs=0.05)
    page = features.collection_items("slopes", limit=3, bbox=[144.9, 40.9, 145.1, 41.1])
    assert page["numberReturned"] == 3
    first = page["features"][0]["id"]
    assert features.collection_item("slopes", first)["id"] == first
    queryables = features.collection_queryables("slopes")
    assert "mean_grade_percent" in queryables["properties"]
    filtered = features.collection_items("slopes", filter="mean_grade_percent > 15")
    assert all(feature["properties"]["mean_grade_percent"] > 15 for feature in filtered["features"])


def test_tilesets_lead_to_their_tiles(client: httpx.Client) -> None:
    """As a client does that knows OGC API - Tiles and nothing of us: by links alone."""
    landing = client.get("/api/sample").json()
    tilesets = client.get(_link(landing, "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector")).json()["tilesets"]
    assert {tileset["dataType"] for tileset in tilesets} >= {"vector"}
    for tileset in tilesets:
        described = client.get(_link(tileset, "self")).json()
        grid = client.get(_link(described, "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme")).json()
        assert grid["tileMatrices"][14]["matrixWidth"] == 2**14
        last = described["tileMatrixSetLimits"][-1]
        address = _link(described, "item").replace("{tileMatrix}", last["tileMatrix"])
        statuses = {
            client.get(address.replace("{tileRow}", str(row)).replace("{tileCol}", str(column))).status_code
            for row in range(last["minTileRow"], last["maxTileRow"] + 1)
            for column in range(last["minTileCol"], last["maxTileCol"] + 1)
        }
        assert statuses <= {200, 204}
        assert 200 in statuses


def _link(document: dict[str, Any], rel: str) -> str:
    return next(str(link["href"]) for link in document["links"] if link["rel"] == rel)


@pytest.mark.parametrize(
    "form",
    [
        "{root}",
        "{root}/collections?f=json",
        "{root}/collections/slopes/items?limit=10&bbox=144.9,40.9,145.1,41.1&f=json",
        "{root}/collections/slopes/items?filter=mean_grade_percent%20%3E%205&filter-lang=cql2-text",
        "{root}/tiles/guide/WebMercatorQuad/14/6142/14791",
        "{root}/tiles/guide.json",
    ],
)
def test_the_addresses_that_qgis_makes_are_answered(client: httpx.Client, form: str) -> None:
    reply = client.get(form.format(root="/api/sample"))
    assert reply.status_code in {200, 204}, reply.text


def test_tippecanoe_reads_a_tile(client: httpx.Client, tmp_path: Path) -> None:
    reply = client.get("/api/sample/tiles/guide/WebMercatorQuad/14/6142/14791")
    assert reply.status_code == 200
    (tmp_path / "tile.mvt").write_bytes(reply.content)
    done = subprocess.run(
        [Path(sys.executable).parent / "tippecanoe-decode", tmp_path / "tile.mvt", "14", "14791", "6142"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert '"layer": "slopes"' in done.stdout
