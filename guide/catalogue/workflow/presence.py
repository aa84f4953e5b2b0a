"""Who has the form of an entry open, so that two people at one slope know of each other before they save."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select

from guide.catalogue.store.database import Database
from guide.catalogue.store.schema import PresenceRow
from guide.catalogue.workflow.people import Actor

LASTS: Final = timedelta(seconds=50)
"""A page tells of itself every 20 s; two that are missed are a closed page."""


class Presence:
    """Open forms."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def others(self, actor: Actor, area: str, key: str) -> list[str]:
        """Say that somebody has an entry open; who else has."""
        now = self._clock()
        here = (PresenceRow.area == area) & (PresenceRow.key == key)
        with self._database.writing("presence") as session:
            session.execute(delete(PresenceRow).where(PresenceRow.seen_at < now - LASTS))
            row = session.get(PresenceRow, (area, key, actor.name))
            if row is None:
                session.add(PresenceRow(area=area, key=key, name=actor.name, seen_at=now))
            else:
                row.seen_at = now
            names = session.scalars(select(PresenceRow.name).where(here, PresenceRow.name != actor.name))
            return sorted(names)

    def leave(self, actor: Actor, area: str, key: str) -> None:
        """Say that somebody has closed the form, by saving it."""
        with self._database.writing("presence") as session:
            session.execute(
                delete(PresenceRow).where(
                    PresenceRow.area == area, PresenceRow.key == key, PresenceRow.name == actor.name
                )
            )
