"""Landmarks of several sources as one list: no place twice, each with the slopes it lies beside."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from guide.domain.landmark import Landmark, LandmarkKind
from guide.domain.slope import Slope
from guide.routing.plane import Plane

SAME_KIND_M: Final = 20.0
SAME_NAME_M: Final = 100.0
BESIDE_SLOPE_M: Final = 150.0

_PLACES: Final = frozenset({
    LandmarkKind.VIEWPOINT, LandmarkKind.MUSEUM, LandmarkKind.SHRINE, LandmarkKind.PLACE_OF_WORSHIP,
    LandmarkKind.INFORMATION, LandmarkKind.SIGHT,
})  # fmt: skip
"""Kinds that one place may have in one source and another in the next. A bus stop named after a sight is no sight."""


def merge_landmarks(layers: Sequence[Sequence[Landmark]]) -> list[Landmark]:
    """The landmarks of all layers; where two layers tell of one place, the earlier is believed.

    One place is one kind within 20 m, or one name within 100 m. Within a layer nothing is merged: two benches side by
    side are two benches.
    """
    merged: list[Landmark] = []
    for layer in layers:
        if not merged or not layer:
            merged.extend(layer)
            continue
        plane = _plane_of([*merged, *layer])
        tree = shapely.STRtree(_points(plane, merged))
        candidates, known = tree.query(_points(plane, layer), predicate="dwithin", distance=SAME_NAME_M)
        apart_m = shapely.distance(_points(plane, layer)[candidates], tree.geometries[known])
        twice = {
            int(candidate)
            for candidate, index, metres in zip(candidates, known, apart_m, strict=True)
            if is_same_place(layer[candidate], merged[index], float(metres))
        }
        ids = {landmark.id for landmark in merged}
        merged.extend(mark for number, mark in enumerate(layer) if number not in twice and mark.id not in ids)
    return merged


def is_same_place(one: Landmark, other: Landmark, apart_m: float) -> bool:
    """Whether two sources tell of one place."""
    if one.kind is other.kind and apart_m <= SAME_KIND_M:
        return True
    alike = one.kind is other.kind or {one.kind, other.kind} <= _PLACES
    return alike and apart_m <= SAME_NAME_M and not _names(one).isdisjoint(_names(other))


def link_to_slopes(slopes: Sequence[Slope], landmarks: Sequence[Landmark]) -> tuple[list[Slope], list[Landmark]]:
    """Slopes with the landmarks within 150 m of their line (or point), and landmarks with the slopes; nearest first."""
    placed = [(index, shape) for index, slope in enumerate(slopes) if (shape := _shape(slope)) is not None]
    if not placed or not landmarks:
        return list(slopes), list(landmarks)
    plane = _plane_of(landmarks)
    shapes = np.array([_geometry(plane.project(shape)) for _, shape in placed])
    points = _points(plane, landmarks)
    tree = shapely.STRtree(points)
    rows, marks = tree.query(shapes, predicate="dwithin", distance=BESIDE_SLOPE_M)
    near_m = shapely.distance(shapes[rows], points[marks])
    of_slope: dict[int, list[tuple[float, str]]] = {}
    of_landmark: dict[int, list[tuple[float, str]]] = {}
    for row, mark, metres in zip(rows.tolist(), marks.tolist(), near_m.tolist(), strict=True):
        index = placed[row][0]
        of_slope.setdefault(index, []).append((metres, landmarks[mark].id))
        of_landmark.setdefault(mark, []).append((metres, slopes[index].entry.id))
    return (
        [replace(slope, landmark_ids=_nearest_first(of_slope.get(index))) for index, slope in enumerate(slopes)],
        [replace(mark, slope_ids=_nearest_first(of_landmark.get(index))) for index, mark in enumerate(landmarks)],
    )


def _nearest_first(found: list[tuple[float, str]] | None) -> tuple[str, ...]:
    return tuple(name for _, name in sorted(found or []))


def _names(landmark: Landmark) -> set[str]:
    """Its names as they are compared: width, case, blanks and small marks do not matter."""
    names = (landmark.name, *landmark.other_names)
    return {re.sub(r"[\s・･,.()\-]", "", unicodedata.normalize("NFKC", name)).casefold() for name in names if name} - {
        ""
    }


def _shape(slope: Slope) -> NDArray[np.float64] | None:
    if slope.line is not None:
        return slope.line
    if slope.entry.line is not None:
        return np.array(slope.entry.line)
    return None if slope.entry.lng_lat is None else np.array([slope.entry.lng_lat])


def _geometry(xy: NDArray[np.float64]) -> shapely.LineString | shapely.Point:
    return shapely.LineString(xy) if len(xy) > 1 else shapely.Point(xy[0])


def _plane_of(landmarks: Sequence[Landmark]) -> Plane:
    lng, lat = np.mean([landmark.lng_lat for landmark in landmarks], axis=0)
    return Plane.at(float(lng), float(lat))


def _points(plane: Plane, landmarks: Sequence[Landmark]) -> NDArray[np.object_]:
    return np.asarray(shapely.points(plane.project(np.array([landmark.lng_lat for landmark in landmarks]))))
