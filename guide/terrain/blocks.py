"""A network cut into blocks of the world, each with what it must see around it to settle its heights by itself.

Blocks are squares of an eighth of a degree that lie where they lie, whatever area is built; so a town, a country and a
part of a country settle the same streets in the same computation, and their heights agree to the last bit. Memory goes
with the largest block, not with the area.

A block sees the ways within a margin around it, because smoothing flows along ways, though not far; and it sees
structures whole, with all others that they may pull at, because a bridge stands on both of its ends.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import Network
from guide.terrain.sampling import sample_lines

BLOCKS_PER_DEGREE: Final = 8
"""A power of two, so that no block's border is rounded."""

MARGIN_M: Final = 1000.0
"""How far a block looks beyond its border."""

_METRES_PER_DEGREE: Final = 111_195.0
_LEAST_COSINE: Final = 0.01
_COLUMNS: Final = 1 << 16  # more than there are around the world, so that a row and a column make one number
_MIDDLE: Final = 1 << 15

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block: its number in the world, and the edges that it sees, in ascending order."""

    number: int
    edges: Integers


def block_numbers(lng_lat: NDArray[np.float64]) -> Integers:
    """(n,) the number of the block that each point (n, 2) in degrees lies in."""
    column, row = np.floor(lng_lat * BLOCKS_PER_DEGREE).astype(np.int64).T
    return _number(column, row)


def cut_into_blocks(network: Network, spacing_m: float, node_group: Integers) -> list[Block]:
    """The blocks that hold samples of a network, in the order of their numbers.

    Args:
        network: the ways.
        spacing_m: the distance of their samples.
        node_group: (N,) nodes of one number are seen together or not at all; -1 for none.
    """
    if network.edge_count == 0:
        return []
    seen, own = _blocks_by_place(network, spacing_m)
    seen = seen[np.isin(seen[:, 0], own)]
    seen = np.unique(np.concatenate((seen, _whole_groups(network, node_group, seen))), axis=0)
    begin = np.searchsorted(seen[:, 0], own)
    return [
        Block(number=number, edges=edges)
        for number, edges in zip(own.tolist(), np.split(seen[:, 1], begin[1:]), strict=True)
    ]


def _blocks_by_place(network: Network, spacing_m: float) -> tuple[Integers, Integers]:
    """(n, 2) which block sees which edge because it lies within it or near it, and (m,) the blocks that hold any."""
    low, high = (reach.reduceat(network.point_lng_lat, network.point_start[:-1]) for reach in (np.minimum, np.maximum))
    within_one = block_numbers(low) == block_numbers(high)
    inside, across = np.flatnonzero(within_one), np.flatnonzero(~within_one)
    far = network.take(across)
    samples = sample_lines(far.point_start, far.point_lng_lat, spacing_m)
    of_sample = across[np.repeat(np.arange(len(across)), np.diff(samples.start))]
    edge = np.concatenate((inside, of_sample))
    low, high = np.concatenate((low[inside], samples.lng_lat)), np.concatenate((high[inside], samples.lng_lat))
    tall = MARGIN_M / _METRES_PER_DEGREE
    wide = tall / np.maximum(np.cos(np.radians(np.abs(low[:, 1]) + tall)), _LEAST_COSINE)
    margin = np.stack((wide, np.full_like(wide, tall)), axis=1)
    first = np.floor((low - margin) * BLOCKS_PER_DEGREE).astype(np.int64)
    count = np.floor((high + margin) * BLOCKS_PER_DEGREE).astype(np.int64) - first + 1
    blocks = count.prod(axis=1)
    owner = np.repeat(np.arange(len(edge)), blocks)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(blocks) - blocks, blocks)
    numbers = _number(first[owner, 0] + place % count[owner, 0], first[owner, 1] + place // count[owner, 0])
    return np.unique(np.stack((numbers, edge[owner]), axis=1), axis=0), np.unique(block_numbers(low))


def _whole_groups(network: Network, node_group: Integers, seen: Integers) -> Integers:
    """(n, 2) which block sees which edge because it sees another of the same group."""
    ends = np.stack((node_group[network.edge_tail], node_group[network.edge_head]), axis=1)
    edge, end = np.nonzero(ends >= 0)
    member = np.unique(np.stack((ends[edge, end], edge), axis=1), axis=0)
    met = np.concatenate([np.stack((seen[:, 0], ends[seen[:, 1], end]), axis=1) for end in (0, 1)])
    met = np.unique(met[met[:, 1] >= 0], axis=0)
    begin, stop = (np.searchsorted(member[:, 0], met[:, 1], side=side) for side in ("left", "right"))
    count = stop - begin
    place = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    edges = member[np.repeat(begin, count) + place, 1]
    return np.stack((np.repeat(met[:, 0], count), edges), axis=1)


def _number(column: Integers, row: Integers) -> Integers:
    return (row + _MIDDLE) * _COLUMNS + column + _MIDDLE
