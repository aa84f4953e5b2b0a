from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.catalogue.office import Office
from guide.catalogue.store.database import Database
from tests.catalogue.offices import CHEAP_PASSWORDS, TOWN, Clock, make_town
from tests.databases import Databases


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(databases: Databases, tmp_path: Path, clock: Clock) -> Iterator[Office]:
    """A town's office, on either database."""
    made = Office(Database(databases.url()), make_town(tmp_path), clock=clock, passwords=CHEAP_PASSWORDS)
    made.open_area(TOWN)
    yield made
    made.close()
