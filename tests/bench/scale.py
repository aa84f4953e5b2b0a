"""From one town to a country: what builds, routes and services cost by size, and what breaks first.

``make bench-scale`` runs all of it; ``python tests/bench/scale.py router million cost
cluster replica`` some. Real areas are
moved side by side (tests/scale/moved.py) to sizes that no file at hand has. Nothing here fails on a slow machine; the
limits are printed beside the figures.
"""

import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import httpx
import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))  # so that the tests' helpers are found when this file is run by itself

from guide.area.manifest import read_manifest  # noqa: E402
from guide.area.read import current_build, open_area  # noqa: E402 (after the path)
from guide.area.write import hash_files  # noqa: E402
from guide.depot.push import push_build  # noqa: E402
from guide.depot.store import Store  # noqa: E402
from guide.domain.elevation import ElevationSource, independent_errors  # noqa: E402
from guide.domain.walker import Walker  # noqa: E402
from guide.routing.prepare import prepare  # noqa: E402
from guide.routing.search.order import compute_node_order  # noqa: E402
from guide.routing.search.router import Router  # noqa: E402
from tests.bench.run import sources, title  # noqa: E402
from tests.cluster.dask import run_cluster  # noqa: E402
from tests.scale.moved import Piece, side_by_side, write_moved  # noqa: E402
from tests.scale.tiled import tiled  # noqa: E402
from tests.service.serving import serving  # noqa: E402

AREAS = ("portland", "porto", "monaco", "osaka")
MILLION = 1_000_000
ROW = "porto"
"""The largest of them, whose copies stand in a row."""

QUERIES = 300
T = TypeVar("T")
MB = 1024 * 1024

PLACES = {
    "a town (Muroran)": 0.004,
    "a prefecture (Hokkaido)": 0.2,
    "Japan": 2.2,
    "the planet": 85.0,
}
"""OpenStreetMap's extracts in GB of PBF, as their publishers tell them (late 2025): what a model is asked for."""


@dataclass(frozen=True)
class Built:
    """What a build took and gave."""

    name: str
    edges: int
    slopes: int
    pbf_bytes: int
    seconds: float
    core_seconds: float
    peak_mb: float
    out_bytes: int
    directory: Path

    def line(self) -> str:
        each_us, each_b = 1e6 * self.core_seconds / self.edges, MB * self.peak_mb / self.edges
        return (
            f"  {self.name:<14} {self.edges:>9,} edges {self.slopes:>6,} slopes {self.seconds:>7.1f} s "
            f"({self.core_seconds:.1f} of a core) {self.peak_mb:>6.0f} MB {self.out_bytes / MB:>7.1f} MB out  "
            f"{each_us:>5.0f} us and {each_b:>6.0f} B an edge"
        )


class Place:
    """A folder for all that is made here; if ``HYAKUSAKA_SCALE`` names one, it stays: the inputs are large."""

    def __init__(self, folder: Path) -> None:
        self.data, self.mirror, self.out = folder / "data", folder / "mirror", folder / "build"
        for each in (self.data, self.mirror, self.out):
            each.mkdir(parents=True, exist_ok=True)

    def environment(self) -> dict[str, str]:
        return {**os.environ, "HYAKUSAKA_DATA": str(self.data), "HYAKUSAKA_SOURCES": str(self.mirror)}

    def make(self, name: str, pieces: list[Piece]) -> None:
        write_moved(name, pieces, data=self.data, sources=sources(), mirror=self.mirror)

    def build(self, name: str) -> Built:
        """Build in a process of its own, whose largest memory (with tippecanoe's beside it) is sampled from outside."""
        command = [sys.executable, "-m", "tiles", "build", name, "--out", str(self.out), "--offline"]
        begun, used = time.perf_counter(), _core_seconds()
        peak = 0.0
        with (self.out / "log").open("w+") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=self.environment(), stdout=log, stderr=log)
            while process.poll() is None:
                peak = max(peak, sum(_rss_mb(pid) for pid in _tree(process.pid)))
                time.sleep(0.1)
            seconds = time.perf_counter() - begun
            log.seek(0)
            said = log.read()
        assert process.returncode == 0, said[-2000:]
        for line in said.splitlines():
            if line.startswith(f"{name}: ") and name.startswith("million"):
                print(f"    {line}")
        directory = current_build(self.out, name)
        area = open_area(directory)
        assert area.streets is not None
        osm = next(each for each in area.manifest.inputs if each.id == "osm")
        return Built(
            name=name,
            edges=area.streets.network.edge_count,
            slopes=len(area.slopes),
            pbf_bytes=osm.bytes,
            seconds=seconds,
            core_seconds=_core_seconds() - used,
            peak_mb=peak,
            out_bytes=sum(file.bytes for file in area.manifest.files.values()),
            directory=directory,
        )


