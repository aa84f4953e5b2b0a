"""What a build knows before it looks at the catalogue: streets, heights, and what OpenStreetMap says of landmarks."""

from collections.abc import Callable
from dataclasses import dataclass

from guide.area.arrays import Streets
from guide.domain.elevation import Elevation, ElevationSource, HeightErrors
from guide.domain.findings import Finding
from guide.domain.landmark import Landmark
from tiles.frame import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Groundwork:
    """The streets of an area as a service opens them, and all that a catalogue is placed on.

    ``sources`` are the elevation models that the streets' heights come from, ``errors`` theirs in the same order;
    ``open_elevation`` gives what can be asked for the ground elsewhere, ``elevation_errors`` are its own.
    ``unknown_m`` is how much of the streets has no known height; ``landmarks`` are OpenStreetMap's alone.
    """

    streets: Streets
    sources: tuple[ElevationSource, ...]
    errors: tuple[HeightErrors, ...]
    open_elevation: Callable[[], Elevation]
    elevation_errors: tuple[HeightErrors, ...]
    unknown_m: float
    landmarks: tuple[Landmark, ...]
    findings: tuple[Finding, ...]

    @property
    def extent(self) -> Box:
        """West, south, east, north of all streets, in degrees."""
        lng_lat = self.streets.network.point_lng_lat
        west, south = lng_lat.min(axis=0).tolist()
        east, north = lng_lat.max(axis=0).tolist()
        return west, south, east, north
