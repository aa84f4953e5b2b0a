"""Elevation tiles from a server that has some of them."""

import io
import math
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from guide.domain.elevation import ElevationSource
from guide.domain.errors import SourceError
from guide.terrain.open import open_elevation
from tests.fetch import misbehaving_server as replies
from tests.fetch.misbehaving_server import Script
from tiles.fetch.elevation_tiles import Tile, fetch_gsi_tiles, fetch_terrarium_tiles, tiles_of
from tiles.fetch.http import Fetcher

BOX = (140.9702, 42.3222, 140.9704, 42.3224)
"""Some metres round Muroran's old station: one tile of each zoom."""

FINE = tiles_of(BOX, 15)[0]
COARSE = FINE.parent
NO_DATA = (128, 0, 0)


def picture(metres: float, *, hole: bool = False, size: int = 256, mode: str = "RGB") -> bytes:
    value = round(metres * 100)
    pixels = np.full((size, size, 3), (value >> 16, value >> 8 & 255, value & 255), dtype=np.uint8)
    if hole:
        pixels[:100, :100] = NO_DATA
    file = io.BytesIO()
    Image.fromarray(pixels, "RGB").convert(mode).save(file, "PNG")
    return file.getvalue()


def path_of(layer: str, tile: Tile) -> str:
    return f"/{layer}/{tile.zoom}/{tile.x}/{tile.y}.png"


def degrees(x: float, y: float, zoom: int = 14) -> tuple[float, float]:
    mercator = math.pi * (1 - 2 * y / (1 << zoom))
    return x / (1 << zoom) * 360 - 180, math.degrees(math.atan(math.sinh(mercator)))


def fetch(server: Script, fetcher: Fetcher, folder: Path) -> list[str]:
    """The layers that were asked for, in order."""
    before = len(server.seen)
    fetch_gsi_tiles(fetcher, base_url=server.base_url, bbox=BOX, folder=folder)
    return [path.split("/")[1] for path in server.paths()[before:]]


def test_muroran_needs_the_tiles_that_are_known_of_it() -> None:
    tiles = tiles_of((140.90, 42.29, 141.08, 42.43), 14)
    assert (len(tiles), min(tiles), max(tiles)) == (90, Tile(14, 14604, 6055), Tile(14, 14612, 6064))


@given(st.floats(-179, 179), st.floats(-84, 84), st.integers(0, 16))
def test_every_box_has_tiles_and_they_hold_its_middle(lng: float, lat: float, zoom: int) -> None:
    tiles = tiles_of((lng, lat, lng + 0.001, lat + 0.001), zoom)
    side = 360 / (1 << zoom)
    assert any(tile.x * side - 180 <= lng <= (tile.x + 1) * side - 180 for tile in tiles)
    assert all(0 <= tile.x < 1 << zoom and 0 <= tile.y < 1 << zoom for tile in tiles)
    assert len(tiles) < 50


def test_a_whole_fine_tile_is_enough(server: Script, fetcher: Fetcher, tmp_path: Path) -> None:
    server.say(path_of("dem5a_png", FINE), replies.body(picture(12.34)))
    assert fetch(server, fetcher, tmp_path / "gsi") == ["dem5a_png"]
    source = ElevationSource(id="gsi", resolution_m=0, sigma_m=0)
    found = open_elevation("gsi_tiles", tmp_path / "gsi", source=source).sample(np.array([BOX[:2]]))
    assert found.elevation_m == pytest.approx(12.34)
    assert found.sigma_m == pytest.approx(0.3)


def test_coarser_layers_are_asked_only_while_cells_are_unknown(
    server: Script, fetcher: Fetcher, tmp_path: Path
) -> None:
    server.say(path_of("dem5a_png", FINE), replies.body(picture(10, hole=True)))
    server.say(path_of("dem5c_png", FINE), replies.body(picture(11, hole=True)))
    server.say(path_of("dem_png", COARSE), replies.body(picture(12)))
    assert fetch(server, fetcher, tmp_path / "gsi") == ["dem5a_png", "dem5b_png", "dem5c_png", "dem_png"]
    server.say(path_of("dem5b_png", FINE), replies.body(picture(11)))
    assert fetch(server, fetcher, tmp_path / "other") == ["dem5a_png", "dem5b_png"]


def test_nothing_is_asked_twice_not_even_what_does_not_exist(server: Script, fetcher: Fetcher, tmp_path: Path) -> None:
    server.say(path_of("dem_png", COARSE), replies.body(picture(12)))
    assert len(fetch(server, fetcher, tmp_path / "gsi")) == 4
    assert fetch(server, fetcher, tmp_path / "gsi") == []


