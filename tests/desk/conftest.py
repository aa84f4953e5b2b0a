from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from litestar import Litestar

from guide.catalogue.office import Office
from guide.catalogue.store.database import Database
from guide.catalogue.workflow.people import Role
from guide.desk.opening import OpenOffice
from guide.service.app import create_app
from guide.settings import Settings
from tests.catalogue.offices import CHEAP_PASSWORDS, TOWN, Clock, make_town
from tests.databases import Databases
from tests.desk.staff import Staff

SomeStaff = Callable[..., Staff]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(databases: Databases, tmp_path: Path, clock: Clock) -> Iterator[Office]:
    made = Office(Database(databases.url()), make_town(tmp_path), clock=clock, passwords=CHEAP_PASSWORDS)
    made.open_area(TOWN)
    yield made
    made.close()


@pytest.fixture
def app(office: Office, tmp_path: Path) -> Litestar:
    settings = Settings(build_root=tmp_path / "build", access_log=False)
    made = create_app(settings)
    made.state.offices = OpenOffice(settings, office)
    return made


@pytest.fixture
def staff(app: Litestar, office: Office) -> SomeStaff:
    """Makes somebody at the desk."""

    def make(role: Role | None = Role.EDITOR, name: str | None = None) -> Staff:
        return Staff(app, office, role, name)

    return make
