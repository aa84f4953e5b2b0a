"""A depot of either kind: a shared folder, and a bucket of a server that speaks S3."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.depot.store import Store
from tests.object_store import ObjectStore, used


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "folder":
        yield Store(f"file://{tmp_path / 'depot'}")
        return
    server: ObjectStore = request.getfixturevalue("object_store")
    with used(server.environment()):
        yield Store(server.bucket())
