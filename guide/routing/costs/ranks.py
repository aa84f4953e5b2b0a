"""Widths and steps in the classes of Japan's barrier-free standard.

歩行空間ネットワークデータ等整備仕様 (2024-07) tells four classes of width (parted at 1, 2 and 3 m) and five of steps
(level, to 2, 5 and 10 cm, higher). Which letter a class bears is our reading; the limits are the standard's. The letter
of a grade is ``guide.terrain.effort.slope_rank``.
"""

from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray


class Rank(IntEnum):
    """The letters of the standard's rank, the best first; X is not known."""

    X = 0
    S = 1
    A = 2
    B = 3
    C = 4
    Z = 5


_WIDTHS_M: Final = (1.0, 2.0, 3.0)
_WIDTH_RANKS: Final = np.array([Rank.Z, Rank.B, Rank.A, Rank.S], dtype=np.uint8)
_STEPS_M: Final = (0.0, 0.02, 0.05, 0.10)
_STEP_RANKS: Final = np.array([Rank.S, Rank.A, Rank.B, Rank.C, Rank.Z], dtype=np.uint8)


def width_rank(width_m: NDArray[np.floating]) -> NDArray[np.uint8]:
    """S from 3 m, A from 2 m, B from 1 m, else Z; X where it is not known."""
    return _ranked(_WIDTH_RANKS, np.searchsorted(_WIDTHS_M, _rounded(width_m), side="right"), width_m)


def step_rank(step_m: NDArray[np.floating]) -> NDArray[np.uint8]:
    """S where it is level, A to 2 cm, B to 5 cm, C to 10 cm, else Z; X where it is not known."""
    return _ranked(_STEP_RANKS, np.searchsorted(_STEPS_M, _rounded(step_m), side="left"), step_m)


def _rounded(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """To a tenth of a millimetre: single precision must not push a limit reached into the next class."""
    return np.asarray(np.round(values.astype(np.float64), 4))


def _ranked(ranks: NDArray[np.uint8], place: NDArray[np.intp], values: NDArray[np.floating]) -> NDArray[np.uint8]:
    return np.where(np.isnan(values), np.uint8(Rank.X), ranks[np.minimum(place, len(ranks) - 1)])
