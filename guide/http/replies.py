"""Replies: bytes with an ETag, compressed if the reader can take it, 304 if the reader has them."""

import gzip
import hashlib
from typing import Any, Final

import msgspec
from litestar import Request, Response

JSON: Final = "application/json"
GEOJSON: Final = "application/geo+json"

_COMPRESS_FROM: Final = 1024
_GZIP_LEVEL: Final = 5
_COMPRESSED: Final = frozenset({"image/png"})


def json_reply(
    request: Request[Any, Any, Any], content: object, *, media_type: str = JSON, max_age_s: int = 60
) -> Response[bytes]:
    """A value as JSON, which the reader may keep for a while and ask about again."""
    return bytes_reply(request, msgspec.json.encode(content), media_type=media_type, max_age_s=max_age_s)


def bytes_reply(
    request: Request[Any, Any, Any], body: bytes, *, media_type: str, max_age_s: int = 60
) -> Response[bytes]:
    """Text-like bytes. The ETag is weak, because the same text may travel compressed or not."""
    headers = {
        "ETag": f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"',
        "Cache-Control": f"public, max-age={max_age_s}" if max_age_s else "no-cache",
        "Vary": "Accept-Encoding",
    }
    if matches(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(b"", status_code=304, media_type=media_type, headers=headers)
    return _compressed(request, body, media_type, headers)


def private_reply(request: Request[Any, Any, Any], content: object, *, media_type: str = JSON) -> Response[bytes]:
    """A value made for this request alone."""
    return encoded_reply(request, msgspec.json.encode(content), media_type=media_type)


def encoded_reply(request: Request[Any, Any, Any], body: bytes, *, media_type: str) -> Response[bytes]:
    """Bytes made for this request alone, in a format that its Accept header may have chosen."""
    return _compressed(request, body, media_type, {"Cache-Control": "no-store", "Vary": "Accept, Accept-Encoding"})


def accepts_gzip(request: Request[Any, Any, Any]) -> bool:
    """Whether the reader takes gzip (``gzip;q=0`` says no)."""
    for offer in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, quality = offer.partition(";")
        if name.strip() in {"gzip", "*"}:
            return quality.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def matches(header: str | None, etag: str) -> bool:
    """Whether an If-None-Match header names this ETag, by the weak comparison of RFC 9110, section 8.8.3.2."""
    if header is None:
        return False
    named = {tag.strip().removeprefix("W/") for tag in header.split(",")}
    return "*" in named or etag.removeprefix("W/") in named


def _compressed(
    request: Request[Any, Any, Any], body: bytes, media_type: str, headers: dict[str, str]
) -> Response[bytes]:
    if len(body) >= _COMPRESS_FROM and media_type not in _COMPRESSED and accepts_gzip(request):
        body = gzip.compress(body, compresslevel=_GZIP_LEVEL, mtime=0)
        headers = {**headers, "Content-Encoding": "gzip"}
    return Response(body, status_code=200, media_type=media_type, headers=headers)
