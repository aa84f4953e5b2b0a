"""Lines that people drew: along the streets where they follow them, by themselves where they do not."""

from functools import cached_property
from typing import Final

import numpy as np

from guide.domain.network import Network
from guide.domain.walk import Stretch
from guide.routing.snapping.snapper import Snapper
from guide.routing.snapping.trace import Trace, trace

OFF_STREET_SHARE: Final = 0.2
"""A drawn line of which more than this share is off any street is a way of its own."""


class StreetTracer:
    """Finds streets under lines and points in degrees; looks at the network only once somebody asks."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def trace(self, line: tuple[tuple[float, float], ...]) -> Trace:
        """The streets along a line, whoever may walk them."""
        return trace(self._snapper, self._network, np.array(line, dtype=np.float64))

    def follow(self, line: tuple[tuple[float, float], ...]) -> tuple[Stretch, ...]:
        """The streets along a line, none if it leaves them."""
        traced = self.trace(line)
        return traced.stretches if traced.off_street_share <= OFF_STREET_SHARE else ()

    def edge_at(self, lng_lat: tuple[float, float]) -> int:
        """The edge nearest to a point.

        Raises:
            SnapError: none is near.
        """
        return self._snapper.nearest(lng_lat, np.zeros(self._network.edge_count, dtype=np.int32)).edge

    @cached_property
    def _snapper(self) -> Snapper:
        return Snapper(self._network)
