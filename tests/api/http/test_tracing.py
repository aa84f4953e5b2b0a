"""Traces, to a collector of our own that reads what the protocol says."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from litestar.testing import TestClient

from guide.domain.errors import NotInstalledError, UsageError
from guide.http.tracing import load_opentelemetry
from guide.service.app import create_app
from guide.settings import Settings

if TYPE_CHECKING:
    from opentelemetry.proto.trace.v1.trace_pb2 import Span


def is_installed() -> bool:
    try:
        load_opentelemetry()
    except NotInstalledError:
        return False
    return True


asked_for = pytest.mark.skipif(
    not is_installed(), reason="OpenTelemetry is not installed: pip install 'hyakusaka[traces]'"
)

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = "00f067aa0ba902b7"
SERVER, ERROR = 2, 2
"""SPAN_KIND_SERVER and STATUS_CODE_ERROR of the protocol."""


@contextmanager
def collector() -> Iterator[tuple[str, list["Span"]]]:
    """A place that takes traces; gives its address and the spans that came."""
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest  # noqa: PLC0415

    spans: list[Span] = []

    class Take(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            assert self.path == "/v1/traces"
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                for scope in resource.scope_spans:
                    spans.extend(scope.spans)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Take) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", spans
        finally:
            server.shutdown()


def said(span: "Span") -> dict[str, object]:
    return {each.key: each.value.string_value or each.value.int_value for each in span.attributes}


@asked_for
def test_each_request_is_a_span_that_tells_nothing_of_its_client(
    build_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with collector() as (address, spans):
        app = create_app(Settings(build_root=build_root, otlp_url=address))
        with TestClient(app, raise_server_exceptions=False) as client:
            headers = {"traceparent": f"00-{TRACE}-{PARENT}-01", "x-request-id": "abc"}
            client.get("/api/drawn/search?q=private&near=141.00123,42.29456", headers=headers)
            client.get("/osrm/drawn/nearest/v1/foot/141.00123,42.29456")
            client.get("/api/bare/routes?stop=141,42.3&stop=141,42.3", headers={"traceparent": "broken"})
            client.get("/what/is/this")
    found = {span.name: span for span in spans}
    search = found["GET /api/{area_id}/search"]
    assert search.trace_id.hex() == TRACE
    assert search.parent_span_id.hex() == PARENT
    assert search.kind == SERVER
    assert search.end_time_unix_nano > search.start_time_unix_nano
    assert said(search)["http.response.status_code"] == 200
    assert said(search)["request_id"] == "abc"
    assert found["GET /api/{area_id}/routes"].status.code == ERROR
    assert len(spans) == 4
    everything = str(spans)
    assert "private" not in everything
    assert "141.00123" not in everything
    assert "testclient" not in everything


@asked_for
def test_a_collector_that_is_away_harms_nobody(build_root: Path) -> None:
    app = create_app(Settings(build_root=build_root, otlp_url="http://127.0.0.1:9"))
    with TestClient(app) as client:
        assert client.get("/api/drawn").status_code == 200


def test_whoever_does_not_ask_does_not_pay() -> None:
    program = "import sys, guide.service.app; sys.exit('opentelemetry' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_address_of_the_collector_is_one() -> None:
    with pytest.raises(UsageError, match="http"):
        Settings(otlp_url="collector:4317")


def test_whoever_asks_in_vain_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(NotInstalledError, match=r"pip install 'hyakusaka\[traces\]'"):
        load_opentelemetry()
