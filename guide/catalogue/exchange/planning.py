"""What a file would do to the catalogue, row by row, before anything is done."""

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from guide.catalogue.cells import Cells, cells_of, read_cells
from guide.catalogue.exchange.incoming import Incoming, IncomingRow, Schema
from guide.catalogue.tables import TABLES
from guide.catalogue.workflow.content import searchable, unpublished
from guide.catalogue.workflow.history import Difference, differences
from guide.domain.entry import Entry, EntryKind, called
from guide.domain.findings import Cell, Finding, Severity, cell_finding

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_FREE_ID: Final = "free"
"""Stands for the id that a new entry will be given."""

_NOT_FROM_FILES: Final = frozenset({"status"})
"""What is published is decided at the desk, not by a file."""

_ONLY_FOR_NEW: Final = frozenset({"kind", "id"})
"""Of a municipal list these are guesses, which do not overrule what staff chose."""

_NEARBY_M: Final = 300.0
_M_A_DEGREE: Final = 111_320.0

_POSITION: Final = frozenset({"lng", "lat"})

_REPAIRS: Final = frozenset(
    f"catalogue.{code}"
    for code in ("swapped", "markup", "formula", "spreadsheet-error", "not-a-number", "not-a-line", "not-a-date",
                 "unknown-theme", "unknown-kind", "half-a-place", "unknown-direction")
)  # fmt: skip
"""What was read otherwise than it was written, or not at all."""


