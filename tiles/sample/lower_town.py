"""The lower town: a grid between the bay and the bluff, its harbour road, its tunnel and its railway."""

from typing import Final

from tiles.sample import lines
from tiles.sample.draft import Draft, Name, Part, cut, road
from tiles.sample.terrain import HEADLAND_Y_M, bay_x, bluff_x

SOUTH_END_M: Final = -820.0
BLOCK_M: Final = 62.0
CROSS_STREETS: Final = 21
FOOT_M: Final = -48.0  # where the bluff begins, seen from its steepest line
QUAY_M: Final = 28.0
TUNNEL_HALF_M: Final = 165.0

AVENUES: Final = (
    Name(ja="一条通り", en="First Avenue", kana="いちじょうどおり", romaji="Ichijo-dori"),
    Name(ja="二条通り", en="Second Avenue", kana="にじょうどおり", romaji="Nijo-dori"),
    Name(ja="三条通り", en="Third Avenue", kana="さんじょうどおり", romaji="Sanjo-dori"),
    Name(ja="四条通り", en="Fourth Avenue", kana="しじょうどおり", romaji="Shijo-dori"),
    Name(ja="五条通り", en="Fifth Avenue", kana="ごじょうどおり", romaji="Gojo-dori"),
)
HARBOUR: Final = Name(ja="港通り", en="Harbour Street", kana="みなとどおり", romaji="Minato-dori")
FOOT: Final = Name(ja="崖下通り", en="Underbluff Street", kana="がけしたどおり", romaji="Gakeshita-dori")
STATION: Final = Name(ja="駅前通り", en="Station Street", kana="えきまえどおり", romaji="Ekimae-dori")
TUNNEL: Final = Name(ja="見本トンネル", en="Sample Tunnel", kana="みほんとんねる", romaji="Mihon-tonneru")

PARK_BLOCKS: Final = (6, 8)  # between these cross streets and the second and fourth avenues lies the park
STATION_BLOCK: Final = 14
ONE_WAY_BLOCKS: Final = (9, 10)


def northing(block: int) -> float:
    """Where cross street number ``block`` runs."""
    return SOUTH_END_M + BLOCK_M * block


def avenue_inland(number: int) -> float:
    """How far from the bay's rim avenue ``number`` (0 to 4) runs."""
    return 95.0 + 64.0 * number


def streets() -> tuple[Draft, ...]:
    """Every street of the lower town, the main ones first."""
    return (
        _harbour_road(),
        road("residential", lines.along(bluff_x, FOOT_M, -880.0, 452.0), FOOT, surface="asphalt", lit="yes"),
        *_avenues(),
        *(_cross_street(block) for block in range(CROSS_STREETS)),
        *_park_paths(),
        _factory_drive(),
        _railway(),
    )


def _harbour_road() -> Draft:
    mouth_south, mouth_north = HEADLAND_Y_M - TUNNEL_HALF_M, HEADLAND_Y_M + TUNNEL_HALF_M
    tunnel = lines.along(bay_x, QUAY_M, mouth_south, mouth_north)
    road_tags = {"surface": "asphalt", "lit": "yes", "sidewalk": "both"}
    return Draft(
        parts=(
            *(
                Part(line=piece, tags=road_tags)
                for piece in cut(lines.along(bay_x, QUAY_M, -1150.0, mouth_south), 330.0, 660.0, 990.0, 1320.0)
            ),
            Part(line=tunnel, tags={"tunnel": "yes", "layer": "-1", **road_tags, **TUNNEL.tags}, layer=-1),
            Part(line=lines.along(bay_x, QUAY_M, mouth_north, 1150.0), tags=road_tags),
        ),
        tags={"highway": "secondary"},
        name=HARBOUR,
    )


def _avenues() -> tuple[Draft, ...]:
    """Avenues with the bay's curve; the third ends at the park and begins again behind it."""
    whole = ((northing(0), northing(20)),)
    beside_park = ((northing(0), northing(PARK_BLOCKS[0])), (northing(PARK_BLOCKS[1]), northing(20)))
    return tuple(
        road(
            "tertiary" if number == 1 else "residential",
            lines.along(bay_x, avenue_inland(number), south, north),
            name,
            surface="asphalt",
            lit="yes",
        )
        for number, name in enumerate(AVENUES)
        for south, north in (beside_park if number == 2 else whole)  # noqa: PLR2004 - the third
    )


def _cross_street(block: int) -> Draft:
    """A street from the quay to the bluff; every second one stops short of the bluff at the fifth avenue."""
    y = northing(block)
    inland = avenue_inland(4)
    end = lines.from_bluff(FOOT_M, y) if block % 2 == 0 or block == STATION_BLOCK + 1 else lines.from_bay(inland, y)
    if PARK_BLOCKS[0] < block < PARK_BLOCKS[1]:
        return road("residential", lines.straight(lines.from_bay(QUAY_M, y), lines.from_bay(avenue_inland(1), y)))
    tags = {"surface": "asphalt", "lit": "yes" if block % 3 else "no"}
    if block in ONE_WAY_BLOCKS:
        tags |= {"oneway": "yes"}
    name = STATION if block == STATION_BLOCK else None
    kind = "tertiary" if name else "residential"
    return road(kind, lines.straight(lines.from_bay(QUAY_M, y), end), name, **tags)


def _park_paths() -> tuple[Draft, ...]:
    south, north = northing(PARK_BLOCKS[0]), northing(PARK_BLOCKS[1])
    west, east = avenue_inland(1), avenue_inland(3)
    middle = lines.from_bay((west + east) / 2.0, (south + north) / 2.0)
    ring = lines.ellipse(middle, (34.0, 36.0), 0.0, 1.0)
    half = len(ring) // 2 + 1
    corners = tuple(lines.from_bay(inland, y) for inland in (west, east) for y in (south, north))
    return (
        *(road("footway", arc, surface="fine_gravel") for arc in (ring[:half], ring[half - 1 :])),
        *(
            road("footway", lines.straight(corner, _toward(corner, middle, 36.0)), surface="fine_gravel")
            for corner in corners
        ),
    )


def _toward(start: tuple[float, float], goal: tuple[float, float], short_m: float) -> tuple[float, float]:
    """The point ``short_m`` before ``goal`` on the way from ``start``."""
    east, north = goal[0] - start[0], goal[1] - start[1]
    share = 1.0 - short_m / (east**2 + north**2) ** 0.5
    return start[0] + share * east, start[1] + share * north


def _factory_drive() -> Draft:
    """A private drive to the quay in the south."""
    y = northing(0) - 150.0
    start = lines.from_bay(QUAY_M, y)
    return road(
        "service",
        lines.straight(start, lines.from_bay(150.0, y), lines.from_bay(150.0, y - 90.0)),
        access="private",
        surface="concrete",
    )


def _railway() -> Draft:
    """One track along the quay that ends at the station; streets cross it on the level."""
    line = lines.along(bay_x, 62.0, -1180.0, northing(STATION_BLOCK) - 12.0)
    return Draft(parts=(Part(line=line),), tags={"railway": "rail"}, whole=True, joined=False)
