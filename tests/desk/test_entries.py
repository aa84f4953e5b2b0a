"""Working on entries: forms, what they notice, two people at one slope, history, and what visitors see."""

import re
from html import unescape

import pytest

from guide.catalogue.office import Office
from guide.catalogue.published import published_now
from guide.catalogue.workflow.people import Role
from guide.catalogue.workflow.records import Stage
from guide.domain.slope import CatalogueSlope, Theme
from tests.catalogue.offices import TOWN, Clock
from tests.desk.conftest import SomeStaff
from tests.desk.staff import Staff

SLOPES = f"/desk/{TOWN}/slopes"
WHOLE = {
    "id": "hachiman",
    "name": "八幡坂",
    "reading": "はちまんざか",
    "name_en": "Hachimanzaka",
    "themes": ["view", "autumn"],
    "lng": "141.0006",
    "lat": "42.2998",
    "description_ja": "石段の坂。\n港が見える。",
    "licence": "CC BY 4.0",
    "credit": "town",
    "sources": "seen\nasked",
    "posted_grade_percent": "２３％",
}


def entry(office: Office, key: str) -> CatalogueSlope:
    found = office.drafts.find(TOWN, key)[1].entry
    assert isinstance(found, CatalogueSlope)
    return found


def fields_of(page: str) -> dict[str, str]:
    """What the inputs of a page hold."""
    found = re.findall(r'<input[^>]* name="([\w-]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def test_one_arrives_at_what_waits(staff: SomeStaff) -> None:
    someone = staff(Role.PUBLISHER)
    assert someone.get("/desk").headers["location"] == f"/desk/{TOWN}"
    page = someone.get(f"/desk/{TOWN}").text
    assert "二の坂" in page  # a draft
    assert "read the first catalogue" in page
    assert "1 slopes, 1 landmarks" in page


def test_a_list_is_searched_while_one_types(staff: SomeStaff) -> None:
    someone = staff()
    whole = someone.get(SLOPES).text
    assert "一の坂" in whole
    assert "二の坂" in whole
    part = someone.get(f"{SLOPES}?q=ﾆﾉｻｶ", headers={"hx-request": "true"}).text
    assert "二の坂" in part
    assert "一の坂" not in part
    assert "<html" not in part
    assert "三の坂" in someone.get(f"{SLOPES}?show=archived").text
    assert someone.get(f"{SLOPES}?show=nonsense").status_code == 400
    assert someone.get(f"/desk/{TOWN}/nonsense").status_code == 404
    assert someone.get("/desk/nowhere/slopes").status_code == 404


def test_a_form_becomes_a_draft(staff: SomeStaff, office: Office) -> None:
    someone = staff()
    form = fields_of(someone.get(f"/desk/{TOWN}/new/slopes").text)
    assert form["id"] == "town-04"
    reply = someone.post(SLOPES, WHOLE)
    assert (reply.status_code, reply.headers["location"]) == (303, f"{SLOPES}/hachiman")
    assert entry(office, "hachiman") == CatalogueSlope(
        id="hachiman", name="八幡坂", reading="はちまんざか", name_en="Hachimanzaka", lng_lat=(141.0006, 42.2998),
        themes=(Theme.VIEW, Theme.AUTUMN), description_ja="石段の坂。\n港が見える。", licence="CC BY 4.0",
        credit="town", sources=("seen", "asked"), posted_grade_percent=23.0,
    )  # fmt: skip
    page = someone.get(f"{SLOPES}/hachiman").text
    assert "is a draft now" in page
    assert "石段の坂。\n港が見える。" in page
    assert someone.get(f"{SLOPES}/hachiman").headers["etag"].startswith('"1')


def test_what_cannot_be_read_is_not_saved_and_nothing_typed_is_lost(staff: SomeStaff, office: Office) -> None:
    someone = staff()
    reply = someone.post(SLOPES, {**WHOLE, "posted_grade_percent": "急", "description_en": "kept"})
    assert reply.status_code == 422
    assert "not a number" in reply.text
    assert 'value="急"' in reply.text
    assert "kept" in reply.text
    assert "hachiman" not in office.listing.keys(TOWN, office.drafts.find(TOWN, "town-01")[0].kind)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"id": "a b"}, "letters, digits"),
        ({"id": "../x"}, "letters, digits"),
        ({"id": "town-03"}, "belongs to"),
        ({"id": "town-sight-01"}, "belongs to"),
        ({"name": ""}, "cannot be saved"),
        ({"line": "140 42"}, "not a line"),
        ({"description_ja": "長" * 4_001}, "Too long"),
    ],
)
def test_a_new_entry_that_cannot_be_is_told(staff: SomeStaff, fields: dict[str, str], said: str) -> None:
    reply = staff().post(SLOPES, {**WHOLE, **fields})
    assert reply.status_code == 422
    assert said in unescape(reply.text)


