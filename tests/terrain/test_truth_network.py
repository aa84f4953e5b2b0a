"""Streets, bridges and tunnels on ground made from formulas."""

from itertools import pairwise

import numpy as np
import pytest

from guide.domain.network import Flag, Kind
from guide.terrain.edges import settle_heights
from guide.terrain.sampling import sample_lines
from tests.terrain.made_network import Way, edge_grades, edge_heights, network_of
from tiles.report.made_terrain import Floats, MadeTerrain, cells, noise, plane

CELLS = (5.0, 10.0, 30.0)
SIGMA_CELLS = 0.05


def terrain_of(ground: object, cell_m: float, *, rough: bool) -> MadeTerrain:
    half_m = 60 * cell_m
    sigma_m = SIGMA_CELLS * cell_m
    errors = noise(np.random.default_rng(3), cells(cell_m, half_m), sigma_m, white=0.3, reach=2.0) if rough else None
    return MadeTerrain(ground, cell_m, half_m, errors=errors, sigma_m=sigma_m)  # type: ignore[arg-type]


def span(ends_m: float, flag: Flag, layer: int) -> list[Way]:
    """A street from -300 to 300 m whose middle is a bridge or tunnel of three ways; the outer parts cross others."""
    third = ends_m / 3
    structure = [(-ends_m, -third), (-third, third), (third, ends_m)]
    return [
        Way(xy=[(-300.0, 0.0), (-150.0, 0.0)]),
        Way(xy=[(-150.0, 0.0), (-ends_m, 0.0)]),
        *(Way(xy=[(a, 0.0), (b, 0.0)], flags=flag, layer=layer) for a, b in structure),
        Way(xy=[(ends_m, 0.0), (150.0, 0.0)]),
        Way(xy=[(150.0, 0.0), (300.0, 0.0)]),
        Way(xy=[(-150.0, -200.0), (-150.0, 0.0)]),
        Way(xy=[(150.0, 0.0), (150.0, 200.0)]),
    ]


def gap(depth_m: float, half_m: float, edge_m: float) -> object:
    """A plateau that climbs by 3 % eastward, cut by a valley (or topped by a hill) between -half and half."""

    def ground(east: Floats, _north: Floats) -> Floats:
        return 50 + 0.03 * east - depth_m * np.clip((half_m - np.abs(east)) / edge_m, 0, 1)

    return ground


@pytest.mark.parametrize("rough", [False, True], ids=["smooth", "with errors"])
@pytest.mark.parametrize("cell_m", CELLS)
@pytest.mark.parametrize(("depth_m", "flag", "layer"), [(20.0, Flag.BRIDGE, 1), (-25.0, Flag.TUNNEL, -1)])
def test_a_bridge_over_a_valley_and_a_tunnel_under_a_hill_are_even(
    depth_m: float, flag: Flag, layer: int, cell_m: float, *, rough: bool
) -> None:
    # The valley's side begins just at the portal: bled cells show a portal metres too low.
    terrain = terrain_of(gap(depth_m, 61.0, 12.0), cell_m, rough=rough)
    network = network_of(span(60.0, flag, layer))
    settled = settle_heights(network, terrain)
    error = 2 * SIGMA_CELLS * cell_m / 120 if rough else 0.0
    for edge in (2, 3, 4):
        grades = edge_grades(settled.heights, edge)
        assert np.abs(grades).max() < 0.08
        assert np.ptp(grades) < 1e-6
    deck = (edge_heights(settled.heights, 4)[-1] - edge_heights(settled.heights, 2)[0]) / 120
    assert deck == pytest.approx(0.03, abs=0.02 + error)
    whole = (edge_heights(settled.heights, 6)[-1] - edge_heights(settled.heights, 0)[0]) / 600
    assert whole == pytest.approx(0.03, abs=0.002 + error)


def test_a_portal_on_the_bank_is_lifted_to_its_approach_and_says_so() -> None:
    # 9 m short of the bridge's western end the model already shows the river bank, 12 m below.
    def ground(east: Floats, _north: Floats) -> Floats:
        return 20 - 12.0 * (np.abs(east + 40) < 14) - 15.0 * (np.abs(east) < 30)

    network = network_of(span(45.0, Flag.BRIDGE, 1))
    settled = settle_heights(network, MadeTerrain(ground, 10.0, 600.0, sigma_m=1.0))
    decks = np.concatenate([edge_grades(settled.heights, edge) for edge in (2, 3, 4)])
    assert np.abs(decks).max() < 0.08
    assert edge_heights(settled.heights, 2)[0] > 15
    moved = [finding for finding in settled.findings if finding.code == "structure.portals-moved"]
    assert len(moved) == 1
    assert "m" in moved[0].message("en")
    assert "m" in moved[0].message("ja")


def test_an_even_bridge_is_left_alone() -> None:
    network = network_of(span(60.0, Flag.BRIDGE, 1))
    settled = settle_heights(network, MadeTerrain(plane(0.055, 0.0), 10.0, 600.0, sigma_m=1.0))
    for edge in range(7):
        assert edge_grades(settled.heights, edge) == pytest.approx(0.055, abs=1e-4)
    assert settled.findings == ()


def test_a_bridge_that_firm_ground_holds_steep_is_reported_not_flattened() -> None:
    # A long even 20 % hillside: there is no cell that bled, so the deck is as steep as the hill.
    network = network_of(span(60.0, Flag.BRIDGE, 1))
    settled = settle_heights(network, MadeTerrain(plane(0.2, 0.0), 10.0, 600.0, sigma_m=0.2))
    assert "structure.steep" in [finding.code for finding in settled.findings]


