"""Three services over one PostgreSQL and one store, behind the example's nginx: published once, served by all."""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from guide.area.read import BuiltArea
from guide.catalogue.accounts.secrets import derived
from guide.catalogue.office import Office
from guide.catalogue.store.database import Database
from guide.catalogue.workflow.people import COMMAND_LINE, Actor, Role
from guide.depot.push import push_build
from guide.depot.store import Store
from guide.desk.access import MARK_FIELD
from guide.domain.slope import CatalogueSlope
from tests.catalogue.offices import CHEAP_PASSWORDS, PASSWORD
from tests.cluster.dask import free_port
from tests.conftest import ROOT
from tests.databases import TEMPLATE, Cluster
from tests.object_store import Line, ObjectStore, line_to, used
from tests.service.serving import PATIENCE_S, Serving, serving

EXAMPLE = ROOT / "guide" / "operations" / "nginx.conf"
AREA = "sample"
TANAKA = Actor(name="Tanaka", role=Role.PUBLISHER)


def find_nginx() -> str:
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("nginx is required here; run: make nginx")
        pytest.skip("nginx is not installed; run: make nginx")
    return found


@contextmanager
def proxied(folder: Path, ports: list[int]) -> Iterator[str]:
    """The example as it stands, but for the addresses in it; gives its own."""
    port = free_port()
    text = EXAMPLE.read_text()
    for number, each in enumerate(ports, start=1):
        text = text.replace(f"127.0.0.1:800{number}", f"127.0.0.1:{each}")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};")
    user = "user root;" if os.geteuid() == 0 else ""
    temporary = "\n".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{ access_log off; {temporary}\n{text}\n}}\n"
    )
    command = [find_nginx(), "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            until(lambda: answers(address, "/healthz"), (folder / "error.log"))
            yield address
        finally:
            process.terminate()
            process.wait(PATIENCE_S)


def answers(address: str, path: str) -> bool:
    try:
        return httpx.get(f"{address}{path}", timeout=PATIENCE_S).status_code == 200
    except httpx.HTTPError:
        return False


def until(true: Callable[[], bool], log: Path | None = None) -> float:
    """Wait for something; gives how long it took."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() < begun + PATIENCE_S, log and log.read_text()
        time.sleep(0.05)
    return time.monotonic() - begun


@dataclass
class Load:
    """Some clients that ask and ask; ``failed`` is what was not answered well."""

    address: str

    def __post_init__(self) -> None:
        self.failed: list[str] = []
        self.asked = Counter[str]()
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(number,)) for number in range(3)]

    def start(self) -> None:
        for each in self._threads:
            each.start()

    def end(self) -> None:
        self._ended.set()
        for each in self._threads:
            each.join()

    def _ask(self, number: int) -> None:
        paths = [f"/api/{AREA}/collections/slopes/items", f"/api/{AREA}", "/api", f"/api/{AREA}/search?q=zaka"]
        while not self._ended.is_set():
            path = paths[number % len(paths)]
            number += 1
            try:
                status = str(httpx.get(f"{self.address}{path}", timeout=PATIENCE_S).status_code)
            except httpx.HTTPError as error:
                status = type(error).__name__
            self.asked[path] += 1
            if status != "200":
                self.failed.append(f"{status} {path}")


class Desk:
    """A publisher at one service's desk, by HTTP."""

    def __init__(self, serving: Serving, secret: str) -> None:
        self._serving = serving
        self._mark = derived(secret, MARK_FIELD)
        self._cookies = {"desk": secret}

    def post(self, path: str, **fields: str) -> httpx.Response:
        return httpx.post(
            f"{self._serving.address}/desk/{AREA}/{path}",
            data={"mark": self._mark, **fields},
            cookies=self._cookies,
            headers={"origin": self._serving.address, "accept-language": "en"},
            timeout=PATIENCE_S,
        )


def names(address: str) -> set[str]:
    features = httpx.get(f"{address}/api/{AREA}/collections/slopes/items?limit=1000", timeout=PATIENCE_S).json()
    return {feature["properties"]["name"] for feature in features["features"]}


@contextmanager
def load_on(address: str) -> Iterator[Load]:
    load = Load(address)
    load.start()
    try:
        yield load
    finally:
        load.end()


@dataclass(frozen=True)
class Town:
    """All that runs."""

    office: Office
    replicas: list[Serving]
    desks: list[Desk]
    address: str
    to_store: Line
    to_database: Line

    @property
    def slope(self) -> CatalogueSlope:
        entries = self.office.publishing.public(AREA).entries
        return next(each for each in entries if isinstance(each, CatalogueSlope))

    def publish(self, number: int, name: str) -> httpx.Response:
        """A slope gets another name, and one desk shows it to visitors."""
        slope = self.slope
        record, _ = self.office.drafts.find(AREA, slope.id)
        saved = self.office.drafts.save(TANAKA, AREA, replace(slope, name=name), record.version)
        return self.desks[number].post(f"slopes/{slope.id}/publish", act="publish", version=str(saved.version))

    def until_served(self, name: str, first: int) -> float:
        """Until it is served by all services from one on."""
        return until(lambda: all(name in names(each.address) for each in self.replicas[first:]))


@pytest.fixture(scope="module")
def town(
    sample: BuiltArea, cluster: Cluster, object_store: ObjectStore, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("replicas")
    bucket = object_store.bucket()
    with used(object_store.environment()):
        push_build(Store(bucket), sample.directory)
    database = cluster.create(TEMPLATE)
    office = Office(Database(cluster.url(database)), folder, passwords=CHEAP_PASSWORDS)
    office.open_area(AREA)
    _, link = office.accounts.add(COMMAND_LINE, "Tanaka", Role.PUBLISHER)
    office.accounts.choose_password(link, PASSWORD)
    secret = office.sessions.sign_in("Tanaka", PASSWORD, "127.0.0.1", "test")
    sockets = Path(tempfile.mkdtemp(prefix="hyakusaka-s-"))  # a short path: a socket's name has but 107 bytes
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, sockets)
        stack.callback(office.close)
        to_store = stack.enter_context(line_to(int(object_store.address.rpartition(":")[2])))
        server = str(cluster.folder / ".s.PGSQL.5432")
        to_database = stack.enter_context(line_to(server, str(sockets / ".s.PGSQL.5432")))
        environment = {
            **object_store.environment(to_store.address),
            "HYAKUSAKA_DEPOT": bucket,
            "HYAKUSAKA_DATABASE_URL": f"postgresql://{cluster.user}@/{database}?host={sockets}",
            "HYAKUSAKA_RATE_PER_S": "0",
            "HYAKUSAKA_PLANNERS": "0",
            "HYAKUSAKA_PROXIES": "1",
        }
        replicas = []
        for number in range(3):
            data = folder / f"replica-{number}"
            data.mkdir()
            replicas.append(stack.enter_context(serving(data, **environment)))
        address = stack.enter_context(proxied(folder, [each.port for each in replicas]))
        town = Town(office, replicas, [Desk(each, secret) for each in replicas], address, to_store, to_database)
        assert town.publish(1, "温め坂").status_code == 303
        town.until_served("温め坂", 0)  # the builder has started and fetched what it builds on
        yield town


def test_one_publishes_and_all_serve_it_and_one_that_is_killed_is_missed_by_nobody(town: Town) -> None:
    with load_on(town.address) as load:
        assert town.publish(1, "一の坂").status_code == 303
        seconds = town.until_served("一の坂", 1)
        print(f"published at one, served by the others after {seconds:.1f} s")
        for process in (town.replicas[0].process.pid, *town.replicas[0].workers()):
            os.kill(process, signal.SIGKILL)
        assert town.publish(2, "二の坂").status_code == 303
        town.until_served("二の坂", 1)
    assert load.failed == []  # what was in flight was asked again of another by nginx
    assert min(load.asked.values()) > 3


def test_while_store_and_database_are_away_what_is_here_is_served_and_what_is_written_is_refused(town: Town) -> None:
    before = names(town.address)
    with load_on(town.address) as load:
        town.to_database.cut()
        town.to_store.cut()
        refused = town.desks[1].post(f"slopes/{town.slope.id}/publish", act="publish", version="1")
        assert refused.status_code == 503
        assert int(refused.headers["Retry-After"]) > 0
        assert names(town.address) == before
        town.to_database.restore()
        until(lambda: town.publish(1, "三の坂").status_code == 303)  # its builder waits for the store
        town.to_store.restore()
        town.until_served("三の坂", 1)
    assert load.failed == []
