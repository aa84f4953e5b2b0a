"""Signing in and out."""

import asyncio
from typing import Annotated, Final

from litestar import Response, get, post
from litestar.params import QueryParameter
from litestar.response import Redirect

from guide.desk.access import ANYBODY, PERMISSION, find_person, session_cookie, session_secret
from guide.desk.at import At, AtDesk, Typed
from guide.desk.pages import go, language_cookie
from guide.domain.errors import DeskError
from guide.http.clients import household
from guide.http.texts import Language

HOME: Final = "/desk"

NextPage = Annotated[str, QueryParameter(name="next", description="where to go on", max_length=500)]


@get("/sign-in", opt={PERMISSION: ANYBODY}, sync_to_thread=True)
def get_sign_in(at: At, next_page: NextPage = HOME) -> Response[bytes] | Redirect:
    """The form for name and password."""
    target = own_path(next_page)
    if find_person(at.request) is not None:
        return go(target)
    return at.page("sign-in.html", next=target, name="", problem=None, empty=at.office.accounts.is_empty())


@post("/sign-in", opt={PERMISSION: ANYBODY}, status_code=200)
async def post_sign_in(at: At, form: Typed) -> Response[bytes] | Redirect:
    """Begin a session: a new one, whatever the browser had before."""
    name, target = form.text("name"), own_path(form.text("next"))
    try:
        secret = await begin_session(at, name, form.raw("password"))
    except DeskError as error:
        return at.refused("sign-in.html", error, next=target, name=name, empty=False)
    if before := session_secret(at.request):
        await asyncio.to_thread(at.office.sessions.sign_out, before)
    reply = go(target)
    reply.cookies.append(session_cookie(at.exchange, secret))
    return reply


@post("/sign-out", opt={PERMISSION: ANYBODY}, sync_to_thread=True)
def post_sign_out(at: At) -> Redirect:
    """End the session of this browser."""
    at.office.sessions.sign_out(session_secret(at.request))
    reply = go("/desk/sign-in", "said.signed-out")
    reply.cookies.append(session_cookie(at.exchange, None))
    return reply


@post("/language", opt={PERMISSION: ANYBODY})
async def post_language(form: Typed) -> Redirect:
    """Read the desk in another language from now on."""
    chosen = Language.EN if form.text("language") == Language.EN.value else Language.JA
    reply = go(own_path(form.text("next")))
    reply.cookies.append(language_cookie(chosen))
    return reply


async def begin_session(at: AtDesk, name: str, password: str) -> str:
    """The secret of a new session.

    Raises:
        DeskError: name and password do not fit, or it must be waited first.
    """
    address, agent = household(at.exchange.client), at.exchange.header(b"user-agent")
    return await asyncio.to_thread(at.office.sessions.sign_in, name, password, address, agent)


def own_path(target: str) -> str:
    """Where to go on: a page of the desk, whatever an address says."""
    inside = target == HOME or target.startswith(f"{HOME}/")
    odd = any(sign in target for sign in ("\\", "//", "..")) or not target.isprintable()
    return target if inside and not odd else HOME
