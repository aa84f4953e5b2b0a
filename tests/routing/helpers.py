"""What the routing tests share: a guide for a drawn town, and an oracle."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from guide.domain.elevation import ElevationSource, independent_errors
from guide.domain.network import Network, NetworkHeights
from guide.domain.prepared import Prepared
from guide.domain.route import Direction, PointStop, Route, SlopeStop, Stop
from guide.domain.slope import CatalogueSlope, Slope
from guide.domain.walk import whole_arcs
from guide.domain.walker import StepsChoice, Walker
from guide.routing.costs.arc_costs import IMPASSABLE, ArcCosts
from guide.routing.costs.arcs import arcs_of
from guide.routing.course.geometry import Geometry
from guide.routing.prepare import prepare
from guide.routing.routes.plan import plan_route
from guide.routing.search.order import compute_node_order
from guide.routing.search.router import Router
from tests.routing.ascii_maps import Town

HIKER = Walker()
AVOIDING = Walker(steps=StepsChoice.AVOID)
NEVER = Walker(steps=StepsChoice.NEVER)


def prepared_of(network: Network, heights: NetworkHeights, resolution_m: float = 1.0) -> Prepared:
    source = ElevationSource(id="drawn", resolution_m=resolution_m, sigma_m=0.1)
    return prepare(network, heights, {"drawn": independent_errors(source)})


def router_of(network: Network, heights: NetworkHeights, slopes: Iterable[Slope] = ()) -> Router:
    edges = {arc >> 1 for slope in slopes for arc in slope.arcs}
    return Router(network, heights, compute_node_order(network), prepared_of(network, heights), edges)


def geometry_of(
    network: Network, heights: NetworkHeights, resolution_m: float = 1.0, slopes: Iterable[Slope] = ()
) -> Geometry:
    edges = {arc >> 1 for slope in slopes for arc in slope.arcs}
    return Geometry(network, heights, prepared_of(network, heights, resolution_m), edges)


@dataclass(frozen=True)
class TownGuide:
    """Plans walks through a drawn town."""

    town: Town

    def slope(self, name: str, nodes: str) -> Slope:
        """A slope along nodes, foot first: "ABC"."""
        arcs = tuple(self.town.arc(nodes[i : i + 2]) for i in range(len(nodes) - 1))
        line = np.array([self.town.place(node) for node in nodes])
        return Slope(entry=CatalogueSlope(id=name, name=name), line=line, stretches=whole_arcs(arcs))

    def walk(
        self, *stops: Stop | str, walker: Walker = HIKER, slopes: Sequence[Slope] = (), closed: Iterable[str] = ()
    ) -> Route:
        """A route through stops; a node's letter is a point stop at that node."""
        router = router_of(self.town.network, self.town.heights, slopes)
        geometry = geometry_of(self.town.network, self.town.heights, slopes=slopes)
        wanted = tuple(PointStop(lng_lat=self.town.place(stop)) if isinstance(stop, str) else stop for stop in stops)
        return plan_route(
            router,
            geometry,
            wanted,
            walker,
            {slope.entry.id: slope for slope in slopes},
            frozenset(self.town.edges[edge] for edge in closed),
        )

    def edges(self, route: Route) -> list[str]:
        """The edges of a route in the direction walked."""
        names = {edge: name for name, edge in self.town.edges.items()}
        walked = [(stretch.arc >> 1, stretch.arc & 1) for leg in route.legs for stretch in leg.stretches]
        return [names[edge][::-1] if backward else names[edge] for edge, backward in walked]


def at(town: Town, edge: str, fraction: float) -> PointStop:
    return PointStop(lng_lat=town.on(edge, fraction))


def climb(slope: str, direction: str = "any") -> SlopeStop:
    return SlopeStop(slope_id=slope, direction=Direction(direction))


def oracle(network: Network, costs: ArcCosts) -> "nx.MultiDiGraph[int]":
    """The same arcs as a graph whose shortest paths networkx knows."""
    arcs = arcs_of(network)
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    graph.add_nodes_from(range(network.node_count))
    for arc in np.flatnonzero(costs.cost_ms != IMPASSABLE).tolist():
        graph.add_edge(int(arcs.tail[arc]), int(arcs.head[arc]), weight=int(costs.cost_ms[arc]))
    return graph
