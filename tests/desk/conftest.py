from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from litestar import Litestar

from guide.catalogue.office import Office
from guide.catalogue.store.database import Database
from guide.catalogue.workflow.people import Role
from guide.desk.gate import PublishingGate
from guide.desk.opening import OpenOffice
from guide.service.app import create_app
from guide.settings import Settings
from tests.api.built_area import write_area
from tests.catalogue.offices import CHEAP_PASSWORDS, TOWN, Clock, make_town
from tests.databases import Databases
from tests.desk.staff import Staff

SomeStaff = Callable[..., Staff]


@pytest.fixture(scope="session")
def town_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town as it is built: its streets, and slopes that only the map knows."""
    root = tmp_path_factory.mktemp("town") / "build"
    write_area(root, TOWN)
    return root


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def data(tmp_path: Path, town_build: Path) -> Path:
    made = make_town(tmp_path)
    (made / "build").symlink_to(town_build)
    return made


@pytest.fixture
def app(databases: Databases, data: Path, clock: Clock) -> Iterator[Litestar]:
    """The service with a desk, and nothing of it running by itself."""
    settings = Settings(build_root=data / "build", access_log=False)
    made = create_app(settings)
    gate = PublishingGate(made.state.registry)
    office = Office(Database(databases.url()), data, gate=gate, clock=clock, passwords=CHEAP_PASSWORDS)
    office.open_area(TOWN)
    made.state.offices = OpenOffice(settings, office=office)
    yield made
    office.close()


@pytest.fixture
def office(app: Litestar) -> Office:
    opened: Office = app.state.offices.get()
    return opened


@pytest.fixture
def staff(app: Litestar, office: Office) -> SomeStaff:
    """Makes somebody at the desk."""

    def make(role: Role | None = Role.EDITOR, name: str | None = None) -> Staff:
        return Staff(app, office, role, name)

    return make
