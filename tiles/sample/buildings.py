"""Houses along the streets."""

from typing import Final

import numpy as np
import shapely

from tiles.sample.places import Place, places, rectangle
from tiles.sample.streets import streets
from tiles.sample.terrain import Floats, height_at

LOT_M: Final = 24.0  # frontage of a lot
SETBACK_M: Final = 14.0  # from the middle of the street to the middle of the house
CLEARANCE_M: Final = 4.5
BUILT_SHARE: Final = 0.14
FRONTS: Final = frozenset({"residential", "living_street", "tertiary"})
STEEPEST_LOT: Final = 0.22


def buildings() -> tuple[Place, ...]:
    """Houses on lots beside the streets, none of them on a street, in another house, or on too steep a lot."""
    network = streets()
    kept: list[Floats] = []
    taken = [shapely.LineString(network.xy[way.nodes]).buffer(CLEARANCE_M) for way in network.ways]
    taken += [shapely.Polygon(place.xy) for place in places() if place.is_area]
    fronts = [network.xy[way.nodes] for way in network.ways if way.tags.get("highway") in FRONTS]
    lots = np.concatenate([_lots(line) for line in fronts])
    footprints = [shapely.Polygon(lot) for lot in lots]
    hit = np.unique(shapely.STRtree(taken).query(footprints, predicate="intersects")[0])
    free = np.setdiff1d(np.arange(len(lots)), hit)
    for index in free.tolist():
        # Multiples of the golden ratio spread the empty lots evenly and without a random number.
        wanted = (index * 0.6180339887) % 1.0 < BUILT_SHARE
        heights = height_at(lots[index])
        if not wanted or np.isnan(heights).any() or float(np.ptp(heights)) > STEEPEST_LOT * SETBACK_M:
            continue
        if all(footprints[index].disjoint(shapely.Polygon(other)) for other in kept):
            kept.append(lots[index])
    return tuple(Place(tags={"building": "house"}, xy=lot) for lot in kept)


def _lots(line: Floats) -> Floats:
    """Rectangles (n, 5, 2) on both sides of a street, their fronts along it, of three sizes in turn."""
    shape = shapely.LineString(line)
    along = np.arange(LOT_M, shape.length - LOT_M / 2.0, LOT_M)
    lots = []
    for number, distance in enumerate(along.tolist()):
        here, ahead = shape.interpolate(distance), shape.interpolate(distance + 1.0)
        bearing = float(np.arctan2(ahead.y - here.y, ahead.x - here.x))
        size = (11.0 + 3.0 * (number % 3), 9.0 + 2.0 * (number % 2))
        for side in (SETBACK_M, -SETBACK_M):
            middle = (here.x - side * float(np.sin(bearing)), here.y + side * float(np.cos(bearing)))
            lots.append(rectangle(middle, size, bearing))
    return np.array(lots).reshape(-1, 5, 2)
