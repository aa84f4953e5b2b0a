"""OSM PBF and XML by pyosmium."""

from pathlib import Path

import osmium

from guide.domain.errors import SourceError
from tiles.osm.extract import LANDMARK_KEYS, NODE_KEYS, Extract, TaggedPoint, Way, make_extract


def read_osm_file(path: Path) -> Extract:
    """Every highway, every point or way that may be a landmark, and every kerb and barrier that is a point.

    Two passes: the ways first, then only the nodes that they use. Node ids may be negative (never uploaded); nodes
    that the file does not hold are simply absent from the extract.

    Raises:
        SourceError: the file is missing, empty, cut short or of another format.
    """
    if not path.is_file():
        raise SourceError(f"{path}: there is no such file. Fetch the area's sources or name their folder.")
    if path.stat().st_size == 0:
        raise SourceError(f"{path}: the file is empty. Fetch it again.")
    try:
        ways, points = _read_tagged(path)
        needed = {ref for way in ways for ref in way.refs}
        nodes = _read_nodes(path, needed)
    except (RuntimeError, ValueError) as error:
        raise SourceError(
            f"{path}: cannot be read as OSM data ({_first_line(error)}). "
            "It is cut short or of another format; fetch it again."
        ) from error
    return make_extract(ways, points, nodes)


def _read_tagged(path: Path) -> tuple[list[Way], list[TaggedPoint]]:
    ways: list[Way] = []
    points: list[TaggedPoint] = []
    things = osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY)
    for kind, keys in ((osmium.osm.WAY, LANDMARK_KEYS), (osmium.osm.NODE, NODE_KEYS)):
        tagged = osmium.filter.KeyFilter(*keys)
        tagged.enable_for(kind)
        things.with_filter(tagged)
    for thing in things:
        tags = dict(thing.tags)
        if isinstance(thing, osmium.osm.Way):
            ways.append(Way(id=thing.id, refs=[node.ref for node in thing.nodes], tags=tags))
        elif isinstance(thing, osmium.osm.Node) and thing.location.valid():
            points.append(TaggedPoint(id=thing.id, lng_lat=(thing.location.lon, thing.location.lat), tags=tags))
    return ways, points


def _read_nodes(path: Path, needed: set[int]) -> dict[int, tuple[float, float]]:
    nodes: dict[int, tuple[float, float]] = {}
    for node in osmium.FileProcessor(str(path), osmium.osm.NODE):
        if node.id in needed and isinstance(node, osmium.osm.Node) and node.location.valid():
            location = node.location
            nodes[node.id] = (location.lon, location.lat)
    return nodes


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
