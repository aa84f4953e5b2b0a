"""Signing in and out: a session is a secret in a browser's cookie, and its hash in the database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from sqlalchemy import delete, select

from guide.catalogue.accounts.accounts import Account, to_account
from guide.catalogue.accounts.attempts import Attempts
from guide.catalogue.accounts.passwords import Passwords
from guide.catalogue.accounts.secrets import hash_of, new_secret
from guide.catalogue.store.database import Database
from guide.catalogue.store.schema import NAME_CHARACTERS, AccountRow, SessionRow
from guide.catalogue.workflow.content import searchable
from guide.catalogue.workflow.rows import Doing
from guide.domain.errors import DeskError

IDLE: Final = timedelta(hours=12)
"""A session that nobody uses for so long has ended: a working day and its evening."""

LONGEST: Final = timedelta(days=14)
_SEEN_EVERY: Final = timedelta(minutes=5)
"""Using a session is written down at most so often."""

_MOST_OF_AN_ACCOUNT: Final = 20
_LONGEST_LOGIN: Final = 200
_SUBJECT: Final = "accounts"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """One session of an account; ``id`` is a hash and tells no secret."""

    id: str
    account: Account
    made_at: datetime
    seen_at: datetime
    agent: str


class Sessions:
    """Who is signed in."""

    def __init__(self, database: Database, clock: Callable[[], datetime], passwords: Passwords) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self.attempts = Attempts(database)

    def sign_in(self, name: str, password: str, address: str, agent: str) -> str:
        """The secret of a new session.

        Raises:
            DeskError: name and password do not fit, or it must be waited first; which of the two was wrong, and
                whether the name is anybody's, is not told.
        """
        login, now = searchable(name)[:_LONGEST_LOGIN], self._clock()
        wait = self.attempts.begin(login, address, now)
        if wait > timedelta(0):
            raise DeskError("account.wait", minutes=ceil(wait / timedelta(minutes=1)))
        with self._database.reading() as session:
            row = session.scalar(select(AccountRow).where(AccountRow.login == login, AccountRow.active.is_(True)))
            kept, account_id = (row.password, row.id) if row else (None, 0)
        if not self._passwords.fits(kept, password) or kept is None:
            raise DeskError("account.no-entry")
        self.attempts.succeeded(login, address)
        return self._begin(account_id, kept, password, agent)

    def _begin(self, account_id: int, kept: str, password: str, agent: str) -> str:
        secret, now = new_secret(), self._clock()
        fresh = self._passwords.hash(password) if self._passwords.is_dated(kept) else kept
        with self._database.writing(_SUBJECT) as session:
            row = session.get_one(AccountRow, account_id)
            if row.password != kept or not row.active:  # changed while we compared
                raise DeskError("account.no-entry")
            row.password = fresh
            session.execute(delete(SessionRow).where((SessionRow.ends_at <= now) | (SessionRow.seen_at <= now - IDLE)))
            own = select(SessionRow.id).where(SessionRow.account == account_id).order_by(SessionRow.seen_at.desc())
            too_many = session.scalars(own.offset(_MOST_OF_AN_ACCOUNT - 1)).all()
            session.execute(delete(SessionRow).where(SessionRow.id.in_(too_many)))
            session.add(
                SessionRow(
                    id=hash_of(secret), account=account_id, made_at=now, seen_at=now, ends_at=now + LONGEST,
                    agent=agent[:NAME_CHARACTERS],
                )
            )  # fmt: skip
            Doing(session=session, actor=to_account(row).actor, now=now).log("signed-in", None, row.name)
        return secret

    def find(self, secret: str) -> SignedIn | None:
        """The session of a cookie, if it goes on."""
        now = self._clock()
        with self._database.reading() as session:
            query = select(SessionRow, AccountRow).join(AccountRow, SessionRow.account == AccountRow.id)
            found = session.execute(query.where(SessionRow.id == hash_of(secret))).one_or_none()
            if found is None:
                return None
            row, account = found
            if row.ends_at <= now or row.seen_at <= now - IDLE or not account.active:
                return None
            signed_in = _to_signed_in(row, account)
        if now - signed_in.seen_at >= _SEEN_EVERY:
            with self._database.writing(_SUBJECT) as session:
                if (row := session.get(SessionRow, signed_in.id)) is not None:
                    row.seen_at = now
        return signed_in

    def list_of(self, account: Account) -> list[SignedIn]:
        """Where an account is signed in, the latest in front."""
        with self._database.reading() as session:
            query = select(SessionRow, AccountRow).join(AccountRow, SessionRow.account == AccountRow.id)
            rows = session.execute(query.where(AccountRow.id == account.id).order_by(SessionRow.seen_at.desc()))
            return [_to_signed_in(row, owner) for row, owner in rows]

    def sign_out(self, secret: str) -> None:
        """End a session."""
        with self._database.writing(_SUBJECT) as session:
            session.execute(delete(SessionRow).where(SessionRow.id == hash_of(secret)))

    def sign_out_everywhere(self, account: Account) -> None:
        """End every session of an account."""
        with self._database.writing(_SUBJECT) as session:
            session.execute(delete(SessionRow).where(SessionRow.account == account.id))
            Doing(session=session, actor=account.actor, now=self._clock()).log("signed-out", None, account.name)


def _to_signed_in(row: SessionRow, account: AccountRow) -> SignedIn:
    return SignedIn(id=row.id, account=to_account(account), made_at=row.made_at, seen_at=row.seen_at, agent=row.agent)
