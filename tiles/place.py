"""The catalogue onto the streets: lines, measures, landmarks beside them, tours and closures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from zoneinfo import ZoneInfo

import msgspec

from guide.area.features import as_written
from guide.domain.closure import Closure
from guide.domain.findings import Finding
from guide.domain.landmark import Landmark
from guide.domain.slope import CatalogueSlope, Slope
from guide.domain.tour import Tour
from guide.domain.walk import turned
from guide.placing.closures import place_closures
from guide.placing.measure import SlopeMeasurer, measure_drawn
from guide.placing.slopes import Found, SlopeFinder, SlopeLine
from guide.placing.tours import TourGround, walk_tours
from tiles.areas import AreaSpec
from tiles.catalogue import Catalogue
from tiles.groundwork import Groundwork
from tiles.landmarks import link_to_slopes, merge_landmarks


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedSlope:
    """A slope on the streets, what was noticed of it, and the fingerprint of the row that it was made from."""

    slope: Slope
    row: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCatalogue:
    """A whole catalogue on the streets; ``findings`` are all that was noticed in it and on the way."""

    slopes: list[PlacedSlope]
    landmarks: list[Landmark]
    tours: list[Tour]
    closures: list[Closure]
    findings: list[Finding]


def place_without_streets(catalogue: Catalogue, spec: AreaSpec) -> PlacedCatalogue:
    """What the catalogue alone gives: slopes by name and place, without lines and measures."""
    merged = merge_landmarks([catalogue.landmarks, *catalogue.landmark_files])
    slopes, landmarks = link_to_slopes([Slope(entry=entry) for entry in catalogue.slopes], merged)
    tours, _ = walk_tours(catalogue.tours, slopes, landmarks, None)
    closures, findings = place_closures(catalogue.closures, slopes, ZoneInfo(spec.time_zone), None)
    return PlacedCatalogue(
        slopes=[PlacedSlope(slope=slope, row=_fingerprint(slope.entry)) for slope in slopes],
        landmarks=landmarks,
        tours=tours,
        closures=closures,
        findings=[*catalogue.findings, *findings],
    )


class Placer:
    """Places catalogues on one area's streets. Whoever keeps it places the next one faster."""

    def __init__(self, groundwork: Groundwork, spec: AreaSpec) -> None:
        streets = groundwork.streets
        self._groundwork = groundwork
        self._spec = spec
        self._finder = SlopeFinder(streets.network, streets.heights)
        self._measurer = SlopeMeasurer(streets.network, streets.heights, groundwork.sources, groundwork.errors)
        self._paths = TourGround(
            network=streets.network,
            heights=streets.heights,
            node_order=streets.node_order,
            prepared=streets.prepared,
        )

    def place(self, catalogue: Catalogue, known: Mapping[str, PlacedSlope]) -> PlacedCatalogue:
        """A catalogue on the streets.

        A slope of ``known`` whose row is the same, and whose streets are not to be found anew, is taken as it is.
        """
        slopes, namesakes = self._place_slopes(catalogue, known)
        layers = [catalogue.landmarks, self._groundwork.landmarks, *catalogue.landmark_files]
        linked, landmarks = link_to_slopes([placed.slope for placed in slopes], merge_landmarks(layers))
        slopes = [replace(placed, slope=slope) for placed, slope in zip(slopes, linked, strict=True)]
        tours, of_tours = walk_tours(catalogue.tours, linked, landmarks, self._paths)
        zone, network = ZoneInfo(self._spec.time_zone), self._groundwork.streets.network
        closures, of_closures = place_closures(catalogue.closures, linked, zone, network)
        of_slopes = [finding for placed in slopes for finding in placed.findings]
        return PlacedCatalogue(
            slopes=slopes,
            landmarks=landmarks,
            tours=tours,
            closures=closures,
            findings=[*catalogue.findings, *of_slopes, *namesakes, *of_tours, *of_closures],
        )

    def _place_slopes(
        self, catalogue: Catalogue, known: Mapping[str, PlacedSlope]
    ) -> tuple[list[PlacedSlope], list[Finding]]:
        placed = [self._from_row(entry, known.get(entry.id)) for entry in catalogue.slopes]
        taken = [SlopeLine(entry=each.slope.entry, stretches=each.slope.stretches) for each in placed]
        used = {entry.id for entry in catalogue.slopes}
        named, namesakes = self._finder.find_named(self._spec.slope_words, taken, used, self._spec.osm.credit)
        placed += [self._from_streets(found, known.get(found[0].entry.id)) for found in named]
        return placed, namesakes

    def _from_row(self, entry: CatalogueSlope, before: PlacedSlope | None) -> PlacedSlope:
        """A catalogue's row: where its line runs follows from itself and the streets alone."""
        if before is not None and before.row == _fingerprint(entry):
            return replace(before, slope=replace(before.slope, entry=entry))
        return self._measured(self._finder.find(entry))

    def _from_streets(self, found: Found, before: PlacedSlope | None) -> PlacedSlope:
        """A slope that only the streets tell of: which of them are left for it depends on the rows."""
        line = found[0]
        if before is not None and before.row == _fingerprint(line.entry) and before.slope.stretches in {
            line.stretches, turned(line.stretches)
        }:  # fmt: skip
            return replace(before, slope=replace(before.slope, entry=line.entry))
        return self._measured(found)

    def _measured(self, found: Found) -> PlacedSlope:
        line, noticed = found
        slope, of_measure = self._measurer.measure(line)
        if slope.line is None and line.entry.line is not None:
            ground = self._groundwork
            (slope,) = measure_drawn([slope], ground.open_elevation(), ground.elevation_errors)
        return PlacedSlope(slope=as_written(slope), row=_fingerprint(line.entry), findings=(*noticed, *of_measure))


def _fingerprint(entry: CatalogueSlope) -> str:
    return blake2b(msgspec.json.encode(entry), digest_size=12).hexdigest()
