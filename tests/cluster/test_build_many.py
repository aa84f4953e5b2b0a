"""Many areas on a real Dask cluster: the bytes of a single machine, whatever is killed meanwhile."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from guide.area.manifest import read_manifest
from guide.area.read import BuiltArea, current_build
from guide.area.write import hash_files, sha256
from guide.depot.builds import BuildCache
from guide.depot.catalogues import push_catalogue
from guide.depot.push import find_current
from guide.depot.store import Store
from tests.cluster.dask import PATIENCE_S, Cluster, run_cluster
from tests.conftest import ROOT, sources_folder
from tests.object_store import ObjectStore, used
from tiles.sample.write import write_sample

MIDDLE = [144.994, 40.997, 145.006, 41.004]
"""A map of the town's middle alone, which takes a fraction of the time to draw."""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, object_store: ObjectStore) -> Iterator[Cluster]:
    """Two workers, for all tests that kill nobody."""
    with run_cluster(tmp_path_factory.mktemp("cluster"), 2, **object_store.environment()) as running:
        yield running


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Three towns to build: two copies of the sample under other names, and one whose description is no good."""
    for name in ("one", "two", "bad"):
        folder = tmp_path / "data" / "areas" / name
        shutil.copytree(ROOT / "data" / "areas" / "sample", folder)
        description = folder / "area.toml"
        text = description.read_text(encoding="utf-8").replace('"formula"', '"file"')
        description.write_text(re.sub(r"bbox = .*", f"bbox = {MIDDLE}", text), encoding="utf-8")
    (tmp_path / "data" / "areas" / "bad" / "area.toml").write_text("name_ja = 3\n")
    return tmp_path / "data"


@pytest.fixture(scope="module")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the sample town, which are those of each of the three."""
    folder = tmp_path_factory.mktemp("mirror")
    write_sample(folder)
    return folder


def build_many(data: Path, *arguments: str, environment: dict[str, str] | None = None) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tiles", "build-many", *arguments, "--json"],
        cwd=ROOT,
        env={**os.environ, "HYAKUSAKA_DATA": str(data), **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def answers(process: "subprocess.Popen[str]", cluster: Cluster, code: int = 0) -> dict[str, dict[str, Any]]:
    stdout, stderr = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == code, stderr + cluster.said()
    return {answer["area"]: answer for answer in json.loads(stdout)}


def outcomes(found: dict[str, dict[str, Any]]) -> dict[str, str]:
    return {area: answer["outcome"] for area, answer in found.items()}


def test_areas_in_a_bucket_have_the_bytes_of_a_single_machine_and_are_built_once(
    cluster: Cluster, object_store: ObjectStore, data: Path, mirror: Path, tmp_path: Path
) -> None:
    """Sources from a bucket and builds into one; the failing area is told, the others are built."""
    bucket, environment = object_store.bucket(), object_store.environment()
    with used(environment):
        store = Store(bucket)
        for name in ("one", "two"):
            for path in mirror.iterdir():
                Store(f"{bucket}/sources").write(f"{name}/{path.name}", path)
    order = ["one", "two", "bad", "--scheduler", cluster.address, "--out", bucket, "--sources", f"{bucket}/sources"]
    begun = build_many(data, *order, environment=environment)
    found = answers(begun, cluster, code=1)
    assert outcomes(found) == {"one": "built", "two": "built", "bad": "failed"}
    assert "area.toml" in found["bad"]["message"]
    with used(environment):
        alone = _built_alone(data, "one", mirror, tmp_path)
        assert find_current(store, "one") == found["one"]["build"] == alone.name
        fetched = BuildCache(store, tmp_path / "cache", 1 << 30).fetch("one", alone.name)
        archives = set(read_manifest(alone).archives.values()) | {"builder.json"}
        assert hash_files(fetched) == {name: file for name, file in hash_files(alone).items() if name not in archives}
        # What a desk has published is built, not what the area came with.
        folder = tmp_path / "published"
        folder.mkdir()
        text = (data / "areas" / "one" / "slopes.csv").read_text(encoding="utf-8-sig")
        (folder / "slopes.csv").write_text(f"{text}\n", encoding="utf-8-sig")
        push_catalogue(store, "one", folder, ["slopes.csv", "tours.csv"])
        third = answers(build_many(data, *order[:2], *order[3:], environment=environment), cluster)
        assert outcomes(third) == {"one": "built", "two": "unchanged"}
        manifest = BuildCache(store, tmp_path / "cache", 1 << 30).read_manifest("one", third["one"]["build"])
        assert sha256(folder / "slopes.csv") in {each.sha256 for each in manifest.inputs}


def _built_alone(data: Path, area: str, mirror: Path, tmp_path: Path) -> Path:
    places = ["--out", str(tmp_path / "alone"), "--sources", str(mirror)]
    command = [sys.executable, "-m", "tiles", "build", area, *places, "--offline"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "HYAKUSAKA_DATA": str(data)}, check=True, capture_output=True)
    return current_build(tmp_path / "alone", area)


