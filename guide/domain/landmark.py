"""A landmark: something to see, or to need, on the way."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from guide.domain.slope import Theme


class LandmarkKind(StrEnum):
    """What sort of landmark."""

    VIEWPOINT = "viewpoint"
    TOILETS = "toilets"
    DRINKING_WATER = "drinking_water"
    BENCH = "bench"
    SHELTER = "shelter"  # a roof against the rain
    EVACUATION_SITE = "evacuation_site"  # where to go in a tsunami or another disaster
    STATION = "station"
    BUS_STOP = "bus_stop"
    ELEVATOR = "elevator"
    MUSEUM = "museum"
    SHRINE = "shrine"  # Shinto shrines and Buddhist temples
    PLACE_OF_WORSHIP = "place_of_worship"  # of any other faith, or of one not said
    FOOD = "food"
    INFORMATION = "information"
    SIGHT = "sight"


ICONS: Final = {
    LandmarkKind.VIEWPOINT: "viewpoint",
    LandmarkKind.TOILETS: "toilet",
    LandmarkKind.DRINKING_WATER: "drinking-water",
    LandmarkKind.BENCH: "picnic-site",
    LandmarkKind.SHELTER: "shelter",
    LandmarkKind.EVACUATION_SITE: "shelter",
    LandmarkKind.STATION: "rail",
    LandmarkKind.BUS_STOP: "bus",
    LandmarkKind.ELEVATOR: "elevator",
    LandmarkKind.MUSEUM: "museum",
    LandmarkKind.SHRINE: "religious-shinto",
    LandmarkKind.PLACE_OF_WORSHIP: "place-of-worship",
    LandmarkKind.FOOD: "restaurant",
    LandmarkKind.INFORMATION: "information",
    LandmarkKind.SIGHT: "attraction",
}
"""The picture of each kind, under its name in Mapbox's free icon set Maki, which map libraries know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmark:
    """One landmark at a point (degrees).

    ``opening_hours`` stand as they were given: OSM's notation, or a town's own words. ``slope_ids`` are the slopes it
    lies beside, the nearest first. ``source`` is where it is known from; ``licence``, ``credit`` and ``sources`` are
    those of its texts. ``note`` is for staff and never published.
    """

    id: str
    kind: LandmarkKind
    lng_lat: tuple[float, float]
    name: str | None = None
    name_en: str | None = None
    reading: str | None = None
    other_names: tuple[str, ...] = ()
    other_readings: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    description_ja: str | None = None
    description_en: str | None = None
    opening_hours: str | None = None
    reported_effort: int | None = None
    photo: str | None = None
    photo_credit: str | None = None
    photo_licence: str | None = None
    photo_source: str | None = None
    source: str = "OpenStreetMap"
    licence: str | None = None
    credit: str | None = None
    sources: tuple[str, ...] = ()
    status: str = "published"
    slope_ids: tuple[str, ...] = ()
    note: str | None = None

    @property
    def icon(self) -> str:
        """The name of its picture."""
        return ICONS[self.kind]
