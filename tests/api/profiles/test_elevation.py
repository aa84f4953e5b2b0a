"""Heights along any line: from the models that the built area carries."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import TestClient

from guide.api.profiles.elevation import MOST_POINTS
from guide.area.read import BuiltArea, open_area
from guide.service.app import create_app
from guide.settings import Settings
from tests.conftest import sources_folder
from tests.e2e.service import serve
from tiles.build import build_area
from tiles.download import Network
from tiles.jobs import prepare

PATH = "/api/sample/elevation"


@pytest.fixture(scope="module")
def real_sample(tmp_path_factory: pytest.TempPathFactory) -> BuiltArea:
    """The sample area as the builder makes it, in a folder of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HYAKUSAKA_DATA", str(tmp_path_factory.mktemp("data")))
        job = prepare("sample", out=tmp_path_factory.mktemp("built"), network=Network(allowed=False))
        return open_area(build_area(job))


@pytest.fixture(scope="module")
def real(real_sample: BuiltArea, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Litestar]]:
    app = create_app(Settings(build_root=real_sample.directory.parent.parent), tmp_path_factory.mktemp("dist"))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def line(real_sample: BuiltArea) -> list[list[float]]:
    """A slope's own line."""
    slope = next(slope for slope in real_sample.slopes if slope.entry.id == "hobutsu-zaka")
    assert slope.line is not None
    points: list[list[float]] = slope.line.tolist()
    return points


def refused(reply: httpx.Response, status: int, kind: str) -> str:
    assert reply.status_code == status, reply.text
    assert reply.json()["type"] == f"/problems/{kind}"
    detail: str = reply.json()["detail"]
    return detail


def test_it_says_what_the_builder_measured(
    real: TestClient[Litestar], real_sample: BuiltArea, line: list[list[float]]
) -> None:
    slope = next(slope for slope in real_sample.slopes if slope.entry.id == "hobutsu-zaka")
    assert slope.measures is not None
    assert slope.measures.rise_m is not None
    reply = real.post(PATH, json={"line": line})
    assert reply.status_code == 200, reply.text
    found = reply.json()
    assert found["measures"]["length_m"] == pytest.approx(slope.measures.length_m, abs=0.5)
    assert found["measures"]["rise_m"] == pytest.approx(slope.measures.rise_m, abs=0.3)
    assert found["elevation_source"] == found["measures"]["elevation_source"] == real_sample.manifest.elevation[0].id
    assert len(found["distances_m"]) == len(found["elevations_m"]) == len(found["sigma_m"])
    assert found["distances_m"][-1] == found["measures"]["length_m"]
    assert found["bands"][0]["from_m"] == 0
    assert found["bands"][-1]["to_m"] == found["distances_m"][-1]
    assert found["warnings"] == []
    assert found["credits"]
    assert reply.headers["cache-control"] == "no-store"


def test_a_line_may_come_as_geojson_and_bring_more_than_is_needed(
    real: TestClient[Litestar], line: list[list[float]]
) -> None:
    geometry = {"type": "LineString", "coordinates": line, "bbox": [0, 0, 1, 1]}
    tall = {"type": "LineString", "coordinates": [[*point, 5.0] for point in line]}
    feature = {"type": "Feature", "properties": {"a": 1}, "geometry": geometry, "id": 4}
    replies = [real.post(PATH, json=body).json() for body in ({"line": line}, geometry, tall, feature)]
    assert all(reply == replies[0] for reply in replies)


def test_a_line_backwards_is_the_same_climb_down(real: TestClient[Litestar], line: list[list[float]]) -> None:
    up, down = (real.post(PATH, json={"line": points}).json()["measures"] for points in (line, line[::-1]))
    assert up["rise_m"] == pytest.approx(-down["rise_m"], abs=0.011)
    assert up["ascent_m"] == pytest.approx(down["descent_m"], abs=0.011)
    assert up["max_grade_20m_percent"] == pytest.approx(-down["max_grade_20m_percent"], abs=0.011)


def test_outside_nothing_is_known_and_it_says_so(real: TestClient[Litestar]) -> None:
    found = real.post(f"{PATH}?lang=en", json={"line": [[0, 0], [0.001, 0]]}).json()
    assert set(found["elevations_m"]) == {None}
    assert found["measures"]["length_m"] == pytest.approx(111.3, abs=0.2)
    assert found["measures"]["mean_grade_percent"] is None
    assert "Heights are not known" in found["warnings"][0]["message"]


