"""Who asks, and by which address they reached us; what a proxy says of it counts only if we are told to trust it."""

import ipaddress
import re
from functools import lru_cache
from typing import Final

from litestar.types import HTTPScope

_HOST: Final = re.compile(r"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")
_V4_PREFIX: Final = 24
_V6_PREFIX: Final = 48
_V6_HOME: Final = 64
"""Bits that one subscriber's addresses have in common."""


class Clients:
    """Reads a request's origin. ``proxies`` is how many proxies of ours stand in front, 0 for none."""

    def __init__(self, proxies: int = 0, public_url: str | None = None) -> None:
        self._proxies = proxies
        self._public_url = public_url.rstrip("/") if public_url else None

    def address(self, scope: HTTPScope, headers: dict[bytes, bytes]) -> str:
        """The client's network address; the one that the outermost of our proxies saw."""
        if self._proxies and (forwarded := headers.get(b"x-forwarded-for")):
            hops = forwarded.decode("latin-1").split(",")
            return hops[-min(self._proxies, len(hops))].strip()[:100]
        client = scope["client"]
        return client[0] if client else ""

    def base_url(self, scope: HTTPScope, headers: dict[bytes, bytes]) -> str:
        """The service's address as the client knows it, without a slash at its end."""
        if self._public_url is not None:
            return self._public_url
        scheme, host = scope["scheme"], headers.get(b"host", b"").decode("latin-1")
        if self._proxies:
            scheme = _last(headers, b"x-forwarded-proto") or scheme
            host = _last(headers, b"x-forwarded-host") or host
        if scheme not in {"http", "https"} or not _HOST.fullmatch(host):
            server = scope["server"]
            return f"http://{server[0]}:{server[1]}" if server else "http://localhost"
        return f"{scheme}://{host}"


def _last(headers: dict[bytes, bytes], name: bytes) -> str:
    """What the nearest proxy wrote."""
    return headers.get(name, b"").decode("latin-1").rpartition(",")[2].strip()


@lru_cache(maxsize=4096)
def household(address: str) -> str:
    """What shares one allowance: an IPv4 address, or the network of one subscriber in IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:  # noqa: PLR2004
        return address
    return str(ipaddress.ip_network((parsed, _V6_HOME), strict=False))


@lru_cache(maxsize=4096)
def neighbourhood(address: str) -> str:
    """An address so coarse that it names nobody, for logs; "-" where it is none."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "-"
    bits = _V4_PREFIX if parsed.version == 4 else _V6_PREFIX  # noqa: PLR2004
    return str(ipaddress.ip_network((parsed, bits), strict=False))
