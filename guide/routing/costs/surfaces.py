"""What the ground is like for wheels: OSM's surfaces and grades of smoothness as tables."""

from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import Kind, Network, Smoothness


class Ground(IntEnum):
    """How ground rolls."""

    UNKNOWN = 0
    SMOOTH = 1
    ROUGH = 2
    LOOSE = 3


_SMOOTH: Final = frozenset({
    "asphalt", "concrete", "concrete:plates", "paved", "paving_stones", "bricks", "brick", "cement", "metal", "tiles",
    "carpet", "linoleum", "rubber", "acrylic", "chipseal",
})  # fmt: skip
_ROUGH: Final = frozenset({
    "sett", "cobblestone", "compacted", "fine_gravel", "wood", "concrete:lanes", "metal_grid", "grass_paver",
})  # fmt: skip
_LOOSE: Final = frozenset({
    "unpaved", "gravel", "pebblestone", "ground", "dirt", "earth", "grass", "sand", "mud", "rock", "rocks", "stone",
    "unhewn_cobblestone", "woodchips", "snow", "ice", "stepping_stones",
})  # fmt: skip

_OF_SMOOTHNESS: Final = np.array(
    [
        {
            Smoothness.UNKNOWN: Ground.UNKNOWN,
            Smoothness.EXCELLENT: Ground.SMOOTH,
            Smoothness.GOOD: Ground.SMOOTH,
            Smoothness.INTERMEDIATE: Ground.SMOOTH,
            Smoothness.BAD: Ground.ROUGH,
        }.get(smoothness, Ground.LOOSE)
        for smoothness in Smoothness
    ],
    dtype=np.uint8,
)
"""Where a mapper graded how it rolls, that counts and not what it is made of; ``very_bad`` asks for tyres of a jeep."""


def ground_of(surface: str) -> Ground:
    """The ground of a surface tag; of several ("asphalt;sand"), the worst counts."""
    words = [word.strip().lower() for word in surface.split(";")]
    for words_of, ground in ((_LOOSE, Ground.LOOSE), (_ROUGH, Ground.ROUGH), (_SMOOTH, Ground.SMOOTH)):
        if any(word in words_of for word in words):
            return ground
    return Ground.UNKNOWN


def edge_ground(network: Network) -> NDArray[np.uint8]:
    """The ground of each edge, (E,).

    A street without a tag stays unknown and is not held against it: most streets are paved and few are tagged. A
    track or a path without one is taken as rough.
    """
    table = np.array([*(ground_of(surface) for surface in network.surfaces), Ground.UNKNOWN], dtype=np.uint8)
    ground = table[network.edge_surface]
    graded = _OF_SMOOTHNESS[network.edge_smoothness]
    ground = np.where(graded == Ground.UNKNOWN, ground, graded)
    wild = (network.edge_kind == Kind.TRACK) | (network.edge_kind == Kind.PATH)
    ground[wild & (ground == Ground.UNKNOWN)] = Ground.ROUGH
    return ground
