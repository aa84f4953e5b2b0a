"""How much a climb deserves a name.

score = climb * (0.5 + 0.5 * charm) * known, each between 0 and 1.

climb is the geometric mean of steepness and height, 1 - exp(-sure grade / 10 %) and 1 - exp(-sure rise / 20 m), so
that neither a kerb nor a long ramp wins, times a factor for lengths that one takes in as one slope (60 to 500 m).
"Sure" is less the error of the heights: what is short and noisy has none left. charm adds stairs, straightness, view,
quiet and a name by the weights below. known is 0.6 in the fields to 1 in a town, where people would say the name; 0.8
of that for a nameless way that is no stair (such ways are many, and few of them mean anything to anybody); and 0.7 of
it for a main road, which is a road before it is a slope. The weights are a judgement, tried on Portland, Porto and
Monaco; they are not measured.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import Kind
from tiles.discover.candidates import Candidates

STEEP: Final = 0.10
HIGH_M: Final = 20.0
SHORT_M: Final = 60.0
LONG_M: Final = 500.0
FAR_M: Final = 2000.0
STAIRS_M: Final = 40.0
IN_FIELDS: Final = 0.6
PLAIN: Final = 0.8
MAIN: Final = 0.7
MOST_STAIRS: Final = 0.5

WEIGHTS: Final = {"stairs": 0.25, "straight": 0.15, "view": 0.25, "quiet": 0.2, "name": 0.15}


def climb_scores(candidates: Candidates) -> NDArray[np.float64]:
    """(C,) steepness and height, by what is sure of them."""
    steep = 1 - np.exp(-candidates.sure_grade / STEEP)
    high = 1 - np.exp(-candidates.sure_rise_m / HIGH_M)
    length = candidates.length_m
    fitting = np.minimum(length / SHORT_M, 1.0) ** 0.5 * np.minimum(LONG_M / length, 1.0) ** 0.5
    score: NDArray[np.float64] = np.sqrt(steep * high) * fitting
    return score


def charms(candidates: Candidates, sight_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """(C,) what makes a climb worth the walk; ``sight_m`` (C,) as ``tiles.discover.view.sight_m``."""
    parts = {
        "stairs": np.minimum(candidates.stairs_m / STAIRS_M, 1.0),
        "straight": candidates.straightness,
        "view": 1 - np.exp(-sight_m / FAR_M),
        "quiet": candidates.quiet,
        "name": (candidates.name >= 0).astype(np.float64),
    }
    charm: NDArray[np.float64] = np.stack([WEIGHTS[part] * value for part, value in parts.items()]).sum(axis=0)
    return charm


def scores(candidates: Candidates, sight_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """(C,) the score of the module's docstring."""
    return climb_scores(candidates) * (0.5 + 0.5 * charms(candidates, sight_m)) * known(candidates)


def known(candidates: Candidates) -> NDArray[np.float64]:
    """(C,) how likely people have a word for it."""
    plain = (candidates.name < 0) & (candidates.stairs_m < MOST_STAIRS * candidates.length_m)
    main = candidates.kind == Kind.MAJOR
    return (IN_FIELDS + (1 - IN_FIELDS) * candidates.in_town) * np.where(plain, PLAIN, 1.0) * np.where(main, MAIN, 1.0)
