"""From a handler's reply to the one that travels: tagged, packed, dressed, or not sent because the client has it."""

from dataclasses import dataclass
from typing import Final

from guide.http.coding import GZIP, SMALLEST, is_packable, pack, unpack
from guide.http.cors import OPEN_HEADERS, is_open
from guide.http.exchange import Exchange
from guide.http.kept import Kept
from guide.http.tags import matches, tag_of, with_coding

Headers = list[tuple[bytes, bytes]]

_OK: Final = 200
_BODILESS: Final = frozenset({204, 304})
_SECURITY: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    # Data is no page: whoever opens it in a window gets nothing run. Pages set their own policy.
    (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"),
)
_OURS: Final = frozenset({b"content-length", b"etag", b"content-encoding", b"vary"})
_OF_A_BODY: Final = frozenset({b"content-length", b"content-type", b"content-encoding", b"content-language"})
_ENCODING: Final = b"accept-encoding"


@dataclass(slots=True)
class Reply:
    """A reply as it travels; ``kept`` is what later requests may be answered with, chosen by ``vary``."""

    status: int
    headers: Headers
    body: bytes
    kept: Kept | None = None
    vary: tuple[bytes, ...] = ()


def dress(exchange: Exchange, headers: Headers) -> Headers:
    """Add the headers that every reply carries, unless the handler has set its own."""
    there = {name for name, _ in headers}
    headers.extend(header for header in _SECURITY if header[0] not in there)
    if is_open(exchange.scope["path"]):
        headers.extend(OPEN_HEADERS)
    return headers


async def finish(exchange: Exchange, status: int, headers: Headers, body: bytes) -> Reply:
    """The reply that travels."""
    given = dict(headers)
    varies = exchange.varies | {name.strip().lower() for name in given.get(b"vary", b"").split(b",") if name.strip()}
    tag = _tag(exchange, status, given, body)
    body, coding, by_coding = await _coded(exchange, given, body)
    if by_coding:
        varies.add(_ENCODING)
    kept_headers = [header for header in headers if header[0] not in _OURS]
    if varies:
        kept_headers.append((b"vary", b", ".join(sorted(varies))))
    if exchange.language is not None and b"content-language" not in given:
        kept_headers.append((b"content-language", exchange.language.encode()))
    if coding:
        kept_headers.append((b"content-encoding", coding))
    if tag:
        tag = with_coding(tag, coding)
        kept_headers.append((b"etag", tag))
    elif b"etag" in given:
        kept_headers.append((b"etag", given[b"etag"]))
    dress(exchange, kept_headers)
    if tag and matches(exchange.headers.get(b"if-none-match"), tag):
        return Reply(status=304, headers=_without_body(kept_headers), body=b"")
    if status in _BODILESS:
        return Reply(status=status, headers=_without_body(kept_headers), body=b"")
    full = [*kept_headers, (b"content-length", str(len(body)).encode())]
    reply = Reply(status=status, headers=full, body=body)
    if tag and exchange.still_holds is not None and b"set-cookie" not in given:
        reply.vary = tuple(sorted(varies))
        reply.kept = Kept(
            headers=full,
            not_modified=_without_body(kept_headers),
            tag=tag,
            body=body,
            route=exchange.route,
            still_holds=exchange.still_holds,
        )
    return reply


def _tag(exchange: Exchange, status: int, given: dict[bytes, bytes], body: bytes) -> bytes:
    """The strong tag of what a GET gives; empty where nobody may keep it."""
    if status != _OK or exchange.scope["method"] != "GET":
        return b""
    if (tag := given.get(b"etag")) is not None:
        return tag
    return b"" if b"no-store" in given.get(b"cache-control", b"no-store") else tag_of(body)


async def _coded(exchange: Exchange, given: dict[bytes, bytes], body: bytes) -> tuple[bytes, bytes, bool]:
    """The body as the client takes it, its coding, and whether another client may get another."""
    stored = given.get(b"content-encoding", b"")
    if stored == GZIP:
        return (body, GZIP, True) if GZIP in exchange.codings else (await unpack(body), b"", True)
    if stored or len(body) < SMALLEST or b"content-range" in given or not is_packable(given.get(b"content-type", b"")):
        return body, stored, False
    if not exchange.codings:
        return body, b"", True
    coding = exchange.codings[0]
    return await pack(body, coding), coding, True


def _without_body(headers: Headers) -> Headers:
    return [header for header in headers if header[0] not in _OF_A_BODY]
