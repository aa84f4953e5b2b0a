"""Rows of the database to records and back; every act stands on these, within its own transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from guide.catalogue.store.schema import EntryRow, LogRow, RevisionRow
from guide.catalogue.workflow.content import from_stored, row_values, to_stored
from guide.catalogue.workflow.people import Actor
from guide.catalogue.workflow.records import EntryRecord, Origin, RevisionRecord, Stage
from guide.domain.entry import Entry, EntryKind, kind_of
from guide.domain.errors import ConflictError, UnknownEntryError

_AT_ONCE: Final = 500
"""A query has room for so many pairs on every database."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """One act under way: the transaction, who acts, and when."""

    session: Session
    actor: Actor
    now: datetime

    def log(self, act: str, area: str | None = None, key: str | None = None, **detail: Any) -> None:  # noqa: ANN401 (any JSON)
        """Write down what was done."""
        self.session.add(LogRow(made_at=self.now, made_by=self.actor.name, act=act, area=area, key=key, detail=detail))

    def touch(self, row: EntryRow) -> None:
        """Count a change of an entry."""
        row.version += 1
        row.changed_at, row.changed_by = self.now, self.actor.name

    def add_entry(self, area: str, entry: Entry, origin: Origin, stage: Stage) -> EntryRow:
        """A new entry with its first revision."""
        (row,) = self.add_entries(area, [entry], origin, stage)
        return row

    def add_entries(
        self, area: str, entries: Sequence[Entry], origin: Origin, stage: Stage, note: str | None = None
    ) -> list[EntryRow]:
        """New entries with their first revisions."""
        rows = [
            EntryRow(
                area=area,
                kind=kind_of(entry).value,
                key=entry.id,
                stage=stage.value,
                head=1,
                published=1 if stage is Stage.PUBLISHED else None,
                version=1,
                changed_at=self.now,
                changed_by=self.actor.name,
                **row_values(entry),
            )
            for entry in entries
        ]
        self.session.add_all(rows)
        self.session.flush()
        for row, entry in zip(rows, entries, strict=True):
            self.add_revision(row, entry, origin, note)
        return rows

    def add_revision(self, row: EntryRow, entry: Entry, origin: Origin, note: str | None) -> None:
        """Write down what the head of an entry says."""
        self.session.add(
            RevisionRow(
                entry=row.id,
                number=row.head,
                content=to_stored(entry),
                origin=origin.value,
                note=note,
                made_at=self.now,
                made_by=self.actor.name,
            )
        )

    def change_content(self, row: EntryRow, entry: Entry, origin: Origin, note: str | None) -> None:
        """Make a new revision the head; what is published stays."""
        row.head += 1
        for name, value in row_values(entry).items():
            setattr(row, name, value)
        row.stage = Stage.DRAFT.value
        self.touch(row)
        self.add_revision(row, entry, origin, note)


def get_row(session: Session, area: str, key: str) -> EntryRow:
    """The row of an entry.

    Raises:
        UnknownEntryError: there is none of that id.
    """
    row = session.scalar(select(EntryRow).where(EntryRow.area == area, EntryRow.key == key))
    if row is None:
        raise UnknownEntryError("desk.unknown-entry", id=key)
    return row


def get_row_at(session: Session, area: str, key: str, version: int) -> EntryRow:
    """The row of an entry as somebody has seen it.

    Raises:
        UnknownEntryError: there is none of that id.
        ConflictError: it has changed since.
    """
    row = get_row(session, area, key)
    if row.version != version:
        raise ConflictError("desk.changed-meanwhile", row.version, name=row.name, by=row.changed_by)
    return row


def get_revision_row(session: Session, row: EntryRow, number: int) -> RevisionRow:
    """A revision of an entry.

    Raises:
        UnknownEntryError: it has none of that number.
    """
    revision = session.get(RevisionRow, (row.id, number))
    if revision is None:
        raise UnknownEntryError("desk.unknown-revision", id=row.key, number=number)
    return revision


def contents(session: Session, rows: Sequence[EntryRow], numbers: Sequence[int]) -> list[Entry]:
    """What one revision of each of some rows says, in their order."""
    wanted = [(row.id, number) for row, number in zip(rows, numbers, strict=True)]
    found: dict[int, Any] = {}
    for begin in range(0, len(wanted), _AT_ONCE):
        some = tuple_(RevisionRow.entry, RevisionRow.number).in_(wanted[begin : begin + _AT_ONCE])
        query = select(RevisionRow.entry, RevisionRow.content).where(some)
        found.update((entry, content) for entry, content in session.execute(query))
    return [from_stored(EntryKind(row.kind), found[row.id]) for row in rows]


def to_record(row: EntryRow) -> EntryRecord:
    """The row as a value."""
    return EntryRecord(
        area=row.area,
        kind=EntryKind(row.kind),
        key=row.key,
        stage=Stage(row.stage),
        head=row.head,
        published=row.published,
        version=row.version,
        name=row.name,
        reading=row.reading,
        has_place=row.has_place,
        has_story=row.has_story,
        has_photo=row.has_photo,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        publish_at=row.publish_at,
        publish_number=row.publish_number,
        publish_by=row.publish_by,
    )


def to_revision(kind: EntryKind, row: RevisionRow) -> RevisionRecord:
    """A revision as a value."""
    return RevisionRecord(
        number=row.number,
        entry=from_stored(kind, row.content),
        origin=Origin(row.origin),
        note=row.note,
        made_at=row.made_at,
        made_by=row.made_by,
    )
