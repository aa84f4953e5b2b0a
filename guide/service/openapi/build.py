"""From the app to its description.

The framework knows addresses, parameters and bodies; each handler says what it gives (guide.http.described); this puts
the two together, with the problems that each operation may have. A collection's paths are written out one by one, so
that a generated client knows a slope from a landmark.
"""

import inspect
from dataclasses import replace
from typing import Any, Final

import msgspec
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.routes import HTTPRoute

from guide.api.features.collection import COLLECTIONS
from guide.api.features.question import NEEDS
from guide.api.schemas.features import PROPERTIES
from guide.http.replies import JSON
from guide.service.handlers import DEPENDENCIES, HANDLERS
from guide.service.openapi.parameters import parameters_of
from guide.service.openapi.replies import (
    HEADERS,
    PROBLEM,
    Schemas,
    components_of,
    gives_of,
    good_reply,
    problem_replies,
    replies,
    shapes_of,
)
from guide.service.openapi.words import ABOUT, BODY_EXAMPLES, ITEM_EXAMPLES, LINKS, ROOMS, TAGS, TITLE
from guide.settings import Settings
from guide.version import __version__

_COLLECTION: Final = "{collection}"


def describe(settings: Settings) -> bytes:
    """The description as JSON."""
    app = Litestar(HANDLERS, dependencies=DEPENDENCIES, openapi_config=OpenAPIConfig(title=TITLE, version=__version__))
    drawn: dict[str, Any] = msgspec.to_builtins(app.openapi_schema.to_schema())
    operations = list(_operations(app))
    shapes = [shape for _, _, handler in operations for shape in _all_shapes(handler)]
    components, schemas = components_of(shapes)
    paths: dict[str, Any] = {}
    for path, method, handler in operations:
        operation = _operation(drawn["paths"][path][method], path, handler, schemas)
        for written_out, written in _written_out(path, operation, handler, schemas):
            paths.setdefault(written_out, {})[method] = written
    _link(paths)
    description = {
        "openapi": "3.1.0",
        "info": _info(settings),
        "servers": [{"url": settings.public_url or "/"}],
        "tags": [{"name": name, "description": words} for name, words in TAGS],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted({**_enums(drawn), **components, "Problem": PROBLEM}.items())),
            "responses": problem_replies(),
            "headers": HEADERS,
        },
    }
    return msgspec.json.encode(description)


def _link(paths: dict[str, Any]) -> None:
    """Say in each reply which operations it leads to."""
    there = {operation["operationId"]: operation for item in paths.values() for operation in item.values()}
    for source, targets in LINKS.items():
        links = {
            target: {"operationId": target, "parameters": parameters}
            for target, parameters in targets.items()
            if target in there
        }
        there[source]["responses"]["200"]["links"] = links


def _operations(app: Litestar) -> list[tuple[str, str, HTTPRouteHandler]]:
    """Path, method and handler of everything that is described."""
    return [
        (route.path_format, method.lower(), handler)
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for method, (handler, _) in route.route_handler_map.items()
        if method != "OPTIONS" and handler.resolve_include_in_schema()
    ]


def _all_shapes(handler: HTTPRouteHandler) -> list[Any]:
    shapes = [each for shape in shapes_of(handler) for each in _of_collections(shape)]
    body = handler.parsed_data_field
    return shapes if body is None else [*shapes, body.annotation]


def _of_collections(shape: Any) -> list[Any]:  # noqa: ANN401 (any type)
    """A shape that leaves the properties open stands for one of each collection."""
    return [shape[PROPERTIES[name]] for name in COLLECTIONS] if getattr(shape, "__parameters__", ()) else [shape]


def _operation(drawn: dict[str, Any], path: str, handler: HTTPRouteHandler, schemas: Schemas) -> dict[str, Any]:
    parameters, function = parameters_of(drawn), _function(handler)
    summary, _, japanese = str(handler.summary or "").partition(" / ")
    operation: dict[str, Any] = {
        "operationId": _camel(function.__name__),
        "summary": summary,
        "description": _prose(function.__doc__ or summary) + (f"\n\n{japanese}" if japanese else ""),
        "x-summary-ja": japanese,
        "tags": [_tag(function)],
        "parameters": parameters,
        "responses": replies(handler, schemas, path, parameters),
    }
    if (body := handler.parsed_data_field) is not None:
        content: dict[str, Any] = {"schema": schemas[body.annotation]}
        if operation["operationId"] in BODY_EXAMPLES:
            content["examples"] = BODY_EXAMPLES[operation["operationId"]]
        operation["requestBody"] = {"required": True, "content": {"application/json": content}}
    return operation