def _core_seconds() -> float:
    """What processes that have ended used of the cores: the same however busy the machine is."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))
    except OSError:
        return


def _rss_mb(pid: int, key: str = "Pss") -> float:
    """A process's memory, what it shares counted in parts; of one that has just gone, none."""
    try:
        found = re.search(rf"^{key}:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def cost(place: Place) -> None:
    """The four areas, and rows of one of them; then what that says of larger ones."""
    title("Builds by size, each in a process of its own")
    found = []
    for area in AREAS:
        place.make(f"{area}-0", [Piece(area=area)])
        found.append(place.build(f"{area}-0"))
        print(found[-1].line(), flush=True)
    for copies in (2, 4):
        place.make(f"{ROW}-row-{copies}", side_by_side(ROW, copies))
        found.append(place.build(f"{ROW}-row-{copies}"))
        print(found[-1].line(), flush=True)
    large = place.out.parent / "million.json"
    if large.is_file():
        known = json.loads(large.read_text())
        found.append(Built(**{**known, "directory": Path(known["directory"])}))
        print(found[-1].line() + " (an earlier run)")
    model(found)


def model(found: list[Built]) -> None:
    edges = np.array([each.edges for each in found])
    base_s, per_edge_s = _fit(edges, np.array([each.core_seconds for each in found]))
    base_mb, per_edge_mb = _fit(edges, np.array([each.peak_mb for each in found]))
    out = float(np.sum([each.out_bytes for each in found]) / edges.sum())
    # Whole extracts hold houses and woods, too, as these do: so their bytes an edge are those of ours.
    per_edge_pbf = float(np.sum([each.pbf_bytes for each in found]) / edges.sum())
    title("What that says of a place (an extract's bytes are the ruler)")
    print(f"  core seconds = {base_s:.1f} + {1e6 * per_edge_s:.0f} us an edge; "
          f"memory = {base_mb:.0f} MB + {MB * per_edge_mb:.0f} B an edge\n"
          f"  {out:.0f} B of build and {per_edge_pbf:.0f} B of PBF an edge")  # fmt: skip
    for name, gigabytes in PLACES.items():
        count = gigabytes * 1e9 / per_edge_pbf
        seconds, memory_mb = base_s + per_edge_s * count, base_mb + per_edge_mb * count
        print(f"  {name:<24} {count / 1e6:>8.2f} M edges  one core {_hours(seconds):>9}"
              f"  in one piece {memory_mb / 1024:>7.1f} GB  out {out * count / 1e9:>7.1f} GB")  # fmt: skip
    limit = (8 * 1024 - base_mb) / per_edge_mb
    print(f"  What breaks first: the memory of a single build. 8 GB hold {limit / 1e6:.1f} M edges in one area, 64 GB "
          f"{(64 * 1024 - base_mb) / per_edge_mb / 1e6:.0f} M.\n"
          "  So a country is built as its towns (an area a municipality), which is how people ask for it, too: then\n"
          "  memory goes with the largest town and time with the number of workers. Next come the router, which\n"
          "  customises a walker over the whole area (see the million below), and the archives, whose directories\n"
          "  a service keeps in memory (some 100 KB an area);\n"
          "  then a service's open areas (64 at once in a process).")  # fmt: skip


def _fit(
    x: "np.ndarray[tuple[int], np.dtype[np.int64]]", y: "np.ndarray[tuple[int], np.dtype[np.float64]]"
) -> tuple[float, float]:
    """Constant and slope, each place's relative error counting alike."""
    rows = np.stack((np.ones(len(x)), x), axis=1) / y[:, None]
    constant, slope = np.linalg.lstsq(rows, np.ones(len(x)), rcond=None)[0].tolist()
    return constant, slope


def _hours(seconds: float) -> str:
    return (
        f"{seconds:.0f} s"
        if seconds < 600
        else f"{seconds / 3600:.1f} h"
        if seconds < 360_000
        else f"{seconds / 86400:.0f} d"
    )


def million(place: Place) -> None:
    """One area of at least a million edges: built, a walker customised, paths asked for."""
    place.make(f"{ROW}-0", [Piece(area=ROW)])
    copies = -(-MILLION // place.build(f"{ROW}-0").edges)
    title(f"A million edges: {copies} times {ROW}, side by side (at most 8 GB in total)")
    place.make("million", side_by_side(ROW, copies))
    built = place.build("million")
    print(built.line(), flush=True)
    (place.out.parent / "million.json").write_text(json.dumps({**built.__dict__, "directory": str(built.directory)}))
    routes(built)


def routes(built: Built) -> None:
    title(f"Routes at {built.edges:,} edges (customise at most 1.5 s, a query at most 1 ms)")
    opening, area = _timed(lambda: open_area(built.directory))
    streets = area.streets
    assert streets is not None
    making, router = _timed(lambda: Router(streets.network, streets.heights, streets.node_order, streets.prepared))
    print(f"  open {opening:.2f} s, router {making:.2f} s")
    ask(router)


def router(place: Place) -> None:
    """The router alone at a million edges: Portland's streets many times over in memory, so that no build is needed."""
    place.make("portland-0", [Piece(area="portland")])
    streets = open_area(place.build("portland-0").directory).streets
    assert streets is not None
    copies = -(-MILLION // streets.network.edge_count)
    network, heights = tiled(streets, copies)
    title(f"The router at {network.edge_count:,} edges, {copies} times Portland "
          "(customise at most 1.5 s, a query at most 1 ms)")  # fmt: skip
    ordering, order = _timed(lambda: compute_node_order(network))
    errors = {name: independent_errors(source) for name, source in _sources(place).items()}
    preparing, prepared = _timed(lambda: prepare(network, heights, errors))
    print(f"  once, by the builder: order {ordering:.1f} s, prepare {preparing:.1f} s")
    making, made = _timed(lambda: Router(network, heights, order, prepared))
    print(f"  router {making:.2f} s")
    ask(made)


def _sources(place: Place) -> dict[str, ElevationSource]:
    models = read_manifest(current_build(place.out, "portland-0")).elevation
    return {
        each.id: ElevationSource(id=each.id, resolution_m=each.resolution_m, sigma_m=each.sigma_m) for each in models
    }


def ask(router: Router) -> None:
    """Walkers and paths."""
    nodes = router.network.node_count
    times = []
    for pace in (1.0, 1.1, 0.9, 1.2):  # each another walker; the first waits for what all share
        walker = Walker(pace=pace)
        used = time.process_time()
        seconds, metric = _timed(lambda walker=walker: router.metric(walker))
        times.append((seconds, time.process_time() - used))
        metric.shortest({0: 0}, {1: 0})
    chosen = np.random.default_rng(7).integers(0, nodes, (QUERIES, 2)).tolist()
    asked = [_timed(lambda a=a, b=b: metric.shortest({a: 0}, {b: 0}))[0] for a, b in chosen]
    near = [(a, min(a + 500, nodes - 1)) for a, _ in chosen]
    close = [_timed(lambda a=a, b=b: metric.shortest({a: 0}, {b: 0}))[0] for a, b in near]
    for which, (seconds, cores) in zip(("first", "second", "third", "fourth"), times, strict=True):
        print(f"  customise, {which} walker: {seconds:.2f} s ({cores:.2f} of a core)")
    for what, seconds in (("any two nodes", asked), ("near each other", close)):
        median, late = 1e3 * statistics.median(seconds), 1e3 * np.percentile(seconds, 95)
        print(f"  query, {what:<16} median {median:.3f} ms, 95 % {late:.3f} ms")
    print(f"  this process holds {_rss_mb(os.getpid(), 'Rss'):.0f} MB (mapped files included)")


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    begun = time.perf_counter()
    made = work()
    return time.perf_counter() - begun, made


def cluster(place: Place) -> None:
    """Eight areas by one worker and by two, in turns; the bytes of both and of a single machine."""
    names = [f"{area}-{copy}" for copy in (1, 2) for area in ("portland", "monaco", "osaka", "portland")][:8]
    names = [f"{name}-{number}" for number, name in enumerate(names)]
    for number, name in enumerate(names):
        place.make(name, [Piece(area=name.split("-")[0], copy=number + 1, degrees=number + 1)])
    title("Eight areas on Dask: two workers against one (at most 0.6)")
    seconds: dict[int, float] = {}
    for workers in (1, 2):
        out = place.out.parent / f"out-{workers}"
        shutil.rmtree(out, ignore_errors=True)
        environment = place.environment()
        with tempfile.TemporaryDirectory() as folder, run_cluster(Path(folder), workers, **environment) as running:
            for warm in range(workers):  # libraries loaded
                _build_many([names[0]], running.address, out / f"warm-{warm}", environment)
            seconds[workers] = _build_many(names, running.address, out, environment)
            again = _build_many(names, running.address, out, environment)
        print(f"  {workers} worker(s): {seconds[workers]:.1f} s; again with nothing changed {again:.1f} s", flush=True)
    same = all(
        hash_files(current_build(place.out.parent / "out-1", name))
        == hash_files(current_build(place.out.parent / "out-2", name))
        for name in names
    )
    print(f"  ratio {seconds[2] / seconds[1]:.2f} on {len(os.sched_getaffinity(0))} cores; bytes equal: {same}")


def _build_many(areas: list[str], address: str, out: Path, environment: dict[str, str]) -> float:
    """Seconds that a command takes."""
    command = [sys.executable, "-m", "tiles", "build-many", *areas, "--scheduler", address, "--out", str(out)]
    begun = time.perf_counter()
    done = subprocess.run(
        [*command, "--offline"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return time.perf_counter() - begun


def replica(place: Place) -> None:
    """A replica over a depot of twenty areas: from its start to its first answer, and what a worker holds."""
    place.make("portland-0", [Piece(area="portland")])
    built = place.build("portland-0").directory
    depot = place.out.parent / "depot"
    store = Store(f"file://{depot}")
    for number in range(20):
        with tempfile.TemporaryDirectory(dir=place.out) as name:
            copy = Path(name) / f"copy-{number}"
            shutil.copytree(built, copy)
            manifest = json.loads((copy / "manifest.json").read_text())
            manifest["area"]["id"] = f"town-{number}"
            (copy / "manifest.json").write_text(json.dumps(manifest))
            push_build(store, copy)
    title("A replica over a depot of 20 areas (ready in at most 3 s; a worker for portland at most 250 MB)")
    for what in ("an empty cache", "a full cache"):
        with tempfile.TemporaryDirectory() as name:
            cache = place.out.parent / "cache"
            if what == "an empty cache":
                shutil.rmtree(cache, ignore_errors=True)
            environment = {
                "HYAKUSAKA_DEPOT": store.url,
                "HYAKUSAKA_DEPOT_CACHE": str(cache),
                "HYAKUSAKA_RATE_PER_S": "0",
            }
            begun = time.perf_counter()
            with serving(Path(name), "--workers", "2", **environment) as running:
                listening = time.perf_counter() - begun
                assert len(running.get("/api").json()["areas"]) == 20
                assert running.get("/readyz").status_code == 200
                ready = time.perf_counter() - begun
                print(f"  {what}: listens after {listening:.2f} s, all areas listed and one open after {ready:.2f} s")
                if what == "a full cache":
                    _worker_memory(running, built)


def _worker_memory(running: "object", built: Path) -> None:
    slopes = [slope.entry.id for slope in open_area(built).slopes if slope.line is not None]
    z, x, y = 14, 2604, 5862  # a tile of Portland's middle
    with httpx.Client(base_url=running.address, timeout=60) as client:  # type: ignore[attr-defined]
        for number in range(200):
            client.get(
                f"/api/town-0/routes?stop=slope:{slopes[number % len(slopes)]}&stop=slope:{slopes[-1 - number % 7]}"
            )
            client.get(f"/api/town-0/tiles/streets/WebMercatorQuad/{z}/{y + number % 4}/{x + number % 3}")
            client.get("/api/town-0/collections/slopes/items", headers={"Connection": "close"})
    for worker in running.workers():  # type: ignore[attr-defined]
        resident, share = _rss_mb(worker, "Rss"), _rss_mb(worker)
        print(f"  a worker that has served portland: {resident:.0f} MB resident, {share:.0f} MB its share")


@contextmanager
def _place() -> Iterator[Place]:
    kept = os.environ.get("HYAKUSAKA_SCALE")
    if kept:
        yield Place(Path(kept))
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Place(Path(folder))


def main() -> None:
    if not (sources() / "portland").is_dir():
        print("The real areas are not here, so there is nothing to measure. Set HYAKUSAKA_SOURCES.")
        return
    parts = {"router": router, "million": million, "cost": cost, "cluster": cluster, "replica": replica}
    asked = sys.argv[1:] or list(parts)
    with _place() as place:
        for part in asked:
            parts[part](place)


if __name__ == "__main__":
    main()
