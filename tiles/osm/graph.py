"""The network as a graph that analysts know, and back: GraphML as osmnx reads and writes it."""

import math
from pathlib import Path
from typing import Any, Final

import networkx as nx
import numpy as np
import osmnx
from shapely.geometry import LineString

from guide.domain.errors import SourceError
from guide.domain.network import Access, Flag, Kind, Network, NetworkHeights, Smoothness
from tiles.osm.assemble import assemble_network
from tiles.osm.extract import Extract, Way, make_extract

# Tags that travel through the graph under OSM's own names.
_HIGHWAY_OF_KIND: Final = {
    Kind.PATH: "path",
    Kind.FOOTWAY: "footway",
    Kind.PEDESTRIAN: "pedestrian",
    Kind.STEPS: "steps",
    Kind.RESIDENTIAL: "residential",
    Kind.SERVICE: "service",
    Kind.MINOR: "unclassified",
    Kind.MAJOR: "primary",
    Kind.TRACK: "track",
    Kind.CYCLEWAY: "cycleway",
}
_YES_FLAGS: Final = {Flag.BRIDGE: "bridge", Flag.TUNNEL: "tunnel", Flag.COVERED: "covered", Flag.LIT: "lit",
                     Flag.HANDRAIL: "handrail", Flag.RAMP: "ramp"}  # fmt: skip
_TAGS: Final = ("highway", "name", "bridge", "tunnel", "covered", "layer", "surface", "step_count", "incline", "foot",
                "access", "oneway:foot", "lit", "handrail", "ramp", "name:ja", "name:en", "name:ja-Hira", "footway",
                "width", "kerb:height", "step:height", "wheelchair", "smoothness")  # fmt: skip


def to_graph(network: Network, heights: NetworkHeights) -> "nx.MultiDiGraph[int]":
    """The network as osmnx shapes it: a node by its OSM id with x, y and elevation, an edge for each direction.

    Edges carry osmid, length (m), geometry, name, OSM's tags, and grade and grade_abs (ratios) where known.
    """
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph(crs="epsg:4326", simplified=True, created_with="hyakusaka")
    ids = [int(node) for node in network.node_osm_id]
    first, last = heights.sample_start[:-1], heights.sample_start[1:] - 1
    elevation = np.full(network.node_count, np.nan)
    elevation[network.edge_tail] = heights.elevation_m[first]
    elevation[network.edge_head] = heights.elevation_m[last]
    for node, (lng, lat), height in zip(ids, network.node_lng_lat.tolist(), elevation.tolist(), strict=True):
        graph.add_node(node, x=lng, y=lat, **({} if math.isnan(height) else {"elevation": height}))
    for edge in range(network.edge_count):
        tail, head = ids[network.edge_tail[edge]], ids[network.edge_head[edge]]
        rise = float(heights.elevation_m[last[edge]] - heights.elevation_m[first[edge]])
        attributes = _edge_attributes(network, edge)
        line = network.edge_line(edge)
        for start, end, sign in ((tail, head, 1), (head, tail, -1)):
            graph.add_edge(
                start,
                end,
                **attributes,
                **_grade(sign * rise, float(network.edge_length_m[edge])),
                geometry=LineString(line[::sign]),
                reversed=sign < 0,
            )
    return graph


def save_graphml(network: Network, heights: NetworkHeights, path: Path) -> None:
    """Write the network as GraphML; ``osmnx.load_graphml`` opens it."""
    osmnx.save_graphml(to_graph(network, heights), path)


def read_graphml(path: Path) -> Extract:
    """A graph saved by osmnx, or by ``save_graphml``, as an extract.

    Raises:
        SourceError: the file is missing, or not a graph of osmnx.
    """
    if not path.is_file():
        raise SourceError(f"{path}: there is no such file.")
    try:
        graph = osmnx.load_graphml(path)
    except Exception as error:
        # A foreign reader of a foreign format: whatever it raises, the file is not what it should be.
        raise SourceError(f"{path}: is not a graph saved by osmnx ({str(error).splitlines()[0]}).") from error
    return extract_of_graph(graph)


