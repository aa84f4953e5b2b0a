"""Which ways can be walked, and what they are: tag rules as tables.

The rules follow OSM's documented defaults for pedestrians. A rule that is missing here is a way that is lost or
wrongly walked, so every table is short enough to be read against the wiki.
"""

import math
import re
from dataclasses import dataclass
from typing import Final

from guide.domain.network import Flag, Kind, StreetName
from tiles.osm.extract import Tags
from tiles.osm.wheel_tags import WheelRules, is_crossing, read_wheels

KIND_OF_HIGHWAY: Final = {
    "footway": Kind.FOOTWAY,
    "path": Kind.PATH,
    "bridleway": Kind.PATH,
    "pedestrian": Kind.PEDESTRIAN,
    "corridor": Kind.FOOTWAY,
    "steps": Kind.STEPS,
    "residential": Kind.RESIDENTIAL,
    "living_street": Kind.RESIDENTIAL,
    "service": Kind.SERVICE,
    "unclassified": Kind.MINOR,
    "road": Kind.MINOR,
    "tertiary": Kind.MINOR,
    "tertiary_link": Kind.MINOR,
    "secondary": Kind.MAJOR,
    "secondary_link": Kind.MAJOR,
    "primary": Kind.MAJOR,
    "primary_link": Kind.MAJOR,
    "trunk": Kind.MAJOR,
    "trunk_link": Kind.MAJOR,
    "track": Kind.TRACK,
    "cycleway": Kind.CYCLEWAY,
}

ONLY_IF_FOOT_SAYS_SO: Final = {"motorway": Kind.MAJOR, "motorway_link": Kind.MAJOR, "busway": Kind.MINOR}

YES: Final = frozenset({"yes", "designated", "permissive", "official", "destination", "public"})
NO: Final = frozenset({"no", "private", "agricultural", "forestry", "delivery", "military", "customers", "permit"})
FOOT_NO: Final = NO | {"use_sidepath", "discouraged"}

# On these, `oneway` without more words is meant for people on foot.
ONEWAY_MEANS_FOOT: Final = frozenset({"footway", "steps", "pedestrian", "corridor"})

MAX_STEP_COUNT: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WayRules:
    """What the tags of one walkable way say."""

    kind: Kind
    flags: Flag
    layer: int
    surface: str | None
    name: StreetName | None
    step_count: int | None
    incline_percent: float | None
    wheels: WheelRules


def walkable_kind(tags: Tags) -> Kind | None:
    """The kind of a way that may be walked, None for one that may not."""
    highway = tags.get("highway", "")
    foot = tags.get("foot", "")
    kind = KIND_OF_HIGHWAY.get(highway)
    if kind is None:
        kind = ONLY_IF_FOOT_SAYS_SO.get(highway) if foot in YES else None
    if kind is None or foot in FOOT_NO:
        return None
    if foot in YES:
        return kind
    if tags.get("access") in NO or tags.get("motorroad") == "yes":
        return None
    return kind


def read_way(tags: Tags) -> WayRules | None:
    """Everything the network keeps of a way, None for a way that may not be walked."""
    kind = walkable_kind(tags)
    if kind is None:
        return None
    return WayRules(
        kind=kind,
        flags=_flags(tags),
        layer=_integer(tags.get("layer"), low=-9, high=9) or 0,
        surface=tags.get("surface"),
        name=street_name(tags),
        step_count=_integer(tags.get("step_count"), low=1, high=MAX_STEP_COUNT) if kind is Kind.STEPS else None,
        incline_percent=incline_percent(tags.get("incline")),
        wheels=read_wheels(tags),
    )


def street_name(tags: Tags) -> StreetName | None:
    """The names in the languages the page speaks; None for a nameless way."""
    local = tags.get("name")
    if not local:
        return None
    return StreetName(
        local=local,
        ja=tags.get("name:ja"),
        en=tags.get("name:en"),
        reading=tags.get("name:ja-Hira") or tags.get("name:ja_kana"),
    )


_INCLINE: Final = re.compile(r"^\s*([+-]?\d+(?:[.,]\d+)?)\s*(%|°)?\s*$")
MAX_INCLINE_PERCENT: Final = 200.0


def incline_percent(value: str | None) -> float | None:
    """A tagged incline in percent along the way; None where it gives no number ("up") or an absurd one."""
    match = _INCLINE.match(value or "")
    if match is None:
        return None
    number = float(match[1].replace(",", "."))
    if match[2] == "°":
        number = 100 * math.tan(math.radians(number)) if abs(number) < 60 else math.inf  # noqa: PLR2004 (absurd)
    return number if abs(number) <= MAX_INCLINE_PERCENT else None


def _flags(tags: Tags) -> Flag:
    flags = Flag(0)
    if tags.get("bridge", "no") != "no":
        flags |= Flag.BRIDGE
    tunnel = tags.get("tunnel", "no")
    if tunnel == "building_passage" or tags.get("covered", "no") != "no":
        flags |= Flag.COVERED
    elif tunnel not in {"no", "culvert"}:
        flags |= Flag.TUNNEL
    if tags.get("handrail", "no") != "no" or any(tags.get(f"handrail:{side}") == "yes" for side in _SIDES):
        flags |= Flag.HANDRAIL
    if tags.get("lit", "no") not in {"no", "disused"}:
        flags |= Flag.LIT
    if tags.get("ramp", "no") not in {"no", "separate"}:
        flags |= Flag.RAMP
    if is_crossing(tags):
        flags |= Flag.CROSSING
    return flags | _directions(tags)


_SIDES: Final = ("left", "right", "center", "both")


def _directions(tags: Tags) -> Flag:
    oneway = tags.get("oneway:foot")
    if oneway is None and tags.get("highway") in ONEWAY_MEANS_FOOT:
        oneway = tags.get("oneway")
    conveying = tags.get("conveying")
    flags = Flag(0)
    if oneway == "yes" or conveying == "forward" or tags.get("foot:backward") == "no":
        flags |= Flag.NO_BACKWARD
    if oneway == "-1" or conveying == "backward" or tags.get("foot:forward") == "no":
        flags |= Flag.NO_FORWARD
    return flags


def _integer(value: str | None, *, low: int, high: int) -> int | None:
    try:
        number = int(value or "")
    except ValueError:
        return None
    return number if low <= number <= high else None
