"""Tiles: whole builds, the streets' archive against tippecanoe alone, slopes' tiles whole and one slope at a time.

Nothing here fails on a slow machine; the limits are printed beside the figures. Run it with ``make bench``.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from unittest import mock

import msgspec
import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))  # so that the tests' helpers are found when this file is run by itself

from guide.area.read import BuiltArea, current_build, open_area  # noqa: E402 (after the path)
from tests.bench.run import build, sources, title  # noqa: E402
from tiles import streets as street_tiles  # noqa: E402
from tiles.guide_tiles import Before, write_guide_archive  # noqa: E402
from tiles.layers.feature import MAX_ZOOM, Feature  # noqa: E402
from tiles.layers.slopes import slope_features  # noqa: E402
from tiles.layers.streets import street_features  # noqa: E402
from tiles.osm.base_map import read_base_map  # noqa: E402

SLOPES = 1000
EAST_DEG = 0.15


def main() -> None:
    """Everything, in the order a reader wants it."""
    if not (sources() / "portland").is_dir():
        print("The real areas are not here, so there is nothing to measure. Set HYAKUSAKA_SOURCES.")
        return
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        areas = {}
        for name, limit in (("portland", "10 s"), ("porto", "60 s and 1,500 MB")):
            title(f"{name.title()} with all archives, in a process of its own (at most {limit})")
            build(name, out)
            areas[name] = open_area(current_build(out, name))
            for tileset in ("guide", "streets", "relief"):
                print(f"  {tileset:<8} {size(areas[name].find_archive(tileset))}")
        title("Portland's streets and base map, against tippecanoe alone on the same features (at most 1.3 times)")
        against_tippecanoe(areas["portland"], out)
        title(f"The tiles of {SLOPES} slopes (at most 1.0 s when rebuilt), beside tippecanoe's of the same layers")
        slopes_alone(areas["portland"], out)


def size(path: Path | None) -> str:
    return "none" if path is None else f"{path.stat().st_size / 1000:,.0f} kB"


def against_tippecanoe(area: BuiltArea, out: Path) -> None:
    assert area.streets is not None
    alone_s: list[float] = []
    run = street_tiles._run  # noqa: SLF001 (what is timed is this very call)

    def timed(command: list[str], folder: Path) -> None:
        begin = time.perf_counter()
        run(command, folder)
        alone_s.append(time.perf_counter() - begin)

    base = read_base_map(sources() / "portland" / "portland.osm.pbf", area.manifest.area.bbox)
    path = out / "streets.pmtiles"
    for _ in range(3):
        with mock.patch.object(street_tiles, "_run", timed):
            begin = time.perf_counter()
            features = street_features(area.streets.network, area.streets.heights)
            street_tiles.write_street_archive(path, features, base, "bench", "nobody")
            whole_s = time.perf_counter() - begin
        ratio = whole_s / alone_s[-1]
        print(f"  ours {whole_s:.2f} s, tippecanoe alone {alone_s[-1]:.2f} s, ratio {ratio:.2f}; {size(path)}")


def many_slopes(area: BuiltArea) -> list[list[Feature]]:
    """Portland's slopes again and again, each time a little farther east, as features slope by slope."""
    lines = [list(slope_features(slope)) for slope in area.slopes if slope.line is not None]
    found: list[list[Feature]] = []
    for number in range(SLOPES):
        copy, which = divmod(number, len(lines))
        east = np.array([EAST_DEG * copy, 0.0])
        moved = (
            replace(each, key=f"{each.key}/{copy}", lng_lat=np.atleast_2d(each.lng_lat) + east) for each in lines[which]
        )
        found.append(list(moved))
    return found


def slopes_alone(area: BuiltArea, out: Path) -> None:
    slopes = many_slopes(area)
    features = flat(slopes)
    places = np.vstack([feature.lng_lat for feature in features])
    west, south = (float(each) for each in places.min(axis=0))
    east, north = (float(each) for each in places.max(axis=0))
    bounds = (west, south, east, north)
    old, new = out / "old.pmtiles", out / "new.pmtiles"
    begin = time.perf_counter()
    whole = write_guide_archive(old, features, bounds, "bench", "nobody")
    print(f"  whole: {time.perf_counter() - begin:.2f} s, {len(whole)} tiles of {len(features)} features, {size(old)}")

    slopes[0] = [replace(feature, attributes={**feature.attributes, "changed": 1}) for feature in slopes[0]]
    begin = time.perf_counter()
    made = write_guide_archive(new, flat(slopes), bounds, "bench", "nobody", Before(old, features))
    print(f"  one slope changed: {time.perf_counter() - begin:.2f} s, {len(made)} tiles encoded, the others copied")

    begin = time.perf_counter()
    theirs = by_tippecanoe(features, out)
    print(f"  tippecanoe of the same: {time.perf_counter() - begin:.2f} s, {size(theirs)}")


def flat(slopes: Sequence[Sequence[Feature]]) -> list[Feature]:
    return [feature for slope in slopes for feature in slope]


def by_tippecanoe(features: Sequence[Feature], out: Path) -> Path:
    layers = sorted({feature.layer for feature in features})
    for layer in layers:
        with (out / f"{layer}.geojsonl").open("wb") as file:
            for feature in features:
                if feature.layer == layer:
                    file.write(msgspec.json.encode(geojson(feature)) + b"\n")
    path = out / "theirs.pmtiles"
    command = [
        str(Path(sys.executable).with_name("tippecanoe")),
        "--quiet",
        "--force",
        f"--output={path}",
        "--minimum-zoom=8",
        f"--maximum-zoom={MAX_ZOOM}",
        "--drop-rate=1",
        "--no-feature-limit",
        "--no-tile-size-limit",
        *(f"--named-layer={layer}:{out / layer}.geojsonl" for layer in layers),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return path


def geojson(feature: Feature) -> dict[str, object]:
    places = feature.lng_lat.tolist()
    point = len(places) == 1
    return {
        "type": "Feature",
        "tippecanoe": {"minzoom": feature.min_zoom},
        "geometry": {"type": "Point" if point else "LineString", "coordinates": places[0] if point else places},
        "properties": feature.attributes,
    }


if __name__ == "__main__":
    main()
