"""What the base map shows of OSM, and from which zoom: tag rules as tables."""

from dataclasses import dataclass
from typing import Final

from tiles.osm.extract import Tags

WATER: Final = "water"
GREEN: Final = "green"
BUILDINGS: Final = "buildings"
RAILWAYS: Final = "railways"
LABELS: Final = "labels"

BASE_KEYS: Final = ("natural", "waterway", "landuse", "leisure", "building", "railway", "place", "water")
"""Keys under which the base map's features hide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRule:
    """The layer, the kind that the style draws by, and the first zoom of a feature."""

    layer: str
    kind: str
    min_zoom: int


AREAS: Final = {
    ("natural", "water"): BaseRule(layer=WATER, kind="water", min_zoom=10),
    ("natural", "bay"): BaseRule(layer=WATER, kind="water", min_zoom=10),
    ("waterway", "riverbank"): BaseRule(layer=WATER, kind="river", min_zoom=10),
    ("waterway", "dock"): BaseRule(layer=WATER, kind="water", min_zoom=12),
    ("landuse", "reservoir"): BaseRule(layer=WATER, kind="water", min_zoom=12),
    ("landuse", "basin"): BaseRule(layer=WATER, kind="water", min_zoom=13),
    ("natural", "wood"): BaseRule(layer=GREEN, kind="wood", min_zoom=10),
    ("landuse", "forest"): BaseRule(layer=GREEN, kind="wood", min_zoom=10),
    ("natural", "scrub"): BaseRule(layer=GREEN, kind="grass", min_zoom=12),
    ("natural", "heath"): BaseRule(layer=GREEN, kind="grass", min_zoom=12),
    ("natural", "grassland"): BaseRule(layer=GREEN, kind="grass", min_zoom=12),
    ("natural", "beach"): BaseRule(layer=GREEN, kind="beach", min_zoom=12),
    ("landuse", "grass"): BaseRule(layer=GREEN, kind="grass", min_zoom=13),
    ("landuse", "meadow"): BaseRule(layer=GREEN, kind="grass", min_zoom=12),
    ("landuse", "cemetery"): BaseRule(layer=GREEN, kind="cemetery", min_zoom=13),
    ("landuse", "recreation_ground"): BaseRule(layer=GREEN, kind="park", min_zoom=12),
    ("landuse", "village_green"): BaseRule(layer=GREEN, kind="park", min_zoom=13),
    ("leisure", "park"): BaseRule(layer=GREEN, kind="park", min_zoom=11),
    ("leisure", "garden"): BaseRule(layer=GREEN, kind="park", min_zoom=13),
    ("leisure", "nature_reserve"): BaseRule(layer=GREEN, kind="wood", min_zoom=11),
    ("leisure", "golf_course"): BaseRule(layer=GREEN, kind="grass", min_zoom=12),
}

LINES: Final = {
    ("waterway", "river"): BaseRule(layer=WATER, kind="river", min_zoom=10),
    ("waterway", "canal"): BaseRule(layer=WATER, kind="river", min_zoom=12),
    ("waterway", "stream"): BaseRule(layer=WATER, kind="stream", min_zoom=13),
    ("railway", "rail"): BaseRule(layer=RAILWAYS, kind="rail", min_zoom=11),
    ("railway", "light_rail"): BaseRule(layer=RAILWAYS, kind="rail", min_zoom=12),
    ("railway", "tram"): BaseRule(layer=RAILWAYS, kind="tram", min_zoom=13),
    ("railway", "funicular"): BaseRule(layer=RAILWAYS, kind="funicular", min_zoom=12),
}

POINTS: Final = {
    ("place", "city"): BaseRule(layer=LABELS, kind="town", min_zoom=10),
    ("place", "town"): BaseRule(layer=LABELS, kind="town", min_zoom=10),
    ("place", "suburb"): BaseRule(layer=LABELS, kind="quarter", min_zoom=12),
    ("place", "quarter"): BaseRule(layer=LABELS, kind="quarter", min_zoom=13),
    ("place", "neighbourhood"): BaseRule(layer=LABELS, kind="quarter", min_zoom=14),
    ("place", "village"): BaseRule(layer=LABELS, kind="quarter", min_zoom=11),
    ("place", "island"): BaseRule(layer=LABELS, kind="island", min_zoom=12),
    ("natural", "peak"): BaseRule(layer=LABELS, kind="peak", min_zoom=12),
    ("natural", "cape"): BaseRule(layer=LABELS, kind="cape", min_zoom=12),
}

BUILDING: Final = BaseRule(layer=BUILDINGS, kind="building", min_zoom=14)
COASTLINE: Final = ("natural", "coastline")
SEA: Final = BaseRule(layer=WATER, kind="sea", min_zoom=8)
UNKNOWN: Final = BaseRule(layer="unknown", kind="unknown", min_zoom=8)
"""Where no elevation model knows the ground; hill shading and contours there would be made up."""


def area_rule(tags: Tags) -> BaseRule | None:
    """How a closed line or multipolygon is shown, None if it is not."""
    if tags.get("building", "no") != "no":
        return BUILDING
    return _first(AREAS, tags)


def line_rule(tags: Tags) -> BaseRule | None:
    """How an open line is shown, None if it is not."""
    return None if tags.get("tunnel", "no") != "no" else _first(LINES, tags)


def point_rule(tags: Tags) -> BaseRule | None:
    """How a node is shown, None if it is not, or has no name to show."""
    return _first(POINTS, tags) if "name" in tags else None


def _first(table: dict[tuple[str, str], BaseRule], tags: Tags) -> BaseRule | None:
    return next((rule for (key, value), rule in table.items() if tags.get(key) == value), None)