class Outcome(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An entry as the catalogue has it now."""

    entry: Entry
    kind: EntryKind
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    """One row of the file and what it would do.

    ``key`` is the id of the entry that it means, None for a new one that will be given its id; ``version`` is the one
    that the entry had when it was compared. ``entry`` is what it would become, None where the row is refused.
    """

    number: int
    outcome: Outcome
    name: str
    key: str | None = None
    version: int | None = None
    entry: Entry | None = None
    before: Entry | None = None
    differences: tuple[Difference, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def is_repaired(self) -> bool:
        """Whether something was read otherwise than it was written."""
        return any(finding.code in _REPAIRS for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a file would do."""

    file: str
    kind: EntryKind
    schema: Schema
    rows: tuple[PlannedRow, ...]
    findings: tuple[Finding, ...]

    def count(self, outcome: Outcome) -> int:
        """How many rows would do it."""
        return sum(row.outcome is outcome for row in self.rows)


def plan_import(incoming: Incoming, known: Mapping[str, Known]) -> Plan:
    """Compare a file with the catalogue, ``known`` by id.

    A row means the entry of its id, else the one entry of its name. Columns that the file does not have, and cells that
    cannot be read, leave what was there.
    """
    planner = _Planner(incoming, known)
    return Plan(
        file=incoming.file,
        kind=incoming.kind,
        schema=incoming.schema,
        rows=tuple(planner.plan(row) for row in incoming.rows),
        findings=incoming.findings,
    )


class _Planner:
    def __init__(self, incoming: Incoming, known: Mapping[str, Known]) -> None:
        self._incoming = incoming
        self._kind = incoming.kind
        self._known = known
        self._columns = TABLES[incoming.kind].columns.names
        names = Counter(_name_key(each.entry) for each in known.values() if each.kind is incoming.kind)
        self._key_by_name = {
            _name_key(each.entry): key
            for key, each in known.items()
            if each.kind is incoming.kind and names[_name_key(each.entry)] == 1
        }
        self._rows_by_key: dict[str, int] = {}

    def plan(self, row: IncomingRow) -> PlannedRow:
        """What one row would do."""
        given = {column: text for column, text in row.cells.items() if column not in _NOT_FROM_FILES}
        told = list(row.findings)
        key = self._key(row, given, told)
        name = given.get("name") or given.get("id") or ""
        if not given:
            return self._refused(row, name, key, told)
        before = self._known.get(key) if key else None
        if before is not None and before.kind is not self._kind:
            told.append(self._finding(row, "id", "import.other-kind", id=key))
            return self._refused(row, name, key, told)
        if key is not None and before is None and not _ID.fullmatch(key):
            told.append(self._finding(row, "id", "catalogue.odd-id", id=key))
            return self._refused(row, name, key, told)
        if key is not None and key in self._rows_by_key:
            told.append(self._finding(row, "id", "catalogue.repeated-id", id=key))
            return self._refused(row, name, key, told)
        if key is not None:
            self._rows_by_key[key] = row.number
        entry, findings = self._read(given, before, key)
        told += [self._placed(row, finding) for finding in findings]
        if entry is None:
            return self._refused(row, name, key, told)
        return self._outcome(row, key, before, entry, told)

    def _key(self, row: IncomingRow, given: Cells, told: list[Finding]) -> str | None:
        """The id of the entry that a row means."""
        if given_id := given.get("id"):
            key = " ".join(given_id.split())
            if self._incoming.schema is Schema.OWN or key in self._known:
                return key
            return self._key_of_town(row, given, key, told)
        return self._key_of_name(row, given, told)

    def _key_of_town(self, row: IncomingRow, given: Cells, key: str, told: list[Finding]) -> str:
        """Of a town's list: its number may be an id of ours that we gave out; else a name that stands nearby."""
        number = key.removeprefix(f"{self._incoming.prefix}-")
        if number in self._known:
            return number
        near = self._key_by_name.get(searchable(given.get("name", "")))
        if near is not None and _is_near(self._known[near].entry, given):
            return self._key_of_name(row, given, told) or key
        return key

    def _key_of_name(self, row: IncomingRow, given: Cells, told: list[Finding]) -> str | None:
        key = self._key_by_name.get(searchable(given.get("name", "")))
        if key is not None:
            told.append(self._finding(row, "name", "import.matched-by-name", Severity.INFO, id=key))
        return key

    def _read(self, given: Cells, before: Known | None, key: str | None) -> tuple[Entry | None, list[Finding]]:
        """The entry that the row makes of what was there; a cell that cannot be read leaves what was there."""
        identity = {"id": key or _FREE_ID}
        if before is None:
            return read_cells(self._kind, {**given, **identity})
        old = cells_of(before.entry)
        present = self._incoming.columns & set(self._columns) - _NOT_FROM_FILES - {"id"}
        if self._incoming.schema is Schema.MUNICIPAL:
            present -= _ONLY_FOR_NEW
            present &= set(given)
        kept = {column: text for column, text in old.items() if column not in present}
        wanted = {column: text for column, text in given.items() if column in present}
        entry, findings = read_cells(self._kind, {**kept, **wanted, **identity})
        unread = {column for finding in findings for column in _unread_columns(finding)}
        if unread & _POSITION:  # half of a new position and half of an old one would be a third place
            unread |= _POSITION
        if unread & (set(wanted) | _POSITION):
            rescued = {column: old[column] for column in unread if column in old}
            rest = {column: text for column, text in wanted.items() if column not in unread}
            entry, _ = read_cells(self._kind, {**kept, **rest, **rescued, **identity})
        return entry, findings

    def _outcome(
        self, row: IncomingRow, key: str | None, before: Known | None, entry: Entry, told: list[Finding]
    ) -> PlannedRow:
        entry = unpublished(entry)
        changed = differences(before.entry if before else None, entry)
        outcome = Outcome.NEW if before is None else Outcome.CHANGED if changed else Outcome.SAME
        return PlannedRow(
            number=row.number,
            outcome=outcome,
            name=called(entry) if key or called(entry) != _FREE_ID else "",
            key=key,
            version=before.version if before else None,
            entry=entry,
            before=before.entry if before else None,
            differences=tuple(each for each in changed if each.column != "id"),
            findings=tuple(told),
        )

    def _refused(self, row: IncomingRow, name: str, key: str | None, told: list[Finding]) -> PlannedRow:
        return PlannedRow(number=row.number, outcome=Outcome.REFUSED, name=name, key=key, findings=tuple(told))

    def _finding(
        self, row: IncomingRow, column: str, code: str, severity: Severity = Severity.BLOCKING, **values: object
    ) -> Finding:
        place = Cell(file=self._incoming.file, row=row.number, column=self._incoming.headings.get(column, column))
        return cell_finding(code, place, severity, **values)

    def _placed(self, row: IncomingRow, finding: Finding) -> Finding:
        """A finding about our columns as one about the file's own."""
        column = finding.cell.column if finding.cell else None
        own = ", ".join(self._incoming.headings.get(part, part) for part in column.split(", ")) if column else None
        cell = Cell(file=self._incoming.file, row=row.number, column=own)
        return replace(finding, where=cell.place("en"), cell=cell)


def with_free_id(entry: Entry, key: str) -> Entry:
    """A planned new entry with the id that it is given."""
    return replace(entry, id=key)


def is_free(entry: Entry) -> bool:
    """Whether an id must still be given."""
    return entry.id == _FREE_ID


_UNREAD: Final = re.compile(r"catalogue\.(not-a-\w+|unknown-\w+|spreadsheet-error|broken-characters|half-a-place)")


def _unread_columns(finding: Finding) -> list[str]:
    """The columns whose cells a finding says could not be read."""
    if finding.severity is not Severity.BLOCKING or not _UNREAD.fullmatch(finding.code):
        return []
    column = finding.cell.column if finding.cell else None
    return column.split(", ") if column else []


def _is_near(entry: Entry, given: Cells) -> bool:
    """Whether a row's place may be that of an entry."""
    place = getattr(entry, "lng_lat", None)
    try:
        lng, lat = float(given["lng"]), float(given["lat"])
    except (KeyError, ValueError):
        return False
    if place is None:
        return False
    across = (lng - place[0]) * math.cos(math.radians(lat))
    return math.hypot(across, lat - place[1]) * _M_A_DEGREE <= _NEARBY_M


def _name_key(entry: Entry) -> str:
    return searchable(called(entry))
