"""Accounts: made by an administrator, given a password by their owner through a link of one use."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from guide.catalogue.accounts.attempts import forgive
from guide.catalogue.accounts.passwords import Passwords, require_good
from guide.catalogue.accounts.secrets import hash_of, new_secret
from guide.catalogue.store.database import Database
from guide.catalogue.store.schema import AccountRow, LinkRow, SessionRow
from guide.catalogue.workflow.content import searchable
from guide.catalogue.workflow.people import Actor, Permission, Role
from guide.catalogue.workflow.rows import Doing
from guide.domain.errors import DeskError

LINK_LASTS: Final = timedelta(days=7)
LONGEST_NAME: Final = 60
_EMAIL: Final = re.compile(r"[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]{1,190}")
_SUBJECT: Final = "accounts"
_ODD: Final = re.compile(r"[\x00-\x1f\x7f()<>\"&]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account as people see it."""

    id: int
    name: str
    email: str | None
    role: Role
    active: bool
    has_password: bool
    made_at: datetime

    @property
    def actor(self) -> Actor:
        """Its owner, acting."""
        return Actor(name=self.name, role=self.role)


class Accounts:
    """What administrators do with accounts, and owners with their own."""

    def __init__(self, database: Database, clock: Callable[[], datetime], passwords: Passwords) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords

    def add(self, actor: Actor, name: str, role: Role, email: str | None = None) -> tuple[Account, str]:
        """A new account, and the secret of the link through which its owner chooses a password.

        Raises:
            NotAllowedError: the actor may not.
            DeskError: the name is taken or odd, or the address is none.
        """
        actor.require(Permission.MANAGE)
        name = " ".join(name.split())
        if not name or len(name) > LONGEST_NAME or _ODD.search(name):
            raise DeskError("account.odd-name", most=LONGEST_NAME)
        if email and not _EMAIL.fullmatch(email):
            raise DeskError("account.odd-email", email=email[:80])
        with self._database.writing(_SUBJECT) as session:
            if session.scalar(select(AccountRow.id).where(AccountRow.login == searchable(name))) is not None:
                raise DeskError("account.name-taken", name=name)
            doing = Doing(session=session, actor=actor, now=self._clock())
            row = AccountRow(
                name=name,
                login=searchable(name),
                email=email or None,
                role=role.value,
                active=True,
                password=None,
                password_at=None,
                made_at=doing.now,
            )
            session.add(row)
            session.flush()
            doing.log("account-added", None, name, role=role.value)
            return to_account(row), _link(doing, row)

    def all(self) -> list[Account]:
        """Every account, by name."""
        with self._database.reading() as session:
            return [to_account(row) for row in session.scalars(select(AccountRow).order_by(AccountRow.login))]

    def get(self, name: str) -> Account:
        """An account by its name.

        Raises:
            DeskError: nobody has that name.
        """
        with self._database.reading() as session:
            return to_account(_row_of(session, name))

    def is_empty(self) -> bool:
        """Whether nobody can sign in yet."""
        with self._database.reading() as session:
            return not session.scalar(select(func.count()).select_from(AccountRow))

    def change(self, actor: Actor, name: str, *, role: Role | None = None, active: bool | None = None) -> Account:
        """Give an account another role, or close it, or open it again; whoever was signed in with it is not any more.

        Raises:
            NotAllowedError: the actor may not.
            DeskError: nobody has that name, or no administrator would be left.
        """
        actor.require(Permission.MANAGE)
        with self._database.writing(_SUBJECT) as session:
            row = _row_of(session, name)
            doing = Doing(session=session, actor=actor, now=self._clock())
            if role is not None:
                row.role = role.value
                doing.log("role-changed", None, row.name, role=role.value)
            if active is not None:
                row.active = active
                doing.log("account-opened" if active else "account-closed", None, row.name)
            session.execute(delete(SessionRow).where(SessionRow.account == row.id))
            if active is False:
                session.execute(delete(LinkRow).where(LinkRow.account == row.id))
            session.flush()
            admins = select(func.count()).where(AccountRow.role == Role.ADMIN.value, AccountRow.active.is_(True))
            if not session.scalar(admins):
                raise DeskError("account.last-admin")
            return to_account(row)

    def new_link(self, actor: Actor, name: str) -> tuple[Account, str]:
        """The secret of a fresh link to choose a password with; earlier ones no longer work.

        Raises:
            NotAllowedError: the actor may not.
            DeskError: nobody has that name, or the account is closed.
        """
        actor.require(Permission.MANAGE)
        with self._database.writing(_SUBJECT) as session:
            row = _row_of(session, name)
            if not row.active:
                raise DeskError("account.closed", name=row.name)
            doing = Doing(session=session, actor=actor, now=self._clock())
            doing.log("link-made", None, row.name)
            return to_account(row), _link(doing, row)

    def find_by_link(self, secret: str) -> Account | None:
        """The account that a link is for; None if it has been used, is too old, or never was."""
        with self._database.reading() as session:
            row = _account_of_link(session, secret, self._clock())
            return to_account(row) if row else None

    def choose_password(self, secret: str, password: str) -> Account:
        """Use a link: the password is the account's from now on, and whoever was signed in is not any more.

        Raises:
            DeskError: the link no longer works, or the password is too easy.
        """
        account = self.find_by_link(secret)
        if account is None:
            raise DeskError("account.dead-link")
        require_good(password, account.name)
        hashed = self._passwords.hash(password)
        with self._database.writing(_SUBJECT) as session:
            row = _account_of_link(session, secret, self._clock())
            if row is None:
                raise DeskError("account.dead-link")
            doing = Doing(session=session, actor=account.actor, now=self._clock())
            _set_password(doing, row, hashed)
            return to_account(row)

    def change_password(self, name: str, old: str, new: str) -> None:
        """Another password, by whoever knows the old one; every session of the account ends.

        Raises:
            DeskError: the old one is wrong, or the new one too easy.
        """
        with self._database.reading() as session:
            row = _row_of(session, name)
            kept, account = row.password, to_account(row)
        if not self._passwords.fits(kept, old):
            raise DeskError("account.wrong-password")
        require_good(new, account.name)
        hashed = self._passwords.hash(new)
        with self._database.writing(_SUBJECT) as session:
            doing = Doing(session=session, actor=account.actor, now=self._clock())
            _set_password(doing, _row_of(session, name), hashed)


