from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guide.area.read import BuiltArea
from guide.areas.served import ServedArea
from guide.service.app import create_app
from guide.settings import Settings


@pytest.fixture(scope="session")
def client(sample: BuiltArea, build_root: Path) -> Iterator[TestClient[Litestar]]:
    """The service over the sample town, planning in its own process."""
    assert sample.streets is not None
    with TestClient(create_app(Settings(build_root=build_root)), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def served(sample: BuiltArea) -> ServedArea:
    return ServedArea(sample.directory)


@pytest.fixture(scope="session")
def station(sample: BuiltArea) -> list[float]:
    """Where an afternoon begins and ends."""
    return list(next(mark.lng_lat for mark in sample.landmarks if mark.kind == "station"))


Plan = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def plan(client: TestClient[Litestar], station: list[float]) -> Plan:
    """Plans a tour from the station; what is given overrides the usual wish."""

    def ask(**wish: object) -> dict[str, Any]:
        body = {"start": {"lng_lat": station}, "time_budget_min": 90, "language": "en", **wish}
        reply = client.post("/api/sample/tours/plan", json=body)
        assert reply.status_code == 200, reply.text
        found: dict[str, Any] = reply.json()
        return found

    return ask