def test_things_are_noticed_beside_their_field_while_one_types(staff: SomeStaff) -> None:
    fields = {**WHOLE, "reading": "八幡坂", "licence": "", "lng": "140.5", "posted_grade_percent": "x"}
    page = staff().post(f"/desk/{TOWN}/check/slopes", fields).text
    notes = dict(re.findall(r'<div id="([\w]+)-check" hx-swap-oob="innerHTML">(.*?)</div>', page, re.DOTALL))
    assert "kana" in notes["reading"]
    assert "licence" in notes["licence"]
    assert "outside" in notes["line"]
    assert "not a number" in notes["posted_grade_percent"]
    assert notes["name"] == ""


def test_saving_does_not_change_what_visitors_see(staff: SomeStaff, office: Office) -> None:
    someone = staff()
    page = someone.get(f"{SLOPES}/town-01").text
    reply = someone.post(f"{SLOPES}/town-01", {**fields_of(page), "name": "壱の坂"})
    assert reply.headers["location"] == f"{SLOPES}/town-01"
    assert [each.name for each in office.publishing.public(TOWN).entries if each.id == "town-01"] == ["一の坂"]  # type: ignore[union-attr]
    changes = someone.get(f"{SLOPES}/town-01/changes").text
    assert "一の坂" in changes
    assert "壱の坂" in changes


def save(someone: Staff, page: str, **fields: str) -> str:
    reply = someone.post(f"{SLOPES}/town-01", {**fields_of(page), **fields})
    return reply.text if reply.status_code != 303 else ""


def test_the_second_of_two_people_sees_both_and_chooses(staff: SomeStaff, office: Office) -> None:
    one, other = staff(Role.EDITOR, "Sato"), staff(Role.PUBLISHER, "Tanaka")
    page, others_page = (someone.get(f"{SLOPES}/town-01").text for someone in (one, other))
    assert save(one, page, name="一番坂", note="Sato was here") == ""
    conflict = save(other, others_page, name="壱の坂", name_en="First Slope")
    assert "Sato has changed" in unescape(conflict)
    assert "both of you changed it" in conflict
    for text in ("一番坂", "壱の坂", "First Slope", "Sato was here"):
        assert text in conflict
    assert office.drafts.find(TOWN, "town-01")[0].name == "一番坂"
    picks = dict(re.findall(r'name="(pick-\w+)" value="(\w+)" checked', conflict))
    assert picks == {"pick-name": "mine", "pick-name_en": "mine", "pick-note": "theirs"}
    hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', conflict))
    merged = other.post(f"{SLOPES}/town-01/merge", {**hidden, **picks, "mark": other.mark})
    assert merged.status_code == 303
    found = entry(office, "town-01")
    assert (found.name, found.name_en, found.note) == ("壱の坂", "First Slope", "Sato was here")
    assert len(office.history.list_revisions(TOWN, "town-01")) == 3


def test_if_match_is_honoured(staff: SomeStaff, office: Office) -> None:
    someone = staff()
    fields = fields_of(someone.get(f"{SLOPES}/town-01").text)
    stale = someone.post(f"{SLOPES}/town-01", {**fields, "name": "x"}, headers={"if-match": '"7"'})
    assert stale.status_code == 412
    fresh = someone.post(f"{SLOPES}/town-01", {**fields, "name": "x", "version": "0"}, headers={"if-match": '"1-br"'})
    assert fresh.status_code == 303
    assert entry(office, "town-01").name == "x"


def test_two_open_forms_know_of_each_other(staff: SomeStaff, clock: Clock) -> None:
    one, other = staff(Role.EDITOR, "Sato"), staff(Role.EDITOR, "Tanaka")
    assert one.get(f"{SLOPES}/town-01/meanwhile?version=1").text.strip() == ""
    assert "Sato has this open too" in other.get(f"{SLOPES}/town-01/meanwhile?version=1").text
    save(one, one.get(f"{SLOPES}/town-01").text, name="一番坂")
    assert "Sato saved a newer version" in other.get(f"{SLOPES}/town-01/meanwhile?version=1").text
    clock.forward(minutes=2)
    assert "open too" not in other.get(f"{SLOPES}/town-01/meanwhile?version=2").text


