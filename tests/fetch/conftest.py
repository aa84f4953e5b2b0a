"""A server on this machine, and a client that is as in earnest, only faster."""

import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer

import pytest

from tests.fetch.misbehaving_server import Handler, Script
from tiles.fetch.http import Fetcher
from tiles.fetch.retry import Limits

QUICK = Limits(pause_s=0.0, backoff_s=0.01, longest_wait_s=2.0, stall_s=0.3, tries=3)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Script]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    script = Script()
    bound = type("Bound", (Handler,), {"script": script})
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), bound)
    httpd.daemon_threads = True
    script.base_url = f"http://127.0.0.1:{httpd.server_port}"
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield script
    httpd.shutdown()
    httpd.server_close()
    thread.join()


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(limits=QUICK, contact="test@example.org") as made:
        yield made


@pytest.fixture
def limits() -> Limits:
    return QUICK
