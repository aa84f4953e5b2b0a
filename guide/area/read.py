"""Opening a built area."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from guide.area.arrays import Streets, read_streets
from guide.area.closure_features import closure_from_feature
from guide.area.features import landmark_from_feature, slope_from_feature
from guide.area.files import CLOSURES, CURRENT, LANDMARKS, MANIFEST, NETWORK, PROFILES, SLOPES, TOURS
from guide.area.manifest import Manifest, read_manifest
from guide.area.tour_features import tour_from_feature
from guide.domain.closure import Closure
from guide.domain.errors import NotBuiltError
from guide.domain.landmark import Landmark
from guide.domain.slope import Slope
from guide.domain.tour import Tour


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltArea:
    """A built area as the service sees it. ``streets`` is None where only the catalogue could be built."""

    directory: Path
    manifest: Manifest
    slopes: tuple[Slope, ...]
    landmarks: tuple[Landmark, ...]
    tours: tuple[Tour, ...]
    closures: tuple[Closure, ...]
    streets: Streets | None

    def find_archive(self, name: str) -> Path | None:
        """The file of a tile archive, if the build has it."""
        file = self.manifest.archives.get(name)
        return None if file is None else self.directory / file


def list_built_areas(build_root: Path) -> list[str]:
    """The ids of all areas under ``build_root`` that have something to serve, in order."""
    return sorted(path.parent.parent.name for path in build_root.glob(f"*/{CURRENT}/{MANIFEST}"))


def current_build(build_root: Path, area: str) -> Path:
    """The directory of the build that is served now.

    Raises:
        NotBuiltError: the area has none.
    """
    link = build_root / area / CURRENT
    if not link.is_dir():
        raise NotBuiltError(f"The area {area!r} has not been built. Run: python -m tiles build {area}")
    return link.resolve()


def open_area(directory: Path) -> BuiltArea:
    """Open one build.

    Raises:
        NotBuiltError: a file is missing or damaged, or of another schema.
    """
    manifest = read_manifest(directory)
    details: dict[str, Any] = _read_json(directory / PROFILES)
    try:
        slopes = tuple(
            slope_from_feature(feature, details.get(feature["id"]))
            for feature in _read_json(directory / SLOPES)["features"]
        )
        landmarks = tuple(landmark_from_feature(feature) for feature in _read_json(directory / LANDMARKS)["features"])
        tours = tuple(tour_from_feature(feature) for feature in _read_json(directory / TOURS)["features"])
        closures = tuple(closure_from_feature(feature) for feature in _read_json(directory / CLOSURES)["features"])
    except (KeyError, TypeError, ValueError) as error:
        raise NotBuiltError(
            f"{directory}: slopes, landmarks, tours or closures are damaged ({error}). Build the area again."
        ) from error
    streets = None
    if (directory / NETWORK).is_dir():
        streets = read_streets(directory / NETWORK)
    return BuiltArea(
        directory=directory,
        manifest=manifest,
        slopes=slopes,
        landmarks=landmarks,
        tours=tours,
        closures=closures,
        streets=streets,
    )


def _read_json(path: Path) -> Any:  # noqa: ANN401 (JSON is any)
    try:
        return msgspec.json.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        raise NotBuiltError(f"{path}: cannot be read ({error}). Build the area again.") from error
