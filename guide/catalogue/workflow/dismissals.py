"""Findings that staff have put aside: which, why, and who did it. What changes afterwards is a finding once more."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select

from guide.catalogue.plain_text import tidy, without_markup
from guide.catalogue.store.database import Database
from guide.catalogue.store.schema import DismissalRow
from guide.catalogue.workflow.people import Actor, Permission
from guide.catalogue.workflow.rows import Doing
from guide.domain.errors import DeskError

LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class FindingId:
    """Which finding: of which entry, of which kind, and a mark of what it said."""

    key: str
    code: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """Why a finding was put aside."""

    reason: str
    made_at: datetime
    made_by: str


class Dismissals:
    """Puts findings aside."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def dismiss(self, actor: Actor, area: str, finding: FindingId, reason: str) -> None:
        """Put a finding aside.

        Raises:
            NotAllowedError: the actor may not.
            DeskError: no reason is given.
        """
        actor.require(Permission.EDIT)
        reason = without_markup(tidy(reason)).strip()[:LONGEST_REASON]
        if not reason:
            raise DeskError("todo.say-why")
        with self._database.writing(area) as session:
            doing = Doing(session=session, actor=actor, now=self._clock())
            row = session.get(DismissalRow, (area, finding.key, finding.code, finding.mark))
            if row is None:
                row = DismissalRow(area=area, key=finding.key, code=finding.code, mark=finding.mark)
                session.add(row)
            row.reason, row.made_at, row.made_by = reason, doing.now, actor.name
            doing.log("finding-dismissed", area, finding.key, code=finding.code, reason=reason)

    def take_back(self, actor: Actor, area: str, finding: FindingId) -> None:
        """Put a finding back on the list; nothing happens if it is there.

        Raises:
            NotAllowedError: the actor may not.
        """
        actor.require(Permission.EDIT)
        with self._database.writing(area) as session:
            row = session.get(DismissalRow, (area, finding.key, finding.code, finding.mark))
            if row is not None:
                session.delete(row)
                Doing(session=session, actor=actor, now=self._clock()).log(
                    "finding-restored", area, finding.key, code=finding.code
                )

    def all(self, area: str) -> dict[FindingId, Dismissal]:
        """Everything that was put aside."""
        with self._database.reading() as session:
            return {
                FindingId(key=row.key, code=row.code, mark=row.mark): Dismissal(
                    reason=row.reason, made_at=row.made_at, made_by=row.made_by
                )
                for row in session.scalars(select(DismissalRow).where(DismissalRow.area == area))
            }