def test_what_came_before_a_failure_is_kept_but_the_folder_is_not_there_yet(
    server: Script, fetcher: Fetcher, tmp_path: Path
) -> None:
    folder = tmp_path / "gsi"
    server.say(path_of("dem5a_png", FINE), replies.body(picture(10, hole=True)))
    server.say(path_of("dem5b_png", FINE), replies.status(503))
    with pytest.raises(SourceError, match="503"):
        fetch(server, fetcher, folder)
    assert not folder.exists()
    server.say(path_of("dem5b_png", FINE), replies.body(picture(11)))
    assert fetch(server, fetcher, folder) == ["dem5b_png"]
    assert sorted(file.name for file in folder.rglob("*") if file.is_file()) == [f"{FINE.y}.png"] * 2


@pytest.mark.parametrize(
    "wrong",
    [
        picture(10)[: len(picture(10)) // 2],
        picture(10)[:-20],
        picture(10, size=512),
        picture(10, mode="P"),
        b"<html>maintenance</html>",
        b"",
    ],
    ids=["half", "without its end", "large", "palette", "web page", "empty"],
)
def test_what_is_no_elevation_tile_is_asked_for_again(
    server: Script, fetcher: Fetcher, tmp_path: Path, wrong: bytes
) -> None:
    path = path_of("dem5a_png", FINE)
    server.say(path, replies.body(wrong, "image/png"), replies.body(picture(10)))
    assert fetch(server, fetcher, tmp_path / "gsi") == ["dem5a_png"] * 2
    server.say(path, replies.body(wrong, "image/png"))
    with pytest.raises(SourceError, match="Tried 3 times"):
        fetch(server, fetcher, tmp_path / "other")
    assert not list((tmp_path).glob("other*/**/*.png"))


def test_a_tile_spoilt_on_the_disc_is_fetched_again(server: Script, fetcher: Fetcher, tmp_path: Path) -> None:
    server.say(path_of("dem5a_png", FINE), replies.body(picture(10)))
    fetch(server, fetcher, tmp_path / "gsi")
    next((tmp_path / "gsi").rglob("*.png")).write_bytes(picture(10)[:50])
    assert fetch(server, fetcher, tmp_path / "gsi") == ["dem5a_png"]


def test_a_wrong_address_is_said_and_not_remembered(server: Script, fetcher: Fetcher, tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(SourceError, match="check the address"):
            fetch(server, fetcher, tmp_path / "gsi")
    assert len(server.seen) == 8


def test_progress_ends_at_its_total(server: Script, fetcher: Fetcher, tmp_path: Path) -> None:
    server.default = replies.body(picture(10))
    steps: list[tuple[int, int]] = []
    box = (140.96, 42.32, 140.98, 42.33)
    fetch_gsi_tiles(
        fetcher,
        base_url=server.base_url,
        bbox=box,
        folder=tmp_path / "gsi",
        progress=lambda done, total: steps.append((done, total)),
    )
    total = len(tiles_of(box, 15)) + len(tiles_of(box, 14))
    assert steps[-1] == (total, total)
    assert steps == sorted(steps)


@pytest.mark.area
def test_real_tiles_arrive_byte_by_byte_and_read_the_same(server: Script, fetcher: Fetcher, tmp_path: Path) -> None:
    shared = Path(os.environ.get("HYAKUSAKA_SOURCES", Path(__file__).parents[3] / "shared/areas")).parent
    real = shared / "fixtures/gsi-png/terrarium"
    if not real.is_dir():
        pytest.skip(f"the real elevation tiles are not here: {real}")
    for file in real.rglob("*.png"):
        data = file.read_bytes()
        server.say(f"/{file.relative_to(real).as_posix()}", replies.cut(data, 500), replies.body(data, "image/png"))
    (west, north), (east, south) = degrees(14752.1, 5961.1), degrees(14754.9, 5963.9)
    box = (west, south, east, north)
    fetch_terrarium_tiles(fetcher, base_url=server.base_url, bbox=box, zoom=14, folder=tmp_path / "fetched")
    got = {file.relative_to(tmp_path / "fetched"): file for file in (tmp_path / "fetched").rglob("*.png")}
    assert len(got) == 9
    for name, file in got.items():
        assert file.read_bytes() == (real / name).read_bytes()
