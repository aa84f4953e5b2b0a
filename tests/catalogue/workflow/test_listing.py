"""Lists: what is asked for, in the order of readings, whatever kana it is typed in."""

import pytest

from guide.catalogue.office import Office
from guide.catalogue.workflow.listing import PAGE_ROWS, Lack, Order, Wish
from guide.catalogue.workflow.records import Stage
from guide.domain.entry import EntryKind
from tests.catalogue.offices import EDITOR, PUBLISHER, TOWN, Clock, slope


def keys(office: Office, **wish: object) -> list[str]:
    return [row.key for row in office.listing.page(TOWN, Wish(kind=EntryKind.SLOPE, **wish)).rows]  # type: ignore[arg-type]


def test_entries_stand_in_the_order_of_their_readings(office: Office) -> None:
    office.drafts.create(EDITOR, TOWN, slope("a", "愛坂", reading="アイザカ"))
    office.drafts.create(EDITOR, TOWN, slope("z", "和坂", reading="わざか"))
    assert keys(office) == ["a", "town-01", "town-02", "z"]


def test_archived_ones_are_listed_only_when_asked_for(office: Office) -> None:
    page = office.listing.page(TOWN, Wish(kind=EntryKind.SLOPE))
    assert page.total == 2
    assert page.counts == {Stage.PUBLISHED: 1, Stage.DRAFT: 1, Stage.ARCHIVED: 1}
    assert keys(office, stage=Stage.ARCHIVED) == ["town-03"]


@pytest.mark.parametrize(
    "text",
    ["八幡", "はちまん", "ハチマン", "ﾊﾁﾏﾝ", "HACHIMAN", "ｈａｃｈｉ", "石段 はち", "hachiman-1", "  八幡　石段 "],
)
def test_words_are_found_in_names_readings_and_ids(office: Office, text: str) -> None:
    fields = {"reading": "はちまんざか", "name_en": "Hachiman Slope", "other_names": ("石段",)}
    office.drafts.create(EDITOR, TOWN, slope("hachiman-1", **fields))
    assert keys(office, text=text) == ["hachiman-1"]


@pytest.mark.parametrize("text", ["%", "_", "八_坂", "' OR 1=1 --", "\\"])
def test_signs_of_the_query_language_are_letters(office: Office, text: str) -> None:
    office.drafts.create(EDITOR, TOWN, slope())
    assert keys(office, text=text) == []


def test_what_is_lacking_is_found(office: Office) -> None:
    office.drafts.create(EDITOR, TOWN, slope("bare"))
    office.drafts.create(EDITOR, TOWN, slope("full", lng_lat=(141, 42), description_ja="話", photo="p.jpg"))
    assert keys(office, lack=Lack.PLACE) == ["bare"]
    assert "full" not in keys(office, lack=Lack.STORY)
    assert "full" not in keys(office, lack=Lack.PHOTO)
    assert keys(office, keys=frozenset({"full", "town-01"})) == ["town-01", "full"]


def test_changes_that_visitors_do_not_see_yet(office: Office) -> None:
    record = office.drafts.create(EDITOR, TOWN, slope())
    office.publishing.publish(PUBLISHER, TOWN, {"hachiman": record.version})
    record, _ = office.drafts.find(TOWN, "hachiman")
    office.drafts.save(EDITOR, TOWN, slope(name="八幡さま"), record.version)
    assert keys(office, changed_only=True) == ["hachiman"]


def test_a_long_list_comes_in_pages(office: Office, clock: Clock) -> None:
    for number in range(PAGE_ROWS + 3):
        clock.forward(seconds=1)
        office.drafts.create(EDITOR, TOWN, slope(f"s-{number:03}"))
    page = office.listing.page(TOWN, Wish(kind=EntryKind.SLOPE, page=2))
    assert (page.total, page.pages, len(page.rows)) == (PAGE_ROWS + 5, 2, 5)
    assert office.listing.page(TOWN, Wish(kind=EntryKind.SLOPE, page=99)).page == 2
    assert keys(office, order=Order.NEWEST)[0] == "s-052"
    assert keys(office, order=Order.ID)[0] == "s-000"
