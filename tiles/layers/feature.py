"""A thing on the map, before it is cut into tiles."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Value = str | int | float | bool
Attributes = dict[str, Value]

MAX_ZOOM: Final = 15
"""The finest tiles there are: a unit of theirs is 0.3 m at the equator."""

_ID_BYTES: Final = 6  # below 2^53, so that every reader's numbers can hold it


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A point or a line, shown from ``min_zoom`` to ``max_zoom``.

    ``lng_lat`` (k, 2) in degrees is a line if k > 1. ``key`` is its name for ever, unique in its layer: features stand
    in its order in every tile, and ``id`` follows from it alone.
    """

    layer: str
    key: str
    lng_lat: NDArray[np.float64]
    attributes: Attributes
    min_zoom: int
    max_zoom: int = MAX_ZOOM

    @property
    def id(self) -> int:
        """A number for ever: the same whatever is added or removed beside it."""
        return stable_id(self.key)

    @property
    def content(self) -> tuple[Any, ...]:
        """All that a tile is made of; equal contents make equal tiles."""
        return (self.lng_lat.tobytes(), *self.attributes.items(), self.min_zoom, self.max_zoom)


def stable_id(key: str) -> int:
    """A number from 1 up to 2^48 for a key."""
    return int.from_bytes(blake2b(key.encode(), digest_size=_ID_BYTES).digest()) or 1


def known(values: Mapping[str, Any]) -> Attributes:
    """Attributes without the unknown ones: a vector tile has no null, and an absent one says it better than a 0."""
    return {name: value for name, value in values.items() if value is not None and value != ""}
