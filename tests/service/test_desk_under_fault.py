"""The desk when everything dies: what was acknowledged is there, and nobody ever sees half of anything."""

import os
import random
import re
import signal
import threading
import time
from pathlib import Path

import httpx
import pytest

from guide.area.read import BuiltArea
from guide.catalogue.office import Office
from guide.catalogue.store.database import Database
from guide.catalogue.workflow.people import Role
from tests.databases import Databases
from tests.service.colleague import Colleague, add_account
from tests.service.desk_town import AREA, PAIR, Process, import_rows, lay_out, publish_pair, running
from tests.service.serving import PATIENCE_S

MOMENTS = 10
"""On each of the two databases."""

NEW_ROWS = 10
SEED = 20_261_124
ITEMS = f"/api/{AREA}/collections/slopes/items"


class Work:
    """One round of work: an import that changes the pair and adds rows, then the pair published; and its word on it."""

    def __init__(self, address: str, number: int) -> None:
        self.number = number
        self.imported = False
        self.published = False
        self.took_s = 0.0
        self._address = address
        self._thread = threading.Thread(target=self._run)

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        self._thread.join(PATIENCE_S)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        pair = [f"{key},{name}の坂{self.number}" for key, name in zip(PAIR, ("甲", "乙"), strict=True)]
        fresh = [f",取込{self.number}-{row},40.99,144.99" for row in range(NEW_ROWS)]
        begun = time.monotonic()
        try:
            with Colleague(self._address, "Tanaka", AREA) as who:
                self.imported = import_rows(who, [*pair, *fresh])
                self.published = publish_pair(who)
        except (httpx.HTTPError, AssertionError):
            pass  # the service is gone: whatever it has not said does not count
        self.took_s = time.monotonic() - begun


class Reader:
    """A visitor who never stops looking at the pair."""

    def __init__(self, process: Process) -> None:
        self.odd: list[str] = []
        self.seen: set[int] = set()
        self._process = process
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def end(self, last: int) -> None:
        """End it, once it has seen the last publication too."""
        end = time.monotonic() + PATIENCE_S
        while last not in self.seen and time.monotonic() < end:
            time.sleep(0.05)
        self._ended.set()
        self._thread.join(PATIENCE_S)

    def _run(self) -> None:
        while not self._ended.wait(0.05):
            try:
                reply = httpx.get(f"{self._process.address}{ITEMS}?limit=1000", timeout=PATIENCE_S)
            except httpx.HTTPError:
                continue  # it is being killed
            if reply.status_code != 200:
                self.odd.append(f"{reply.status_code}")
                continue
            numbers = pair_numbers(reply)
            self.seen |= numbers
            if len(numbers) > 1:
                self.odd.append(f"half of {numbers}")


def pair_numbers(reply: httpx.Response) -> set[int]:
    """The rounds whose names the pair carries for visitors; one if what they see is whole."""
    names = {each["id"]: each["properties"]["name"] for each in reply.json()["features"]}
    found = [re.fullmatch(r".の坂(\d+)", names[key]) for key in PAIR]
    return {int(each[1]) if each else -1 for each in found}


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_at_any_moment_nothing_acknowledged_is_lost_and_nothing_is_half_done(
    sample: BuiltArea, databases: Databases, tmp_path: Path
) -> None:
    data, url = lay_out(sample.directory, tmp_path), databases.url()
    add_account(data, "Tanaka", Role.PUBLISHER, url)
    chance = random.Random(SEED)  # noqa: S311 (any numbers will do)
    last_published = 0
    with running(data, HYAKUSAKA_DATABASE_URL=url) as process:
        reader = Reader(process)
        undisturbed = Work(process.address, 0)
        undisturbed.start()
        undisturbed.join()
        assert undisturbed.imported
        assert undisturbed.published
        for number in range(1, MOMENTS + 1):
            work = Work(process.address, number)
            work.start()
            time.sleep(chance.uniform(0, 1.2) * undisturbed.took_s)  # from its beginning to a little after its end
            if number % 2:
                process.kill()
                work.join()
                process.start()
            else:
                if (builder := process.builder()) is not None:
                    os.kill(builder, signal.SIGKILL)
                work.join()
            last_published = number if work.published else last_published
            _look_into(data, url, work, last_published)
        reader.end(_until_shown(process, data, url))
    assert reader.odd == []
    assert len(reader.seen) > 1  # publications got through, between the deaths


def _look_into(data: Path, url: str, work: Work, last_published: int) -> None:
    """The database itself, beside the service."""
    office = Office(Database(url), data)
    try:
        names = [record.name for record in office.listing.all(AREA)]
        fresh = sum(name.startswith(f"取込{work.number}-") for name in names)
        changed = sum(name in {f"甲の坂{work.number}", f"乙の坂{work.number}"} for name in names)
        assert (fresh, changed) in {(0, 0), (NEW_ROWS, 2)}
        assert fresh or not work.imported
        public = {entry.id: getattr(entry, "name", "") for entry in office.publishing.public(AREA).entries}
        numbers = {re.sub(r"\D", "", public[key]) for key in PAIR}
        assert len(numbers) == 1
        assert int(numbers.pop() or -1) >= last_published
    finally:
        office.close()


def _until_shown(process: Process, data: Path, url: str) -> int:
    """The last publication reaches visitors by itself, whatever died on its way; returns its round."""
    office = Office(Database(url), data)
    public = {entry.id: getattr(entry, "name", "") for entry in office.publishing.public(AREA).entries}
    office.close()
    end = time.monotonic() + PATIENCE_S
    while True:
        reply = httpx.get(f"{process.address}{ITEMS}?limit=1000", timeout=PATIENCE_S)
        shown = {each["id"]: each["properties"]["name"] for each in reply.json()["features"]}
        if all(shown[key] == public[key] for key in PAIR):
            return pair_numbers(reply).pop()
        assert time.monotonic() < end, (data / "service.log").read_text()[-3000:]
        time.sleep(0.1)
