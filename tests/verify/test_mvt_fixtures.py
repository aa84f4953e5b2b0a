"""Our check of tiles against the standard's own collection of valid and invalid ones."""

import json
import os
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tiles.verify.mvt import check_tile
from tiles.verify.problems import Report

FIXTURES = ROOT / "guide" / "web" / "node_modules" / "@mapbox" / "mvt-fixtures"
TWINS = {"003": "016", "051": "057"}
"""Invalid by their description, but in the very form of a tile that the collection calls valid."""

needs_packages = pytest.mark.skipif(not FIXTURES.is_dir(), reason="the page's npm packages are missing (make web)")


def test_the_collection_is_there_where_it_must_be() -> None:
    assert FIXTURES.is_dir() or not os.environ.get("CI")


def fixtures(*, valid: bool) -> list[str]:
    infos = {path.parent.name: json.loads(path.read_text()) for path in sorted(FIXTURES.glob("fixtures/*/info.json"))}
    return [name for name, info in infos.items() if info["validity"]["v2"] is valid]


def check(path: Path) -> Report:
    report = Report()
    check_tile(path.read_bytes(), path.parent.name, report)
    return report


@pytest.mark.parametrize("name", fixtures(valid=True))
def test_a_valid_tile_is_accepted(name: str) -> None:
    assert check(FIXTURES / "fixtures" / name / "tile.mvt").problems == []


@pytest.mark.parametrize("name", sorted(set(fixtures(valid=False)) - set(TWINS)))
def test_an_invalid_tile_is_rejected(name: str) -> None:
    assert check(FIXTURES / "fixtures" / name / "tile.mvt").count > 0


@needs_packages
def test_enough_invalid_ones_are_rejected() -> None:
    assert len(set(fixtures(valid=False)) - set(TWINS)) >= 25


@needs_packages
@pytest.mark.parametrize(("invalid", "valid"), TWINS.items())
def test_what_is_let_through_looks_like_a_valid_one(invalid: str, valid: str) -> None:
    """If these ever differ in form, we should reject the invalid ones too."""
    geometries = [
        [feature["geometry"][0] for layer in tile["layers"] for feature in layer["features"]]
        for name in (invalid, valid)
        for tile in [json.loads((FIXTURES / "fixtures" / name / "tile.json").read_text())]
    ]
    assert geometries[0] == geometries[1]


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("real-world/*/*.mvt"))[::7], ids=lambda path: path.stem)
def test_tiles_of_the_real_world_are_accepted(path: Path) -> None:
    content = path.read_bytes()
    if content[:2] != b"\x1f\x8b":
        assert check(path).problems == []
