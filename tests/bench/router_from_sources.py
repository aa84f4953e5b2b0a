"""From an area's PBF and elevation model to a router that answers, stage by stage: prints the seconds of each as JSON.

Imports count: Valhalla's builder, which it is compared with, starts from nothing too.
"""

import time

begin = time.perf_counter()

import json  # noqa: E402
import sys  # noqa: E402
from pathlib import Path  # noqa: E402

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from guide.domain.walker import Walker  # noqa: E402
from guide.routing.prepare import prepare  # noqa: E402
from guide.routing.search.order import compute_node_order  # noqa: E402
from guide.routing.search.router import Router  # noqa: E402
from guide.terrain.edges import settle_heights  # noqa: E402
from guide.terrain.mosaic import Mosaic  # noqa: E402
from tiles.areas import read_area  # noqa: E402
from tiles.models import open_model  # noqa: E402
from tiles.osm.assemble import assemble_network  # noqa: E402
from tiles.osm.read import read_osm  # noqa: E402
from tiles.sources import SourceFolders, resolve_sources  # noqa: E402


def main(area: str) -> None:
    stages: dict[str, float] = {}
    last = begin

    def lap(name: str) -> None:
        nonlocal last
        now = time.perf_counter()
        stages[name], last = round(now - last, 4), now

    lap("imports")
    spec = read_area(area)
    found = resolve_sources(area, spec, SourceFolders.from_environment(), download=nothing)
    lap("sources")
    extract = read_osm(found.require().path)
    lap("PBF")
    network, _ = assemble_network(extract, area)
    lap("network")
    settled = settle_heights(network, Mosaic([open_model(source.spec, source.path) for source in found.elevation]))
    lap("heights")
    order = compute_node_order(network)
    lap("order")
    errors = dict(zip(settled.heights.sources, settled.errors, strict=True))
    router = Router(network, settled.heights, order, prepare(network, settled.heights, errors))
    router.metric(Walker()).shortest({0: 0}, {1: 0})
    router.snapper.nearest(tuple(network.node_lng_lat[0].tolist()), router.metric(Walker()).edge_component)
    lap("router")
    print(json.dumps(stages))


def nothing(*_: object) -> None:
    raise AssertionError("the sources must be here already")


if __name__ == "__main__":
    main(sys.argv[1])
