"""The flat map that the sample town is drawn on: metres east and north of its centre.

The town lies in the open Pacific, where there is no land, so that nobody takes it for a real one.
"""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

CENTRE_LNG_LAT: Final = (145.0, 41.0)

# Transverse Mercator that touches the ellipsoid on the town's own meridian: within 1.5 km of it
# a length on the plane is the geodesic length to 3 parts in 10^8.
CRS: Final = (
    f"+proj=tmerc +lat_0={CENTRE_LNG_LAT[1]} +lon_0={CENTRE_LNG_LAT[0]} +k=1 +x_0=0 +y_0=0 "
    "+datum=WGS84 +units=m +no_defs +type=crs"
)


@cache
def _to_degrees() -> Transformer:
    return Transformer.from_crs(CRS, "EPSG:4326", always_xy=True)


def to_lng_lat(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Degrees in WGS 84, (n, 2) longitude and latitude, of ``xy`` (n, 2), metres east and north."""
    return np.column_stack(_to_degrees().transform(xy[:, 0], xy[:, 1]))


def to_plane(lng_lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Metres east and north, (n, 2), of ``lng_lat`` (n, 2), degrees in WGS 84."""
    return np.column_stack(_to_degrees().transform(lng_lat[:, 0], lng_lat[:, 1], direction="INVERSE"))
