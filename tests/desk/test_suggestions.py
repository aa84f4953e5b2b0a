"""Suggestions: sent without an account, held back where they flood, answered by staff, thanked for."""

import re
from html import unescape

import pytest
from httpx import Response

from guide.catalogue.office import Office
from guide.catalogue.suggestions.suggestions import MOST_AN_HOUR, MOST_AN_HOUR_OF_AREA
from guide.catalogue.suggestions.words import About, State, Suggested
from guide.catalogue.workflow.records import Origin, Stage
from guide.domain.errors import DeskError
from guide.domain.slope import CatalogueSlope
from tests.catalogue.offices import EDITOR, PUBLISHER, TOWN, Clock, slope
from tests.desk.conftest import SomeStaff
from tests.desk.staff import BASE, Staff

FORM = f"/suggest/{TOWN}/hachiman"
QUEUE = f"/desk/{TOWN}/suggestions"


def send(visitor: Staff, address: str = FORM, **fields: str) -> Response:
    data = {"about": "steps", "text": "57", "thanks": "", "homepage": "", **fields}
    return visitor.client.post(f"{address}?lang=en", data=data, follow_redirects=False)


def suggested(about: About = About.STEPS, text: str = "57", thanks: str | None = None) -> Suggested:
    return Suggested(key="hachiman", name="八幡坂", about=about, text=text, thanks=thanks, language="en")


def head(office: Office, key: str = "hachiman") -> CatalogueSlope:
    found = office.drafts.find(TOWN, key)[1].entry
    assert isinstance(found, CatalogueSlope)
    return found


@pytest.mark.parametrize("language", ["ja", "en"])
def test_there_is_a_form_at_every_slope_in_both_languages(staff: SomeStaff, language: str) -> None:
    visitor = staff(None)
    page = visitor.get(f"/api/{TOWN}/collections/slopes/items/hachiman?f=html&lang={language}").text
    link = re.search(r'href="([^"]*/suggest/[^"]*)"', page)
    assert link is not None
    form = visitor.get(unescape(link[1]).removeprefix(BASE))
    assert form.status_code == 200
    assert f'<html lang="{language}">' in form.text
    assert ("八幡坂" in form.text) or ("Hachiman" in form.text)
    assert all(f'value="{about}"' in form.text for about in About)
    assert form.headers["cache-control"] == "no-store"
    assert visitor.get(f"/suggest/{TOWN}/nobody").status_code == 404
    assert visitor.get("/suggest/nowhere/hachiman").status_code == 404


def test_it_is_sent_seen_taken_up_and_thanked_for(staff: SomeStaff, office: Office) -> None:
    visitor, someone = staff(None), staff()
    reply = send(visitor, thanks="花子")
    assert reply.status_code == 303
    receipt = reply.headers["location"]
    assert "has arrived" in visitor.get(receipt).text
    page = someone.get(QUEUE).text
    assert "花子" in page
    assert '<span class="count">1</span>' in page
    (waiting,) = office.suggestions.list(TOWN, [State.WAITING], 10)
    done = someone.post(f"{QUEUE}/{waiting.id}/accept", {"text": "５８段"})
    assert (done.status_code, done.headers["location"]) == (303, f"/desk/{TOWN}/slopes/hachiman")
    entry = head(office)
    assert (entry.name, entry.reported_steps) == ("八幡坂", 58)
    assert entry.sources[-1] == "Suggested by 花子 (2026-12-01)"
    record, revision = office.drafts.find(TOWN, "hachiman")
    assert (record.stage, record.published, revision.origin) == (Stage.DRAFT, None, Origin.SUGGESTED)
    assert "was taken up" in visitor.get(receipt).text
    assert [line.act for line in office.log.lines(area=TOWN, key="hachiman")] == ["suggestion-accepted", "suggested"]
    again = someone.post(f"{QUEUE}/{waiting.id}/accept", {"text": "59"})
    assert (again.status_code, "answered it already" in again.text) == (422, True)


def test_what_visitors_see_does_not_change_by_it(staff: SomeStaff, office: Office) -> None:
    office.drafts.create(EDITOR, TOWN, slope(sources=("s",), lng_lat=(141.0006, 42.2998)))
    office.publishing.publish(PUBLISHER, TOWN, {"hachiman": 1})
    office.suggestions.take(TOWN, suggested(About.NAME, "八幡宮坂"), "1.2.3.4")
    (waiting,) = office.suggestions.list(TOWN, [State.WAITING], 10)
    record = office.suggestions.accept(EDITOR, TOWN, waiting.id, waiting.suggested.text)
    assert record.has_changes
    assert head(office).name == "八幡宮坂"
    public = {each.id: each for each in office.publishing.public(TOWN).entries}
    assert public["hachiman"].name == "八幡坂"  # type: ignore[union-attr]
    assert "八幡宮坂" in staff().get(f"/desk/{TOWN}/slopes/hachiman/changes").text


def test_free_words_go_into_the_note_that_nobody_publishes(office: Office) -> None:
    office.drafts.create(EDITOR, TOWN, slope(note="before"))
    office.suggestions.take(TOWN, suggested(About.CLOSED, "A tree lies on it."), "1.2.3.4")
    (waiting,) = office.suggestions.list(TOWN, [State.WAITING], 10)
    office.suggestions.accept(EDITOR, TOWN, waiting.id, waiting.suggested.text)
    assert head(office).note == "before\nA tree lies on it."
    assert head(office).sources == ("A visitor's suggestion (2026-12-01)",)


