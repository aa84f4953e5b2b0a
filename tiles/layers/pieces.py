"""A slope's line in pieces of one band each, no shorter than a map should claim to know."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from guide.domain.bands import band_of
from guide.domain.grades import BandPiece, band_pieces
from guide.domain.profile import Profile


def coarse_pieces(profile: Profile, shortest_m: float) -> list[BandPiece]:
    """The profile's pieces, those shorter than ``shortest_m`` joined with the neighbour that is more alike.

    Pieces follow each other without gaps, neighbours differ in band, and a piece's grade is its mean. What is known is
    never joined with what is not, so a piece may be shorter where it lies between unknown heights.
    """
    pieces = band_pieces(profile)
    if len(pieces) < 2:  # noqa: PLR2004 (nothing to join)
        return pieces
    ends_m = [pieces[0].from_m, *(piece.to_m for piece in pieces)]
    grades = [piece.grade if piece.band >= 0 else np.nan for piece in pieces]
    while (first := _pair_to_join(ends_m, grades, shortest_m)) is not None:
        before_m, after_m = ends_m[first + 1] - ends_m[first], ends_m[first + 2] - ends_m[first + 1]
        grades[first : first + 2] = [(grades[first] * before_m + grades[first + 1] * after_m) / (before_m + after_m)]
        del ends_m[first + 1]
    return _settled(ends_m, grades)


def _pair_to_join(ends_m: Sequence[float], grades: Sequence[float], shortest_m: float) -> int | None:
    """The number of the first of two neighbours to join: the shortest piece, and the one more like it."""
    lengths = [(end - begin, number) for number, (begin, end) in enumerate(pairwise(ends_m))]
    for length_m, number in sorted(lengths):
        if length_m >= shortest_m:
            return None
        beside = [
            (abs(grades[other] - grades[number]), first)
            for other, first in ((number - 1, number - 1), (number + 1, number))
            if 0 <= other < len(grades) and grades[other] == grades[other] and grades[number] == grades[number]
        ]
        if beside:
            return min(beside)[1]
    return None


def _settled(ends_m: Sequence[float], grades: Sequence[float]) -> list[BandPiece]:
    """Pieces with their bands, neighbours of one band joined."""
    bands = band_of(np.array(grades))
    cuts = np.concatenate(([0], np.flatnonzero(np.diff(bands)) + 1, [len(bands)]))
    rises = np.concatenate(([0.0], np.cumsum(np.nan_to_num(grades) * np.diff(ends_m))))
    return [
        BandPiece(
            from_m=ends_m[first],
            to_m=ends_m[last],
            grade=float((rises[last] - rises[first]) / (ends_m[last] - ends_m[first])) if bands[first] >= 0 else np.nan,
            band=int(bands[first]),
        )
        for first, last in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True)
    ]


def cut(line: NDArray[np.float64], shares: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """The parts of a line (k, 2) in degrees between neighbouring shares of its length (n, rising): n - 1 lines."""
    east = np.cos(np.radians(line[:, 1].mean()))
    steps = np.hypot(np.diff(line[:, 0]) * east, np.diff(line[:, 1]))
    along = np.concatenate(([0.0], np.cumsum(steps)))
    along /= along[-1] or 1.0
    ends = np.column_stack([np.interp(shares, along, line[:, axis]) for axis in (0, 1)])
    first, last = np.searchsorted(along, shares, side="right"), np.searchsorted(along, shares, side="left")
    return [
        np.concatenate((ends[number : number + 1], line[first[number] : last[number + 1]], ends[number + 1 :][:1]))
        for number in range(len(shares) - 1)
    ]