def test_limits_are_told(real: TestClient[Litestar], line: list[list[float]]) -> None:
    many = np.linspace(line[0], line[-1], MOST_POINTS + 1).tolist()
    assert real.post(PATH, json={"line": many[:-1]}).status_code == 200
    assert "10001 points" in refused(real.post(PATH, json={"line": many}), 422, "line-not-measurable")
    assert "at most 200 km" in refused(real.post(PATH, json={"line": [[0, 0], [0, 2]]}), 422, "line-not-measurable")
    for none in ([], line[:1], [line[0], line[0]]):
        assert "has no length" in refused(real.post(PATH, json={"line": none}), 422, "line-not-measurable")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({}, "must hold one line"),
        ({"type": "LineString"}, "must hold one line"),
        ({"type": "Feature", "geometry": None}, "must hold one line"),
        ({"line": [[0, 0], [1, 1]], "type": "LineString", "coordinates": [[0, 0], [1, 1]]}, "must hold one line"),
        ({"type": "Polygon", "coordinates": []}, "Polygon"),
        ({"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}}, "Point"),
        ({"line": [[0, 0], [0]]}, "length"),
        ({"line": [[0, 0], ["east", 0]]}, "float"),
        ({"line": [[0, 0], [500_000, 4_690_000]]}, "Point 2 is not on the globe"),
    ],
)
def test_a_body_that_is_no_line_is_one_sentence(real: TestClient[Litestar], body: object, says: str) -> None:
    assert says in refused(real.post(PATH, json=body), 400, "bad-request")


def test_an_area_without_heights_says_what_to_do(client: TestClient[Litestar]) -> None:
    body = {"line": [[141, 42.3], [141.001, 42.3]]}
    for area in ("drawn", "bare"):
        assert "Build the area again" in refused(client.post(f"/api/{area}/elevation", json=body), 503, "not-built")


def test_damaged_heights_are_no_accident(real_sample: BuiltArea, tmp_path: Path) -> None:
    build = tmp_path / "sample" / "one"
    shutil.copytree(real_sample.directory, build)
    (tmp_path / "sample" / "current").symlink_to("one")
    file = real_sample.manifest.elevation[0].file
    assert file is not None
    (build / file).write_bytes(b"II*\0broken")
    with TestClient(create_app(Settings(build_root=tmp_path), tmp_path), raise_server_exceptions=False) as client:
        reply = client.post(PATH, json={"line": [[141, 42.3], [141.001, 42.3]]})
        assert "are damaged" in refused(reply, 503, "not-built")


NUMBERS = st.floats(-200, 200) | st.integers(-10, 10) | st.just(1e300)
LINES = st.lists(st.lists(NUMBERS, max_size=4), max_size=5) | st.none() | st.text(max_size=3)
BODIES = st.dictionaries(
    st.sampled_from(["line", "coordinates", "type", "geometry"]),
    LINES
    | st.sampled_from(["LineString", "Feature"])
    | st.dictionaries(st.sampled_from(["type", "coordinates"]), LINES),
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(BODIES)
def test_nothing_that_is_sent_breaks_it(real: TestClient[Litestar], body: dict[str, Any]) -> None:
    reply = real.post(PATH, content=json.dumps(body).encode(), headers={"content-type": "application/json"})
    assert reply.status_code in {200, 400, 422}, reply.text


@pytest.mark.area
def test_portland_answers_as_a_real_service(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HYAKUSAKA_DATA", str(tmp_path))
        patch.setenv("HYAKUSAKA_SOURCES", str(sources_folder()))
        build_area(prepare("portland", out=tmp_path / "build", network=Network(allowed=False)))
    steep = [[-122.68712, 45.50725], [-122.68600, 45.50695]]
    with serve(tmp_path / "build") as address, httpx.Client(base_url=address) as client:
        found = client.post("/api/portland/elevation", json={"line": steep}).json()
    assert found["elevation_source"] == "usgs-ned-10m"
    assert [credit["text"].split(",")[0] for credit in found["credits"]] == ["U.S. Geological Survey"]
    assert abs(found["measures"]["rise_m"]) > 15
