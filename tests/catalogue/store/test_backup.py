"""Backups: one file, taken while people work, that either kind of database reads back."""

import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from guide.catalogue.office import PHOTO_FOLDER, Office
from guide.catalogue.store import migrate
from guide.catalogue.store.database import Database
from guide.domain.errors import SourceError
from tests.catalogue.offices import EDITOR, PUBLISHER, TOWN, Clock, make_town, slope
from tests.databases import Databases


@pytest.fixture
def worked(office: Office, clock: Clock) -> Office:
    """An office with some work done."""
    office.drafts.create(EDITOR, TOWN, slope(description_ja="石段の\n話", lng_lat=(140.9, 42.3)))
    office.review.submit(EDITOR, TOWN, "hachiman", 1, "見て")
    office.publishing.publish(PUBLISHER, TOWN, {"hachiman": 2})
    office.publishing.schedule(PUBLISHER, TOWN, "town-02", 1, clock.now.replace(year=2030))
    (office.data / PHOTO_FOLDER).mkdir()
    (office.data / PHOTO_FOLDER / "abc.webp").write_bytes(b"photo")
    return office


def everything(office: Office) -> object:
    return (
        [office.drafts.find(TOWN, record.key) for record in office.listing.all(TOWN)],
        office.history.list_revisions(TOWN, "hachiman"),
        office.review.list_comments(TOWN, "hachiman"),
        office.publishing.public(TOWN),
        office.publishing.list_publications(TOWN, 9),
        office.log.lines(),
    )


def test_a_backup_brings_everything_back(worked: Office, tmp_path: Path) -> None:
    before = everything(worked)
    info = worked.back_up(tmp_path / "b.zip")
    assert info.rows["entries"] == 5
    record, revision = worked.drafts.find(TOWN, "hachiman")
    worked.drafts.save(EDITOR, TOWN, replace(revision.entry, name="誤"), record.version)
    worked.drafts.create(EDITOR, TOWN, slope("later"))
    (worked.data / PHOTO_FOLDER / "abc.webp").unlink()
    worked.restore(tmp_path / "b.zip")
    assert everything(worked) == before
    assert (worked.data / PHOTO_FOLDER / "abc.webp").read_bytes() == b"photo"
    later = worked.drafts.create(EDITOR, TOWN, slope("later"))  # numbers go on behind those that came back
    assert later.version == 1


def test_a_backup_goes_to_the_other_kind_of_database(
    worked: Office, sqlite_folder: Path, tmp_path: Path, databases: Databases, request: pytest.FixtureRequest
) -> None:
    worked.back_up(tmp_path / "b.zip")
    if databases.cluster is None:
        other = Databases(sqlite_folder, request.getfixturevalue("cluster")).url(empty=True)
    else:
        other = f"sqlite:///{tmp_path / 'other.sqlite'}"
    database = Database(other)
    migrate.upgrade(database)
    moved = Office(database, make_town(tmp_path / "elsewhere"))
    moved.restore(tmp_path / "b.zip")
    assert everything(moved) == everything(worked)
    moved.drafts.create(EDITOR, TOWN, slope("later"))
    moved.close()


def test_a_backup_is_of_one_moment_while_people_work(worked: Office, tmp_path: Path) -> None:
    def work(number: int) -> None:
        worked.drafts.create(EDITOR, TOWN, slope(f"busy-{number}"))

    with ThreadPoolExecutor(4) as pool:
        busy = pool.map(work, range(24))
        infos = [worked.back_up(tmp_path / f"{number}.zip") for number in range(4)]
        list(busy)
    for number, info in enumerate(infos):
        assert info.rows["entries"] == info.rows["revisions"]  # each entry here has but one
        worked.restore(tmp_path / f"{number}.zip")
        assert len(worked.listing.all(TOWN)) == info.rows["entries"] - 1  # one is archived


@pytest.mark.parametrize("damage", ["no zip", "empty", "half", "other", "newer"])
def test_what_is_no_backup_changes_nothing(worked: Office, tmp_path: Path, damage: str) -> None:
    path = tmp_path / "b.zip"
    worked.back_up(path)
    whole = path.read_bytes()
    if damage in {"no zip", "empty", "half"}:
        path.write_bytes({"no zip": b"id,name\n", "empty": b"", "half": whole[: len(whole) // 2]}[damage])
    else:
        text = zipfile.ZipFile(path).read("backup.json").decode()
        new = text.replace("hyakusaka backup", "x") if damage == "other" else text.replace('"0', '"9', 1)
        if damage == "newer":
            new = text.replace(migrate.known()[-1], "9999")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("backup.json", new)
    before = everything(worked)
    with pytest.raises(SourceError, match=r"backup|damaged|newer"):
        worked.restore(path)
    assert everything(worked) == before


def test_names_in_a_backup_lead_nowhere_else(worked: Office, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    worked.back_up(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("photos/../../evil.txt", "x")
        archive.writestr("photos/sub/evil.txt", "x")
    worked.restore(path)
    assert not list(tmp_path.rglob("evil.txt"))


def test_a_restore_that_fails_leaves_everything(worked: Office, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    worked.back_up(path)
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b'"content"', b'"nonsense"') if "revisions" in name else content)
    before = everything(worked)
    with pytest.raises(SourceError, match="do not fit"):
        worked.restore(broken)
    assert everything(worked) == before
