"""The form, and what became of what was sent."""

import asyncio
from typing import Annotated, Any, Final, Protocol

from litestar import Request, Response, get, post
from litestar.datastructures import State as AppState
from litestar.exceptions import HTTPException
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect

from guide.api.areas.inputs import Area, Reader, Templates
from guide.api.features.collection import SLOPES, get_collection
from guide.api.features.facts import name_of
from guide.api.features.html import render_page
from guide.api.links import Links, links_of
from guide.areas.served import ServedArea
from guide.catalogue.office import Office
from guide.catalogue.plain_text import tidy
from guide.catalogue.suggestions.suggestions import TOO_MANY
from guide.catalogue.suggestions.words import LONGEST_NAME, LONGEST_TEXT, About, Suggested
from guide.domain.errors import DeskError, NotFoundError
from guide.http.clients import household
from guide.http.exchange import exchange_of
from guide.http.limits import costs
from guide.http.origin import is_from_us
from guide.http.pages import HTML, PAGE_POLICY, Pages
from guide.http.texts import text

TRAP: Final = "homepage"
"""A field that nobody sees: whoever fills it in is a program."""

_COST: Final = 20
"""Plain requests that a suggestion is worth."""

_LARGEST_FORM: Final = 64 * 1024
_Request = Request[Any, Any, Any]

AboutAsked = Annotated[About | None, QueryParameter(description="what it is about")]


class Offices(Protocol):
    """Whatever opens the office of the service."""

    def get(self) -> Office:
        """The office."""


@get("/suggest/{area_id:str}/{slope_id:str}", include_in_schema=False)
async def get_suggest(
    request: _Request, area: Area, slope_id: FromPath[str], reader: Reader, pages: Templates, about: AboutAsked = None
) -> Response[bytes]:
    """The form for a slope."""
    links = links_of(request, area, reader)
    typed = {"about": (about or About.OTHER).value, "text": "", "thanks": ""}
    # In a thread by hand: the framework would wrap a handler twice that shares its path with another one.
    return await asyncio.to_thread(_form, pages, area, links, slope_id, typed)


@post(
    "/suggest/{area_id:str}/{slope_id:str}",
    include_in_schema=False,
    status_code=200,
    guards=[costs(_COST)],
    request_max_body_size=_LARGEST_FORM,
)
async def post_suggest(
    request: _Request, state: AppState, area: Area, slope_id: FromPath[str], reader: Reader, pages: Templates
) -> Response[bytes] | Redirect:
    """Take a suggestion in, and lead to where its sender may see what becomes of it."""
    exchange = exchange_of(request)
    if not is_from_us(exchange):
        raise HTTPException(status_code=403)
    form = await request.form()
    typed = {name: tidy(str(form.get(name, ""))) for name in ("about", "text", "thanks")}
    links = links_of(request, area, reader)
    if form.get(TRAP):  # told the same as everybody, so that it learns nothing
        return await asyncio.to_thread(_answer, pages, area, links, None)
    slope = await asyncio.to_thread(_slope, area, slope_id)
    try:
        suggested = Suggested(
            key=slope_id, name=str(slope["properties"]["name"]), about=_about(typed["about"]), text=typed["text"],
            thanks=typed["thanks"] or None, language=reader.value,
        )  # fmt: skip
        offices: Offices = state.offices
        secret = await asyncio.to_thread(_take, offices, area.id, suggested, household(exchange.client))
    except DeskError as error:
        return await asyncio.to_thread(_form, pages, area, links, slope_id, typed, error)
    where = f"/suggest/{area.id}/sent/{secret}?lang={reader.value}"
    return Redirect(where, status_code=303, headers={"Cache-Control": "no-store"})


@get("/suggest/{area_id:str}/sent/{secret:str}", include_in_schema=False, sync_to_thread=True)
def get_sent(
    request: _Request, state: AppState, area: Area, secret: FromPath[str], reader: Reader, pages: Templates
) -> Response[bytes]:
    """Thanks, and what became of it."""
    offices: Offices = state.offices
    suggestion = offices.get().suggestions.find_by_secret(area.id, secret)
    if suggestion is None:
        raise NotFoundError("There is no such suggestion.")
    return _answer(pages, area, links_of(request, area, reader), suggestion)


def _take(offices: Offices, area: str, suggested: Suggested, sender: str) -> str:
    office = offices.get()
    office.open_area(area)
    return office.suggestions.take(area, suggested, sender)


def _about(word: str) -> About:
    try:
        return About(word)
    except ValueError:
        raise DeskError("suggestion.unknown-about") from None


def _slope(area: ServedArea, slope_id: str) -> dict[str, Any]:
    slopes = get_collection(area, SLOPES)
    feature: dict[str, Any] = slopes.features[slopes.get(slope_id)]
    return feature


def _form(
    pages: Pages, area: ServedArea, links: Links, slope_id: str, typed: dict[str, str], error: DeskError | None = None
) -> Response[bytes]:
    feature = _slope(area, slope_id)
    language = links.language
    body = render_page(
        pages, "suggest.html", area, links,
        title=text("suggest.title", language, name=name_of(feature, language)),
        about=None,
        name=name_of(feature, language),
        properties=feature["properties"],
        slope=links.page(links.item(SLOPES, slope_id)),
        words=list(About),
        typed=typed,
        trap=TRAP,
        longest={"text": LONGEST_TEXT, "thanks": LONGEST_NAME},
        problem=error.said(language.value) if error else None,
    )  # fmt: skip
    status = 200 if error is None else 429 if error.code == TOO_MANY else 422
    return _page(body, status)


def _answer(pages: Pages, area: ServedArea, links: Links, suggestion: Any) -> Response[bytes]:  # noqa: ANN401 (a Suggestion, or None)
    title = text("suggest.thanks", links.language)
    body = render_page(
        pages, "suggested.html", area, links, title=title, about=None, suggestion=suggestion,
        slope=links.page(links.item(SLOPES, suggestion.suggested.key)) if suggestion else None,
    )  # fmt: skip
    return _page(body, 200)


def _page(body: bytes, status: int) -> Response[bytes]:
    """A page for this reader alone, that no search engine lists."""
    headers = {"Content-Security-Policy": PAGE_POLICY, "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    return Response(body, status_code=status, media_type=HTML, headers=headers)
