"""The implementation under test: the real builder's sample, served in process, found by its landing page alone."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guide.area.read import BuiltArea
from guide.service.app import create_app
from guide.settings import Settings

ROOT = "/api/sample"
Json = dict[str, Any]
Get = Callable[..., httpx.Response]


@pytest.fixture(scope="session")
def api(sample: BuiltArea, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Litestar]]:
    root = tmp_path_factory.mktemp("ogc")
    (root / "sample").symlink_to(sample.directory.parent)
    app = create_app(Settings(build_root=root, rate_per_s=0))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def get(api: TestClient[Litestar]) -> Get:
    """GET an address, whole or below the landing page, with parameters."""

    def ask(address: str, accept: str = "application/json", **parameters: object) -> httpx.Response:
        split = urlsplit(address)
        path = address if not split.scheme else f"{split.path}?{split.query}" if split.query else split.path
        path = path if path.startswith("/api") else f"{ROOT}{path}"
        asked = {name.replace("_", "-"): str(value) for name, value in parameters.items()}
        return api.get(path, params=asked or None, headers={"accept": accept})

    return ask


@pytest.fixture(scope="session")
def landing(get: Get) -> Json:
    return json_of(get(""))


@pytest.fixture(scope="session")
def conformance(get: Get) -> list[str]:
    found: list[str] = json_of(get("/conformance"))["conformsTo"]
    return found


@pytest.fixture(scope="session")
def collections(get: Get) -> list[Json]:
    found: list[Json] = json_of(get("/collections"))["collections"]
    return found


@pytest.fixture(scope="session")
def definition(get: Get) -> Json:
    return json_of(get("/api/openapi.json"))


def json_of(reply: httpx.Response) -> Json:
    assert reply.status_code == 200, reply.text
    found: Json = reply.json()
    return found


def links(document: Json, rel: str) -> list[Json]:
    return [link for link in document["links"] if link["rel"] == rel]


def link(document: Json, rel: str) -> str:
    found = links(document, rel)
    assert found, f"no link {rel!r}"
    return str(found[0]["href"])


def features(get: Get, collection: str, **parameters: object) -> list[Json]:
    """All features that answer, page after page."""
    page = json_of(get(f"/collections/{collection}/items", "application/geo+json", limit=1000, **parameters))
    assert page["numberReturned"] == len(page["features"]) == page["numberMatched"]
    found: list[Json] = page["features"]
    return found


def ids(get: Get, collection: str, **parameters: object) -> set[str]:
    return {str(feature["id"]) for feature in features(get, collection, **parameters)}
