"""Timed queries to a peer, run by the peer's own Python: engine, graph, file of queries. Prints JSON.

``configure FOLDER -`` writes Valhalla's configuration instead.
"""

import contextlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Place = list[float]
Query = Callable[[list[Place]], object]


def main() -> None:
    engine, graph, task = sys.argv[1:]
    if engine == "configure":
        configure(Path(graph))
        return
    given = json.loads(Path(task).read_text())
    found = {}
    for name, query in (osrm_queries if engine == "osrm" else valhalla_queries)(graph).items():
        if name == "table":
            found[name] = [timed_ms(query, given["table"]) for _ in range(7)]
            continue
        for pair in given["pairs"][:20]:
            timed_ms(query, pair)
        found[name] = [timed_ms(query, pair) for pair in given["pairs"]]
    print(json.dumps(found))


def timed_ms(work: Query, places: list[Place]) -> float:
    begin = time.perf_counter()
    with contextlib.suppress(Exception):  # a pair that this engine does not join still costs its time
        work(places)
    return 1000 * (time.perf_counter() - begin)


def osrm_queries(graph: str) -> dict[str, Query]:
    """The line alone; with numbers for each of its points, as a profile has them; and with every step besides."""
    import osrm  # noqa: PLC0415

    engine = osrm.OSRM(algorithm="CH", storage_config=graph, use_shared_memory=False)

    def coordinates(places: list[Place]) -> list[tuple[float, ...]]:
        return [tuple(place) for place in places]

    def route(places: list[Place], *, steps: bool = False, annotations: tuple[str, ...] = ()) -> object:
        parameters = osrm.RouteParameters(
            coordinates=coordinates(places),
            geometries="geojson",
            overview="full",
            steps=steps,
            annotations=annotations,
        )
        return str(engine.Route(parameters))

    def table(places: list[Place]) -> object:
        return engine.Table(osrm.TableParameters(coordinates=coordinates(places)))

    return {
        "route": route,
        "route with annotations": lambda places: route(places, annotations=("all",)),
        "route with annotations and steps": lambda places: route(places, annotations=("all",), steps=True),
        "table": table,
    }


def valhalla_queries(config: str) -> dict[str, Query]:
    import valhalla  # noqa: PLC0415

    actor = valhalla.Actor(config)

    def ends(places: list[Place]) -> list[dict[str, Any]]:
        return [{"lon": lon, "lat": lat} for lon, lat in places]

    def route(places: list[Place]) -> object:
        return actor.route(json.dumps({"locations": ends(places), "costing": "pedestrian", "elevation_interval": 10}))

    # Its matrix takes 50 places by default, so it has no say about a table of 60.
    return {"route": route}


def configure(folder: Path) -> None:
    import valhalla  # noqa: PLC0415

    (folder / "tiles").mkdir(exist_ok=True)
    nothing = folder / "none.tar"  # the library wants an extract that exists, and we want none
    nothing.touch()
    config = valhalla.get_config(tile_extract=nothing, tile_dir=folder / "tiles", verbose=False)
    config["additional_data"]["elevation"] = str(folder / "elevation")
    config["mjolnir"]["tile_extract"] = ""
    (folder / "valhalla.json").write_text(json.dumps(config, default=str))


if __name__ == "__main__":
    main()
