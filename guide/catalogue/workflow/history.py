"""History: every revision of an entry, and what differs between two."""

from dataclasses import dataclass

from sqlalchemy import select

from guide.catalogue.cells import cells_of
from guide.catalogue.store.database import Database
from guide.catalogue.store.schema import RevisionRow
from guide.catalogue.tables import TABLES
from guide.catalogue.workflow.records import RevisionRecord
from guide.catalogue.workflow.rows import get_revision_row, get_row, to_revision
from guide.domain.entry import Entry, EntryKind, kind_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A column of which two revisions say different things; empty where one says nothing."""

    column: str
    before: str
    after: str


class History:
    """What was, and who did it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list_revisions(self, area: str, key: str) -> list[RevisionRecord]:
        """Every revision of an entry, the newest first.

        Raises:
            UnknownEntryError: there is no entry of that id.
        """
        with self._database.reading() as session:
            row = get_row(session, area, key)
            query = select(RevisionRow).where(RevisionRow.entry == row.id).order_by(RevisionRow.number.desc())
            return [to_revision(EntryKind(row.kind), revision) for revision in session.scalars(query)]

    def get_revision(self, area: str, key: str, number: int) -> RevisionRecord:
        """One revision.

        Raises:
            UnknownEntryError: there is no such entry or revision.
        """
        with self._database.reading() as session:
            row = get_row(session, area, key)
            return to_revision(EntryKind(row.kind), get_revision_row(session, row, number))


def differences(before: Entry | None, after: Entry | None) -> list[Difference]:
    """What two revisions of an entry say differently, column by column in the order of the table."""
    entry = after or before
    if entry is None:
        return []
    old, new = (cells_of(each) if each else {} for each in (before, after))
    return [
        Difference(column=column, before=old.get(column, ""), after=new.get(column, ""))
        for column in TABLES[kind_of(entry)].columns.names
        if column != "status" and old.get(column, "") != new.get(column, "")
    ]