def test_review_publish_and_what_is_written_for_the_builder(staff: SomeStaff, office: Office) -> None:
    editor, publisher = staff(Role.EDITOR), staff(Role.PUBLISHER)
    editor.post(SLOPES, {**WHOLE, "then": "submit"})
    assert office.drafts.find(TOWN, "hachiman")[0].stage is Stage.REVIEW
    page = publisher.get(f"{SLOPES}/hachiman/changes").text
    version = fields_of(page)["version"]
    refused = publisher.post(f"{SLOPES}/hachiman/review", {"act": "return", "version": version, "text": ""})
    assert refused.status_code == 422
    publisher.post(f"{SLOPES}/hachiman/review", {"act": "comment", "version": version, "text": "<b>よい</b>"})
    assert "&lt;b&gt;" not in publisher.get(f"{SLOPES}/hachiman/changes").text  # plain text only
    done = publisher.post(f"{SLOPES}/hachiman/publish", {"act": "publish", "version": version})
    assert done.status_code == 303
    assert "hachiman" in {each.id for each in office.publishing.public(TOWN).entries}
    assert published_now(office.data, TOWN) == office.publishing.list_publications(TOWN, 1)[0].id


def test_what_is_not_fit_to_be_seen_is_not_published(staff: SomeStaff, office: Office) -> None:
    someone = staff(Role.PUBLISHER)
    someone.post(SLOPES, {**WHOLE, "licence": ""})
    page = someone.get(f"{SLOPES}/hachiman/changes").text
    assert "cannot be published before" in page
    reply = someone.post(f"{SLOPES}/hachiman/publish", {"act": "publish", "version": "1"})
    assert reply.status_code == 422
    assert "no licence" in unescape(reply.text)
    many = someone.post(f"/desk/{TOWN}/publish", {"chosen": ["hachiman@1", "town-02@1"]})
    assert many.status_code == 422
    assert "town-02" not in {each.id for each in office.publishing.public(TOWN).entries}


def test_many_are_published_at_once(staff: SomeStaff, office: Office) -> None:
    someone = staff(Role.PUBLISHER)
    someone.post(SLOPES, WHOLE)
    page = someone.get(f"/desk/{TOWN}/publish").text
    chosen = re.findall(r'name="chosen" value="([^"]+)"', page)
    assert set(chosen) == {"hachiman@1", "town-02@1"}
    assert someone.post(f"/desk/{TOWN}/publish", {"chosen": chosen}).status_code == 303
    assert {"hachiman", "town-02"} <= {each.id for each in office.publishing.public(TOWN).entries}
    assert someone.post(f"/desk/{TOWN}/publish", {"chosen": ["evil'--@1"]}).status_code == 422


def test_publishing_at_a_date_on_the_areas_own_clock(staff: SomeStaff, office: Office, clock: Clock) -> None:
    someone = staff(Role.PUBLISHER)
    fields = {"act": "schedule", "version": "1", "day": "2026-12-24", "time": "09:00"}
    assert someone.post(f"{SLOPES}/town-02/publish", fields).status_code == 303
    at = office.drafts.find(TOWN, "town-02")[0].publish_at
    assert at is not None
    assert at.isoformat() == "2026-12-24T00:00:00+00:00"  # nine in the morning in Japan
    assert "goes public 2026-12-24 09:00" in someone.get(f"{SLOPES}/town-02").text
    assert someone.post(f"{SLOPES}/town-02/publish", {**fields, "version": "2", "day": "2026-11-01"}).status_code == 422
    assert someone.post(f"{SLOPES}/town-02/publish", {**fields, "version": "2", "day": "x"}).status_code == 422
    clock.forward(days=30)
    office.publishing.publish_due()
    assert "town-02" in {each.id for each in office.publishing.public(TOWN).entries}


def test_unpublish_and_put_away(staff: SomeStaff, office: Office) -> None:
    someone = staff(Role.PUBLISHER)
    assert someone.post(f"{SLOPES}/town-01/publish", {"act": "unpublish", "version": "1"}).status_code == 303
    assert someone.post(f"{SLOPES}/town-01/publish", {"act": "archive", "version": "2"}).status_code == 303
    assert office.drafts.find(TOWN, "town-01")[0].stage is Stage.ARCHIVED
    assert someone.post(f"{SLOPES}/town-01/publish", {"act": "nonsense", "version": "3"}).status_code == 422


