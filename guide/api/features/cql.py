"""Conditions in CQL2 (OGC 21-065r2): parsed and reckoned by a library, checked against what can be asked for.

Its logic has three values, as in SQL: where a property is null, a comparison is neither true nor false, and a feature
of which that is all one can say does not answer.

How shapes lie to each other is reckoned beforehand, for all features at once; to the library it is one more property.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import cql2
import msgspec
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from guide.api.features.collection import Collection, Feature
from guide.api.features.cql_kinds import Kind, Queryables, kind_of, time_of
from guide.api.features.places import PREDICATES, shape_from_json
from guide.domain.errors import UsageError

TEXT: Final = "cql2-text"
JSON: Final = "cql2-json"

_DEEPEST: Final = 50
"""Brackets within brackets: the library's parser climbs into each of them."""

_WHERE: Final = "where_{number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Relation:
    """How two shapes lie to each other; None is the feature's own."""

    operator: str
    shapes: tuple[BaseGeometry | None, BaseGeometry | None]

    def holds(self, own: NDArray[np.object_]) -> list[bool | None]:
        """Whether it is true of each of some features' ``own`` shapes; None where a feature has none."""
        first, second = (own if shape is None else shape for shape in self.shapes)
        found = np.broadcast_to(PREDICATES[self.operator](first, second), own.shape)
        if None not in self.shapes:
            return list(map(bool, found))
        return [bool(each) if there else None for each, there in zip(found, ~shapely.is_missing(own), strict=True)]


class Cql:
    """A condition on features; ``queryables`` gives the kind of each property that it may name.

    Raises:
        UsageError: it cannot be parsed, names what is not there, or compares what cannot be compared.
    """

    def __init__(self, text: str, language: str, queryables: Queryables) -> None:
        if language not in {TEXT, JSON}:
            raise UsageError(f"filter-lang must be {TEXT} or {JSON}, not {language[:40]!r}.")
        if _depth(text) > _DEEPEST:
            raise UsageError("filter: its brackets are nested too deeply.")
        tree = _parse(text, language)
        self._queryables = queryables
        self._relations: list[_Relation] = []
        try:
            kind = kind_of(tree, queryables)
            plain = self._plain(tree)
            self._expression = cql2.parse_json(msgspec.json.encode(plain).decode())
            self._names = frozenset(_names(plain))
        except RecursionError:
            raise UsageError("filter: it is nested too deeply.") from None
        if kind is not Kind.TRUTH:
            raise UsageError("filter: it must be a condition, such as: mean_grade_percent > 10.")

    def choose(self, collection: Collection, places: Sequence[int]) -> list[int]:
        """Those of some features of which the condition is true."""
        own = collection.shapes[list(places)]
        relations = [relation.holds(own) for relation in self._relations]
        return [
            place
            for number, place in enumerate(places)
            if self._holds(collection.features[place], [holds[number] for holds in relations])
        ]

    def _holds(self, feature: Feature, relations: list[bool | None]) -> bool:
        """Whether the condition is true; the library is only given what the condition names, which is much faster."""
        properties = {name: value for name, value in feature["properties"].items() if name in self._names}
        properties |= {_WHERE.format(number=number): holds for number, holds in enumerate(relations)}
        given = {"type": "Feature", "id": feature["id"], "geometry": None, "properties": properties}
        try:
            matches: bool = self._expression.matches(given)
        except Exception:  # noqa: BLE001 (the library's way of saying: neither true nor false)
            return False
        return matches

    def _plain(self, node: Any) -> Any:  # noqa: ANN401 (a node of parsed JSON)
        """The same condition without what the library reckons slowly or wrongly.

        To it, times in BETWEEN and IN are texts, functions cannot stand in IN, and no box crosses the antimeridian.
        """
        if not isinstance(node, dict) or "op" not in node:
            return node
        operator, arguments = node["op"], node["args"]
        if operator in PREDICATES:
            return self._relation(operator, arguments)
        if operator == "isNull" and kind_of(arguments[0], self._queryables) is Kind.PLACE:
            # A shape touches itself, unless there is none.
            return {"op": "isNull", "args": [self._relation("s_intersects", [arguments[0]] * 2)["args"][0]]}
        if operator == "in":
            value, *listed = arguments
            listed = listed[0] if len(listed) == 1 and isinstance(listed[0], list) else listed
            if kind_of(value, self._queryables) is Kind.TIME:
                listed = [time_of(each) if isinstance(each, str) else each for each in listed]
            operator, arguments = "or", [{"op": "=", "args": [value, each]} for each in listed]
        plain = [self._plain(argument) for argument in arguments]
        if operator == "between" and kind_of(arguments[0], self._queryables) is Kind.TIME:
            value, low, high = plain
            operator, plain = "and", [{"op": ">=", "args": [value, low]}, {"op": "<=", "args": [value, high]}]
        return plain[0] if operator in {"and", "or"} and len(plain) == 1 else {"op": operator, "args": plain}

    def _relation(self, operator: str, arguments: list[Any]) -> dict[str, Any]:
        shapes = tuple(None if "property" in each else shape_from_json(each) for each in arguments)
        name = _WHERE.format(number=len(self._relations))
        self._relations.append(_Relation(operator=operator, shapes=(shapes[0], shapes[1])))
        return {"op": "=", "args": [{"property": name}, True]}


def _parse(text: str, language: str) -> Any:  # noqa: ANN401 (parsed JSON)
    try:
        return (cql2.parse_text(text) if language == TEXT else cql2.parse_json(text)).to_json()
    except Exception as error:  # the library raises its errors as plain exceptions
        raise UsageError(f"filter: {_sentence(error)}") from error


def _names(node: Any) -> Iterator[str]:  # noqa: ANN401 (a node of parsed JSON)
    """The properties that a condition names."""
    if isinstance(node, list):
        for each in node:
            yield from _names(each)
    elif isinstance(node, dict):
        if "property" in node:
            yield str(node["property"])
        yield from _names(node.get("args", []))


def _depth(text: str) -> int:
    """How deep brackets stand within brackets, those in quotes among them."""
    depth = deepest = 0
    for character in text:
        if character in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in ")]}":
            depth -= 1
    return deepest


def _sentence(error: Exception) -> str:
    """The library's drawing of where it gave up, in one line."""
    lines = [line.strip(" |=") for line in str(error).splitlines()]
    said = next((line for line in reversed(lines) if line.startswith("expected")), "")
    place = next((line.removeprefix("--> 1:") for line in lines if line.startswith("--> 1:")), "")
    if not place:
        return "it cannot be read."
    return f"it is not CQL2 from character {place} on{f' ({said})' if said else ''}."
