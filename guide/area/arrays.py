"""Networks and heights as folders of plain numpy arrays.

One ``.npy`` file an array, so that a service maps what it needs and all its workers share the pages.
"""

import io
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from guide.domain.errors import NotBuiltError
from guide.domain.network import Network, NetworkHeights, StreetName

_WORDS = "words.json"
_NODE_ORDER = "node_order"
_HEIGHTS_PREFIX = "heights_"


class _Words(msgspec.Struct, frozen=True):
    """What an array cannot hold."""

    names: tuple[StreetName, ...]
    surfaces: tuple[str, ...]
    elevation_sources: tuple[str, ...]


def write_network(directory: Path, network: Network, heights: NetworkHeights, node_order: NDArray[np.int32]) -> None:
    """Write the folder; it must not exist yet. ``node_order`` (N,) is the router's contraction order."""
    directory.mkdir()
    for name, array in network.arrays().items():
        _save(directory / f"{name}.npy", array)
    for name, array in heights.arrays().items():
        _save(directory / f"{_HEIGHTS_PREFIX}{name}.npy", array)
    _save(directory / f"{_NODE_ORDER}.npy", node_order)
    words = {
        "names": [asdict(name) for name in network.names],
        "surfaces": network.surfaces,
        "elevation_sources": heights.sources,
    }
    (directory / _WORDS).write_bytes(msgspec.json.encode(words))


def _save(path: Path, array: NDArray[Any]) -> None:
    # Through a buffer, because numpy writing to a full disc raises an error that does not say so.
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    path.write_bytes(buffer.getbuffer())


def read_network(directory: Path) -> tuple[Network, NetworkHeights, NDArray[np.int32]]:
    """The network, its heights and the router's order, mapped into memory, never copied.

    Raises:
        NotBuiltError: a file is missing or damaged.
    """
    try:
        words = msgspec.json.decode((directory / _WORDS).read_bytes(), type=_Words)
        arrays: dict[str, NDArray[Any]] = {
            path.stem: np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
            for path in sorted(directory.glob("*.npy"))
        }
        node_order = arrays.pop(_NODE_ORDER)
        heights = {
            name.removeprefix(_HEIGHTS_PREFIX): arrays.pop(name)
            for name in list(arrays)
            if name.startswith(_HEIGHTS_PREFIX)
        }
        return (
            Network(**arrays, names=words.names, surfaces=words.surfaces),
            NetworkHeights(**heights, sources=words.elevation_sources),
            node_order,
        )
    except (OSError, ValueError, KeyError, TypeError, msgspec.MsgspecError) as error:
        raise NotBuiltError(f"{directory}: the street network is damaged ({error}). Build the area again.") from error
