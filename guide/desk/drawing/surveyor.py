"""The surveyor of an area: what a build would make of an entry, told while it is typed.

It asks the very functions that the builder asks, so that what the desk shows is what visitors will see.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from guide.area.arrays import Streets
from guide.areas.served import ServedArea
from guide.domain.closure import CatalogueClosure, Closure
from guide.domain.errors import NotBuiltError
from guide.domain.findings import Finding
from guide.domain.slope import CatalogueSlope, Slope
from guide.domain.tour import CatalogueTour, Tour
from guide.placing.closures import place_closures
from guide.placing.measure import measure_drawn, measure_slopes
from guide.placing.slopes import find_slopes
from guide.placing.tours import TourGround, walk_tours


@dataclass(frozen=True, slots=True)
class Surveyor:
    """Measures entries on the streets and the ground of one build."""

    served: ServedArea
    streets: Streets

    def slope(self, entry: CatalogueSlope) -> tuple[Slope, list[Finding]]:
        """A slope's line and measures, and what was noticed."""
        network, heights = self.streets.network, self.streets.heights
        elevation, errors = self.served.elevation
        lines, findings = find_slopes(network, [entry], (), "", heights)
        measured, noticed = measure_slopes(network, heights, elevation.sources, lines[:1], errors)
        (slope,) = measure_drawn(measured, elevation, errors)
        return slope, [*findings, *noticed]

    def tour(self, entry: CatalogueTour, slopes: Sequence[Slope]) -> tuple[Tour, list[Finding]]:
        """A tour as it would be walked, over the slopes as they are built."""
        streets = self.streets
        ground = TourGround(
            network=streets.network, heights=streets.heights, node_order=streets.node_order, prepared=streets.prepared
        )
        (tour,), findings = walk_tours([entry], slopes, self.served.built.landmarks, ground)
        return tour, findings

    def closure(self, entry: CatalogueClosure) -> tuple[Closure, list[Finding]]:
        """A closure with its streets."""
        zone = ZoneInfo(self.served.manifest.area.time_zone)
        (closure,), findings = place_closures([entry], self.served.built.slopes, zone, self.streets.network)
        return closure, findings


def surveyor_of(served: ServedArea) -> Surveyor:
    """The surveyor of an area, made once for each build.

    Raises:
        NotBuiltError: the area has no streets yet.
    """

    def make() -> Surveyor:
        if served.built.streets is None:
            raise NotBuiltError(f"{served.id} has no streets yet.")
        return Surveyor(served, served.built.streets)

    return served.once("surveyor", make)
