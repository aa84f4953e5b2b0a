"""Relief tiles: heights to a tenth of a metre, no seams, the same at every zoom, the same bytes each time."""

import numpy as np
import pytest
from PIL import features
from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import Compression, TileType

from guide.area.read import BuiltArea
from tests.relief.shapes import FRAME, decoded, land
from tiles.mercator import EQUATOR_M, WORLD_M, latitudes, longitudes
from tiles.relief.grid import SIZE
from tiles.relief.heights import see_relief
from tiles.relief.tiles import encode, relief_tiles

pytestmark = pytest.mark.skipif(not features.check("webp"), reason="Pillow was built without WebP")


@pytest.mark.parametrize("height", [-10_000.0, -430.5, -0.1, 0.0, 0.1, 3.7, 199.6, 8848.9])
def test_a_height_comes_back(height: float) -> None:
    picture = encode(np.full((4, 4), height, dtype=np.float32))
    assert decoded(picture) == pytest.approx(height, abs=0.001)


def test_sea_level_is_the_published_colour() -> None:
    assert decoded(encode(np.zeros((2, 2), dtype=np.float32))).tolist() == [[0.0, 0.0], [0.0, 0.0]]


def test_every_pixel_of_every_zoom_is_where_it_should_be() -> None:
    west, south, _, _ = FRAME

    def plane(lng: "np.ndarray[tuple[int], np.dtype[np.float64]]", lat: object) -> object:
        return 3000 * (lng - west) + 2000 * (lat - south)  # type: ignore[operator]

    relief = see_relief(land(plane, 30.0), FRAME, [])  # type: ignore[arg-type]
    assert relief is not None
    tiles = dict(relief_tiles(relief))
    assert {address.z for address in tiles} == {8, 9, 10, 11}
    left, top = (np.array([relief.grid.frame[index]]) for index in (0, 3))
    right, bottom = (np.array([relief.grid.frame[index]]) for index in (2, 1))
    for address, picture in tiles.items():
        places = (np.arange(SIZE) + 0.5) / SIZE
        lng = longitudes((address.x + places) / 2**address.z * EQUATOR_M - WORLD_M)
        lat = latitudes(WORLD_M - (address.y + places) / 2**address.z * EQUATOR_M)
        inside = ((lng > left) & (lng < right))[None, :] & ((lat > bottom) & (lat < top))[:, None]
        difference = np.abs(decoded(picture) - plane(*np.meshgrid(lng, lat)))[inside]  # type: ignore[operator]
        # A tenth of a metre, and how far the mean of finer rows lies from the middle (Mercator is not even).
        assert difference.max() < 0.06 + 0.02 * 2 ** (relief.grid.z - address.z)


def test_the_same_land_gives_the_same_bytes() -> None:
    relief = see_relief(land(lambda lng, lat: 100 * np.sin(lng * 900) * np.cos(lat * 900), 30.0), FRAME, [])
    assert relief is not None
    assert list(relief_tiles(relief)) == list(relief_tiles(relief))


def test_the_samples_archive_says_what_it_is(sample: BuiltArea) -> None:
    path = sample.find_archive("relief")
    assert path is not None
    with path.open("rb") as file:
        reader = Reader(MmapSource(file))
        header, metadata = reader.header(), reader.metadata()
        assert header["tile_type"] == TileType.WEBP
        assert header["tile_compression"] == Compression.NONE
        assert metadata["encoding"] == "mapbox"
        picture = reader.get(14, 14791, 6142)
    heights = decoded(picture)
    assert heights.shape == (SIZE, SIZE)
    assert heights.min() >= -1
    assert 200 < heights.max() < 230
