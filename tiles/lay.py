"""Streets and heights from their sources: all that a catalogue is then placed on."""

from collections.abc import Callable
from dataclasses import dataclass

from guide.area.arrays import Streets
from guide.domain.elevation import Elevation
from guide.domain.findings import Finding
from guide.domain.network import Network
from guide.routing.prepare import prepare
from guide.routing.search.order import compute_node_order
from guide.terrain.edges import SettledHeights, settle_heights, unknown_length_m
from guide.terrain.mosaic import Mosaic
from tiles.areas import AreaSpec
from tiles.ground import Ground, see_ground
from tiles.groundwork import Groundwork
from tiles.models import open_model
from tiles.osm.assemble import assemble_network
from tiles.osm.landmarks import find_landmarks
from tiles.osm.read import read_osm
from tiles.progress import Stage
from tiles.sources import Sources

Settle = Callable[[Network, Elevation], SettledHeights]
"""Gives every street its heights: here, or in parts elsewhere to the same bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidGround:
    """The groundwork, and beside it what only the map shows and what only the built area takes along."""

    groundwork: Groundwork
    elevation: Mosaic
    ground: Ground


def lay_groundwork(spec: AreaSpec, sources: Sources, stage: Stage, settle: Settle = settle_heights) -> LaidGround:
    """Everything of an area that does not depend on its catalogue.

    Raises:
        SourceError: the streets or every elevation model are missing, or a file is broken.
    """
    osm = sources.require()
    with stage("streets"):
        extract = read_osm(osm.path)
        network, findings = assemble_network(extract, osm.path.name)
        landmarks = find_landmarks(extract)
    with stage("heights"):
        elevation = Mosaic([open_model(source.spec, source.path) for source in sources.elevation])
        settled = settle(network, elevation)
        heights = settled.heights
    with stage("ground"):
        ground = see_ground(osm.path, spec.bbox, elevation)
    with stage("router"):
        streets = Streets(
            network=network,
            heights=heights,
            node_order=compute_node_order(network),
            prepared=prepare(network, heights, dict(zip(heights.sources, settled.errors, strict=True))),
        )
    unknown_m = unknown_length_m(network, heights)
    noticed = [
        *findings,
        *settled.findings,
        *elevation.findings,
        *_unknown(unknown_m, float(network.edge_length_m.sum())),
    ]
    groundwork = Groundwork(
        streets=streets,
        sources=elevation.sources,
        errors=settled.errors,
        open_elevation=lambda: elevation,
        elevation_errors=settled.errors,
        unknown_m=unknown_m,
        landmarks=tuple(landmarks),
        findings=tuple(noticed),
    )
    return LaidGround(groundwork=groundwork, elevation=elevation, ground=ground)


def _unknown(unknown_m: float, whole_m: float) -> list[Finding]:
    if unknown_m == 0:
        return []
    values = {"share": f"{unknown_m / whole_m:.1%}", "km": f"{unknown_m / 1000:.1f}"}
    return [Finding(code="elevation.part-unknown", where="elevation", values=values)]