def to_account(row: AccountRow) -> Account:
    """An account as a value."""
    return Account(
        id=row.id,
        name=row.name,
        email=row.email,
        role=Role(row.role),
        active=row.active,
        has_password=row.password is not None,
        made_at=row.made_at,
    )


def _row_of(session: Session, name: str) -> AccountRow:
    row = session.scalar(select(AccountRow).where(AccountRow.login == searchable(name)))
    if row is None:
        raise DeskError("account.unknown", name=name[:LONGEST_NAME])
    return row


def _link(doing: Doing, row: AccountRow) -> str:
    secret = new_secret()
    doing.session.execute(delete(LinkRow).where(LinkRow.account == row.id))
    doing.session.add(LinkRow(id=hash_of(secret), account=row.id, made_at=doing.now, ends_at=doing.now + LINK_LASTS))
    return secret


def _account_of_link(session: Session, secret: str, now: datetime) -> AccountRow | None:
    link = session.get(LinkRow, hash_of(secret))
    if link is None or link.ends_at <= now:
        return None
    row = session.get_one(AccountRow, link.account)
    return row if row.active else None


def _set_password(doing: Doing, row: AccountRow, hashed: str) -> None:
    row.password, row.password_at = hashed, doing.now
    doing.session.execute(delete(LinkRow).where(LinkRow.account == row.id))
    doing.session.execute(delete(SessionRow).where(SessionRow.account == row.id))
    forgive(doing.session, row.login)
    doing.log("password-chosen", None, row.name)
