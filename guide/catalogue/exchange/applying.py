"""Applying a plan: the chosen rows become drafts, all in one transaction or none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from guide.catalogue.exchange.planning import Known, Outcome, PlannedRow, is_free, with_free_id
from guide.catalogue.store.database import Database
from guide.catalogue.store.schema import EntryRow, RevisionRow
from guide.catalogue.workflow.content import from_stored
from guide.catalogue.workflow.drafts import IdGiver
from guide.catalogue.workflow.people import Actor, Permission
from guide.catalogue.workflow.records import Origin, Stage
from guide.catalogue.workflow.rows import Doing
from guide.domain.entry import Entry, EntryKind, kind_of
from guide.domain.errors import ConflictError, DeskError

_MOST_KEYS_LOGGED: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What was done: the ids of new and of changed drafts."""

    created: tuple[str, ...]
    changed: tuple[str, ...]


class Applying:
    """Makes drafts of planned rows."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def known(self, area: str) -> dict[str, Known]:
        """Every entry of an area by id, archived ones too, as its latest revision says it."""
        latest = (RevisionRow.entry == EntryRow.id) & (RevisionRow.number == EntryRow.head)
        query = select(EntryRow.key, EntryRow.kind, EntryRow.version, RevisionRow.content).join(RevisionRow, latest)
        with self._database.reading() as session:
            return {
                key: Known(entry=from_stored(EntryKind(kind), content), kind=EntryKind(kind), version=version)
                for key, kind, version, content in session.execute(query.where(EntryRow.area == area))
            }

    def apply(self, actor: Actor, area: str, file: str, rows: Sequence[PlannedRow]) -> Applied:
        """Make drafts of rows; those that would change nothing, or were refused, are passed over.

        Raises:
            NotAllowedError: the actor may not.
            ConflictError: an entry has changed since the file was compared; nothing has been done.
            DeskError: an id has been given to another entry since.
        """
        actor.require(Permission.EDIT)
        wanted = [(row, row.entry) for row in rows if row.entry and row.outcome in {Outcome.NEW, Outcome.CHANGED}]
        with self._database.writing(area) as session:
            doing = Doing(session=session, actor=actor, now=self._clock())
            there = _rows_by_key(session, area)
            changed = _change(doing, file, there, [pair for pair in wanted if pair[0].outcome is Outcome.CHANGED])
            fresh = [pair for pair in wanted if pair[0].outcome is Outcome.NEW]
            created = _create(doing, file, area, set(there), [entry for _, entry in fresh])
            doing.log(
                "imported", area, None, file=file, created=len(created), changed=len(changed),
                keys=[*created, *changed][:_MOST_KEYS_LOGGED],
            )  # fmt: skip
        return Applied(created=tuple(created), changed=tuple(changed))


def _rows_by_key(session: Session, area: str) -> dict[str, EntryRow]:
    return {row.key: row for row in session.scalars(select(EntryRow).where(EntryRow.area == area))}


def _change(
    doing: Doing, file: str, there: dict[str, EntryRow], pairs: Sequence[tuple[PlannedRow, Entry]]
) -> list[str]:
    for planned, entry in pairs:
        row = there.get(planned.key or "")
        if row is None or row.version != planned.version:
            by = row.changed_by if row else ""
            raise ConflictError("desk.changed-meanwhile", row.version if row else 0, name=planned.name, by=by)
        doing.change_content(row, entry, Origin.FILE, file)
    return [entry.id for _, entry in pairs]


def _create(doing: Doing, file: str, area: str, taken: set[str], entries: Sequence[Entry]) -> list[str]:
    giver = IdGiver(area, taken)
    named = []
    for entry in entries:
        if is_free(entry):
            entry = with_free_id(entry, giver.give(kind_of(entry)))  # noqa: PLW2901 (the same entry, with its id)
        elif entry.id in taken:
            raise DeskError("desk.id-taken", id=entry.id, name=entry.id)
        taken.add(entry.id)
        named.append(entry)
    doing.add_entries(area, named, Origin.FILE, Stage.DRAFT, file)
    return [entry.id for entry in named]
