"""Publishing: which revision of an entry visitors see. One publication may concern many entries, and is whole."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from guide.catalogue.store.database import Database
from guide.catalogue.store.schema import AreaRow, EntryRow, PublicationRow, RevisionRow
from guide.catalogue.workflow.content import from_stored
from guide.catalogue.workflow.people import CLOCKWORK, Actor, Permission
from guide.catalogue.workflow.records import Change, EntryRecord, Publication, Stage
from guide.catalogue.workflow.rows import Doing, contents, get_row_at, to_record
from guide.domain.entry import Entry, EntryKind
from guide.domain.errors import DeskError


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownKeys:
    """The ids that tours and closures may name, archived ones not among them."""

    slopes: frozenset[str]
    landmarks: frozenset[str]


Gate = Callable[[str, Sequence[Entry], KnownKeys], None]
"""Raises a ``DeskError`` if some entries of an area must not be published as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCatalogue:
    """What visitors are to see of an area: the id of the publication that made it so, and its entries in order."""

    publication: str | None
    entries: tuple[Entry, ...]


class Publishing:
    """What a publisher does; ``gate`` says no to entries that visitors should not see as they are."""

    def __init__(self, database: Database, clock: Callable[[], datetime], gate: Gate) -> None:
        self._database = database
        self._clock = clock
        self._gate = gate

    def publish(self, actor: Actor, area: str, versions: Mapping[str, int]) -> Publication:
        """Show visitors the latest revisions of some entries: all of them or none.

        Raises:
            NotAllowedError, UnknownEntryError: as their names say.
            ConflictError: one of them has changed since its version in ``versions``.
            DeskError: one of them cannot be shown as it is, or there is nothing to publish.
        """
        actor.require(Permission.PUBLISH)
        with self._database.writing(area) as session:
            rows = [get_row_at(session, area, key, version) for key, version in versions.items()]
            rows = [row for row in rows if row.published != row.head or row.stage != Stage.PUBLISHED]
            doing = Doing(session=session, actor=actor, now=self._clock())
            return self._show(doing, area, [(row, row.head) for row in rows])

    def publish_due(self) -> list[Publication]:
        """Do what was scheduled for now or earlier; what cannot be shown as it is goes back to draft, and is logged."""
        now = self._clock()
        due = EntryRow.publish_at <= now
        with self._database.reading() as session:
            areas = session.scalars(select(EntryRow.area).where(due).distinct().order_by(EntryRow.area)).all()
        done = []
        for area in areas:
            with self._database.writing(area) as session:
                doing = Doing(session=session, actor=CLOCKWORK, now=now)
                rows = session.scalars(select(EntryRow).where(due, EntryRow.area == area).order_by(EntryRow.id)).all()
                shown = [(row, row.publish_number or row.head) for row in rows if self._passes(doing, row)]
                if shown:
                    done.append(self._show(doing, area, shown))
        return done

    def _passes(self, doing: Doing, row: EntryRow) -> bool:
        number = row.publish_number or row.head
        try:
            self._guard(doing.session, row.area, [(row, number)])
        except DeskError as error:
            doing.log("not-published", row.area, row.key, code=error.code, by=row.publish_by)
            _unschedule(row)
            doing.touch(row)
            return False
        return True

    def schedule(self, actor: Actor, area: str, key: str, version: int, at: datetime | None) -> EntryRecord:
        """Show visitors the latest revision from a moment on; None takes that back.

        Raises:
            NotAllowedError, UnknownEntryError, ConflictError, DeskError: as ``publish``.
        """
        actor.require(Permission.PUBLISH)
        with self._database.writing(area) as session:
            row = get_row_at(session, area, key, version)
            doing = Doing(session=session, actor=actor, now=self._clock())
            if at is None:
                _unschedule(row)
            else:
                if at <= doing.now:
                    raise DeskError("desk.date-is-past")
                self._guard(session, area, [(row, row.head)])
                row.publish_at, row.publish_number, row.publish_by = at, row.head, actor.name
            doing.touch(row)
            doing.log("scheduled" if at else "unscheduled", area, key, at=at.isoformat() if at else None)
            return to_record(row)

    def unpublish(self, actor: Actor, area: str, versions: Mapping[str, int]) -> Publication:
        """Take entries away from visitors; they stay as drafts.

        Raises:
            NotAllowedError, UnknownEntryError, ConflictError: as ``publish``.
            DeskError: none of them is public.
        """
        return self._hide(actor, area, versions, Stage.DRAFT)

    def archive(self, actor: Actor, area: str, key: str, version: int) -> EntryRecord:
        """Put an entry away: visitors no longer see it, lists no longer show it, and its id stays its own.

        Raises:
            NotAllowedError, UnknownEntryError, ConflictError: as ``publish``.
        """
        actor.require(Permission.PUBLISH)
        with self._database.writing(area) as session:
            row = get_row_at(session, area, key, version)
            doing = Doing(session=session, actor=actor, now=self._clock())
            if row.published is not None:
                self._take_away(doing, area, [row], Stage.ARCHIVED)
            else:
                row.stage = Stage.ARCHIVED.value
                _unschedule(row)
                doing.touch(row)
            doing.log("archived", area, key)
            return to_record(row)

    def public(self, area: str) -> PublicCatalogue:
        """What visitors are to see now."""
        with self._database.reading() as session:
            return public_catalogue(session, area)

    def current(self) -> dict[str, str | None]:
        """The latest publication of every area, None where there was none yet."""
        with self._database.reading() as session:
            return {row.id: row.publication for row in session.scalars(select(AreaRow).order_by(AreaRow.id))}

    def list_publications(self, area: str, limit: int) -> list[Publication]:
        """The latest publications, the newest first."""
        with self._database.reading() as session:
            query = select(PublicationRow).where(PublicationRow.area == area)
            rows = session.scalars(query.order_by(PublicationRow.made_at.desc()).limit(limit))
            return [to_publication(row) for row in rows]

    def _hide(self, actor: Actor, area: str, versions: Mapping[str, int], stage: Stage) -> Publication:
        actor.require(Permission.PUBLISH)
        with self._database.writing(area) as session:
            rows = [get_row_at(session, area, key, version) for key, version in versions.items()]
            doing = Doing(session=session, actor=actor, now=self._clock())
            return self._take_away(doing, area, [row for row in rows if row.published is not None], stage)

    def _show(self, doing: Doing, area: str, rows: Sequence[tuple[EntryRow, int]]) -> Publication:
        if not rows:
            raise DeskError("desk.nothing-to-publish")
        self._guard(doing.session, area, rows)
        changes = []
        for row, number in rows:
            changes.append(_change(row, row.published, number))
            row.published = number
            if number == row.head:
                row.stage = Stage.PUBLISHED.value
            asked_by = {"for": row.publish_by} if row.publish_by else {}
            if row.publish_number is None or row.publish_number <= number:
                _unschedule(row)
            doing.touch(row)
            doing.log("published", area, row.key, number=number, **asked_by)
        return _publication(doing, area, changes)

    def _guard(self, session: Session, area: str, rows: Sequence[tuple[EntryRow, int]]) -> None:
        """Ask the gate about some revisions."""
        query = select(EntryRow.key).where(EntryRow.area == area, EntryRow.stage != Stage.ARCHIVED.value)
        slopes, landmarks = (
            frozenset(session.scalars(query.where(EntryRow.kind == kind.value)))
            for kind in (EntryKind.SLOPE, EntryKind.LANDMARK)
        )
        entries = contents(session, [row for row, _ in rows], [number for _, number in rows])
        self._gate(area, entries, KnownKeys(slopes=slopes, landmarks=landmarks))

    def _take_away(self, doing: Doing, area: str, rows: Sequence[EntryRow], stage: Stage) -> Publication:
        if not rows:
            raise DeskError("desk.nothing-to-unpublish")
        changes = []
        for row in rows:
            changes.append(_change(row, row.published, None))
            row.published, row.stage = None, stage.value
            _unschedule(row)
            doing.touch(row)
            doing.log("unpublished", area, row.key)
        return _publication(doing, area, changes)


