"""The swap: what is served is whole, old or new, whatever happens to a build."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.area.files import CURRENT, MANIFEST
from guide.area.write import build_directory, publish
from guide.domain.errors import BuildError


def build(area_root: Path, content: str) -> Path:
    with build_directory(area_root) as directory:
        (directory / MANIFEST).write_text(content)
        (directory / "slopes.geojson").write_text(content)
        return publish(directory, area_root)


def test_a_published_build_is_the_current_one(tmp_path: Path) -> None:
    target = build(tmp_path, "one")
    assert (tmp_path / CURRENT).resolve() == target
    assert (tmp_path / CURRENT / "slopes.geojson").read_text() == "one"


def test_the_same_content_is_the_same_build(tmp_path: Path) -> None:
    assert build(tmp_path, "one") == build(tmp_path, "one")
    assert build(tmp_path, "two") != build(tmp_path, "one")


def test_a_build_changed_by_hand_is_replaced(tmp_path: Path) -> None:
    target = build(tmp_path, "one")
    (target / "slopes.geojson").write_text("meddled with")
    assert build(tmp_path, "one") == target
    assert (target / "slopes.geojson").read_text() == "one"


def test_the_build_before_is_kept_for_who_still_reads_it_and_older_ones_go(tmp_path: Path) -> None:
    builds = []
    for number in range(4):
        builds.append(build(tmp_path, str(number)))
        os.utime(builds[-1], (number, number))
    assert [path.is_dir() for path in builds] == [False, False, True, True]


def test_a_build_that_fails_leaves_nothing_and_changes_nothing(tmp_path: Path) -> None:
    target = build(tmp_path, "one")

    def fail() -> None:
        with build_directory(tmp_path) as directory:
            (directory / "half").write_text("a file")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (tmp_path / CURRENT).resolve() == target
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([".lock", CURRENT, target.name])


def hold(area_root: Path, ready: "multiprocessing.Queue[None]") -> None:
    with build_directory(area_root) as directory:
        (directory / "half").write_text("a file")
        ready.put(None)
        time.sleep(60)


@pytest.fixture
def other_build(tmp_path: Path) -> Iterator[int]:
    """A build going on in another process."""
    context = multiprocessing.get_context("spawn")
    ready: multiprocessing.Queue[None] = context.Queue()
    process = context.Process(target=hold, args=(tmp_path, ready))
    process.start()
    ready.get(timeout=30)
    assert process.pid is not None
    yield process.pid
    process.kill()
    process.join()
    ready.close()


def test_a_second_build_of_the_same_area_is_told_to_wait(tmp_path: Path, other_build: int) -> None:
    assert other_build
    with pytest.raises(BuildError, match="Another build"), build_directory(tmp_path):
        pass


def test_what_a_killed_build_left_is_cleared_away(tmp_path: Path, other_build: int) -> None:
    assert list(tmp_path.glob(".building-*/half"))
    os.kill(other_build, signal.SIGKILL)
    for _ in range(100):
        try:
            build(tmp_path, "one")
            break
        except BuildError:
            time.sleep(0.05)  # the kernel has not yet let go of the lock
    assert not list(tmp_path.glob(".building-*"))
    assert (tmp_path / CURRENT / "slopes.geojson").read_text() == "one"


def test_a_folder_that_cannot_be_written_is_one_sentence() -> None:
    with pytest.raises(BuildError, match="cannot be written"), build_directory(Path("/proc/area")):
        pass


@pytest.fixture(params=["60k", "200k", "400k"])
def small_disc(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A real file system too small for the sample: it fills at the slopes, the street tiles, the network."""
    disc = tmp_path / "disc"
    disc.mkdir()
    mounted = subprocess.run(
        ["/usr/bin/mount", "-t", "tmpfs", "-o", f"size={request.param}", "tmpfs", str(disc)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip(f"no small disc can be mounted here ({mounted.stderr.decode().strip()})")
    yield disc
    subprocess.run(["/usr/bin/umount", str(disc)], check=True)


def test_a_disc_that_fills_is_one_sentence_and_what_was_served_stays(small_disc: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tiles", "build", "sample", "--offline", "--out", str(small_disc)]
    environment = {**os.environ, "HYAKUSAKA_DATA": str(tmp_path / "data")}
    served = build(small_disc / "sample", "what was served before")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    last = done.stderr.strip().splitlines()[-1]
    assert "is full" in last
    assert "Traceback" not in done.stderr
    assert (small_disc / "sample" / CURRENT).resolve() == served
    assert not list((small_disc / "sample").glob(".building-*"))
