"""How good and how fast tours and loops are, on real areas: beside OR-Tools, longer searches, and routes under load.

python tests/bench/tours.py [quality] [speed] [loops]
"""

import json
import multiprocessing
import os
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from guide.area.read import current_build
from guide.areas.served import ServedArea
from guide.domain.errors import GuideError
from guide.domain.loop import LoopMeasure, LoopWish
from guide.domain.route import PointStop
from guide.domain.tour_wish import TourWish
from guide.domain.walker import Preset, Walker
from guide.routing.costs.arc_costs import Terms
from guide.routing.loops.find import find_loops
from guide.routing.tours.draft import draft_of
from guide.routing.tours.problem import Problem, evaluate, keeps
from guide.routing.tours.solve import Deadline, choose
from tests.e2e.service import serve
from tiles.build import build_area
from tiles.download import Network
from tiles.jobs import prepare

TOURIST = Walker.of(Preset.TOURIST)
CASES = ((180, None), (180, 250), (120, 150), (240, None), (180, 400))
LONG_S = float(os.environ.get("HYAKUSAKA_BENCH_SECONDS", "60"))
"""A reference search of each kind; the best of all counts."""

CORES = 2


def open_built(root: Path, area: str) -> ServedArea:
    return ServedArea(current_build(root, area))


def starts(area: ServedArea, count: int, seed: int) -> list[PointStop]:
    """Junctions near slopes, on the part of the network where most slopes lie."""
    rng = np.random.default_rng(seed)
    around = area.surroundings
    component = around.router.metric(TOURIST).edge_component
    edges = np.array([slope.stretches[0].arc >> 1 for slope in area.slopes.values() if slope.stretches])
    main = np.bincount(component[edges][component[edges] >= 0]).argmax()
    network = around.router.network
    nodes = np.unique(network.edge_tail[component == main])
    feet = network.node_lng_lat[network.edge_tail[edges[component[edges] == main]]]
    found = []
    while len(found) < count:
        near = feet[rng.integers(len(feet))] + rng.normal(0, 0.004, 2)
        node = nodes[np.argmin(((network.node_lng_lat[nodes] - near) ** 2).sum(axis=1))]
        found.append(PointStop(lng_lat=tuple(network.node_lng_lat[node].tolist())))
    return found


def problems(area: ServedArea, slopes: int) -> Iterator[tuple[str, Problem]]:
    """A problem a case, each over so many slopes nearest to its start."""
    for number, (minutes, ascent) in enumerate(CASES):
        (start,) = starts(area, 1, 100 * slopes + number)
        near = sorted(
            (slope for slope in area.slopes.values() if slope.line is not None),
            key=lambda slope: float(np.hypot(*(slope.line.mean(axis=0) - start.lng_lat))),
        )
        far = frozenset(slope.entry.id for slope in near[slopes:])
        wish = TourWish(start=start, end=start, walker=TOURIST, budget_s=60 * minutes, max_ascent_m=ascent, exclude=far)
        name = f"{minutes} min, {'any ascent' if ascent is None else f'{ascent} m'}"
        yield name, draft_of(area.surroundings, wish, Terms()).problem


def quality(root: Path, areas: list[str]) -> None:
    cases = [
        (f"{area:9} {slopes:3} slopes, {name:20}", problem)
        for area in areas
        for slopes in (52, 100)
        for name, problem in problems(open_built(root, area), slopes)
    ]
    with ProcessPoolExecutor(CORES, mp_context=multiprocessing.get_context("spawn")) as pool:
        shares = []
        for share, line in pool.map(judged, cases):
            shares.append(share)
            print(line, flush=True)
    print(f"within 2 %: {sum(share >= 0.98 for share in shares)} of {len(shares)}, worst {100 * min(shares):.1f} %")


