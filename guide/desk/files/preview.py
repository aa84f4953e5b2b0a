"""What a dropped file would do, row by row, with what is noticed of each: made anew whenever the catalogue changes."""

import hashlib
import math
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from threading import Lock
from typing import Final

from guide.catalogue.exchange.incoming import Schema, read_all_incoming
from guide.catalogue.exchange.planning import Outcome, Plan, PlannedRow, plan_import
from guide.catalogue.exchange.shelf import DroppedFile
from guide.catalogue.municipal_csv import Publisher
from guide.catalogue.sheet import Reading
from guide.checking import Ground, KnownIds, Readings, check_rows
from guide.desk.place import PlaceDesk
from guide.domain.entry import Entry, EntryKind
from guide.domain.findings import Finding, Severity

LngLat = tuple[float, float]

_M_A_DEGREE: Final = 111_320.0
_REMEMBERED: Final = 4
_LEAST_MOVE_M: Final = 1.0
_WITHOUT_ID: Final = "row-"


class Show(StrEnum):
    """Which rows are shown."""

    TODO = "todo"
    NEW = "new"
    CHANGED = "changed"
    REPAIRED = "repaired"
    REFUSED = "refused"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """A row of the file; ``place`` is where its entry would be, ``was`` where it is now if that is elsewhere."""

    id: str
    kind: EntryKind
    planned: PlannedRow
    findings: tuple[Finding, ...]
    place: LngLat | None = None
    was: LngLat | None = None

    @property
    def is_odd(self) -> bool:
        """Whether visitors must not see it as it is."""
        grave = any(finding.severity is Severity.BLOCKING for finding in self.findings)
        return grave or self.planned.outcome is Outcome.REFUSED

    @property
    def moves_m(self) -> float | None:
        """How far it would move."""
        return distance_m(self.was, self.place) if self.was and self.place else None

    @property
    def does_something(self) -> bool:
        """Whether it can be applied."""
        return self.planned.outcome in {Outcome.NEW, Outcome.CHANGED}

    def is_shown(self, show: Show) -> bool:
        """Whether it is among what somebody wants to see."""
        match show:
            case Show.TODO:
                return self.does_something
            case Show.REPAIRED:
                return self.planned.is_repaired
            case _:
                return self.planned.outcome.value == show.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A file's rows. ``stamp`` changes when any of them would do something else than before."""

    rows: tuple[PreviewRow, ...]
    findings: tuple[Finding, ...]
    municipal: bool
    stamp: str

    def count(self, show: Show) -> int:
        """How many rows would be shown."""
        return sum(row.is_shown(show) for row in self.rows)

    def chosen(self, left_out: frozenset[str]) -> list[PreviewRow]:
        """The rows that would be applied."""
        return [row for row in self.rows if row.does_something and row.id not in left_out]


