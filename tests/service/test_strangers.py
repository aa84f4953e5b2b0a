"""What strangers do to a running service, byte by byte: it refuses, lives on, and keeps nobody else waiting."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.service.serving import PATIENCE_S, Serving, serving

HEAD = b"POST /api/drawn/routes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def running(build_root: Path) -> Iterator[Serving]:
    with serving(build_root.parent, "drawn", "--workers", "1", HYAKUSAKA_RATE_PER_S="0") as service:
        yield service


def answer(service: Serving, request: bytes) -> bytes:
    """What comes back for some bytes, until the service closes or says nothing more."""
    received = b""
    with closing(socket.create_connection(("127.0.0.1", service.port))) as connection:
        connection.settimeout(PATIENCE_S)
        try:
            connection.sendall(request)
            while part := connection.recv(65_536):
                received += part
        except (ConnectionError, TimeoutError):
            pass  # it has hung up, which is an answer, too
    return received


def get(path: bytes, *headers: bytes) -> bytes:
    return b"\r\n".join([b"GET " + path + b" HTTP/1.1", b"Host: localhost", b"Connection: close", *headers, b"", b""])


@pytest.mark.parametrize(
    "request_",
    [
        get(b"/api/drawn/search?q=" + b"9" * 10 * 1024 * 1024),
        get(b"/" + b"x" * 10 * 1024 * 1024),
        get(b"/api", b"X-Much: " + b"x" * 10 * 1024 * 1024),
        get(b"/api", *[b"X-Many-%d: 1" % number for number in range(50_000)]),
        HEAD + b"Connection: close\r\nContent-Length: 10485760\r\n\r\n" + b"9" * 10 * 1024 * 1024,
        HEAD + b"Connection: close\r\nContent-Length: -1\r\n\r\n{}",
        HEAD + b"Connection: close\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        HEAD + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}",
        HEAD + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n" + b"10000\r\n" + b"9" * 65536 + b"\r\n" * 2,
        b"GET /api HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc",
        b"\x00" * 4096,
        b"GET /api\xff\xfe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"BREW /api HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        get(b"/api", b"Range: bytes=0-" + b"9" * 5000),
        get(b"/api", b"Bad Header: 1"),
        get(b"/api", b"X-A: 1\r\n X-Folded: 2"),
    ],
    ids=lambda request: request[:24].decode("latin-1"),
)
def test_what_is_no_request_is_refused(running: Serving, request_: bytes) -> None:
    reply = answer(running, request_)
    if reply:
        status = int(reply.split(b" ", 2)[1])
        assert 200 <= status < 500 or status == 505, reply[:200]
        assert b"Traceback" not in reply
    assert running.get("/healthz").status_code == 200


@pytest.mark.parametrize("name", [b"X-Request-ID", b"Host", b"X-Forwarded-Host", b"Accept-Language", b"Origin"])
def test_no_header_writes_another(running: Serving, name: bytes) -> None:
    for value in (b"a\rX-Evil: 1", b"a\x0bX-Evil: 1", b"a%0d%0aX-Evil: 1", b"a\x00b", b'"><script>', b"\xc3\xa9"):
        head = answer(running, get(b"/api/drawn", name + b": " + value)).partition(b"\r\n\r\n")[0].lower()
        assert b"\nx-evil" not in head
        assert b"\rx-evil" not in head
        assert b"<script>" not in head


def test_slow_ones_keep_nobody_waiting(running: Serving) -> None:
    """Two hundred begin a body and send no more of it; two hundred only begin to ask. Others are served meanwhile."""
    with ExitStack() as stack:
        for number in range(400):
            connection = stack.enter_context(closing(socket.create_connection(("127.0.0.1", running.port))))
            connection.sendall(HEAD + b'Content-Length: 100\r\n\r\n{"st' if number % 2 else HEAD[:40])
        begin = time.monotonic()
        for _ in range(20):
            assert running.get("/api/drawn/collections/slopes/items").status_code == 200
        assert time.monotonic() - begin < PATIENCE_S / 4  # the slow bodies are given up after 20 s, the others later


def test_who_leaves_early_costs_nothing(running: Serving) -> None:
    for _ in range(50):
        with closing(socket.create_connection(("127.0.0.1", running.port))) as connection:
            connection.sendall(get(b"/api/drawn/collections/slopes/items"))
    assert running.get("/api/drawn").status_code == 200
    assert b"internal error" not in running.log.read_bytes()
