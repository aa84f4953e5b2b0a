"""GeoTIFF and cloud-optimised GeoTIFF: heights in any coordinate system, turned grids, metres or feet.

A file stays open while its reader lives; windows are read as they are asked for, so its size does not matter.
Ask for many points at once: each call costs a projection and at least one read.
"""

import math
import os
import threading
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import rasterio
from numpy.typing import NDArray
from rasterio.enums import MaskFlags
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.windows import Window

from guide.domain.elevation import ElevationSource
from guide.domain.errors import SourceError, UsageError
from guide.domain.findings import Finding, Severity
from guide.terrain.grid import BLOCK
from guide.terrain.plausible import blank_implausible, implausible_finding
from guide.terrain.reader import Georeference, RasterReader, positions, with_resolution
from guide.terrain.units import horizontal, metres_of_unit, metres_of_vertical_axis

_WGS84 = pyproj.CRS.from_epsg(4326)
_IMAGE_BANDS = 3
_POLE = 90.0
_CACHE_MB = 64
"""For GDAL's decoded blocks; its own choice is a twentieth of the machine's memory."""


class GeoTiff(RasterReader):
    """One GeoTIFF of heights (its first band).

    Args:
        path: the file.
        source: the model; a resolution of 0 is replaced by the ground size of the file's centre cell.
        crs: the coordinate system where the file names none, as ``EPSG:6680``.

    Raises:
        SourceError: the file is missing, is no GeoTIFF, is cut short, holds no heights or has no place on the map.
        UsageError: ``crs`` is not a coordinate system.
    """

    def __init__(self, path: Path, *, source: ElevationSource, crs: str | None = None) -> None:
        self._path = path
        self._findings: dict[str, Finding] = {}
        self._lock = threading.Lock()  # a GDAL file may be used by one thread at a time
        self._file = _open(path)
        # A mask is a second read as dear as the first; a nodata value alone is compared here instead.
        self._has_mask = MaskFlags.per_dataset in self._file.mask_flag_enums[0]
        self._crs = self._find_crs(crs)
        self._metres = self._find_unit()
        self._to_file = pyproj.Transformer.from_crs(_WGS84, horizontal(self._crs), always_xy=True)
        self._source = with_resolution(source, self._ground_size_m())
        self._require_heights()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was noticed in the file and in the cells read so far."""
        return tuple(self._findings.values())

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self._file.height, self._file.width

    def read(self, rows: slice, cols: slice) -> NDArray[np.float64]:
        """The heights of a window in metres, NaN where unknown.

        Raises:
            SourceError: the file ends or breaks inside this window.
        """
        window = Window(cols.start, rows.start, cols.stop - cols.start, rows.stop - rows.start)
        try:
            with self._lock:
                raw = self._file.read(1, window=window, masked=self._has_mask)
        except (RasterioError, OSError, ValueError) as error:
            raise SourceError(f"{self._path.name} is damaged or cut short: download it again.") from error
        data = np.ma.getdata(raw)
        values = data.astype(np.float64)
        values *= self._file.scales[0]
        values += self._file.offsets[0]
        values *= self._metres
        if self._file.nodata is not None:
            # In the file's own precision: a float32 -3.4e38 is not the float64 of that name.
            values[data == np.array(self._file.nodata).astype(data.dtype if data.dtype.kind == "f" else None)] = np.nan
        if self._has_mask:
            values[np.ma.getmaskarray(raw)] = np.nan
        impossible = blank_implausible(values)
        if impossible is not None:
            finding = implausible_finding(self._path.name, impossible)
            self._findings.setdefault(finding.code, finding)
        return values

    @property
    def georeference(self) -> Georeference:
        """Where the raster lies."""
        place = self._file.transform
        return Georeference(
            crs=horizontal(self._crs).to_wkt(), transform=(place.a, place.b, place.c, place.d, place.e, place.f)
        )

    def cells_at(self, lng_lat: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Fractional rows and columns (n,) of points (n, 2), infinite where the projection cannot place them."""
        lng, lat = positions(lng_lat)
        x, y = self._to_file.transform(lng, lat)
        turn = ~self._file.transform
        # The transform counts from the corner of the first cell, interpolation from its centre.
        with np.errstate(invalid="ignore"):  # a point that the projection cannot place is infinite in both
            cols = turn.a * x + turn.b * y + (turn.c - 0.5)
            rows = turn.d * x + turn.e * y + (turn.f - 0.5)
        return rows, cols

    def _notice(self, code: str, values: Mapping[str, object], severity: Severity) -> None:
        self._findings[code] = Finding(code=code, where=self._path.name, values=values, severity=severity)

    def _find_crs(self, given: str | None) -> pyproj.CRS:
        """The file's coordinate system, else the given one."""
        if self._file.transform.is_identity or self._file.transform.is_degenerate:
            raise SourceError(
                f"{self._path.name} has no place on the map: it lacks a geotransform. "
                "Georeference it, for example with gdal_translate -a_ullr."
            )
        wanted = None if given is None else _parse_crs(given)
        if self._file.crs:
            crs = pyproj.CRS.from_wkt(self._file.crs.to_wkt())
            if wanted is not None and horizontal(wanted) != horizontal(crs):
                values = {"own": crs.name, "given": given}
                self._notice("elevation.crs-ignored", values, Severity.INFO)
        elif wanted is not None:
            crs = wanted
        else:
            raise SourceError(
                f"{self._path.name} does not name its coordinate system: pass the one it is in, as --crs EPSG:6680."
            )
        if not (crs.is_geographic or crs.is_projected):
            raise SourceError(
                f"{self._path.name} has a coordinate system of its own ({crs.name}) that is not tied to the Earth: "
                "convert it to a geographic or projected one."
            )
        return crs

    def _find_unit(self) -> float:
        """Metres in one unit of the values: the band's own word first, then the coordinate system's, else metres."""
        unit = self._file.units[0]
        if unit:
            metres = metres_of_unit(unit)
            if metres is not None:
                return metres
            self._notice("elevation.unit-unknown", {"unit": unit}, Severity.WARNING)
        return metres_of_vertical_axis(self._crs) or 1.0

    def _ground_size_m(self) -> float:
        """The larger side of the centre cell on the ground, by geodesics: right in degrees, feet and Mercator."""
        height, width = self.shape
        place = self._file.transform
        cols, rows = width / 2 + np.array([0, 1, 0]), height / 2 + np.array([0, 0, 1])
        x, y = place.a * cols + place.b * rows + place.c, place.d * cols + place.e * rows + place.f
        lng, lat = self._to_file.transform(x, y, direction="INVERSE")
        if not (np.isfinite(lng).all() and (np.abs(lat) <= _POLE).all()):
            raise SourceError(
                f"{self._path.name} lies outside its own coordinate system ({self._crs.name}): "
                "its geotransform and its CRS do not belong together."
            )
        _, _, metres = pyproj.Geod(ellps="WGS84").inv(lng[[0, 0]], lat[[0, 0]], lng[1:], lat[1:])
        return float(max(metres))

    def _require_heights(self) -> None:
        """Refuse a file that holds nothing; most files answer with the first window."""
        if any(not np.isnan(self.read(rows, cols)).all() for rows, cols in _centre_first(self.shape)):
            return
        raise SourceError(
            f"{self._path.name} holds no height at all: every cell is nodata or impossible. "
            "Check that it covers the area and that its nodata value is right."
        )


