"""The front: the way of every request and every reply, whichever handler it is for.

A request gets an id, is counted against its client's allowance, and is answered from the kept replies if it can be. A
handler's reply gets its tag, is packed if the client takes it so, and is not sent if the client has it already. Every
reply carries the same headers, and ends as a line of the log and in the metrics. HEAD is GET without the body.
"""

import re
import secrets
import time
from typing import Final

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPResponseStartEvent, HTTPScope, Message, Receive, Scope, Send

from guide.http.access import AccessLog
from guide.http.clients import Clients, household
from guide.http.coding import codings_of
from guide.http.cors import PREFLIGHT_HEADERS, is_preflight
from guide.http.errors import Problem, encode_problem, too_many_requests, uri_too_long
from guide.http.exchange import STATE_KEY, Exchange
from guide.http.finish import Headers, Reply, dress, finish
from guide.http.kept import Kept, KeptReplies
from guide.http.limits import Limiter
from guide.http.metrics import Metrics
from guide.http.slow import patient
from guide.http.tags import matches
from guide.http.tracing import Traces

_LONGEST_ADDRESS: Final = 16 * 1024
_NO_ROUTE: Final = "(none)"
_FREE: Final = frozenset({"/healthz", "/readyz", "/metrics"})
"""What operators ask for, however often."""

_BODILESS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_REQUEST_ID: Final = re.compile(rb"[A-Za-z0-9._-]{1,64}")


class Front:
    """Stands before an app. Its parts are given, so that tests may look into them."""

    def __init__(  # noqa: PLR0913 (each part is given)
        self,
        app: ASGIApp,
        *,
        clients: Clients,
        limiter: Limiter,
        kept: KeptReplies,
        metrics: Metrics,
        log: AccessLog | None,
        traces: Traces | None,
    ) -> None:
        self._app = app
        self._clients = clients
        self._limiter = limiter
        self._kept = kept
        self._metrics = metrics
        self._log = log
        self._traces = traces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        exchange = self._meet(scope)
        self._metrics.began()
        try:
            await self._answer(exchange, receive, send)
        finally:
            duration_s = time.perf_counter() - exchange.began_s
            exchange.route = exchange.route or scope.get("path_template") or _NO_ROUTE
            self._metrics.ended(exchange, duration_s)
            if self._log is not None:
                self._log.record(exchange, duration_s)
            if self._traces is not None:
                self._traces.record(exchange, duration_s)

    def _meet(self, scope: HTTPScope) -> Exchange:
        headers = dict(scope["headers"])
        given = headers.get(b"x-request-id")
        exchange = Exchange(
            scope=scope,
            method=scope["method"],
            headers=headers,
            request_id=given.decode() if given and _REQUEST_ID.fullmatch(given) else secrets.token_hex(8),
            client=self._clients.address(scope, headers),
            base_url=self._clients.base_url(scope, headers),
            codings=codings_of(headers.get(b"accept-encoding", b"")),
            began_s=time.perf_counter(),
        )
        scope["state"] = {**scope.get("state", {}), STATE_KEY: exchange}
        if scope["method"] == "HEAD":
            scope["method"] = "GET"
        return exchange

    async def _answer(self, exchange: Exchange, receive: Receive, send: Send) -> None:
        scope = exchange.scope
        path = scope["path"]
        if len(path) + len(scope["query_string"]) > _LONGEST_ADDRESS:
            await _refuse(exchange, uri_too_long(_LONGEST_ADDRESS), send)
        elif path not in _FREE and (wait_s := self._limiter.take(household(exchange.client))) > 0:
            await _refuse(exchange, too_many_requests(wait_s), send)
        elif is_preflight(exchange):
            await _send(exchange, Reply(status=204, headers=dress(exchange, list(PREFLIGHT_HEADERS)), body=b""), send)
        elif scope["method"] == "GET" and (kept := self._kept.find(exchange)) is not None:
            exchange.from_kept, exchange.route = True, kept.route
            await _send(exchange, _again(exchange, kept), send)
        else:
            if exchange.method not in _BODILESS:
                receive = patient(receive)
            await self._app(scope, receive, _Relay(exchange, self._kept, send))


class _Relay:
    """What the handlers send to: holds a reply's head until its body is known, then finishes the two together."""

    __slots__ = ("_exchange", "_head", "_kept", "_send")

    def __init__(self, exchange: Exchange, kept: KeptReplies, send: Send) -> None:
        self._exchange = exchange
        self._kept = kept
        self._send = send
        self._head: HTTPResponseStartEvent | None = None

    async def __call__(self, message: Message) -> None:
        """Pass a message on."""
        exchange = self._exchange
        if message["type"] == "http.response.start":
            self._head = message
        elif message["type"] == "http.response.body" and self._head is not None:
            head, self._head = self._head, None
            exchange.route = exchange.scope.get("path_template") or _NO_ROUTE
            if message.get("more_body", False):
                await _begin(exchange, head["status"], dress(exchange, list(head["headers"])), self._send)
                await self._pass(message)
                return
            reply = await finish(exchange, head["status"], list(head["headers"]), message["body"])
            if reply.kept is not None:
                self._kept.keep(exchange, reply.kept, reply.vary)
            await _send(exchange, reply, self._send)
        else:
            await self._pass(message)

    async def _pass(self, message: Message) -> None:
        """A part of a body that comes in parts."""
        if message["type"] == "http.response.body":
            if self._exchange.method == "HEAD":
                message = {**message, "body": b""}
            self._exchange.sent_bytes += len(message["body"])
        await self._send(message)


def _again(exchange: Exchange, kept: Kept) -> Reply:
    if matches(exchange.headers.get(b"if-none-match"), kept.tag):
        return Reply(status=304, headers=kept.not_modified, body=b"")
    return Reply(status=200, headers=kept.headers, body=kept.body)


async def _refuse(exchange: Exchange, problem: Problem, send: Send) -> None:
    body = encode_problem(problem, exchange.request_id)
    headers: Headers = [
        (name.lower().encode(), value.encode("latin-1")) for name, value in problem.all_headers().items()
    ]
    headers.append((b"content-length", str(len(body)).encode()))
    await _send(exchange, Reply(status=problem.status, headers=dress(exchange, headers), body=body), send)


async def _begin(exchange: Exchange, status: int, headers: Headers, send: Send) -> None:
    exchange.status = status
    await send({
        "type": "http.response.start",
        "status": status,
        "headers": [*headers, (b"x-request-id", exchange.request_id.encode())],
    })  # fmt: skip


async def _send(exchange: Exchange, reply: Reply, send: Send) -> None:
    await _begin(exchange, reply.status, reply.headers, send)
    body = b"" if exchange.method == "HEAD" else reply.body
    exchange.sent_bytes = len(body)
    await send({"type": "http.response.body", "body": body, "more_body": False})
