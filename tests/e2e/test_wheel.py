"""The built wheel holds everything: the service runs from it, far from the source tree."""

import json
import os
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.e2e.service import serve


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(ROOT)], check=True)
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_holds_code_page_and_areas_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {"guide/web/dist/index.html", "guide/domain/texts/ja.toml", "tiles/areas/muroran/area.toml"} <= set(names)
    assert any(name.startswith("guide/web/dist/assets/") for name in names)
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"guide", "tiles"}
    assert not [name for name in names if "node_modules" in name or "/web/src/" in name or "__pycache__" in name]


def test_the_sample_is_built_and_served_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    data = tmp_path / "data"
    environment = {**os.environ, "PYTHONPATH": str(site), "HYAKUSAKA_DATA": str(data), "HYAKUSAKA_SOURCES": ""}
    where = "import guide, tiles; print(guide.__file__, tiles.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", where], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert all(path.startswith(str(site)) for path in found.stdout.split())

    build = [sys.executable, "-m", "tiles", "build", "sample", "--offline"]
    subprocess.run(build, cwd=tmp_path, env=environment, capture_output=True, check=True)
    with serve(data / "build", cwd=tmp_path, environment={"PYTHONPATH": str(site)}) as address:
        with urllib.request.urlopen(f"{address}/") as reply:
            assert b"<html" in reply.read()
        with urllib.request.urlopen(f"{address}/api") as reply:
            assert [area["id"] for area in json.load(reply)["areas"]] == ["sample"]
