"""From a point to a line: the climb that a name and a point on the map mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.climbs.chains import join_chains, longest_path
from guide.climbs.climbs import Terrain, see_terrain, street_climbs, uphill
from guide.domain.findings import Finding, Severity
from guide.domain.network import Kind, Network, NetworkHeights
from guide.domain.slope import Confidence

REACH_M: Final = 80.0
"""A point is looked for on streets this near; staff point at a slope on a map, they do not survey it."""

NAMED_REACH_M: Final = 300.0
"""And on streets of the very name this near: the name makes up for a rough point."""

ON_IT_M: Final = 15.0
"""A point this near lies on the street: half a street's width and a careless tap."""

CLEAR_M: Final = 12.0
"""The runner-up must be farther off by this much, or nobody can tell which of the two is meant."""

FLAT_COST_M: Final = 25.0
"""A street that does not climb where the point lies must be nearer by this much than one that does."""

KIND_COST_M: Final = {Kind.SERVICE: 8.0, Kind.MAJOR: 4.0}
"""Car parks and main roads are rarely what a slope's name means."""

SIGNIFICANT: Final = 2.0
"""A rise is sure if it exceeds its error by this factor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """The climb that was meant: ``arcs`` from foot to head, empty where there is none.

    ``runner_up_arcs`` is the next best reading, empty if there is no other. ``why`` says in a sentence what speaks
    for the choice, and what to do where it is wrong.
    """

    arcs: tuple[int, ...]
    confidence: Confidence
    runner_up_arcs: tuple[int, ...]
    why: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One street near the point: how far off, how far off with what speaks against it, and its climb there."""

    edge: int
    metres: float
    cost_m: float
    arcs: tuple[int, ...]
    named: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """Streets of the wanted name as arcs from end to end, by each of their edges; empty if none is near."""

    streets: Mapping[int, NDArray[np.int64]]


def find_climb(
    network: Network,
    heights: NetworkHeights,
    name: str,
    lng_lat: tuple[float, float],
    *,
    other_names: Sequence[str] = (),
    terrain: Terrain | None = None,
) -> Climb:
    """The climb that a name and a point mean, whether or not the map knows the name.

    The street the point lies on is followed both ways along its name, or straight on where it has none, and from it
    the steady climb that holds the point is taken. A street of the wanted name goes before any nearer one.

    Args:
        network: the streets.
        heights: their heights.
        name: the slope's name, as staff wrote it.
        lng_lat: a point on or near it, degrees.
        other_names: what else it is called.
        terrain: ``see_terrain(network, heights)``, if the caller has it from an earlier question.
    """
    if terrain is None:
        terrain = see_terrain(network, heights)
    near, metres = terrain.index.edges_within(lng_lat, NAMED_REACH_M)
    of_name = terrain.index.edges_named((name, *other_names))
    use = np.isin(near, of_name)
    named = _named_streets(terrain, of_name, near[use])
    if not use.any():
        use = metres <= REACH_M
    near, metres = near[use], metres[use]
    order = np.lexsort((near, metres))
    readings = _readings(terrain, near[order], metres[order], named)
    if not readings:
        return _nothing(name)
    best = readings[0]
    other = next((reading for reading in readings[1:] if not set(_edges(reading)) & set(_edges(best))), None)
    confidence = _confidence(terrain, best, other)
    return Climb(
        arcs=best.arcs,
        confidence=confidence,
        runner_up_arcs=other.arcs if other else (),
        why=_why(network, name, best, other, confidence),
    )


