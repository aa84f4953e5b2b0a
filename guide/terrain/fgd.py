"""Fundamental Geospatial Data (基盤地図情報): a folder, a zip or one XML file of Japanese elevations as one model.

The meshes of one survey (5A, 10B, …) lie on one grid and are read as one raster, each when it is first needed.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from guide.domain.elevation import Elevation, ElevationSource
from guide.domain.errors import SourceError
from guide.domain.findings import Finding
from guide.terrain.fgd_xml import FgdPlace, read_heights, read_place
from guide.terrain.mosaic import Mosaic
from guide.terrain.plausible import blank_implausible, implausible_finding
from guide.terrain.reader import Georeference, RasterReader, positions, with_resolution

FGD_SIGMA_M = {"1A": 0.3, "5A": 0.3, "5B": 0.7, "5C": 1.4, "10A": 2.5, "10B": 5.0}
"""Vertical error (1 sigma, metres) of each survey, best first: laser (1A, 5A), photographs, contour lines.

1A and 5A: where a laser point lies in the cell; elsewhere up to 2.0, and the files do not say where that is.
"""

_SURVEY = re.compile(r"DEM(1A|5A|5B|5C|10A|10B)", re.IGNORECASE)
_MAX_XML_BYTES = 100 << 20
"""Four times the largest real file; more is a bomb."""

_MAX_FILES = 20_000
_CACHED_FILES = 64
_METRES_PER_DEGREE = 111_320.0
_DAMAGED = (OSError, ValueError, EOFError, RuntimeError, zlib.error, zipfile.BadZipFile)


@dataclass(frozen=True, slots=True)
class _Mesh:
    """One XML file: on its own, or a member of a zip."""

    path: Path
    member: str | None

    @property
    def name(self) -> str:
        return self.member or self.path.name

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        try:
            if self.member is None:
                with self.path.open("rb") as file:
                    yield file
            else:
                with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as file:
                    yield file  # type: ignore[misc] # an IO[bytes] that reads is all that is needed
        except _DAMAGED as error:
            raise SourceError(f"{self.path.name} is damaged: download it again.") from error


class FgdSurvey(RasterReader):
    """The meshes of one survey as one raster over the world's grid of its cell size."""

    def __init__(self, meshes: dict[_Mesh, FgdPlace], *, source: ElevationSource) -> None:
        self._meshes = meshes
        self._per_degree = next(iter(meshes.values())).per_degree
        self._findings: dict[str, Finding] = {}
        self._heights = lru_cache(maxsize=_CACHED_FILES)(self._load)
        self._source = with_resolution(source, _METRES_PER_DEGREE / self._per_degree)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was noticed in the meshes read so far."""
        return tuple(self._findings.values())

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the world."""
        return 180 * self._per_degree, 360 * self._per_degree

    def read(self, rows: slice, cols: slice) -> NDArray[np.float64]:
        """The heights of a window in metres, put together from the meshes it touches.

        Raises:
            SourceError: one of them is damaged.
        """
        window = np.full((rows.stop - rows.start, cols.stop - cols.start), np.nan)
        for mesh, place in self._meshes.items():
            top, bottom = max(rows.start, place.top), min(rows.stop, place.top + place.rows)
            left, right = max(cols.start, place.left), min(cols.stop, place.left + place.cols)
            if top >= bottom or left >= right:
                continue
            part = self._heights(mesh)[top - place.top : bottom - place.top, left - place.left : right - place.left]
            target = window[top - rows.start : bottom - rows.start, left - cols.start : right - cols.start]
            # Two deliveries of one mesh: the first that knows a cell gives it.
            np.copyto(target, part, where=np.isnan(target))
        return window

    @property
    def georeference(self) -> Georeference:
        """Where the world's grid lies."""
        cell = 1 / self._per_degree
        return Georeference(crs="EPSG:4326", transform=(cell, 0.0, -180.0, 0.0, -cell, 90.0))

    def cells_at(self, lng_lat: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Fractional rows and columns (n,) of points (n, 2)."""
        lng, lat = positions(lng_lat)
        return (90 - lat) * self._per_degree - 0.5, (lng + 180) * self._per_degree - 0.5

    def _load(self, mesh: _Mesh) -> NDArray[np.float64]:
        with mesh.open() as file:
            height_m = read_heights(file, mesh.name).astype(np.float64)
        impossible = blank_implausible(height_m)
        if impossible is not None:
            finding = implausible_finding(mesh.name, impossible)
            self._findings.setdefault(finding.code, finding)
        return height_m


def open_fgd(path: Path, *, source: ElevationSource) -> Mosaic:
    """All surveys found in ``path``, best first, fading into each other.

    Args:
        path: an XML file, a zip of them, or a folder of either (folders inside it too).
        source: its id names the models (``fgd`` gives ``fgd-dem5a``, …), whose errors are the Authority's own; its
            error counts only for files whose names do not tell their survey.

    Raises:
        SourceError: there is no readable elevation file.
    """
    surveys: dict[tuple[str, int], dict[_Mesh, FgdPlace]] = {}
    for mesh in _find(path):
        with mesh.open() as file:
            place = read_place(file, mesh.name)
        found = _SURVEY.search(mesh.name) or _SURVEY.search(mesh.path.name)
        survey = found[1].upper() if found else ""
        surveys.setdefault((survey, place.per_degree), {})[mesh] = place
    if not surveys:
        raise SourceError(f"There are no elevation files (XML, or zips of them) of the Geospatial Authority in {path}.")
    trust = [*FGD_SIGMA_M, ""]
    readers: list[Elevation] = []
    for survey, per_degree in sorted(surveys, key=lambda key: (trust.index(key[0]), -key[1])):
        model = ElevationSource(
            id=f"{source.id}-dem{survey.lower()}" if survey else source.id,
            resolution_m=0.0,
            sigma_m=FGD_SIGMA_M.get(survey, source.sigma_m),
        )
        readers.append(FgdSurvey(surveys[survey, per_degree], source=model))
    return Mosaic(readers)


def _find(path: Path) -> Iterator[_Mesh]:
    """Every XML file of elevations, in an order that does not depend on the disk."""
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.suffix.lower() in {".xml", ".zip"}:
                yield from _find(file)
    elif not path.is_file():
        raise SourceError(f"There is no elevation file {path}.")
    elif zipfile.is_zipfile(path):
        yield from _members(path)
    else:
        yield _Mesh(path, None)


def _members(path: Path) -> Iterator[_Mesh]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if info.filename.lower().endswith(".xml")]
    except _DAMAGED as error:
        raise SourceError(f"{path.name} is damaged: download it again.") from error
    if len(members) > _MAX_FILES or any(info.file_size > _MAX_XML_BYTES for info in members):
        raise SourceError(f"{path.name} unpacks to more than any real delivery does; it is not read.")
    for info in sorted(members, key=lambda info: info.filename):
        # A delivery's fmdid… files describe it and hold no heights.
        if "DEM" in Path(info.filename).name.upper():
            yield _Mesh(path, info.filename)
