"""Landmarks on the map."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from guide.area.features import POSITION_DIGITS
from guide.domain.landmark import Landmark, LandmarkKind
from tiles.layers.feature import Feature, known

LANDMARKS: Final = "landmarks"

_CROWD: Final = frozenset({
    LandmarkKind.BENCH, LandmarkKind.BUS_STOP, LandmarkKind.TOILETS, LandmarkKind.DRINKING_WATER,
    LandmarkKind.EVACUATION_SITE,
})  # fmt: skip
"""What there is so much of that it comes only when one is near."""


def landmark_features(landmarks: Sequence[Landmark]) -> Iterator[Feature]:
    """Landmarks as points."""
    for landmark in landmarks:
        attributes = {
            "id": landmark.id,
            "kind": landmark.kind.value,
            "icon": landmark.icon,
            "name": landmark.name,
            "name_en": landmark.name_en,
            "themes": ";".join(theme.value for theme in landmark.themes),
        }
        yield Feature(
            layer=LANDMARKS,
            key=landmark.id,
            lng_lat=np.round([landmark.lng_lat], POSITION_DIGITS),
            attributes=known(attributes),
            min_zoom=15 if landmark.kind in _CROWD else 13,
        )