def test_it_is_refused_with_a_reason_that_its_sender_reads(staff: SomeStaff, office: Office) -> None:
    visitor, someone = staff(None), staff()
    receipt = send(visitor).headers["location"]
    (waiting,) = office.suggestions.list(TOWN, [State.WAITING], 10)
    assert someone.post(f"{QUEUE}/{waiting.id}/refuse", {"reason": "<br>"}).status_code == 422
    assert someone.post(f"{QUEUE}/{waiting.id}/refuse", {"reason": "We counted: 61."}).status_code == 303
    answer = visitor.get(receipt).text
    assert "not taken up" in answer
    assert "We counted: 61." in answer
    assert "We counted: 61." in someone.get(QUEUE).text
    assert office.log.lines(area=TOWN, key="hachiman")[0].detail["reason"] == "We counted: 61."


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": "   "}, "write what would be right"),
        ({"text": "<script></script>"}, "write what would be right"),
        ({"text": "長" * 1_001}, "too long"),
        ({"text": "many"}, "cannot be read"),
        ({"about": "posted_grade_percent", "text": "200"}, "cannot be read"),
        ({"about": "status", "text": "retired"}, "choose what it is about"),
        ({"about": "photo", "text": "x.jpg"}, "choose what it is about"),
        ({"thanks": "名" * 61}, "too long"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_typed_is_lost(staff: SomeStaff, fields: dict[str, str], said: str) -> None:
    reply = send(staff(None), **fields)
    assert reply.status_code == 422
    assert said in unescape(reply.text)
    text = fields.get("text", "").strip()
    assert text in unescape(reply.text)


def test_a_program_that_fills_in_everything_is_thanked_and_not_heard(staff: SomeStaff, office: Office) -> None:
    reply = send(staff(None), homepage="https://spam.example")
    assert reply.status_code == 200
    assert "Thank you" in reply.text
    assert office.suggestions.count_waiting(TOWN) == 0


def test_a_form_of_another_site_is_not_taken(staff: SomeStaff, office: Office) -> None:
    visitor = staff(None)
    visitor.client.headers["origin"] = "https://evil.example"
    assert send(visitor).status_code == 403
    del visitor.client.headers["origin"]
    assert send(visitor).status_code == 403
    assert office.suggestions.count_waiting(TOWN) == 0


def test_a_flood_is_held_back_by_sender_and_in_all(staff: SomeStaff, office: Office, clock: Clock) -> None:
    visitor = staff(None)
    for _ in range(MOST_AN_HOUR):
        assert send(visitor).status_code == 303
    held = send(visitor, text="58")
    assert held.status_code == 429
    assert "in an hour" in held.text
    assert ">58</textarea>" in held.text
    for number in range(MOST_AN_HOUR_OF_AREA - MOST_AN_HOUR):
        office.suggestions.take(TOWN, suggested(), f"10.0.0.{number}")
    with pytest.raises(DeskError):
        office.suggestions.take(TOWN, suggested(), "192.0.2.1")
    clock.forward(hours=1, minutes=1)
    assert send(visitor).status_code == 303


def test_where_it_came_from_is_forgotten_after_a_day(office: Office, clock: Clock) -> None:
    office.suggestions.take(TOWN, suggested(), "192.0.2.1")
    with office.database.engine.connect() as connection:
        kept = "SELECT count(*) FROM suggestions WHERE sender IS NOT NULL"
        assert connection.exec_driver_sql(kept).scalar() == 1
        assert "192.0.2.1" not in str(connection.exec_driver_sql("SELECT * FROM suggestions").all())
    clock.forward(days=1, hours=1)
    office.suggestions.forget_senders()
    with office.database.engine.connect() as connection:
        assert connection.exec_driver_sql(kept).scalar() == 0


def test_marks_in_a_suggestion_are_only_text(staff: SomeStaff, office: Office) -> None:
    visitor, someone = staff(None), staff()
    attack = "a <img src=x onerror=alert(1)> &lt;script&gt;alert(2)&lt;/script&gt; b"
    receipt = send(visitor, about="other", text=attack, thanks='"><svg onload=alert(3)>Kato').headers["location"]
    for page in (visitor.get(receipt).text, someone.get(QUEUE).text):
        assert not re.search(r"<(img|svg|script)[^>]*(onerror|onload|alert)", page)
        assert "alert(1)" not in page
    assert office.suggestions.list(TOWN, [State.WAITING], 1)[0].suggested.thanks == '">Kato'
    assert '">Kato' not in someone.get(QUEUE).text


def test_a_receipt_is_not_guessed_and_holds_in_its_own_town(staff: SomeStaff) -> None:
    visitor = staff(None)
    secret = send(visitor).headers["location"].partition("/sent/")[2].partition("?")[0]
    assert len(secret) > 40
    assert visitor.get(f"/suggest/{TOWN}/sent/{secret[:-1]}").status_code == 404
    assert visitor.get(f"/suggest/{TOWN}/sent/1").status_code == 404


def test_a_slope_that_is_gone_can_only_be_refused(staff: SomeStaff, office: Office) -> None:
    office.suggestions.take(
        TOWN, Suggested(key="gone", name="昔坂", about=About.NAME, text="x", thanks=None, language="ja"), "1.2.3.4"
    )
    (waiting,) = office.suggestions.list(TOWN, [State.WAITING], 1)
    someone = staff()
    reply = someone.post(f"{QUEUE}/{waiting.id}/accept", {"text": "x"})
    assert (reply.status_code, "no longer known" in reply.text) == (422, True)
    assert someone.post(f"{QUEUE}/{waiting.id}/refuse", {"reason": "gone"}).status_code == 303
