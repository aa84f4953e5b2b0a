"""Reading from other sites' pages: open for the API, which holds nothing that is anybody's own."""

from typing import Final

from guide.http.exchange import Exchange

OPEN_HEADERS: Final = (
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"ETag, Content-Range, Accept-Ranges, Content-Language, Link, Retry-After, X-Request-ID",
    ),
    (b"cross-origin-resource-policy", b"cross-origin"),
)
PREFLIGHT_HEADERS: Final = (
    (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
    (
        b"access-control-allow-headers",
        b"Content-Type, Accept, Accept-Language, If-None-Match, Range, If-Range, X-Request-ID",
    ),
    (b"access-control-max-age", b"86400"),
)

_OPEN: Final = ("/api", "/osrm", "/oembed")


def is_open(path: str) -> bool:
    """Whether pages of other sites may read what lies at a path."""
    return path.startswith(_OPEN)


def is_preflight(exchange: Exchange) -> bool:
    """Whether a browser asks if a page of another site may ask (Fetch standard, CORS-preflight request)."""
    return (
        exchange.method == "OPTIONS"
        and b"origin" in exchange.headers
        and b"access-control-request-method" in exchange.headers
        and is_open(exchange.scope["path"])
    )
