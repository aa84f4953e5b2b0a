"""Recommended tours and closures on the map."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from guide.area.features import POSITION_DIGITS
from guide.area.tour_features import tour_to_feature
from guide.domain.closure import Closure
from guide.domain.tour import Tour
from tiles.layers.feature import Feature, known

TOURS: Final = "tours"
CLOSURES: Final = "closures"

_TOUR_MEASURES: Final = ("distance_m", "duration_s", "ascent_m", "descent_m", "max_grade_20m_percent", "steps")


def tour_features(tours: Sequence[Tour]) -> Iterator[Feature]:
    """Tours that can be walked, as lines in walking order."""
    for tour in tours:
        if tour.walk is None:
            continue
        wire = tour_to_feature(tour)["properties"]
        names = {"id": tour.entry.id, "name": tour.entry.name, "name_en": tour.entry.name_en}
        yield Feature(
            layer=TOURS,
            key=tour.entry.id,
            lng_lat=np.round(tour.walk.line, POSITION_DIGITS),
            attributes=known({**names, **{name: wire[name] for name in _TOUR_MEASURES}}),
            min_zoom=9,
        )


def closure_features(closures: Sequence[Closure]) -> Iterator[Feature]:
    """Closures along their streets, or at their point; times are whole seconds since 1970, absent for open ends."""
    for closure in closures:
        entry = closure.entry
        point = () if entry.lng_lat is None else (np.array([entry.lng_lat]),)
        attributes = known({
            "id": entry.id,
            "kind": entry.kind.value,
            "closes": entry.kind.closes,
            "starts_s": None if closure.starts is None else int(closure.starts.timestamp()),
            "ends_s": None if closure.ends is None else int(closure.ends.timestamp()),
            "description_ja": entry.description_ja,
            "description_en": entry.description_en,
        })  # fmt: skip
        for number, place in enumerate(closure.lines or point):
            yield Feature(
                layer=CLOSURES,
                key=f"{entry.id}/{number}",
                lng_lat=np.round(place, POSITION_DIGITS),
                attributes=attributes,
                min_zoom=11,
            )
