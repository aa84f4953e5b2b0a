"""What stands along the streets: landmarks, the bay, woods and the park, and the town itself."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tiles.sample import lines, terrain
from tiles.sample.draft import Tags
from tiles.sample.lower_town import PARK_BLOCKS, QUAY_M, STATION_BLOCK, avenue_inland, northing
from tiles.sample.terrain import HEADLAND_Y_M, ISLAND_RADII_M, ISLAND_XY, SUMMIT_XY, Floats
from tiles.sample.upper_town import LANES_M, TOP_M

SHORE_STEP_M: Final = 12.0

TOWN: Final[Tags] = {
    "place": "town",
    "name": "見本町",
    "name:ja": "見本町",
    "name:en": "Sample town",
    "note": "Made up by the hyakusaka project; no such place exists",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Something with tags at a point (1, 2), or over the area within a ring (n, 2) whose last point is its first."""

    tags: Tags
    xy: Floats

    @property
    def is_area(self) -> bool:
        """Whether it is drawn as a closed way."""
        return len(self.xy) > 1


def places() -> tuple[Place, ...]:
    """Everything beside streets, water and buildings."""
    return (
        Place(tags=TOWN, xy=_point(lines.from_bay(avenue_inland(1), 0.0))),
        *_sights(),
        *_comforts(),
        *_stops(),
        *_green(),
    )


def _named(ja: str, en: str, **tags: str) -> Tags:
    return {"name": ja, "name:ja": ja, "name:en": en, **tags}


def _point(place: tuple[float, float]) -> Floats:
    return np.array([place])


def rectangle(middle: tuple[float, float], size: tuple[float, float], bearing: float = 0.0) -> Floats:
    """A closed rectangle; ``bearing`` turns its first side from the east, in radians."""
    corners = 0.5 * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]) * size
    turn = np.array([(np.cos(bearing), np.sin(bearing)), (-np.sin(bearing), np.cos(bearing))])
    return np.asarray(corners @ turn + middle)


def _sights() -> tuple[Place, ...]:
    lighthouse = (float(terrain.shore_x(np.array(HEADLAND_Y_M))) + 70.0, HEADLAND_Y_M)
    museum = lines.from_bay(avenue_inland(1) - 30.0, northing(STATION_BLOCK) + 26.0)
    shrine = (ISLAND_XY[0] - 16.0, ISLAND_XY[1])
    hall = lines.from_bay(avenue_inland(2) - 30.0, northing(STATION_BLOCK) - 30.0)
    return (
        Place(tags=_named("見本山展望台", "Sample Hill Viewpoint", tourism="viewpoint"), xy=_point(SUMMIT_XY)),
        Place(
            tags=_named("港見展望台", "Harbour Viewpoint", tourism="viewpoint"),
            xy=_point(lines.from_bluff(TOP_M + 5.0, 178.0)),
        ),
        Place(
            tags=_named("南の展望台", "South Viewpoint", tourism="viewpoint"),
            xy=_point(lines.from_bluff(TOP_M + 5.0, -610.0)),
        ),
        Place(
            tags=_named("岬の展望台", "Cape Viewpoint", tourism="viewpoint"),
            xy=_point((lighthouse[0] + 90.0, HEADLAND_Y_M + 3.0)),
        ),
        Place(tags=_named("見本灯台", "Sample Lighthouse", man_made="lighthouse"), xy=_point(lighthouse)),
        Place(tags=_named("見本山", "Sample Hill", natural="peak", ele=_summit_height()), xy=_point(SUMMIT_XY)),
        Place(
            tags=_named("坂の見本館", "Museum of Sample Slopes", tourism="museum", building="yes"),
            xy=rectangle(museum, (30.0, 22.0)),
        ),
        Place(
            tags=_named("見本神社", "Sample Shrine", amenity="place_of_worship", religion="shinto", building="yes"),
            xy=rectangle(shrine, (14.0, 12.0)),
        ),
        Place(tags=_named("見本町役場", "Sample Town Hall", amenity="townhall"), xy=_point(hall)),
    )


def _summit_height() -> str:
    return f"{float(terrain.height(*(np.array(part) for part in SUMMIT_XY))):.1f}"


