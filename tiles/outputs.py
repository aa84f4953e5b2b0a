"""What a build makes, and how it is laid down in the build directory."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from guide.area.arrays import Streets, write_streets
from guide.area.closure_features import closure_to_feature
from guide.area.features import encode_collection, landmark_to_feature, slope_to_detail, slope_to_feature
from guide.area.files import CLOSURES, ELEVATION, LANDMARKS, NETWORK, PROFILES, SLOPES, TOURS
from guide.area.tour_features import tour_to_feature
from guide.domain.area import Credit
from guide.domain.closure import Closure
from guide.domain.findings import Finding
from guide.domain.landmark import Landmark
from guide.domain.network import Network, NetworkHeights
from guide.domain.slope import Slope
from guide.domain.tour import Tour
from guide.terrain.crop import write_crops
from guide.terrain.mosaic import Mosaic
from tiles.archive import name_by_content
from tiles.areas import AreaSpec
from tiles.ground import Ground
from tiles.guide_tiles import guide_features, write_guide_archive
from tiles.layers.streets import street_features
from tiles.osm.base_map import Box, ground_frame
from tiles.relief.archive import write_relief_archive
from tiles.streets import write_street_archive
from tiles.verify.archive import require_sound, verify_archive


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeStreets:
    """The streets of an area with everything that was measured of them, and the ground beneath.

    ``built`` is what a service opens.
    """

    built: Streets
    elevation: Mosaic
    unknown_m: float
    ground: Ground

    @property
    def network(self) -> Network:
        """The streets themselves."""
        return self.built.network

    @property
    def heights(self) -> NetworkHeights:
        """Heights along them."""
        return self.built.heights

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """West, south, east, north of all streets, in degrees."""
        low, high = self.network.point_lng_lat.min(axis=0), self.network.point_lng_lat.max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeArea:
    """An area as values, ready to be written; ``streets`` is None where only the catalogue could be made."""

    credits: tuple[Credit, ...]
    slopes: list[Slope]
    landmarks: list[Landmark]
    tours: list[Tour]
    closures: list[Closure]
    findings: list[Finding]
    streets: MadeStreets | None = None

    def frame(self, bbox: Box) -> Box:
        """The box of the area's map: its own box and its streets, with a margin."""
        boxes = np.array([ground_frame(bbox), *([self.streets.extent] if self.streets else [])])
        west, south = boxes[:, :2].min(axis=0).tolist()
        east, north = boxes[:, 2:].max(axis=0).tolist()
        return west, south, east, north


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Each tile archive's file name by its tileset, and what was noticed in them."""

    archives: dict[str, str]
    findings: list[Finding]


def write_outputs(
    directory: Path,
    area: str,
    spec: AreaSpec,
    made: MadeArea,
    stage: Callable[[str], AbstractContextManager[None]],
) -> Written:
    """Write all files but the manifest. Every archive is verified before it has its name.

    Raises:
        BuildError: one of our own archives came out wrong; another program's is a finding.
    """
    with stage("GeoJSON"):
        details = {slope.entry.id: detail for slope in made.slopes if (detail := slope_to_detail(slope)) is not None}
        (directory / SLOPES).write_bytes(encode_collection([slope_to_feature(slope) for slope in made.slopes]))
        (directory / LANDMARKS).write_bytes(encode_collection([landmark_to_feature(each) for each in made.landmarks]))
        (directory / TOURS).write_bytes(encode_collection([tour_to_feature(each) for each in made.tours]))
        (directory / CLOSURES).write_bytes(encode_collection([closure_to_feature(each) for each in made.closures]))
        (directory / PROFILES).write_bytes(_lines(details))

    attribution = " · ".join(credit.text for credit in made.credits)
    archives = {}
    findings: list[Finding] = []
    with stage("slope tiles"):
        features = guide_features(made.slopes, made.landmarks, made.tours, made.closures)
        path = directory / "guide.pmtiles"
        title = f"{area}: slopes, landmarks, tours, closures"
        write_guide_archive(path, features, made.frame(spec.bbox), title, attribution)
        if path.is_file():
            require_sound(path)
            archives["guide"] = name_by_content(path)

    if made.streets is not None:
        with stage("street tiles"):
            path = directory / "streets.pmtiles"
            streets = street_features(made.streets.network, made.streets.heights)
            write_street_archive(path, streets, made.streets.ground.base_map, f"{area}: streets", attribution)
            findings += _noticed(path)
            archives["streets"] = name_by_content(path)
        if made.streets.ground.relief is not None:
            with stage("relief tiles"):
                path = directory / "relief.pmtiles"
                write_relief_archive(path, made.streets.ground.relief, f"{area}: relief", attribution)
                require_sound(path)
                archives["relief"] = name_by_content(path)
        with stage("elevation"):
            write_crops(made.streets.elevation, directory / ELEVATION, made.streets.extent)
        with stage("network"):
            write_streets(directory / NETWORK, made.streets.built)
    return Written(archives=archives, findings=findings)


def _noticed(path: Path) -> list[Finding]:
    """What is wrong with an archive that another program wrote: no reason to keep a town from its map."""
    report = verify_archive(path)
    if not report.count:
        return []
    first = report.problems[0]
    values = {"count": report.count, "first": f"{first.where}: {first.message}"}
    return [Finding(code="tiles.unsound", where=path.name, values=values)]


def _lines(details: dict[str, dict[str, Any]]) -> bytes:
    """One JSON object, a line a slope."""
    lines = (msgspec.json.encode(key) + b":" + msgspec.json.encode(value) for key, value in details.items())
    return b"{\n" + b",\n".join(lines) + b"\n}\n"
