"""Everybody's accounts, for administrators."""

import asyncio
from dataclasses import dataclass
from typing import Any, Final

import structlog
from litestar import Response, get, post
from litestar.response import Redirect

from guide.catalogue.accounts.accounts import Account
from guide.catalogue.accounts.links import link_of
from guide.catalogue.accounts.mail import MailServer
from guide.catalogue.workflow.people import Permission, Role
from guide.desk.access import PERMISSION
from guide.desk.at import At, AtDesk, Typed
from guide.desk.forms import Form
from guide.desk.pages import go
from guide.domain.errors import DeskError

_TEMPLATE: Final = "people.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class _NewAccount:
    """What was typed for a new account."""

    name: str = ""
    email: str = ""
    role: Role = Role.EDITOR


@dataclass(frozen=True, slots=True, kw_only=True)
class _NewLink:
    """A link that is shown once: whose it is, and whether it was sent as well."""

    account: Account
    address: str
    sent: bool


@get("/people", opt={PERMISSION: Permission.MANAGE}, sync_to_thread=True)
def get_people(at: At) -> Response[bytes]:
    """Every account, and the form for another."""
    return at.page(_TEMPLATE, **_people(at), problem=None)


@post("/people", opt={PERMISSION: Permission.MANAGE}, status_code=200)
async def post_people(at: At, form: Typed) -> Response[bytes]:
    """A new account; its link is shown once, and sent if that is set up."""
    typed = _NewAccount(name=form.text("name"), email=form.text("email"), role=_role(form))
    try:
        made = await asyncio.to_thread(at.office.accounts.add, at.actor, typed.name, typed.role, typed.email or None)
    except DeskError as error:
        return at.refused(_TEMPLATE, error, **_people(at, typed=typed))
    return at.page(_TEMPLATE, **_people(at, link=await _link(at, *made)), problem=None)


@post("/people/link", opt={PERMISSION: Permission.MANAGE}, status_code=200)
async def post_link(at: At, form: Typed) -> Response[bytes]:
    """A fresh link for somebody who forgot the password."""
    made = await asyncio.to_thread(at.office.accounts.new_link, at.actor, form.text("name"))
    return at.page(_TEMPLATE, **_people(at, link=await _link(at, *made)), problem=None)


@post("/people/change", opt={PERMISSION: Permission.MANAGE})
async def post_change(at: At, form: Typed) -> Redirect:
    """Another role, or closed, or open again."""
    name, act = form.text("name"), form.text("act")
    if act == "role":
        await asyncio.to_thread(at.office.accounts.change, at.actor, name, role=_role(form))
    else:
        await asyncio.to_thread(at.office.accounts.change, at.actor, name, active=act == "open")
    return go("/desk/people", "said.account-changed", name=name)


def _role(form: Form) -> Role:
    word = form.text("role")
    return Role(word) if word in set(Role) else Role.EDITOR


async def _link(at: AtDesk, account: Account, secret: str) -> _NewLink:
    address = link_of(at.exchange.base_url, secret)
    mail: MailServer | None = at.request.app.state.mail
    sent = mail is not None and account.email is not None and await asyncio.to_thread(_send, mail, account, address)
    return _NewLink(account=account, address=address, sent=sent)


def _send(mail: MailServer, account: Account, address: str) -> bool:
    try:
        mail.send_link(account.email or "", account.name, address)
    except OSError as error:
        structlog.get_logger().error("mail could not be sent", error=str(error))
        return False
    return True


def _people(at: AtDesk, *, link: _NewLink | None = None, typed: _NewAccount | None = None) -> dict[str, Any]:
    return {"people": at.office.accounts.all(), "roles": list(Role), "link": link, "typed": typed or _NewAccount()}
