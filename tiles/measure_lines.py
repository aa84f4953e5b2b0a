"""``tiles measure``: any lines on any elevation model; no area is needed."""

import argparse
import math
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from guide.area.features import measures_to_wire
from guide.command_line import DONE, WRONG
from guide.domain.elevation import ElevationSource
from guide.domain.findings import Finding, Severity
from guide.domain.slope import Measures
from guide.terrain.lines import LineMeasure, measure_lines
from guide.terrain.mosaic import Mosaic
from guide.terrain.open import open_elevation
from guide.terrain.parts import sum_parts
from guide.terrain.recognise import Recognised, recognise
from guide.terrain.uncertainty import estimate_errors
from tiles.line_file import LineFeature, LineFile, encode_line_file, read_line_file, write_aside

_STATED_BY_KIND = {"gsi_tiles": "gsi", "fgd": "fgd"}
"""Kinds whose surveys carry their own names and errors: the prefix of those names."""


_PLACES = 1500
_METRES_PER_DEGREE = 111_320.0
_LEAST_COSINE = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A file of lines with what was measured, one entry a feature; None for what is no line or a bad one."""

    file: LineFile
    measures: list[Measures | None]
    sources: tuple[ElevationSource, ...]
    findings: list[Finding]

    def encode(self) -> bytes:
        """The same GeoJSON with the measures as properties of its lines, null where they are not known."""
        wires = [
            measures_to_wire(measures) if feature.is_line else None
            for feature, measures in zip(self.file.features, self.measures, strict=True)
        ]
        return encode_line_file(self.file, wires)

    def summary(self) -> dict[str, Any]:
        """What a program wants to know of the run."""
        known = [measures for measures in self.measures if measures is not None]
        return {
            "features": len(self.file.features),
            "lines": sum(feature.is_line for feature in self.file.features),
            "measured": sum(measures.mean_grade is not None for measures in known),
            "length_m": round(sum(measures.length_m for measures in known), 2),
            "elevation": [
                {"id": each.id, "resolution_m": round(each.resolution_m, 3), "sigma_m": round(each.sigma_m, 3) or None}
                for each in self.sources
            ],
            "findings": [
                {
                    "code": finding.code,
                    "where": finding.where,
                    "severity": finding.severity.value,
                    "message_ja": _sentences(finding, "ja"),
                    "message_en": _sentences(finding, "en"),
                }
                for finding in self.findings
            ],
        }


def add_command(commands: "argparse._SubParsersAction[Any]") -> None:
    """The subcommand with its arguments."""
    parser = commands.add_parser("measure", help="measure any lines on any elevation model")
    parser.add_argument("lines", type=Path, metavar="LINES.geojson", help="lines in degrees; all else in it is kept")
    parser.add_argument(
        "--dem",
        type=Path,
        nargs="+",
        action="extend",
        required=True,
        metavar="FILE",
        help="elevation files or folders, the most trusted first; they are read as one",
    )
    parser.add_argument(
        "--sigma",
        type=_metres,
        metavar="M",
        help="the vertical error (1 sigma, metres) where the model does not say; without it, it is estimated",
    )
    parser.add_argument("--crs", help="the coordinate system of GeoTIFFs that name none, as EPSG:6680")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where the result goes (default: printed)")
    parser.add_argument("--json", action="store_true", help="sum up the run as JSON (on stderr if there is no --out)")
    parser.set_defaults(run=run_measure)


def run_measure(arguments: argparse.Namespace) -> int:
    """Measure, write, and say what was noticed: a line each on stderr."""
    elevation = open_models(arguments.dem, sigma_m=arguments.sigma, crs=arguments.crs)
    measured = measure_file(arguments.lines, elevation)
    content = measured.encode()
    if arguments.out is not None:
        write_aside(arguments.out, content)
    elif not _print(content):
        return WRONG
    if arguments.json:
        target = sys.stdout if arguments.out is not None else sys.stderr
        print(msgspec.json.encode(measured.summary()).decode(), file=target)
    else:
        for finding in measured.findings:
            print(f"{finding.severity}: {finding.where}: {_sentences(finding, 'en')}", file=sys.stderr)  # noqa: T201
    return DONE


def open_models(paths: Sequence[Path], *, sigma_m: float | None = None, crs: str | None = None) -> Mosaic:
    """Elevation files and folders of any kind as one, the first trusted most.

    Args:
        paths: the files and folders.
        sigma_m: the vertical error of models that do not state theirs; 0 leaves it to be estimated.
        crs: the coordinate system of GeoTIFFs that name none.

    Raises:
        SourceError: a file is missing, broken, of no known kind, or holds no height.
        UsageError: ``crs`` is no coordinate system.
    """
    names = _Names()
    models = (model for path in paths for model in recognise(path))
    return Mosaic(
        [
            open_elevation(
                model.kind,
                model.path,
                source=ElevationSource(id=names.of(model), resolution_m=0.0, sigma_m=sigma_m or 0.0),
                crs=crs,
            )
            for model in models
        ]
    )


def measure_file(path: Path, elevation: Mosaic) -> Measured:
    """Measure every line of a GeoJSON file.

    Raises:
        SourceError: the file is no GeoJSON in degrees, or a model breaks where a line lies.
    """
    file = read_line_file(path)
    parts = [part for feature in file.features for part in feature.parts]
    lines: list[LineMeasure] = []
    sources = elevation.sources
    if parts:
        start = np.concatenate(([0], np.cumsum([len(part) for part in parts])))
        points = np.concatenate(parts)
        errors = estimate_errors(elevation, _places_around(points, elevation))
        sources = tuple(replace(each, sigma_m=error.sigma_m) for each, error in zip(sources, errors, strict=True))
        lines = measure_lines(start, points, elevation, errors=errors)
    left = iter(lines)
    per_feature = [[next(left) for _ in feature.parts] for feature in file.features]
    return Measured(
        file=file,
        measures=[_whole(each) for each in per_feature],
        sources=sources,
        findings=[
            *elevation.findings,
            *_estimated(elevation.sources, sources),
            *file.findings,
            *_of_features(file.features, per_feature),
        ],
    )


def _whole(parts: list[LineMeasure]) -> Measures | None:
    known = [(part.profile, part.measures) for part in parts if part.profile is not None and part.measures is not None]
    if not parts or len(known) < len(parts):
        return None
    return sum_parts([profile for profile, _ in known], [measures for _, measures in known])


def _of_features(features: list[LineFeature], per_feature: list[list[LineMeasure]]) -> Iterator[Finding]:
    """Findings in the order of the file, each naming its feature."""
    for feature, parts in zip(features, per_feature, strict=True):
        yield from feature.findings
        for part in parts:
            for finding in part.findings:
                yield replace(finding, where=feature.where)


def _places_around(points: NDArray[np.float64], elevation: Mosaic) -> NDArray[np.float64]:
    """(n, 2) degrees where the models' errors are looked at: the points, and if they are few the cells around them.

    A line of some hundred metres alone would meet too few cells to tell noise from ground.
    """
    side = math.ceil(math.sqrt(_PLACES / len(points)))
    cell_m = max((source.resolution_m for source in elevation.sources), default=0.0)
    steps = (np.arange(side) - (side - 1) / 2) * cell_m / _METRES_PER_DEGREE
    north, east = (axis.ravel() for axis in np.meshgrid(steps, steps))
    narrowing = np.maximum(np.cos(np.radians(points[:, 1])), _LEAST_COSINE)[:, None]
    lng, lat = points[:, :1] + east / narrowing, points[:, 1:] + north
    return np.column_stack((lng.ravel(), lat.ravel()))


def _estimated(stated: tuple[ElevationSource, ...], found: tuple[ElevationSource, ...]) -> Iterator[Finding]:
    for before, after in zip(stated, found, strict=True):
        if before.sigma_m == 0 and after.sigma_m > 0:
            values = {"sigma": f"{after.sigma_m:.2g}"}
            yield Finding(code="elevation.sigma-estimated", where=after.id, values=values, severity=Severity.INFO)


def _sentences(finding: Finding, language: str) -> str:
    return " ".join(filter(None, (finding.message(language), finding.mend(language))))


class _Names:
    """Names for models: the file's own, numbered where two are the same."""

    def __init__(self) -> None:
        self._count: dict[str, int] = {}

    def of(self, model: Recognised) -> str:
        """The name of the next model."""
        name = _STATED_BY_KIND.get(model.kind) or Path(model.path.name.removesuffix(".zip")).stem or "dem"
        self._count[name] = self._count.get(name, 0) + 1
        return name if self._count[name] == 1 else f"{name}-{self._count[name]}"


def _metres(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is no error in metres above 0")
    return value


def _print(content: bytes) -> bool:
    """Write to stdout as bytes; False where the reader has gone."""
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Python flushes once more at its end; that must find somewhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True
