"""The desk's pages: what every one of them is given, and the policy under which browsers run them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

import msgspec
from litestar import Response
from litestar.datastructures import Cookie
from litestar.response import Redirect

from guide.catalogue.workflow.people import CLOCKWORK, COMMAND_LINE, VISITOR
from guide.desk.access import COOKIE_PATH, AnyRequest, find_person
from guide.domain.texts import keys, say
from guide.http.exchange import exchange_of
from guide.http.negotiate import choose_language
from guide.http.pages import HTML, Pages
from guide.http.texts import Language

# Nothing inline and nothing from elsewhere. MapLibre starts its worker from a blob: address.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; worker-src 'self' blob:; child-src blob:; style-src 'self'; "
    "img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
LANGUAGE_COOKIE: Final = "desk_language"
_SAID_COOKIE: Final = "desk_said"
_LANGUAGE_LASTS_S: Final = 365 * 24 * 3600
_SAID_LASTS_S: Final = 60


class _Said(msgspec.Struct, frozen=True):
    """What the next page says first: a key among the texts, and its values."""

    key: str
    values: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Clockface:
    """Times as people read them, on a place's own clock."""

    zone: ZoneInfo

    def __call__(self, moment: datetime) -> str:
        """Day and time."""
        return f"{moment.astimezone(self.zone):%Y-%m-%d %H:%M}"


class DeskPages:
    """Renders the desk's templates; ``zone`` is the clock of pages that are about no area."""

    def __init__(self, pages: Pages, zone: str = "Asia/Tokyo") -> None:
        self._pages = pages
        self._when = Clockface(ZoneInfo(zone))

    def page(self, request: AnyRequest, template: str, *, status: int = 200, **values: Any) -> Response[bytes]:  # noqa: ANN401 (whatever a template needs)
        """A whole page, or a part of one where the browser asks for a part."""
        said, gone = _read_said(request)
        body = self._pages.render(
            f"desk/{template}",
            language_of(request),
            person=find_person(request),
            said=said,
            path=request.url.path,
            **{"when": self._when, "who": _named(language_of(request)), "texts": keys("en"), **values},
        )
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Vary": "HX-Request"}
        return Response(body, status_code=status, media_type=HTML, headers=headers, cookies=gone)


def _named(language: Language) -> Callable[[str], str]:
    """Names as people read them: the service itself, and whoever types commands, have no name of their own."""
    known = {CLOCKWORK.name: "who.clockwork", COMMAND_LINE.name: "who.command-line", VISITOR.name: "who.visitor"}
    return lambda name: say(language, known[name]) if name in known else name


def go(path: str, said: str | None = None, **values: object) -> Redirect:
    """Go on to another page of the desk after something was done; it says what."""
    cookies = [_said_cookie(_Said(said, {name: str(value) for name, value in values.items()}))] if said else []
    return Redirect(path, status_code=303, cookies=cookies, headers={"Cache-Control": "no-store"})


def language_of(request: AnyRequest) -> Language:
    """The language that the reader chose, else the one that the browser likes best."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    return Language(chosen) if chosen in set(Language) else choose_language(exchange_of(request))


def language_cookie(language: Language) -> Cookie:
    """Remembers a choice."""
    return Cookie(
        key=LANGUAGE_COOKIE, value=language.value, path=COOKIE_PATH, samesite="lax", httponly=True,
        max_age=_LANGUAGE_LASTS_S,
    )  # fmt: skip


def _said_cookie(said: _Said | None) -> Cookie:
    return Cookie(
        key=_SAID_COOKIE,
        value=quote(msgspec.json.encode(said)) if said else "",
        path=COOKIE_PATH,
        samesite="lax",
        httponly=True,
        max_age=_SAID_LASTS_S if said else 0,
    )


def _read_said(request: AnyRequest) -> tuple[_Said | None, list[Cookie]]:
    """What the last page left to say, and the cookie that forgets it."""
    written = request.cookies.get(_SAID_COOKIE)
    if not written:
        return None, []
    forget = [_said_cookie(None)]
    try:
        said = msgspec.json.decode(unquote(written), type=_Said)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None, forget
    if not said.key.startswith("said.") or said.key not in keys("en"):
        return None, forget
    return said, forget
