"""A landmark: something to see, or to need, on the way."""

from dataclasses import dataclass
from enum import StrEnum


class LandmarkKind(StrEnum):
    """What sort of landmark."""

    VIEWPOINT = "viewpoint"
    TOILETS = "toilets"
    DRINKING_WATER = "drinking_water"
    BENCH = "bench"
    SHELTER = "shelter"
    STATION = "station"
    BUS_STOP = "bus_stop"
    ELEVATOR = "elevator"
    MUSEUM = "museum"
    SHRINE = "shrine"
    FOOD = "food"
    INFORMATION = "information"
    SIGHT = "sight"


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmark:
    """One landmark at a point (degrees)."""

    id: str
    kind: LandmarkKind
    lng_lat: tuple[float, float]
    name: str | None = None
    name_en: str | None = None
    reading: str | None = None
    source: str = "OpenStreetMap"
