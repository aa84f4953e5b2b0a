"""The upper town: curved streets on the terrace above the bluff, cut in two by the valley and joined by a bridge."""

from typing import Final

from tiles.sample import lines
from tiles.sample.draft import Draft, Name, Part, cut, road
from tiles.sample.terrain import bluff_x

TOP_M: Final = 48.0  # where the bluff ends, seen from its steepest line
BRIDGE_SOUTH_M: Final = -282.0
BRIDGE_NORTH_M: Final = -92.0
SOUTH_QUARTER: Final = (-880.0, -306.0)
NORTH_QUARTER: Final = (-72.0, 446.0)
LANES_M: Final = (TOP_M, 118.0, 188.0, 258.0, 328.0)  # behind the bluff; the third is the main street
LANE_STEP_M: Final = 74.0

TOP: Final = Name(ja="展望通り", en="Lookout Street", kana="てんぼうどおり", romaji="Tembo-dori")
MAIN: Final = Name(ja="高台通り", en="Terrace Street", kana="たかだいどおり", romaji="Takadai-dori")
BACK: Final = Name(ja="山手通り", en="Hillside Street", kana="やまてどおり", romaji="Yamate-dori")
BRIDGE: Final = Name(ja="見本大橋", en="Sample Bridge", kana="みほんおおはし", romaji="Mihon-ohashi")


def streets() -> tuple[Draft, ...]:
    """Every street of the upper town, the main ones first."""
    return (
        _main_street(),
        *(
            road("residential", lines.along(bluff_x, inland, *quarter), name, surface="asphalt", lit="yes")
            for inland, name in ((TOP_M, TOP), (LANES_M[4], BACK), (LANES_M[1], None), (LANES_M[3], None))
            for quarter in (SOUTH_QUARTER, NORTH_QUARTER)
        ),
        *(_cross_lane(quarter[0], quarter[1], number) for quarter in _quarters() for number in range(quarter[2])),
        *_closes(),
    )


def _quarters() -> tuple[tuple[float, float, int], ...]:
    """For each quarter the first cross lane's northing, its step, and how many there are."""
    return ((NORTH_QUARTER[0] + 6.0, LANE_STEP_M - 1.0, 8), (SOUTH_QUARTER[1] - 6.0, -LANE_STEP_M - 6.0, 8))


def _main_street() -> Draft:
    """The main street over the bridge, which is three ways end to end."""
    bridge = lines.along(bluff_x, LANES_M[2], BRIDGE_SOUTH_M, BRIDGE_NORTH_M)
    third = lines.length(bridge) / 3.0
    ground = {"surface": "asphalt", "lit": "yes", "sidewalk": "both"}
    aloft = {"bridge": "yes", "layer": "1", "surface": "asphalt", **BRIDGE.tags}
    south = lines.along(bluff_x, LANES_M[2], SOUTH_QUARTER[0], BRIDGE_SOUTH_M)
    north = lines.along(bluff_x, LANES_M[2], BRIDGE_NORTH_M, NORTH_QUARTER[1])
    return Draft(
        parts=(
            *(Part(line=piece, tags=ground) for piece in cut(south, 200.0, 400.0)),
            *(
                Part(line=piece, tags=aloft, layer=1, backwards=number == 1)
                for number, piece in enumerate(cut(bridge, third, 2.0 * third))
            ),
            *(Part(line=piece, tags=ground) for piece in cut(north, 180.0, 360.0)),
        ),
        tags={"highway": "secondary"},
        name=MAIN,
    )


def _cross_lane(first: float, step: float, number: int) -> Draft:
    """A lane up the terrace; every third one stops at the main street, so that not all blocks are alike."""
    y = first + step * number
    inner, outer = (LANES_M[0], LANES_M[4]) if number % 3 else (LANES_M[0], LANES_M[3])
    return road(
        "living_street" if number % 4 == 1 else "residential",
        lines.straight(lines.from_bluff(inner, y), lines.from_bluff(outer, y)),
        surface="asphalt",
    )


def _closes() -> tuple[Draft, ...]:
    """Culs-de-sac between the lanes."""
    return tuple(
        Draft(
            parts=(Part(line=lines.straight(lines.from_bluff(inland, y), lines.from_bluff(inland + 44.0, y))),),
            tags={"highway": "residential", "surface": "asphalt", "noexit": "yes"},
            whole=True,
        )
        for inland, y in (
            (LANES_M[1], 40.0),
            (LANES_M[3], 190.0),
            (LANES_M[1], 262.0),
            (LANES_M[1], -432.0),
            (LANES_M[3], -512.0),
            (LANES_M[1], -672.0),
            (LANES_M[3], -752.0),
        )
    )
