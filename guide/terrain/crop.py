"""Elevation cut to a place: what a built area takes along, so that the service knows the same heights as the builder.

Each model keeps its own grid, so that bilinear heights are those of the whole model (to 32-bit floats: 0.1 mm) and
unknown cells stay unknown. Feet have become metres and odd nodata values plain ones, as the readers give them.
"""

import math
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from guide.domain.elevation import ElevationSource
from guide.terrain.geotiff import GeoTiff
from guide.terrain.geotiff_write import write_windows
from guide.terrain.mosaic import Mosaic
from guide.terrain.reader import RasterReader

MARGIN_M = 1000.0
"""Metres around the streets that are taken along: a line may be drawn a little beyond them."""

_METRES_PER_DEGREE = 111_320.0
_LEAST_COSINE = 0.01
_LATTICE = 33
"""Points along each side of a frame that are projected to find its window: more than any projection bends."""

Frame = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


def write_crops(elevation: Mosaic, folder: Path, frame: Frame) -> None:
    """Write what each model knows within ``frame`` and a margin; a model that knows nothing there gets no file.

    Raises:
        SourceError: a file ends or breaks within the frame.
    """
    folder.mkdir(exist_ok=True)
    for rank, part in enumerate(elevation.parts):
        if isinstance(part, RasterReader):
            _write_crop(part, folder / crop_name(rank, part.sources[0]), frame)


def crop_name(rank: int, source: ElevationSource) -> str:
    """The name of a model's file; it begins with the rank, so that a listing shows the order of trust."""
    return f"{rank}-{re.sub(r'[^A-Za-z0-9._-]', '_', source.id)}.tif"


def open_crops(models: Sequence[tuple[Path, ElevationSource]]) -> Mosaic:
    """The crops as one elevation, in order of trust; files stay closed to memory but for the windows that are read.

    Raises:
        SourceError: a file is missing or damaged.
    """
    return Mosaic([GeoTiff(path, source=source) for path, source in models])


def _write_crop(reader: RasterReader, path: Path, frame: Frame) -> None:
    window = _window(reader, _widened(frame))
    if window is None:
        return
    rows, cols = window
    known = write_windows(
        path,
        (rows.stop - rows.start, cols.stop - cols.start),
        reader.georeference.moved(rows.start, cols.start),
        lambda part: reader.read(slice(rows.start + part.start, rows.start + part.stop), cols),
    )
    if not known:
        path.unlink()


def _widened(frame: Frame) -> Frame:
    west, south, east, north = frame
    tall = MARGIN_M / _METRES_PER_DEGREE
    wide = tall / max(math.cos(math.radians((south + north) / 2)), _LEAST_COSINE)
    return max(west - wide, -180.0), max(south - tall, -90.0), min(east + wide, 180.0), min(north + tall, 90.0)


def _window(reader: RasterReader, frame: Frame) -> tuple[slice, slice] | None:
    """The cells that touch the frame, and one more on each side; None where there are none."""
    west, south, east, north = frame
    lng, lat = np.meshgrid(np.linspace(west, east, _LATTICE), np.linspace(south, north, _LATTICE))
    spans = []
    for place, size in zip(reader.cells_at(np.column_stack((lng.ravel(), lat.ravel()))), reader.shape, strict=True):
        finite = place[np.isfinite(place)]
        if finite.size == 0:
            return None
        span = slice(max(math.floor(finite.min()) - 1, 0), min(math.ceil(finite.max()) + 2, size))
        if span.start >= span.stop:
            return None
        spans.append(span)
    return spans[0], spans[1]