def _readings(terrain: Terrain, near: NDArray[np.int64], metres: NDArray[np.float64], named: _Named) -> list[_Reading]:
    """The streets near the point, the likeliest first; of one climb only its nearest edge."""
    network = terrain.network
    climbs: dict[int, list[NDArray[np.int64]]] = {}
    readings: dict[tuple[int, ...], _Reading] = {}
    for edge, off_m in zip(near.tolist(), metres.tolist(), strict=True):
        along = named.streets.get(edge)
        if along is None:
            along = terrain.strokes.along(int(terrain.strokes.stroke_of[edge]))
        first = int(along[0])
        if first not in climbs:
            climbs[first] = _named_climbs(terrain, along) if named.streets else street_climbs(terrain, along)
        arcs = next((run for run in climbs[first] if edge in run // 2), None)
        cost_m = off_m + KIND_COST_M.get(Kind(network.edge_kind[edge]), 0.0)
        if arcs is None:
            arcs, cost_m = np.empty(0, dtype=np.int64), cost_m + FLAT_COST_M
        key = tuple(arcs.tolist()) or (-1 - first,)
        reading = _Reading(
            edge=edge,
            metres=off_m,
            cost_m=cost_m,
            arcs=tuple(arcs.tolist()),
            named=bool(named.streets),
        )
        if key not in readings or cost_m < readings[key].cost_m:
            readings[key] = reading
    # Ties fall to where streets lie, which is the same however they are stored.
    place = np.round(network.node_lng_lat[network.edge_tail] + network.node_lng_lat[network.edge_head], 9)
    return sorted(readings.values(), key=lambda one: (round(one.cost_m, 3), -len(one.arcs), *place[one.edge].tolist()))


def _named_streets(terrain: Terrain, edges: NDArray[np.int64], near: NDArray[np.int64]) -> _Named:
    """The streets of the wanted name, jogs and nameless crossings bridged, by their edges.

    Branches are left to their own strokes.
    """
    streets: dict[int, NDArray[np.int64]] = {}
    for chain in join_chains(terrain.index, edges) if len(near) else []:
        if np.isin(chain, near).any():
            along = np.array(longest_path(terrain.network, chain), dtype=np.int64)
            streets |= dict.fromkeys((along // 2).tolist(), along)
    return _Named(streets=streets)


def _named_climbs(terrain: Terrain, along: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """The climbs of a street of the wanted name; where heights are unknown the name alone makes it the slope."""
    if np.isnan(terrain.rise_m[along // 2]).all():
        return [along]
    return street_climbs(terrain, along)


def _confidence(terrain: Terrain, best: _Reading, other: _Reading | None) -> Confidence:
    """How far the choice can be trusted: by the name, the distance, the runner-up and the rise against its error."""
    if not best.arcs:
        return Confidence.LOW
    arcs = np.array(best.arcs)
    rise_m = float(uphill(terrain, arcs).sum())
    sigma_m = float(np.sqrt(2.0) * np.max(terrain.sigma_m[arcs // 2]))
    has_stairs = bool((terrain.stair_rise_m[arcs // 2] > 0).any())
    sure = has_stairs or rise_m >= SIGNIFICANT * sigma_m
    clear = other is None or other.cost_m - best.cost_m >= CLEAR_M
    if best.named:
        return Confidence.HIGH if best.metres <= REACH_M and clear else Confidence.FAIR
    if not sure or best.metres > 2 * ON_IT_M:
        return Confidence.LOW
    if not clear and best.metres > ON_IT_M / 2:
        return Confidence.LOW
    return Confidence.HIGH if clear and best.metres <= ON_IT_M else Confidence.FAIR


def _why(network: Network, name: str, best: _Reading, other: _Reading | None, confidence: Confidence) -> Finding:
    values: dict[str, object] = {
        "street": _street(network, best.edge),
        "metres": round(best.metres),
        "length": round(float(network.edge_length_m[np.array(_edges(best), dtype=np.int64)].sum())),
    }
    if confidence is not Confidence.LOW:
        severity = Severity.INFO if confidence is Confidence.HIGH else Severity.WARNING
        return Finding(code=f"climb.by-point-{confidence.value}", where=name, values=values, severity=severity)
    if other is None:
        return Finding(code="climb.unsure", where=name, values=values)
    values |= {"other": _street(network, other.edge), "other_metres": round(other.metres)}
    return Finding(code="climb.unsure-of-two", where=name, values=values)


def _nothing(name: str) -> Climb:
    why = Finding(code="climb.nothing-near", where=name, values={"metres": round(REACH_M)})
    return Climb(arcs=(), confidence=Confidence.LOW, runner_up_arcs=(), why=why)


def _edges(reading: _Reading) -> list[int]:
    return [arc // 2 for arc in reading.arcs] or [reading.edge]


def _street(network: Network, edge: int) -> str:
    """What to call a street in a sentence of either language."""
    name = network.edge_street_name(edge)
    return name.local if name else f"way {network.edge_way_id[edge]}"
