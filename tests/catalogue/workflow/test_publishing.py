"""Publishing: all of it or none, at once or at a date, written as files that the builder reads."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from guide.catalogue.folders import find_published
from guide.catalogue.office import Office
from guide.catalogue.published import read_record
from guide.catalogue.slopes_csv import read_slopes
from guide.catalogue.workflow.publishing import KnownKeys
from guide.catalogue.workflow.records import Change, Stage
from guide.domain.entry import Entry, EntryKind
from guide.domain.errors import ConflictError, DeskError
from tests.catalogue.offices import EDITOR, PUBLISHER, TOWN, Clock, slope


def public_ids(office: Office) -> list[str]:
    return [entry.id for entry in office.publishing.public(TOWN).entries]


def files(data: Path) -> dict[str, list[str]]:
    folder = find_published(data, TOWN)
    assert folder is not None
    return {path.name: path.read_text("utf-8-sig").splitlines()[1:] for path in sorted(folder.glob("*.csv"))}


def test_many_are_published_at_once(office: Office) -> None:
    office.drafts.create(EDITOR, TOWN, slope())
    done = office.publishing.publish(PUBLISHER, TOWN, {"hachiman": 1, "town-02": 1})
    assert done.changes == (
        Change(key="hachiman", kind=EntryKind.SLOPE, name="八幡坂", before=None, after=1),
        Change(key="town-02", kind=EntryKind.SLOPE, name="二の坂", before=None, after=1),
    )
    assert set(public_ids(office)) == {"town-01", "town-02", "town-sight-01", "hachiman"}
    assert office.publishing.list_publications(TOWN, 5) == [done]


def test_all_or_none(office: Office) -> None:
    office.drafts.create(EDITOR, TOWN, slope())
    record, revision = office.drafts.find(TOWN, "town-02")
    office.drafts.save(EDITOR, TOWN, replace(revision.entry, name="二"), record.version)
    with pytest.raises(ConflictError):
        office.publishing.publish(PUBLISHER, TOWN, {"hachiman": 1, "town-02": record.version})
    assert "hachiman" not in public_ids(office)
    assert office.publishing.list_publications(TOWN, 5) == []


def test_the_gate_keeps_back_what_visitors_should_not_see(office: Office) -> None:
    def gate(_area: str, entries: Sequence[Entry], _keys: KnownKeys) -> None:
        if any(entry.id == "hachiman" for entry in entries):
            raise DeskError("desk.say-why")

    office.drafts.create(EDITOR, TOWN, slope())
    guarded = Office(office.database, office.data, gate=gate)
    with pytest.raises(DeskError):
        guarded.publishing.publish(PUBLISHER, TOWN, {"hachiman": 1, "town-02": 1})
    assert "town-02" not in public_ids(office)


def test_what_was_published_may_be_taken_back_and_put_away(office: Office) -> None:
    office.publishing.unpublish(PUBLISHER, TOWN, {"town-01": 1})
    record, _ = office.drafts.find(TOWN, "town-01")
    assert (record.stage, record.published) == (Stage.DRAFT, None)
    with pytest.raises(DeskError, match="None of these"):
        office.publishing.unpublish(PUBLISHER, TOWN, {"town-01": record.version})
    landmark, _ = office.drafts.find(TOWN, "town-sight-01")
    assert office.publishing.archive(PUBLISHER, TOWN, "town-sight-01", landmark.version).stage is Stage.ARCHIVED
    assert public_ids(office) == []
    with pytest.raises(DeskError, match="no changes"):
        office.publishing.publish(PUBLISHER, TOWN, {})


def test_a_scheduled_revision_appears_at_its_time_and_not_what_was_typed_since(office: Office, clock: Clock) -> None:
    record, revision = office.drafts.find(TOWN, "town-02")
    at = clock.now + timedelta(hours=2)
    planned = office.publishing.schedule(PUBLISHER, TOWN, "town-02", record.version, at)
    assert (planned.publish_at, planned.publish_number) == (at, 1)
    office.drafts.save(EDITOR, TOWN, replace(revision.entry, name="まだ秘密"), planned.version)
    assert office.publishing.publish_due() == []
    clock.forward(hours=2)
    (done,) = office.publishing.publish_due()
    assert done.changes[0].after == 1
    shown = {entry.id: entry for entry in office.publishing.public(TOWN).entries}["town-02"]
    assert shown == revision.entry
    after, _ = office.drafts.find(TOWN, "town-02")
    assert (after.stage, after.has_changes, after.publish_at) == (Stage.DRAFT, True, None)
    assert office.publishing.publish_due() == []
    assert office.log.lines(key="town-02")[0].detail == {"number": 1, "for": "Tanaka"}


def test_a_schedule_can_be_taken_back_and_lies_ahead(office: Office, clock: Clock) -> None:
    with pytest.raises(DeskError, match="passed"):
        office.publishing.schedule(PUBLISHER, TOWN, "town-02", 1, clock.now)
    planned = office.publishing.schedule(PUBLISHER, TOWN, "town-02", 1, clock.now + timedelta(days=1))
    office.publishing.schedule(PUBLISHER, TOWN, "town-02", planned.version, None)
    clock.forward(days=2)
    assert office.publishing.publish_due() == []


def test_what_is_published_is_written_as_files_for_the_builder(office: Office) -> None:
    assert office.write_published() == []  # nothing has been published yet: the files that it came with hold
    done = office.publishing.publish(PUBLISHER, TOWN, {"town-02": 1})
    assert office.write_published() == [TOWN]
    written = files(office.data)
    assert [line.split(",")[0] for line in written["slopes.csv"]] == ["town-01", "town-02"]
    assert [line.split(",")[0] for line in written["landmarks.csv"]] == ["town-sight-01"]
    folder = find_published(office.data, TOWN)
    assert folder is not None
    record = read_record(folder)
    assert record is not None
    assert record.publication == done.id
    assert {entry.name for entry in read_slopes(folder / "slopes.csv").entries} == {"一の坂", "二の坂"}
    assert office.write_published() == []


def test_files_that_somebody_removed_are_written_again(office: Office) -> None:
    office.publishing.publish(PUBLISHER, TOWN, {"town-02": 1})
    office.write_published()
    folder = find_published(office.data, TOWN)
    assert folder is not None
    (folder.parent / "current").unlink()
    assert office.write_published() == [TOWN]
    assert find_published(office.data, TOWN) == folder


def test_old_files_go_but_those_that_a_build_may_read(office: Office) -> None:
    for number in range(6):
        record, revision = office.drafts.find(TOWN, "town-01")
        saved = office.drafts.save(EDITOR, TOWN, replace(revision.entry, name=f"坂{number}"), record.version)
        office.publishing.publish(PUBLISHER, TOWN, {"town-01": saved.version})
        office.write_published()
    folder = find_published(office.data, TOWN)
    assert folder is not None
    assert len([path for path in folder.parent.iterdir() if path.is_dir() and not path.is_symlink()]) == 3
    assert "坂5" in files(office.data)["slopes.csv"][0]


@pytest.mark.parametrize("table", ["log", "revisions", "comments", "publications"])
def test_nobody_edits_what_was_written_down(office: Office, table: str) -> None:
    office.review.submit(EDITOR, TOWN, "town-02", 1, "x")
    office.publishing.publish(PUBLISHER, TOWN, {"town-02": 2})
    for statement in (f"UPDATE {table} SET made_by = 'nobody'", f"DELETE FROM {table}"):  # noqa: S608
        with pytest.raises(DBAPIError, match="only added to"), office.database.writing() as session:
            session.execute(text(statement))
    with pytest.raises(DBAPIError, match="only added to"), office.database.writing() as session:
        session.execute(text("DELETE FROM entries"))


def test_the_log_says_who_did_what_when(office: Office, clock: Clock) -> None:
    office.drafts.create(EDITOR, TOWN, slope())
    clock.forward(minutes=5)
    office.publishing.publish(PUBLISHER, TOWN, {"hachiman": 1})
    lines = office.log.lines(area=TOWN, key="hachiman")
    assert [(line.made_by, line.act) for line in lines] == [("Tanaka", "published"), ("Sato", "created")]
    assert lines[0].made_at == clock.now
    assert [line.act for line in office.log.lines(by="Sato")] == ["created"]
    assert [line.id for line in office.log.lines(before=lines[0].id, limit=1)] == [lines[1].id]
