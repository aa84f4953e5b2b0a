"""A route in words: where to turn, and then street by street; stairs, climbs and stops told apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from guide.domain.network import Kind
from guide.domain.route import Direction, Leg, PointStop, Route, Stop, StreetLabel
from guide.domain.slope import Slope
from guide.http.texts import Language, distance_text, text
from guide.routing.course.geometry import Geometry, count_steps
from guide.routing.course.passages import Passage, passages
from guide.routing.course.turns import Turn, setting_out_deg

_RISE_TOLD_M: Final = 3.0
_COMPASS: Final = ("n", "ne", "e", "se", "s", "sw", "w", "nw")


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """One sentence, how far and how long it holds, and where on the route it begins.

    ``turn`` is how one turns there, None at the start, and where a stop is reached.
    """

    text: str
    distance_m: float
    duration_s: float
    begin_m: float
    turn: Turn | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the sentences of an area are made with."""

    geometry: Geometry
    slopes: Mapping[str, Slope]
    language: Language

    def of_route(self, route: Route, stops: Sequence[Stop]) -> list[Instruction]:
        """The sentences of a route through its stops in order, the last one for the arrival."""
        told: list[Instruction] = []
        begin_m = 0.0
        before: int | None = None
        for leg in route.legs:
            if leg.from_stop > 0 and leg.slope_id is None:
                told += self._reached(leg.from_stop, stops, begin_m)
            tell = self._climb if leg.slope_id else self._walk
            told += tell(leg, route, begin_m, before)
            begin_m += leg.distance_m
            before = int(leg.walk.arc[-1])
        return [*told, self._arrival(stops, begin_m)]

    def _reached(self, number: int, stops: Sequence[Stop], begin_m: float) -> list[Instruction]:
        """A stop on the way; a slope has told of itself when it was climbed."""
        stop = stops[number]
        if not isinstance(stop, PointStop):
            return []
        name = stop.name or text("instruction.stop", self.language, number=number + 1)
        words = text("instruction.reach", self.language, stop=name)
        return [Instruction(text=_sentence(words), distance_m=0.0, duration_s=0.0, begin_m=begin_m)]

    def _arrival(self, stops: Sequence[Stop], begin_m: float) -> Instruction:
        last = stops[-1]
        if isinstance(last, PointStop) and last.name:
            words = text("instruction.arrive-at", self.language, stop=last.name)
        else:
            words = text("instruction.arrive", self.language)
        return Instruction(text=_sentence(words), distance_m=0.0, duration_s=0.0, begin_m=begin_m)

    def _walk(self, leg: Leg, route: Route, begin_m: float, before: int | None) -> list[Instruction]:
        """A leg between stops, passage by passage."""
        parts = passages(self.geometry.network, self.geometry.junctions, leg, before)
        ends_m = begin_m + np.cumsum([0.0, *(part.distance_m for part in parts)])
        heights_m = np.interp(ends_m, route.profile.distance_m, route.profile.elevation_m)
        rises_m = np.nan_to_num(np.diff(heights_m)).tolist()  # an unknown rise is not told of
        return [
            Instruction(
                text=self._led(part.turn, self._passage(part, leg, rise_m), route),
                distance_m=part.distance_m,
                duration_s=part.duration_s,
                begin_m=at_m,
                turn=part.turn,
            )
            for part, rise_m, at_m in zip(parts, rises_m, ends_m[:-1].tolist(), strict=True)
            if part.distance_m > 0
        ]

    def _passage(self, part: Passage, leg: Leg, rise_m: float) -> str:
        network = self.geometry.network
        key = "stairs" if part.kind is Kind.STEPS else "walk"
        if abs(rise_m) >= _RISE_TOLD_M:
            key += "-up" if rise_m > 0 else "-down"
        name = network.names[part.name] if part.name >= 0 else None
        words = text(
            f"instruction.{key}",
            self.language,
            street=StreetLabel(name=name, kind=part.kind).called(self.language),
            distance=distance_text(part.distance_m),
            rise=f"{abs(rise_m):.0f}",
        )
        if part.kind is Kind.STEPS and (steps := count_steps(network, leg.walk.part(part.first, part.last))):
            words += text("instruction.and-steps", self.language, steps=steps)
        return words

    def _climb(self, leg: Leg, route: Route, begin_m: float, before: int | None) -> list[Instruction]:
        """One sentence for a whole slope: "Turn left and climb X: 60 m, up 8 m, 57 steps"."""
        entry = self.slopes[str(leg.slope_id)].entry
        name = entry.name_en if self.language is Language.EN and entry.name_en else entry.name
        key = "slope-down" if leg.direction is Direction.DOWN else "slope-up"
        words = text(f"instruction.{key}", self.language, street=name, distance=distance_text(leg.distance_m))
        rise_m = _rise_m(route, begin_m, begin_m + leg.distance_m)
        if abs(rise_m) >= 1:
            further = "and-up" if rise_m > 0 else "and-down"
            words += text(f"instruction.{further}", self.language, rise=f"{abs(rise_m):.0f}")
        if steps := count_steps(self.geometry.network, leg.walk):
            words += text("instruction.and-steps", self.language, steps=steps)
        turn = None
        if before is not None:
            turn = self.geometry.junctions.bend(before, int(leg.walk.arc[0])).turn(0)
        return [
            Instruction(
                text=self._led(turn, words, route),
                distance_m=leg.distance_m,
                duration_s=leg.duration_s,
                begin_m=begin_m,
                turn=turn,
            )
        ]

    def _led(self, turn: Turn | None, words: str, route: Route) -> str:
        """A sentence with the turn before it, or at the start of the route the direction to set out in."""
        if turn is not None:
            return _sentence(text(f"turn.{turn}", self.language, then=words))
        bearing = setting_out_deg(route.line)
        if bearing is None:
            return _sentence(words)
        compass = text(f"compass.{_COMPASS[round(bearing / 45) % 8]}", self.language)
        return _sentence(text("instruction.depart", self.language, compass=compass, then=words))


def _sentence(words: str) -> str:
    """With a capital at its begin, in languages that have them."""
    return words[:1].upper() + words[1:]


def _rise_m(route: Route, from_m: float, to_m: float) -> float:
    """Height won from one place of the route to another, 0 if a height is unknown."""
    low, high = np.interp([from_m, to_m], route.profile.distance_m, route.profile.elevation_m)
    return 0.0 if np.isnan(high - low) else float(high - low)
