"""Planner processes: routes are not starved, the queue is bounded, and what dies is replaced."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator

import msgspec
import pytest

from guide.api.planner.planner import Planner
from guide.api.planner.work import Task
from guide.api.routes.formats import RouteFormat
from guide.api.routes.request import StopRequest
from guide.api.tours.request import PlanRequest
from guide.areas.served import ServedArea
from guide.domain.errors import BusyError, NothingFitsError

PATIENCE_S = 60


@pytest.fixture(scope="module")
def planner() -> Iterator[Planner]:
    planner = Planner(1, queue=2)
    yield planner
    planner.stop()


def wish(station: list[float], minutes: float = 45) -> PlanRequest:
    lng, lat = station
    return PlanRequest(start=StopRequest(lng_lat=(lng, lat)), time_budget_min=minutes)


async def answered(planner: Planner, area: ServedArea, request: PlanRequest) -> bytes:
    return await planner.answer(area, Task.PLAN, request, RouteFormat.JSON)


def test_a_process_of_its_own_gives_the_same_tour(planner: Planner, served: ServedArea, station: list[float]) -> None:
    own = Planner(0)
    here = asyncio.run(answered(own, served, wish(station)))
    own.stop()
    there = asyncio.run(answered(planner, served, wish(station)))
    assert msgspec.json.decode(there) == msgspec.json.decode(here)


def test_errors_come_back_whole(planner: Planner, served: ServedArea, station: list[float]) -> None:
    with pytest.raises(NothingFitsError) as error:
        asyncio.run(answered(planner, served, wish(station, 5)))
    assert error.value.changes[0].field == "time_budget_min"
    assert error.value.message.endswith(".")


def test_who_finds_the_queue_full_hears_when_to_come_back(
    planner: Planner, served: ServedArea, station: list[float]
) -> None:
    async def crowd() -> list[bytes | BaseException]:
        asking = [answered(planner, served, wish(station)) for _ in range(8)]
        return await asyncio.gather(*asking, return_exceptions=True)

    found = asyncio.run(crowd())
    refused = [each for each in found if isinstance(each, BusyError)]
    assert len(refused) == 5
    assert all(1 <= each.wait_s <= 30 for each in refused)
    assert len([each for each in found if isinstance(each, bytes)]) == 3
    assert asyncio.run(answered(planner, served, wish(station)))


def test_a_process_that_dies_is_replaced(planner: Planner, served: ServedArea, station: list[float]) -> None:
    before = asyncio.run(answered(planner, served, wish(station)))
    for process in workers(planner):
        os.kill(process, signal.SIGKILL)
    assert asyncio.run(answered(planner, served, wish(station))) == before


def test_stopping_ends_the_processes(served: ServedArea, station: list[float]) -> None:
    planner = Planner(1)
    asyncio.run(answered(planner, served, wish(station)))
    (process,) = workers(planner)
    planner.stop()
    end = time.monotonic() + PATIENCE_S
    while alive(process) and time.monotonic() < end:
        time.sleep(0.02)
    assert not alive(process)


def workers(planner: Planner) -> list[int]:
    executor = planner._executor  # noqa: SLF001 (only a test kills its processes)
    return list(executor._processes)  # type: ignore[union-attr]  # noqa: SLF001


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
