"""The desk of a running service: what is published reaches visitors by itself, and none of them meets a failure."""

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Self

import httpx
import pytest

from guide.area.files import NETWORK
from guide.area.read import BuiltArea
from guide.catalogue.workflow.people import Role
from tests.databases import Databases
from tests.service.colleague import Colleague, add_account
from tests.service.desk_town import AREA, PAIR, Process, import_rows, lay_out, publish_pair, running
from tests.service.serving import PATIENCE_S, ROOT

JST = timezone(timedelta(hours=9))
SLOPE = PAIR[0]
ITEM = f"/api/{AREA}/collections/slopes/items/{SLOPE}"
PATHS = (
    f"/api/{AREA}/collections/slopes/items", f"/api/{AREA}/search?q=zaka", ITEM, f"/api/{AREA}",
    f"/api/{AREA}/slopes/{SLOPE}/profile", f"/api/{AREA}/collections/closures/items", f"/api/{AREA}/tiles/guide.json",
    f"/api/{AREA}/open-data/slopes.csv", "/",
)  # fmt: skip


@pytest.fixture
def data(sample: BuiltArea, tmp_path: Path) -> Path:
    return lay_out(sample.directory, tmp_path)


@pytest.fixture
def url(databases: Databases) -> str:
    return databases.url()


@pytest.fixture
def process(data: Path, url: str) -> Iterator[Process]:
    add_account(data, "Tanaka", Role.PUBLISHER, url)
    with running(data, HYAKUSAKA_DATABASE_URL=url) as process:
        yield process


@pytest.fixture
def publisher(process: Process) -> Iterator[Colleague]:
    with Colleague(process.address, "Tanaka", AREA) as who:
        yield who


class Visitors:
    """Some who never stop asking, and what failed for them."""

    def __init__(self, address: str, count: int = 3) -> None:
        self.failed: list[str] = []
        self.asked = Counter[str]()
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(address, number)) for number in range(count)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(PATIENCE_S)

    def _ask(self, address: str, number: int) -> None:
        with httpx.Client(base_url=address, timeout=PATIENCE_S) as client:
            while not self._ended.is_set():
                path = PATHS[number % len(PATHS)]
                number += 1
                try:
                    reply = client.get(path)
                except httpx.HTTPError as error:
                    self.failed.append(f"{type(error).__name__} {path}")
                    continue
                self.asked[path] += 1
                if reply.status_code != 200:
                    self.failed.append(f"{reply.status_code} {path}")


def until(what: Callable[[], bool], data: Path) -> None:
    end = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < end, (data / "service.log").read_text()[-3000:]
        time.sleep(0.05)


def get(process: Process, path: str) -> httpx.Response:
    return httpx.get(f"{process.address}{path}", timeout=PATIENCE_S)


def name_of(process: Process) -> str:
    return str(get(process, ITEM).json()["properties"]["name"])


def test_what_is_published_shows_everywhere_without_one_failed_request(
    process: Process, publisher: Colleague, data: Path
) -> None:
    with Visitors(process.address) as visitors:
        before = get(process, f"/api/{AREA}/tiles/guide.json").json()["tiles"]
        for number in range(3):
            name = f"新しい名{number}の坂"
            assert publisher.save(f"slopes/{SLOPE}", name=name).status_code == 303
            assert name_of(process) != name  # typing changes nothing for visitors
            assert publisher.publish(f"slopes/{SLOPE}").status_code == 303
            until(lambda name=name: name_of(process) == name, data)  # type: ignore[misc]
            found = get(process, f"/api/{AREA}/search?q={name}").json()
            assert SLOPE in json.dumps(found)
            assert name in get(process, f"/api/{AREA}/open-data/slopes.csv").text
        assert get(process, f"/api/{AREA}/tiles/guide.json").json()["tiles"] != before  # the map's tiles are others
        assert "on its way" not in publisher.get(f"/desk/{AREA}").text
    assert visitors.failed == []
    assert sum(visitors.asked.values()) > 10


