"""Routing against OSRM and Valhalla: the same pairs, the same machine, the same run.

Part of ``make bench``. The peers live in ``.venv-peers``, which is made on the first run, or in the venv that
``HYAKUSAKA_PEERS`` names; ``HYAKUSAKA_BENCH_BUILDS`` names a folder where portland and porto are built already.
"""

import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))  # so that the tests' helpers are found when this file is run by itself

from guide.api.routes.handlers import route_reply  # noqa: E402
from guide.api.routes.request import RouteRequest, StopRequest  # noqa: E402
from guide.api.routes.views import line_json, profile_json  # noqa: E402
from guide.area.read import current_build  # noqa: E402
from guide.areas.served import ServedArea  # noqa: E402
from guide.domain.route import PointStop  # noqa: E402
from guide.domain.walker import Preset, Season, Speed, Walker  # noqa: E402
from guide.routing.routes.plan import plan_route  # noqa: E402
from guide.routing.search.table import Table  # noqa: E402
from tests.bench.peers import Peers, find_peers, renumber, write_hgt  # noqa: E402
from tests.bench.run import build, sources, title, told  # noqa: E402
from tests.e2e.service import free_port, serve  # noqa: E402

PAIRS = 200
TABLE = 60
SEED = 20_261_123
CONNECTIONS = 32
READY = Path(__file__).with_name("router_from_sources.py")
LOAD_S = 6.0
WARM_S = 3.0
Pair = list[list[float]]
BOUNDS: dict[str, dict[str, tuple[str, float | None]]] = {
    "osrm": {
        "route": ("route", 0.5),
        # What is nearest to an equal answer: numbers for each point of the line, but no heights; then words too.
        "route with annotations": ("route", None),
        "route with annotations and steps": ("reply", None),
        "table": ("table", 1.0),
    },
    "valhalla": {"route": ("route", 0.05)},
}
"""What each engine is asked for, which of ours it is compared with, and how much of its time ours may take."""


def main() -> None:
    """Everything, in the order a reader wants it."""
    if not (sources() / "portland").is_dir():
        print("The real areas are not here, so there is nothing to measure. Set HYAKUSAKA_SOURCES.")
        return
    with tempfile.TemporaryDirectory() as folder_name:
        folder = Path(folder_name)
        out = folder / "build"
        out.mkdir()
        built = os.environ.get("HYAKUSAKA_BENCH_BUILDS")
        if built:
            out = Path(built)
        else:
            title("Building portland and porto")
            for area in ("portland", "porto"):
                build(area, out)
        title("Starting")
        portland, porto = (start(area, out) for area in ("portland", "porto"))
        pairs = pairs_of(portland)
        table = [place for pair in pairs for place in pair][:TABLE]
        ours = in_process(portland, pairs, table)
        new_walkers(portland, limit_ms=10)
        new_walkers(porto, limit_ms=60)
        growth(portland, porto)
        ready_s = ready_from_sources()
        title("Peers")
        peers = find_peers()
        if peers is not None:
            against_peers(peers, pairs, table, ours, ready_s)
        over_http(out, peers, pairs)


def start(area: str, out: Path) -> ServedArea:
    """Open a built area and make all ready that a first route needs, timed."""
    begin = time.perf_counter()
    served = ServedArea(current_build(out, area))
    router, _ = served.walks
    metric = router.metric(Walker.of(Preset.TOURIST))
    _ = (router.snapper, served.calendar, metric.edge_component)
    print(f"  {area}: start from disc {time.perf_counter() - begin:.3f} s (at most 0.3 s)")
    return served


def pairs_of(served: ServedArea) -> list[Pair]:
    """Random pairs of places some metres beside the streets of the largest joined part."""
    router, _ = served.walks
    network = router.network
    component = router.metric(Walker()).edge_component
    largest = np.bincount(component[component >= 0]).argmax()
    nodes = np.unique(network.edge_tail[component == largest])
    chosen = random.Random(SEED)  # noqa: S311 (the same pairs each time)

    def place() -> list[float]:
        longitude, latitude = network.node_lng_lat[chosen.choice(nodes)].tolist()
        return [round(longitude + chosen.uniform(-1e-4, 1e-4), 6), round(latitude + chosen.uniform(-1e-4, 1e-4), 6)]

    return [[place(), place()] for _ in range(PAIRS)]


