"""Networks and heights as folders of plain numpy arrays.

One ``.npy`` file an array, so that a service maps what it needs and all its workers share the pages.
"""

import io
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from guide.domain.errors import NotBuiltError
from guide.domain.network import Network, NetworkHeights, StreetName
from guide.domain.prepared import Prepared

_WORDS = "words.json"
_NODE_ORDER = "node_order"
_HEIGHTS_PREFIX = "heights_"
_PREPARED_PREFIX = "prepared_"


class _Words(msgspec.Struct, frozen=True):
    """What an array cannot hold."""

    names: tuple[StreetName, ...]
    surfaces: tuple[str, ...]
    elevation_sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Streets:
    """The street network with its heights, the router's contraction order (N,), and what is prepared for routes."""

    network: Network
    heights: NetworkHeights
    node_order: NDArray[np.int32]
    prepared: Prepared


def write_streets(directory: Path, streets: Streets) -> None:
    """Write the folder; it must not exist yet."""
    directory.mkdir()
    network, heights = streets.network, streets.heights
    for name, array in network.arrays().items():
        _save(directory / f"{name}.npy", array)
    for name, array in heights.arrays().items():
        _save(directory / f"{_HEIGHTS_PREFIX}{name}.npy", array)
    for name, array in streets.prepared.arrays().items():
        _save(directory / f"{_PREPARED_PREFIX}{name}.npy", array)
    _save(directory / f"{_NODE_ORDER}.npy", streets.node_order)
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


def read_streets(directory: Path) -> Streets:
    """What was written, mapped into memory, never copied.

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
        heights, prepared = (_taken(arrays, prefix) for prefix in (_HEIGHTS_PREFIX, _PREPARED_PREFIX))
        return Streets(
            network=Network(**arrays, names=words.names, surfaces=words.surfaces),
            heights=NetworkHeights(**heights, sources=words.elevation_sources),
            node_order=node_order,
            prepared=Prepared(**prepared),
        )
    except (OSError, ValueError, KeyError, TypeError, msgspec.MsgspecError) as error:
        raise NotBuiltError(f"{directory}: the street network is damaged ({error}). Build the area again.") from error


def _taken(arrays: dict[str, NDArray[Any]], prefix: str) -> dict[str, NDArray[Any]]:
    """The arrays of a prefix, taken out of all."""
    names = [name for name in arrays if name.startswith(prefix)]
    return {name.removeprefix(prefix): arrays.pop(name) for name in names}
