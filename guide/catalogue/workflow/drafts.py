"""Drafts: entries made, changed and taken back; what is published never changes by it."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from guide.catalogue.store.database import Database
from guide.catalogue.store.schema import EntryRow
from guide.catalogue.workflow.content import unpublished
from guide.catalogue.workflow.people import Actor, Permission
from guide.catalogue.workflow.records import EntryRecord, Origin, RevisionRecord, Stage
from guide.catalogue.workflow.rows import (
    Doing,
    get_revision_row,
    get_row,
    get_row_at,
    to_record,
    to_revision,
)
from guide.domain.entry import Entry, EntryKind
from guide.domain.errors import DeskError

_WORD_OF_KIND: Final = {
    EntryKind.SLOPE: "",
    EntryKind.LANDMARK: "sight-",
    EntryKind.TOUR: "tour-",
    EntryKind.CLOSURE: "closure-",
}
_DIGITS: Final = 2


class Drafts:
    """What an editor does with one entry."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def create(
        self, actor: Actor, area: str, entry: Entry, origin: Origin = Origin.DESK, note: str | None = None
    ) -> EntryRecord:
        """A new draft; without an id it is given the next free one.

        Raises:
            NotAllowedError: the actor may not.
            DeskError: its id is, or was, that of another entry.
        """
        actor.require(Permission.EDIT)
        entry = unpublished(entry)
        with self._database.writing(area) as session:
            taken = session.scalar(select(EntryRow.name).where(EntryRow.area == area, EntryRow.key == entry.id))
            if taken is not None:
                raise DeskError("desk.id-taken", id=entry.id, name=taken)
            doing = Doing(session=session, actor=actor, now=self._clock())
            row = doing.add_entry(area, entry, origin, Stage.DRAFT)
            doing.log("created", area, entry.id, origin=origin.value, **({"note": note} if note else {}))
            return to_record(row)

    def save(
        self, actor: Actor, area: str, entry: Entry, version: int, *,
        origin: Origin = Origin.DESK, note: str | None = None,
    ) -> EntryRecord:  # fmt: skip
        """The latest revision from now on; nothing happens if it says what the last one said.

        Raises:
            NotAllowedError: the actor may not.
            UnknownEntryError: there is no entry of that id.
            ConflictError: somebody else has changed it since ``version``; nothing of either is lost.
        """
        actor.require(Permission.EDIT)
        entry = unpublished(entry)
        with self._database.writing(area) as session:
            row = get_row_at(session, area, entry.id, version)
            kind = EntryKind(row.kind)
            head = to_revision(kind, get_revision_row(session, row, row.head))
            if head.entry == entry:
                return to_record(row)
            doing = Doing(session=session, actor=actor, now=self._clock())
            doing.change_content(row, entry, origin, note)
            doing.log("saved", area, entry.id, number=row.head, origin=origin.value)
            return to_record(row)

    def restore(self, actor: Actor, area: str, key: str, number: int, version: int) -> EntryRecord:
        """An earlier revision again, as a new draft.

        Raises:
            NotAllowedError, UnknownEntryError, ConflictError: as ``save``.
        """
        actor.require(Permission.EDIT)
        with self._database.writing(area) as session:
            row = get_row_at(session, area, key, version)
            old = to_revision(EntryKind(row.kind), get_revision_row(session, row, number))
            doing = Doing(session=session, actor=actor, now=self._clock())
            doing.change_content(row, old.entry, Origin.RESTORED, None)
            if row.published is not None:
                published = to_revision(EntryKind(row.kind), get_revision_row(session, row, row.published))
                if published.entry == old.entry:  # which takes all changes back
                    row.stage, row.published = Stage.PUBLISHED.value, row.head
            doing.log("restored", area, key, number=number)
            return to_record(row)

    def find(self, area: str, key: str) -> tuple[EntryRecord, RevisionRecord]:
        """An entry and its latest revision.

        Raises:
            UnknownEntryError: there is none of that id.
        """
        with self._database.reading() as session:
            row = get_row(session, area, key)
            return to_record(row), to_revision(EntryKind(row.kind), get_revision_row(session, row, row.head))

    def next_id(self, area: str, kind: EntryKind) -> str:
        """An id that no entry of the area has or had: the area's name, a word for the kind, and a number."""
        with self._database.reading() as session:
            return next_id(session, area, kind)


class IdGiver:
    """Gives ids that no entry of an area has or had: the area's name, a word for the kind, and the next number."""

    def __init__(self, area: str, taken: Iterable[str]) -> None:
        self._area = area
        self._last: dict[EntryKind, int] = {}
        self._taken = set(taken)

    def give(self, kind: EntryKind) -> str:
        """The next id."""
        stem = f"{self._area}-{_WORD_OF_KIND[kind]}"
        if kind not in self._last:
            numbers = [
                int(found[1]) for key in self._taken if (found := re.fullmatch(rf"{re.escape(stem)}(\d{{1,9}})", key))
            ]
            self._last[kind] = max(numbers, default=0)
        self._last[kind] += 1
        key = f"{stem}{self._last[kind]:0{_DIGITS}}"
        self._taken.add(key)
        return key


def next_id(session: Session, area: str, kind: EntryKind) -> str:
    """As ``Drafts.next_id``, within a transaction."""
    keys = session.scalars(
        select(EntryRow.key).where(EntryRow.area == area, EntryRow.key.startswith(f"{area}-", autoescape=True))
    )
    return IdGiver(area, keys).give(kind)
