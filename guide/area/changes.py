"""What has changed from build to build: a file beside the builds, written when a build is published.

Builds themselves know no date (the same inputs give the same bytes), so this is where one is kept.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import msgspec

from guide.area.files import CHANGES, SLOPES
from guide.files import write_whole

MOST_KEPT: Final = 1000


class ChangeKind(StrEnum):
    """What happened to a slope. ``LISTED`` is what the first build of an area says of all its slopes."""

    LISTED = "listed"
    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One change to one slope: when, in which build, and which of its fields."""

    kind: ChangeKind
    at: datetime
    build: str
    id: str
    name: str
    name_en: str | None = None
    fields: tuple[str, ...] = ()


def record_changes(area_root: Path, before: Path | None, after: Path, at: datetime | None = None) -> None:
    """Write down what a build changes; ``before`` is the one that was current until now, None if there was none.

    A file that cannot be read, or the slopes of a damaged build, are passed over: a build never fails over its news.
    """
    old, new = (None if before is None else _slopes(before)), _slopes(after)
    if new is None or (before is not None and old is None):
        return
    made = _differences(old, new, at or datetime.now(UTC), after.name)
    if made:
        kept = (made + read_changes(area_root))[:MOST_KEPT]
        write_whole(area_root / CHANGES, msgspec.json.encode(kept))


def read_changes(area_root: Path) -> list[Change]:
    """All changes that are remembered, the last ones in front; none if the file is missing or damaged."""
    try:
        return msgspec.json.decode((area_root / CHANGES).read_bytes(), type=list[Change])
    except (OSError, msgspec.MsgspecError):
        return []


def _slopes(build: Path) -> dict[str, dict[str, Any]] | None:
    try:
        features = msgspec.json.decode((build / SLOPES).read_bytes())["features"]
        return {str(feature["id"]): feature for feature in features}
    except (OSError, msgspec.MsgspecError, KeyError, TypeError):
        return None


def _differences(
    old: Mapping[str, dict[str, Any]] | None, new: Mapping[str, dict[str, Any]], at: datetime, build: str
) -> list[Change]:
    def change(kind: ChangeKind, feature: Mapping[str, Any], fields: tuple[str, ...] = ()) -> Change:
        names = feature["properties"]
        return Change(
            kind=kind, at=at, build=build, id=str(feature["id"]), name=names["name"], name_en=names["name_en"],
            fields=fields,
        )  # fmt: skip

    if old is None:
        return [change(ChangeKind.LISTED, feature) for feature in new.values()]
    made = [change(ChangeKind.NEW, feature) for key, feature in new.items() if key not in old]
    made += [
        change(ChangeKind.CHANGED, feature, fields)
        for key, feature in new.items()
        if key in old and (fields := _changed_fields(old[key], feature))
    ]
    return made + [change(ChangeKind.GONE, feature) for key, feature in old.items() if key not in new]


def _changed_fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the properties that differ, ``geometry`` in front; a field that only one program knows is no change."""
    before, after = old["properties"], new["properties"]
    differing = [name for name in after if name in before and before[name] != after[name]]
    return (*(("geometry",) if old["geometry"] != new["geometry"] else ()), *differing)
