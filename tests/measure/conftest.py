import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.measure.models import write_dem
from tiles.__main__ import main


@pytest.fixture(scope="session")
def dem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_dem(tmp_path_factory.mktemp("dem") / "plane.tif")


@pytest.fixture
def measure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[list[dict[str, Any]], list[str]]]:
    """Runs the command; gives the measured features and what was said on stderr, line by line."""

    def run(lines: Path, *arguments: object) -> tuple[list[dict[str, Any]], list[str]]:
        out = tmp_path / "out.geojson"
        assert main(["measure", str(lines), *map(str, arguments), "--out", str(out)]) == 0
        said = capsys.readouterr()
        assert said.out == ""
        whole = json.loads(out.read_text())
        return whole.get("features", [whole]), said.err.splitlines()

    return run


@pytest.fixture
def refuse(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs a command that must fail; gives its one sentence."""

    def run(*arguments: object) -> str:
        assert main(["measure", *map(str, arguments)]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.count("\n") == 1, said.err
        assert "Traceback" not in said.err
        return said.err

    return run
