"""Large files that stay where they are: whole, or one range of bytes (RFC 9110, section 14)."""

import asyncio
import mmap
import re
from typing import Final

from litestar.types import Receive, Scope, Send

from guide.areas.archive import Content
from guide.http.exchange import Exchange
from guide.http.replies import cache_control
from guide.http.tags import matches

_RANGE: Final = re.compile(r"bytes=(\d{0,19})-(\d{0,19})")
_PART: Final = 256 * 1024


class RangeReply:
    """An ASGI app that sends a file, or what of it is asked for, part by part."""

    def __init__(self, content: Content, exchange: Exchange, *, tag: str, media_type: str, max_age_s: int) -> None:
        self._content = content
        self._exchange = exchange
        exchange.still_holds = None  # the system keeps files in memory already
        self._tag = tag
        self._headers = {
            "ETag": tag,
            "Accept-Ranges": "bytes",
            "Content-Type": media_type,
            "Cache-Control": cache_control(max_age_s),
        }

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send it."""
        size = len(self._content)
        wanted = self._wanted(size)
        if matches(self._exchange.headers.get(b"if-none-match"), self._tag.encode()):
            await self._begin(send, 304, {})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        if not isinstance(self._content, mmap.mmap) and (wanted is None or len(wanted)):
            # What cannot be had is found out before the reply begins; what was read is kept near.
            first = 0 if wanted is None else wanted.start
            await self._read(first, min(first + 1, size))
        if wanted is None:
            await self._begin(send, 200, {"Content-Length": str(size)})
            await self._pour(send, range(size))
        elif wanted.start >= wanted.stop:
            await self._begin(send, 416, {"Content-Range": f"bytes */{size}", "Content-Length": "0"})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        else:
            place = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
            await self._begin(send, 206, {"Content-Range": place, "Content-Length": str(len(wanted))})
            await self._pour(send, wanted)

    async def _begin(self, send: Send, status: int, more: dict[str, str]) -> None:
        headers = {**self._headers, **more}
        raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": raw})

    async def _pour(self, send: Send, wanted: range) -> None:
        if self._exchange.method == "HEAD":
            await send({"type": "http.response.body", "body": b"", "more_body": True})  # no length but the one told
            wanted = wanted[:0]
        for start in wanted[::_PART]:
            part = await self._read(start, wanted.stop)
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _read(self, start: int, stop: int) -> bytes:
        """One part; what lies beyond this machine is waited for off the event loop."""
        span = slice(start, min(start + _PART, stop))
        if isinstance(self._content, mmap.mmap):
            return self._content[span]
        return await asyncio.to_thread(self._content.__getitem__, span)

    def _wanted(self, size: int) -> range | None:
        """The one range of bytes that is asked for (empty if it lies outside); None for the whole.

        A header that is not understood, or asks for several ranges, is ignored, as the standard allows.
        """
        found = _RANGE.fullmatch(self._exchange.header(b"range").replace(" ", ""))
        if found is None or (self._exchange.header(b"if-range") or self._tag) != self._tag:
            return None
        first, last = found.groups()
        if first:
            return range(int(first), min(int(last), size - 1) + 1 if last else size)
        return range(max(size - int(last), 0), size) if last else None
