"""How much one client may ask for: a leaking bucket for each, shared by all workers, without a list of addresses.

The generic cell rate algorithm (ITU-T I.371) needs one number a client: the time at which its bucket will be empty.
The numbers lie in a table of fixed size that all workers map; a client's place in it is a keyed hash, so neither the
table nor anything that is logged tells who has been here, and nobody can choose to share a place with somebody else.
"""

import hashlib
import mmap
import os
import time
from collections.abc import Callable, Coroutine
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from guide.http.clients import household
from guide.http.errors import TooManyRequestsError
from guide.http.exchange import exchange_of

PLACES: Final = 1 << 16
_BYTES: Final = 8 * PLACES
_KEY_BYTES: Final = 16
_ROUNDING_S: Final = 1e-6


def create_table(path: Path) -> None:
    """A table for the workers to share, all buckets empty, with the key of its hash behind it."""
    path.write_bytes(bytes(_BYTES) + os.urandom(_KEY_BYTES))


class Limiter:
    """Grants requests.

    ``rate_per_s`` is what a client may ask for in the long run, ``burst`` how much at once. A rate of 0 grants
    everything. ``table`` is a file from ``create_table``; without one the buckets belong to this process alone.
    """

    def __init__(
        self, rate_per_s: float, burst: float, table: Path | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate_per_s = rate_per_s
        self._burst = burst
        self._clock = clock  # the system's own since it started, so the same for all workers
        if table is None:
            self._map, key = mmap.mmap(-1, _BYTES), os.urandom(_KEY_BYTES)
        else:
            with table.open("r+b") as file:
                self._map = mmap.mmap(file.fileno(), _BYTES)
                file.seek(_BYTES)
                key = file.read(_KEY_BYTES)
        self._empty_at_s = memoryview(self._map).cast("d")
        self._place = lru_cache(maxsize=4096)(lambda client: _place(client, key))

    def take(self, client: str, cost: float = 1.0) -> float:
        """Take ``cost`` requests from a client's bucket; the seconds to wait if it has not got them, else 0."""
        if self._rate_per_s <= 0:
            return 0.0
        place, now = self._place(client), self._clock()
        empty_at = max(self._empty_at_s[place], now) + cost / self._rate_per_s
        wait_s = empty_at - now - self._burst / self._rate_per_s
        if wait_s > _ROUNDING_S:
            return wait_s
        self._empty_at_s[place] = empty_at
        return 0.0


def _place(client: str, key: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(client.encode(), digest_size=4, key=key).digest()) % PLACES


def costs(
    requests: float,
) -> Callable[[ASGIConnection[Any, Any, Any, Any], BaseRouteHandler], Coroutine[Any, Any, None]]:
    """A guard for a handler whose work is worth several requests; the front has taken one already."""

    # Async, though it waits for nothing: another guard would be sent through a thread.
    async def guard(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
        exchange = exchange_of(connection)
        wait_s = connection.app.state.limiter.take(household(exchange.client), requests - 1)
        if wait_s > 0:
            raise TooManyRequestsError(wait_s)

    return guard
