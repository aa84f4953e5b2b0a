"""Replies kept in memory: a small HTTP cache (RFC 9111) in front of the handlers, as large as it is told to be.

A reply is kept only where its handler says how long it holds (for instance while its area is not built anew), and is
chosen by the request headers that its Vary names.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations
from typing import Final

from guide.http.coding import BROTLI, GZIP
from guide.http.exchange import Exchange

_LARGEST_SHARE: Final = 8
"""No single reply takes more than this part of the room."""

_LONGEST_KEY: Final = 1024
_OVERHEAD: Final = 1024
"""Bytes that an entry takes beside its body."""

_CODINGS: Final = {codings: b",".join(codings) for size in range(3) for codings in permutations((BROTLI, GZIP), size)}

_Place = tuple[str, str, bytes]
_Key = tuple[_Place, tuple[bytes, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A finished reply: its headers but for those of one request, and its body as it travels."""

    headers: list[tuple[bytes, bytes]]
    not_modified: list[tuple[bytes, bytes]]
    tag: bytes
    body: bytes
    route: str
    still_holds: Callable[[], bool]


class KeptReplies:
    """The last replies that were asked for, ``most_bytes`` of them."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._vary: dict[_Place, tuple[bytes, ...]] = {}
        self._kept: OrderedDict[_Key, Kept] = OrderedDict()

    def find(self, exchange: Exchange) -> Kept | None:
        """The reply to such a request, if it is here and still holds."""
        place = _place(exchange)
        vary = self._vary.get(place)
        if vary is None:
            return None
        key = (place, _chosen_by(exchange, vary))
        kept = self._kept.get(key)
        if kept is None:
            return None
        if not kept.still_holds():
            self._drop(key)
            return None
        self._kept.move_to_end(key)
        return kept

    def keep(self, exchange: Exchange, kept: Kept, vary: tuple[bytes, ...]) -> None:
        """Keep a reply; the ones that were not asked for the longest make room."""
        place = _place(exchange)
        size = len(kept.body) + _OVERHEAD
        chosen_by = _chosen_by(exchange, vary)
        if size * _LARGEST_SHARE > self._most_bytes or len(place[1]) + len(place[2]) > _LONGEST_KEY:
            return
        if sum(map(len, chosen_by)) > _LONGEST_KEY:
            return
        if len(self._vary) > self._most_bytes // _OVERHEAD:
            self._vary.clear()
        self._vary[place] = vary
        key = (place, chosen_by)
        self._drop(key)
        self._kept[key] = kept
        self._bytes += size
        while self._bytes > self._most_bytes:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: _Key) -> None:
        if (kept := self._kept.pop(key, None)) is not None:
            self._bytes -= len(kept.body) + _OVERHEAD


def _place(exchange: Exchange) -> _Place:
    scope = exchange.scope
    return exchange.base_url, scope["path"], scope["query_string"]


def _chosen_by(exchange: Exchange, vary: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """The values of the headers that choose between replies; of codings only the one that is taken."""
    return tuple(
        _CODINGS[exchange.codings] if name == b"accept-encoding" else exchange.headers.get(name, b"") for name in vary
    )
