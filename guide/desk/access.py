"""Who is asking, and whether they may: a guard before every address of the desk, and a check of every change.

A change must come from a page of ours: browsers say where a form came from (Origin, RFC 6454), and each form carries a
mark that follows from the session's secret, which no other site can know.
"""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.exceptions import HTTPException, NotFoundException
from litestar.handlers import BaseRouteHandler

from guide.catalogue.accounts.accounts import Account
from guide.catalogue.accounts.secrets import derived, same
from guide.catalogue.accounts.sessions import LONGEST
from guide.catalogue.workflow.people import Actor, Permission
from guide.http.exchange import Exchange, exchange_of
from guide.http.origin import is_from_us

if TYPE_CHECKING:
    from guide.desk.opening import OpenOffice

PERMISSION: Final = "permission"
"""In a handler's ``opt``: the ``Permission`` that it takes, or ``ANYBODY``. A handler without it lets nobody in."""

ANYBODY: Final = "anybody"
MARK_FIELD: Final = "mark"
MARK_HEADER: Final = b"x-desk-mark"
COOKIE_PATH: Final = "/desk"

_PERSON: Final = "person"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})

Connection = ASGIConnection[Any, Any, Any, Any]
AnyRequest = Request[Any, Any, Any]


class NotSignedInError(Exception):
    """Somebody must sign in first."""


class StrangeFormError(HTTPException):
    """A change that did not come from a page of ours, or from one that is out of date."""

    status_code = 403


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who is signed in. ``mark`` is what their forms carry, ``session`` tells their sessions apart."""

    account: Account
    session: str
    mark: str

    @property
    def actor(self) -> Actor:
        """They, acting."""
        return self.account.actor

    def may(self, permission: str) -> bool:
        """Whether it is allowed to them."""
        return self.actor.may(Permission(permission))


async def authorise(connection: Connection, handler: BaseRouteHandler) -> None:
    """The guard of every address of the desk.

    Raises:
        NotFoundException: the address has a zero byte in it.
        NotSignedInError: nobody is signed in.
        NotAllowedError: the account may not.
    """
    if "\0" in connection.scope["path"] or b"%00" in connection.scope["query_string"]:
        raise NotFoundException  # nothing has such a name, and a database would stumble over it
    person = await asyncio.to_thread(_find_person, connection)
    connection.scope["state"][_PERSON] = person
    permission = handler.opt[PERMISSION]
    if permission == ANYBODY:
        return
    if person is None:
        raise NotSignedInError
    person.actor.require(permission)


async def require_own_form(request: AnyRequest) -> None:
    """Before every handler of the desk: a change must come from a page of ours.

    Raises:
        StrangeFormError: it did not.
    """
    if request.method in _SAFE:
        return
    exchange = exchange_of(request)
    if not is_from_us(exchange):
        raise StrangeFormError
    person = find_person(request)
    if person is None:
        return  # signing in changes nothing of anybody's; whoever must be signed in has been asked already
    given = exchange.header(MARK_HEADER)
    if not given:
        form = await request.form()
        given = str(form.get(MARK_FIELD, ""))
    if not same(given, person.mark):
        raise StrangeFormError


def find_person(connection: Connection) -> Person | None:
    """Who is asking; None if nobody is signed in."""
    person: Person | None = connection.scope["state"].get(_PERSON)
    return person


def session_cookie(exchange: Exchange, secret: str | None) -> Cookie:
    """The cookie of a session; None takes it away. No script reads it, and no other site's forms send it."""
    return Cookie(
        key=_cookie_name(exchange),
        value=secret or "",
        path=COOKIE_PATH,
        httponly=True,
        secure=_is_secure(exchange),
        samesite="lax",
        max_age=int(LONGEST.total_seconds()) if secret else 0,
    )


def session_secret(connection: Connection) -> str:
    """What the cookie holds; empty without one."""
    return connection.cookies.get(_cookie_name(exchange_of(connection)), "")


def _find_person(connection: Connection) -> Person | None:
    secret = session_secret(connection)
    if not secret:
        return None
    offices: OpenOffice = connection.app.state.offices
    signed_in = offices.get().sessions.find(secret)
    if signed_in is None:
        return None
    return Person(account=signed_in.account, session=signed_in.id, mark=derived(secret, MARK_FIELD))


def _cookie_name(exchange: Exchange) -> str:
    """Over TLS a name that browsers take from nobody else (RFC 6265bis, cookie prefixes)."""
    return "__Secure-desk" if _is_secure(exchange) else "desk"


def _is_secure(exchange: Exchange) -> bool:
    return exchange.base_url.startswith("https://")