def network_of_graph(graph: "nx.MultiDiGraph[int]", where: str) -> Network:
    """An osmnx graph as a network."""
    return assemble_network(extract_of_graph(graph), where)[0]


def extract_of_graph(graph: "nx.MultiDiGraph[int]") -> Extract:
    """The streets of an osmnx graph, each taken once; points inside a line get ids of their own."""
    nodes = {int(node): (float(data["x"]), float(data["y"])) for node, data in graph.nodes(data=True)}
    next_id = min(0, *nodes) - 1 if nodes else -1
    ways: list[Way] = []
    seen: set[tuple[Any, ...]] = set()
    for tail, head, data in graph.edges(data=True):
        line = [tuple(place) for place in data["geometry"].coords] if "geometry" in data else []
        inner = line[1:-1]
        # The same street walked the other way has the same way id, ends and (turned) line.
        key = (str(data.get("osmid")), *max((tail, head, tuple(inner)), (head, tail, tuple(inner[::-1]))))
        if key in seen:
            continue
        seen.add(key)
        inner_ids = list(range(next_id, next_id - len(inner), -1))
        next_id -= len(inner)
        nodes.update(zip(inner_ids, inner, strict=True))
        ways.append(Way(id=_first_int(data.get("osmid")), refs=[tail, *inner_ids, head], tags=_tags(data)))
    return make_extract(ways, [], nodes)


def _edge_attributes(network: Network, edge: int) -> dict[str, Any]:
    kind, flags = Kind(int(network.edge_kind[edge])), Flag(int(network.edge_flags[edge]))
    name = network.edge_street_name(edge)
    steps, surface = int(network.edge_step_count[edge]), int(network.edge_surface[edge])
    incline = float(network.edge_incline_percent[edge])
    values = {
        "osmid": int(network.edge_way_id[edge]),
        "length": float(network.edge_length_m[edge]),
        "highway": _HIGHWAY_OF_KIND[kind],
        "name": name.local if name else None,
        "name:ja": name.ja if name else None,
        "name:en": name.en if name else None,
        "name:ja-Hira": name.reading if name else None,
        "step_count": str(steps) if steps >= 0 else None,
        "surface": network.surfaces[surface] if surface >= 0 else None,
        "incline": None if math.isnan(incline) else f"{incline:g}%",
        "layer": str(int(network.edge_layer[edge])) if network.edge_layer[edge] else None,
        "oneway:foot": "yes" if flags & Flag.NO_BACKWARD else "-1" if flags & Flag.NO_FORWARD else None,
        "footway": "crossing" if flags & Flag.CROSSING else None,
        **_wheel_attributes(network, edge),
        "oneway": False,  # for people on foot; osmnx wants it
        **{tag: "yes" if flags & flag else None for flag, tag in _YES_FLAGS.items()},
    }
    return {key: value for key, value in values.items() if value is not None}


def _wheel_attributes(network: Network, edge: int) -> dict[str, str | None]:
    lengths = {"width": network.edge_width_m, "kerb:height": network.edge_kerb_m, "step:height": network.edge_riser_m}
    access, smoothness = Access(int(network.edge_access[edge])), Smoothness(int(network.edge_smoothness[edge]))
    return {
        **{tag: None if np.isnan(metres[edge]) else f"{metres[edge]:g}" for tag, metres in lengths.items()},
        "wheelchair": access.name.lower() if access else None,
        "smoothness": smoothness.name.lower() if smoothness else None,
    }


def _grade(rise_m: float, length_m: float) -> dict[str, float]:
    if math.isnan(rise_m) or length_m <= 0:
        return {}
    return {"grade": rise_m / length_m, "grade_abs": abs(rise_m) / length_m}


def _tags(data: dict[str, Any]) -> dict[str, str]:
    """Tags of an edge; where osmnx merged ways of several values, the first stands for all."""
    tags = {key: data[key] for key in _TAGS if data.get(key) is not None}
    return {key: str(value[0] if isinstance(value, list) else value) for key, value in tags.items()}


def _first_int(value: Any) -> int:  # noqa: ANN401 (osmnx gives an int or a list of them)
    return int(value[0] if isinstance(value, list) else value) if value is not None else 0
