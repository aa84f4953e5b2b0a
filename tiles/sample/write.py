"""The sample town as files: an OpenStreetMap extract and an elevation model."""

from pathlib import Path
from typing import Final

import numpy as np
import osmium

from guide.files import aside
from guide.terrain.geotiff_write import write_geotiff
from tiles.sample import places, plane, terrain
from tiles.sample.buildings import buildings
from tiles.sample.draft import Tags
from tiles.sample.places import Place
from tiles.sample.streets import DEGREE_DIGITS, Streets, streets
from tiles.sample.terrain import Floats

OSM_FILE: Final = "sample.osm.pbf"
DEM_FILE: Final = "sample-dem.tif"
CELL_M: Final = 5.0


def write_sample(directory: Path) -> None:
    """Write ``sample.osm.pbf`` and ``sample-dem.tif`` into ``directory``; every run gives the same bytes.

    Each file is written aside and takes its name when it is whole.
    """
    directory.mkdir(parents=True, exist_ok=True)
    write_osm(directory / OSM_FILE)
    write_dem(directory / DEM_FILE)


def write_dem(path: Path) -> None:
    """Write the terrain as a GeoTIFF of 5 m cells; water is no-data, so that no height is invented there."""
    write_geotiff(
        path,
        elevation_m=terrain.elevation_grid(CELL_M).astype(np.float32),
        crs=plane.CRS,
        west=terrain.WEST_M,
        north=terrain.NORTH_M,
        cell_size=CELL_M,
    )


def write_osm(path: Path) -> None:
    """Write streets, landmarks, houses and water as an OSM file without authors or times."""
    extract = _Extract(streets())
    for place in (*places.places(), *buildings()):
        extract.add(place)
    extract.add_bay()
    header = osmium.io.Header()
    header.set("generator", "hyakusaka sample town (made up)")
    west, south, east, north = bounds()
    header.add_box(osmium.osm.Box(west, south, east, north))
    with (
        aside(path) as beside,
        osmium.SimpleWriter(osmium.io.File(str(beside), "pbf,add_metadata=none"), header=header) as writer,
    ):
        for node in extract.nodes:
            writer.add_node(node)
        for way in extract.ways:
            writer.add_way(way)
        for relation in extract.relations:
            writer.add_relation(relation)


def bounds() -> tuple[float, float, float, float]:
    """West, south, east and north of the map, in degrees."""
    corners = [(x, y) for x in (terrain.WEST_M, terrain.EAST_M) for y in (terrain.SOUTH_M, terrain.NORTH_M)]
    lng_lat = plane.to_lng_lat(np.array(corners))
    west, south = lng_lat.min(axis=0).tolist()
    east, north = lng_lat.max(axis=0).tolist()
    return west, south, east, north


class _Extract:
    """OSM objects with numbers given in the order of adding: nodes, ways and relations each from 1."""

    def __init__(self, network: Streets) -> None:
        self.nodes: list[osmium.osm.mutable.Node] = []
        self.ways: list[osmium.osm.mutable.Way] = []
        self.relations: list[osmium.osm.mutable.Relation] = []
        for lng_lat in network.lng_lat:
            self._node(lng_lat)
        for way in network.ways:
            self._way((way.nodes + 1).tolist(), way.tags)

    def add(self, place: Place) -> None:
        """Add a landmark or an area."""
        if place.is_area:
            self._way(self._ring(place.xy), place.tags)
        else:
            self._node(plane.to_lng_lat(place.xy)[0], place.tags)

    def add_bay(self) -> None:
        """Add the bay: two coastlines, and the water between them and the edge of the map."""
        coast = [self._node(lng_lat) for lng_lat in plane.to_lng_lat(places.coast())]
        sea = [self._node(lng_lat) for lng_lat in plane.to_lng_lat(places.open_sea()[1:-1])]
        coastline = {"natural": "coastline"}
        members = [
            ("w", self._way(coast, coastline), "outer"),
            ("w", self._way([coast[-1], *sea, coast[0]], {}), "outer"),
            ("w", self._way(self._ring(places.island_coast()), coastline), "inner"),
        ]
        tags = {"type": "multipolygon", "natural": "water", "water": "bay", "name": "見本湾", "name:en": "Sample Bay"}
        self.relations.append(osmium.osm.mutable.Relation(id=1, members=members, tags=tags))

    def _ring(self, xy: Floats) -> list[int]:
        nodes = [self._node(lng_lat) for lng_lat in plane.to_lng_lat(xy[:-1])]
        return [*nodes, nodes[0]]

    def _node(self, lng_lat: Floats, tags: Tags | None = None) -> int:
        number = len(self.nodes) + 1
        longitude, latitude = np.round(lng_lat, DEGREE_DIGITS).tolist()
        self.nodes.append(osmium.osm.mutable.Node(id=number, location=(longitude, latitude), tags=dict(tags or {})))
        return number

    def _way(self, nodes: list[int], tags: Tags) -> int:
        number = len(self.ways) + 1
        self.ways.append(osmium.osm.mutable.Way(id=number, nodes=nodes, tags=dict(tags)))
        return number
