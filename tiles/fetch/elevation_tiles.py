"""Elevation tiles of a box, each asked for once: those that do not exist are remembered too.

Tiles lie under ``{folder}/{layer}/{z}/{x}/{y}.png``; a file ``{y}.absent`` says that the server has none. They are
gathered in a folder beside the wanted one, which gets its name when the last has come: a folder that is there is whole.
"""

import math
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from guide.domain.errors import SourceError
from guide.files import write_whole
from guide.terrain.gsi_tiles import GSI_LAYERS, GsiLayer, decode_gsi
from tiles.fetch.checks import check_tile, read_tile
from tiles.fetch.http import Fetcher, Progress, silent

Bbox = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

R = TypeVar("R")
_SIDE = 256


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """The address of a tile."""

    zoom: int
    x: int
    y: int

    @property
    def parent(self) -> "Tile":
        """The tile that holds it, one zoom above."""
        return Tile(self.zoom - 1, self.x // 2, self.y // 2)


def tiles_of(bbox: Bbox, zoom: int) -> list[Tile]:
    """The tiles that interpolation inside a box touches: one pixel more than the box on every side."""
    west, south, east, north = bbox
    last = (1 << zoom) - 1
    left, top = _pixel(west, north, zoom)
    right, bottom = _pixel(east, south, zoom)
    columns = range(max(int((left - 1) // _SIDE), 0), min(int((right + 1) // _SIDE), last) + 1)
    rows = range(max(int((top - 1) // _SIDE), 0), min(int((bottom + 1) // _SIDE), last) + 1)
    return [Tile(zoom, x, y) for x in columns for y in rows]


def fetch_gsi_tiles(fetcher: Fetcher, *, base_url: str, bbox: Bbox, folder: Path, progress: Progress = silent) -> None:
    """The Geospatial Information Authority's layers, a coarser one only where the finer ones leave cells unknown.

    Args:
        fetcher: the client.
        base_url: as ``https://cyberjapandata.gsi.go.jp/xyz``.
        bbox: the box.
        folder: what ``guide.terrain`` opens as ``gsi_tiles``.
        progress: told places (tiles of the finest zoom, then of the coarser one) that are settled.

    Raises:
        SourceError: a tile could not be had, or none exists here; what has come is kept for the next time.
    """
    fine = [layer for layer in GSI_LAYERS if layer.zoom == GSI_LAYERS[0].zoom]
    coarse = GSI_LAYERS[-1]
    places, parents = tiles_of(bbox, fine[0].zoom), tiles_of(bbox, coarse.zoom)
    shelf = _Shelf(fetcher, base_url, folder)
    count = _Counter(len(places) + len(parents), progress)

    def settle(tile: Tile) -> Tile | None:
        """Fetch the fine layers of one place; the tile itself if cells stay unknown, for the coarse layer."""
        return tile if _unknown_after(shelf, fine, tile) else None

    left_open = _each(fetcher, settle, places, count)
    wanted = sorted({tile.parent for tile in left_open if tile is not None})
    count.skip(len(parents) - len(wanted))
    _each(fetcher, lambda tile: shelf.get(coarse.folder, tile), wanted, count)
    shelf.close()


def fetch_terrarium_tiles(
    fetcher: Fetcher, *, base_url: str, bbox: Bbox, zoom: int, folder: Path, progress: Progress = silent
) -> None:
    """One zoom of Terrarium tiles, ``{base_url}/{z}/{x}/{y}.png``; ``progress`` is told tiles.

    Raises:
        SourceError: a tile could not be had, or none exists here; what has come is kept for the next time.
    """
    places = tiles_of(bbox, zoom)
    shelf = _Shelf(fetcher, base_url, folder)
    _each(fetcher, lambda tile: shelf.get("", tile), places, _Counter(len(places), progress))
    shelf.close()


def _unknown_after(shelf: "_Shelf", layers: Iterable[GsiLayer], tile: Tile) -> bool:
    """Whether cells of a place are unknown to all of these layers, asking each only while they are."""
    unknown = np.ones((_SIDE, _SIDE), dtype=bool)
    for layer in layers:
        pixels = shelf.get(layer.folder, tile)
        if pixels is not None:
            unknown &= np.isnan(decode_gsi(pixels))
        if not unknown.any():
            return False
    return True


class _Shelf:
    """The folder of tiles: what is there, what does not exist, and how to get the rest."""

    def __init__(self, fetcher: Fetcher, base_url: str, folder: Path) -> None:
        self._fetcher = fetcher
        self._base_url = base_url.rstrip("/")
        self._final = folder
        self._folder = folder if folder.is_dir() else folder.with_name(f"{folder.name}.part")

    def get(self, layer: str, tile: Tile) -> NDArray[np.uint32] | None:
        """The pixels of a tile, from the disc or the network; None where there is none."""
        address = f"{tile.zoom}/{tile.x}/{tile.y}.png"
        path = self._folder / layer / address
        absent = path.with_suffix(".absent")
        if absent.exists():
            return None
        if path.exists():
            try:
                return read_tile(path.read_bytes())
            except SourceError:
                path.unlink()  # spoilt on the disc since; fetched again
        url = "/".join(part for part in (self._base_url, layer, address) if part)
        data = self._fetcher.fetch_bytes(url, check=check_tile)
        path.parent.mkdir(parents=True, exist_ok=True)
        if data is None:
            absent.touch()
            return None
        write_whole(path, data)
        return read_tile(data)

    def close(self) -> None:
        """Give the folder its name.

        Raises:
            SourceError: no tile exists. The address may be wrong, so nothing of it is remembered.
        """
        if next(self._folder.rglob("*.png"), None) is None:
            for marker in self._folder.rglob("*.absent"):
                marker.unlink()
            raise SourceError(f"{self._base_url} has no elevation tile for this box: check the address and the box.")
        if self._folder != self._final:
            self._folder.replace(self._final)


class _Counter:
    """Counts what is done, for whoever watches."""

    def __init__(self, total: int, progress: Progress) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def skip(self, steps: int) -> None:
        self._done += steps
        self._progress(self._done, self._total)


def _each(fetcher: Fetcher, work: Callable[[Tile], R], tiles: Iterable[Tile], count: _Counter) -> list[R]:
    """Work on tiles, as many at once as the fetcher has connections; the first error ends it all."""
    results: list[R] = []
    with ThreadPoolExecutor(max_workers=fetcher.limits.connections) as pool:
        try:
            for done in as_completed([pool.submit(work, tile) for tile in tiles]):
                results.append(done.result())
                count.skip(1)
        except BaseException:  # an interrupt too: what has not begun is not begun any more
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return results


def _pixel(lng: float, lat: float, zoom: int) -> tuple[float, float]:
    """Web Mercator pixels from the world's north-west corner."""
    pixels = _SIDE << zoom
    return (lng + 180) / 360 * pixels, (0.5 - math.atanh(math.sin(math.radians(lat))) / (2 * math.pi)) * pixels
