"""A catalogue built anew on the streets that are there: what a full build gives, with only what changed made again."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from guide.area.files import MANIFEST, NETWORK
from guide.area.read import BuiltArea, current_build
from guide.area.write import hash_files
from guide.placing.measure import SlopeMeasurer
from guide.placing.slopes import SlopeFinder
from tests.conftest import ROOT
from tiles import guide_tiles
from tiles.__main__ import main
from tiles.rebuild import CatalogueBuilder

Edit = Callable[[str], str]


@pytest.fixture
def town(sample: BuiltArea, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample's build and catalogue that may be changed; returns the catalogue's folder."""
    data = tmp_path / "data"
    folder = data / "areas" / "sample"
    shutil.copytree(ROOT / "data" / "areas" / "sample", folder)
    builds = data / "build" / "sample"
    builds.mkdir(parents=True)
    shutil.copytree(sample.directory, builds / sample.directory.name, symlinks=True)
    (builds / "current").symlink_to(sample.directory.name)
    monkeypatch.setenv("HYAKUSAKA_DATA", str(data))
    return folder


def build_root(town: Path) -> Path:
    return town.parent.parent / "build"


def current(town: Path) -> Path:
    return current_build(build_root(town), "sample")


def rebuild(town: Path) -> Path:
    return CatalogueBuilder("sample", build_root(town), lambda _: nullcontext()).build()


def edit(path: Path, change: Edit) -> None:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def rename(text: str) -> str:
    return text.replace("見本坂,みほんざか,Mihon Slope", "新坂,しんざか,New Slope")


def drop(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("seigen-zaka")) + "\n"


def add(text: str) -> str:
    return text + "shin,波止坂,はとざか,Pier Slope,144.9985,41.0002,view,,,,,,,,,published\n"


def turn_round(text: str) -> str:
    first, *rows = text.splitlines()
    return "\n".join([first, *reversed(rows)]) + "\n"


def draw_in_the_wild(text: str) -> str:
    """A line that leaves the streets is measured on the ground alone."""
    first, *rows = text.splitlines()
    line = '"145.0021 41.0040, 145.0034 41.0046, 145.0049 41.0049"'
    return "\n".join([f"{first},line", *rows, f"ya,野坂,,Field Slope,,,,,,,,,,,,published,{line}"]) + "\n"


EDITS: dict[str, tuple[Edit, ...]] = {
    "slopes.csv": (rename, drop, add, turn_round, draw_in_the_wild),
    "tours.csv": (lambda text: text.replace("Above the harbour", "High above the harbour"),),
    "closures.csv": (lambda text: text.replace("ice", "works"),),
}


@pytest.mark.parametrize("files", [("slopes.csv",), ("tours.csv", "closures.csv")])
def test_it_gives_what_a_full_build_gives(files: tuple[str, ...], town: Path, tmp_path: Path) -> None:
    builder = CatalogueBuilder("sample", build_root(town), lambda _: nullcontext())
    for file in files:
        for change in EDITS[file]:
            edit(town / file, change)
            anew = builder.build()  # again and again, as the desk does
    assert main(["build", "sample", "--offline", "--out", str(tmp_path / "whole")]) == 0
    whole = current_build(tmp_path / "whole", "sample")
    assert hash_files(anew) == hash_files(whole)
    assert anew.name == whole.name
    assert current(town) == anew
    assert rebuild(town) == anew  # and so it does from the disc


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[object]]:
    """What was found, measured and encoded."""
    found: dict[str, list[object]] = {"found": [], "measured": [], "tiles": []}
    find, measure, encode = SlopeFinder.find, SlopeMeasurer.measure, guide_tiles.encode_tiles
    monkeypatch.setattr(SlopeFinder, "find", lambda self, entry: found["found"].append(entry.id) or find(self, entry))
    monkeypatch.setattr(
        SlopeMeasurer, "measure", lambda self, line: found["measured"].append(line.entry.id) or measure(self, line)
    )

    def encoded(*arguments: object, **named: object) -> Iterator[object]:
        for address, data in encode(*arguments, **named):  # type: ignore[arg-type]
            found["tiles"].append(address)
            yield address, data

    monkeypatch.setattr(guide_tiles, "encode_tiles", encoded)
    return found


def test_only_what_changed_is_found_measured_and_encoded(town: Path, counted: dict[str, list[object]]) -> None:
    edit(town / "slopes.csv", rename)
    rebuild(town)
    assert counted["found"] == ["mihon-zaka"]
    # The new name is no street's, so the old name's street is free for a slope of its own.
    assert len(counted["measured"]) <= 2
    assert 0 < len(counted["tiles"]) < 25


def test_nothing_changed_makes_nothing(town: Path, counted: dict[str, list[object]]) -> None:
    before = current(town)
    assert rebuild(town) == before
    assert counted == {"found": [], "measured": [], "tiles": []}


def test_streets_and_relief_are_links_to_the_same_bytes(town: Path) -> None:
    before = current(town)
    edit(town / "slopes.csv", rename)
    after = rebuild(town)
    assert after != before
    for name in (f"{NETWORK}/node_lng_lat.npy", "streets.pmtiles", "relief.pmtiles"):
        assert (before / name).samefile(after / name)
    archives = [json.loads((folder / MANIFEST).read_text())["archives"] for folder in (before, after)]
    assert archives[0]["guide"] != archives[1]["guide"]
    assert not (after / archives[0]["guide"]).exists()


def test_what_another_program_measured_is_measured_again(town: Path, counted: dict[str, list[object]]) -> None:
    path = current(town) / MANIFEST
    manifest = json.loads(path.read_text())
    manifest["code"]["sha256"] = "older"
    path.write_text(json.dumps(manifest))
    rebuild(town)
    assert len(counted["found"]) == 10
    assert json.loads((current(town) / MANIFEST).read_text())["code"]["sha256"] == "older"


def test_a_broken_catalogue_is_one_sentence_and_what_was_served_stays(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = current(town)
    (town / "slopes.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    assert main(["build", "sample", "--only", "catalogue"]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert "slopes.csv" in lines[-1]
    assert "Traceback" not in "".join(lines)
    assert current(town) == before


def test_a_build_without_what_the_builder_keeps_says_what_to_do(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (current(town) / "builder.json").unlink()
    assert main(["build", "sample", "--only", "catalogue"]) == 2
    assert "Build the whole area again" in capsys.readouterr().err


def test_it_does_not_load_what_only_a_full_build_needs() -> None:
    """The desk waits for this command; these libraries take longer to load than the catalogue to build."""
    script = "import sys, tiles.commands.build; print([m for m in ('rasterio', 'osmium', 'osmnx') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