def test_an_earlier_version_is_compared_and_comes_back(staff: SomeStaff, office: Office) -> None:
    someone = staff()
    save(someone, someone.get(f"{SLOPES}/town-01").text, name="誤の坂")
    page = someone.get(f"{SLOPES}/town-01/history?one=1&other=2").text
    assert "Versions 1 and 2" in page
    assert "誤の坂" in page
    assert someone.get(f"{SLOPES}/town-01/history?one=9").status_code == 404
    assert someone.post(f"{SLOPES}/town-01/restore", {"version": "2", "number": "1"}).status_code == 303
    assert entry(office, "town-01").name == "一の坂"
    assert someone.post(f"{SLOPES}/town-01/restore", {"version": "2", "number": "1"}).status_code == 412
    assert someone.post(f"{SLOPES}/town-01/restore", {"version": "3", "number": "x"}).status_code == 404


def test_a_slope_that_only_the_map_knows_is_taken_over(staff: SomeStaff) -> None:
    someone = staff()
    page = someone.get(f"/desk/{TOWN}/found").text
    assert "八幡坂" in page
    form = someone.get(f"/desk/{TOWN}/new/slopes?adopt=hachiman").text
    assert fields_of(form)["id"] == "hachiman"
    assert fields_of(form)["name"] == "八幡坂"


def test_slopes_and_landmarks_are_found_by_name(staff: SomeStaff) -> None:
    someone = staff()
    found = someone.get(f"/desk/{TOWN}/find?q=ハチマン").json()
    assert [each["id"] for each in found] == ["hachiman"]
    assert {each["id"] for each in someone.get(f"/desk/{TOWN}/find?q=展望").json()} == {"n1", "town-sight-01"}
    assert someone.get(f"/desk/{TOWN}/find?q=展望&only=slope").json() == []
    assert [each["name"] for each in someone.get(f"/desk/{TOWN}/find?ids=n1;town-01").json()] == ["展望台", "一の坂"]


@pytest.mark.parametrize("kind", ["landmarks", "tours", "closures"])
def test_every_kind_has_its_form(staff: SomeStaff, office: Office, kind: str) -> None:
    fields = {
        "landmarks": {"id": "m", "name": "塔", "kind": "sight", "lng": "141.0006", "lat": "42.2998", "sources": "s"},
        "tours": {"id": "t", "name": "めぐり", "stops": "town-01:up;town-sight-01", "sources": "s"},
        "closures": {"id": "c", "kind": "closed", "slope": "town-01", "starts": "2026-12-01", "starts_time": "09:30",
                     "ends": "2026-12-03", "ends_time": "", "description_ja": "倒木"},
    }[kind]  # fmt: skip
    someone = staff(Role.PUBLISHER)
    assert someone.get(f"/desk/{TOWN}/new/{kind}").status_code == 200
    key = fields["id"]
    assert someone.post(f"/desk/{TOWN}/{kind}", fields).status_code == 303
    page = someone.get(f"/desk/{TOWN}/{kind}/{key}").text
    if kind == "closures":
        assert 'value="2026-12-01"' in page
        assert 'value="09:30"' in page
        assert 'value="2026-12-03"' in page
    assert someone.get(f"{SLOPES}/{key}").status_code == 404  # another kind's address
    assert someone.post(f"/desk/{TOWN}/{kind}/{key}/publish", {"act": "publish", "version": "1"}).status_code == 303
    assert key in {each.id for each in office.publishing.public(TOWN).entries}


def test_what_somebody_typed_is_text_wherever_it_is_shown(staff: SomeStaff) -> None:
    evil = "\"'><img src=x onerror=alert(1)>{{7*7}}</textarea><script>alert(1)</script>"
    someone = staff(Role.PUBLISHER)
    fields = {**WHOLE, "name": f"坂{evil}", "note": evil, "credit": evil, "sources": evil}
    assert someone.post(SLOPES, fields).status_code == 303
    for path in ("", "/hachiman", "/hachiman/changes", "/hachiman/history"):
        page = someone.get(f"{SLOPES}{path}").text
        assert "<img src" not in page
        assert "<script>alert" not in page
    assert "{{7*7}}" in unescape(someone.get(f"{SLOPES}/hachiman").text)
