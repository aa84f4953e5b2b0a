"""How long ``tiles measure`` takes: 1,000 lines of 1 km (at most 2 s), the command as a whole and its parts.

Run it with ``python tests/bench/measure.py``; it prints, and fails on nothing.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))  # so that the project is found when this file is run by itself

from tiles.measure_lines import measure_file, open_models  # noqa: E402 (after the path)

SEED = 20_261_123
LINES, POINTS = 1000, 41
METRES_PER_DEGREE = 111_320.0
REPEATS = 3


def main() -> None:
    """Real heights where they are, else the heights of a formula."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        dem = (
            Path(os.environ.get("HYAKUSAKA_SOURCES") or ROOT.parent / "shared" / "areas") / "portland/portland-ned.tif"
        )
        if not dem.is_file():
            print("The real areas are not here, so there is nothing to measure. Set HYAKUSAKA_SOURCES.")
            return
        lines = folder / "lines.geojson"
        lines.write_text(json.dumps(crooked_lines()))
        print(f"{LINES} lines of 1 km on {dem.name} (at most 2 s)")
        command = [
            sys.executable,
            "-m",
            "tiles",
            "measure",
            str(lines),
            "--dem",
            str(dem),
            "--out",
            f"{name}/o.geojson",
        ]
        whole = [
            timed(lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True)) for _ in range(REPEATS)
        ]
        print(f"  the command, start of Python and all: {min(whole):.2f} s (best of {REPEATS})")
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f"  of which the processor was busy with it: {(used.ru_utime + used.ru_stime) / REPEATS:.2f} s (mean)")
        inside = [timed(lambda: measure_file(lines, open_models([dem])).encode()) for _ in range(REPEATS)]
        print(f"  reading, measuring and encoding in process: {min(inside):.2f} s")
        million = folder / "million.geojson"
        million.write_text(json.dumps(crooked_lines(count=1, points=1_000_000)))
        long = timed(lambda: measure_file(million, open_models([dem])).encode())
        print(f"  one line of a million vertices: {long:.2f} s")


def crooked_lines(count: int = LINES, points: int = POINTS) -> dict[str, object]:
    """Lines of 1 km in ``points`` vertices that wander through Portland."""
    random = np.random.default_rng(SEED)
    step = np.array([1 / np.cos(np.radians(45.52)), 1.0]) * 1000 / (points - 1) / METRES_PER_DEGREE
    features = []
    for number in range(count):
        heading = random.uniform(0, 2 * np.pi) + np.cumsum(random.normal(0, 0.2, points - 1))
        moves = np.column_stack((np.cos(heading), np.sin(heading))) * step
        first = random.uniform((-122.70, 45.50), (-122.65, 45.54))
        line = np.concatenate(([first], first + np.cumsum(moves, axis=0)))
        geometry = {"type": "LineString", "coordinates": np.round(line, 7).tolist()}
        features.append({"type": "Feature", "id": number, "properties": {}, "geometry": geometry})
    return {"type": "FeatureCollection", "features": features}


def timed(run: object) -> float:
    """Seconds that a call takes."""
    begin = time.perf_counter()
    assert callable(run)
    run()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
