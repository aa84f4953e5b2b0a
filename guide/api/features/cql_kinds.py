"""What the parts of a CQL2 condition are, and whether they fit together."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from guide.domain.errors import UsageError

_COMPARISONS: Final = frozenset({"=", "<>", "<", ">", "<=", ">="})
_ARITHMETIC: Final = frozenset({"+", "-", "*", "/", "%", "div", "^"})
_LETTERS: Final = frozenset({"casei", "accenti"})
_PLACES: Final = frozenset(
    {"s_intersects", "s_equals", "s_disjoint", "s_touches", "s_within", "s_overlaps", "s_crosses", "s_contains"}
)
_LISTS: Final = frozenset({"a_equals", "a_contains", "a_containedBy", "a_overlaps"})
_TIMES: Final = frozenset({"t_after", "t_before", "t_equals"})
_LOGIC: Final = frozenset({"and", "or", "not"})


class Kind(StrEnum):
    """What a property or a part of a condition is."""

    NUMBER = "number"
    TEXT = "text"
    TRUTH = "truth"
    TIME = "time"
    LIST = "list"
    PLACE = "place"


Queryables = Mapping[str, Kind]


def kind_of(node: Any, queryables: Queryables) -> Kind:  # noqa: ANN401 (a node of parsed JSON)
    """What a part of a condition is; ``queryables`` gives the kind of each property.

    Raises:
        UsageError: it makes no sense.
    """
    for type_, kind in _LITERALS:
        if isinstance(node, type_):
            return kind
    if not isinstance(node, dict):
        raise UsageError("filter: NULL stands only in IS NULL and IS NOT NULL.")
    if "op" in node:
        return _kind_of_operator(str(node["op"]), node.get("args", []), queryables)
    if "property" in node:
        return _kind_of_property(str(node["property"]), queryables)
    return _kind_of_value(node)


_LITERALS: Final = (
    (bool, Kind.TRUTH),
    ((int, float), Kind.NUMBER),
    (str, Kind.TEXT),
    (list, Kind.LIST),
)


def _kind_of_value(node: dict[str, Any]) -> Kind:
    for name in ("date", "timestamp"):
        if name in node:
            _check_time(str(node[name]))
            return Kind.TIME
    if "bbox" in node or "coordinates" in node or "geometries" in node:
        return Kind.PLACE
    raise UsageError(f"filter: {str(node)[:60]} is not understood here.")


def _kind_of_property(name: str, queryables: Queryables) -> Kind:
    if name not in queryables:
        raise UsageError(f"filter: there is no property {name[:60]!r} to ask for; they are listed under /queryables.")
    return queryables[name]


def _kind_of_operator(operator: str, arguments: list[Any], queryables: Queryables) -> Kind:
    if operator == "isNull":
        _kinds(operator, arguments, queryables, count=1)
        return Kind.TRUTH
    if operator in {"in", "between"}:
        listed = arguments[1] if operator == "in" and len(arguments) == _PAIR else arguments[1:]
        if not arguments or not isinstance(listed, list) or not listed:
            raise UsageError(f"filter: {operator} needs something to compare with.")
        kind, others = kind_of(arguments[0], queryables), {kind_of(argument, queryables) for argument in listed}
        if operator == "in" and kind is Kind.TIME and all(isinstance(each, str) for each in listed):
            for each in listed:  # in lists, the standard's own tests write times as texts
                _check_time(each)
            return Kind.TRUTH
        _same(operator, {kind, *others})
        return Kind.TRUTH
    signature = next((signature for signature in _SIGNATURES if operator in signature[0]), None)
    if signature is None:
        raise UsageError(f"filter: {operator[:40]!r} is not known here.")
    _, wanted, result = signature
    kinds = _kinds(operator, arguments, queryables, count=_COUNTS.get(operator, _PAIR))
    if wanted is None:
        _same(operator, kinds)
    elif kinds != {wanted}:
        raise UsageError(f"filter: {operator} takes {wanted}, not {', '.join(sorted(kinds - {wanted}))}.")
    return result


_PAIR: Final = 2
_COUNTS: Final = {"casei": 1, "accenti": 1, "not": 1, "and": 0, "or": 0}
"""Arguments of what does not take two; 0 for any number."""

_SIGNATURES: Final = (
    (_LOGIC, Kind.TRUTH, Kind.TRUTH),
    (_COMPARISONS, None, Kind.TRUTH),
    (frozenset({"like"}), Kind.TEXT, Kind.TRUTH),
    (_ARITHMETIC, Kind.NUMBER, Kind.NUMBER),
    (_LETTERS, Kind.TEXT, Kind.TEXT),
    (_PLACES, Kind.PLACE, Kind.TRUTH),
    (_LISTS, Kind.LIST, Kind.TRUTH),
    (_TIMES, Kind.TIME, Kind.TRUTH),
)


def _kinds(operator: str, arguments: list[Any], queryables: Queryables, *, count: int) -> set[Kind]:
    if not arguments or (count and len(arguments) != count):
        raise UsageError(f"filter: {operator[:40]} has {len(arguments)} arguments; it takes {count or 'some'}.")
    return {kind_of(argument, queryables) for argument in arguments}


def _same(operator: str, kinds: set[Kind]) -> None:
    if len(kinds) != 1:
        raise UsageError(f"filter: {operator} cannot compare {' with '.join(sorted(kinds))}.")


def _check_time(text: str) -> None:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"filter: {text[:40]!r} is not a date or a time (RFC 3339).") from None


def time_of(text: str) -> dict[str, str]:
    """A date or a time that is written as a text, as the node that it stands for."""
    return {"date" if len(text) == len("2026-12-01") else "timestamp": text}
