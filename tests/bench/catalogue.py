"""What it costs to publish: a catalogue of 1,000 slopes built anew on the streets of Portland.

    python tests/bench/catalogue.py

The desk wants a whole publication within 2 s, and guide.pmtiles alone within 1.0 s. Beside the seconds stand what a
full build takes in the same run, and whether its result is the same, byte for byte.
"""

import csv
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from guide.area.read import current_build, open_area  # noqa: E402 (after the path)
from guide.area.write import hash_files  # noqa: E402
from tiles.frame import map_frame  # noqa: E402
from tiles.guide_tiles import Before, guide_features, write_guide_archive  # noqa: E402
from tiles.rebuild import CatalogueBuilder  # noqa: E402

SLOPES = 1000
SEED = 20_261_124


def main() -> None:
    """Everything, in the order a reader wants it."""
    sources = Path(os.environ.get("HYAKUSAKA_SOURCES", ROOT.parent / "shared" / "areas"))
    if not (sources / "portland").is_dir():
        print("The real areas are not here, so there is nothing to measure. Set HYAKUSAKA_SOURCES.")
        return
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        os.environ["HYAKUSAKA_DATA"], os.environ["HYAKUSAKA_SOURCES"] = str(data), str(sources)
        area = data / "areas" / "portland"
        shutil.copytree(ROOT / "data" / "areas" / "portland", area)
        command("the town as it is, all of it", "build", "portland")
        write_rows(area / "slopes.csv", data / "build")
        full = command(f"{SLOPES} slopes, all of it", "build", "portland")
        change_a_row(area / "slopes.csv", "Another name")
        anew = command("one row changed, the catalogue alone", "build", "portland", "--only", "catalogue")
        print(f"  ratio to all of it {anew / full:.3f}")
        one = hash_files(current_build(data / "build", "portland"))
        command("one row changed, all of it", "build", "portland", "--out", str(data / "whole"))
        print(f"  the same files: {one == hash_files(current_build(data / 'whole', 'portland'))}")
        in_a_builder_process(area / "slopes.csv", data / "build")
        the_archive_alone(data)


def command(title: str, *arguments: str) -> float:
    """Run the builder as a user would; returns its processor seconds, which others on the machine do not disturb."""
    offline = [] if "--only" in arguments else ["--offline"]
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "tiles", *arguments, *offline], cwd=ROOT, capture_output=True, text=True, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"\n{title}: {time.perf_counter() - begin:.2f} s, of the processors {cpu:.2f} s")
    for line in done.stderr.splitlines():
        if line.startswith("portland: "):
            print(f"  {line}")
    return cpu


def write_rows(path: Path, build_root: Path) -> None:
    """A thousand rows: points on streets that climb, half of them under the street's name."""
    area = open_area(current_build(build_root, "portland"))
    assert area.streets is not None
    network, heights = area.streets.network, area.streets.heights
    first, last = heights.sample_start[:-1], heights.sample_start[1:] - 1
    rise = np.abs(heights.elevation_m[last] - heights.elevation_m[first])
    climbing = np.flatnonzero((rise / network.edge_length_m > 0.04) & (network.edge_length_m > 25))
    chosen = np.random.default_rng(SEED).permutation(climbing)[:SLOPES]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "name", "lng", "lat", "themes", "sources"])
        for number, edge in enumerate(chosen.tolist()):
            line = network.edge_line(edge)
            lng, lat = line[len(line) // 2].tolist()
            name = network.edge_street_name(edge)
            title = name.local if name and number % 2 else f"Slope {number}"
            rows.writerow([f"slope-{number:04}", title, f"{lng:.6f}", f"{lat:.6f}", "view", "bench"])


def change_a_row(path: Path, name: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = lines[500].split(",")
    lines[500] = ",".join([cells[0], name, *cells[2:]])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def in_a_builder_process(path: Path, out: Path) -> None:
    builder = CatalogueBuilder("portland", out, lambda _: nullcontext())
    print("\nin a process that stays:")
    for number in range(3):
        change_a_row(path, f"Name {number}")
        told(f"publication {number + 1}", builder.build)


def the_archive_alone(data: Path) -> None:
    area = open_area(current_build(data / "build", "portland"))
    slopes, others = area.slopes, (area.landmarks, area.tours, area.closures)
    frame = map_frame(area.manifest.area.bbox, area.manifest.extent)
    features = guide_features(slopes, *others)
    print(f"\nguide.pmtiles alone, {len(slopes)} slopes, {len(features)} features:")

    def from_nothing() -> None:
        write_guide_archive(data / "new.pmtiles", guide_features(slopes, *others), frame, "bench", "nobody")

    def one_less() -> None:
        before = Before(data / "new.pmtiles", features)
        write_guide_archive(data / "next.pmtiles", guide_features(slopes[1:], *others), frame, "b", "n", before)

    told("from nothing", from_nothing)
    told("one slope less", one_less)


def told(title: str, work: Callable[[], object]) -> None:
    begin, cpu = time.perf_counter(), time.process_time()
    work()
    print(f"  {title}: {time.perf_counter() - begin:.2f} s, of the processors {time.process_time() - cpu:.2f} s")


if __name__ == "__main__":
    main()
