"""A slope's line in pieces of one band: without gaps, none too short, the rise of the whole kept."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from guide.domain.bands import band_of
from guide.domain.profile import Profile
from tiles.layers.pieces import coarse_pieces, cut

HEIGHTS = st.lists(st.one_of(st.floats(-20, 20), st.just(float("nan"))), min_size=2, max_size=40)


def profile(elevation_m: list[float], step_m: float = 5.0) -> Profile:
    heights = np.array(elevation_m, dtype=np.float64)
    return Profile(
        distance_m=np.arange(len(heights)) * step_m,
        elevation_m=heights,
        sigma_m=np.where(np.isnan(heights), np.nan, 0.3),
    )


@given(HEIGHTS, st.sampled_from([0.0, 10.0, 20.0, 60.0]))
def test_pieces_follow_each_other_and_differ(elevation_m: list[float], shortest_m: float) -> None:
    whole = profile(elevation_m)
    pieces = coarse_pieces(whole, shortest_m)
    assert pieces[0].from_m == 0
    assert pieces[-1].to_m == whole.length_m
    for one, other in pairwise(pieces):
        assert one.to_m == other.from_m
        assert one.band != other.band


@given(HEIGHTS)
def test_a_piece_is_short_only_beside_the_unknown_or_alone(elevation_m: list[float]) -> None:
    pieces = coarse_pieces(profile(elevation_m), 20.0)
    for number, piece in enumerate(pieces):
        beside = [pieces[at].band for at in (number - 1, number + 1) if 0 <= at < len(pieces)]
        assert piece.to_m - piece.from_m >= 20 or piece.band < 0 or all(band < 0 for band in beside)


@given(st.lists(st.floats(-20, 20), min_size=2, max_size=40))
def test_pieces_keep_the_rise_and_say_their_band(elevation_m: list[float]) -> None:
    pieces = coarse_pieces(profile(elevation_m), 20.0)
    rise = sum(piece.grade * (piece.to_m - piece.from_m) for piece in pieces)
    assert rise == pytest.approx(elevation_m[-1] - elevation_m[0], abs=1e-6)


def test_a_steep_bit_is_not_lost_among_gentle_ones() -> None:
    # 40 m at 4 %, 30 m at 20 %, 40 m at 4 %, with a metre of noise nowhere.
    heights = np.concatenate((np.arange(9) * 0.2, 1.6 + np.arange(1, 7) * 1.0, 7.6 + np.arange(1, 9) * 0.2))
    pieces = coarse_pieces(profile(heights.tolist()), 20.0)
    assert [piece.band for piece in pieces] == [1, 5, 1]
    assert pieces[1].grade == pytest.approx(0.2)


def test_a_speck_joins_the_neighbour_that_is_more_like_it() -> None:
    # 5 m at 11 % between 40 m at 4 % and 40 m at 12.4 %.
    heights = np.concatenate((np.arange(9) * 0.2, [2.15], 2.15 + np.arange(1, 9) * 0.62))
    pieces = coarse_pieces(profile(heights.tolist()), 20.0)
    assert [(piece.from_m, piece.to_m) for piece in pieces] == [(0, 40), (40, 85)]


@given(st.lists(st.floats(0.01, 0.99), max_size=5, unique=True))
def test_a_cut_line_is_the_same_line(shares: list[float]) -> None:
    line = np.array([(141.0, 42.0), (141.001, 42.0), (141.001, 42.001), (141.003, 42.002)])
    parts = cut(line, np.array([0.0, *sorted(shares), 1.0]))
    assert len(parts) == len(shares) + 1
    assert all(np.array_equal(one[-1], other[0]) for one, other in pairwise(parts))
    together = np.vstack([parts[0], *(part[1:] for part in parts[1:])])
    # Every corner is still there, in its order, and whatever was added lies on the line.
    assert [place for place in together.tolist() if place in line.tolist()] == line.tolist()
    assert shapely.distance(shapely.points(together), shapely.linestrings(line)).max() < 1e-12


def test_bands_are_those_of_the_legend() -> None:
    pieces = coarse_pieces(profile([0.0, 0.5, 1.0, 2.5, 4.0, 5.5, 7.0]), 10.0)
    assert [piece.band for piece in pieces] == band_of(np.array([piece.grade for piece in pieces])).tolist()
