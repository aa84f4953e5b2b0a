"""Lines on the ground by formula: along the bay, along the bluff, on one height, at one grade."""

from collections.abc import Callable
from typing import Final

import numpy as np

from tiles.sample import terrain
from tiles.sample.terrain import Floats

STEP_M: Final = 8.0


def straight(*points: tuple[float, float]) -> Floats:
    """The line through ``points``."""
    return np.array(points, dtype=np.float64)


def along(rim: Callable[[Floats], Floats], inland_m: float, y_from: float, y_to: float) -> Floats:
    """A line that keeps ``inland_m`` east of a rim (the bay's, the bluff's) between two northings."""
    y = np.linspace(y_from, y_to, max(2, round(abs(y_to - y_from) / STEP_M) + 1))
    return np.column_stack((rim(y) + inland_m, y))


def from_bay(inland_m: float, y: float) -> tuple[float, float]:
    """The point ``inland_m`` east of the bay's rim at northing ``y``."""
    return float(terrain.bay_x(np.array(y))) + inland_m, y


def from_bluff(inland_m: float, y: float) -> tuple[float, float]:
    """The point ``inland_m`` east of the bluff's steepest line at northing ``y``."""
    return float(terrain.bluff_x(np.array(y))) + inland_m, y


def at_height(height_m: float, y: float, beyond_m: float = 700.0) -> tuple[float, float]:
    """The first point at northing ``y``, ``beyond_m`` or more east of the bay's rim, as high as ``height_m``."""
    x = np.arange(float(terrain.bay_x(np.array(y))) + beyond_m, terrain.EAST_M, 1.0)
    first = int(np.argmax(terrain.height(x, np.full_like(x, y)) >= height_m))
    low, high = x[first - 1], x[first]
    for _ in range(40):
        middle = 0.5 * (low + high)
        if float(terrain.height(np.array(middle), np.array(y))) < height_m:
            low = middle
        else:
            high = middle
    return float(high), y


def level(height_m: float, y_from: float, y_to: float, beyond_m: float = 700.0) -> Floats:
    """The contour of ``height_m`` between two northings."""
    y = np.linspace(y_from, y_to, max(2, round(abs(y_to - y_from) / STEP_M) + 1))
    return np.array([at_height(height_m, float(northing), beyond_m) for northing in y])


def climb(start: tuple[float, float], grade: float, turn: int, until: Callable[[float, float], bool]) -> Floats:
    """A road that climbs at ``grade`` from ``start`` until ``until(x, y)``.

    Where the ground is gentler than ``grade`` it goes straight up; elsewhere it leaves the steepest way by the
    angle whose cosine is grade over gradient, to the left (``turn`` 1) or to the right (-1).
    """
    points = [start]
    for _ in range(400):
        middle = _ahead(points[-1], points[-1], grade, turn, STEP_M / 2.0)
        points.append(_ahead(points[-1], middle, grade, turn, STEP_M))
        if until(*points[-1]):
            break
    return np.array(points)


def hairpins(start: tuple[float, float], grade: float, turn: int, heights_m: tuple[float, ...]) -> Floats:
    """A road that climbs at ``grade`` and turns back, in a curve, at each of ``heights_m`` but the last, its end."""
    legs = [np.array([start])]
    for leg, top in enumerate(heights_m):
        foot = (float(legs[-1][-1, 0]), float(legs[-1][-1, 1]))
        side = turn if leg % 2 == 0 else -turn
        legs.append(climb(foot, grade, side, lambda x, y, top=top: _height(x, y) >= top)[1:])  # type: ignore[misc]
    return _rounded(np.concatenate(legs))


def _rounded(line: Floats) -> Floats:
    """``line`` with its corners cut (Chaikin 1974), after thinning it so that the curves are wide enough for a car."""
    corners = np.vstack((line[:-1:3], line[-1:]))
    for _ in range(3):
        near, far = 0.75 * corners[:-1] + 0.25 * corners[1:], 0.25 * corners[:-1] + 0.75 * corners[1:]
        between = np.stack((near, far), axis=1).reshape(-1, 2)
        corners = np.vstack((corners[:1], between, corners[-1:]))
    return corners


def ellipse(middle: tuple[float, float], radii: tuple[float, float], turn_from: float, turn_to: float) -> Floats:
    """An arc of an ellipse; turns count from the east, anticlockwise."""
    angle = 2.0 * np.pi * np.linspace(turn_from, turn_to, max(8, round(abs(turn_to - turn_from) * 96)) + 1)
    return np.column_stack((middle[0] + radii[0] * np.cos(angle), middle[1] + radii[1] * np.sin(angle)))


def length(line: Floats) -> float:
    """Length of ``line`` (n, 2) on the plane."""
    return float(np.hypot(*np.diff(line, axis=0).T).sum())


def _height(x: float, y: float) -> float:
    return float(terrain.height(np.array(x), np.array(y)))


def _ahead(
    origin: tuple[float, float], place: tuple[float, float], grade: float, turn: int, step: float
) -> tuple[float, float]:
    """The point a step from ``origin`` in the direction that the ground at ``place`` asks for."""
    east, north = (float(part) for part in terrain.gradient(np.array(place[0]), np.array(place[1])))
    bearing = np.arctan2(north, east) + turn * np.arccos(min(1.0, grade / np.hypot(east, north)))
    return origin[0] + step * float(np.cos(bearing)), origin[1] + step * float(np.sin(bearing))
