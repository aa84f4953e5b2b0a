from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guide.service.app import create_app
from guide.settings import Settings
from tests.api.built_area import write_area


@pytest.fixture(scope="session")
def build_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three areas: a whole one, one of which only the catalogue could be built, and a sample."""
    root = tmp_path_factory.mktemp("data") / "build"
    write_area(root, "drawn")
    write_area(root, "bare", complete=False)
    write_area(root, "sample", sample=True)
    return root


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built page, with a secret beside it that must never be served."""
    folder = tmp_path_factory.mktemp("web")
    (folder / "secret.txt").write_text("secret")
    (folder / "dist" / "assets").mkdir(parents=True)
    (folder / "dist" / "index.html").write_text("<!doctype html><title>hyakusaka</title>")
    (folder / "dist" / "icon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "dist" / "assets" / "main-abc123.js").write_text("// " + "x" * 5000)
    return folder / "dist"


@pytest.fixture(scope="session")
def client(build_root: Path, dist: Path) -> Iterator[TestClient[Litestar]]:
    with TestClient(create_app(Settings(build_root=build_root), dist), raise_server_exceptions=False) as client:
        yield client
