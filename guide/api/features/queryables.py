"""What can be asked for by name in a collection (OGC 19-079r2, queryables), from the shape of its properties."""

import types
from enum import EnumMeta
from functools import cache
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

from guide.api.features.collection import CLOSURES
from guide.api.features.cql_kinds import Kind
from guide.api.schemas.features import PROPERTIES
from guide.http.texts import Language, text

_SCHEMAS: Final[dict[Kind, dict[str, Any]]] = {
    Kind.NUMBER: {"type": "number"},
    Kind.TEXT: {"type": "string"},
    Kind.TRUTH: {"type": "boolean"},
    Kind.TIME: {"type": "string", "format": "date-time"},
    Kind.LIST: {"type": "array", "items": {"type": "string"}},
    Kind.PLACE: {"format": "geometry-any"},
}
_KINDS: Final = {str: Kind.TEXT, int: Kind.NUMBER, float: Kind.NUMBER, bool: Kind.TRUTH}
_TIMES: Final = frozenset({"starts", "ends"})


@cache
def queryables(collection: str) -> dict[str, Kind]:
    """The kind of each property that can be asked for, the geometry in front."""
    kinds = {"geometry": Kind.PLACE}
    for name, hint in get_type_hints(PROPERTIES[collection], include_extras=True).items():
        kind = _kind(hint)
        if collection == CLOSURES and name in _TIMES:
            kind = Kind.TIME
        if kind is not None:
            kinds[name] = kind
    return kinds


def queryables_schema(collection: str, address: str, language: Language) -> dict[str, Any]:
    """The same as a JSON schema."""
    hints = get_type_hints(PROPERTIES[collection], include_extras=True)
    properties: dict[str, dict[str, Any]] = {}
    for name, kind in queryables(collection).items():
        properties[name] = {"title": text(f"field.{name}", language), **_SCHEMAS[kind]}
        if name in hints:
            properties[name] |= _words(hints[name])
    properties["geometry"]["x-ogc-role"] = "primary-geometry"
    properties["id"]["x-ogc-role"] = "id"
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "type": "object",
        "title": text(f"collection.{collection}", language),
        "properties": properties,
        "additionalProperties": False,
    }


def _kind(hint: Any) -> Kind | None:  # noqa: ANN401 (a type)
    hint = _bare(hint)
    if get_origin(hint) is list:
        return Kind.LIST if _kind(get_args(hint)[0]) is Kind.TEXT else None
    if not isinstance(hint, type):
        return None
    return next((kind for type_, kind in reversed(_KINDS.items()) if issubclass(hint, type_)), None)


def _bare(hint: Any) -> Any:  # noqa: ANN401 (a type)
    """A type without its description and without None."""
    if get_origin(hint) is Annotated:
        return _bare(get_args(hint)[0])
    if get_origin(hint) in {Union, types.UnionType}:
        return _bare(next(each for each in get_args(hint) if each is not type(None)))
    return hint


def _words(hint: Any) -> dict[str, Any]:  # noqa: ANN401 (a type)
    """A field's description, and the words it may hold if they are few."""
    words: dict[str, Any] = {}
    if get_origin(hint) is Annotated and (description := get_args(hint)[1].description):
        words["description"] = description
    bare = _bare(hint)
    if isinstance(bare, EnumMeta):
        words["enum"] = list(bare.__members__.values())
    if get_origin(bare) is list and isinstance(members := get_args(bare)[0], EnumMeta):
        words["items"] = {"type": "string", "enum": list(members.__members__.values())}
    return words
