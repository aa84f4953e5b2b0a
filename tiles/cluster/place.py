"""Where a worker keeps what an order brings, and where it finds an area's sources."""

import os
import shutil
from pathlib import Path
from typing import Final

from distributed import get_worker

from guide.depot.store import Store, Stored, is_address
from guide.domain.errors import DepotError
from guide.files import write_whole
from tiles.areas import read_area
from tiles.cluster.order import AREA_TOML, Order
from tiles.download import Network
from tiles.sources import SourceFolders, Sources, resolve_sources

_FETCHED_KEPT: Final = 8
"""Areas whose fetched sources stay on a worker: the next order or part may ask for them."""

_TAG: Final = ".tag"


def lay_out(order: Order) -> Path:
    """Write down what an order brings as the data folder of this process, which is the worker's own."""
    data = Path(get_worker().local_directory) / "hyakusaka"
    os.environ["HYAKUSAKA_DATA"] = str(data)
    folder = data / "areas" / order.area
    folder.mkdir(parents=True, exist_ok=True)
    files = {AREA_TOML: order.description, **dict(order.catalogue)}
    for path in folder.iterdir():
        if path.name not in files:
            path.unlink()
    for name, content in files.items():
        if not (folder / name).is_file() or (folder / name).read_bytes() != content:
            write_whole(folder / name, content)  # a part of this very order may be reading it
    return data


def find_sources(order: Order, data: Path) -> Sources:
    """An area's sources on this worker, fetched if they lie in a store.

    Raises:
        SourceError: the area's description is not as it should be.
        DepotError: the store cannot be reached.
    """
    spec = read_area(order.area)
    folders = SourceFolders.from_environment(_mirror(order, data))
    return resolve_sources(order.area, spec, folders, Network(allowed=not order.offline).downloader(order.area, spec))


def list_sources(order: Order) -> dict[str, Stored] | None:
    """What a store has of an area; None if its sources lie in none.

    Raises:
        DepotError: the store cannot be reached.
    """
    if order.sources is None or not is_address(order.sources):
        return None
    return Store(order.sources).list_below(order.area)


def _mirror(order: Order, data: Path) -> Path | None:
    if order.sources is None:
        return None
    if not is_address(order.sources):
        return Path(order.sources)
    mirror = data / "mirror"
    folder = mirror / order.area
    folder.mkdir(parents=True, exist_ok=True)
    os.utime(folder)
    _tidy(mirror)
    store = Store(order.sources)
    for name, stored in store.list_below(order.area).items():
        _fetch(store, f"{order.area}/{name}", folder / name, stored)
    return mirror


def _fetch(store: Store, path: str, target: Path, stored: Stored) -> None:
    """Fetch a file unless this very content is here."""
    tag = target.with_name(f".{target.name}{_TAG}")
    if target.is_file() and tag.is_file() and tag.read_text() == stored.tag:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        store.fetch(path, target)
        tag.write_text(stored.tag)
    except OSError as error:
        raise DepotError(f"{target.parent} cannot keep {path} ({error.strerror}). Make room there.") from error


def _tidy(mirror: Path) -> None:
    folders = sorted(mirror.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for folder in folders[_FETCHED_KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)
