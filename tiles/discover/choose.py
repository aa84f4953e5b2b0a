"""A hundred out of thousands: the best climbs, each once, spread over the town."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

BESIDE_M: Final = 20.0
"""Points this near lie on one street: the other carriageway, the pavement."""

SAME_SHARE: Final = 0.5
"""A climb of which so much runs beside one that is taken already is that one again."""

CROWD_M: Final = 200.0
"""Climbs within this distance of each other take attention from each other."""

CROWD_WEIGHT: Final = 0.35
"""How much one neighbour at no distance takes: the score is divided by 1 + 0.35."""

NAMESAKES_M: Final = 1500.0
"""One name stands once within this distance; farther off it is another town's street."""


def choose(
    score: NDArray[np.float64],
    places: NDArray[np.float64],
    points: list[NDArray[np.float64]],
    called: list[str],
    top: int,
) -> list[int]:
    """Indices of at most ``top`` climbs, the best first.

    Each time the climb is taken whose score, divided by the crowd of those taken near it, is highest.

    Args:
        score: (C,) of each climb.
        places: (C, 2) where each stands, metres on a plane.
        points: of each climb (k, 2), points along it in metres on the same plane.
        called: of each climb, what it is called.
        top: how many are wanted.
    """
    crowd = np.zeros(len(score))
    open_ = score > 0
    by_name: dict[str, list[int]] = {}
    for index, name in enumerate(called):
        by_name.setdefault(name, []).append(index)
    sizes = np.array([len(one) for one in points], dtype=np.int64)
    owner = np.repeat(np.arange(len(points)), sizes)
    tree = cKDTree(np.concatenate(points)) if points else None
    chosen: list[int] = []
    while tree is not None and len(chosen) < top and open_.any():
        best = int(np.argmax(np.where(open_, score / (1 + CROWD_WEIGHT * crowd), -1.0)))
        chosen.append(best)
        open_[best] = False
        apart_m = np.hypot(*(places - places[best]).T)
        crowd += np.exp(-((apart_m / CROWD_M) ** 2))
        namesakes = np.array(by_name[called[best]])
        open_[namesakes[apart_m[namesakes] <= NAMESAKES_M]] = False
        found = tree.query_ball_point(points[best], BESIDE_M)
        near = np.unique(np.concatenate([np.asarray(one, dtype=np.int64) for one in found]))
        open_ &= np.bincount(owner[near], minlength=len(points)) < SAME_SHARE * sizes
    return chosen
