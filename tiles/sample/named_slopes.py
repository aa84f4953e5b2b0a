"""The streets that are named slopes: their lines follow from the terrain's formula.

Their names are invented; most are words of mathematics. Two slopes far apart share a name on purpose.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from tiles.sample import lines
from tiles.sample.draft import Draft, Name, Part, Tags, cut
from tiles.sample.lower_town import FOOT_M
from tiles.sample.outskirts import CONTOURS_M, VALLEY_END_M
from tiles.sample.terrain import (
    SUMMIT_XY,
    Floats,
    bluff_x,
    height,
    valley_y,
)
from tiles.sample.upper_town import LANES_M, TOP_M

LEFT: Final = 1
RIGHT: Final = -1
ASPHALT: Final[Tags] = {"surface": "asphalt", "lit": "yes"}


def streets() -> tuple[Draft, ...]:
    """The streets that are named slopes, each drawn from its foot to its head."""
    return (*_bluff_roads(), *_hillside_roads(), *_far_roads())


def zaka(kanji: str, kana: str, romaji: str, english: str) -> Name:
    """The name of a street that climbs."""
    return Name(ja=f"{kanji}坂", en=f"{english} Slope", kana=f"{kana}ざか", romaji=f"{romaji}-zaka")


def _slope(line: Floats, name: Name, *, known: bool = False, kind: str = "residential", pieces: int = 1) -> Draft:
    """A street slope in ``pieces`` OSM ways; of several, every second is drawn downhill and paved otherwise."""
    bounds = tuple(lines.length(line) * number / pieces for number in range(1, pieces))
    parts = tuple(
        Part(
            line=piece,
            tags=ASPHALT if number % 2 == 0 else {"surface": "paving_stones", "lit": "no"},
            backwards=number % 2 == 1,
        )
        for number, piece in enumerate(cut(line, *bounds))
    )
    return Draft(
        parts=parts,
        tags={"highway": kind},
        name=name,
        slope=True,
        slope_id=name.romaji.lower() if known else None,
        whole=True,
    )


def past_bluff(x: float, y: float) -> bool:
    """Whether a point lies at the bluff's top street or behind it."""
    return x - float(bluff_x(np.array(y))) >= TOP_M - 1.0


def _above(height_m: float) -> Callable[[float, float], bool]:
    def reached(x: float, y: float) -> bool:
        return x >= lines.at_height(height_m, y)[0] - 1.0

    return reached


def _bluff_roads() -> tuple[Draft, ...]:
    """Roads that take the bluff aslant, each at one grade for most of its way."""

    def up(y: float, grade: float, turn: int) -> Floats:
        return lines.climb(lines.from_bluff(FOOT_M, y), grade, turn, past_bluff)

    return (
        _slope(up(-52.0, 0.16, LEFT), zaka("見本", "みほん", "Mihon", "Mihon"), known=True, pieces=3),
        _slope(up(432.0, 0.12, RIGHT), zaka("正弦", "せいげん", "Seigen", "Sine"), known=True, pieces=3),
        _slope(up(-322.0, 0.10, RIGHT), zaka("余弦", "よげん", "Yogen", "Cosine"), known=True, kind="tertiary"),
        _slope(up(-868.0, 0.18, LEFT), zaka("放物", "ほうぶつ", "Hobutsu", "Parabola"), known=True),
        _slope(up(-700.0, 0.24, LEFT), zaka("極限", "きょくげん", "Kyokugen", "Limit"), known=True),
    )


def _hillside_roads() -> tuple[Draft, ...]:
    """Roads from the terrace up the hillside, straight or aslant."""

    def straight(y: float, top: int) -> Floats:
        return lines.straight(lines.from_bluff(LANES_M[4], y), lines.at_height(CONTOURS_M[top], y))

    def aslant(y: float, grade: float, turn: int) -> Floats:
        return lines.climb(lines.at_height(CONTOURS_M[0], y), grade, turn, _above(CONTOURS_M[3]))

    return (
        _slope(straight(81.0, 3), zaka("積分", "せきぶん", "Sekibun", "Integral"), known=True, pieces=3),
        _slope(straight(227.0, 3), zaka("微分", "びぶん", "Bibun", "Derivative")),
        _slope(straight(-472.0, 2), zaka("対数", "たいすう", "Taisu", "Logarithm")),
        _slope(straight(-632.0, 3), zaka("指数", "しすう", "Shisu", "Exponential")),
        _slope(aslant(372.0, 0.11, RIGHT), zaka("楕円", "だえん", "Daen", "Ellipse")),
        _slope(aslant(-330.0, 0.13, RIGHT), zaka("双曲", "そうきょく", "Sokyoku", "Hyperbola")),
        _slope(straight(373.0, 2), zaka("例題", "れいだい", "Reidai", "Exercise")),
    )


def _far_roads() -> tuple[Draft, ...]:
    """The valley road, the summit road, and two roads behind the headland."""
    x = np.arange(float(bluff_x(np.array(-200.0))) + FOOT_M - 4.0, VALLEY_END_M + 1.0, 10.0)
    valley = np.column_stack((x, valley_y(x)))
    summit = float(height(*(np.array(part) for part in SUMMIT_XY)))
    return (
        _slope(valley[: len(x) * 2 // 3], zaka("関数", "かんすう", "Kansu", "Function"), known=True, kind="tertiary"),
        Draft(parts=(Part(line=valley[len(x) * 2 // 3 - 1 :], tags=ASPHALT),), tags={"highway": "tertiary"}),
        _slope(
            lines.hairpins(lines.at_height(CONTOURS_M[3], 330.0), 0.085, RIGHT, (*range(126, 195, 17), summit - 0.4)),
            zaka("円周", "えんしゅう", "Enshu", "Circumference"),
            known=True,
            kind="unclassified",
        ),
        _slope(
            lines.climb(lines.from_bay(172.0, 842.0), 0.14, LEFT, lambda x, y: x - lines.from_bluff(62.0, y)[0] > -1.0),
            zaka("仮説", "かせつ", "Kasetsu", "Hypothesis"),
        ),
        _slope(
            lines.climb(
                lines.from_bay(240.0, 1090.0), 0.20, RIGHT, lambda x, y: x - lines.from_bluff(62.0, y)[0] > -1.0
            ),
            zaka("例題", "れいだい", "Reidai", "Exercise"),
        ),
    )