def test_a_closure_is_gone_round_while_it_lasts_and_then_no_more(
    process: Process, publisher: Colleague, data: Path
) -> None:
    begins = datetime(2027, 3, 1, 9, 0, tzinfo=JST)
    reply = publisher.post(
        "closures",
        {
            "id": "works", "kind": "closed", "slope": SLOPE, "description_ja": "石段の工事", "description_en": "Works",
            "starts": f"{begins:%Y-%m-%d}", "starts_time": "09:00", "ends": f"{begins:%Y-%m-%d}", "ends_time": "12:00",
        },
    )  # fmt: skip
    assert reply.status_code == 303, re.findall(r"class=\"(?:problem|note)[^>]*>[^<]*", reply.text)
    assert publisher.publish("closures/works").status_code == 303
    closures = f"/api/{AREA}/collections/closures/items"
    until(lambda: any(each["id"] == "works" for each in get(process, closures).json()["features"]), data)

    def walk(hours: float) -> httpx.Response:
        leaving = begins + timedelta(hours=hours)
        body = {"stops": [{"slope": SLOPE}], "depart_at": leaving.isoformat()}
        return httpx.post(f"{process.address}/api/{AREA}/routes", json=body, timeout=PATIENCE_S)

    free, closed, again = walk(-1), walk(1), walk(3.5)
    assert free.status_code == again.status_code == 200
    assert "石段の工事" not in free.text + again.text
    assert "Works" not in free.text + again.text
    assert closed.status_code != 200 or "works" in closed.text.casefold()
    before, during = (
        get(process, f"{closures}?datetime={(begins + timedelta(hours=hours)).isoformat()}".replace("+", "%2B"))
        for hours in (-1, 1)
    )
    assert "works" not in [each["id"] for each in before.json()["features"]]
    assert "works" in [each["id"] for each in during.json()["features"]]


def test_a_build_that_fails_leaves_the_old_and_the_desk_says_why(
    process: Process, publisher: Colleague, data: Path
) -> None:
    before = name_of(process)
    streets = (data / "build" / AREA / "current").resolve() / NETWORK
    away = data / NETWORK
    streets.rename(away)  # the disc has lost the streets, on which every build stands
    assert publisher.save(f"slopes/{SLOPE}", name="一度目").status_code == 303
    assert publisher.publish(f"slopes/{SLOPE}").status_code == 303
    until(lambda: "not on the map yet" in publisher.get(f"/desk/{AREA}").text, data)
    assert "streets" in publisher.get(f"/desk/{AREA}/building").text
    assert name_of(process) == before
    away.rename(streets)
    assert publisher.save(f"slopes/{SLOPE}", name="二度目").status_code == 303
    assert publisher.publish(f"slopes/{SLOPE}").status_code == 303  # which is tried at once
    until(lambda: name_of(process) == "二度目", data)
    assert "not on the map yet" not in publisher.get(f"/desk/{AREA}").text


def test_a_backup_and_its_restore_while_everybody_works(
    process: Process, publisher: Colleague, data: Path, url: str
) -> None:
    def publish(who: Colleague, number: int) -> None:
        assert import_rows(who, [f"{key},対の坂{number}" for key in PAIR])
        assert publish_pair(who)

    with Visitors(process.address) as visitors:
        publish(publisher, 1)
        until(lambda: name_of(process) == "対の坂1", data)
        backing_up = subprocess.Popen(guide("backup", str(data / "b.zip")), env=environment(data, url), cwd=ROOT)
        for number in range(2, 5):
            publish(publisher, number)
        assert backing_up.wait(PATIENCE_S) == 0
        done = subprocess.run(guide("restore", str(data / "b.zip")), env=environment(data, url), cwd=ROOT, check=False)
        assert done.returncode == 0

        def shown() -> set[str]:
            features = get(process, f"/api/{AREA}/collections/slopes/items?limit=1000").json()["features"]
            return {each["properties"]["name"] for each in features if each["id"] in PAIR}

        with Colleague(process.address, "Tanaka", AREA) as who:  # sessions are no part of a backup
            restored = set(re.findall(r"対の坂\d", who.get("slopes").text))
            assert len(restored) == 1  # of one moment, with both or none of a publication
            until(lambda: shown() == restored, data)
            publish(who, 9)  # and work goes on
            until(lambda: shown() == {"対の坂9"}, data)
    assert visitors.failed == []


def guide(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "guide", *arguments]


def environment(data: Path, url: str) -> dict[str, str]:
    return {**os.environ, "HYAKUSAKA_DATA": str(data), "HYAKUSAKA_DATABASE_URL": url}