def _comforts() -> tuple[Place, ...]:
    """Toilets, water and benches, in a row where one walks."""
    park = (northing(PARK_BLOCKS[0]) + northing(PARK_BLOCKS[1])) / 2.0
    toilets = (
        ("駅前公衆トイレ", "Station Toilets", lines.from_bay(avenue_inland(0) - 8.0, northing(STATION_BLOCK) + 12.0)),
        ("公園公衆トイレ", "Park Toilets", lines.from_bay(avenue_inland(2) + 20.0, park + 44.0)),
        ("展望公衆トイレ", "Lookout Toilets", lines.from_bluff(TOP_M + 8.0, 160.0)),
        ("見本山公衆トイレ", "Sample Hill Toilets", (SUMMIT_XY[0] + 14.0, SUMMIT_XY[1] - 8.0)),
    )
    water = (
        ("公園の水飲み場", "Park Drinking Fountain", lines.from_bay(avenue_inland(2) + 8.0, park - 42.0)),
        ("高台の水飲み場", "Terrace Drinking Fountain", lines.from_bluff(LANES_M[2] + 7.0, 100.0)),
        ("山頂の水飲み場", "Summit Drinking Fountain", (SUMMIT_XY[0] + 9.0, SUMMIT_XY[1] + 6.0)),
    )
    benches = (
        *(
            ("展望通りのベンチ", "Lookout Street Bench", lines.from_bluff(TOP_M - 5.0, y))
            for y in range(-840, -310, 105)
        ),
        *(("展望通りのベンチ", "Lookout Street Bench", lines.from_bluff(TOP_M - 5.0, y)) for y in range(-40, 440, 95)),
        *(("岸壁のベンチ", "Quay Bench", lines.from_bay(QUAY_M - 7.0, y)) for y in range(-700, 400, 180)),
    )
    return (
        *(Place(tags=_named(ja, en, amenity="toilets"), xy=_point(at)) for ja, en, at in toilets),
        *(Place(tags=_named(ja, en, amenity="drinking_water"), xy=_point(at)) for ja, en, at in water),
        *(Place(tags=_named(ja, en, amenity="bench"), xy=_point(at)) for ja, en, at in benches),
    )


def _stops() -> tuple[Place, ...]:
    """The station, and bus stops along the harbour road and the upper town's main street."""
    harbour = enumerate(range(-760, 461, 244), start=1)
    terrace = enumerate((-800, -560, -340, -30, 180, 400), start=1)
    return (
        Place(
            tags=_named("見本駅", "Sample Station", railway="station", public_transport="station"),
            xy=_point(lines.from_bay(70.0, northing(STATION_BLOCK) - 12.0)),
        ),
        *(
            Place(tags=_named(f"港通り{n}", f"Harbour Street {n}", highway="bus_stop"), xy=_point(at))
            for n, at in ((n, lines.from_bay(QUAY_M + 5.0, y)) for n, y in harbour)
        ),
        *(
            Place(tags=_named(f"高台通り{n}", f"Terrace Street {n}", highway="bus_stop"), xy=_point(at))
            for n, at in ((n, lines.from_bluff(LANES_M[2] + 5.0, y)) for n, y in terrace)
        ),
    )


def _green() -> tuple[Place, ...]:
    """The park with its pond, the woods on the hill and on the headland."""
    south, north = northing(PARK_BLOCKS[0]) + 8.0, northing(PARK_BLOCKS[1]) - 8.0
    west, east = avenue_inland(1) + 8.0, avenue_inland(3) - 8.0
    corners = [lines.from_bay(*corner) for corner in ((west, south), (east, south), (east, north), (west, north))]
    middle = lines.from_bay((west + east) / 2.0, (south + north) / 2.0)
    ridge = float(terrain.shore_x(np.array(HEADLAND_Y_M))) + 190.0
    return (
        Place(tags=_named("見本公園", "Sample Park", leisure="park"), xy=np.array([*corners, corners[0]])),
        Place(tags=_named("見本池", "Sample Pond", natural="water"), xy=lines.ellipse(middle, (20.0, 24.0), 0.0, 1.0)),
        Place(
            tags=_named("見本山の森", "Sample Hill Wood", natural="wood"),
            xy=lines.ellipse(SUMMIT_XY, (190.0, 235.0), 0.0, 1.0),
        ),
        Place(
            tags=_named("岬の森", "Cape Wood", natural="wood"),
            xy=lines.ellipse((ridge, HEADLAND_Y_M), (125.0, 62.0), 0.0, 1.0),
        ),
    )


def coast() -> Floats:
    """The mainland's shore from north to south, land on its left, as OpenStreetMap draws coastlines."""
    y = np.arange(terrain.NORTH_M, terrain.SOUTH_M - 1.0, -SHORE_STEP_M)
    return np.column_stack((terrain.shore_x(y), y))


def island_coast() -> Floats:
    """The island's shore, anticlockwise and closed."""
    return lines.ellipse(ISLAND_XY, ISLAND_RADII_M, 0.0, 1.0)


def open_sea() -> Floats:
    """From the southern end of the coast along the edge of the map to its northern end: what closes the bay."""
    shore = coast()
    return np.array(
        [shore[-1], (terrain.WEST_M, terrain.SOUTH_M), (terrain.WEST_M, terrain.NORTH_M), shore[0]], dtype=np.float64
    )