def timed_ms(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begin)


def times_of(work: Callable[[Pair], object], pairs: Iterable[Pair]) -> list[float]:
    return [timed_ms(lambda pair=pair: work(pair)) for pair in pairs]


def in_process(served: ServedArea, pairs: list[Pair], table: Pair) -> dict[str, float]:
    title(f"{served.id}: {len(pairs)} pairs in process")
    router, geometry = served.walks
    walker = Walker.of(Preset.TOURIST)

    def stops(pair: Pair) -> tuple[PointStop, ...]:
        return tuple(PointStop(lng_lat=(longitude, latitude)) for longitude, latitude in pair)

    def bare(pair: Pair) -> bytes:
        route = plan_route(router, geometry, stops(pair), walker, {})
        view = {
            "distance_m": route.distance_m,
            "duration_s": route.duration_s,
            "ascent_m": route.ascent_m,
            "geometry": msgspec.Raw(line_json(route)),
            "profile": msgspec.Raw(profile_json(route, [])),
        }
        return msgspec.json.encode(view)

    def whole(pair: Pair) -> bytes:
        wanted = RouteRequest(stops=[StopRequest(lng_lat=(lng, lat)) for lng, lat in pair])
        return msgspec.json.encode(route_reply(served, wanted))

    ends = [(int(a), int(b)) for a, b in np.random.default_rng(SEED).integers(0, router.network.node_count, (PAIRS, 2))]
    metric = router.metric(walker)
    for work in (bare, whole):
        times_of(work, pairs[:20])
    told("path query alone", [timed_ms(lambda a=a, b=b: metric.shortest({a: 0}, {b: 0})) for a, b in ends])
    told("plan", times_of(lambda pair: plan_route(router, geometry, stops(pair), walker, {}), pairs))
    found = {"route": told("route, heights, profile, JSON", times_of(bare, pairs))}
    found["reply"] = told("the whole reply with words", times_of(whole, pairs))

    def durations() -> object:
        every = range(len(table))
        return Table(router, walker, stops(table)).durations_s(every, every)

    found["table"] = told(f"{TABLE} x {TABLE} table", [timed_ms(durations) for _ in range(7)])
    return found


def new_walkers(served: ServedArea, limit_ms: float) -> None:
    title(f"{served.id}: a walker never seen before (at most {limit_ms:.0f} ms more)")
    router, _ = served.walks
    fresh = (Walker(pace=0.5 + number / 100) for number in range(7))
    told("another pace", [timed_ms(lambda walker=walker: router.metric(walker)) for walker in fresh])
    wheels = [timed_ms(lambda: router.metric(Walker.of(Preset.WHEELCHAIR)))]
    told("wheelchair, the very first", wheels)
    winter = [timed_ms(lambda s=speed: router.metric(Walker(speed=s, season=Season.WINTER))) for speed in Speed]
    told("winter, three formulas", winter)


def growth(portland: ServedArea, porto: ServedArea) -> None:
    title("Porto against Portland: path query alone")
    medians = []
    for served in (portland, porto):
        router, _ = served.walks
        metric = router.metric(Walker())
        ends = np.random.default_rng(SEED).integers(0, router.network.node_count, (PAIRS, 2)).tolist()
        medians.append(
            told(
                served.id, [timed_ms(lambda a=a, b=b, metric=metric: metric.shortest({a: 0}, {b: 0})) for a, b in ends]
            )
        )
    edges = [served.walks[0].network.edge_count for served in (portland, porto)]
    print(f"  edges x {edges[1] / edges[0]:.1f}, time x {medians[1] / medians[0]:.1f}")


