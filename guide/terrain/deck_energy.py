"""Strings, hinges and weights between some vertices, and the heights at which their energy is lowest.

    sum weight trust(z - model)  +  sum string length grade^2 / 2  +  sum pull length excess^2 / 2

over vertices and pieces, with ``excess`` what a piece is steeper than its limit. All is quadratic but two things: a
piece that is not too steep does not pull at all, and a model's height is trusted less on the side to which models err
there, the less the farther it is off (Cauchy's loss). Corners are rounded a little, much at first and less with every
round, so that Newton's steps find the lowest place, each taken as far as it leads down. Clusters of vertices that move
together go each its own way and end by themselves, so that what lies elsewhere changes nothing.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.linalg import splu

OFF_SIGMAS: Final = 3.0
"""Errors at which a height that cells bled into loses half of its weight."""

_HOLD: Final = 1e-13  # what a structure without any portal keeps of the model, so that its height is not undefined
_ROUNDS: Final = 60
_BISECTIONS: Final = 16
_SETTLED_M: Final = 1e-4
_DOWN: Final = 1e-9  # a slope that has become this much flatter is level
_ROUND_AT_FIRST: Final = 0.1
_ROUND_AT_LAST: Final = 0.005
"""Grades over which the corner of a hinge is rounded; that of a height's two sides over ten times as many metres."""
_ROUNDER: Final = 0.5
_SIDES_M: Final = 10.0

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckEnergy:
    """Of n vertices ``free`` ones move, the others are held; k pieces lead from vertex to vertex.

    ``model_m`` is NaN where unknown. ``above`` and ``below`` are the trust in the model where the height is above or
    below it, 1 where no cell is bled into.
    """

    free: NDArray[np.bool_]  # (n,)
    model_m: Floats  # (n,)
    sigma_m: Floats  # (n,)
    cells: Floats  # (n,) how many cells of the model each vertex speaks for
    above: Floats  # (n,)
    below: Floats  # (n,)
    cluster: Integers  # (n,) vertices that move together have one number
    tail: Integers  # (k,)
    head: Integers  # (k,)
    length_m: Floats  # (k,)
    string: Floats  # (k,) how strongly each piece is strung
    pull: Floats  # (k,) how hard it pulls beyond its limit
    limit: Floats  # (k,) the grade

    def take(self, vertices: NDArray[np.bool_]) -> tuple["DeckEnergy", Integers]:
        """The same with only some vertices (n,) left free, and which vertices are left."""
        free = self.free & vertices
        piece = free[self.tail] | free[self.head]
        left, ends = np.unique(np.concatenate((self.tail[piece], self.head[piece])), return_inverse=True)
        count = int(piece.sum())
        of_pieces = {name: getattr(self, name)[piece] for name in ("length_m", "string", "pull", "limit")}
        of_vertices = {
            name: getattr(self, name)[left] for name in ("model_m", "sigma_m", "cells", "above", "below", "cluster")
        }
        smaller = replace(self, free=free[left], tail=ends[:count], head=ends[count:], **of_pieces, **of_vertices)
        return smaller, left

    def rise_m(self, height_m: Floats) -> Floats:
        """(k,) what each piece climbs; 0 where that is not known."""
        return np.nan_to_num(height_m[self.head] - height_m[self.tail])

    def trust(self, height_m: Floats) -> Floats:
        """(n,) trust in the model at each vertex: little where the error goes as errors there do."""
        off = height_m - self.model_m
        one_sided = np.where(off > 0, self.above, self.below)
        # Only where cells are bled into may a single height be overruled outright.
        doubt = np.where(one_sided < 1.0, (off / (OFF_SIGMAS * self.sigma_m)) ** 2, 0.0)
        return np.asarray(one_sided / (1.0 + np.nan_to_num(doubt)))

    def hung(self, strength: Floats, trust: Floats, value: Floats, model: Floats) -> Floats:
        """(n,) values drawn to the ``model`` (n,) at free vertices, held at ``value`` (n,) at all others.

        ``strength`` (k,) is how strongly each piece is strung, ``trust`` (n,) how far the model is believed.
        """
        held = np.where(self.free, 0.0, np.nan_to_num(value))
        weight = self._weight(trust)
        drawn = np.where(self.free, weight * np.nan_to_num(model), 0.0)
        tension = strength / self.length_m * (held[self.head] - held[self.tail])
        return np.where(self.free, self._solve(strength, weight, drawn - self._gathered(tension)), value)

    def pulled_strength(self, height_m: Floats) -> Floats:
        """(k,) how strongly each piece is strung, with what it pulls for being too steep."""
        grade = np.abs(self.rise_m(height_m)) / self.length_m
        return self.string + self.pull * np.maximum(1.0 - self.limit / np.maximum(grade, self.limit), 0.0)

    def lowest(self, height_m: Floats) -> Floats:
        """(n,) the heights of lowest energy, from those at hand."""
        result = height_m.copy()
        energy, left = self, np.arange(len(result))
        rounded = _ROUND_AT_FIRST
        for _ in range(_ROUNDS):
            here = result[left]
            step = energy._step(here, rounded)
            step *= energy._share(here, step, rounded)[energy.cluster]
            result[left] = here + step
            if rounded > _ROUND_AT_LAST:
                rounded = max(rounded * _ROUNDER, _ROUND_AT_LAST)
                continue
            moved_m = np.zeros(int(energy.cluster.max()) + 1)
            np.maximum.at(moved_m, energy.cluster, np.abs(step))
            moves = energy.free & (moved_m[energy.cluster] >= _SETTLED_M)
            if not moves.any():
                break
            if moves.sum() < energy.free.sum():
                energy, still = energy.take(moves)
                left = left[still]
        return result

    def _step(self, height_m: Floats, rounded: float) -> Floats:
        """(n,) the way to the lowest place, were the energy as curved everywhere as it is here; 0 for what is held."""
        grade = self.rise_m(height_m) / self.length_m
        bend = _hinge(grade - self.limit, rounded)[1] + _hinge(-grade - self.limit, rounded)[1]
        tension, press = self._forces(height_m, rounded)
        off = np.nan_to_num(height_m - self.model_m)
        soft = np.minimum(self.above, self.below)
        side_m = _SIDES_M * rounded
        trust = soft * self._belief(off) + (self.above - soft) * _hinge(off, side_m)[1]
        trust += (self.below - soft) * _hinge(-off, side_m)[1]
        forces = np.where(self.free, -press - self._gathered(tension), 0.0)
        return np.where(self.free, self._solve(self.string + self.pull * bend, self._weight(trust), forces), 0.0)

    def _share(self, height_m: Floats, step: Floats, rounded: float) -> Floats:
        """How much of a step each cluster takes: all of it, or as much as leads down."""
        level = _DOWN * np.abs(self._slope(height_m, step, rounded))
        full = self._slope(height_m + step, step, rounded) <= level
        low, high = np.where(full, 1.0, 0.0), np.ones(len(full))
        if full.all():
            return high
        for _ in range(_BISECTIONS):
            middle = 0.5 * (low + high)
            down = self._slope(height_m + middle[self.cluster] * step, step, rounded) <= level
            low, high = np.where(down, middle, low), np.where(down, high, middle)
        return np.where(full, 1.0, low)

    def _slope(self, height_m: Floats, step: Floats, rounded: float) -> Floats:
        """How the energy of each cluster changes along a step."""
        tension, press = self._forces(height_m, rounded)
        end = np.where(self.free[self.tail], self.tail, self.head)
        count = int(self.cluster.max()) + 1
        strung = np.bincount(self.cluster[end], tension * (step[self.head] - step[self.tail]), minlength=count)
        return np.asarray(strung + np.bincount(self.cluster, press * step, minlength=count))

    def _forces(self, height_m: Floats, rounded: float) -> tuple[Floats, Floats]:
        """The tension (k,) of each piece, and how hard each vertex (n,) presses down towards the model."""
        grade = self.rise_m(height_m) / self.length_m
        pulls = _hinge(grade - self.limit, rounded)[0] - _hinge(-grade - self.limit, rounded)[0]
        tension = self.string * grade + self.pull * pulls
        off = np.nan_to_num(height_m - self.model_m)
        soft = np.minimum(self.above, self.below)
        side_m = _SIDES_M * rounded
        drawn = soft * self._belief(off) * off + (self.above - soft) * _hinge(off, side_m)[0]
        drawn -= (self.below - soft) * _hinge(-off, side_m)[0]
        return tension, self._weight(np.ones(len(off))) * drawn

    def _belief(self, off: Floats) -> Floats:
        """How far a model's height is still believed, by how far off it is; only where cells are bled into."""
        doubt = np.nan_to_num(off / (OFF_SIGMAS * self.sigma_m)) ** 2
        return np.where(np.minimum(self.above, self.below) < 1.0, 1.0 / (1.0 + doubt), 1.0)

    def _weight(self, trust: Floats) -> Floats:
        """(n,) how firmly each vertex stands on the model."""
        sigma_m = np.nan_to_num(self.sigma_m, nan=1.0)
        return np.where(np.isfinite(self.model_m), trust * self.cells / sigma_m**2 + _HOLD, _HOLD**2)

    def _gathered(self, tension: Floats) -> Floats:
        """(n,) what the pieces' tensions come to at each vertex: upward at a head, downward at a tail."""
        count = len(self.free)
        upward = np.bincount(self.head, tension, minlength=count)
        return np.asarray(upward - np.bincount(self.tail, tension, minlength=count))

    def _solve(self, strength: Floats, weight: Floats, forces: Floats) -> Floats:
        """(n,) what balances forces (n,) at the free vertices, 0 at all others.

        Directly, and refined once: strings are weak beside the ground, which leaves rounding.
        """
        free = np.flatnonzero(self.free)
        number = np.full(len(self.free), -1)
        number[free] = np.arange(len(free))
        string = strength / self.length_m
        here, there = np.concatenate((self.tail, self.head)), np.concatenate((self.head, self.tail))
        strings = np.concatenate((string, string))
        use = self.free[here] & (here != there)
        here, there, strings = here[use], there[use], strings[use]
        inner = self.free[there]
        diagonal = weight[free] + np.bincount(number[here], strings, minlength=len(free))
        rows = np.concatenate((np.arange(len(free)), number[here[inner]]))
        cols = np.concatenate((np.arange(len(free)), number[there[inner]]))
        matrix = coo_array((np.concatenate((diagonal, -strings[inner])), (rows, cols)), shape=(len(free),) * 2).tocsc()
        solver = splu(matrix, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True})
        solved = solver.solve(forces[free])
        result = np.zeros(len(self.free))
        result[free] = solved + solver.solve(forces[free] - matrix @ solved)
        return result


def _hinge(beyond: Floats, rounded: float) -> tuple[Floats, Floats]:
    """The slope and the bend of h^2 / 2, h = (x + sqrt(x^2 + r^2)) / 2: nothing before a limit, and quadratic beyond.

    ``beyond`` is x, ``rounded`` r.
    """
    root = np.sqrt(beyond**2 + rounded**2)
    height, slope = 0.5 * (beyond + root), 0.5 * (1.0 + beyond / root)
    return height * slope, slope**2 + height * 0.5 * rounded**2 / root**3
