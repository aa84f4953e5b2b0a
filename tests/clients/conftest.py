"""The real service over the sample area, and what is needed to meet it with clients that nobody here wrote."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from guide.area.read import BuiltArea
from tests.e2e.service import serve

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
PATIENCE_S = 120.0
"""What a reply may take on a machine that has much else to do."""


@pytest.fixture(scope="session")
def service(sample: BuiltArea, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service that shows the sample area, and no other that some test may have built beside it."""
    root = tmp_path_factory.mktemp("areas")
    (root / sample.directory.parent.name).symlink_to(sample.directory.parent)
    generous = {"HYAKUSAKA_RATE_PER_S": "0", "HYAKUSAKA_CONTACT": "operator@example.org"}
    with serve(root, environment=generous) as address:
        yield address


@pytest.fixture(scope="session")
def client(service: str) -> Iterator[httpx.Client]:
    """Asks the service, patiently."""
    with httpx.Client(base_url=service, timeout=PATIENCE_S) as client:
        yield client


@pytest.fixture(scope="session")
def description(client: httpx.Client, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The service's own description, as a file."""
    path = tmp_path_factory.mktemp("description") / "openapi.json"
    path.write_bytes(client.get("/api/openapi.json").content)
    return path


def run_node(*command: str, cwd: Path, **environment: str) -> str:
    """Run a program of node_modules with the Node that the project's own environment has."""
    if not (MODULES / ".installed").is_file():
        pytest.fail("the clients are not installed; run: make clients")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, "PATH": path, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
