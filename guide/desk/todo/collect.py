"""Every finding about an area's entries: of their rows, of the last build, and of streets that have changed since."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from guide.area.changes import ChangeKind, read_changes
from guide.catalogue.sheet import Reading
from guide.catalogue.tables import TABLES
from guide.catalogue.workflow.dismissals import Dismissal, FindingId
from guide.catalogue.workflow.records import EntryRecord, Stage
from guide.checking import Readings, check_rows
from guide.desk.entries.notices import known_ids
from guide.desk.place import PlaceDesk
from guide.desk.todo.topics import Topic, field_of, topic_of
from guide.domain.closure import CatalogueClosure
from guide.domain.entry import Entry, EntryKind
from guide.domain.findings import Finding, Severity
from guide.domain.landmark import Landmark
from guide.domain.slope import CatalogueSlope
from guide.domain.tour import CatalogueTour
from guide.http.texts import Language

_WHERE: Final = re.compile(r"([A-Za-z0-9][A-Za-z0-9_-]*) \(")
"""How a build names the slope or tour that a finding is about."""

_GRAVITY: Final = {Severity.BLOCKING: 0, Severity.WARNING: 1, Severity.INFO: 2}
_BUILT_AFTER_PUBLISHING: Final = timedelta(minutes=10)
"""A line that moves in a build so soon after its slope was published has moved because staff moved it."""

_MARK_CHARACTERS: Final = 32


_Contents = dict[EntryKind, list[tuple[EntryRecord, Entry]]]
_AnyEntry = TypeVar("_AnyEntry", CatalogueSlope, Landmark, CatalogueTour, CatalogueClosure)


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """One thing to do: where it is mended, what is said of it, and why it was put aside if it was."""

    id: FindingId
    record: EntryRecord
    topic: Topic
    field: str
    severity: Severity
    text: str
    mend: str | None
    dismissal: Dismissal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noticed:
    """A finding in the reader's language; ``mark`` tells it from others of its kind about the same entry."""

    record: EntryRecord
    code: str
    column: str | None
    severity: Severity
    text: str
    mend: str | None
    mark: str


def collect(place: PlaceDesk) -> list[Todo]:
    """The whole list: the gravest of each topic in front."""
    contents = {
        kind: [
            (record, entry)
            for record, entry in place.office.listing.contents(place.id, kind, published=False)
            if record.stage is not Stage.ARCHIVED
        ]
        for kind in EntryKind
    }
    dismissed = place.office.dismissals.all(place.id)
    found: dict[FindingId, Todo] = {}
    for noticed in _everything(place, contents):
        key = FindingId(key=noticed.record.key, code=noticed.code, mark=noticed.mark)
        field = field_of(noticed.code, noticed.column)
        found.setdefault(
            key,
            Todo(
                id=key,
                record=noticed.record,
                topic=topic_of(noticed.code, field),
                field=field,
                severity=noticed.severity,
                text=noticed.text,
                mend=noticed.mend,
                dismissal=dismissed.get(key),
            ),
        )
    order = list(Topic)
    return sorted(
        found.values(), key=lambda each: (order.index(each.topic), _GRAVITY[each.severity], each.record.name, each.id)
    )


def _everything(place: PlaceDesk, contents: _Contents) -> Iterator[_Noticed]:
    yield from _of_rows(place, contents)
    records = {record.key: record for some in contents.values() for record, _ in some}
    yield from _of_build(place, records)
    yield from _of_streets(place, records)
    for kind in (EntryKind.SLOPE, EntryKind.LANDMARK, EntryKind.TOUR):
        for record, _ in contents[kind]:
            if not record.has_story:
                yield _noticed(place, record, Finding(code="todo.no-story", where=record.key, severity=Severity.INFO))


def _of_rows(place: PlaceDesk, contents: _Contents) -> Iterator[_Noticed]:
    """What ``guide check`` says of the rows: each row's number leads back to its entry."""
    readings = Readings(
        slopes=_reading(contents[EntryKind.SLOPE], CatalogueSlope),
        landmarks=_reading(contents[EntryKind.LANDMARK], Landmark),
        tours=_reading(contents[EntryKind.TOUR], CatalogueTour),
        closures=_reading(contents[EntryKind.CLOSURE], CatalogueClosure),
    )
    kind_of_file = {table.file: kind for kind, table in TABLES.items()}
    for finding in check_rows(readings, known_ids(place), place.ground):
        cell = finding.cell
        if cell is not None and cell.row is not None and cell.file in kind_of_file:
            yield _noticed(place, contents[kind_of_file[cell.file]][cell.row - 1][0], finding)


def _reading(some: Sequence[tuple[EntryRecord, Entry]], kind: type[_AnyEntry]) -> Reading[_AnyEntry]:
    entries = tuple(entry for _, entry in some if isinstance(entry, kind))
    file = next(table.file for table in TABLES.values() if table.entry is kind)
    return Reading(file=file, headings={}, entries=entries, rows=tuple(range(1, len(entries) + 1)), findings=())


def _of_build(place: PlaceDesk, records: Mapping[str, EntryRecord]) -> Iterator[_Noticed]:
    """What the last build said of slopes and tours that the catalogue has."""
    for told in place.served.manifest.findings:
        found = _WHERE.match(told.where)
        record = records.get(found[1]) if found else None
        if record is not None:
            yield _Noticed(
                record=record,
                code=told.code,
                column=None,
                severity=Severity(told.severity),
                text=told.message_ja if place.language is Language.JA else told.message_en,
                mend=None,
                mark=_mark(told.message_en),
            )


def _of_streets(place: PlaceDesk, records: Mapping[str, EntryRecord]) -> Iterator[_Noticed]:
    """Slopes whose line moved in a build though nobody had published anything of them: their street has changed."""
    seen: set[str] = set()
    for change in read_changes(place.served.built.directory.parent):
        record = records.get(change.id)
        if record is None or change.id in seen:
            continue
        if change.kind is not ChangeKind.CHANGED or "geometry" not in change.fields:
            continue
        seen.add(change.id)  # only its latest move is told of
        if not _published_before(place, change.id, change.at):
            day = f"{change.at.astimezone(place.zone):%Y-%m-%d}"
            finding = Finding(code="todo.street-changed", where=change.id, values={"day": day})
            yield _noticed(place, record, finding, _mark(change.build))


def _published_before(place: PlaceDesk, key: str, at: datetime) -> bool:
    """Whether an entry was published, or taken back, shortly before a moment."""
    return any(
        line.act in {"published", "unpublished"} and timedelta(0) <= at - line.made_at <= _BUILT_AFTER_PUBLISHING
        for line in place.office.log.lines(area=place.id, key=key)
    )


def _noticed(place: PlaceDesk, record: EntryRecord, finding: Finding, mark: str | None = None) -> _Noticed:
    return _Noticed(
        record=record,
        code=finding.code,
        column=finding.cell.column if finding.cell else None,
        severity=finding.severity,
        text=finding.message(place.language),
        mend=finding.mend(place.language),
        mark=mark or _mark(finding.message("en")),
    )


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_MARK_CHARACTERS]
