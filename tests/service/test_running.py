"""The service as it runs: several workers, new builds, its end, and what strangers do to it."""

import gzip
import json
import os
import signal
import socket
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import httpx

from tests.api.built_area import TILE, drawn_town, slope_along, write_area
from tests.service.serving import PATIENCE_S, Serving, serving

TILE_PATH = "/api/drawn/tiles/guide/WebMercatorQuad/{0}/{2}/{1}".format(*TILE)
BODY = json.dumps({"stops": [{"slope": "hachiman"}, {"slope": "hama"}]}).encode()
GENEROUS = {"HYAKUSAKA_RATE_PER_S": "0"}


def metric(text: str, name: str) -> float:
    return sum(float(line.rpartition(" ")[2]) for line in text.splitlines() if line.startswith(name))


def test_workers_count_together(build_root: Path) -> None:
    with serving(build_root.parent, "drawn", "--workers", "2", **GENEROUS) as running:
        assert len(running.workers()) == 2
        for _ in range(30):  # a new connection each time, so that both workers get some
            assert running.get("/api/legend").status_code == 200
        text = running.get("/metrics").text
        assert metric(text, 'http_requests_total{method="GET",route="/api/legend",status="200"}') == 30
    records = [json.loads(line) for line in running.log.read_text().splitlines() if '"event":"request"' in line]
    assert len([record for record in records if record["route"] == "/api/legend"]) == 30


def test_an_allowance_holds_whichever_worker_one_meets(build_root: Path) -> None:
    small = {"HYAKUSAKA_RATE_PER_S": "0.001", "HYAKUSAKA_BURST": "10"}
    with serving(build_root.parent, "drawn", "--workers", "2", **small) as running:
        statuses = Counter(running.get("/api/legend").status_code for _ in range(30))
    assert statuses == {200: 10, 429: 20}


def test_new_builds_are_taken_up_without_one_failed_request(tmp_path: Path) -> None:
    """Four builds in a row under the eyes of three clients; the folders of the first ones go meanwhile."""
    root, place = tmp_path / "build", drawn_town()
    write_area(root)
    failed: list[str] = []
    asked = Counter[str]()
    ended = threading.Event()

    def ask(address: str, number: int) -> None:
        paths = ["/api/drawn/collections/slopes/items", TILE_PATH, "/api/drawn/slopes/hachiman/profile?f=svg",
                 "/api/drawn/routes?stop=slope:hachiman", "/api/drawn", "/api/drawn/search?q=zaka"]  # fmt: skip
        with httpx.Client(base_url=address, timeout=PATIENCE_S) as client:
            while not ended.is_set():
                path = paths[number % len(paths)]
                number += 1
                try:
                    status = client.get(path).status_code
                except httpx.HTTPError as error:
                    status = type(error).__name__  # type: ignore[assignment]
                asked[path] += 1
                if status != 200:
                    failed.append(f"{status} {path}")

    with serving(tmp_path, "--workers", "2", **GENEROUS) as running:
        clients = [threading.Thread(target=ask, args=(running.address, number)) for number in range(3)]
        for client in clients:
            client.start()
        for number in range(1, 5):
            hachiman = slope_along(place, "hachiman", f"八幡坂{number}", "BE")
            write_area(root, slopes=(hachiman,), tile=gzip.compress(b"tile" * number, mtime=0))
            _until_served(running, f"八幡坂{number}")
        ended.set()
        for client in clients:
            client.join()
    assert failed == []
    assert len(asked) == 6


def _until_served(running: Serving, name: str) -> None:
    """Until a build is what every worker gives: asked anew each time, ten times in a row."""
    end, in_a_row = time.monotonic() + PATIENCE_S, 0
    while in_a_row < 10:
        assert time.monotonic() < end, "the new build is not taken up"
        items = running.get("/api/drawn/collections/slopes/items").json()["features"]
        in_a_row = in_a_row + 1 if items[0]["properties"]["name"] == name else 0


def send_slowly(connection: socket.socket, part: bytes) -> None:
    head = (
        f"POST /api/drawn/routes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(BODY)}"
    )
    connection.sendall(f"{head}\r\nConnection: close\r\n\r\n".encode() + part)


def reply_on(connection: socket.socket) -> bytes:
    connection.settimeout(PATIENCE_S)
    received = b""
    while part := connection.recv(65_536):
        received += part
    return received


def test_what_has_begun_is_answered_before_the_end(build_root: Path) -> None:
    with serving(build_root.parent, "drawn", "--workers", "2", **GENEROUS) as running:
        with closing(socket.create_connection(("127.0.0.1", running.port))) as connection:
            send_slowly(connection, BODY[:10])
            running.get("/healthz")  # by now the slow one has been met, too
            time.sleep(0.2)
            running.process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            assert running.process.poll() is None  # it waits
            connection.sendall(BODY[10:])
            assert reply_on(connection).startswith(b"HTTP/1.1 200")
        running.process.wait(PATIENCE_S)


def test_a_worker_that_dies_is_replaced(build_root: Path) -> None:
    with serving(build_root.parent, "drawn", "--workers", "2", **GENEROUS) as running:
        first = running.workers()
        os.kill(first[0], signal.SIGKILL)
        end = time.monotonic() + PATIENCE_S
        while len(set(running.workers()) - set(first)) < 1 or running.get("/healthz").status_code != 200:
            assert time.monotonic() < end
            time.sleep(0.05)
