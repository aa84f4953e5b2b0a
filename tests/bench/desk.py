"""What the staff's desk costs: large tables, large lists, a publication, and everybody at once.

    python tests/bench/desk.py

The desk wants 10,000 rows read and shown within 10 s, a list of 10,000 slopes filtered within 100 ms, a publication of
1,000 slopes shown within 2 s, and 20 staff and 200 visitors at once without a failed request. Everything goes over HTTP
to a real service on Portland with its builder beside it; SQLite, or PostgreSQL by HYAKUSAKA_DATABASE_URL.
"""

import csv
import io
import itertools
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from guide.area.read import current_build, open_area  # noqa: E402 (after the path)
from guide.catalogue.workflow.people import Role  # noqa: E402
from tests.bench.catalogue import write_rows  # noqa: E402
from tests.service.colleague import Colleague, add_account  # noqa: E402
from tests.service.desk_town import running  # noqa: E402

AREA = "portland"
ROWS = 10_000
STAFF = 20
VISITORS = 200
SECONDS = 20.0
ITEM = f"/api/{AREA}/collections/slopes/items/slope-0500"


def main() -> None:
    """Everything, in the order a reader wants it."""
    sources = Path(os.environ.get("HYAKUSAKA_SOURCES", ROOT.parent / "shared" / "areas"))
    if not (sources / AREA).is_dir():
        print("The real areas are not here, so there is nothing to measure. Set HYAKUSAKA_SOURCES.")
        return
    url = os.environ.get("HYAKUSAKA_DATABASE_URL") or None
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        os.environ["HYAKUSAKA_DATA"], os.environ["HYAKUSAKA_SOURCES"] = str(data), str(sources)
        area = data / "areas" / AREA
        shutil.copytree(ROOT / "data" / "areas" / AREA, area)
        build()
        write_rows(area / "slopes.csv", data / "build")
        build()
        for number in range(STAFF):
            add_account(data, f"staff{number}", Role.PUBLISHER, url)
        with running(data, HYAKUSAKA_ACCESS_LOG="off") as process, Colleague(process.address, "staff0", AREA) as who:
            who.get("slopes")
            publications(who, process.address)
            everybody(process.address)
            table(who, data)
            lists(who)


def build() -> None:
    subprocess.run(
        [sys.executable, "-m", "tiles", "build", AREA, "--offline"], cwd=ROOT, capture_output=True, check=True
    )


def publications(who: Colleague, address: str) -> None:
    """One of 1,000 slopes published: until the API shows it, and its name is found."""
    print("\na publication among 1,000 slopes, from the press of the button until it is shown (at most 2 s):")
    with httpx.Client(base_url=address, timeout=60) as client:
        for number in range(5):
            name = f"Bench {number} Street"
            assert who.save("slopes/slope-0500", name=name).status_code == 303
            version = who.version("slopes/slope-0500/changes")
            begin = time.perf_counter()
            reply = who.post("slopes/slope-0500/publish", {"act": "publish", "version": version})
            assert reply.status_code == 303, reply.text
            pressed = time.perf_counter() - begin
            while client.get(ITEM).json()["properties"]["name"] != name:
                time.sleep(0.01)
            shown = time.perf_counter() - begin
            found = client.get(f"/api/{AREA}/search", params={"q": name}).text
            first = "the first one, for which the builder opens the streets" if number == 0 else ""
            print(f"  pressed {pressed:.2f} s, shown {shown:.2f} s, found by name {name in found} {first}")