def judged(case: tuple[str, Problem]) -> tuple[float, str]:
    """The value of our tour as a share of the best that anything finds, and a line about it."""
    name, problem = case
    began = time.process_time()
    ours = choose(problem, Deadline(LONG_S))
    took = time.process_time() - began
    value, long, other = ours.value if ours else 0.0, long_run(problem), by_ortools(problem, LONG_S)
    best = max(value, long, other)
    share = value / best if best else 1.0
    line = (
        f"{name} value {value:6.1f}  best {best:6.1f}  {100 * share:5.1f} %  "
        f"(long {long:.1f}, OR-Tools {other:.1f})  {took:.2f} s of one core"
    )
    return share, line


def long_run(problem: Problem) -> float:
    """The best of searches of twice the effort, each with another seed, for so many seconds."""
    end, best, seed = time.monotonic() + LONG_S, 0.0, 1000
    while time.monotonic() < end:
        found = choose(problem, Deadline(LONG_S), share=2.0, seed=seed)
        best, seed = max(best, found.value if found else 0.0), seed + 100
    return best


def by_ortools(problem: Problem, seconds: float) -> float:
    """What OR-Tools' routing finds by guided local search."""
    size = len(problem.options) + 1
    manager = pywrapcp.RoutingIndexManager(size, 1, 0)
    routing = pywrapcp.RoutingModel(manager)
    legs_s = np.where(np.isinf(problem.duration_s), 1e6, problem.duration_s)
    legs_m = np.where(np.isinf(problem.ascent_m), 1e5, problem.ascent_m)
    stay_s, climb_m = np.concatenate(([0.0], problem.stay_s)), np.concatenate(([0.0], problem.climb_m))
    times = np.ceil(10 * (legs_s + stay_s[:, None])).astype(int)
    climbs = np.ceil(10 * (legs_m + climb_m[:, None])).astype(int)
    by_time = routing.RegisterTransitMatrix(times.tolist())
    by_climb = routing.RegisterTransitMatrix(climbs.tolist())
    routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitMatrix((times // 100).tolist()))
    routing.AddDimension(by_time, 0, int(10 * problem.budget_s), True, "time")  # noqa: FBT003 (positional in the library)
    if np.isfinite(problem.max_ascent_m):
        routing.AddDimension(by_climb, 0, int(10 * problem.max_ascent_m), True, "climb")  # noqa: FBT003
    for group in sorted(set(problem.group.tolist())):
        nodes = [int(index) + 1 for index in np.flatnonzero(problem.group == group)]
        worth = round(1000 * max(problem.value[problem.group == group]))
        routing.AddDisjunction([manager.NodeToIndex(node) for node in nodes], worth)
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    parameters.time_limit.FromMilliseconds(int(1000 * seconds))
    solution = routing.SolveWithParameters(parameters)
    if solution is None:
        return 0.0
    order, index = [], solution.Value(routing.NextVar(routing.Start(0)))
    while not routing.IsEnd(index):
        order.append(manager.IndexToNode(index) - 1)
        index = solution.Value(routing.NextVar(index))
    choice = evaluate(problem, order)
    return choice.value if choice is not None and keeps(problem, choice) else 0.0


def speed(root: Path, area_id: str = "portland") -> None:
    """A hundred slopes and three hours over HTTP: alone, eight at once, and what routes notice of it."""
    area = open_built(root, area_id)
    bodies = [
        {"start": {"lng_lat": list(start.lng_lat)}, "time_budget_min": 180, "max_ascent_m": 250}
        for start in starts(area, 16, 7)
    ]
    with serve(root) as address:
        plan_at, route_at = f"{address}/api/{area_id}/tours/plan", f"{address}/api/{area_id}/routes"
        stops = [{"lng_lat": body["start"]["lng_lat"]} for body in bodies]
        walks = [{"stops": [one, other]} for one in stops[:8] for other in stops[8:]]
        timed(plan_at, bodies[:2])  # the first ones start the planners
        alone = timed(plan_at, bodies)
        tell("a tour alone", alone)
        with ThreadPoolExecutor(8) as pool:
            began = time.perf_counter()
            list(pool.map(lambda body: timed(plan_at, [body]), bodies[:8]))
            print(f"eight tours at once                    {time.perf_counter() - began:6.2f} s for all")
        calm = timed(route_at, walks * 2)
        tell("a route while nothing is planned", calm)
        busy: list[float] = []
        with ThreadPoolExecutor(4) as pool:
            asked = [pool.submit(timed, plan_at, bodies) for _ in range(4)]
            while not all(each.done() for each in asked):
                busy += timed(route_at, walks)
        tell("a route while four always plan", busy)
        changed = post(plan_at, bodies[0])["request"]
        tell("a changed tour", timed(f"{address}/api/{area_id}/tours", [changed] * 30))


def post(address: str, body: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(
        address, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as reply:
        found: dict[str, Any] = json.load(reply)
        return found


def timed(address: str, bodies: list[dict[str, Any]]) -> list[float]:
    """Seconds each takes, one after another."""
    took = []
    for body in bodies:
        began = time.perf_counter()
        post(address, body)
        took.append(time.perf_counter() - began)
    return took


def tell(what: str, took: list[float]) -> None:
    median, late, worst = np.percentile(took, (50, 95, 100))
    print(
        f"{what:38} median {1000 * median:7.1f} ms, 95 % {1000 * late:7.1f} ms, worst {1000 * worst:7.1f} ms",
        flush=True,
    )


WISHES = {
    LoopMeasure.DISTANCE: (1500.0, 3000.0, 6000.0, 10_000.0),
    LoopMeasure.DURATION: (1200.0, 2700.0, 5400.0),
    LoopMeasure.ASCENT: (40.0, 100.0, 200.0),
}


def loops(root: Path, areas: list[str], points: int = 60) -> None:
    """Loops from places anywhere on the streets: how near to the wish, and how much of them is walked twice."""
    for area_id in areas:
        area = open_built(root, area_id)
        network = area.surroundings.router.network
        component = area.surroundings.router.metric(TOURIST).edge_component
        rng = np.random.default_rng(20_261_124)
        edges = np.flatnonzero(component >= 0)
        for measure, amounts in WISHES.items():
            off, repeated, choices, took, none = [], [], [], [], 0
            for number in range(points):
                place = network.edge_line(int(rng.choice(edges))).mean(axis=0)
                wish = LoopWish(
                    start=PointStop(lng_lat=(float(place[0]), float(place[1]))),
                    walker=TOURIST,
                    measure=measure,
                    amount=amounts[number % len(amounts)],
                )
                began = time.perf_counter()
                try:
                    found = find_loops(area.surroundings, wish, Terms()).loops
                except GuideError:
                    none += 1
                    continue
                took.append(time.perf_counter() - began)
                off.append(abs(found[0].off))
                repeated.append(found[0].repeated_share)
                choices.append(len(found))
            print(
                f"{area_id:9} {measure.value:8} {points} places: within 10 % {np.mean(np.array(off) <= 0.1):4.0%}, "
                f"off median {np.median(off):.1%}, 90 % {np.percentile(off, 90):.1%}; walked twice median "
                f"{np.median(repeated):.1%}, 90 % {np.percentile(repeated, 90):.1%}; {np.mean(choices):.1f} to choose "
                f"from; {1000 * np.median(took):.0f} ms; {none} without any",
                flush=True,
            )


def main() -> None:
    wanted = sys.argv[1:] or ["quality", "speed", "loops"]
    areas = ["portland", "porto", *(["monaco"] if "loops" in wanted else [])]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        built = os.environ.get("HYAKUSAKA_BENCH_BUILDS")
        root = Path(built) if built else Path(folder) / "build"
        for area in areas if not built else ():
            build_area(prepare(area, out=root, network=Network(allowed=False)))
        if "quality" in wanted:
            quality(root, areas[:2])
        if "speed" in wanted:
            speed(root)
        if "loops" in wanted:
            loops(root, areas)


if __name__ == "__main__":
    main()
