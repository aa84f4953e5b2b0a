"""The base map from the same OSM file as the streets: water, green, buildings, railways, labels."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import osmium
import shapely
from numpy.typing import NDArray

from guide.domain.errors import SourceError
from tiles.frame import Box, ground_frame
from tiles.osm.base_tags import BASE_KEYS, COASTLINE, SEA, BaseRule, area_rule, line_rule, point_rule
from tiles.osm.coast import sea_polygons
from tiles.osm.extract import Tags

OSM_FILES: Final = frozenset({".pbf", ".osm", ".xml", ".bz2"})
"""Endings of files that hold all of OSM; an Overpass reply or a graph holds only what was asked for."""

_SMALLEST_RING: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseFeature:
    """A thing of the base map: a valid shapely geometry in degrees, how it is shown, and its names."""

    rule: BaseRule
    geometry: Any
    name: str | None = None
    name_ja: str | None = None
    name_en: str | None = None


@dataclass(slots=True)
class _Raw:
    """The file's things that may be shown, before their nodes are known."""

    ways: dict[int, tuple[list[int], Tags]]
    relations: list[tuple[list[tuple[int, str]], Tags]]
    points: list[tuple[tuple[float, float], Tags]]


def read_base_map(path: Path, box: Box) -> list[BaseFeature]:
    """Everything the base map shows of an OSM file within ``box`` and a margin; the sea is what coastlines leave of it.

    Of a file that is no OSM file nothing is shown.

    Rings that do not close, and those of too few points, are left out: an extract cuts them, and half a lake would
    flood the map.

    Raises:
        SourceError: the file cannot be read.
    """
    if path.suffix not in OSM_FILES:
        return []
    box = ground_frame(box)
    try:
        raw = _read(path)
        places = _read_places(path, {ref for refs, _ in raw.ways.values() for ref in refs})
    except (RuntimeError, ValueError) as error:
        raise SourceError(f"{path}: cannot be read as OSM data ({str(error).splitlines()[0]}).") from error
    lines = {way: _line(refs, places) for way, (refs, _) in raw.ways.items()}
    features = [*_areas(raw, lines), *_lines(raw, lines), *_points(raw)]
    coast = [lines[way] for way, (_, tags) in raw.ways.items() if tags.get(COASTLINE[0]) == COASTLINE[1]]
    features += [BaseFeature(rule=SEA, geometry=sea) for sea in sea_polygons(coast, box)]
    return _cut(features, box)


def _read(path: Path) -> _Raw:
    relations: list[tuple[list[tuple[int, str]], Tags]] = []
    members: set[int] = set()
    for relation in osmium.FileProcessor(str(path), osmium.osm.RELATION).with_filter(
        osmium.filter.KeyFilter(*BASE_KEYS)
    ):
        tags: Tags = dict(relation.tags)
        if isinstance(relation, osmium.osm.Relation) and tags.get("type") == "multipolygon" and area_rule(tags):
            ways = [(member.ref, member.role) for member in relation.members if member.type == "w"]
            relations.append((ways, tags))
            members.update(way for way, _ in ways)
    raw = _Raw(ways={}, relations=relations, points=[])
    entities = osmium.osm.NODE | osmium.osm.WAY
    for thing in osmium.FileProcessor(str(path), entities).with_filter(osmium.filter.KeyFilter(*BASE_KEYS)):
        tags = dict(thing.tags)
        if isinstance(thing, osmium.osm.Way):
            raw.ways[thing.id] = ([node.ref for node in thing.nodes], tags)
        elif isinstance(thing, osmium.osm.Node) and thing.location.valid():
            raw.points.append(((thing.location.lon, thing.location.lat), tags))
    untagged = members - raw.ways.keys()
    if untagged:
        for way in osmium.FileProcessor(str(path), osmium.osm.WAY):
            if way.id in untagged and isinstance(way, osmium.osm.Way):
                raw.ways[way.id] = ([node.ref for node in way.nodes], {})
    return raw


def _read_places(path: Path, needed: set[int]) -> dict[int, tuple[float, float]]:
    if not needed:
        return {}
    places = {}
    for node in osmium.FileProcessor(str(path), osmium.osm.NODE):
        if node.id in needed and isinstance(node, osmium.osm.Node) and node.location.valid():
            places[node.id] = (node.location.lon, node.location.lat)
    return places


def _line(refs: list[int], places: dict[int, tuple[float, float]]) -> NDArray[np.float64]:
    """The known places of a way, (k, 2)."""
    return np.array([places[ref] for ref in refs if ref in places], dtype=np.float64).reshape(-1, 2)


def _areas(raw: _Raw, lines: dict[int, NDArray[np.float64]]) -> Iterator[BaseFeature]:
    for way, (refs, tags) in raw.ways.items():
        rule = area_rule(tags)
        if rule is not None and refs[0] == refs[-1] and len(lines[way]) >= _SMALLEST_RING:
            yield from _feature(rule, shapely.polygons(lines[way]), tags)
    for members, tags in raw.relations:
        rule = area_rule(tags)
        outer = _rings(lines.get(way) for way, role in members if role != "inner")
        inner = _rings(lines.get(way) for way, role in members if role == "inner")
        if rule is not None and not outer.is_empty:
            yield from _feature(rule, shapely.difference(outer, inner), tags)


def _rings(parts: Iterable[NDArray[np.float64] | None]) -> Any:  # noqa: ANN401 (shapely geometries have no common type)
    """The area inside the rings that lines close together."""
    drawn: list[Any] = [shapely.linestrings(part) for part in parts if part is not None and len(part) > 1]
    return shapely.union_all(shapely.get_parts(shapely.polygonize(drawn))) if drawn else shapely.Polygon()


def _lines(raw: _Raw, lines: dict[int, NDArray[np.float64]]) -> Iterator[BaseFeature]:
    for way, (_, tags) in raw.ways.items():
        rule = line_rule(tags)
        if rule is not None and len(lines[way]) > 1:
            yield from _feature(rule, shapely.linestrings(lines[way]), tags)


def _points(raw: _Raw) -> Iterator[BaseFeature]:
    for place, tags in raw.points:
        rule = point_rule(tags)
        if rule is not None:
            yield from _feature(rule, shapely.points(place), tags)


def _feature(rule: BaseRule, geometry: Any, tags: Tags) -> Iterator[BaseFeature]:  # noqa: ANN401
    valid = geometry if shapely.is_valid(geometry) else shapely.make_valid(geometry)
    if not valid.is_empty:
        yield BaseFeature(
            rule=rule,
            geometry=valid,
            name=tags.get("name"),
            name_ja=tags.get("name:ja"),
            name_en=tags.get("name:en"),
        )


def _cut(features: list[BaseFeature], box: Box) -> list[BaseFeature]:
    """Features as far as they lie in the box, largest areas first so that the small lie on top."""
    frame = shapely.box(*box)
    shapes = np.array([feature.geometry for feature in features], dtype=object)
    inside = shapely.intersects(shapes, frame)
    kept = []
    for feature, whole in zip(np.array(features, dtype=object)[inside], shapes[inside], strict=True):
        cut = shapely.intersection(whole, frame)
        parts = [part for part in shapely.get_parts(cut) if part.geom_type == whole.geom_type.removeprefix("Multi")]
        kept += [
            BaseFeature(
                rule=feature.rule,
                geometry=part,
                name=feature.name,
                name_ja=feature.name_ja,
                name_en=feature.name_en,
            )
            for part in parts
        ]
    return sorted(kept, key=lambda feature: -feature.geometry.area)
