"""A route in words: street by street, stairs and climbs told apart; no turns yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.api.texts import Language, distance_text, text
from guide.domain.network import Kind, Network, StreetName
from guide.domain.route import Direction, Leg, Route, Stretch
from guide.domain.slope import Slope
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
    """Consecutive stretches that one sentence tells of."""

    name: int
    kind: Kind
    distance_m: float
    duration_s: float
    steps: int | None


def instructions(
    route: Route,
    network: Network,
    arc_duration_s: NDArray[np.float64],
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
        for passage in _passages(leg, network, arc_duration_s):
            told.append(_walk(passage, route, network, begin_m, language))
            begin_m += passage.distance_m
    told.append(Instruction(text=text("instruction.arrive", language), distance_m=0.0, duration_s=0.0, begin_m=begin_m))
    return told


def _passages(leg: Leg, network: Network, arc_duration_s: NDArray[np.float64]) -> list[_Passage]:
    """A leg cut where the street's name changes, or stairs begin or end."""
    passages: list[_Passage] = []
    for (name, kind), group in groupby(leg.stretches, key=lambda stretch: _street(network, stretch)):
        stretches = list(group)
        passage = _Passage(
            name=name,
            kind=kind,
            distance_m=sum(_length_m(network, stretch) for stretch in stretches),
            duration_s=sum(float(arc_duration_s[piece.arc]) * (piece.end - piece.start) for piece in stretches),
            steps=count_steps(network, stretches),
        )
        before = passages[-1] if passages else None
        short = name < 0 and kind is not Kind.STEPS and passage.distance_m < _WORTH_TELLING_M
        if before is not None and (short or (before.name, before.kind) == (name, kind)):
            before.distance_m += passage.distance_m
            before.duration_s += passage.duration_s
        elif passage.distance_m > 0:
            passages.append(passage)
    return passages


def _street(network: Network, stretch: Stretch) -> tuple[int, Kind]:
    """What makes a street one to a walker: its name, or its kind if it has none; stairs are always told."""
    edge = stretch.arc >> 1
    name, kind = int(network.edge_name[edge]), Kind(int(network.edge_kind[edge]))
    return (name, Kind.STEPS if kind is Kind.STEPS else Kind.MINOR) if name >= 0 else (name, kind)


def _walk(passage: _Passage, route: Route, network: Network, begin_m: float, language: Language) -> Instruction:
    rise_m = _rise_m(route, begin_m, begin_m + passage.distance_m)
    key = "stairs" if passage.kind is Kind.STEPS else "walk"
    if abs(rise_m) >= _RISE_TOLD_M:
        key += "-up" if rise_m > 0 else "-down"
    street = (
        _called(network.names[passage.name], language)
        if passage.name >= 0
        else text(f"kind.{passage.kind.name.lower()}", language)
    )
    words = text(
        f"instruction.{key}",
        language,
        street=street,
        distance=distance_text(passage.distance_m),
        rise=f"{abs(rise_m):.0f}",
    )
    if passage.kind is Kind.STEPS and passage.steps:
        words += text("instruction.and-steps", language, steps=passage.steps)
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
    if steps := count_steps(network, leg.stretches):
        words += text("instruction.and-steps", language, steps=steps)
    return Instruction(text=words, distance_m=leg.distance_m, duration_s=leg.duration_s, begin_m=begin_m)


def _called(name: StreetName, language: Language) -> str:
    return (name.ja if language is Language.JA else name.en) or name.local


def _rise_m(route: Route, from_m: float, to_m: float) -> float:
    """Height won from one place of the route to another, 0 if a height is unknown."""
    low, high = np.interp([from_m, to_m], route.profile.distance_m, route.profile.elevation_m)
    return 0.0 if np.isnan(high - low) else float(high - low)


def _length_m(network: Network, stretch: Stretch) -> float:
    return float(network.edge_length_m[stretch.arc >> 1]) * (stretch.end - stretch.start)
