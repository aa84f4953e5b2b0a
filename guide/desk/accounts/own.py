"""One's own account: its password, and where it is signed in."""

import asyncio

from litestar import Response, get, post
from litestar.response import Redirect

from guide.catalogue.workflow.people import Permission
from guide.desk.access import PERMISSION, session_cookie
from guide.desk.at import At, AtDesk, Typed
from guide.desk.forms import new_password
from guide.desk.pages import go
from guide.domain.errors import DeskError


@get("/account", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def get_account(at: At) -> Response[bytes]:
    """Where one is signed in, and the form for another password."""
    return at.page("account.html", sessions=at.office.sessions.list_of(at.me.account), problem=None)


@post("/account/password", opt={PERMISSION: Permission.EDIT}, status_code=200)
async def post_password(at: At, form: Typed) -> Response[bytes] | Redirect:
    """Another password; it must be used to sign in again everywhere."""
    try:
        new = new_password(form)
        await asyncio.to_thread(at.office.accounts.change_password, at.me.account.name, form.raw("old"), new)
    except DeskError as error:
        sessions = await asyncio.to_thread(at.office.sessions.list_of, at.me.account)
        return at.refused("account.html", error, sessions=sessions)
    return _signed_out(at, "said.password-changed")


@post("/account/sign-out-everywhere", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def post_sign_out_everywhere(at: At) -> Redirect:
    """End every session of the account."""
    at.office.sessions.sign_out_everywhere(at.me.account)
    return _signed_out(at, "said.signed-out-everywhere")


def _signed_out(at: AtDesk, said: str) -> Redirect:
    reply = go("/desk/sign-in", said)
    reply.cookies.append(session_cookie(at.exchange, None))
    return reply
