"""What is asked of a collection: a place, a time, properties; and which features answer to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
import shapely

from guide.api.features.collection import CLOSURES, Collection, Feature
from guide.api.features.cql import Cql
from guide.api.features.places import Frame, shape_of
from guide.api.search.fold import fold
from guide.domain.errors import UsageError

NEEDS: Final = {
    "themes": "themes",
    "effort": "effort",
    "max_mean_grade_percent": "mean_grade_percent",
    "kind": "kind",
}
"""The property that a collection's features must have for a parameter to make sense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A time, both ends in it, None for an open one."""

    begins: datetime | None
    ends: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """All that a request may ask for; None is not asked."""

    frame: Frame | None = None
    interval: Interval | None = None
    themes: frozenset[str] | None = None
    efforts: frozenset[int] | None = None
    max_mean_grade_percent: float | None = None
    kinds: frozenset[str] | None = None
    words: str | None = None
    cql: Cql | None = None


def answer(collection: Collection, question: Question) -> list[int]:
    """The places of the features that answer, in order.

    Raises:
        UsageError: the collection's features have no such property.
    """
    places = _touching(collection, question.frame)
    if question.words is not None:
        words = fold(question.words)
        places = [place for place in places if words and collection.says(place, words)]
    tests = [test for test in _tests(collection, question) if test is not None]
    features = collection.features
    places = [place for place in places if all(test(features[place]) for test in tests)]
    return places if question.cql is None else question.cql.choose(collection, places)


def _touching(collection: Collection, frame: Frame | None) -> list[int]:
    """Features whose shape meets a frame; one whose west lies east of its east reaches across the antimeridian."""
    boxes = collection.boxes
    if frame is None:
        return list(range(len(boxes)))
    west, south, east, north = frame
    beside = (boxes[:, 0] <= east) & (boxes[:, 2] >= west)
    if west > east:
        beside = (boxes[:, 2] >= west) | (boxes[:, 0] <= east)
    near = np.flatnonzero(beside & (boxes[:, 1] <= north) & (boxes[:, 3] >= south))
    found: list[int] = near[shapely.intersects(collection.shapes[near], shape_of(frame))].tolist()
    return found


_Test = Callable[[Feature], bool]


def _tests(collection: Collection, question: Question) -> list[_Test | None]:
    return [
        _has_theme(collection, question.themes),
        _has_value(collection, "effort", question.efforts),
        _has_value(collection, "kind", question.kinds),
        _is_gentle(collection, question.max_mean_grade_percent),
        _holds_in(collection, question.interval),
    ]


def _needs(collection: Collection, name: str, parameter: str) -> None:
    if collection.features and name not in collection.features[0]["properties"]:
        raise UsageError(f"The {collection.name} have no {name}, so {parameter} cannot be asked of them.")


def _has_theme(collection: Collection, themes: frozenset[str] | None) -> _Test | None:
    if themes is None:
        return None
    _needs(collection, "themes", "themes")
    return lambda feature: not themes.isdisjoint(feature["properties"]["themes"])


def _has_value(collection: Collection, name: str, values: frozenset[int] | frozenset[str] | None) -> _Test | None:
    if values is None:
        return None
    _needs(collection, name, name)
    return lambda feature: feature["properties"][name] in values


def _is_gentle(collection: Collection, limit: float | None) -> _Test | None:
    if limit is None:
        return None
    _needs(collection, "mean_grade_percent", "max_mean_grade_percent")

    def test(feature: Feature) -> bool:
        grade = feature["properties"]["mean_grade_percent"]
        return grade is not None and abs(grade) <= limit

    return test


def _holds_in(collection: Collection, interval: Interval | None) -> _Test | None:
    """Only closures have times; what has none holds always (OGC 17-069r4, requirement 26)."""
    if interval is None or collection.name != CLOSURES:
        return None

    def test(feature: Feature) -> bool:
        starts, ends = (_moment(feature["properties"][name]) for name in ("starts", "ends"))
        return (interval.ends is None or starts is None or starts <= interval.ends) and (
            interval.begins is None or ends is None or ends > interval.begins
        )

    return test


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
