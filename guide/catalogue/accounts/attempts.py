"""Attempts to sign in: after some that failed each further one must wait longer."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from guide.catalogue.accounts.secrets import hash_of
from guide.catalogue.store.database import Database
from guide.catalogue.store.schema import AttemptRow

FREE_ATTEMPTS: Final = 5
"""Failures of one name before waiting begins; a misremembered password takes some tries."""

FREE_ATTEMPTS_OF_ADDRESS: Final = 20
"""A whole office may share an address."""

_FIRST_WAIT: Final = timedelta(seconds=15)
_LONGEST_WAIT: Final = timedelta(minutes=30)
_FORGOTTEN_AFTER: Final = timedelta(days=1)
_SUBJECT: Final = "attempts"


class Attempts:
    """Counts failures by name and by address, of names that nobody has just the same."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, login: str, address: str, now: datetime) -> timedelta:
        """Count an attempt as failed before it is known, so that many at once gain nothing; how long it must wait.

        One that must wait is not counted, nor looked at.
        """
        marks = ((f"name {login}", FREE_ATTEMPTS), (f"address {address}", FREE_ATTEMPTS_OF_ADDRESS))
        with self._database.writing(_SUBJECT) as session:
            session.execute(delete(AttemptRow).where(AttemptRow.until < now - _FORGOTTEN_AFTER))
            rows = []
            for mark, free in marks:
                row = session.get(AttemptRow, hash_of(mark))
                if row is None:
                    row = AttemptRow(id=hash_of(mark), failures=0, until=now)
                    session.add(row)
                rows.append((row, free))
            wait = max(row.until - now for row, _ in rows)
            if wait > timedelta(0):
                return wait
            for row, free in rows:
                row.failures += 1
                row.until = now + wait_after(row.failures - free)
        return timedelta(0)

    def succeeded(self, login: str, address: str) -> None:
        """Forget the failures of a name, and of the address that knew its password."""
        marks = [hash_of(f"name {login}"), hash_of(f"address {address}")]
        with self._database.writing(_SUBJECT) as session:
            session.execute(delete(AttemptRow).where(AttemptRow.id.in_(marks)))


def wait_after(failures: int) -> timedelta:
    """How long to wait after so many failures beyond the free ones: twice as long each time, up to half an hour."""
    if failures < 0:
        return timedelta(0)
    return min(_FIRST_WAIT * (1 << min(failures, 16)), _LONGEST_WAIT)


def forgive(session: Session, login: str) -> None:
    """Forget the failures of a name, within a transaction."""
    session.execute(delete(AttemptRow).where(AttemptRow.id == hash_of(f"name {login}")))
