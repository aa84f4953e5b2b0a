"""Slopes on the map: lines from foot to head, their bands of steepness, their ends."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from guide.area.features import POSITION_DIGITS, measures_to_wire
from guide.domain.bands import band_of
from guide.domain.slope import Slope
from tiles.layers.feature import Attributes, Feature, known
from tiles.layers.pieces import coarse_pieces, cut

SLOPES: Final = "slopes"
SLOPE_BANDS: Final = "slope_bands"
SLOPE_POINTS: Final = "slope_points"

_FAR_ZOOM: Final = 10  # farther out a town is a few pixels wide
_NEAR_ZOOM: Final = 13

# Measures that the map filters or labels by; the page asks the API for the others.
_MEASURES: Final = (
    "length_m",
    "rise_m",
    "mean_grade_percent",
    "max_grade_20m_percent",
    "max_grade_50m_percent",
    "grade_sigma_percent",
    "steps",
    "effort",
    "rank",
    "confidence",
)

_SHORTEST_PIECE_M: Final = 20.0
"""Over less than that no grade is published."""


def slope_features(slope: Slope) -> Iterator[Feature]:
    """All that the map shows of a slope."""
    names = _names(slope)
    if slope.line is not None:
        yield _line(slope, slope.line, names)
        yield from _bands(slope, slope.line)
        yield from _ends(slope, slope.line)
        yield _point(slope, middle_of(slope.line), "middle", names | _summary(slope))
    elif slope.entry.lng_lat is not None:
        yield _point(slope, np.array(slope.entry.lng_lat), "place", names)


def _names(slope: Slope) -> Attributes:
    entry = slope.entry
    return known({
        "id": entry.id,
        "name": entry.name,
        "name_en": entry.name_en,
        "themes": ";".join(theme.value for theme in entry.themes),
    })  # fmt: skip


def _summary(slope: Slope) -> Attributes:
    """What a label says beside the name, and what decides which label goes first."""
    wire = measures_to_wire(slope.measures)
    grade = slope.measures.mean_grade if slope.measures else None
    band = None if grade is None else int(band_of(np.array([grade]))[0])
    return known({"band": band, **{name: wire[name] for name in ("mean_grade_percent", "effort")}})


def _line(slope: Slope, line: NDArray[np.float64], names: Attributes) -> Feature:
    wire = measures_to_wire(slope.measures)
    measures: dict[str, Any] = {name: wire[name] for name in _MEASURES}
    return Feature(
        layer=SLOPES,
        key=slope.entry.id,
        lng_lat=line,
        attributes=names | known({"reading": slope.entry.reading, **measures}) | _summary(slope),
        min_zoom=_FAR_ZOOM,
    )


def _bands(slope: Slope, line: NDArray[np.float64]) -> Iterator[Feature]:
    if slope.profile is None or slope.profile.length_m <= 0:
        return
    pieces = coarse_pieces(slope.profile, _SHORTEST_PIECE_M)
    shares = np.array([0.0, *(piece.to_m for piece in pieces)]) / slope.profile.length_m
    for number, (piece, part) in enumerate(zip(pieces, cut(line, shares), strict=True)):
        unknown = piece.band < 0
        attributes = {
            "id": slope.entry.id,
            "band": None if unknown else piece.band,
            "grade_percent": None if unknown else round(100 * piece.grade, 1),
            "from_m": round(piece.from_m, 1),
            "to_m": round(piece.to_m, 1),
        }
        yield Feature(
            layer=SLOPE_BANDS,
            key=f"{slope.entry.id}/{number:03}",
            lng_lat=part,
            attributes=known(attributes),
            min_zoom=_NEAR_ZOOM,
        )


def _ends(slope: Slope, line: NDArray[np.float64]) -> Iterator[Feature]:
    for role, at in (("foot", 0), ("head", -1)):
        height = float(slope.profile.elevation_m[at]) if slope.profile is not None else float("nan")
        attributes = {"id": slope.entry.id, "elevation_m": None if np.isnan(height) else round(height, 1)}
        yield _point(slope, line[at], role, known(attributes))


def _point(slope: Slope, place: NDArray[np.float64], role: str, attributes: Attributes) -> Feature:
    return Feature(
        layer=SLOPE_POINTS,
        key=f"{slope.entry.id}/{role}",
        lng_lat=np.round(place.reshape(1, 2), POSITION_DIGITS),
        attributes={**attributes, "role": role},
        min_zoom=_FAR_ZOOM if role in {"middle", "place"} else _NEAR_ZOOM,
    )


def middle_of(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """The place half-way along a line (k, 2) in degrees."""
    return np.asarray(cut(line, np.array([0.0, 0.5]))[0][-1])