@pytest.mark.area
def test_a_large_area_settled_in_parts_has_the_bytes_of_one_piece(
    cluster: Cluster, tmp_path: Path, portland: BuiltArea
) -> None:
    """Portland lies across a border of blocks; a slope across it is whole, and no grade differs by a bit."""
    environment = {"HYAKUSAKA_SOURCES": str(sources_folder())}
    out = tmp_path / "shared"
    order = ["portland", "--scheduler", cluster.address, "--out", str(out), "--sources", str(sources_folder())]
    process = build_many(tmp_path / "data", *order, "--parts-from", "2", "--offline", environment=environment)
    assert outcomes(answers(process, cluster)) == {"portland": "built"}
    assert current_build(out, "portland").name == portland.directory.name
    assert hash_files(current_build(out, "portland")) == hash_files(portland.directory)
    again = build_many(tmp_path / "data", *order, "--offline", environment=environment)
    assert outcomes(answers(again, cluster)) == {"portland": "unchanged"}


def test_a_killed_worker_and_a_restarted_scheduler_change_nothing(data: Path, mirror: Path, tmp_path: Path) -> None:
    """A worker is killed in the middle of its area, then the scheduler; in the end all areas are as if built alone."""
    out = tmp_path / "shared"
    with run_cluster(tmp_path / "cluster", 1) as cluster:
        first = cluster.processes[-1]
        process = build_many(
            data, "one", "two", "--scheduler", cluster.address, "--out", str(out), "--sources", str(mirror)
        )
        _until(lambda: any(out.glob("*/.building-*")), process, cluster)
        first.send_signal(signal.SIGKILL)
        first.wait(PATIENCE_S)
        second = cluster.start_worker()
        _until(lambda: any(out.glob("*/current")), process, cluster)
        cluster.scheduler.send_signal(signal.SIGKILL)
        second.send_signal(signal.SIGKILL)  # as a machine that is started again with all that runs on it
        for each in (cluster.scheduler, second):
            each.wait(PATIENCE_S)
        cluster.start_scheduler()
        cluster.start_worker()
        found = answers(process, cluster)
        assert set(found) == {"one", "two"}
    for area in ("one", "two"):
        alone = _built_alone(data, area, mirror, tmp_path)
        assert current_build(out, area).name == alone.name
        assert hash_files(current_build(out, area)) == hash_files(alone)
        assert not list(out.glob("*/.building-*"))


def _until(true: Callable[[], bool], process: "subprocess.Popen[str]", cluster: Cluster) -> None:
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert process.poll() is None, cluster.said()
        assert time.monotonic() < end, cluster.said()
        time.sleep(0.01)


def test_a_cluster_that_nobody_answers_at_is_said(data: Path) -> None:
    from tiles.cluster.many import carry_out_all  # noqa: PLC0415 (Dask takes a second to load)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HYAKUSAKA_DATA", str(data))
        from guide.domain.errors import BuildError  # noqa: PLC0415
        from tiles.cluster.order import order_of  # noqa: PLC0415

        order = order_of("one", out=str(data), sources=None, offline=True, parts_from=9, published=None)
        with pytest.raises(BuildError, match="No scheduler answers"):
            carry_out_all([order], "tcp://127.0.0.1:9", lambda _: None, patience_s=0.1)
