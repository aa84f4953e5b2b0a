"""Golden files of the sample: what a slope and a tile look like to whoever reads our data. Renewed by: make golden."""

import gzip
import json
from collections.abc import Callable

import mapbox_vector_tile
import pytest
from pmtiles.reader import MmapSource, Reader

from guide.area.read import BuiltArea

Golden = Callable[[str, bytes], None]


def pretty(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def test_golden_slopes(sample: BuiltArea, golden: Golden) -> None:
    features = json.loads((sample.directory / "slopes.geojson").read_bytes())["features"]
    golden("sample-slopes.geojson", pretty({"type": "FeatureCollection", "features": features[:4]}))


@pytest.mark.parametrize("archive", ["guide", "streets"])
def test_golden_tile(sample: BuiltArea, golden: Golden, archive: str) -> None:
    path = sample.find_archive(archive)
    assert path is not None
    with path.open("rb") as file:
        reader = Reader(MmapSource(file))
        tile = reader.get(14, 14791, 6142)
        assert tile is not None, "this tile holds the middle of the sample town"
        golden(f"sample-{archive}-14-14791-6142.json", pretty(mapbox_vector_tile.decode(gzip.decompress(tile))))
