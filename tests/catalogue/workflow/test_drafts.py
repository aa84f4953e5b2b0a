"""Drafts: what is published never changes by typing, and nobody's work is lost."""

from dataclasses import replace

import pytest

from guide.catalogue.office import Office
from guide.catalogue.workflow.people import Actor, Role
from guide.catalogue.workflow.records import Origin, Stage
from guide.domain.entry import EntryKind
from guide.domain.errors import ConflictError, DeskError, NotAllowedError, UnknownEntryError
from tests.catalogue.offices import EDITOR, PUBLISHER, TOWN, Clock, slope


def test_an_areas_files_are_its_first_entries(office: Office) -> None:
    stages = {record.key: record.stage for record in office.listing.all(TOWN)}
    assert stages == {"town-01": Stage.PUBLISHED, "town-02": Stage.DRAFT, "town-sight-01": Stage.PUBLISHED}
    assert office.drafts.find(TOWN, "town-03")[0].stage is Stage.ARCHIVED  # kept, so that its id stays its own
    assert office.drafts.find(TOWN, "town-01")[1].origin is Origin.SEED
    office.open_area(TOWN)  # a second look changes nothing
    assert len(office.listing.all(TOWN)) == 3


def test_a_new_slope_is_a_draft_that_visitors_do_not_see(office: Office) -> None:
    record = office.drafts.create(EDITOR, TOWN, slope())
    assert (record.stage, record.published, record.version) == (Stage.DRAFT, None, 1)
    assert "hachiman" not in {entry.id for entry in office.publishing.public(TOWN).entries}


def test_saving_leaves_what_is_published(office: Office, clock: Clock) -> None:
    record, revision = office.drafts.find(TOWN, "town-01")
    clock.forward(hours=1)
    changed = office.drafts.save(EDITOR, TOWN, replace(revision.entry, reading="いちざか"), record.version)
    assert (changed.stage, changed.head, changed.published) == (Stage.DRAFT, 2, 1)
    assert changed.has_changes
    assert (changed.changed_by, changed.changed_at) == ("Sato", clock.now)
    public = {entry.id: entry for entry in office.publishing.public(TOWN).entries}
    assert public["town-01"] == revision.entry


def test_saving_the_same_again_makes_no_revision(office: Office) -> None:
    record, revision = office.drafts.find(TOWN, "town-01")
    assert office.drafts.save(EDITOR, TOWN, replace(revision.entry, status="draft"), record.version) == record


def test_the_second_of_two_people_is_told_and_nothing_is_lost(office: Office) -> None:
    record, revision = office.drafts.find(TOWN, "town-02")
    office.drafts.save(EDITOR, TOWN, replace(revision.entry, name="にの坂"), record.version)
    with pytest.raises(ConflictError) as caught:
        office.drafts.save(PUBLISHER, TOWN, replace(revision.entry, name="弐の坂"), record.version)
    assert "Sato" in caught.value.said("ja")
    assert "Sato" in caught.value.message
    now, latest = office.drafts.find(TOWN, "town-02")
    assert (caught.value.version, latest.entry.name) == (now.version, "にの坂")  # type: ignore[union-attr]


def test_an_id_is_never_given_twice(office: Office) -> None:
    record = office.drafts.create(EDITOR, TOWN, slope("x"))
    office.publishing.archive(PUBLISHER, TOWN, "x", record.version)
    with pytest.raises(DeskError, match="belongs to"):
        office.drafts.create(EDITOR, TOWN, slope("x", "別の坂"))
    with pytest.raises(DeskError, match="belongs to"):
        office.drafts.create(EDITOR, TOWN, slope("town-sight-01"))  # a landmark's


def test_the_next_id_goes_on_behind_all_that_were_given(office: Office) -> None:
    assert office.drafts.next_id(TOWN, EntryKind.SLOPE) == "town-04"  # town-03 is archived
    assert office.drafts.next_id(TOWN, EntryKind.LANDMARK) == "town-sight-02"
    assert office.drafts.next_id(TOWN, EntryKind.TOUR) == "town-tour-01"


def test_an_earlier_revision_comes_back_as_a_new_one(office: Office) -> None:
    record, revision = office.drafts.find(TOWN, "town-01")
    changed = office.drafts.save(EDITOR, TOWN, replace(revision.entry, name="誤"), record.version)
    back = office.drafts.restore(EDITOR, TOWN, "town-01", 1, changed.version)
    assert (back.head, back.name) == (3, "一の坂")
    assert (back.stage, back.has_changes) == (Stage.PUBLISHED, False)  # it says what visitors see
    assert [each.number for each in office.history.list_revisions(TOWN, "town-01")] == [3, 2, 1]
    with pytest.raises(UnknownEntryError):
        office.drafts.restore(EDITOR, TOWN, "town-01", 9, back.version)


def test_what_does_not_exist_is_said(office: Office) -> None:
    with pytest.raises(UnknownEntryError, match="nowhere"):
        office.drafts.find(TOWN, "nowhere")
    with pytest.raises(UnknownEntryError):
        office.drafts.save(EDITOR, TOWN, slope("nowhere"), 1)


def test_an_editor_does_not_decide_what_visitors_see(office: Office) -> None:
    assert not Actor(name="x", role=Role.EDITOR).may("publish")  # type: ignore[arg-type]
    with pytest.raises(NotAllowedError, match="publishers"):
        office.publishing.publish(EDITOR, TOWN, {"town-02": 1})
    with pytest.raises(NotAllowedError):
        office.publishing.archive(EDITOR, TOWN, "town-02", 1)
    with pytest.raises(NotAllowedError):
        office.publishing.unpublish(EDITOR, TOWN, {"town-01": 1})
