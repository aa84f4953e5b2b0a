"""A collection: the features of one kind of an area, in the order of their ids, made ready for questions."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

import msgspec
import numpy as np
import shapely
from numpy.typing import NDArray

from guide.api.search.fold import fold_all
from guide.area.closure_features import EDGES, closure_to_feature
from guide.area.features import landmark_to_feature, slope_to_feature
from guide.area.tour_features import tour_to_feature
from guide.areas.served import ServedArea
from guide.domain.errors import NotFoundError

SLOPES: Final = "slopes"
LANDMARKS: Final = "landmarks"
TOURS: Final = "tours"
CLOSURES: Final = "closures"
COLLECTIONS: Final = (SLOPES, LANDMARKS, TOURS, CLOSURES)

Feature = dict[str, Any]


class Collection:
    """The features of one kind. ``boxes`` (n, 4) are west, south, east, north, NaN where a place is not known."""

    def __init__(self, name: str, features: Sequence[Feature]) -> None:
        self.name = name
        self.features = sorted(features, key=lambda feature: str(feature["id"]))
        self.ids = [str(feature["id"]) for feature in self.features]
        self.encoded = [msgspec.Raw(msgspec.json.encode(feature)) for feature in self.features]
        self.boxes = np.array([_box(feature["geometry"]) for feature in self.features]).reshape(-1, 4)
        self._places = {feature_id: place for place, feature_id in enumerate(self.ids)}

    def get(self, feature_id: str) -> int:
        """The place of a feature in the order.

        Raises:
            NotFoundError: there is none of that id.
        """
        if feature_id not in self._places:
            raise NotFoundError(f"There is nothing called {feature_id!r} among the {self.name}.")
        return self._places[feature_id]

    def find(self, feature_id: str) -> Feature | None:
        """A feature by its id."""
        place = self._places.get(feature_id)
        return None if place is None else self.features[place]

    def says(self, place: int, words: str) -> bool:
        """Whether the names or the id of a feature hold some folded words."""
        return any(words in name for name in self._names[place])

    @cached_property
    def _names(self) -> list[tuple[str, ...]]:
        return [fold_all(names_of(feature)) for feature in self.features]

    @cached_property
    def shapes(self) -> NDArray[np.object_]:
        """The features' shapes (n,), None where a place is not known."""
        geometries = [feature["geometry"] for feature in self.features]
        texts = [None if geometry is None else msgspec.json.encode(geometry) for geometry in geometries]
        shapes: NDArray[np.object_] = shapely.from_geojson(np.array(texts, dtype=object))
        return shapes

    @property
    def bounds(self) -> tuple[float, float, float, float] | None:
        """West, south, east, north of all features, None where none has a place."""
        if np.isnan(self.boxes).all():
            return None
        west, south = np.nanmin(self.boxes[:, :2], axis=0).tolist()
        east, north = np.nanmax(self.boxes[:, 2:], axis=0).tolist()
        return west, south, east, north


def names_of(feature: Feature) -> list[str | None]:
    """Every name of a feature, its readings and its id among them."""
    properties = feature["properties"]
    plain = [properties.get(name) for name in ("name", "reading", "name_en")]
    return [*plain, *properties.get("other_names", ()), *properties.get("other_readings", ()), str(feature["id"])]


def get_collection(area: ServedArea, name: str) -> Collection:
    """A collection of an area.

    Raises:
        NotFoundError: there is none of that name.
    """
    if name not in COLLECTIONS:
        raise NotFoundError(f"There is no collection {name!r}. Collections: {', '.join(COLLECTIONS)}.")
    return area.once(f"collection {name}", lambda: Collection(name, _features(area, name)))


def _features(area: ServedArea, name: str) -> list[Feature]:
    built = area.built
    if name == SLOPES:
        features = [slope_to_feature(slope) for slope in built.slopes]
        for feature in features:
            feature["properties"]["sample"] = area.manifest.area.sample
        return features
    if name == LANDMARKS:
        return [landmark_to_feature(landmark) for landmark in built.landmarks]
    if name == TOURS:
        return [tour_to_feature(tour) for tour in built.tours]
    closures = [closure_to_feature(closure) for closure in built.closures]
    return [{key: value for key, value in closure.items() if key != EDGES} for closure in closures]


def _box(geometry: Any) -> tuple[float, float, float, float]:  # noqa: ANN401 (any GeoJSON geometry)
    if geometry is None:
        return (np.nan,) * 4
    positions = positions_of(geometry)
    west, south = positions.min(axis=0).tolist()
    east, north = positions.max(axis=0).tolist()
    return west, south, east, north


def positions_of(geometry: Any) -> NDArray[np.float64]:  # noqa: ANN401 (any GeoJSON geometry)
    """All positions of a point, a line or several lines as (k, 2) degrees."""
    coordinates = geometry["coordinates"]
    if geometry["type"] == "Point":
        coordinates = [coordinates]
    elif geometry["type"] == "MultiLineString":
        coordinates = [position for line in coordinates for position in line]
    return np.array([position[:2] for position in coordinates], dtype=np.float64)