def public_catalogue(session: Session, area: str) -> PublicCatalogue:
    """As ``Publishing.public``, within a transaction."""
    row = session.get(AreaRow, area)
    shown = (RevisionRow.entry == EntryRow.id) & (RevisionRow.number == EntryRow.published)
    query = select(EntryRow.kind, RevisionRow.content).join(RevisionRow, shown).where(EntryRow.area == area)
    return PublicCatalogue(
        publication=row.publication if row else None,
        entries=tuple(
            from_stored(EntryKind(kind), content) for kind, content in session.execute(query.order_by(EntryRow.id))
        ),
    )


def to_publication(row: PublicationRow) -> Publication:
    """A publication as a value."""
    return Publication(
        id=row.id,
        area=row.area,
        made_at=row.made_at,
        made_by=row.made_by,
        changes=msgspec.convert(row.changes["entries"], tuple[Change, ...]),
    )


def _publication(doing: Doing, area: str, changes: Sequence[Change]) -> Publication:
    made = Publication(
        id=secrets.token_hex(16), area=area, made_at=doing.now, made_by=doing.actor.name, changes=tuple(changes)
    )
    entries = msgspec.to_builtins(changes)
    doing.session.add(
        PublicationRow(id=made.id, area=area, changes={"entries": entries}, made_at=doing.now, made_by=made.made_by)
    )
    row = doing.session.get_one(AreaRow, area)
    row.publication = made.id
    return made


def _change(row: EntryRow, before: int | None, after: int | None) -> Change:
    return Change(key=row.key, kind=EntryKind(row.kind), name=row.name, before=before, after=after)


def _unschedule(row: EntryRow) -> None:
    row.publish_at = row.publish_number = row.publish_by = None
