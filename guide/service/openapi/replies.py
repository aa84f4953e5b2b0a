"""The replies of an operation: the good ones as its handler says, and the problems that it may have."""

import re
from http import HTTPStatus
from typing import Any, Final

import msgspec
from litestar.handlers import HTTPRouteHandler

from guide.http.described import GIVES, Gives
from guide.http.errors import PROBLEM_JSON, problem_title
from guide.http.replies import JSON

PROBLEM: Final = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "examples": ["/problems/not-found"]},
        "title": {"type": "string", "description": "the kind of problem, always the same for a type"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "what is wrong here, and what to do"},
        "request_id": {"type": "string", "description": "finds the lines of the log about it"},
    },
}

HEADERS: Final = {
    "ETag": {
        "description": "A strong tag of these very bytes; send it back as If-None-Match.",
        "schema": {"type": "string"},
    },
    "Cache-Control": {"description": "How long the reply may be kept.", "schema": {"type": "string"}},
    "Content-Language": {"description": "The language of the reply.", "schema": {"type": "string"}},
    "X-Request-ID": {"description": "Finds the lines of the log about this request.", "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}},
    "Content-Range": {"description": "Which bytes these are, and of how many.", "schema": {"type": "string"}},
    "Accept-Ranges": {"description": "bytes", "schema": {"type": "string"}},
}

Schemas = dict[Any, dict[str, Any]]
"""The schema of each shape: where its component is, or itself if it has none."""

_REF: Final = "#/components/schemas/{name}"
_A_PROBLEM: Final = {"$ref": "#/components/schemas/Problem"}
_ANYWHERE: Final = (414, 429)
_WITH_PARAMETERS: Final = (400,)
_OF_AN_AREA: Final = (404, 503)
_WITH_A_BODY: Final = (400, 408, 413, 415)
_NOT_ACCEPTABLE: Final = 406
_WAITED: Final = (429, 503)
_OK: Final = 200


def gives_of(handler: HTTPRouteHandler) -> Gives:
    """What a handler says it gives; JSON of any shape where it says nothing."""
    gives: Gives = handler.opt.get(GIVES) or Gives(types={JSON: Any})
    return gives


def shapes_of(handler: HTTPRouteHandler) -> list[Any]:
    """The shapes of a handler's good replies."""
    gives = gives_of(handler)
    return [shape for shape in (*gives.types.values(), *gives.endings.values()) if shape not in {None, Any}]


def replies(handler: HTTPRouteHandler, schemas: Schemas, path: str, parameters: list[Any]) -> dict[str, Any]:
    """All replies by status; ``schemas`` has that of each shape."""
    gives = gives_of(handler)
    has_body = handler.parsed_data_field is not None
    statuses = {*gives.errors, *_ANYWHERE}
    statuses |= {*_OF_AN_AREA} if "{area_id}" in path else set()
    statuses |= {*_WITH_A_BODY} if has_body else set()
    statuses |= {*_WITH_PARAMETERS} if parameters else set()
    statuses |= {_NOT_ACCEPTABLE} if gives.chosen else set()
    found: dict[str, Any] = {str(_OK): good_reply(gives, schemas)}
    if any(parameter["name"] == "lang" for parameter in parameters):
        found[str(_OK)]["headers"] |= _headers("Content-Language")
    found |= {str(status): _also(status, words) for status, words in gives.also.items()}
    if gives.kept:
        found["304"] = {"description": "The client has it already.", "headers": _headers("ETag", "Cache-Control")}
    found |= {str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in sorted(statuses)}
    if gives.own_errors is not None:
        content = {JSON: {"schema": schemas[gives.own_errors]}, PROBLEM_JSON: {"schema": _A_PROBLEM}}
        found |= {
            str(status): {"description": "What went wrong, as this protocol says it.", "content": content}
            for status in (*_WITH_PARAMETERS, *_OF_AN_AREA)
        }
    return dict(sorted(found.items()))


def problem_replies() -> dict[str, Any]:
    """The problem reply of each status, as components."""
    statuses = [400, 404, 406, 408, 413, 414, 415, 422, 429, 503]
    return {
        f"Problem{status}": {
            "description": problem_title(status) or HTTPStatus(status).phrase,
            "headers": _headers("X-Request-ID", *(["Retry-After"] if status in _WAITED else [])),
            "content": {PROBLEM_JSON: {"schema": _A_PROBLEM}},
        }
        for status in statuses
    }


def good_reply(gives: Gives, schemas: Schemas) -> dict[str, Any]:
    """The reply where all went well."""
    headers = ["ETag", "Cache-Control"] if gives.kept else ["Cache-Control"]
    return {
        "description": "As asked.",
        "headers": _headers(*headers, "X-Request-ID"),
        "content": {media_type: _content(media_type, shape, schemas) for media_type, shape in gives.types.items()},
    }


def _content(media_type: str, shape: Any, schemas: Schemas) -> dict[str, Any]:  # noqa: ANN401 (any type)
    if shape is None:
        text = media_type.startswith(("text/", "image/svg")) or media_type.endswith("xml")
        return {"schema": {"type": "string"} if text else {"type": "string", "format": "binary"}}
    return {"schema": schemas.get(shape, {})}


def _also(status: int, words: str) -> dict[str, Any]:
    headers = {"206": ("Content-Range", "Accept-Ranges"), "416": ("Content-Range",)}.get(str(status), ())
    return {"description": words, "headers": _headers("X-Request-ID", *headers)}


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def components_of(shapes: list[Any]) -> tuple[dict[str, Any], Schemas]:
    """The components that all shapes need, and the schema of each shape."""
    distinct = list(dict.fromkeys(shapes))
    schemas, components = msgspec.json.schema_components(distinct, ref_template=_REF)
    plain = {name: _plain(name) for name in components}
    text = msgspec.json.encode([schemas, components]).decode()
    for name, called in plain.items():
        text = text.replace(f'"{_REF.format(name=name)}"', f'"{_REF.format(name=called)}"')
    schemas, components = _without_tuples(msgspec.json.decode(text))
    titled = {plain[name]: {**schema, "title": plain[name]} for name, schema in components.items()}
    return titled, dict(zip(distinct, schemas, strict=True))


def _without_tuples(node: Any) -> Any:  # noqa: ANN401 (any JSON)
    """Tuples of one kind as lists of fixed length: few readers of descriptions know prefixItems."""
    if isinstance(node, list):
        return [_without_tuples(each) for each in node]
    if not isinstance(node, dict):
        return node
    kept = {name: _without_tuples(value) for name, value in node.items() if name != "prefixItems"}
    if "prefixItems" in node:
        kept["items"] = _without_tuples(node["prefixItems"][0])
    return kept


def _plain(name: str) -> str:
    """A component's name as a client's programmer would say it: the feature of slopes is a SlopeFeature."""
    name = re.sub(r"^FeaturePage_(\w+)Properties_$", r"\1Page", name)
    name = re.sub(r"^FeatureFields_(\w+)Properties_$", r"\1Feature", name)
    return name.removesuffix("Fields")
