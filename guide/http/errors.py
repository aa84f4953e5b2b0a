"""From errors to replies: one table, problem details as in RFC 9457, and never a trace."""

import math
import re
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from guide.domain import errors
from guide.http.exchange import exchange_of

PROBLEM_JSON: Final = "application/problem+json"

# From the branch to the root: the first row that fits counts.
_TABLE: Final[tuple[tuple[type[errors.GuideError], int, str, str], ...]] = (
    (errors.UsageError, 400, "bad-request", "The request cannot be understood"),
    (errors.UnknownAreaError, 404, "unknown-area", "Unknown area"),
    (errors.NotFoundError, 404, "not-found", "Not found"),
    (errors.NotBuiltError, 503, "not-built", "This part of the area has not been built"),
    (errors.SnapError, 422, "stop-off-streets", "A stop is too far from any street"),
    (errors.NoWayError, 422, "no-way", "No way joins the stops"),
    (errors.NothingFitsError, 422, "nothing-fits", "No tour keeps all that was wished for"),
    (errors.RouteError, 422, "no-route", "No route can be given"),
    (errors.BusyError, 503, "busy", "Too many ask for this at once"),
    (errors.NotInstalledError, 503, "not-installed", "This machine lacks something that this needs"),
    (errors.LineError, 422, "line-not-measurable", "The line cannot be measured"),
    (errors.DepotError, 503, "depot-away", "The place where builds lie cannot be reached now"),
    (errors.StoreError, 503, "catalogue-closed", "The catalogue's database cannot be used now"),
    (errors.NotAllowedError, 403, "not-allowed", "The account may not do that"),
    (errors.UnknownEntryError, 404, "not-found", "Not found"),
    (errors.ConflictError, 412, "changed-meanwhile", "Somebody else changed it first"),
    (errors.DeskError, 422, "not-possible", "That cannot be done"),
    (errors.GuideError, 500, "internal", "Something went wrong here"),
)

_HTTP: Final[dict[int, tuple[str, str, str]]] = {
    400: ("bad-request", "The request cannot be understood", "Check the request against /api/openapi.json."),
    401: ("not-signed-in", "Not signed in", "Sign in first."),
    403: ("not-allowed", "Your account may not do that", "Ask somebody whose account may."),
    404: ("not-found", "Not found", "Nothing is at this address. What there is stands in /api/openapi.json."),
    405: ("method-not-allowed", "Method not allowed", "This address does not take this method; see the Allow header."),
    406: ("not-acceptable", "Not acceptable", "Name one of them in the Accept header, or none."),
    409: ("conflict", "Somebody else changed it first", "Look at the new state and try again."),
    408: ("request-timeout", "The request came too slowly", "Send the body at once, over a better line."),
    413: ("too-large", "The request is too large", "Send less: a route request has at most some kilobytes."),
    414: ("address-too-long", "The address is too long", "Send less in the address, or use the POST of the same path."),
    415: ("unsupported-media-type", "Unsupported media type", "Send application/json, not packed."),
    429: ("too-many-requests", "Too many requests", "Wait as long as the Retry-After header says, and ask for less."),
}
_HTTP_BAD_REQUEST: Final = 400
_HTTP_AWAY: Final = 503
_AWAY_S: Final = 5
"""What is away now may be back in some seconds."""
_FOLDERS: Final = re.compile(r"(?<!\S)/(?:[^\s/]+/)+")
"""In front of a file's name in a sentence."""

_INTERNAL: Final = ("internal", "Something went wrong here", "The failure has been logged. Try again later.")


class TooManyRequestsError(HTTPException):
    """A client has used up its allowance; it may ask again after ``wait_s`` seconds."""

    status_code = 429

    def __init__(self, wait_s: float) -> None:
        super().__init__(headers={"Retry-After": str(math.ceil(wait_s))})


class NotAcceptableError(HTTPException):
    """A client takes none of the media types that an address gives."""

    status_code = 406

    def __init__(self, offers: tuple[str, ...]) -> None:
        names = ", ".join(offer.partition(";")[0] for offer in offers)
        super().__init__(detail=f"This address gives: {names}.")


class UnsupportedMediaTypeError(HTTPException):
    """A body is of a type, or packed in a way, that its address does not read."""

    status_code = 415


class BodyBrokeOffError(HTTPException):
    """The client hung up, or wrote what is no HTTP, before the end of its body."""

    status_code = 400

    def __init__(self) -> None:
        super().__init__(detail="The body broke off.")


class RequestTimeoutError(HTTPException):
    """A body did not come in time."""

    status_code = 408


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A problem reply; ``kind`` becomes its stable type, ``more`` are members of its own (RFC 9457, section 3.2)."""

    status: int
    kind: str
    title: str
    detail: str
    headers: dict[str, str] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)

    def all_headers(self) -> dict[str, str]:
        """The headers of its reply."""
        return {**self.headers, "Content-Type": PROBLEM_JSON, "Cache-Control": "no-store"}


def too_many_requests(wait_s: float) -> Problem:
    """What a client hears that has used up its allowance."""
    kind, title, advice = _HTTP[429]
    return Problem(status=429, kind=kind, title=title, detail=advice, headers={"Retry-After": str(math.ceil(wait_s))})


def uri_too_long(longest: int) -> Problem:
    """What a client hears whose address is longer than ``longest`` characters."""
    kind, title, advice = _HTTP[414]
    return Problem(status=414, kind=kind, title=title, detail=f"An address may have {longest} characters. {advice}")


def problem_kinds() -> dict[str, tuple[int, str]]:
    """Status and title of every kind of problem."""
    kinds = {kind: (status, title) for _, status, kind, title in _TABLE}
    return {**kinds, **{kind: (status, title) for status, (kind, title, _) in _HTTP.items()}}


def problem_title(status: int) -> str | None:
    """What problems of a status are called; None where only errors of the domain have it."""
    row = _HTTP.get(status) or next((row[1:] for row in _TABLE if row[1] == status), None)
    return None if row is None else row[-2] if status in _HTTP else row[-1]


def encode_problem(problem: Problem, request_id: str) -> bytes:
    """The body of a problem reply; the request's id finds the lines of the log about it."""
    return msgspec.json.encode(
        {
            "type": f"/problems/{problem.kind}",
            "title": problem.title,
            "status": problem.status,
            "detail": problem.detail,
            "request_id": request_id,
            **problem.more,
        }
    )


