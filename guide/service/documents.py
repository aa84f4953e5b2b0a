"""What developers read: the description of the API, a page that shows it, and a page on each kind of problem."""

from threading import Lock
from typing import Any, Final

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.params import FromPath

from guide.api.areas.inputs import Reader, Templates
from guide.domain.errors import NotFoundError
from guide.http.errors import problem_kinds
from guide.http.exchange import exchange_of
from guide.http.pages import html_reply
from guide.http.replies import bytes_reply
from guide.service.openapi.build import describe

OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.1"
_AN_HOUR: Final = 3600
_making = Lock()


@get("/api/openapi.json", include_in_schema=False, sync_to_thread=True)
def get_description(request: Request[Any, Any, Any], state: State) -> Response[bytes]:
    """The description of the API as OpenAPI 3.1."""
    with _making:
        if state.get("description") is None:
            state["description"] = describe(state.settings)
    exchange_of(request).still_holds = _always
    return bytes_reply(state.description, media_type=OPENAPI, max_age_s=_AN_HOUR)


@get("/api/docs", include_in_schema=False, sync_to_thread=True)
def get_docs(request: Request[Any, Any, Any], reader: Reader, pages: Templates) -> Response[bytes]:
    """The description as a page in which one can try everything."""
    base = exchange_of(request).base_url
    return html_reply(pages.render("docs.html", reader, base=base), max_age_s=_AN_HOUR)


@get("/problems/{kind:str}", include_in_schema=False, sync_to_thread=True)
def get_problem(kind: FromPath[str], reader: Reader, pages: Templates) -> Response[bytes]:
    """What a kind of problem means; the type of a problem reply leads here."""
    kinds = problem_kinds()
    if kind not in kinds:
        raise NotFoundError(f"There is no problem of the kind {kind[:40]!r}. Kinds: {', '.join(sorted(kinds))}.")
    return html_reply(pages.render("problem.html", reader, kind=kind, problem=kinds[kind]), max_age_s=_AN_HOUR)


def _always() -> bool:
    return True


DOCUMENTS: Final = (get_description, get_docs, get_problem)
