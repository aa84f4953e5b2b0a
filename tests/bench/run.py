"""The benchmarks: stages with seconds and peak memory, and ratios against peers in the same run.

Nothing here fails on a slow machine; the limits are printed beside the figures. Run it with ``make bench``.
"""

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))  # so that the tests' helpers are found when this file is run by itself

from guide.area.read import BuiltArea, current_build, open_area  # noqa: E402 (after the path)
from guide.area.write import hash_files  # noqa: E402
from guide.domain.walker import Walker  # noqa: E402
from guide.routing.costs.arc_costs import arc_costs, hiker_seconds  # noqa: E402
from guide.routing.costs.arcs import arcs_of  # noqa: E402
from guide.routing.search.router import Router  # noqa: E402
from tests.e2e.service import serve  # noqa: E402

PAIRS = 200
NO_WAY = 422
SEED = 20_261_123


def main() -> None:
    """Everything, in the order a reader wants it."""
    if not (sources() / "portland").is_dir():
        print("The real areas are not here, so there is nothing to measure. Set HYAKUSAKA_SOURCES.")
        return
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        title("Portland built, in a process of its own (at most 15 s and 600 MB; streets at most 1 s)")
        seconds = build("portland", out)
        title("A second build of the same inputs (byte-identical)")
        second = out / "second"
        build("portland", second)
        same = hash_files(current_build(out, "portland")) == hash_files(current_build(second, "portland"))
        print(f"  identical: {same}")
        area = open_area(current_build(out, "portland"))
        title(f"Reading and routing, {PAIRS} random pairs of nodes in process, against networkx on the same arcs")
        route_in_process(area)
        title(f"Routes between two slopes over HTTP, {PAIRS} pairs (at most 50 ms)")
        route_over_http(area, out)
        title("OSM to Network against osmnx reading the same streets as GraphML")
        read_against_osmnx(area, out)
        print(f"\nPortland in {seconds:.1f} s in all.")


def title(text: str) -> None:
    print(f"\n{text}")


def sources() -> Path:
    return Path(os.environ.get("HYAKUSAKA_SOURCES", ROOT.parent / "shared" / "areas"))


def build(area: str, out: Path) -> float:
    """Build as a user would; stages are printed by the builder itself."""
    command = [sys.executable, "-m", "tiles", "build", area, "--out", str(out)]
    begin = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "HYAKUSAKA_SOURCES": str(sources())},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds = time.perf_counter() - begin
    for line in done.stderr.splitlines():
        if line.startswith(f"{area}: "):
            print(f"  {line}")
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"  whole command {seconds:.2f} s, peak of its largest process {peak_mb:.0f} MB")
    return seconds


def timed_ms(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begin)


def told(name: str, times_ms: list[float]) -> float:
    median = statistics.median(times_ms)
    print(f"  {name:<28} median {median:8.3f} ms   95 % {np.percentile(times_ms, 95):8.3f} ms")
    return median


def route_in_process(area: BuiltArea) -> None:
    assert area.streets is not None
    streets = area.streets
    opening = timed_ms(lambda: open_area(area.directory))
    router = Router(streets.network, streets.heights, streets.node_order, streets.prepared)
    walker = Walker()
    customising = timed_ms(lambda: router.metric(walker).shortest({0: 0}, {1: 0}))
    print(f"  open the built area {opening:.1f} ms; first route for a new walker {customising:.1f} ms")

    arcs = arcs_of(streets.network)
    costs = arc_costs(streets.network, arcs, hiker_seconds(streets.network, streets.heights), walker)
    graph: nx.DiGraph[int] = nx.DiGraph()
    for arc in np.flatnonzero(costs.passable).tolist():
        tail, head, cost = int(arcs.tail[arc]), int(arcs.head[arc]), int(costs.cost_ms[arc])
        if not graph.has_edge(tail, head) or graph[tail][head]["weight"] > cost:
            graph.add_edge(tail, head, weight=cost)
    component = sorted(max(nx.strongly_connected_components(graph), key=len))
    chosen = random.Random(SEED)  # noqa: S311 (a benchmark wants the same pairs each time)
    pairs = [(chosen.choice(component), chosen.choice(component)) for _ in range(PAIRS)]
    metric = router.metric(walker)
    ours = told("router (path)", [timed_ms(lambda a=a, b=b: metric.shortest({a: 0}, {b: 0})) for a, b in pairs])
    theirs = told("networkx (bidirectional)", [
        timed_ms(lambda a=a, b=b: nx.bidirectional_dijkstra(graph, a, b)) for a, b in pairs[:50]
    ])  # fmt: skip
    print(f"  ratio to networkx {ours / theirs:.4f}")


def route_over_http(area: BuiltArea, out: Path) -> None:
    slopes = [slope.entry.id for slope in area.slopes if slope.line is not None]
    chosen = random.Random(SEED)  # noqa: S311
    nowhere: list[str] = []  # pairs with a slope that is joined to nothing; answered, but not with a route
    with serve(out) as address:

        def ask(first: str, second: str) -> None:
            stops = [{"slope": first, "direction": "any"}, {"slope": second, "direction": "any"}]
            request = urllib.request.Request(
                f"{address}/api/portland/routes",
                data=json.dumps({"stops": stops}).encode(),
                headers={"Content-Type": "application/json"},
            )
            try:
                with urllib.request.urlopen(request) as reply:
                    reply.read()
            except urllib.error.HTTPError as error:
                if error.code != NO_WAY:
                    raise
                nowhere.append(first)

        first_ms = timed_ms(lambda: ask(slopes[0], slopes[1]))
        print(f"  the very first, which opens the area {first_ms:.1f} ms")
        told("HTTP", [timed_ms(lambda: ask(*chosen.sample(slopes, 2))) for _ in range(PAIRS)])
    print(f"  {len(nowhere)} of them end at a slope that no way leads to")


def read_against_osmnx(area: BuiltArea, out: Path) -> None:
    import osmnx  # noqa: PLC0415 (its import is not what is measured)

    from tiles.osm.assemble import assemble_network  # noqa: PLC0415
    from tiles.osm.graph import save_graphml  # noqa: PLC0415
    from tiles.osm.read import read_osm  # noqa: PLC0415

    assert area.streets is not None
    path = sources() / "portland" / "portland.osm.pbf"
    ours = min(timed_ms(lambda: assemble_network(read_osm(path), "portland")) for _ in range(3))
    save_graphml(area.streets.network, area.streets.heights, out / "network.graphml")
    theirs = timed_ms(lambda: osmnx.load_graphml(out / "network.graphml"))
    print(f"  PBF to Network {ours:.0f} ms, osmnx from GraphML {theirs:.0f} ms, ratio {ours / theirs:.3f}")


if __name__ == "__main__":
    main()
