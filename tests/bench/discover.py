"""Benchmarks of climbs: lines found from points, and lists discovered. Run: python tests/bench/discover.py"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))  # so that the tests' helpers are found when this file is run by itself

from guide.area.read import current_build, open_area  # noqa: E402 (after the path)
from guide.catalogue.slopes_csv import read_slopes_csv  # noqa: E402
from guide.domain.slope import Confidence  # noqa: E402
from tests.discover.recovery import Trial, known_slopes, share, try_all  # noqa: E402

SEED = 20_261_123
KNOWN = 300
LIMITS_S = {"portland": 5.0, "porto": 30.0, "monaco": None}


def main() -> None:
    """Everything, in the order a reader wants it."""
    sources = Path(os.environ.get("HYAKUSAKA_SOURCES", ROOT.parent / "shared" / "areas"))
    if not (sources / "portland").is_dir():
        print("The real areas are not here, so there is nothing to measure. Set HYAKUSAKA_SOURCES.")
        return
    with tempfile.TemporaryDirectory() as folder:
        discover_lists(Path(folder), sources)
        recover_lines(Path(folder), sources)


def discover_lists(folder: Path, sources: Path) -> None:
    print("Lists discovered, whole command in a process of its own")
    for area, limit_s in LIMITS_S.items():
        made = []
        for name in ("one.csv", "two.csv"):
            begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
            run("discover", area, "--top", "100", "--out", str(folder / name), "--sources", str(sources), "--offline")
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            made.append((time.perf_counter() - begin, cpu_s))
        same = (folder / "one.csv").read_bytes() == (folder / "two.csv").read_bytes()
        rows, findings = read_slopes_csv(folder / "one.csv")
        limit = f" (at most {limit_s:.0f} s)" if limit_s else ""
        seconds, cpu_s = min(made)
        taken = f"{area:<9} {seconds:5.2f} s, {cpu_s:.2f} s of a processor{limit}"
        print(f"  {taken}; {len(rows)} rows, {len(findings)} findings, same bytes: {same}")


def recover_lines(folder: Path, sources: Path) -> None:
    print("\nLines asked back from a point on slopes known by name (at least 80 % of the length; with the name 90 %)")
    for area in ("portland", "porto", "monaco", "osaka"):
        run("build", area, "--out", str(folder), "--sources", str(sources), "--offline")
        streets = open_area(current_build(folder, area)).streets
        assert streets is not None
        known = known_slopes(streets, KNOWN, SEED)
        for named in (True, False):
            tell(area, named=named, trials=try_all(streets, known, SEED, named=named))


def tell(area: str, *, named: bool, trials: list[Trial]) -> None:
    tight = np.mean([trial.overlap >= 0.8 for trial in trials])
    by_confidence = {level: [one for one in trials if one.confidence is level] for level in Confidence}
    parts = ", ".join(
        f"{level.value} {share(some):.0%} of {len(some)}" for level, some in by_confidence.items() if some
    )
    label = "with the name" if named else "all names withheld"
    print(f"  {area:<9} {label:<18} {share(trials):6.1%} of {len(trials):3}; as tight {tight:6.1%}; {parts}")


def run(*arguments: str) -> None:
    command = [sys.executable, "-m", "tiles", *arguments]
    subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)


if __name__ == "__main__":
    main()