def test_a_stair_hangs_on_the_bridge_it_climbs_to() -> None:
    ways = span(60.0, Flag.BRIDGE, 1)
    ways.append(Way(xy=[(-20.0, -15.0), (-20.0, 0.0)], kind=Kind.STEPS))
    ways[3:4] = [
        Way(xy=[(-20.0, 0.0), (20.0, 0.0)], flags=Flag.BRIDGE, layer=1),
    ]
    network = network_of(ways)
    settled = settle_heights(network, terrain_of(gap(10.0, 61.0, 12.0), 5.0, rough=False))
    stair = edge_heights(settled.heights, len(ways) - 1)
    deck = edge_heights(settled.heights, 3)
    assert stair[-1] == deck[0]
    assert deck[0] == pytest.approx(50 + 0.03 * -20, abs=1.0)
    assert stair[0] < deck[0] - 5


def test_a_bridge_into_the_unknown_is_unknown_there() -> None:
    network = network_of(span(60.0, Flag.BRIDGE, 1))
    terrain = MadeTerrain(plane(0.03, 0.0), 10.0, 600.0, sigma_m=1.0)
    terrain.heights[:, 62:] = np.nan  # from 20 m east on
    heights = settle_heights(network, terrain).heights
    assert np.isfinite(edge_heights(heights, 2)).all()
    assert np.isnan(edge_heights(heights, 4)).all()
    assert np.isnan(edge_heights(heights, 5)).all()


def jagged(east: Floats, north: Floats) -> Floats:
    """A street under a wall of 12 m that comes within 3 m of it and goes away again."""
    return 10 + 0.02 * east + 12.0 * (north > 9 + 6 * np.sin(east / 17))


@pytest.mark.parametrize("cell_m", [5.0, 10.0])
def test_a_wall_beside_the_way_is_not_climbed(cell_m: float) -> None:
    network = network_of([Way(xy=[(-200.0, 3.0), (0.0, 3.0)]), Way(xy=[(0.0, 3.0), (200.0, 3.0)])])
    terrain = MadeTerrain(jagged, cell_m, 60 * cell_m, sigma_m=0.5)
    heights = settle_heights(network, terrain).heights
    grades = np.concatenate([edge_grades(heights, edge) for edge in (0, 1)])
    samples = sample_lines(network.point_start, network.point_lng_lat, 5.0)
    draped = np.diff(terrain.sample(samples.lng_lat).elevation_m) / 5.0
    assert np.abs(grades).max() < 0.6 * np.abs(draped).max()
    along = (edge_heights(heights, 1)[-1] - edge_heights(heights, 0)[0]) / 400
    assert along == pytest.approx(0.02, abs=0.02)  # an end may stand by the wall
    assert heights.sigma_m.max() > 0.5  # what lies across the way makes its heights less sure


def test_a_street_cut_into_pieces_keeps_its_grades() -> None:
    def ground(east: Floats, north: Floats) -> Floats:
        return 40 + 8 * np.sin(east / 60) + 0.05 * north

    terrain = MadeTerrain(ground, 10.0, 600.0, sigma_m=1.0)
    whole = settle_heights(network_of([Way(xy=[(-200.0, 0.0), (200.0, 30.0)])]), terrain).heights
    cuts = [(-200.0, 0.0), (-120.0, 6.0), (-90.0, 8.25), (40.0, 18.0), (200.0, 30.0)]
    pieces = settle_heights(network_of([Way(xy=list(pair)) for pair in pairwise(cuts)]), terrain)
    at = np.hypot(*(np.array(cuts) - cuts[0]).T)
    expected = np.interp(at, whole.distance_m, whole.elevation_m)
    found = [edge_heights(pieces.heights, 0)[0], *(edge_heights(pieces.heights, edge)[-1] for edge in range(4))]
    assert found == pytest.approx(expected, abs=0.1)


def test_edges_agree_at_their_nodes_and_a_short_edge_is_not_noisy() -> None:
    rng = np.random.default_rng(8)
    errors = noise(rng, cells(10.0, 600.0), 0.6, white=1.0, reach=1.0)
    terrain = MadeTerrain(plane(0.06, 0.0), 10.0, 600.0, errors=errors, sigma_m=0.6)
    xs = [-300.0, -100.0, -96.0, 80.0, 85.0, 300.0]
    ways = [Way(xy=[(a, 0.0), (b, 0.0)], name="street") for a, b in pairwise(xs)]
    ways += [Way(xy=[(x, 0.0), (x, 150.0)]) for x in xs[1:-1]]
    network = network_of(ways)
    heights = settle_heights(network, terrain).heights
    ends = np.concatenate(
        (heights.elevation_m[heights.sample_start[:-1]], heights.elevation_m[heights.sample_start[1:] - 1])
    )
    nodes = np.concatenate((network.edge_tail, network.edge_head))
    for node in range(network.node_count):
        assert np.ptp(ends[nodes == node]) == 0
    short = [edge_grades(heights, edge).mean() for edge in (1, 3)]
    assert np.abs(np.array(short) - 0.06).max() < 0.035


def test_the_same_input_gives_the_same_bytes() -> None:
    network = network_of(span(60.0, Flag.BRIDGE, 1))
    terrain = terrain_of(gap(20.0, 61.0, 12.0), 10.0, rough=True)
    one, two = (settle_heights(network, terrain).heights for _ in range(2))
    assert one.elevation_m.tobytes() == two.elevation_m.tobytes()
    assert one.sigma_m.tobytes() == two.sigma_m.tobytes()
