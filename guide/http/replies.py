"""What handlers reply with: bytes, their media type, and how long they hold. The front does all the rest."""

from collections.abc import Mapping
from typing import Final

import msgspec
from litestar import Response

JSON: Final = "application/json"
GEOJSON: Final = "application/geo+json"

A_YEAR: Final = 365 * 24 * 3600
A_MINUTE: Final = 60


def json_reply(content: object, *, media_type: str = JSON, max_age_s: int = A_MINUTE) -> Response[bytes]:
    """A value as JSON, which the reader may keep for a while and ask about again."""
    return bytes_reply(msgspec.json.encode(content), media_type=media_type, max_age_s=max_age_s)


def bytes_reply(
    body: bytes, *, media_type: str, max_age_s: int = A_MINUTE, headers: Mapping[str, str] | None = None
) -> Response[bytes]:
    """Bytes that the reader may keep for a while; 0 s means: ask each time."""
    all_headers = {**(headers or {}), "Cache-Control": cache_control(max_age_s)}
    return Response(body, status_code=200, media_type=media_type, headers=all_headers)


def private_reply(content: object, *, media_type: str = JSON) -> Response[bytes]:
    """A value made for this request alone."""
    return encoded_reply(msgspec.json.encode(content), media_type=media_type)


def encoded_reply(body: bytes, *, media_type: str, status: int = 200) -> Response[bytes]:
    """Bytes made for this request alone."""
    return Response(body, status_code=status, media_type=media_type, headers={"Cache-Control": "no-store"})


def cache_control(max_age_s: int) -> str:
    """How long a reply may be kept; a year means for ever."""
    if max_age_s == 0:
        return "no-cache"
    return f"public, max-age={max_age_s}{', immutable' if max_age_s == A_YEAR else ''}"
