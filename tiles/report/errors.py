"""How often stated errors hold, on a plane whose cells have errors of several kinds."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from guide.terrain.lines import measure_lines
from tiles.report.made_terrain import Floats, MadeTerrain, cells, lng_lat, noise, plane

NOISES: Final = {
    "independent cells": (1.0, 1.0),
    "half alike over 3 cells": (0.5, 3.0),
    "mostly alike over 2 cells": (0.3, 2.0),
    "all alike over 2 cells": (0.0, 2.0),
    "all alike over 4 cells": (0.0, 4.0),
}
"""Share of independent errors, and over how many cells the others are alike; nothing of it is told to the measuring."""

EAST_GRADE: Final = 0.10
NORTH_GRADE: Final = 0.05
SIGMA_CELLS: Final = 0.06
HALF_CELLS: Final = 130
DRAWS: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Errors in stated errors (n,), and how often they lie within one and two."""

    off: Floats

    @property
    def within_one(self) -> float:
        """Share within one stated error; 68 % if it is right."""
        return float((np.abs(self.off) < 1).mean())

    @property
    def within_two(self) -> float:
        """Share within two; 95 % if it is right."""
        return float((np.abs(self.off) < 2).mean())  # noqa: PLR2004 (two)


def random_lines(rng: np.random.Generator, count: int, length_m: float, half_m: float) -> Floats:
    """Straight lines (n, 2, 2) of one length anywhere on a raster, in any direction, in metres."""
    angle = rng.uniform(0, 2 * np.pi, count)
    foot = rng.uniform(-half_m + 1.1 * length_m, half_m - 1.1 * length_m, (count, 2))
    return np.stack((foot, foot + length_m * np.stack((np.cos(angle), np.sin(angle)), axis=1)), axis=1)


def draw(kind: str, cell_m: float, length_cells: float, seed: int = 11) -> Held:
    """The errors of 2,000 lines anywhere on the plane."""
    white, reach = NOISES[kind]
    sigma_m, half_m = SIGMA_CELLS * cell_m, HALF_CELLS * cell_m
    rng = np.random.default_rng(seed)
    errors = noise(rng, cells(cell_m, half_m), sigma_m, white=white, reach=reach)
    terrain = MadeTerrain(plane(EAST_GRADE, NORTH_GRADE), cell_m, half_m, errors=errors, sigma_m=sigma_m)
    xy = random_lines(rng, DRAWS, length_cells * cell_m, half_m)
    found = measure_lines(np.arange(DRAWS + 1) * 2, lng_lat(xy.reshape(-1, 2)), terrain)
    run = xy[:, 1] - xy[:, 0]
    true = (EAST_GRADE * run[:, 0] + NORTH_GRADE * run[:, 1]) / np.hypot(run[:, 0], run[:, 1])
    grade = np.array([each.measures.mean_grade for each in found if each.measures], dtype=np.float64)
    sigma = np.array([each.measures.mean_grade_sigma for each in found if each.measures], dtype=np.float64)
    return Held(off=(grade - true) / sigma)
