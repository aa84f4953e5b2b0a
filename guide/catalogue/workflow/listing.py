"""Lists of entries: filtered, searched, in the order of their readings, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, select

from guide.catalogue.store.database import Database
from guide.catalogue.store.schema import EntryRow, RevisionRow
from guide.catalogue.workflow.content import from_stored, searchable
from guide.catalogue.workflow.records import EntryRecord, Stage
from guide.catalogue.workflow.rows import to_record
from guide.domain.entry import Entry, EntryKind

PAGE_ROWS: Final = 50
LONGEST_SEARCH: Final = 200


class Order(StrEnum):
    """Orders of a list."""

    NAME = "name"
    NEWEST = "newest"
    ID = "id"


class Lack(StrEnum):
    """What an entry may be without."""

    PLACE = "place"
    STORY = "story"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a list should hold. ``stage`` None is every one but the archived."""

    kind: EntryKind
    stage: Stage | None = None
    changed_only: bool = False
    text: str = ""
    lack: Lack | None = None
    keys: frozenset[str] | None = None
    order: Order = Order.NAME
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of a list, how many there are in all, and how many in each stage whatever the wish's own stage."""

    rows: tuple[EntryRecord, ...]
    total: int
    page: int
    pages: int
    counts: Mapping[Stage, int] = field(default_factory=dict)


class Listing:
    """Reads lists."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, area: str, wish: Wish) -> Page:
        """One page of what is wished for."""
        where = [EntryRow.area == area, EntryRow.kind == wish.kind.value, *_conditions(wish)]
        with self._database.reading() as session:
            by_stage = select(EntryRow.stage, func.count()).where(*where).group_by(EntryRow.stage)
            counts = {Stage(stage): count for stage, count in session.execute(by_stage)}
            where.append(_of_stage(wish.stage))
            total = session.scalar(select(func.count()).where(*where)) or 0
            pages = max(1, -(-total // PAGE_ROWS))
            page = min(max(wish.page, 1), pages)
            query = _in_order(select(EntryRow).where(*where), wish.order)
            rows = session.scalars(query.offset((page - 1) * PAGE_ROWS).limit(PAGE_ROWS))
            return Page(rows=tuple(map(to_record, rows)), total=total, page=page, pages=pages, counts=counts)

    def all(self, area: str, kind: EntryKind | None = None) -> list[EntryRecord]:
        """Every entry of an area that is not archived, in the order in which they were made."""
        where = [EntryRow.area == area, _of_stage(None)]
        if kind is not None:
            where.append(EntryRow.kind == kind.value)
        with self._database.reading() as session:
            return [to_record(row) for row in session.scalars(select(EntryRow).where(*where).order_by(EntryRow.id))]

    def keys(self, area: str, kind: EntryKind) -> frozenset[str]:
        """The ids of every entry of a kind that is not archived."""
        where = [EntryRow.area == area, EntryRow.kind == kind.value, _of_stage(None)]
        with self._database.reading() as session:
            return frozenset(session.scalars(select(EntryRow.key).where(*where)))

    def public_count(self, area: str, kind: EntryKind) -> int:
        """How many entries of a kind visitors see."""
        where = [EntryRow.area == area, EntryRow.kind == kind.value, EntryRow.published.is_not(None)]
        with self._database.reading() as session:
            return session.scalar(select(func.count()).select_from(EntryRow).where(*where)) or 0

    def counts(self, area: str) -> dict[tuple[EntryKind, Stage], int]:
        """How many entries of each kind stand where."""
        query = select(EntryRow.kind, EntryRow.stage, func.count()).where(EntryRow.area == area)
        with self._database.reading() as session:
            found = session.execute(query.group_by(EntryRow.kind, EntryRow.stage))
            return {(EntryKind(kind), Stage(stage)): count for kind, stage, count in found}

    def stamp(self, area: str) -> str:
        """A word that changes with every change of an area's entries."""
        query = select(func.count(), func.coalesce(func.sum(EntryRow.version), 0)).where(EntryRow.area == area)
        with self._database.reading() as session:
            count, versions = session.execute(query).one()
            return f"{count}-{versions}"

    def contents(self, area: str, kind: EntryKind, *, published: bool) -> list[tuple[EntryRecord, Entry]]:
        """Every entry of a kind with what it says: the latest revisions, or those that visitors see."""
        number = EntryRow.published if published else EntryRow.head
        said = (RevisionRow.entry == EntryRow.id) & (RevisionRow.number == number)
        query = select(EntryRow, RevisionRow.content).join(RevisionRow, said).order_by(EntryRow.id)
        where = [EntryRow.area == area, EntryRow.kind == kind.value]
        with self._database.reading() as session:
            return [
                (to_record(row), from_stored(kind, content)) for row, content in session.execute(query.where(*where))
            ]


def _conditions(wish: Wish) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        EntryRow.search.contains(word, autoescape=True) for word in searchable(wish.text[:LONGEST_SEARCH]).split()
    ]
    if wish.changed_only:
        found.append(EntryRow.published.is_not(None) & (EntryRow.published != EntryRow.head))
    if wish.lack is not None:
        found.append(
            ~{Lack.PLACE: EntryRow.has_place, Lack.STORY: EntryRow.has_story, Lack.PHOTO: EntryRow.has_photo}[wish.lack]
        )
    if wish.keys is not None:
        found.append(EntryRow.key.in_(sorted(wish.keys)))
    return found


def _of_stage(stage: Stage | None) -> ColumnElement[bool]:
    return EntryRow.stage != Stage.ARCHIVED.value if stage is None else EntryRow.stage == stage.value


def _in_order(query: Select[Any], order: Order) -> Select[Any]:
    match order:
        case Order.NAME:
            return query.order_by(EntryRow.sort_key, EntryRow.id)
        case Order.NEWEST:
            return query.order_by(EntryRow.changed_at.desc(), EntryRow.id.desc())
        case Order.ID:
            return query.order_by(EntryRow.key)
