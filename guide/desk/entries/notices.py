"""What is noticed of an entry while it is typed, by the field that it is about."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guide.checking import KnownIds, check_entry
from guide.desk.place import PlaceDesk
from guide.domain.entry import Entry, EntryKind
from guide.domain.findings import Finding, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing noticed, in the reader's language. ``severity`` is blocking, warning or info."""

    severity: Severity
    text: str
    mend: str | None


def known_ids(place: PlaceDesk) -> KnownIds:
    """What tours and closures of an area may name."""
    listing = place.office.listing
    slopes, landmarks = (listing.keys(place.id, kind) for kind in (EntryKind.SLOPE, EntryKind.LANDMARK))
    return KnownIds.of(slopes, landmarks, place.served.built)


def check(place: PlaceDesk, entry: Entry) -> list[Finding]:
    """What staff should know of an entry."""
    needs_ids = not hasattr(entry, "themes")
    known = known_ids(place) if needs_ids else KnownIds(slopes=frozenset(), landmarks=frozenset())
    return check_entry(entry, known, place.ground)


def by_field(findings: Sequence[Finding], language: str) -> Mapping[str, list[Notice]]:
    """Findings at the first of their columns, the gravest first; those about none at ""."""
    found: dict[str, list[Notice]] = defaultdict(list)
    order = list(Severity)[::-1]
    for finding in sorted(findings, key=lambda each: order.index(each.severity)):
        column = (finding.cell.column or "").partition(", ")[0] if finding.cell else ""
        field = "line" if column in {"lng", "lat"} else column
        notice = Notice(severity=finding.severity, text=finding.message(language), mend=finding.mend(language))
        if notice not in found[field]:
            found[field].append(notice)
    return found