def ready_from_sources() -> float:
    """Seconds from the PBF and the DEM of portland to a router that answers, in a process of its own."""
    done = subprocess.run(
        [sys.executable, str(READY), "portland"], cwd=ROOT, capture_output=True, text=True, check=True,
        env={**os.environ, "HYAKUSAKA_SOURCES": str(sources())},
    )  # fmt: skip
    stages: dict[str, float] = msgspec.json.decode(done.stdout)
    title("portland: network, heights and router from PBF and DEM")
    whole = sum(stages.values())
    print(f"  {whole:.2f} s: {', '.join(f'{name} {seconds:.2f}' for name, seconds in stages.items())}")
    return whole


def against_peers(peers: Peers, pairs: list[Pair], table: Pair, ours: dict[str, float], ready_s: float) -> None:
    pbf = peers.folder / "streets.osm.pbf"
    renumber(sources() / "portland" / "portland.osm.pbf", pbf)
    write_hgt(sources() / "portland" / "portland-ned.tif", peers.folder, south=45, west=-123)
    osrm_s = peers.build_osrm(pbf)
    print(f"  OSRM's foot graph, contracted: {'from an earlier run' if osrm_s is None else f'{osrm_s:.2f} s'}")
    valhalla_s = peers.build_valhalla(pbf)
    print(f"  Valhalla's tiles with elevation: {valhalla_s:.2f} s")
    print(f"  ours / Valhalla's: {ready_s / valhalla_s:.2f} (at most 1.0)")
    for engine, bounds in BOUNDS.items():
        times = peers.ask(engine, pairs, table)
        for asked, (what, most) in bounds.items():
            theirs = told(f"{engine} {asked}", times[asked])
            bound = "" if most is None else f" (at most {most})"
            print(f"  our {what} / {engine}'s {asked}: {ours[what] / theirs:.3f}{bound}")


def over_http(out: Path, peers: Peers | None, pairs: list[Pair]) -> None:
    title(f"Over HTTP: {CONNECTIONS} connections for {LOAD_S:.0f} s, 2 workers, the OSRM protocol, overview=full")
    # No allowance, for all that is asked comes from one client; no log, for the other server writes none either.
    settings = {"HYAKUSAKA_WORKERS": "2", "HYAKUSAKA_RATE_PER_S": "0", "HYAKUSAKA_ACCESS_LOG": "off"}
    with serve(out, environment=settings) as address:
        loaded("ours", int(address.rsplit(":", 1)[1]), "/osrm/portland/route/v1/foot/", pairs)
    if peers is None:
        return
    port = free_port()
    process = peers.routed(port, threads=2)
    try:
        time.sleep(2.0)
        loaded("osrm-routed", port, "/route/v1/foot/", pairs)
    finally:
        process.terminate()
        process.wait()


def loaded(name: str, port: int, path: str, pairs: list[Pair]) -> None:
    addresses = [
        f"{path}{';'.join(f'{lng},{lat}' for lng, lat in pair)}?overview=full&geometries=geojson" for pair in pairs
    ]
    asyncio.run(load(port, addresses, WARM_S))
    times, failed = asyncio.run(load(port, addresses, LOAD_S))
    rate = len(times) / LOAD_S
    print(f"  {name:<14} {rate:7.0f} requests/s   median {statistics.median(times):7.2f} ms   "
          f"99 % {np.percentile(times, 99):7.2f} ms   failed {failed}")  # fmt: skip


async def load(port: int, addresses: list[str], seconds: float) -> tuple[list[float], int]:
    """Ask over connections that stay open, each as soon as it has its answer."""
    times: list[float] = []
    failed = 0
    end = time.perf_counter() + seconds

    async def one(number: int) -> None:
        nonlocal failed
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        turn = number
        while time.perf_counter() < end:
            begin = time.perf_counter()
            request = f"GET {addresses[turn % len(addresses)]} HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n"
            writer.write(request.encode())
            head = await reader.readuntil(b"\r\n\r\n")
            fields = dict(line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:-2])
            await reader.readexactly(int(fields[b"content-length"]))
            failed += not head.startswith(b"HTTP/1.1 200")
            times.append(1000 * (time.perf_counter() - begin))
            turn += CONNECTIONS
            if fields.get(b"connection") == b"close":
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()

    await asyncio.gather(*(one(number) for number in range(CONNECTIONS)))
    return times, failed


if __name__ == "__main__":
    main()
