"""Elevation models and lines for the tests of ``tiles measure``."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import rasterio
from rasterio import Affine

UTM = "EPSG:32654"
WEST, NORTH, CELL = 500_000.0, 4_690_000.0, 10.0
ROWS, COLS = 80, 120
GRADE = 0.10

_TO_DEGREES = pyproj.Transformer.from_crs(UTM, "EPSG:4326", always_xy=True)


def write_dem(path: Path, *, values: Any = None, crs: str | None = UTM, units: str | None = None, **more: Any) -> Path:  # noqa: ANN401
    """A plane that rises by 10 % to the east, or ``values`` (rows, columns)."""
    transform = more.pop("transform", Affine(CELL, 0, WEST, 0, -CELL, NORTH))
    if values is None:
        col, row = np.meshgrid(np.arange(COLS) + 0.5, np.arange(ROWS) + 0.5)
        x, _ = transform @ (col, row)
        values = 100 + GRADE * (np.asarray(x) - WEST)
    with rasterio.open(
        path, "w", driver="GTiff", width=values.shape[1], height=values.shape[0], count=1, dtype=values.dtype,
        crs=crs, transform=transform, **more,
    ) as file:  # fmt: skip
        file.write(values, 1)
        if units:
            file.units = (units,)
    return path


def place(east_m: float, south_m: float) -> list[float]:
    """Longitude and latitude of a place so far from the model's north-west corner."""
    lng, lat = _TO_DEGREES.transform(WEST + east_m, NORTH - south_m)
    return [round(lng, 9), round(lat, 9)]


def east(begin_m: float = 200.0, end_m: float = 700.0, south_m: float = 400.0) -> list[list[float]]:
    """A line straight up the plane."""
    return [place(begin_m, south_m), place(end_m, south_m)]


def line(coordinates: Any, **members: Any) -> dict[str, Any]:  # noqa: ANN401
    return feature({"type": "LineString", "coordinates": coordinates}, **members)


def feature(geometry: dict[str, Any] | None, **members: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"type": "Feature", "properties": {}, "geometry": geometry, **members}


def write_lines(path: Path, *features: dict[str, Any], **members: Any) -> Path:  # noqa: ANN401
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features), **members}))
    return path
