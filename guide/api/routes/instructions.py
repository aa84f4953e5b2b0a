"""A route in words: street by street, stairs and climbs told apart; no turns yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from guide.domain.network import Kind, Network
from guide.domain.route import Direction, Leg, Route, StreetLabel
from guide.domain.slope import Slope
from guide.http.texts import Language, distance_text, text
from guide.routing.arcs import streets_along
from guide.routing.geometry import count_steps

_WORTH_TELLING_M: Final = 15.0
"""A nameless piece shorter than this, a crossing for instance, belongs to what comes before it."""

_RISE_TOLD_M: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """One sentence, how far and how long it holds, and where on the route it begins."""

    text: str
    distance_m: float
    duration_s: float
    begin_m: float


@dataclass(slots=True, kw_only=True)
class _Passage:
    """Consecutive stretches, ``first`` up to before ``last``, that one sentence tells of."""

    name: int
    kind: Kind
    distance_m: float
    duration_s: float
    first: int
    last: int


def instructions(
    route: Route,
    network: Network,
    slopes: Mapping[str, Slope],
    language: Language,
) -> list[Instruction]:
    """The sentences of a route in order, the last one for the arrival."""
    told: list[Instruction] = []
    begin_m = 0.0
    for leg in route.legs:
        if leg.slope_id is not None:
            told.append(_climb(leg, route, network, begin_m, slopes[leg.slope_id], language))
            begin_m += leg.distance_m
            continue
        passages = _passages(leg, network)
        ends_m = begin_m + np.cumsum([0.0, *(passage.distance_m for passage in passages)])
        heights_m = np.interp(ends_m, route.profile.distance_m, route.profile.elevation_m)
        rises_m = np.nan_to_num(np.diff(heights_m)).tolist()  # an unknown rise is not told of
        for passage, rise_m, at_m in zip(passages, rises_m, ends_m[:-1].tolist(), strict=True):
            told.append(_walk(passage, leg, network, (at_m, rise_m), language))
        begin_m = float(ends_m[-1])
    told.append(Instruction(text=text("instruction.arrive", language), distance_m=0.0, duration_s=0.0, begin_m=begin_m))
    return told


def _passages(leg: Leg, network: Network) -> list[_Passage]:
    """A leg cut where the street's name changes, or stairs begin or end."""
    walk = leg.walk
    share = walk.share
    names, kinds, starts = streets_along(network, walk.arc)
    passages: list[_Passage] = []
    for name, kind, distance_m, duration_s, first, last in zip(
        names.tolist(),
        kinds.tolist(),
        np.add.reduceat(network.edge_length_m[walk.edge] * share, starts).tolist(),
        np.add.reduceat(leg.arc_s * share, starts).tolist(),
        starts.tolist(),
        [*starts[1:].tolist(), len(walk.arc)],
        strict=True,
    ):
        before = passages[-1] if passages else None
        short = name < 0 and kind != Kind.STEPS and distance_m < _WORTH_TELLING_M
        if before is not None and (short or (before.name, before.kind) == (name, kind)):
            before.distance_m += distance_m
            before.duration_s += duration_s
            before.last = last
        elif distance_m > 0:
            passages.append(
                _Passage(
                    name=name, kind=Kind(kind), distance_m=distance_m, duration_s=duration_s, first=first, last=last
                )
            )
    return passages


def _walk(
    passage: _Passage, leg: Leg, network: Network, begin_and_rise_m: tuple[float, float], language: Language
) -> Instruction:
    begin_m, rise_m = begin_and_rise_m
    key = "stairs" if passage.kind is Kind.STEPS else "walk"
    if abs(rise_m) >= _RISE_TOLD_M:
        key += "-up" if rise_m > 0 else "-down"
    name = network.names[passage.name] if passage.name >= 0 else None
    words = text(
        f"instruction.{key}",
        language,
        street=StreetLabel(name=name, kind=passage.kind).called(language),
        distance=distance_text(passage.distance_m),
        rise=f"{abs(rise_m):.0f}",
    )
    if passage.kind is Kind.STEPS and (steps := count_steps(network, leg.walk.part(passage.first, passage.last))):
        words += text("instruction.and-steps", language, steps=steps)
    return Instruction(text=words, distance_m=passage.distance_m, duration_s=passage.duration_s, begin_m=begin_m)


def _climb(leg: Leg, route: Route, network: Network, begin_m: float, slope: Slope, language: Language) -> Instruction:
    """One sentence for a whole slope: "Climb X: 60 m, up 8 m, 57 steps"."""
    entry = slope.entry
    name = entry.name_en if language is Language.EN and entry.name_en else entry.name
    key = "slope-down" if leg.direction is Direction.DOWN else "slope-up"
    words = text(f"instruction.{key}", language, street=name, distance=distance_text(leg.distance_m))
    rise_m = _rise_m(route, begin_m, begin_m + leg.distance_m)
    if abs(rise_m) >= 1:
        words += text(
            "instruction.and-up" if rise_m > 0 else "instruction.and-down", language, rise=f"{abs(rise_m):.0f}"
        )
    if steps := count_steps(network, leg.walk):
        words += text("instruction.and-steps", language, steps=steps)
    return Instruction(text=words, distance_m=leg.distance_m, duration_s=leg.duration_s, begin_m=begin_m)


def _rise_m(route: Route, from_m: float, to_m: float) -> float:
    """Height won from one place of the route to another, 0 if a height is unknown."""
    low, high = np.interp([from_m, to_m], route.profile.distance_m, route.profile.elevation_m)
    return 0.0 if np.isnan(high - low) else float(high - low)
