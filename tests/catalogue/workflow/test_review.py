"""Review: a draft is shown, talked about, handed back or let through."""

from dataclasses import replace

import pytest

from guide.catalogue.office import Office
from guide.catalogue.workflow.records import Stage
from guide.domain.errors import ConflictError, DeskError
from tests.catalogue.offices import EDITOR, PUBLISHER, TOWN


def test_a_draft_goes_to_review_and_back_with_what_was_said(office: Office) -> None:
    record, _ = office.drafts.find(TOWN, "town-02")
    waiting = office.review.submit(EDITOR, TOWN, "town-02", record.version, "よろしく")
    assert waiting.stage is Stage.REVIEW
    office.review.comment(PUBLISHER, TOWN, "town-02", "写真は？")
    back = office.review.hand_back(PUBLISHER, TOWN, "town-02", waiting.version, "よみを <b>直して</b>")
    assert back.stage is Stage.DRAFT
    said = office.review.list_comments(TOWN, "town-02")
    assert [(each.made_by, each.act, each.text) for each in said] == [
        ("Sato", "submitted", "よろしく"), ("Tanaka", "comment", "写真は？"), ("Tanaka", "returned", "よみを 直して"),
    ]  # fmt: skip


def test_who_hands_back_says_why(office: Office) -> None:
    waiting = office.review.submit(EDITOR, TOWN, "town-02", 1)
    with pytest.raises(DeskError, match="should be changed"):
        office.review.hand_back(PUBLISHER, TOWN, "town-02", waiting.version, " ")
    with pytest.raises(DeskError):
        office.review.comment(PUBLISHER, TOWN, "town-02", "")


def test_only_what_was_seen_is_submitted(office: Office) -> None:
    record, revision = office.drafts.find(TOWN, "town-02")
    office.drafts.save(EDITOR, TOWN, replace(revision.entry, name="二"), record.version)
    with pytest.raises(ConflictError):
        office.review.submit(EDITOR, TOWN, "town-02", record.version)
    with pytest.raises(DeskError, match="no draft"):
        office.review.submit(EDITOR, TOWN, "town-01", 1)


def test_a_change_takes_an_entry_out_of_review(office: Office) -> None:
    waiting = office.review.submit(EDITOR, TOWN, "town-02", 1)
    _, revision = office.drafts.find(TOWN, "town-02")
    changed = office.drafts.save(EDITOR, TOWN, replace(revision.entry, name="二"), waiting.version)
    assert changed.stage is Stage.DRAFT
