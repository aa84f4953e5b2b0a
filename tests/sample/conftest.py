from dataclasses import dataclass
from pathlib import Path

import numpy as np
import osmium
import pytest
from numpy.typing import NDArray

from tiles.sample import plane
from tiles.sample.write import write_sample


@dataclass(frozen=True)
class Extract:
    """What a reader finds in the written file: positions on the plane by node id, tags by node, ways, relations."""

    xy: dict[int, tuple[float, float]]
    node_tags: dict[int, dict[str, str]]
    ways: list[tuple[tuple[int, ...], dict[str, str]]]
    relations: list[dict[str, str]]

    def streets(self) -> list[tuple[tuple[int, ...], dict[str, str]]]:
        return [(refs, tags) for refs, tags in self.ways if "highway" in tags]

    def walkable(self) -> list[tuple[tuple[int, ...], dict[str, str]]]:
        return [(refs, tags) for refs, tags in self.streets() if not tags["highway"].startswith("motorway")]

    def line(self, refs: tuple[int, ...]) -> NDArray[np.float64]:
        return np.array([self.xy[ref] for ref in refs])


@pytest.fixture(scope="session")
def sample_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("sample")
    write_sample(directory)
    return directory


@pytest.fixture(scope="session")
def extract(sample_files: Path) -> Extract:
    lng_lat: dict[int, tuple[float, float]] = {}
    node_tags: dict[int, dict[str, str]] = {}
    ways: list[tuple[tuple[int, ...], dict[str, str]]] = []
    relations: list[dict[str, str]] = []
    for thing in osmium.FileProcessor(str(sample_files / "sample.osm.pbf")):
        tags = {tag.k: tag.v for tag in thing.tags}
        if isinstance(thing, osmium.osm.Node):
            lng_lat[thing.id] = (thing.location.lon, thing.location.lat)
            node_tags[thing.id] = tags
        elif isinstance(thing, osmium.osm.Way):
            ways.append((tuple(node.ref for node in thing.nodes), tags))
        else:
            relations.append(tags)
    xy = plane.to_plane(np.array(list(lng_lat.values())))
    return Extract(
        xy=dict(zip(lng_lat, map(tuple, xy.tolist()), strict=True)), node_tags=node_tags, ways=ways, relations=relations
    )
