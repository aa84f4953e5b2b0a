"""Traces for operators who ask for them: a span for each request, sent as OTLP, without anything of who asked or where.

OpenTelemetry is loaded only then. Names and attributes are those of its conventions for HTTP servers.
"""

import asyncio
import time
from typing import TYPE_CHECKING, Final

from guide.domain.errors import NotInstalledError
from guide.http.access import coarse
from guide.http.exchange import Exchange
from guide.version import __version__

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_PATH: Final = "/v1/traces"
_SERVICE: Final = "hyakusaka"
_FAULT: Final = 500
_PATIENCE_S: Final = 5.0


class Traces:
    """Writes the spans, and hands them on in the background."""

    def __init__(self, provider: "TracerProvider") -> None:
        from opentelemetry.trace import SpanKind, Status, StatusCode  # noqa: PLC0415 (only if asked for)
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator  # noqa: PLC0415

        self._provider = provider
        self._tracer = provider.get_tracer(_SERVICE, __version__)
        self._kind = SpanKind.SERVER
        self._fault = Status(StatusCode.ERROR)
        self._read = TraceContextTextMapPropagator().extract

    def record(self, exchange: Exchange, duration_s: float) -> None:
        """The span of a request that has been answered, within the trace that its client may have begun."""
        end_ns = time.time_ns()
        above = {name: exchange.header(name.encode()) for name in ("traceparent", "tracestate")}
        span = self._tracer.start_span(
            f"{exchange.method} {exchange.route}",
            context=self._read({name: value for name, value in above.items() if value}),
            kind=self._kind,
            start_time=end_ns - int(1e9 * duration_s),
            attributes={
                "http.request.method": exchange.method,
                "http.route": exchange.route,
                "http.response.status_code": exchange.status,
                "http.response.body.size": exchange.sent_bytes,
                "url.scheme": exchange.scope["scheme"],
                "url.path": coarse(exchange.scope["path"], b""),
                "request_id": exchange.request_id,
            },
        )
        if exchange.status >= _FAULT:
            span.set_status(self._fault)
        span.end(end_ns)

    async def close(self) -> None:
        """Send what is left."""
        await asyncio.to_thread(self._provider.shutdown)


def load_opentelemetry() -> None:
    """Load the library, so that who starts the service hears at once if it is not here.

    Raises:
        NotInstalledError: it is not.
    """
    try:
        import opentelemetry.exporter.otlp.proto.http  # noqa: PLC0415
        import opentelemetry.sdk.trace  # noqa: F401, PLC0415
    except ImportError as error:
        raise NotInstalledError("Traces need OpenTelemetry. Run: pip install 'hyakusaka[traces]'.") from error


def traces_to(collector_url: str) -> Traces:
    """Traces that go to a collector (OTLP over HTTP), such as http://127.0.0.1:4318.

    Raises:
        NotInstalledError: OpenTelemetry is not here.
    """
    load_opentelemetry()
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 (as above)
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    exporter = OTLPSpanExporter(endpoint=collector_url.rstrip("/") + _PATH, timeout=_PATIENCE_S)
    provider = TracerProvider(
        resource=Resource.create({"service.name": _SERVICE, "service.version": __version__}), shutdown_on_exit=False
    )
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return Traces(provider)
