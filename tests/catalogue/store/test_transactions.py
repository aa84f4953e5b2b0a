"""Transactions: one writer after the other, and readers who see one state."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from guide.catalogue.office import Office
from guide.catalogue.store.database import Database
from guide.domain.errors import ConflictError, DeskError
from tests.catalogue.offices import EDITOR, TOWN, slope


def test_of_many_who_save_at_once_one_does_and_the_others_are_told(office: Office) -> None:
    record, revision = office.drafts.find(TOWN, "town-01")

    def save(number: int) -> bool:
        try:
            office.drafts.save(EDITOR, TOWN, replace(revision.entry, name=f"坂{number}"), record.version)
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(save, range(16)))
    assert done.count(True) == 1
    assert office.drafts.find(TOWN, "town-01")[0].head == 2


def test_an_id_asked_for_by_many_goes_to_one(office: Office) -> None:
    def create(number: int) -> bool:
        try:
            office.drafts.create(EDITOR, TOWN, slope("wanted", f"坂{number}"))
        except DeskError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(create, range(12))).count(True) == 1


def test_readers_go_on_while_somebody_writes(office: Office) -> None:
    with office.database.writing(TOWN), ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: len(office.listing.all(TOWN)), range(8)))
    assert found == [3] * 8


def test_a_snapshot_is_of_one_moment(office: Office) -> None:
    with office.database.snapshot() as session:
        before = len(office.listing.all(TOWN))
        session.connection().exec_driver_sql("SELECT count(*) FROM entries").scalar()
        office.drafts.create(EDITOR, TOWN, slope())
        assert session.connection().exec_driver_sql("SELECT count(*) FROM entries").scalar() == before + 1  # archived


def test_a_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    database = Database.at(tmp_path / "desk" / "desk.sqlite")
    assert (tmp_path / "desk" / "desk.sqlite").stat().st_mode & 0o077 == 0
    database.close()
