"""Which attributes a layer's features carry at which zoom: far out, only what the map draws or filters by."""

from collections.abc import Mapping
from typing import Final

from tiles.layers.feature import Attributes

FROM_ZOOM: Final[Mapping[str, Mapping[str, int]]] = {
    "slopes": {
        "reading": 14,
        "length_m": 12,
        "rise_m": 12,
        "max_grade_20m_percent": 12,
        "max_grade_50m_percent": 12,
        "grade_sigma_percent": 12,
        "steps": 12,
        "rank": 12,
    },
    "slope_bands": {"from_m": 15, "to_m": 15},
    "tours": {"ascent_m": 12, "descent_m": 12, "steps": 12, "max_grade_20m_percent": 12},
    "closures": {"description_ja": 13, "description_en": 13},
}
"""Attributes that are not named are there at every zoom of their feature."""


def at_zoom(layer: str, attributes: Attributes, zoom: int) -> Attributes:
    """The attributes of a feature at a zoom."""
    later = FROM_ZOOM.get(layer)
    if later is None:
        return attributes
    return {name: value for name, value in attributes.items() if later.get(name, 0) <= zoom}