class Crowd:
    """Twenty at their forms, two hundred at the map, and what they met."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.failed = Counter[str]()
        self.times: dict[str, list[float]] = {"visitors": [], "staff": []}
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._visitor, args=(number,)) for number in range(VISITORS)]
        self._threads += [threading.Thread(target=self._colleague, args=(number,)) for number in range(STAFF)]

    def come_and_go(self) -> None:
        """All at once, for a while."""
        for thread in self._threads:
            thread.start()
        time.sleep(SECONDS)
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _visitor(self, number: int) -> None:
        paths = (
            ITEM, f"/api/{AREA}/collections/slopes/items?limit=100", f"/api/{AREA}/search?q=street", f"/api/{AREA}",
            f"/api/{AREA}/slopes/slope-0500/profile", f"/api/{AREA}/routes?stop=slope:slope-0500", "/",
        )  # fmt: skip
        chance = random.Random(number)  # noqa: S311 (any numbers will do)
        with httpx.Client(base_url=self.address, timeout=120) as client:
            while not self._ended.wait(chance.uniform(0.5, 3.0)):  # people look at what they have asked for
                self._measured("visitors", lambda: client.get(chance.choice(paths)), 200)

    def _colleague(self, number: int) -> None:
        chance = random.Random(1_000 + number)  # noqa: S311 (as above)
        with Colleague(self.address, f"staff{number}", AREA) as who:
            for turn in itertools.count(1):
                if self._ended.wait(chance.uniform(0.5, 2.0)):
                    return
                path = f"slopes/slope-{20 * number + turn % 20:04}"
                self._measured("staff", lambda: who.get("slopes?q=slope&show=published"), 200)
                self._measured("staff", partial(who.save, path, name_en=f"By {number}, {turn}"), 303)
                if turn % 3 == 0:
                    self._measured("staff", partial(who.publish, path), 303)

    def _measured(self, whose: str, ask: Callable[[], httpx.Response], fine: int) -> None:
        begin = time.perf_counter()
        try:
            status = ask().status_code
        except (httpx.HTTPError, AssertionError) as error:
            self.failed[f"{whose} {type(error).__name__}"] += 1
            return
        self.times[whose].append(time.perf_counter() - begin)
        if status != fine:
            self.failed[f"{whose} {status}"] += 1


def everybody(address: str) -> None:
    """Whether everybody is served."""
    print(f"\n{STAFF} staff and {VISITORS} visitors at once, for {SECONDS:.0f} s (no failed request):")
    crowd = Crowd(address)
    crowd.come_and_go()
    for whose, some in crowd.times.items():
        some.sort()
        median, most = statistics.median(some), some[int(0.95 * len(some))]
        print(f"  {whose}: {len(some)} requests, median {1000 * median:.0f} ms, 95 % within {1000 * most:.0f} ms")
    print(f"  failed: {dict(crowd.failed) or 'none'}")


def table(who: Colleague, data: Path) -> None:
    """Ten thousand rows dropped, looked at, applied; then again with every row changed."""
    print(f"\na table of {ROWS} rows, dropped and shown (at most 10 s), and applied as drafts:")
    area = open_area(current_build(data / "build", AREA))
    west, south, east, north = area.manifest.area.bbox
    for word in ("new", "changed"):
        chance = random.Random(7)  # noqa: S311 (as above)
        file = io.StringIO()
        rows = csv.writer(file)
        rows.writerow(["名前", "よみ", "緯度", "経度", "日本語の説明", "段数", "出典"])
        for number in range(ROWS):
            lat, lng = south + (north - south) * chance.random(), west + (east - west) * chance.random()
            story = f"{word}: 港の見える坂。" * 3
            rows.writerow(
                [f"坂の名{number}", f"さかのな{number}", f"{lat:.6f}", f"{lng:.6f}", story, number % 90, "町史"]
            )
        begin = time.perf_counter()
        reply = who.post("files", {}, files={"file": ("many.csv", file.getvalue().encode())})
        path = reply.headers["location"]
        page = who.get(path)
        shown = time.perf_counter() - begin
        places = who.get(f"{path}/places")
        on_map = time.perf_counter() - begin
        stamp = re.search(r'name="stamp" value="(\w+)"', page.text)
        assert stamp
        assert len(places.json()) == ROWS
        begin = time.perf_counter()
        reply = who.post(path, {"act": "apply", "stamp": stamp[1]})
        assert reply.status_code == 303, reply.text
        print(
            f"  all {word}: shown {shown:.2f} s, on the map {on_map:.2f} s, applied {time.perf_counter() - begin:.2f} s"
        )


def lists(who: Colleague) -> None:
    """The list of all these, filtered in every way."""
    print(f"\na list of {ROWS} and 1,000 slopes, filtered, over HTTP (at most 100 ms):")
    for asked in (
        "",
        "?q=坂の名99",
        "?q=さかのな12&show=draft",
        "?lack=photo&order=newest",
        "?show=published",
        "?page=150",
    ):
        some = []
        for _ in range(15):
            begin = time.perf_counter()
            reply = who.client.get(f"/desk/{AREA}/slopes{asked}", headers={"hx-request": "true"})
            some.append(time.perf_counter() - begin)
            assert reply.status_code == 200
        some.sort()
        print(f"  {asked or '(all)':32} median {1000 * statistics.median(some):.0f} ms, worst {1000 * some[-1]:.0f} ms")


if __name__ == "__main__":
    main()
