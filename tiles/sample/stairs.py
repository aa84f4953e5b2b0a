"""The stairs: straight up the bluff, out of the valley, to the summit, up the headland and on the island.

Their steps are counted when the network is done, from the rise between the ends they then have.
"""

import numpy as np

from tiles.sample import lines
from tiles.sample.draft import Draft, Name, Part, Tags, cut
from tiles.sample.lower_town import CROSS_STREETS, FOOT_M, avenue_inland, northing
from tiles.sample.outskirts import CONTOURS_M, RING
from tiles.sample.terrain import HEADLAND_Y_M, ISLAND_RADII_M, ISLAND_XY, SUMMIT_XY, Floats, valley_y
from tiles.sample.upper_town import TOP_M


def streets() -> tuple[Draft, ...]:
    """The stairs with the footways at their ends, each drawn from its foot to its head."""
    return (*_bluff_stairs(), *_far_stairs())


def kaidan(kanji: str, kana: str, romaji: str, english: str) -> Name:
    """The name of a stair."""
    return Name(ja=f"{kanji}階段", en=f"{english} Steps", kana=f"{kana}かいだん", romaji=f"{romaji}-kaidan")


def stair(line: Floats, name: Name | None, *bounds: float, known: bool = False, tags: Tags | None = None) -> Draft:
    """A stair between two pieces of footway, cut from ``line`` at two distances; without them a stair only."""
    pieces = cut(line, *bounds)
    steps_at = len(pieces) // 2
    parts = tuple(
        Part(line=piece, tags={"highway": "steps", **(tags or {})} if number == steps_at else {"highway": "footway"})
        for number, piece in enumerate(pieces)
    )
    slug = name.romaji.lower() if name and known else None
    return Draft(
        parts=parts, tags={"surface": "concrete"}, name=name, slope=name is not None, slope_id=slug, whole=True
    )


def up_the_bluff(y: float) -> Floats:
    """Straight from the street below the bluff to the one above it."""
    return lines.straight(lines.from_bluff(FOOT_M, y), lines.from_bluff(TOP_M, y))


def _bluff_stairs() -> tuple[Draft, ...]:
    """Stairs straight up the bluff: three with names, the others without."""
    prime = kaidan("素数", "そすう", "Sosu", "Prime")
    sequence = kaidan("数列", "すうれつ", "Suretsu", "Sequence")
    integer = kaidan("整数", "せいすう", "Seisu", "Integer")
    plain = {330.0: {"handrail": "yes"}, 60.0: {}, -420.0: {"handrail": "left"}, -540.0: {}, -800.0: {"handrail": "no"}}
    return (
        stair(up_the_bluff(12.0), sequence, known=True, tags={"handrail": "yes", "lit": "yes"}),
        stair(up_the_bluff(242.0), integer, 20.0, 76.0, tags={"handrail": "both"}),
        stair(up_the_bluff(-360.0), prime, 16.0, 82.0, known=True, tags={"handrail": "yes"}),
        stair(up_the_bluff(404.0), None, tags={"oneway:foot": "yes"}),
        *(stair(up_the_bluff(y), None, 14.0, 80.0, tags=tags) for y, tags in plain.items()),
    )


def _far_stairs() -> tuple[Draft, ...]:
    """Stairs out of the valley, to the summit, up the headland and on the island."""
    bottom = float(valley_y(np.array(-90.0)))
    mouth = lines.from_bay(avenue_inland(0) + 20.0, northing(CROSS_STREETS - 1))
    return (
        stair(
            lines.straight((-90.0, bottom), (-90.0, bottom + 130.0)),
            kaidan("階乗", "かいじょう", "Kaijo", "Factorial"),
            12.0,
            72.0,
            tags={"handrail": "yes"},
        ),
        stair(lines.straight((-60.0, bottom), (-60.0, bottom - 126.0)), None, 12.0, 72.0),
        stair(
            lines.straight(lines.at_height(CONTOURS_M[3], SUMMIT_XY[1]), SUMMIT_XY),
            kaidan("無限", "むげん", "Mugen", "Infinite"),
            60.0,
            190.0,
            tags={"handrail": "right"},
        ),
        stair(
            lines.straight(mouth, (mouth[0], HEADLAND_Y_M)),
            kaidan("黄金", "おうごん", "Ogon", "Golden"),
            112.0,
            190.0,
            tags={"handrail": "yes"},
        ),
        stair(
            lines.straight((ISLAND_XY[0] + RING * ISLAND_RADII_M[0], ISLAND_XY[1]), ISLAND_XY),
            kaidan("虚数", "きょすう", "Kyosu", "Imaginary"),
            16.0,
            100.0,
        ),
    )
