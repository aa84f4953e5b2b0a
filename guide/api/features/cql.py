"""Conditions in CQL2 (OGC 21-065r2): parsed and reckoned by a library, checked against what can be asked for.

Its logic has three values, as in SQL: where a property is null, a comparison is neither true nor false, and a feature
of which that is all one can say does not answer.
"""

from typing import Any, Final

import cql2
import msgspec

from guide.api.features.cql_kinds import Kind, Queryables, kind_of
from guide.domain.errors import UsageError

TEXT: Final = "cql2-text"
JSON: Final = "cql2-json"

_DEEPEST: Final = 50
"""Brackets within brackets: the library's parser climbs into each of them."""


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
        try:
            kind = kind_of(tree, queryables)
            self._expression = cql2.parse_json(msgspec.json.encode(_plain(tree, queryables)).decode())
        except RecursionError:
            raise UsageError("filter: it is nested too deeply.") from None
        if kind is not Kind.TRUTH:
            raise UsageError("filter: it must be a condition, such as: mean_grade_percent > 10.")

    def holds(self, feature: dict[str, Any]) -> bool:
        """Whether the condition is true of a feature."""
        try:
            matches: bool = self._expression.matches(feature)
        except Exception:  # noqa: BLE001 (the library's way of saying: neither true nor false)
            return False
        return matches


def _parse(text: str, language: str) -> Any:  # noqa: ANN401 (parsed JSON)
    try:
        return (cql2.parse_text(text) if language == TEXT else cql2.parse_json(text)).to_json()
    except Exception as error:  # the library raises its errors as plain exceptions
        raise UsageError(f"filter: {_sentence(error)}") from error


def _plain(node: Any, queryables: Queryables) -> Any:  # noqa: ANN401 (a node of parsed JSON)
    """The same condition without what the library reckons wrongly: BETWEEN of times is always false to it."""
    if not isinstance(node, dict) or "op" not in node:
        return node
    arguments = [_plain(argument, queryables) for argument in node["args"]]
    if node["op"] == "between" and kind_of(arguments[0], queryables) is Kind.TIME:
        value, low, high = arguments
        return {"op": "and", "args": [{"op": ">=", "args": [value, low]}, {"op": "<=", "args": [value, high]}]}
    return {**node, "args": arguments}


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
