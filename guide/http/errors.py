"""From errors to replies: one table, problem details as in RFC 9457, and never a trace."""

from typing import Any, Final

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from guide.domain import errors

PROBLEM_JSON: Final = "application/problem+json"

# From the branch to the root: the first row that fits counts.
_TABLE: Final[tuple[tuple[type[errors.GuideError], int, str, str], ...]] = (
    (errors.UsageError, 400, "bad-request", "The request cannot be understood"),
    (errors.UnknownAreaError, 404, "unknown-area", "Unknown area"),
    (errors.NotFoundError, 404, "not-found", "Not found"),
    (errors.NotBuiltError, 503, "not-built", "This part of the area has not been built"),
    (errors.SnapError, 422, "stop-off-streets", "A stop is too far from any street"),
    (errors.NoWayError, 422, "no-way", "No way joins the stops"),
    (errors.RouteError, 422, "no-route", "No route can be given"),
    (errors.NotInstalledError, 503, "not-installed", "This machine lacks something that this needs"),
    (errors.LineError, 422, "line-not-measurable", "The line cannot be measured"),
    (errors.GuideError, 500, "internal", "Something went wrong here"),
)

_HTTP: Final[dict[int, tuple[str, str, str]]] = {
    400: ("bad-request", "The request cannot be understood", "Check the request against /api/openapi.json."),
    404: ("not-found", "Not found", "Nothing is at this address. What there is stands in /api/openapi.json."),
    405: ("method-not-allowed", "Method not allowed", "This address does not take this method; see the Allow header."),
    406: ("not-acceptable", "Not acceptable", "Ask for application/json."),
    413: ("too-large", "The request is too large", "Send less: a route request has at most some kilobytes."),
    415: ("unsupported-media-type", "Unsupported media type", "Send application/json."),
}
_HTTP_BAD_REQUEST: Final = 400
_INTERNAL: Final = ("internal", "Something went wrong here", "The failure has been logged. Try again later.")


def problem(status: int, kind: str, title: str, detail: str, headers: dict[str, str] | None = None) -> Response[bytes]:
    """A problem reply; ``kind`` becomes its stable type."""
    body = {"type": f"/problems/{kind}", "title": title, "status": status, "detail": detail}
    return Response(
        msgspec.json.encode(body),
        status_code=status,
        media_type=PROBLEM_JSON,
        headers={**(headers or {}), "Cache-Control": "no-store"},
    )


def _guide_error(_request: Request[Any, Any, Any], error: errors.GuideError) -> Response[bytes]:
    status, kind, title = next(row[1:] for row in _TABLE if isinstance(error, row[0]))
    if kind == "internal":
        structlog.get_logger().error("internal error", error=error.message)
        return problem(status, *_INTERNAL)
    return problem(status, kind, title, error.message)


def _http_error(_request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    if error.status_code not in _HTTP:
        structlog.get_logger().error("internal error", status=error.status_code, error=error.detail)
        return problem(500, *_INTERNAL)
    kind, title, advice = _HTTP[error.status_code]
    faults = ""
    if error.status_code == _HTTP_BAD_REQUEST:  # what is wrong with others stands in the table
        faults = " ".join(map(_fault, error.extra)) if isinstance(error.extra, list) else _sentence(error.detail)
    return problem(error.status_code, kind, title, f"{faults} {advice}".strip(), dict(error.headers or {}))


def _too_deep(_request: Request[Any, Any, Any], _error: RecursionError) -> Response[bytes]:
    """Only a body of brackets within brackets gets here: the decoder gives up on it."""
    kind, title, advice = _HTTP[_HTTP_BAD_REQUEST]
    return problem(_HTTP_BAD_REQUEST, kind, title, f"The body is nested too deeply. {advice}")


def _fault(fault: Any) -> str:  # noqa: ANN401 (the framework's own loose shape)
    """One field's fault as a sentence: which field, and what was expected."""
    if not isinstance(fault, dict):
        return ""
    message, field = str(fault.get("message", "")), fault.get("key")
    if field == "data":  # the framework's name for the body
        return "The body is empty." if message == "'data'" else _sentence(f"The body: {message}")
    return _sentence(f"{field}: {message}" if field else message)


def _sentence(text: str) -> str:
    """One line of at most some 300 characters, ended by a full stop."""
    return f"{' '.join(text.split())[:300].rstrip('.')}."


def _surprise(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """What nobody thought of: logged with its trace here, told without it there."""
    structlog.get_logger().error("internal error", path=request.scope["path"], exc_info=error)
    return problem(500, *_INTERNAL)


def exception_handlers() -> ExceptionHandlersMap:
    """The handlers of every error, for the app."""
    return {
        errors.GuideError: _guide_error,
        HTTPException: _http_error,
        RecursionError: _too_deep,
        Exception: _surprise,
    }
