"""Streets by name and by place: what a search among a country's streets must not have to go through one by one."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from guide.climbs.names import normalised
from guide.domain.network import Network
from guide.routing.plane import Plane


class StreetIndex:
    """The edges of one network by their names and by where they lie; each made when it is first asked for."""

    def __init__(self, network: Network) -> None:
        self.network = network

    def edges_named(self, names: Iterable[str]) -> NDArray[np.int64]:
        """The edges that carry any of some names in any of their languages, in ascending order."""
        numbers = {number for name in names for number in self._numbers.get(normalised(name), ())}
        return np.sort(np.concatenate([np.empty(0, dtype=np.int64), *(self.edges_of(number) for number in numbers)]))

    def edges_of(self, number: int) -> NDArray[np.int64]:
        """The edges whose name is ``network.names[number]``, in ascending order."""
        order, begin = self._by_name
        return order[begin[number + 1] : begin[number + 2]]

    def edges_within(
        self, lng_lat: tuple[float, float], reach_m: float
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The edges whose lines pass within ``reach_m`` of a point, in ascending order, and how far off each passes."""
        plane = Plane.at(*lng_lat)
        wide, high = (1.001 * reach_m / scale for scale in plane.metres_per_degree)
        lng, lat = lng_lat
        near = self.edges_in((lng - wide, lat - high, lng + wide, lat + high))
        metres = _metres_to(self.network, near, plane)
        inside = metres <= reach_m
        return near[inside], metres[inside]

    def edges_in(self, box: tuple[float, float, float, float]) -> NDArray[np.int64]:
        """The edges whose own boxes meet a box of west, south, east and north, in ascending order."""
        found: NDArray[np.int64] = np.sort(self._tree.query(shapely.box(*box)))
        return found

    @cached_property
    def _tree(self) -> shapely.STRtree:
        lng_lat, start = self.network.point_lng_lat, self.network.point_start[:-1]
        if len(start) == 0:
            return shapely.STRtree([])
        low, high = np.minimum.reduceat(lng_lat, start), np.maximum.reduceat(lng_lat, start)
        return shapely.STRtree(shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1]))

    @cached_property
    def _numbers(self) -> dict[str, list[int]]:
        """The numbers of names by each of their spellings."""
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self.network.names):
            for text in {normalised(text) for text in (name.local, name.ja, name.en) if text}:
                numbers[text].append(number)
        return numbers

    @cached_property
    def _by_name(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The edges in the order of their names, nameless ones first, and where each name begins."""
        order = np.argsort(self.network.edge_name, kind="stable")
        numbers = np.arange(-1, len(self.network.names) + 1)
        return order, np.searchsorted(self.network.edge_name[order], numbers)


def _metres_to(network: Network, edges: NDArray[np.int64], plane: Plane) -> NDArray[np.float64]:
    """(len(edges),) how far each edge's line passes from the plane's origin."""
    if len(edges) == 0:
        return np.empty(0)
    count = np.diff(network.point_start)[edges]
    last = np.cumsum(count)
    place = np.arange(last[-1]) + np.repeat(network.point_start[edges] - (last - count), count)
    points = plane.project(network.point_lng_lat[place])
    begin, step = points[:-1], np.diff(points, axis=0)
    size = (step**2).sum(axis=1)
    share = np.clip(np.divide(-(begin * step).sum(axis=1), size, out=np.zeros_like(size), where=size > 0), 0.0, 1.0)
    nearest = begin + step * share[:, None]
    metres = np.append(np.hypot(nearest[:, 0], nearest[:, 1]), np.inf)
    metres[last - 1] = np.inf  # from one line's end to the next line's start no street leads
    return np.asarray(np.minimum.reduceat(metres, last - count))
