"""Built areas for tests of the running service."""

from pathlib import Path

import pytest

from tests.api.built_area import write_area


@pytest.fixture(scope="session")
def build_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two areas that tests may read but not change."""
    root = tmp_path_factory.mktemp("service") / "build"
    write_area(root, "drawn")
    write_area(root, "sample", sample=True)
    return root
