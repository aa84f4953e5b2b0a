"""Smoothing of a whole network's heights at once: noise goes, planes stay, edges agree at their nodes.

    minimise  sum w m (z - y)^2  +  length^4 sum m (g' - g)^2 / m^2

over all vertices of the sample graph, with y the heights, m the metres of way that a vertex stands for, w its weight
and g' - g the change of grade where one piece follows another (a Whittaker graduation, 1923, on a graph; the ways of a
junction bend on their own). A height that stands off the result by several errors is then trusted less, and the whole
is solved once more: so a wall that a cell of the model shares with the way does not make a hill.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array, diags_array
from scipy.sparse.linalg import splu

from guide.terrain.sample_graph import SampleGraph

OFF_SIGMAS: Final = 1.0
"""Errors at which a height loses half of its weight."""

_SHORTEST_M: Final = 2.0  # shorter pieces are as stiff as this; 1 / length^3 would drown all else in rounding
_LEAST_WEIGHT: Final = 0.02
_NOTICED: Final = 0.5  # errors off, below which weighing anew would change nothing that one could see
_REACH: Final = 6  # pieces on both sides that a newly weighed height moves


def smooth_network(  # noqa: PLR0913 (arrays over one graph, all named)
    graph: SampleGraph,
    pairs: NDArray[np.int64],
    *,
    height_m: NDArray[np.float64],
    sigma_m: NDArray[np.float64],
    weight: NDArray[np.float64],
    length_m: NDArray[np.float64],
    held: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """(V,) smoothed heights.

    Args:
        graph: the network's samples.
        pairs: which pieces follow which, as ``bends`` gives them.
        height_m: (V,) NaN where unknown; they stay unknown, and nothing is smoothed across them.
        sigma_m: (V,) error of each height.
        weight: (V,) trust in each height, 0 to 1.
        length_m: (V,) the smoothing length.
        held: (V,) vertices that keep their height exactly.
    """
    known = np.isfinite(height_m)
    here = np.where(known, height_m, 0.0)
    stiffness = _stiffness(graph, pairs, known, length_m)
    number = np.flatnonzero(known & ~held)
    if len(number) == 0:
        return height_m.copy()
    mass = np.maximum(graph.mass_m(), _SHORTEST_M) * np.clip(weight, _LEAST_WEIGHT, 1.0)
    # What is solved for is the change: small numbers, and none where nothing bends.
    change = np.zeros(graph.count)
    change[number] = _solve(stiffness, mass, here, change, number)
    off = change / (OFF_SIGMAS * np.where(known, sigma_m, np.inf))
    doubted = _around(graph, np.abs(off) > _NOTICED) & known & ~held
    if doubted.any():
        number = np.flatnonzero(doubted)
        change[number] = _solve(stiffness, mass / (1 + off**2), here, np.where(doubted, 0.0, change), number)
    return np.where(known, here + change, np.nan)


def _around(graph: SampleGraph, vertices: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(V,) the vertices and all within some pieces of them."""
    result = vertices.copy()
    for _ in range(_REACH):
        near = result[graph.tail] | result[graph.head]
        result[graph.tail[near]] = result[graph.head[near]] = True
    return result


def _stiffness(
    graph: SampleGraph, pairs: NDArray[np.int64], known: NDArray[np.bool_], length_m: NDArray[np.float64]
) -> csc_array:
    """(V, V) the quadratic form of all changes of grade."""
    one, two = pairs[:, 0] // 2, pairs[:, 1] // 2
    middle = np.where(pairs[:, 0] % 2 == 0, graph.tail[one], graph.head[one])
    left = np.where(pairs[:, 0] % 2 == 0, graph.head[one], graph.tail[one])
    right = np.where(pairs[:, 1] % 2 == 0, graph.head[two], graph.tail[two])
    use = known[left] & known[middle] & known[right]
    one, two, left, middle, right = (each[use] for each in (one, two, left, middle, right))
    a, b = np.maximum(graph.length_m[one], _SHORTEST_M), np.maximum(graph.length_m[two], _SHORTEST_M)
    strength = length_m[middle] ** 4 / (0.5 * (a + b))
    # One row for each change of grade, scaled by the root of its strength: three entries, in a fixed order.
    root = np.sqrt(strength)
    values = np.stack((root / a, -root * (1 / a + 1 / b), root / b), axis=1).ravel()
    columns = np.stack((left, middle, right), axis=1).ravel()
    rows = np.arange(len(a) + 1) * 3
    changes = csr_array((values, columns, rows), shape=(len(a), graph.count))
    return (changes.T @ changes).tocsc()


def _solve(
    stiffness: csc_array,
    mass: NDArray[np.float64],
    height_m: NDArray[np.float64],
    change_m: NDArray[np.float64],
    number: NDArray[np.int64],
) -> NDArray[np.float64]:
    """The changes of the vertices ``number`` that smooth best, those of all others being held.

    Directly: a street network is nearly a tree, and its factors stay sparse.
    """
    right = -(stiffness @ (height_m + change_m))[number]
    matrix = (stiffness[:, number][number] + diags_array(mass[number])).tocsc()
    solver = splu(matrix, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True})
    return np.asarray(solver.solve(right), dtype=np.float64)
