"""Readers that nobody here wrote open our archives, and each sees the same layers and as many features."""

import base64
import gzip
import io
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import mapbox_vector_tile
import numpy as np
import pyogrio
import pytest
from PIL import Image
from pmtiles.reader import MmapSource, all_tiles
from rasterio.io import MemoryFile

from guide.area.read import BuiltArea
from tests.clients.conftest import MODULES, run_node

VECTOR = pytest.mark.parametrize("tileset", ["guide", "streets"])
Tiles = dict[tuple[int, int, int], bytes]

READ_ALL = """
import { openAsBlob, readFileSync } from "node:fs";
import { PMTiles } from "pmtiles";

const { path, places } = JSON.parse(readFileSync("asked.json", "utf-8"));
const blob = await openAsBlob(path);
const archive = new PMTiles({
  getKey: () => path,
  getBytes: async (offset, length) => ({ data: await blob.slice(offset, offset + length).arrayBuffer() }),
});
const tiles = [];
for (const [z, x, y] of places) {
  const tile = await archive.getZxy(z, x, y);
  tiles.push(tile ? Buffer.from(tile.data).toString("base64") : null);
}
const { vector_layers = [] } = await archive.getMetadata();
console.log(JSON.stringify({ layers: vector_layers.map((layer) => layer.id), tiles }));
"""


def archive_of(area: BuiltArea, tileset: str) -> Path:
    path = area.find_archive(tileset)
    assert path is not None
    return path


def tiles_of(path: Path) -> Tiles:
    """Every tile by (zoom, column, row), as the format's own Python package reads it."""
    with path.open("rb") as file:
        return dict(all_tiles(MmapSource(file)))


def counts(tiles: Tiles) -> Counter[str]:
    """Features of each layer, tile by tile."""
    found: Counter[str] = Counter()
    for data in tiles.values():
        for name, layer in mapbox_vector_tile.decode(gzip.decompress(data)).items():
            found[name] += len(layer["features"])
    return found


def last_zoom(tiles: Tiles) -> Tiles:
    nearest = max(z for z, _, _ in tiles)
    return {place: data for place, data in tiles.items() if place[0] == nearest}


def read_in_node(path: Path, places: list[tuple[int, int, int]], cwd: Path) -> tuple[set[str], list[bytes | None]]:
    (cwd / "node_modules").symlink_to(MODULES)
    (cwd / "package.json").write_text('{"type": "module"}')
    (cwd / "read.js").write_text(READ_ALL)
    (cwd / "asked.json").write_text(json.dumps({"path": str(path), "places": places}))
    found = json.loads(run_node("node", "read.js", cwd=cwd))
    return set(found["layers"]), [None if tile is None else base64.b64decode(tile) for tile in found["tiles"]]


@VECTOR
def test_tippecanoe_decodes_every_layer(sample: BuiltArea, tileset: str) -> None:
    path = archive_of(sample, tileset)
    tiles = last_zoom(tiles_of(path))
    zoom = str(next(iter(tiles))[0])
    decode = Path(sys.executable).with_name("tippecanoe-decode")
    done = subprocess.run(
        [decode, "-Z", zoom, "-z", zoom, path], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    found: Counter[str] = Counter()
    for tile in json.loads(done.stdout)["features"]:
        for layer in tile["features"]:
            found[layer["properties"]["layer"]] += len(layer["features"])
    assert found == counts(tiles)


@VECTOR
def test_gdal_reads_every_layer(sample: BuiltArea, tileset: str) -> None:
    path = archive_of(sample, tileset)
    tiles = tiles_of(path)
    expected = counts(last_zoom(tiles))
    assert {str(name) for name, _ in pyogrio.list_layers(path)} == set(counts(tiles))
    for layer, count in expected.items():
        _, _, shapes, _ = pyogrio.raw.read(path, layer=layer)
        # GDAL leaves to each tile what lies within it, so that what reaches over an edge is there once.
        assert 0 < len(shapes) <= count, layer
        assert all(shape is not None for shape in shapes), layer


@VECTOR
def test_pmtiles_in_javascript_reads_the_same_bytes(sample: BuiltArea, tileset: str, tmp_path: Path) -> None:
    path = archive_of(sample, tileset)
    tiles = tiles_of(path)
    layers, read = read_in_node(path, list(tiles), tmp_path)
    assert layers == set(counts(tiles))
    assert read == [gzip.decompress(data) for data in tiles.values()]


def test_pmtiles_in_javascript_reads_the_relief(sample: BuiltArea, tmp_path: Path) -> None:
    path = archive_of(sample, "relief")
    tiles = tiles_of(path)
    _, read = read_in_node(path, list(tiles), tmp_path)
    assert read == list(tiles.values())
    for picture in read:
        assert picture is not None
        assert Image.open(io.BytesIO(picture)).size[0] in {256, 512}


@pytest.mark.filterwarnings("ignore:Dataset has no geotransform")  # where a tile lies is in its address
def test_gdal_reads_the_heights_of_every_tile_of_the_relief(sample: BuiltArea) -> None:
    lowest, highest = np.inf, -np.inf
    for data in tiles_of(archive_of(sample, "relief")).values():
        with MemoryFile(data) as file, file.open() as picture:
            red, green, blue = picture.read().astype(np.float64)[:3]
        height_m = -10_000 + (red * 65_536 + green * 256 + blue) * 0.1
        lowest, highest = min(lowest, height_m.min()), max(highest, height_m.max())
    assert lowest == pytest.approx(0, abs=0.05), "the sea"
    assert 100 < highest < 1000