def _open(path: Path) -> Any:  # noqa: ANN401 - rasterio has no types
    """The open file, known to be a GeoTIFF with one band of numbers."""
    if not path.is_file():
        raise SourceError(f"There is no elevation file {path}.")
    # GDAL fixes its cache's size at the first block that passes through it, once for the process. rasterio.Env would
    # have to be around every read, which doubles their time; the environment variable costs nothing.
    os.environ.setdefault("GDAL_CACHEMAX", str(_CACHE_MB))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)  # said better by _find_crs
            # Only this driver: others may follow a path or an address that the file names.
            file = rasterio.open(path, driver="GTiff")
    except (RasterioError, OSError, ValueError) as error:
        raise SourceError(f"{path.name} is not a GeoTIFF, or it is damaged: download it again.") from error
    if file.count >= _IMAGE_BANDS and file.dtypes[0] == "uint8":
        raise SourceError(f"{path.name} is a picture with {file.count} bands, not a raster of heights.")
    if np.dtype(file.dtypes[0]).kind not in "iuf":
        raise SourceError(f"{path.name} holds {file.dtypes[0]} values; heights are real numbers.")
    return file


def _parse_crs(text: str) -> pyproj.CRS:
    try:
        return pyproj.CRS.from_user_input(text)
    except pyproj.exceptions.CRSError as error:
        raise UsageError(f"{text!r} is not a coordinate system; write it as EPSG:6680.") from error


def _centre_first(shape: tuple[int, int]) -> Iterator[tuple[slice, slice]]:
    """The windows of a raster, beginning with the middle, where heights are likeliest."""
    height, width = shape
    yield _around(height), _around(width)
    for row in range(math.ceil(height / BLOCK)):
        for col in range(math.ceil(width / BLOCK)):
            yield (
                slice(row * BLOCK, min((row + 1) * BLOCK, height)),
                slice(col * BLOCK, min((col + 1) * BLOCK, width)),
            )


def _around(size: int) -> slice:
    start = max(size // 2 - BLOCK // 2, 0)
    return slice(start, min(start + BLOCK, size))