def _written_out(
    path: str, operation: dict[str, Any], handler: HTTPRouteHandler, schemas: Schemas
) -> list[tuple[str, dict[str, Any]]]:
    """An operation on any collection as one on each."""
    if _COLLECTION not in path:
        return [(path, operation), *_with_endings(path, operation, handler, schemas)]
    found = []
    for name in COLLECTIONS:
        fields = PROPERTIES[name].__dataclass_fields__
        parameters = [
            {**parameter, "example": ITEM_EXAMPLES[name]} if parameter["name"] == "item_id" else parameter
            for parameter in operation["parameters"]
            if parameter["name"] != "collection" and NEEDS.get(parameter["name"], "id") in fields
        ]
        gives = gives_of(handler)
        types = {
            media_type: shape[PROPERTIES[name]] if getattr(shape, "__parameters__", ()) else shape
            for media_type, shape in gives.types.items()
        }
        written = {
            **operation,
            "operationId": _named_after(operation["operationId"], name),
            "summary": f"{operation['summary']}: {name}",
            "parameters": parameters,
            "responses": _with_types(operation["responses"], good_reply(replace(gives, types=types), schemas)),
        }
        found.append((path.replace(_COLLECTION, name), written))
    return found


def _with_endings(
    path: str, operation: dict[str, Any], handler: HTTPRouteHandler, schemas: Schemas
) -> list[tuple[str, dict[str, Any]]]:
    gives = gives_of(handler)
    return [
        (
            path + ending,
            {
                **operation,
                "operationId": f"{operation['operationId']}As{shape.__name__}",
                "summary": f"{operation['summary']}: {shape.__name__}",
                "responses": _with_types(
                    operation["responses"], good_reply(replace(gives, types={JSON: shape}), schemas)
                ),
            },
        )
        for ending, shape in gives.endings.items()
    ]


def _with_types(responses: dict[str, Any], good: dict[str, Any]) -> dict[str, Any]:
    """The same replies, but for what the good one holds."""
    return {**responses, "200": {**responses["200"], "content": good["content"]}}


def _named_after(operation_id: str, collection: str) -> str:
    """``listItems`` of slopes is ``listSlopes``, ``getItem`` is ``getSlope``."""
    plural = collection.title()
    for general, own in (("Items", plural), ("Item", plural[:-1]), ("CollectionInfo", f"{plural}Collection")):
        if operation_id.endswith(general):
            return operation_id.removesuffix(general) + own
    return operation_id + plural


def _info(settings: Settings) -> dict[str, Any]:
    info: dict[str, Any] = {
        "title": TITLE,
        "version": __version__,
        "summary": "Slopes of a town, measured, and walks that link them.",
        "description": ABOUT,
        "license": {"name": "MIT", "identifier": "MIT"},
    }
    if settings.contact:
        info["contact"] = {"name": "Operator", "email": settings.contact}
    return info


def _enums(drawn: dict[str, Any]) -> dict[str, Any]:
    """The lists of words that parameters refer to."""
    schemas: dict[str, Any] = drawn["components"]["schemas"]
    return {
        name: {"type": "string", "enum": schema["enum"], "description": schema.get("description", name)}
        for name, schema in schemas.items()
        if "enum" in schema
    }


def _function(handler: HTTPRouteHandler) -> Any:  # noqa: ANN401 (any function)
    """The function of a handler, also of one that is called in a thread."""
    return getattr(handler.fn, "func", handler.fn)


def _tag(function: Any) -> str:  # noqa: ANN401 (any function)
    """The tag of the room that a handler lives in."""
    parts = function.__module__.split(".")
    room = next((part for part in parts[2:] if part in ROOMS), None)
    if room is None:
        raise LookupError(f"{function.__module__} is in no room that words.ROOMS has a tag for.")
    return ROOMS[room]


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)


def _prose(docstring: str) -> str:
    """A docstring as Markdown, its lines joined to paragraphs."""
    paragraphs = inspect.cleandoc(docstring).split("\n\n")
    return "\n\n".join(" ".join(each.split()) for each in paragraphs).replace("``", "`")
