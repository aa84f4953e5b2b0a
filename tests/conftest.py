"""What every test may ask for: the real areas, a built sample, golden files."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from guide.area.read import BuiltArea, open_area
from tests.databases import (
    KINDS,
    Cluster,
    Databases,
    make_postgres_template,
    make_sqlite_template,
    run_cluster,
)
from tests.object_store import ObjectStore, run_object_store
from tiles.build import build_area
from tiles.download import Network
from tiles.jobs import prepare

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
GOLDEN = ROOT / "tests" / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write the golden files anew instead of comparing")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests come last: from its start on playwright's event loop runs, and others could have none."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("area") and not sources_folder().is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"the real areas are required here, but {sources_folder()} does not exist")
        pytest.skip(f"the real areas are not here ({sources_folder()})")


def sources_folder() -> Path:
    """Where the real areas lie."""
    return Path(os.environ.get("HYAKUSAKA_SOURCES") or SHARED / "areas")


@pytest.fixture(scope="session")
def sources() -> Path:
    return sources_folder()


@pytest.fixture(scope="session")
def shared_builds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where ``built`` puts what it builds: one folder, though some tests have a ``build_root`` of their own."""
    return tmp_path_factory.mktemp("build")


@pytest.fixture(scope="session")
def build_root(shared_builds: Path) -> Path:
    """A folder with builds that tests may read but not change."""
    return shared_builds


@pytest.fixture(scope="session")
def built(shared_builds: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], BuiltArea]:
    """Builds an area once a session, the way the command does, and opens it."""
    opened: dict[str, BuiltArea] = {}

    def build(area: str) -> BuiltArea:
        if area not in opened:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("HYAKUSAKA_DATA", str(tmp_path_factory.mktemp("data")))
                patch.setenv("HYAKUSAKA_SOURCES", str(sources_folder()))
                job = prepare(area, out=shared_builds, network=Network(allowed=False))
                opened[area] = open_area(build_area(job))
        return opened[area]

    return build


@pytest.fixture(scope="session")
def sample(built: Callable[[str], BuiltArea]) -> BuiltArea:
    return built("sample")


@pytest.fixture(scope="session")
def portland(built: Callable[[str], BuiltArea]) -> BuiltArea:
    return built("portland")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compares bytes with a file under tests/golden, or writes it with --golden."""

    def compare(name: str, actual: bytes) -> None:
        path = GOLDEN / name
        if request.config.getoption("--golden"):
            path.write_bytes(actual)
        assert path.is_file(), f"there is no golden file {name}; write it with: make golden"
        assert actual == path.read_bytes(), f"{name} differs; if that is meant, run: make golden"

    return compare


@pytest.fixture(scope="session")
def sqlite_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sqlite")
    make_sqlite_template(folder / "template.sqlite")
    return folder


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL of the tests' own, started when the first test asks for it."""
    with run_cluster() as running:
        make_postgres_template(running)
        yield running


@pytest.fixture(scope="session")
def object_store() -> Iterator[ObjectStore]:
    """A server that speaks S3, started when the first test asks for it."""
    with run_object_store() as running:
        yield running


@pytest.fixture(params=KINDS)
def databases(request: pytest.FixtureRequest, sqlite_folder: Path) -> Iterator[Databases]:
    """New databases of either kind; each test that asks runs with both."""
    cluster: Cluster | None = request.getfixturevalue("cluster") if request.param == "postgresql" else None
    folder = sqlite_folder / str(abs(hash(request.node.nodeid)))
    folder.mkdir(exist_ok=True)
    given = Databases(folder, cluster)
    yield given
    for name in given.made if cluster else ():
        cluster.drop(name)
