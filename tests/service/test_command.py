"""The command line, and the real server process."""

import socket
import time
from pathlib import Path

import httpx
import pytest

from guide.__main__ import main
from guide.domain.errors import UsageError
from guide.settings import Settings
from tests.api.built_area import drawn_town, slope_along, write_area
from tests.service.serving import PATIENCE_S, serving


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that must fail; returns its one sentence."""
    assert main(list(arguments)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    return said.err


@pytest.fixture
def data(build_root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HYAKUSAKA_DATA", str(build_root.parent))
    return build_root


@pytest.mark.usefixtures("data")
def test_wrong_usage_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Say what to do" in run(capsys)
    assert "dance" in run(capsys, "dance")
    assert "int" in run(capsys, "serve", "--port", "many")
    assert "0 to 65535" in run(capsys, "serve", "--port", "99999")
    assert "1 to 256" in run(capsys, "serve", "--workers", "0")
    assert "python -m tiles build atlantis" in run(capsys, "serve", "atlantis")
    assert "Cannot listen on 203.0.113.1" in run(capsys, "serve", "--host", "203.0.113.1")


@pytest.mark.usefixtures("data")
def test_a_port_in_use_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        said = run(capsys, "serve", "--port", str(other.getsockname()[1]))
    assert "Choose another with --port" in said


def test_settings_come_from_the_environment_and_go_back_to_it(tmp_path: Path) -> None:
    given = {
        "HYAKUSAKA_DATA": str(tmp_path),
        "HYAKUSAKA_PORT": "81",
        "HYAKUSAKA_AREAS": "a b",
        "HYAKUSAKA_WORKERS": "3",
    }
    settings = Settings.from_environment(given)
    cache = tmp_path / "depot-cache"
    expected = Settings(build_root=tmp_path / "build", areas=("a", "b"), port=81, workers=3, depot_cache=cache)
    assert settings == expected
    assert Settings.from_environment(settings.to_environment()) == settings
    assert Settings.from_environment({}) == Settings()
    with pytest.raises(UsageError, match="HYAKUSAKA_PORT must be a whole number, not 'x'"):
        Settings.from_environment({"HYAKUSAKA_PORT": "x"})


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_real_server_answers_and_ends_when_told(build_root: Path, workers: str) -> None:
    with (
        serving(build_root.parent, "drawn", "--workers", workers) as running,
        httpx.Client(base_url=running.address, timeout=PATIENCE_S) as client,
    ):
        assert [area["id"] for area in client.get("/api").json()["areas"]] == ["drawn"]
        route = client.post("/api/drawn/routes", json={"stops": [{"slope": "hachiman"}, {"slope": "hama"}]})
        assert route.status_code == 200, route.text
        taken = client.get("/api/drawn/routes?stop=slope:hachiman")
        assert taken.status_code == 200
        assert client.get("/api/%2e%2e%2f%2e%2e/x").status_code == 404


def test_a_new_build_is_served_by_the_running_process(tmp_path: Path) -> None:
    write_area(tmp_path / "build")
    with serving(tmp_path) as running, httpx.Client(base_url=running.address, timeout=PATIENCE_S) as client:
        items = "/api/drawn/collections/slopes/items"
        assert client.get(items).json()["numberMatched"] == 5
        write_area(tmp_path / "build", slopes=(slope_along(drawn_town(), "new", "新坂", "AD"),))
        end = time.monotonic() + PATIENCE_S
        while (count := client.get(items).json()["numberMatched"]) != 1:
            assert count == 5
            assert time.monotonic() < end
            time.sleep(0.05)
