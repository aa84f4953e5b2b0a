"""The parameters of an operation: as the framework reads them off the handler, in the form that people write."""

from collections.abc import Mapping
from typing import Any, Final

from guide.api.search.entries import EntryKind
from guide.domain.closure import ClosureKind
from guide.domain.landmark import LandmarkKind
from guide.domain.slope import Theme
from guide.service.openapi.words import PARAMETERS, PATH_PARAMETERS

_NUMBERS: Final = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6}

_LISTS: Final[Mapping[str, dict[str, Any]]] = {
    "bbox": _NUMBERS,
    "themes": {"type": "array", "items": {"type": "string", "enum": sorted(Theme)}, "minItems": 1},
    "effort": {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 5}, "minItems": 1},
    "only": {"type": "array", "items": {"type": "string", "enum": list(EntryKind)}, "minItems": 1},
    "kind": {
        "type": "array",
        "items": {"type": "string", "enum": sorted({*LandmarkKind, *ClosureKind})},
        "minItems": 1,
    },
}
"""Parameters whose value is a list with commas between: to the framework they are one text."""

EXAMPLES: Final[Mapping[str, Any]] = {
    "bbox": [144.98, 40.99, 145.01, 41.01],
    "datetime": "2026-12-24",
    "themes": ["view", "history"],
    "effort": [1, 2],
    "max_mean_grade_percent": 12,
    "kind": ["viewpoint", "notice"],
    "q": "zaka",
    "filter": "id LIKE 'm%' AND geometry IS NOT NULL",
    "filter-lang": "cql2-text",
    "filter-crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
    "only": ["slope", "street"],
    "url": "/api/sample/collections/slopes/items/kyokugen-zaka",
    "maxwidth": 400,
    "maxheight": 400,
    "format": "json",
    "near": "144.9963,40.9936",
    "depart_at": "2026-12-24T09:00:00+09:00",
    "depart": "09:30",
    "minutes": "5,10",
    "direction": "to",
    "limit": 10,
    "offset": 0,
    "after": "a",
    "f": "json",
    "lang": "en",
    "v": "guide-0123456789ab",
    "width": 480,
    "scale": 2,
    "size": 800,
    "stop": ["slope:kyokugen-zaka:up"],
    "title": "港を見おろす午後",
    "paper": "a4",
}
"""An example for each parameter that is not a number of its own kind."""


_LOST: Final[Mapping[str, dict[str, Any]]] = {"max_mean_grade_percent": {"minimum": 0}}
"""Bounds that the framework forgets because they are 0."""


def parameters_of(operation: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The operation's parameters; its path's in front."""
    found = [_parameter(parameter) for parameter in operation.get("parameters", ())]
    return sorted(found, key=lambda parameter: parameter["in"] != "path")


def _parameter(given: Mapping[str, Any]) -> dict[str, Any]:
    name, place = given["name"], given["in"]
    schema = _not_null(dict(given["schema"]))
    description = given.get("description") or PARAMETERS.get(name)
    schema.pop("description", None)
    example = EXAMPLES.get(name)
    if isinstance(example, list) and schema.get("type") == "string" and name not in _LISTS:
        example = example[0]  # where only one is asked for
    if place == "path":
        description, example = PATH_PARAMETERS.get(name, (description, example))
    found: dict[str, Any] = {"name": name, "in": place, "required": bool(given["required"])}
    if description:
        found["description"] = _sentence(description)
    if name in _LISTS:
        found |= {"schema": _LISTS[name], "style": "form", "explode": False}
    else:
        found["schema"] = {**schema, **_LOST.get(name, {})}
    if example is not None:
        found["example"] = example
    return found


def _not_null(schema: dict[str, Any]) -> dict[str, Any]:
    """An address cannot say null: a parameter that may be left out is simply not required."""
    choices = schema.pop("oneOf", None)
    if choices is None:
        return schema
    kept = [choice for choice in choices if choice != {"type": "null"}]
    return {**kept[0], **schema} if len(kept) == 1 else {"oneOf": kept, **schema}


def _sentence(text: str) -> str:
    """A description as a sentence; what begins with a name or a number stays as it is."""
    return f"{text[0].upper()}{text[1:].rstrip('.')}." if text.partition(" ")[0].isalpha() else text
