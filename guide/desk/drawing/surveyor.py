"""The surveyor of an area: what a build would make of an entry, told while it is typed.

It asks the very functions that the builder asks, so that what the desk shows is what visitors will see.
"""

from zoneinfo import ZoneInfo

from guide.area.arrays import Streets
from guide.areas.served import ServedArea
from guide.domain.closure import CatalogueClosure, Closure
from guide.domain.elevation import ElevationSource, independent_errors
from guide.domain.errors import NotBuiltError
from guide.domain.findings import Finding
from guide.domain.slope import CatalogueSlope, Slope
from guide.domain.tour import CatalogueTour, Tour
from guide.placing.closures import place_closures
from guide.placing.measure import SlopeMeasurer, measure_drawn
from guide.placing.slopes import SlopeFinder
from guide.placing.tours import TourGround, walk_tours


class Surveyor:
    """Measures entries on the streets and the ground of one build."""

    def __init__(self, served: ServedArea, streets: Streets) -> None:
        self._served = served
        self._streets = streets
        self._elevation, self._errors = served.elevation
        self._finder = SlopeFinder(streets.network, streets.heights)
        models = served.manifest.elevation  # in the order in which the streets' heights name them
        sources = [ElevationSource(id=each.id, resolution_m=each.resolution_m, sigma_m=each.sigma_m) for each in models]
        errors = [each.errors or independent_errors(source) for each, source in zip(models, sources, strict=True)]
        self._measurer = SlopeMeasurer(streets.network, streets.heights, sources, errors)

    def slope(self, entry: CatalogueSlope) -> tuple[Slope, list[Finding]]:
        """A slope's line and measures, and what was noticed."""
        line, findings = self._finder.find(entry)
        measured, noticed = self._measurer.measure(line)
        (slope,) = measure_drawn([measured], self._elevation, self._errors)
        return slope, [*findings, *noticed]

    def tour(self, entry: CatalogueTour) -> tuple[Tour, list[Finding]]:
        """A tour as it would be walked, over the slopes as they are built."""
        streets, built = self._streets, self._served.built
        ground = TourGround(
            network=streets.network, heights=streets.heights, node_order=streets.node_order, prepared=streets.prepared
        )
        (tour,), findings = walk_tours([entry], built.slopes, built.landmarks, ground)
        return tour, findings

    def closure(self, entry: CatalogueClosure) -> tuple[Closure, list[Finding]]:
        """A closure with its streets."""
        zone = ZoneInfo(self._served.manifest.area.time_zone)
        (closure,), findings = place_closures([entry], self._served.built.slopes, zone, self._streets.network)
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
