"""How a placed catalogue is laid down in the build directory: GeoJSON and tiles."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from guide.area.closure_features import closure_to_feature
from guide.area.features import encode_collection, landmark_to_feature, slope_to_detail, slope_to_feature
from guide.area.files import CLOSURES, LANDMARKS, PROFILES, SLOPES, TOURS
from guide.area.tour_features import tour_to_feature
from guide.domain.area import Credit
from tiles.archive import name_by_content
from tiles.frame import Box
from tiles.guide_tiles import Before, other_features, write_guide_archive
from tiles.layers.feature import Feature
from tiles.layers.slopes import slope_features
from tiles.place import PlacedCatalogue, PlacedSlope
from tiles.verify.archive import require_sound

GUIDE = "guide"

DrawnSlopes = dict[str, tuple[PlacedSlope, list[Feature]]]
"""Slopes by their ids, with what the map shows of them."""

Archives = dict[str, str]
"""Each tile archive's file name by its tileset."""


def write_catalogue(directory: Path, placed: PlacedCatalogue) -> None:
    """The catalogue as GeoJSON, and the slopes' profiles."""
    slopes = [each.slope for each in placed.slopes]
    details = {slope.entry.id: detail for slope in slopes if (detail := slope_to_detail(slope)) is not None}
    (directory / SLOPES).write_bytes(encode_collection([slope_to_feature(slope) for slope in slopes]))
    (directory / LANDMARKS).write_bytes(encode_collection([landmark_to_feature(each) for each in placed.landmarks]))
    (directory / TOURS).write_bytes(encode_collection([tour_to_feature(each) for each in placed.tours]))
    (directory / CLOSURES).write_bytes(encode_collection([closure_to_feature(each) for each in placed.closures]))
    (directory / PROFILES).write_bytes(_lines(details))


def features_of(placed: PlacedCatalogue, drawn: DrawnSlopes | None = None) -> tuple[list[Feature], DrawnSlopes]:
    """What the map shows of a catalogue, and of each slope; a slope of ``drawn`` that is the same is not drawn anew."""
    before = drawn or {}
    now: DrawnSlopes = {}
    for each in placed.slopes:
        old = before.get(each.slope.entry.id)
        same = old is not None and old[0].row == each.row and old[0].slope.line is each.slope.line
        now[each.slope.entry.id] = (each, old[1] if old is not None and same else [*slope_features(each.slope)])
    others = other_features(placed.landmarks, placed.tours, placed.closures)
    return [*(feature for _, features in now.values() for feature in features), *others], now


def write_guide(
    directory: Path,
    area: str,
    features: Sequence[Feature],
    frame: Box,
    credits_: Sequence[Credit],
    before: Before | None = None,
) -> Archives:
    """The catalogue as tiles; none where there is nothing to be seen.

    Raises:
        BuildError: the archive came out wrong.
    """  # fmt: skip
    path = directory / f"{GUIDE}.pmtiles"
    title = f"{area}: slopes, landmarks, tours, closures"
    encoded = write_guide_archive(path, features, frame, title, attribution(credits_), before)
    if not path.is_file():
        return {}
    require_sound(path, None if before is None else encoded)
    return {GUIDE: name_by_content(path)}


def attribution(credits_: Sequence[Credit]) -> str:
    """Whose data a tileset is, in one line."""
    return " · ".join(credit.text for credit in credits_)


def _lines(details: dict[str, dict[str, Any]]) -> bytes:
    """One JSON object, a line a slope."""
    lines = (msgspec.json.encode(key) + b":" + msgspec.json.encode(value) for key, value in details.items())
    return b"{\n" + b",\n".join(lines) + b"\n}\n"
