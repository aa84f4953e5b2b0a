"""Content codings: which ones a client takes (RFC 9110, section 12.5.3), and packing into them."""

import asyncio
import gzip
from functools import lru_cache
from typing import Final

import brotli

from guide.http.weights import weigh

BROTLI: Final = b"br"
GZIP: Final = b"gzip"

SMALLEST: Final = 1024
"""Bytes below which packing saves no packet on the wire."""

_OFFERED: Final = (BROTLI, GZIP)
_GZIP_LEVEL: Final = 5
_BROTLI_QUALITY: Final = 4
_ASIDE_FROM: Final = 32 * 1024
"""Bytes from which packing takes milliseconds, which other requests should not wait for."""

_PACKED_KINDS: Final = (b"image/", b"font/woff", b"application/vnd.pmtiles", b"application/zip", b"audio/", b"video/")


@lru_cache(maxsize=256)
def codings_of(accept_encoding: bytes) -> tuple[bytes, ...]:
    """What an Accept-Encoding header takes of what we offer, the best in front: Brotli where it likes both as much."""
    weights = dict(weigh(accept_encoding.decode("latin-1")))
    anything = weights.get("*", 0.0)
    offered = [(weights.get(coding.decode(), anything), coding) for coding in _OFFERED]
    return tuple(coding for weight, coding in sorted(offered, key=lambda pair: -pair[0]) if weight > 0)


@lru_cache(maxsize=256)
def is_packable(content_type: bytes) -> bool:
    """Whether bytes of a media type shrink; pictures (but drawings) and archives are packed already."""
    return content_type.startswith(b"image/svg") or not content_type.startswith(_PACKED_KINDS)


async def pack(body: bytes, coding: bytes) -> bytes:
    """A body in a coding; the same bytes each time."""
    if len(body) < _ASIDE_FROM:
        return _pack(body, coding)
    return await asyncio.to_thread(_pack, body, coding)


async def unpack(body: bytes) -> bytes:
    """A body that was stored as gzip."""
    if len(body) < _ASIDE_FROM:
        return gzip.decompress(body)
    return await asyncio.to_thread(gzip.decompress, body)


def _pack(body: bytes, coding: bytes) -> bytes:
    if coding == BROTLI:
        packed: bytes = brotli.compress(body, quality=_BROTLI_QUALITY)
        return packed
    return gzip.compress(body, compresslevel=_GZIP_LEVEL, mtime=0)
