"""The lowest energy of strings and hinges: it is lowest, found by any way, and felt by nobody else."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from guide.terrain.deck_energy import OFF_SIGMAS, DeckEnergy

Floats = np.ndarray[tuple[int], np.dtype[np.float64]]


def chain(model_m: list[float], *, bridge: tuple[int, int], above: float = 0.01, cluster: int = 0) -> DeckEnergy:
    """A way of pieces of 10 m whose ends are held; the pieces from ``bridge[0]`` to ``bridge[1]`` are a deck."""
    count = len(model_m)
    free = np.ones(count, dtype=bool)
    free[[0, -1]] = False
    deck = (np.arange(count - 1) >= bridge[0]) & (np.arange(count - 1) < bridge[1])
    on_deck = np.zeros(count, dtype=bool)
    on_deck[bridge[0] + 1 : bridge[1]] = True
    return DeckEnergy(
        free=free,
        model_m=np.array(model_m),
        sigma_m=np.full(count, 1.0),
        cells=np.where(on_deck, 0.0, 1.0),
        above=np.full(count, above),
        below=np.ones(count),
        cluster=np.full(count, cluster),
        tail=np.arange(count - 1),
        head=np.arange(1, count),
        length_m=np.full(count - 1, 10.0),
        string=np.where(deck, 0.05, 0.002),
        pull=np.where(deck, 100.0, 30.0),
        limit=np.where(deck, 0.06, 0.15),
    )


def together(one: DeckEnergy, other: DeckEnergy) -> DeckEnergy:
    """Two clusters beside each other."""
    joined = {
        name: np.concatenate((getattr(one, name), getattr(other, name)))
        for name in ("free", "model_m", "sigma_m", "cells", "above", "below", "length_m", "string", "pull", "limit")
    }
    count = len(one.free)
    return DeckEnergy(
        **joined,
        cluster=np.concatenate((one.cluster, other.cluster + 1)),
        tail=np.concatenate((one.tail, other.tail + count)),
        head=np.concatenate((one.head, other.head + count)),
    )


def energy_of(energy: DeckEnergy, height_m: Floats) -> float:
    """What the module says is lowest, with sharp corners."""
    grade = np.diff(height_m) / energy.length_m
    excess = np.maximum(np.abs(grade) - energy.limit, 0.0)
    off = height_m - energy.model_m
    one_sided = np.where(off > 0, energy.above, energy.below)
    cauchy = 0.5 * OFF_SIGMAS**2 * np.log1p((off / OFF_SIGMAS) ** 2)
    soft = np.minimum(energy.above, energy.below)
    loss = soft * np.where(soft < 1, cauchy, 0.5 * off**2) + (one_sided - soft) * 0.5 * off**2
    strung = 0.5 * energy.length_m * (energy.string * grade**2 + energy.pull * excess**2)
    return float(strung.sum() + (energy.cells * loss)[energy.free].sum())


# A river bank: the model shows both portals metres below the street that leads to them.
BANK = [20.0, 20.0, 19.5, 12.0, 8.0, 5.0, 5.0, 9.0, 14.0, 19.0, 20.0, 20.0]


@pytest.mark.parametrize("above", [0.01, 0.3, 1.0])
def test_no_other_heights_have_less_energy(above: float) -> None:
    energy = chain(BANK, bridge=(3, 8), above=above)
    found = energy.lowest(energy.model_m)
    free = np.flatnonzero(energy.free)

    def of(values: Floats) -> float:
        height_m = energy.model_m.copy()
        height_m[free] = values
        return energy_of(energy, height_m)

    settled = energy_of(energy, found)
    assert settled < energy_of(energy, energy.model_m)
    # A walk downhill from there by somebody who knows only the energy gets no lower than the corners are rounded.
    lower = minimize(of, found[free], method="Powell", options={"maxiter": 20_000, "xtol": 1e-6, "ftol": 1e-12})
    assert settled <= lower.fun * 1.01 + 0.05
    assert (found[~energy.free] == energy.model_m[~energy.free]).all()


def test_portals_on_the_bank_rise_to_the_street() -> None:
    energy = chain(BANK, bridge=(3, 8))
    found = energy.lowest(energy.model_m)
    assert np.abs(np.diff(found)[3:8] / 10).max() < 0.08
    assert (found[3:9] > np.array(BANK)[3:9]).all()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-15.0, 15.0), min_size=8, max_size=14), st.floats(-1e-9, 1e-9))
def test_a_hair_on_the_model_moves_a_hair_of_the_heights(model_m: list[float], hair_m: float) -> None:
    energy = chain(model_m, bridge=(2, 5), above=1.0)
    found = energy.lowest(energy.model_m)
    moved = replace(energy, model_m=energy.model_m + hair_m)
    assert np.abs(moved.lowest(moved.model_m) - found).max() < 1e-3


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-15.0, 15.0), min_size=8, max_size=14))
def test_a_cluster_does_not_feel_another(model_m: list[float]) -> None:
    energy = chain(BANK, bridge=(3, 8))
    pair = together(energy, chain(model_m, bridge=(2, 5)))
    alone = energy.lowest(energy.model_m)
    beside = pair.lowest(pair.model_m)[: len(BANK)]
    assert np.abs(alone - beside).max() < 1e-9
