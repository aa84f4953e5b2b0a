"""The description is OpenAPI 3.1 without a fault, and its examples are true."""

from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from guide.service.handlers import DEPENDENCIES
from tests.clients.conftest import HERE, MODULES, run_node

Operation = tuple[str, str, dict[str, Any]]


def operations(description: Path) -> list[Operation]:
    paths = msgspec.json.decode(description.read_bytes())["paths"]
    return [(path, method, operation) for path, item in paths.items() for method, operation in item.items()]


def test_it_is_valid(description: Path) -> None:
    OpenAPIV31SpecValidator(msgspec.json.decode(description.read_bytes())).validate()


def test_a_linter_finds_nothing_to_say(description: Path) -> None:
    spectral = MODULES / ".bin" / "spectral"
    said = run_node(
        str(spectral), "lint", str(description), "--ruleset", str(HERE / ".spectral.yaml"), "--fail-severity", "hint",
        cwd=HERE,
    )  # fmt: skip
    assert "No results" in said


def test_everything_is_described(description: Path) -> None:
    for path, method, operation in operations(description):
        where = f"{method} {path}"
        assert operation["summary"], where
        assert operation["x-summary-ja"], where
        assert not operation["x-summary-ja"].isascii(), where
        assert operation["tags"], where
        for parameter in operation["parameters"]:
            assert parameter.get("description"), f"{where}: {parameter['name']} has no description"
            typed = parameter["schema"].get("type") in {"boolean", "number"} or "$ref" in parameter["schema"]
            assert typed or "example" in parameter, f"{where}: {parameter['name']} has no example"
        for content in operation.get("requestBody", {}).get("content", {}).values():
            assert content["examples"], where
        for media_type, content in operation["responses"]["200"]["content"].items():
            assert media_type.partition("+")[2] != "json" or content["schema"], f"{where}: {media_type} has no shape"
        assert "429" in operation["responses"], where


def test_no_field_of_a_body_is_called_like_what_handlers_are_given(description: Path) -> None:
    """The framework would answer a fault in such a field with 500."""
    described = msgspec.json.decode(description.read_bytes())
    for _, method, operation in operations(description):
        if method == "post":
            reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
            body = described["components"]["schemas"][reference.rpartition("/")[2]]
            assert not body["properties"].keys() & DEPENDENCIES.keys(), reference


def test_every_field_that_carries_a_unit_says_so_or_shows_it_in_its_name(description: Path) -> None:
    schemas = msgspec.json.decode(description.read_bytes())["components"]["schemas"]
    units = ("_m", "_s", "_percent", "_kcal", "_deg", "_km", "_min")
    for name, schema in schemas.items():
        assert schema.get("description"), name
        for field, shape in schema.get("properties", {}).items():
            number = any(each.get("type") == "number" for each in (shape, *shape.get("anyOf", ())))
            if number and not field.endswith(units):
                assert shape.get("description"), f"{name}.{field} is a number of what?"


def test_every_example_works(client: httpx.Client, description: Path) -> None:
    for path, method, operation in operations(description):
        if "/photos/" in path:
            continue  # the sample has none, and tests/desk/test_photos.py asks for some
        for parameter in operation["parameters"]:
            if parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", str(parameter["example"]))  # noqa: PLW2901
        if method == "post":
            for name, example in operation["requestBody"]["content"]["application/json"]["examples"].items():
                reply = client.post(path, json=example["value"])
                assert reply.status_code == 200, f"{path}, {name}: {reply.text}"
            continue
        asked = [each for each in operation["parameters"] if each["in"] == "query"]
        needed = {each["name"]: _written(each) for each in asked if each["required"]}
        for one in ({}, *({each["name"]: _written(each)} for each in asked if "example" in each)):
            reply = client.get(path, params={**needed, **one})
            assert reply.status_code in {200, 204}, f"{path}?{needed | one}: {reply.text}"


def _written(parameter: dict[str, Any]) -> Any:  # noqa: ANN401 (any JSON)
    """A parameter's example as it stands in an address."""
    value = parameter["example"]
    if isinstance(value, list) and parameter.get("explode") is False:
        return ",".join(map(str, value))
    return value


@pytest.mark.parametrize("word", ["unpkg", "jsdelivr", "cdn", "googleapis"])
def test_nothing_is_loaded_from_elsewhere(client: httpx.Client, word: str) -> None:
    page = client.get("/api/docs").text
    assert word not in page