class Previews:
    """Makes previews, and remembers the last ones of each worker."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, ...], Preview] = OrderedDict()
        self._lock = Lock()

    def get(self, place: PlaceDesk, dropped: DroppedFile) -> Preview:
        """What a file would do now.

        Raises:
            UnreadableTableError: the file cannot be read at all.
        """
        key = (dropped.token, place.office.listing.stamp(place.id), place.served.build_id)
        with self._lock:
            kept = self._kept.get(key)
        if kept is None:
            kept = make_preview(place, dropped)
            with self._lock:
                self._kept[key] = kept
                while len(self._kept) > _REMEMBERED:
                    self._kept.popitem(last=False)
        return kept


def make_preview(place: PlaceDesk, dropped: DroppedFile) -> Preview:
    """Read a file, compare it with the catalogue, and hold what it would make against the streets.

    Raises:
        UnreadableTableError: the file cannot be read at all.
    """
    office = place.office
    publisher = Publisher(prefix=f"{place.id}-list", credit=dropped.credit, licence=dropped.licence)
    tables = read_all_incoming(office.shelf.path(dropped), publisher, dropped.kind)
    known = office.applying.known(place.id)
    plans = [plan_import(incoming, known) for incoming in tables]
    ids = KnownIds.of(*_ids_after(known.items(), plans), place.served.built)
    rows = tuple(
        _row(place, plan.kind, row, noticed)
        for plan, incoming in zip(plans, tables, strict=True)
        for row, noticed in _noticed(plan, incoming.headings, ids, place.ground)
    )
    return Preview(
        rows=rows,
        findings=tuple(finding for plan in plans for finding in plan.findings),
        municipal=any(plan.schema is Schema.MUNICIPAL for plan in plans),
        stamp=_stamp(rows),
    )


def _ids_after(known: Iterable[tuple[str, object]], plans: Sequence[Plan]) -> tuple[set[str], set[str]]:
    """The ids of slopes and of landmarks that there would be: tours of a file may name its other rows."""
    slopes, landmarks = set[str](), set[str]()
    for key, each in known:
        kind = getattr(each, "kind", None)
        (slopes if kind is EntryKind.SLOPE else landmarks if kind is EntryKind.LANDMARK else set()).add(key)
    for plan in plans:
        added = {row.key for row in plan.rows if row.key and row.entry}
        slopes |= added if plan.kind is EntryKind.SLOPE else set()
        landmarks |= added if plan.kind is EntryKind.LANDMARK else set()
    return slopes, landmarks


def _noticed(
    plan: Plan, headings: Mapping[str, str], ids: KnownIds, ground: Ground
) -> list[tuple[PlannedRow, tuple[Finding, ...]]]:
    """Each row with all that is noticed of it; what would change nothing is not looked at again."""
    looked_at = [row for row in plan.rows if row.entry is not None and row.outcome is not Outcome.SAME]
    entries = [
        row.entry if row.key else replace(row.entry, id=f"{_WITHOUT_ID}{row.number}") for row in looked_at if row.entry
    ]
    found: dict[int, list[Finding]] = {}
    for finding in check_rows(_readings(plan, headings, entries, looked_at), ids, ground):
        number = finding.cell.row if finding.cell else None
        if number is not None:
            found.setdefault(number, []).append(finding)
    return [(row, (*row.findings, *_new(row.findings, found.get(row.number, [])))) for row in plan.rows]


def _new(told: Sequence[Finding], found: Iterable[Finding]) -> list[Finding]:
    """What has not been told of a row yet."""
    codes = {finding.code for finding in told}
    return [finding for finding in found if finding.code not in codes]


def _readings(
    plan: Plan, headings: Mapping[str, str], entries: Sequence[Entry], rows: Sequence[PlannedRow]
) -> Readings:
    reading = Reading(
        file=plan.file,
        headings=headings,
        entries=tuple(entries),
        rows=tuple(row.number for row in rows),
        findings=(),
    )
    return Readings(**{f"{plan.kind.value}s": reading})  # type: ignore[arg-type]


def _row(place: PlaceDesk, kind: EntryKind, row: PlannedRow, findings: tuple[Finding, ...]) -> PreviewRow:
    now = _place_of(place, row.entry, row.key)
    before = _place_of(place, row.before, row.key) if row.before else None
    moved = before is not None and now is not None and distance_m(before, now) > _LEAST_MOVE_M
    return PreviewRow(
        id=f"{kind.value}-{row.number}", kind=kind, planned=row, findings=findings, place=now,
        was=before if moved else None,
    )  # fmt: skip


def _place_of(place: PlaceDesk, entry: Entry | None, key: str | None) -> LngLat | None:
    """Where an entry is: its point, the middle of its line, or where its slope was built."""
    if entry is None:
        return None
    if point := getattr(entry, "lng_lat", None):
        return (float(point[0]), float(point[1]))
    if line := getattr(entry, "line", None):
        return (float(line[len(line) // 2][0]), float(line[len(line) // 2][1]))
    slope = place.served.slopes.get(getattr(entry, "slope_id", None) or key or "")
    if slope is None or slope.line is None:
        return None
    lng, lat = slope.line[len(slope.line) // 2].tolist()
    return (lng, lat)


def distance_m(one: LngLat, other: LngLat) -> float:
    """How far it is between two places of one town, as on a plane (within a thousandth)."""
    across = (one[0] - other[0]) * math.cos(math.radians(one[1]))
    return math.hypot(across, one[1] - other[1]) * _M_A_DEGREE


def _stamp(rows: Iterable[PreviewRow]) -> str:
    """What would be done, in a few letters."""
    done = hashlib.sha256()
    for row in rows:
        planned = row.planned
        done.update(f"{row.id}|{planned.outcome}|{planned.key}|{planned.version}\n".encode())
    return done.hexdigest()[:16]
