"""What the desk says when something cannot be done: a page, or the part of one, in the reader's language."""

from typing import Any, Final
from urllib.parse import quote

from litestar import Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect
from litestar.types import ExceptionHandlersMap

from guide.desk.access import AnyRequest, NotSignedInError, StrangeFormError
from guide.desk.pages import DeskPages, language_of
from guide.domain.errors import (
    ConflictError,
    DeskError,
    NotAllowedError,
    SourceError,
    StoreError,
    UnknownAreaError,
    UnknownEntryError,
    UnreadableTableError,
)
from guide.domain.texts import say
from guide.http.exchange import exchange_of

_STATUS: Final[tuple[tuple[type[DeskError], int], ...]] = (
    (NotAllowedError, 403),
    (UnknownEntryError, 404),
    (ConflictError, 412),
    (DeskError, 422),
)
_AGAIN_AFTER_S: Final = "5"
"""What is away now may be back in some seconds."""

_OF_HTTP: Final = {
    400: "problem.bad-request",
    404: "problem.not-found",
    405: "problem.not-found",
    413: "problem.too-large",
    415: "problem.bad-request",
}


def status_of(error: DeskError) -> int:
    """The status of a reply that tells of an error."""
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def exception_handlers() -> ExceptionHandlersMap:
    """The handlers of the desk; what they do not know goes on to those of the service."""
    return {
        NotSignedInError: _sign_in_first,
        StrangeFormError: _strange_form,
        DeskError: _desk_error,
        StoreError: _store_error,
        UnreadableTableError: _unreadable_table,
        SourceError: _source_error,
        UnknownAreaError: _unknown_area,
        HTTPException: _http_error,
    }


def _sign_in_first(request: AnyRequest, _error: NotSignedInError) -> Response[Any]:
    target = request.url.path if request.method == "GET" else "/desk"
    address = f"/desk/sign-in?next={quote(target)}"
    if is_part(request):
        return Response(b"", status_code=401, headers={"HX-Redirect": address, "Cache-Control": "no-store"})
    return Redirect(address, status_code=303, headers={"Cache-Control": "no-store"})


def is_part(request: AnyRequest) -> bool:
    """Whether HTMX asks for a part of a page."""
    return exchange_of(request).header(b"hx-request") == "true"


def _strange_form(request: AnyRequest, _error: StrangeFormError) -> Response[bytes]:
    return _problem(request, 403, _say(request, "problem.strange-form"))


def _desk_error(request: AnyRequest, error: DeskError) -> Response[bytes]:
    return _problem(request, status_of(error), error.said(language_of(request)))


def _store_error(request: AnyRequest, _error: StoreError) -> Response[bytes]:
    reply = _problem(request, 503, _say(request, "problem.store"))
    reply.headers["Retry-After"] = _AGAIN_AFTER_S
    return reply


def _source_error(request: AnyRequest, error: SourceError) -> Response[bytes]:
    return _problem(request, 422, _say(request, "problem.source", reason=error.message))


def _unreadable_table(request: AnyRequest, error: UnreadableTableError) -> Response[bytes]:
    return _problem(request, 422, error.said(language_of(request)))


def _unknown_area(request: AnyRequest, _error: UnknownAreaError) -> Response[bytes]:
    return _problem(request, 404, _say(request, "problem.unknown-area"))


def _http_error(request: AnyRequest, error: HTTPException) -> Response[bytes]:
    key = _OF_HTTP.get(error.status_code)
    if key is None:
        raise error
    headers = error.headers or {}
    reply = _problem(request, error.status_code, _say(request, key))
    for name, value in headers.items():
        reply.headers[name] = value
    return reply


def _say(request: AnyRequest, key: str, **values: object) -> str:
    return say(language_of(request), key, **values)


def _problem(request: AnyRequest, status: int, sentence: str) -> Response[bytes]:
    pages: DeskPages = request.app.state.desk_pages
    template = "problem-part.html" if is_part(request) else "problem.html"
    return pages.page(request, template, status=status, sentence=sentence)
