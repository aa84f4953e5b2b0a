"""The links of one use: whoever has one chooses the password of its account."""

import asyncio

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from guide.catalogue.accounts.accounts import Account
from guide.desk.access import ANYBODY, PERMISSION, session_cookie
from guide.desk.accounts.sign_in import begin_session
from guide.desk.at import At, AtDesk, Typed
from guide.desk.forms import new_password
from guide.desk.pages import go
from guide.domain.errors import DeskError


@get("/welcome/{secret:str}", opt={PERMISSION: ANYBODY}, sync_to_thread=True)
def get_welcome(at: At, secret: FromPath[str]) -> Response[bytes]:
    """The form for a first or a new password."""
    reply = at.page("welcome.html", account=_account_of(at, secret), problem=None)
    reply.headers["Referrer-Policy"] = "same-origin"  # the address is a secret; without any, forms have no Origin
    return reply


@post("/welcome/{secret:str}", opt={PERMISSION: ANYBODY}, status_code=200)
async def post_welcome(at: At, form: Typed, secret: FromPath[str]) -> Response[bytes] | Redirect:
    """Take the password, and sign its owner in."""
    account = await asyncio.to_thread(_account_of, at, secret)
    try:
        password = new_password(form)
        await asyncio.to_thread(at.office.accounts.choose_password, secret, password)
    except DeskError as error:
        return at.refused("welcome.html", error, account=account)
    session = await begin_session(at, account.name, password)
    reply = go("/desk", "said.welcome", name=account.name)
    reply.cookies.append(session_cookie(at.exchange, session))
    return reply


def _account_of(at: AtDesk, secret: str) -> Account:
    account = at.office.accounts.find_by_link(secret)
    if account is None:
        raise DeskError("account.dead-link")
    return account
