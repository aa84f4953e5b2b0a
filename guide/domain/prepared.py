"""What the builder works out of a network and its heights once, so that a service that opens them need not."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Arrays for routes over E edges, P line points and M marks; ``guide.routing.prepare`` makes them.

    A mark is a line point, a height sample or both; those of edge e are ``mark_start[e]:mark_start[e + 1]``. The texts
    are JSON of one width each, see ``guide.routing.course.json_text``; the grid is that of
    ``guide.routing.snapping.street_grid``.
    """

    hiker_s: NDArray[np.float64]  # (6, 2E) a hiker's seconds for each arc, by season and then by speed
    window_grade: NDArray[np.float64]  # (2E,) the steepest window of each arc as a climb, see routing.costs.windows
    window_m: NDArray[np.float64]  # (E,) how long that window is
    window_sigma: NDArray[np.float64]  # (E,) error of a grade over it, 1 sigma, a ratio
    edge_unknown_m: NDArray[np.float64]  # (E,) metres of unknown height
    edge_sigma_m: NDArray[np.float64]  # (E,) the largest error of a height, NaN where one is unknown
    mark_start: NDArray[np.int64]  # (E + 1,)
    mark_from_begin_m: NDArray[np.float64]  # (2M,) see routing.course.lines.MarkedEdges
    mark_doubled: NDArray[np.bool_]  # (E,) edges with several marks at one place
    mark_elevation_m: NDArray[np.float64]  # (M,) straight between samples, NaN where unknown
    mark_sigma_m: NDArray[np.float64]  # (M,) likewise
    mark_point: NDArray[np.int32]  # (M,) the line point that the mark is, -1 for none
    mark_is_sample: NDArray[np.bool_]  # (M,)
    point_distance_m: NDArray[np.float64]  # (P,) from the edge's tail
    point_text: NDArray[np.bytes_]  # (P,) positions with heights
    elevation_text: NDArray[np.bytes_]  # (M,)
    sigma_text: NDArray[np.bytes_]  # (M,)
    node_arc_start: NDArray[np.int32]  # (N + 1,) where the arcs that leave a node begin in node_arc
    node_arc: NDArray[np.int32]  # (2E,)
    arc_bearing_deg: NDArray[np.float32]  # (2E,) in which each arc sets out, see routing.course.turns
    grid_frame: NDArray[np.float64]  # (7,)
    grid_start: NDArray[np.int32]  # (cells + 1,)
    grid_piece: NDArray[np.int32]  # (pieces,)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Every array by its field name, in the order of the fields."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
