"""The whole pipeline: the same bytes from the same inputs, honest about bad ones, safe against its own death."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import geojson
import numpy as np
import pyogrio
import pytest

from guide.area.files import CURRENT, MANIFEST
from guide.area.read import BuiltArea, current_build
from guide.area.write import hash_files
from guide.terrain.geotiff_write import write_geotiff
from tests.conftest import sources_folder
from tiles.__main__ import main
from tiles.sample.write import write_sample

AREA_TOML = """
name_ja = "丘"
name_en = "Hill"
bbox = [144.9, 40.9, 145.1, 41.1]
time_zone = "Asia/Tokyo"
slope_words = ["坂"]

[osm]
file = "sample.osm.pbf"
origin = "file"
licence = "CC0-1.0"
credit = "streets of nobody"

[[elevation]]
id = "hill-dem"
kind = "geotiff"
file = "sample-dem.tif"
origin = "file"
resolution_m = 0.0
sigma_m = 0.3
licence = "CC0-1.0"
credit = "heights of nobody"
"""


@pytest.fixture
def hill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An area of one's own, "hill", whose source files may be meddled with; returns their folder."""
    folder = tmp_path / "data" / "areas" / "hill"
    folder.mkdir(parents=True)
    (folder / "area.toml").write_text(AREA_TOML, encoding="utf-8")
    sources = tmp_path / "sources" / "hill"
    sources.mkdir(parents=True)
    write_sample(sources)
    monkeypatch.setenv("HYAKUSAKA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("HYAKUSAKA_SOURCES", str(tmp_path / "sources"))
    return sources


def current(hill: Path) -> Path:
    return current_build(hill.parent.parent / "data" / "build", "hill")


def test_two_builds_of_the_same_inputs_are_the_same_bytes(hill: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert main(["build", "hill", "--out", str(tmp_path / name)]) == 0
    one, two = (current_build(tmp_path / name, "hill") for name in ("one", "two"))
    assert one.name == two.name
    assert hash_files(one) == hash_files(two)
    assert hill.is_dir()


@pytest.mark.area
def test_two_builds_of_portland_are_the_same_bytes(
    tmp_path: Path, portland: BuiltArea, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYAKUSAKA_SOURCES", str(sources_folder()))
    assert main(["build", "portland", "--out", str(tmp_path)]) == 0
    assert hash_files(current_build(tmp_path, "portland")) == hash_files(portland.directory)


def test_a_build_that_is_current_is_left_alone_if_asked(hill: Path) -> None:
    assert main(["build", "hill"]) == 0
    before = (current(hill) / MANIFEST).stat().st_mtime_ns
    assert main(["build", "hill", "--if-changed"]) == 0
    assert (current(hill) / MANIFEST).stat().st_mtime_ns == before
    (hill / "sample-dem.tif").touch()
    assert main(["build", "hill", "--if-changed"]) == 0  # touched, but the same bytes
    assert (current(hill) / MANIFEST).stat().st_mtime_ns == before
    cut_dem(hill)
    assert main(["build", "hill", "--if-changed"]) == 0
    assert (current(hill) / MANIFEST).stat().st_mtime_ns != before


def cut_dem(hill: Path) -> None:
    """A model that covers the western half only, in another coordinate system."""
    write_geotiff(
        hill / "sample-dem.tif",
        elevation_m=np.fromfunction(lambda row, column: 50 + 0 * row + 0 * column, (400, 180)).astype(np.float32),
        crs="EPSG:32655",
        west=330_000.0,
        north=4_543_000.0,
        cell_size=10.0,
    )


def test_the_manifest_names_every_input_and_output(hill: Path) -> None:
    assert main(["build", "hill"]) == 0
    directory = current(hill)
    manifest = json.loads((directory / MANIFEST).read_text())
    assert [entry["id"] for entry in manifest["inputs"]] == ["area", "osm", "hill-dem"]
    assert [credit["text"] for credit in manifest["credits"]] == ["streets of nobody", "heights of nobody"]
    assert manifest["elevation"][0]["resolution_m"] == pytest.approx(5.0, abs=0.01)
    assert set(manifest["files"]) == {
        path.relative_to(directory).as_posix()
        for path in directory.rglob("*")
        if path.is_file() and not path.is_symlink() and path.name != MANIFEST
    }
    assert str(hill) not in (directory / MANIFEST).read_text()


def test_the_outputs_open_in_gdal(hill: Path) -> None:
    assert main(["build", "hill"]) == 0
    directory = current(hill)
    slopes = geojson.loads((directory / "slopes.geojson").read_text(encoding="utf-8"))
    assert slopes.is_valid, slopes.errors()
    assert pyogrio.read_info(directory / "slopes.geojson")["features"] == len(slopes["features"])
    layers = {str(name) for name, _ in pyogrio.list_layers(directory / "guide.pmtiles")}
    assert layers == {"slopes", "slope_bands", "slope_points", "landmarks"}
    ground = {str(name) for name, _ in pyogrio.list_layers(directory / "streets.pmtiles")}
    assert ground == {"streets", "water", "green", "buildings", "railways", "labels", "unknown"}
    streets = pyogrio.read_info(directory / "streets.pmtiles", layer="streets")
    assert {"kind", "grade_percent", "band"} <= set(streets["fields"])


def test_graphml_joins_the_other_files(hill: Path) -> None:
    assert main(["build", "hill"]) == 0
    before = hash_files(current(hill))
    assert main(["build", "hill", "--only", "graphml"]) == 0
    after = hash_files(current(hill))
    assert after.pop("network.graphml").bytes > 1000
    assert {name: file for name, file in after.items() if name != MANIFEST} == {
        name: file for name, file in before.items() if name != MANIFEST
    }


def test_the_catalogue_alone_can_be_built_and_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYAKUSAKA_DATA", str(tmp_path))
    monkeypatch.setenv("HYAKUSAKA_SOURCES", str(tmp_path))
    assert main(["build", "muroran", "--only", "catalogue", "--offline"]) == 0
    manifest = json.loads((current_build(tmp_path / "build", "muroran") / MANIFEST).read_text())
    assert not manifest["complete"]
    assert {missing["source"] for missing in manifest["missing"]} >= {"osm", "gsi-dem"}
    assert all(missing["message_ja"] and missing["message_en"] for missing in manifest["missing"])
    assert manifest["counts"]["slopes"] == 28
    assert manifest["counts"]["landmarks"] == 38


def test_streets_outside_the_model_have_unknown_heights_not_zero(hill: Path) -> None:
    cut_dem(hill)
    assert main(["build", "hill"]) == 0
    manifest = json.loads((current(hill) / MANIFEST).read_text())
    assert 0 < manifest["counts"]["streets_unknown_km"] < manifest["counts"]["streets_km"]
    assert "elevation.part-unknown" in {finding["code"] for finding in manifest["findings"]}
    slopes = json.loads((current(hill) / "slopes.geojson").read_text(encoding="utf-8"))["features"]
    rises = [slope["properties"]["rise_m"] for slope in slopes]
    assert None in rises
    assert all(rise == pytest.approx(0) for rise in rises if rise is not None)  # the model is flat


def remove(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def replace_by_page(path: Path) -> None:
    path.write_text("<html><body>Moved</body></html>")


@pytest.mark.parametrize("file", ["sample.osm.pbf", "sample-dem.tif"])
@pytest.mark.parametrize("spoil", [remove, empty, halve, replace_by_page])
def test_a_broken_source_is_one_sentence_and_what_was_served_stays(
    hill: Path, capsys: pytest.CaptureFixture[str], file: str, spoil: Callable[[Path], None]
) -> None:
    assert main(["build", "hill"]) == 0
    served = current(hill)
    spoil(hill / file)
    capsys.readouterr()
    assert main(["build", "hill"]) == 2
    sentence = capsys.readouterr().err.strip().splitlines()[-1]
    assert file in sentence
    assert "Traceback" not in sentence
    assert current(hill) == served


@pytest.mark.parametrize(
    "arguments",
    [["build", "atlantis"], ["build", "../sample"], ["fetch", ""], ["build", "muroran", "--only", "graphml"]],
)
def test_wrong_usage_is_one_sentence(arguments: list[str], hill: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hill.is_dir()
    assert main(arguments) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert "Traceback" not in lines[0]


def test_a_broken_area_file_is_one_sentence(hill: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hill.is_dir()
    path = tmp_path / "data" / "areas" / "hill" / "area.toml"
    for text in (
        "name_ja = ",
        AREA_TOML.replace("bbox = [144.9", "bbox = [149.9"),
        AREA_TOML.replace("sigma_m", "sigma"),
    ):
        path.write_text(text, encoding="utf-8")
        assert main(["build", "hill"]) == 2
        assert "area.toml" in capsys.readouterr().err.strip().splitlines()[-1]


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["sources", "streets", "heights", "slopes", "slope tiles", "street tiles", "network"])
def test_a_build_killed_after_any_stage_leaves_what_was_served(hill: Path, tmp_path: Path, stage: str) -> None:
    """The process is killed the moment it says that a stage has ended."""
    build_root = tmp_path / "data" / "build"
    assert main(["build", "hill"]) == 0
    served = current(hill)
    shutil.copytree(served, tmp_path / "copy", symlinks=True)
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "tiles", "build", "hill"], stderr=subprocess.PIPE, text=True, env=os.environ.copy()
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith(f"hill: {stage}"):
            process.send_signal(signal.SIGKILL)
            break
    process.stderr.close()
    assert process.wait() == -signal.SIGKILL
    assert (build_root / "hill" / CURRENT).resolve() == served
    assert hash_files(served) == hash_files(tmp_path / "copy")
    for _ in range(100):
        if main(["build", "hill"]) == 0:
            break
        time.sleep(0.1)  # a child of the killed build may still hold the lock for a moment
    assert not list((build_root / "hill").glob(".building-*"))
    assert current(hill) == served