def problem_reply(request: Request[Any, Any, Any], problem: Problem) -> Response[bytes]:
    """A problem as a handler's reply."""
    return Response(
        encode_problem(problem, exchange_of(request).request_id),
        status_code=problem.status,
        media_type=PROBLEM_JSON,
        headers=problem.all_headers(),
    )


def _say(
    request: Request[Any, Any, Any], status: int, row: tuple[str, str, str], headers: dict[str, str] | None = None
) -> Response[bytes]:
    kind, title, detail = row
    return problem_reply(request, Problem(status=status, kind=kind, title=title, detail=detail, headers=headers or {}))


def _guide_error(request: Request[Any, Any, Any], error: errors.GuideError) -> Response[bytes]:
    status, kind, title = next(row[1:] for row in _TABLE if isinstance(error, row[0]))
    if kind == "internal":
        _log(request).error("internal error", error=error.message)
        return _say(request, 500, _INTERNAL)
    wait_s = error.wait_s if isinstance(error, errors.BusyError) else _AWAY_S if status == _HTTP_AWAY else None
    headers = {} if wait_s is None else {"Retry-After": str(math.ceil(wait_s))}
    # Where files of this machine lie is for its operator, in the log; a stranger hears their names.
    detail = _FOLDERS.sub("", error.message) if status == _HTTP_AWAY else error.message
    more = {"changes": _changes(error)} if isinstance(error, errors.NothingFitsError) else {}
    return problem_reply(
        request, Problem(status=status, kind=kind, title=title, detail=detail, headers=headers, more=more)
    )


def _changes(error: errors.NothingFitsError) -> list[dict[str, Any]]:
    """What alone would make a tour possible: a field of the request, its new value, a sentence for each reader."""
    return [
        {
            "field": change.field,
            "value": change.value,
            "message_ja": change.reason.message("ja"),
            "message_en": change.reason.message("en"),
        }
        for change in error.changes
    ]


def _http_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    if error.status_code not in _HTTP:
        _log(request).error("internal error", status=error.status_code, error=error.detail)
        return _say(request, 500, _INTERNAL)
    kind, title, advice = _HTTP[error.status_code]
    faults = ""
    if isinstance(error, NotAcceptableError):
        faults = error.detail
    elif error.status_code == _HTTP_BAD_REQUEST:  # what is wrong with others stands in the table
        faults = " ".join(map(_fault, error.extra)) if isinstance(error.extra, list) else _sentence(error.detail)
    return _say(request, error.status_code, (kind, title, f"{faults} {advice}".strip()), _headers(error))


def _headers(error: HTTPException) -> dict[str, str]:
    """An error's own headers; whoever may GET may also ask for the HEAD."""
    headers = {name.title(): value for name, value in (error.headers or {}).items()}
    allowed = headers.get("Allow", "").split(", ")
    if "GET" in allowed and "HEAD" not in allowed:
        headers["Allow"] = ", ".join(sorted({*allowed, "HEAD"}))
    return headers


def _too_deep(request: Request[Any, Any, Any], _error: RecursionError) -> Response[bytes]:
    """Only a body of brackets within brackets gets here: the decoder gives up on it."""
    kind, title, advice = _HTTP[_HTTP_BAD_REQUEST]
    return _say(request, _HTTP_BAD_REQUEST, (kind, title, f"The body is nested too deeply. {advice}"))


def _fault(fault: Any) -> str:  # noqa: ANN401 (the framework's own loose shape)
    """One field's fault as a sentence: which field, and what was expected."""
    if not isinstance(fault, dict):
        return ""
    message, field_ = str(fault.get("message", "")), fault.get("key")
    if field_ == "data":  # the framework's name for the body
        return "The body is empty." if message == "'data'" else _sentence(f"The body: {message}")
    return _sentence(f"{field_}: {message}" if field_ else message)


def _sentence(text: str) -> str:
    """One line of at most some 300 characters, ended by a full stop."""
    return f"{' '.join(text.split())[:300].rstrip('.')}."


def _surprise(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """What nobody thought of: logged with its trace here, told without it there."""
    _log(request).error("internal error", route=request.scope.get("path_template"), exc_info=error)
    return _say(request, 500, _INTERNAL)


def _log(request: Request[Any, Any, Any]) -> Any:  # noqa: ANN401 (structlog's own loose type)
    return structlog.get_logger().bind(request_id=exchange_of(request).request_id)


def exception_handlers() -> ExceptionHandlersMap:
    """The handlers of every error, for the app."""
    return {
        errors.GuideError: _guide_error,
        HTTPException: _http_error,
        RecursionError: _too_deep,
        Exception: _surprise,
    }
