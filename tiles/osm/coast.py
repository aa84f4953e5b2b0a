"""The sea from coastlines: OSM draws them with the land on the left, and an extract cuts them anywhere."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

Box = tuple[float, float, float, float]

TOUCHING_DEG: Final = 1e-9  # a tenth of a millimetre


def sea_polygons(coast: Sequence[NDArray[np.float64]], box: Box) -> list[Any]:
    """The parts of ``box`` (west, south, east, north) that lie to the right of coastlines, as shapely polygons.

    Each line of ``coast`` is (k, 2) degrees. A coast that ends inside the box, where the extract was cut, is led on
    straight to the edge of the box. The box is then cut along the coasts into faces; a face is sea if more of the coast
    around it has it on the right than on the left. Without any coastline nothing is known to be sea.
    """
    frame = shapely.box(*box)
    lines: list[Any] = [shapely.linestrings(line) for line in coast if len(line) > 1]
    inside = [line for line in lines if line.intersects(frame)]
    if not inside:
        return []
    cut = shapely.line_merge(shapely.intersection(shapely.union_all(inside), frame))
    closed = shapely.union_all([cut, *_ways_out(cut, frame), frame.boundary])
    faces = shapely.get_parts(shapely.polygonize([closed]))
    directed = np.concatenate([_segments(np.asarray(line.coords)) for line in inside])
    return [face for face in faces if _on_the_right(face, directed)]


def _ways_out(coast: Any, frame: Any) -> list[Any]:  # noqa: ANN401 (shapely geometries have no common type)
    """From each end of a coast inside the frame the shortest straight way to the frame's edge that crosses no coast."""
    edge = frame.boundary
    sides = [
        shapely.linestrings(side) for side in np.stack((np.asarray(edge.coords)[:-1], np.asarray(edge.coords)[1:]), 1)
    ]
    ways = []
    ends = [np.asarray(part.coords)[at] for part in shapely.get_parts(coast) if not part.is_closed for at in (0, -1)]
    for end in map(shapely.points, ends):
        if end.distance(edge) < TOUCHING_DEG:
            continue
        out = sorted((shapely.shortest_line(end, side) for side in sides), key=shapely.length)
        free = (way for way in out if shapely.intersection(way, coast).distance(end) < TOUCHING_DEG
                and shapely.intersection(way, coast).length == 0
                and shapely.get_num_geometries(shapely.intersection(way, coast)) == 1)  # fmt: skip
        ways.append(next(free, out[0]))
    return ways


def _segments(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """(k - 1, 4): begin and end of each segment."""
    return np.hstack((line[:-1], line[1:]))


def _on_the_right(face: Any, segments: NDArray[np.float64]) -> bool:  # noqa: ANN401 (a shapely polygon)
    """Whether more of the coast around a face has the face on its right than on its left."""
    middle = (segments[:, :2] + segments[:, 2:]) / 2
    along = segments[:, 2:] - segments[:, :2]
    length = np.hypot(along[:, 0], along[:, 1])
    touching = (length > 0) & (shapely.distance(shapely.points(middle), face.boundary) < TOUCHING_DEG)
    if not touching.any():
        return False
    # A step of a tenth of a metre to the right of the coast: is it in the face?
    right = np.stack((along[:, 1], -along[:, 0]), axis=1)[touching] / length[touching, None] * 1e-6
    is_right = shapely.contains_xy(face, middle[touching] + right)
    return float(length[touching][is_right].sum()) > float(length[touching][~is_right].sum())
