"""Numbers for operators, in the form that Prometheus reads; those of all workers, whichever of them is asked."""

import os
from functools import cache
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from guide.http.exchange import Exchange
from guide.http.workers import METRICS_FOLDER

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

_BUCKETS_S: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """What is counted. Labels have few values: a route is its template, a method nobody uses is ``other``."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "http_requests", "Requests that were answered.", ("method", "route", "status"), registry=self._registry
        )
        self._duration = Histogram(
            "http_request_duration_seconds",
            "From a request's head to the end of its reply.",
            ("method", "route"),
            buckets=_BUCKETS_S,
            registry=self._registry,
        )
        self._sent = Counter("http_response_bytes", "Bytes of bodies sent.", ("route",), registry=self._registry)
        self._kept = Counter("http_kept_replies", "Requests answered from memory.", registry=self._registry)
        self._under_way = Gauge(
            "http_requests_in_progress", "Requests being answered.", registry=self._registry,
            multiprocess_mode="livesum",
        )  # fmt: skip
        self._requests_of = cache(self._requests.labels)
        self._duration_of = cache(self._duration.labels)
        self._sent_of = cache(self._sent.labels)

    def began(self) -> None:
        """A request has come in."""
        self._under_way.inc()

    def ended(self, exchange: Exchange, duration_s: float) -> None:
        """A request has been answered, or its client has gone."""
        self._under_way.dec()
        method = exchange.method if exchange.method in _METHODS else "other"
        self._requests_of(method, exchange.route, str(exchange.status)).inc()
        self._duration_of(method, exchange.route).observe(duration_s)
        self._sent_of(exchange.route).inc(exchange.sent_bytes)
        if exchange.from_kept:
            self._kept.inc()

    def text(self) -> bytes:
        """All numbers, as Prometheus reads them."""
        if METRICS_FOLDER not in os.environ:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)
