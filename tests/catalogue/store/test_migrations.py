"""Migrations forward and back, with data in them, and the shape that they lead to is the one the program means."""

from pathlib import Path

import pytest
from advanced_alchemy.alembic.commands import AlembicCommands
from sqlalchemy import text

from guide.catalogue.office import Office
from guide.catalogue.store import migrate
from guide.catalogue.store.database import Database
from guide.domain.errors import StoreError, UsageError
from tests.catalogue.offices import EDITOR, TOWN, make_town, slope
from tests.databases import Databases


def test_the_steps_lead_to_the_tables_that_the_program_means(databases: Databases) -> None:
    database = Database(databases.url(empty=True))
    migrate.upgrade(database)
    AlembicCommands(database.config).check()  # raises where they differ
    database.close()


def test_every_step_leads_forward_and_back_and_keeps_what_was_there(databases: Databases, tmp_path: Path) -> None:
    database = Database(databases.url())
    office = Office(database, make_town(tmp_path))
    office.open_area(TOWN)
    office.drafts.create(EDITOR, TOWN, slope())
    before = [office.drafts.find(TOWN, record.key) for record in office.listing.all(TOWN)]
    first, *later = migrate.known()
    for shape in reversed([first, *later[:-1]]):
        migrate.downgrade(database, shape)
        assert migrate.current(database) == shape
    for shape in later:
        migrate.upgrade(database, shape)
        assert migrate.current(database) == shape
    assert [office.drafts.find(TOWN, record.key) for record in office.listing.all(TOWN)] == before
    migrate.downgrade(database, migrate.BASE)
    assert migrate.current(database) is None
    migrate.upgrade(database)
    assert office.list_areas() == []
    office.close()


def test_upgrading_twice_does_nothing(databases: Databases) -> None:
    database = Database(databases.url())
    migrate.upgrade(database)
    migrate.upgrade(database)
    assert migrate.current(database) == migrate.known()[-1]
    database.close()


def test_a_database_of_a_newer_program_is_refused_and_left_alone(databases: Databases) -> None:
    database = Database(databases.url())
    with database.writing() as session:
        session.execute(text("UPDATE migrations SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer"):
        migrate.upgrade(database)
    assert migrate.current(database) == "9999"
    database.close()


def test_an_unknown_shape_is_named(databases: Databases) -> None:
    database = Database(databases.url())
    with pytest.raises(UsageError, match="0001"):
        migrate.downgrade(database, "nonsense")
    database.close()


@pytest.mark.parametrize(
    ("url", "said"), [("nonsense", "must be like"), ("mysql://root@localhost/x", "SQLite or PostgreSQL")]
)
def test_an_address_that_is_none_is_refused_without_repeating_it(url: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        Database(url)


def test_a_database_that_is_not_there_is_one_sentence() -> None:
    database = Database("postgresql://nobody:secret@/x?host=/nowhere&connect_timeout=1")
    with pytest.raises(StoreError) as caught:
        migrate.upgrade(database)
    assert "secret" not in caught.value.message
    assert caught.value.message.count("\n") == 0
