"""One line for each request, without anything that tells who asked or where exactly they are."""

import re
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final
from urllib.parse import unquote

import msgspec

from guide.http.clients import neighbourhood
from guide.http.exchange import Exchange

_LONGEST: Final = 300
_FINE: Final = re.compile(r"(\d+\.\d\d)\d+")
"""A number with more than two decimals: as a position, two are about a kilometre."""

_WORDS: Final = re.compile(r"(?<![^&])(q|name|token)=[^&]*")
"""Parameters that carry what a person typed."""


class AccessLog:
    """Writes the lines: JSON for machines, or for people at a terminal."""

    def __init__(self, write: Callable[[str], object] | None = None) -> None:
        self._write = write or _to_stderr

    def record(self, exchange: Exchange, duration_s: float) -> None:
        """The line of a request that has been answered."""
        line = {
            "event": "request",
            "level": "info",
            "timestamp": datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="milliseconds"),
            "request_id": exchange.request_id,
            "method": exchange.method,
            "route": exchange.route,
            "path": coarse(exchange.scope["path"], exchange.scope["query_string"]),
            "status": exchange.status,
            "bytes": exchange.sent_bytes,
            "ms": round(1000 * duration_s, 2),
            "client": neighbourhood(exchange.client),
            "kept": exchange.from_kept,
        }
        self._write(msgspec.json.encode(line).decode() + "\n")


def coarse(path: str, query: bytes) -> str:
    """An address with its positions rounded to about a kilometre and without what people typed."""
    text = path
    if query:
        text += "?" + _WORDS.sub(r"\1=…", unquote(query.decode("latin-1")))
    if "." in text:
        text = _FINE.sub(r"\1", text)
    return text[:_LONGEST]


def _to_stderr(line: str) -> None:
    sys.stderr.write(line)
