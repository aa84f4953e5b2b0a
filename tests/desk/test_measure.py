"""What the map says while one draws is what a build makes of it, in some milliseconds."""

from pathlib import Path

import pytest

from guide.area.features import measures_to_wire
from guide.area.read import BuiltArea
from guide.areas.served import ServedArea
from guide.catalogue.cells import cells_of
from guide.catalogue.office import Office
from guide.catalogue.store.database import Database
from guide.catalogue.workflow.people import Role
from guide.desk.drawing.surveyor import surveyor_of
from guide.desk.opening import OpenOffice
from guide.service.app import create_app
from guide.settings import Settings
from tests.catalogue.offices import CHEAP_PASSWORDS
from tests.databases import copy_of
from tests.desk.staff import Staff


@pytest.fixture(scope="module")
def served(sample: BuiltArea) -> ServedArea:
    return ServedArea(sample.directory)


@pytest.fixture
def someone(sqlite_folder: Path, build_root: Path, sample: BuiltArea, tmp_path: Path) -> Staff:
    assert sample.directory.is_dir()
    settings = Settings(build_root=build_root, access_log=False)
    app = create_app(settings)
    office = Office(Database(f"sqlite:///{copy_of(sqlite_folder, tmp_path)}"), tmp_path, passwords=CHEAP_PASSWORDS)
    app.state.offices = OpenOffice(settings, office=office)
    return Staff(app, office, Role.EDITOR)


def tell(someone: Staff, what: str, **cells: str) -> dict[str, object]:
    headers = {"x-desk-mark": someone.mark}
    reply = someone.client.post(f"/desk/sample/measure/{what}", json={"cells": cells}, headers=headers)
    assert reply.status_code == 200, reply.text
    found: dict[str, object] = reply.json()
    return found


def test_a_slope_is_measured_as_the_build_does(served: ServedArea) -> None:
    surveyor = surveyor_of(served)
    catalogue = [slope for slope in served.slopes.values() if slope.entry.lng_lat is not None]
    assert len(catalogue) >= 10
    for built in catalogue:
        slope, _ = surveyor.slope(built.entry)
        assert measures_to_wire(slope.measures) == measures_to_wire(built.measures)
        assert slope.line is not None
        assert built.line is not None
        assert abs(slope.line - built.line).max() < 1e-6


def test_a_drawn_line_is_snapped_to_the_streets_and_told_of(someone: Staff, served: ServedArea) -> None:
    line = served.slopes["kyokugen-zaka"].line
    assert line is not None
    shaky = ", ".join(f"{lng + 3e-5} {lat - 2e-5}" for lng, lat in line[::3].tolist())
    found = tell(someone, "slope", name="描いた坂", line=shaky)
    assert found["on_streets"]
    assert "23" in str(found["sentence"])
    assert found["measures"]["mean_grade_percent"] == pytest.approx(23.4, abs=0.6)  # type: ignore[index]
    assert len(found["profile"]["bands"]) >= 1  # type: ignore[index]


def test_a_point_finds_its_street(someone: Staff, served: ServedArea) -> None:
    cells = cells_of(served.slopes["mihon-zaka"].entry)
    found = tell(someone, "slope", name=cells["name"], lng=cells["lng"], lat=cells["lat"])
    assert found["measures"]["length_m"] == measures_to_wire(served.slopes["mihon-zaka"].measures)["length_m"]  # type: ignore[index]


def test_what_is_no_place_is_no_error(someone: Staff) -> None:
    for cells in ({}, {"lng": "x", "lat": "y"}, {"line": "1 2"}, {"lng": "0", "lat": "0", "name": "海"}):
        assert tell(someone, "slope", **cells)["line"] is None  # type: ignore[arg-type]
    assert tell(someone, "tour")["line"] is None
    assert tell(someone, "tour", stops="nowhere;nothing")["line"] is None
    assert tell(someone, "closure")["lines"] == []


def test_a_tour_is_walked_and_a_closure_laid_on_its_streets(someone: Staff) -> None:
    walk = tell(someone, "tour", stops="suretsu-kaidan:up;yogen-zaka:down")
    assert walk["distance_m"] > 100  # type: ignore[operator]
    closure = tell(someone, "closure", kind="closed", slope="kyokugen-zaka")
    assert len(closure["lines"]) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("body", ["", "[]", '{"cells": 1}', '{"cells": {"a": 1}}', '{"x": {}}', "{"])
def test_what_is_no_question_is_refused(someone: Staff, body: str) -> None:
    headers = {"x-desk-mark": someone.mark, "content-type": "application/json"}
    reply = someone.client.post("/desk/sample/measure/slope", content=body, headers=headers)
    assert reply.status_code == 400
