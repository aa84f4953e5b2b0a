"""Around the town: the hillside's contour streets, the cove, the headland, the island and the motorway."""

from typing import Final

import numpy as np

from tiles.sample import lines
from tiles.sample.draft import Draft, Name, Part, cut, road
from tiles.sample.terrain import HEADLAND_Y_M, ISLAND_RADII_M, ISLAND_XY, bay_x, bluff_x, shore_x, valley_y

CONTOURS_M: Final = (68.0, 82.0, 96.0, 110.0)
TERRACE_M: Final = 59.0  # a contour street between terrace and hillside
VALLEY_END_M: Final = 1004.0
RING: Final = 0.87  # of the island's radii
COVE: Final = (830.0, 1110.0)
MOTORWAY_NAME: Final = Name(
    ja="見本自動車道", en="Sample Expressway", kana="みほんじどうしゃどう", romaji="Mihon-jidoshado"
)
TERRACES: Final = (
    Name(ja="段丘一の道", en="Terrace Lane One", kana="だんきゅういちのみち", romaji="Dankyu-ichi-no-michi"),
    Name(ja="段丘二の道", en="Terrace Lane Two", kana="だんきゅうにのみち", romaji="Dankyu-ni-no-michi"),
    Name(ja="段丘三の道", en="Terrace Lane Three", kana="だんきゅうさんのみち", romaji="Dankyu-san-no-michi"),
    Name(ja="段丘四の道", en="Terrace Lane Four", kana="だんきゅうよんのみち", romaji="Dankyu-yon-no-michi"),
)


def streets() -> tuple[Draft, ...]:
    """Every street outside the two towns, the main ones first."""
    return (*_hillside(), *_cove(), *_headland(), *_island(), *_motorway())


def _hillside() -> tuple[Draft, ...]:
    """Contour streets, the first one from end to end of the land, and lanes straight up between them."""
    spans = ((-960.0, 1100.0), (-860.0, 430.0), (-820.0, 400.0), (-700.0, 380.0))
    lanes = (
        (-790.0, 0, 2),
        (-560.0, 0, 2),
        (-500.0, 1, 3),
        (-345.0, 0, 2),
        (-20.0, 0, 2),
        (120.0, 0, 1),
        (300.0, 0, 2),
    )
    return (
        *(
            road("residential", lines.level(TERRACE_M, *span))
            for span in ((-868.0, -306.0), (-60.0, 446.0), (848.0, 1096.0))
        ),
        *(
            road("residential", lines.level(height, *span), name, surface="asphalt")
            for height, span, name in zip(CONTOURS_M, spans, TERRACES, strict=True)
        ),
        *(
            road(
                "residential",
                lines.straight(lines.at_height(CONTOURS_M[low], y), lines.at_height(CONTOURS_M[high], y)),
                surface="asphalt",
            )
            for y, low, high in lanes
        ),
        *(
            road("residential", lines.straight(lines.from_bluff(328.0, y), lines.at_height(CONTOURS_M[0], y)))
            for y in (-868.0, -712.0, -392.0, 8.0, 154.0, 445.0)
        ),
        road("path", lines.level(24.0, -66.0, 440.0, beyond_m=150.0), surface="ground", lit="no"),
    )


def _cove() -> tuple[Draft, ...]:
    """A fishing hamlet behind the headland, and the street above its bluff."""
    return (
        *(road("residential", lines.along(bay_x, inland, *COVE), surface="asphalt") for inland in (100.0, 172.0)),
        *(
            road("residential", lines.straight(lines.from_bay(28.0, y), lines.from_bay(inland, y)))
            for y, inland in ((838.0, 172.0), (900.0, 172.0), (962.0, 240.0), (1030.0, 172.0), (1098.0, 240.0))
        ),
        road("residential", lines.along(bluff_x, 62.0, 700.0, 1110.0), surface="asphalt"),
        road("residential", lines.straight(lines.from_bluff(62.0, 1096.0), lines.at_height(CONTOURS_M[0], 1096.0))),
        *(
            road("residential", lines.straight(lines.from_bluff(62.0, y), lines.at_height(CONTOURS_M[0], y)))
            for y in (860.0, 930.0, 1010.0)
        ),
        road("residential", lines.along(bluff_x, 150.0, 860.0, 1096.0)),
        road("residential", lines.along(bluff_x, 240.0, 860.0, 1096.0)),
    )


def _headland() -> tuple[Draft, ...]:
    """A path along the ridge from the upper town to the lighthouse, and one over the ridge to the cove."""
    point = float(shore_x(np.array(HEADLAND_Y_M))) + 78.0
    start = lines.from_bluff(48.0, 440.0)
    line = lines.straight(
        start,
        (start[0] - 10.0, HEADLAND_Y_M - 110.0),
        (start[0] - 60.0, HEADLAND_Y_M - 30.0),
        (start[0] - 130.0, HEADLAND_Y_M),
        (point, HEADLAND_Y_M),
    )
    over = lines.straight(lines.from_bluff(62.0, 700.0), (start[0] - 100.0, HEADLAND_Y_M - 16.0))
    return (
        road("path", line, surface="ground", lit="no"),
        road("path", over, surface="ground", lit="no"),
    )


def _island() -> tuple[Draft, ...]:
    """A road around the island and a lane across; no bridge leads there."""
    radii = (RING * ISLAND_RADII_M[0], RING * ISLAND_RADII_M[1])
    ring = Name(ja="島一周道", en="Island Loop", kana="しまいっしゅうどう", romaji="Shima-isshudo")
    inner = lines.ellipse(ISLAND_XY, _inner_radii(), -0.28, 0.28)
    return (
        *(
            road("residential", lines.ellipse(ISLAND_XY, radii, turn, turn + 0.25), ring, surface="asphalt")
            for turn in (0.0, 0.25, 0.5, 0.75)
        ),
        road("footway", inner, surface="ground"),
        *(
            road(
                "footway",
                lines.straight(*(tuple(lines.ellipse(ISLAND_XY, r, turn, turn)[0]) for r in (_inner_radii(), radii))),
            )
            for turn in (-0.25, 0.25)
        ),
    )


def _inner_radii() -> tuple[float, float]:
    return 0.62 * ISLAND_RADII_M[0], 0.62 * ISLAND_RADII_M[1]


def _motorway() -> tuple[Draft, ...]:
    """A motorway behind the hill and its link to the valley road; nobody walks on either."""
    y = np.arange(-1190.0, 1191.0, 20.0)
    lane = np.column_stack((1240.0 + 70.0 * np.sin(y / 380.0), y))
    link = lines.straight(
        (VALLEY_END_M, float(valley_y(np.array(VALLEY_END_M)))),
        (1150.0, -150.0),
        (float(np.interp(-40.0, y, lane[:, 0])), -40.0),
    )
    return (
        Draft(
            parts=tuple(
                Part(line=piece, tags={"oneway": "yes", "surface": "asphalt"}) for piece in cut(lane, 800.0, 1600.0)
            ),
            tags={"highway": "motorway"},
            name=MOTORWAY_NAME,
        ),
        road("motorway_link", link, surface="asphalt", oneway="no"),
    )
