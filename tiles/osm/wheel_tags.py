"""What tags tell of a way to those on wheels: width, kerbs, steps, smoothness, obstacles.

The words are those of OSM's wiki; a value that is none of them is not known, never guessed.
"""

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from guide.domain.network import Access, Smoothness
from tiles.osm.extract import Tags

WIDEST_M: Final = 100.0
HIGHEST_KERB_M: Final = 0.5
RISER_RANGE_M: Final = (0.02, 0.5)

KERB_HEIGHT_M: Final = MappingProxyType(
    {"flush": 0.0, "no": 0.0, "lowered": 0.03, "rolled": 0.03, "raised": 0.12, "regular": 0.12}
)
"""Flush is level, lowered about 3 cm, rolled gives way to wheels as lowered does; raised is a city's usual kerb."""

OBSTACLES: Final = frozenset({
    "stile", "kissing_gate", "turnstile", "full-height_turnstile", "horse_stile", "log", "debris", "jersey_barrier",
})  # fmt: skip
"""Values of ``barrier`` on a node that people on foot get past and wheels do not."""

_ACCESS: Final = MappingProxyType(
    {
        "yes": Access.YES,
        "designated": Access.YES,
        "official": Access.YES,
        "permissive": Access.YES,
        "limited": Access.LIMITED,
        "no": Access.NO,
        "bad": Access.NO,
        "impassable": Access.NO,
    }
)
_METRES: Final = re.compile(r"^\s*(\d+(?:[.,]\d+)?)\s*(m|cm)?\s*\+?\s*$")
_FEET: Final = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*'\s*(?:(\d+(?:\.\d+)?)\s*\")?\s*$")
_FOOT_M: Final = 0.3048
_INCH_M: Final = 0.0254


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelRules:
    """What the tags of one way say to wheels; None is not known."""

    width_m: float | None
    kerb_m: float | None
    riser_m: float | None
    access: Access
    smoothness: Smoothness


def read_wheels(tags: Tags) -> WheelRules:
    """Everything that the network keeps of a way for wheels."""
    return WheelRules(
        width_m=width_m(tags),
        kerb_m=kerb_m(tags),
        riser_m=riser_m(tags),
        access=_ACCESS.get(tags.get("wheelchair", ""), Access.UNKNOWN),
        smoothness=Smoothness.__members__.get(tags.get("smoothness", "").upper(), Smoothness.UNKNOWN),
    )


def is_crossing(tags: Tags) -> bool:
    """Whether a way leads over a carriageway from kerb to kerb."""
    return any(tags.get(key) == "crossing" for key in ("footway", "path", "cycleway"))


def width_m(tags: Tags) -> float | None:
    """How wide a way is: at its narrowest if that is told, else as measured, else as estimated."""
    values = (length_m(tags.get(key)) for key in ("maxwidth:physical", "width", "est_width"))
    return next((value for value in values if value is not None and 0 < value <= WIDEST_M), None)


def kerb_m(tags: Tags) -> float | None:
    """How high a kerb is, by its height or else by its kind."""
    height = length_m(tags.get("kerb:height"))
    if height is not None and height <= HIGHEST_KERB_M:
        return height
    return KERB_HEIGHT_M.get(tags.get("kerb", ""))


def riser_m(tags: Tags) -> float | None:
    """How high one step of a stair is."""
    height = length_m(tags.get("step:height"))
    low, high = RISER_RANGE_M
    return height if height is not None and low <= height <= high else None


def is_obstacle(tags: Tags) -> bool:
    """Whether a node stops wheels."""
    return tags.get("barrier") in OBSTACLES and tags.get("wheelchair") not in {"yes", "designated"}


def length_m(value: str | None) -> float | None:
    """A length in metres: ``2``, ``2.5 m``, ``16 cm``, ``4.6+``, ``6'`` or ``5'6"``; None where it is none of these."""
    if match := _METRES.match(value or ""):
        return float(match[1].replace(",", ".")) * (0.01 if match[2] == "cm" else 1.0)
    if match := _FEET.match(value or ""):
        return float(match[1]) * _FOOT_M + float(match[2] or 0) * _INCH_M
    return None
