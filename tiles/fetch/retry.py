"""When to try again, and after how long."""

import random
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from guide.domain.errors import SourceError

RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that may pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How hard servers are asked; the defaults suit the public ones.

    ``pause_s`` parts the starts of two requests, ``backoff_s`` is the first wait after a failure (doubled each time,
    up to ``longest_wait_s``), ``stall_s`` how long a silent server is listened to.
    """

    connections: int = 2
    pause_s: float = 0.1
    tries: int = 5
    backoff_s: float = 1.0
    longest_wait_s: float = 120.0
    stall_s: float = 30.0


class RetryError(Exception):
    """A try failed in a way that may pass: ``reason`` is a clause, ``wait_s`` what the server asked for, if it did."""

    def __init__(self, reason: str, wait_s: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait_s = wait_s


def backoff_s(limits: Limits, failures: int) -> float:
    """The wait after so many failures: doubling, and off the beat, so that clients that failed together part ways."""
    jitter = 0.5 + random.random()  # noqa: S311 - a wait is no secret
    return min(limits.backoff_s * 2.0 ** (failures - 1) * jitter, limits.longest_wait_s)


def retry_after_s(header: str | None, now: datetime | None = None) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110: seconds or a date), None if it asks for nothing."""
    if not header:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max((until - (now or datetime.now(UTC))).total_seconds(), 0.0)


class Gate:
    """Lets requests start one by one, and all of them wait when a server asks one of them to.

    Args:
        pause_s: between two starts.
        deadline_s: total time from the first start after which nothing more is begun, None for no end.
    """

    def __init__(self, *, pause_s: float, deadline_s: float | None) -> None:
        self._pause_s = pause_s
        self._deadline_s = deadline_s
        self._lock = threading.Lock()
        self._first: float | None = None
        self._next = 0.0

    def enter(self, reason: str) -> None:
        """Wait for one's turn.

        Raises:
            SourceError: the turn would come after the deadline; says why it took so long.
        """
        with self._lock:
            now = time.monotonic()
            if self._first is None:
                self._first = now
            start = max(now, self._next)
            self._require(start, reason)
            self._next = start + self._pause_s
        time.sleep(start - now)

    def hold(self, wait_s: float) -> None:
        """Let nobody start for a while."""
        with self._lock:
            self._next = max(self._next, time.monotonic() + wait_s)

    def check(self, reason: str) -> None:
        """Raise a SourceError if the deadline has passed."""
        self._require(time.monotonic(), reason)

    def left_s(self, most_s: float) -> float:
        """Time until the deadline, at most ``most_s``; never quite nothing, since 0 means "for ever" to sockets."""
        if self._deadline_s is None or self._first is None:
            return most_s
        return max(min(self._first + self._deadline_s - time.monotonic(), most_s), 0.001)

    def _require(self, moment: float, reason: str) -> None:
        if self._deadline_s is not None and self._first is not None and moment > self._first + self._deadline_s:
            raise SourceError(f"Gave up after {self._deadline_s:g} s: {reason}. Try again later.")
