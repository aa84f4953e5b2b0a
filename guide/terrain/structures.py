"""Bridges, tunnels and covered ways: their surface is not the ground that an elevation model shows.

They are spanned straight between their portals, the nodes where they meet ways on the ground. A structure of several
ways is one thing: heights at its inner nodes are those of a net of straight strings hung between the portals
(the discrete Laplace equation with weights 1 / length), so that pieces joined end to end make one even grade.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import spsolve

from guide.domain.network import STRUCTURE, Kind, Network, NetworkHeights

_SHORTEST_M = 0.1  # keeps the weight of a way of no length finite


def span_structures(network: Network, heights: NetworkHeights) -> NetworkHeights:
    """Heights with every structure spanned between its portals.

    Ways on the ground that reach a structure's inner node (a stair up to a bridge) are tilted to meet it. A structure
    with no portal of known height keeps what the model says.
    """
    is_structure = network.has_flag(STRUCTURE)
    if not is_structure.any():
        return heights
    ground_m = node_heights_m(network, heights)
    spanned_m = _spanned_node_heights_m(network, is_structure, ground_m)
    lift_m = np.nan_to_num(spanned_m - ground_m)
    return _apply(network, heights, is_structure, spanned_m, lift_m)


def node_heights_m(network: Network, heights: NetworkHeights) -> NDArray[np.float64]:
    """(N,) the ground's height at each node, NaN where unknown: what the first or last sample of its edges says."""
    ground = np.full(network.node_count, np.nan)
    ground[network.edge_tail] = heights.elevation_m[heights.sample_start[:-1]]
    ground[network.edge_head] = heights.elevation_m[heights.sample_start[1:] - 1]
    return ground


def _spanned_node_heights_m(
    network: Network, is_structure: NDArray[np.bool_], ground_m: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(N,) heights with inner nodes of structures solved for; all other nodes as they were."""
    tail, head = network.edge_tail[is_structure], network.edge_head[is_structure]
    on_structure = np.zeros(network.node_count, dtype=bool)
    on_structure[tail] = on_structure[head] = True

    # A stair may climb to the middle of a bridge, so only other ways make a portal.
    grounded = ~is_structure & (network.edge_kind != Kind.STEPS)
    on_ground = np.zeros(network.node_count, dtype=bool)
    on_ground[network.edge_tail[grounded]] = on_ground[network.edge_head[grounded]] = True
    portal = on_structure & on_ground & ~np.isnan(ground_m)

    labels = _labels(network.node_count, tail, head)
    has_portal = np.zeros(labels.max() + 1, dtype=bool)
    has_portal[labels[portal]] = True
    inner = on_structure & ~portal & has_portal[labels]
    result = ground_m.copy()
    if inner.any():
        weight = 1.0 / np.maximum(network.edge_length_m[is_structure], _SHORTEST_M)
        result[inner] = _hang(inner, tail, head, weight, ground_m)
    return result


def _labels(count: int, tail: NDArray[np.int32], head: NDArray[np.int32]) -> NDArray[np.int32]:
    joined = coo_array((np.ones(len(tail)), (tail, head)), shape=(count, count))
    labels: NDArray[np.int32] = connected_components(joined, directed=False)[1]
    return labels


def _hang(
    inner: NDArray[np.bool_],
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    weight: NDArray[np.float64],
    known_m: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Solve the Laplace equation at the inner nodes, the others being held at ``known_m``."""
    number = np.full(len(inner), -1)
    number[inner] = np.arange(inner.sum())
    size = int(inner.sum())
    # Both directions of every string; a loop pulls at nothing.
    here, there = np.concatenate((tail, head)), np.concatenate((head, tail))
    pull = np.concatenate((weight, weight))
    of_inner = inner[here] & (here != there)
    here, there, pull = here[of_inner], there[of_inner], pull[of_inner]
    free = inner[there]
    matrix = coo_array(
        (
            np.concatenate((pull, -pull[free])),
            (
                np.concatenate((number[here], number[here[free]])),
                np.concatenate((number[here], number[there[free]])),
            ),
        ),
        shape=(size, size),
    ).tocsc()
    right = np.bincount(number[here[~free]], weights=(pull * known_m[there])[~free], minlength=size)
    solved: NDArray[np.float64] = np.asarray(spsolve(matrix, right), dtype=np.float64).reshape(-1)
    return solved


def _apply(
    network: Network,
    heights: NetworkHeights,
    is_structure: NDArray[np.bool_],
    node_m: NDArray[np.float64],
    lift_m: NDArray[np.float64],
) -> NetworkHeights:
    """Structures straight between their nodes; other ways tilted by what their nodes were lifted."""
    edge = np.repeat(np.arange(network.edge_count), np.diff(heights.sample_start))
    length = heights.distance_m[heights.sample_start[1:] - 1]
    share = heights.distance_m / np.where(length > 0, length, 1.0)[edge]
    tail, head = network.edge_tail[edge], network.edge_head[edge]
    tilted = heights.elevation_m + (1 - share) * lift_m[tail] + share * lift_m[head]
    straight = (1 - share) * node_m[tail] + share * node_m[head]
    # Where a portal's height is unknown a structure keeps the model's heights rather than losing them.
    use_straight = is_structure[edge] & ~np.isnan(straight)
    elevation_m = np.where(use_straight, straight, tilted)
    # The ends' errors carry over to the span; the ground's errors beneath it do not.
    sigma_m = np.where(use_straight, _end_sigma_m(heights)[edge], heights.sigma_m)
    return replace(heights, elevation_m=elevation_m, sigma_m=sigma_m)


def _end_sigma_m(heights: NetworkHeights) -> NDArray[np.float64]:
    worse: NDArray[np.float64] = np.fmax(
        heights.sigma_m[heights.sample_start[:-1]], heights.sigma_m[heights.sample_start[1:] - 1]
    )
    return worse
