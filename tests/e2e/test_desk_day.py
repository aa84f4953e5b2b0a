"""A working day at the desk, as people new to it would have it; two people at one slope."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from guide.area.read import BuiltArea
from guide.catalogue.workflow.people import Role
from guide.domain.texts import say
from tests.catalogue.offices import PASSWORD
from tests.e2e.conftest import Album, Visit, Visitor
from tests.service.colleague import add_account
from tests.service.desk_town import AREA, lay_out, running

pytestmark = pytest.mark.browser
Begin = Callable[..., Visit]

SLOPE = "mihon-zaka"
JAPANESE = Visitor(lang="ja", device="desk")
ENGLISH = Visitor(lang="en", device="desk")


@pytest.fixture(params=[JAPANESE, ENGLISH], ids=str)
def reader(request: pytest.FixtureRequest) -> Visitor:
    assert isinstance(request.param, Visitor)
    return request.param


@pytest.fixture
def desk(sample: BuiltArea, tmp_path: Path) -> Iterator[str]:
    """A service of its own, with an administrator; gives its address."""
    data = lay_out(sample.directory, tmp_path)
    add_account(data, "鈴木", Role.ADMIN)
    with running(data) as process:
        yield process.address


class At:
    """A person at the desk."""

    def __init__(self, visit: Visit, lang: str) -> None:
        self.visit = visit
        self.page: Page = visit.page
        self.lang = lang

    def say(self, key: str, **values: object) -> str:
        return say(self.lang, key, **values)

    def go(self, path: str) -> None:
        self.page.goto(f"{self.visit.address}{path}")
        self.page.wait_for_selector("html[data-ready=true]")

    def sign_in(self, name: str) -> None:
        self.go("/desk")
        self.page.fill("input[name=name]", name)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("main button.main")
        self.page.wait_for_url(f"**/desk/{AREA}")

    def tab(self, word: str) -> None:
        self.page.locator("nav.tabs").get_by_role("link", name=self.say(f"tab.{word}")).click()

    def button(self, key: str, **values: object) -> Locator:
        return self.page.get_by_role("button", name=self.say(key, **values), exact=True)

    def said(self) -> Locator:
        return self.page.locator(".said").first


def welcome(at: At, address: str) -> None:
    """The first visit of somebody who was sent a link."""
    at.page.goto(re.sub(r"^https?://[^/]+", at.visit.address, address))
    at.page.fill("input[name=password]", PASSWORD)
    at.page.fill("input[name=again]", PASSWORD)
    at.page.click("main button.main")
    at.page.wait_for_url(f"**/desk/{AREA}")


@pytest.mark.parametrize("reader", [JAPANESE], ids=str, indirect=True)  # half a minute long
def test_a_working_day(visit: Begin, desk: str, reader: Visitor, album: Album) -> None:
    def person() -> At:
        someone = visit(reader, address=desk)
        someone.forgive(re.compile("404"))  # the hills' tiles end at the frame of the area
        return At(someone, reader.lang)

    admin, editor, publisher = person(), person(), person()
    links = invite(admin, album)
    welcome(editor, links["佐藤"])
    tell_more_of_a_slope(editor, album)
    draw_a_new_slope(editor, album)
    take_in_a_table(editor, album)
    close_a_stair(editor, album)
    ask_for_review(editor, album)
    welcome(publisher, links["田中"])
    let_through(publisher, album)
    publish_the_rest(publisher, album)
    take_back(publisher, album)


def invite(admin: At, album: Album) -> dict[str, str]:
    """The administrator signs in and makes two accounts; gives the links for their owners."""
    admin.go("/desk")
    album.take(admin.page, "01-sign-in")
    admin.sign_in("鈴木")
    album.take(admin.page, "02-start")
    links = {}
    for name, role in (("佐藤", "editor"), ("田中", "publisher")):
        links[name] = add_account_at_desk(admin, name, role)
    album.take(admin.page, "03-people")
    return links


def add_account_at_desk(admin: At, name: str, role: str) -> str:
    admin.go("/desk/people")
    admin.page.fill("main form.stack input[name=name]", name)
    admin.page.check(f"main form.stack input[name=role][value={role}]")
    admin.button("people.do-add").click()
    return admin.page.locator("input.link").input_value()


def tell_more_of_a_slope(editor: At, album: Album) -> None:
    """A slope found in the list, and told more of."""
    editor.tab("slope")
    editor.page.fill("input[name=q]", "みほん")
    expect(editor.page.locator("#table tbody tr")).to_have_count(1)
    album.take(editor.page, "04-list")
    editor.page.click(".row-link")
    editor.page.wait_for_selector("[data-draw][data-ready]")
    editor.page.fill("[name=description_ja]", "<b>港</b>が見える坂。")
    expect(editor.page.locator("#description_ja-check .note")).not_to_have_count(0)  # checked as one types
    editor.page.fill("[name=description_ja]", "石畳の途中から、港が見える坂。")
    expect(editor.page.locator(".draw-found .sentence")).not_to_be_empty()  # measured on the map
    album.take(editor.page, "05-slope")
    editor.button("entry.save").click()
    expect(editor.said()).to_be_visible()


def draw_a_new_slope(editor: At, album: Album) -> None:
    """A new slope, put onto the map with one press."""
    editor.go(f"/desk/{AREA}/new/slopes")
    editor.page.wait_for_selector("[data-draw][data-ready]")
    editor.page.fill("[name=name]", "港見坂")
    editor.page.fill("[name=reading]", "みなとみざか")
    canvas = editor.page.locator("[data-draw] [data-map]")
    box = canvas.bounding_box()
    assert box
    canvas.click(position={"x": box["width"] * 0.5, "y": box["height"] * 0.5})
    expect(editor.page.locator("input[name=lng]")).not_to_have_value("")
    editor.page.fill("[name=sources]", "町史")
    album.take(editor.page, "06-new-slope")
    editor.button("entry.save").click()
    expect(editor.said()).to_contain_text("港見坂")


def take_in_a_table(editor: At, album: Album) -> None:
    """A spreadsheet from a colleague: looked at, chosen from, applied."""
    editor.tab("files")
    table = (
        "名前,番号,よみ,緯度,経度\n正弦坂,seigen-zaka,せいげんざか,40.9985,144.9925\n宝坂,,たからざか,144.99,40.998\n"
    )
    upload = {"name": "坂.csv", "mimeType": "text/csv", "buffer": table.encode("cp932")}
    editor.page.set_input_files("input[type=file]", files=[upload])  # type: ignore[list-item] (a file in memory)
    album.take(editor.page, "07-files")
    editor.button("files.look").click()
    editor.page.wait_for_selector("[data-rows-map][data-ready]")
    expect(editor.page.locator(".outcome-repaired")).to_have_count(1)  # latitude and longitude were swapped
    album.take(editor.page, "08-preview")
    editor.page.locator("tr#slope-2 input[name=take]").uncheck()
    expect(editor.button("preview.apply", count=1)).to_be_visible()
    editor.button("preview.apply", count=1).click()
    expect(editor.said()).to_be_visible()
    album.take(editor.page, "09-waiting")


def close_a_stair(editor: At, album: Album) -> None:
    """Works on a slope, for two days."""
    editor.go(f"/desk/{AREA}/new/closures")
    editor.page.wait_for_selector("[data-draw][data-ready]")
    editor.page.select_option("[name=kind]", "works")
    editor.page.fill("[name=description_ja]", "石段の工事")
    editor.page.fill("[name=slope]", SLOPE)
    editor.page.fill("[name=starts]", "2027-03-01")
    editor.page.fill("[name=ends]", "2027-03-02")
    album.take(editor.page, "10-closure")
    editor.button("entry.save").click()
    expect(editor.said()).to_be_visible()


def ask_for_review(editor: At, album: Album) -> None:
    """What has changed, on the map too, shown to somebody else."""
    editor.go(f"/desk/{AREA}/slopes/{SLOPE}/changes")
    editor.page.wait_for_selector("[data-compare][data-ready]")
    editor.page.fill("textarea[name=text]", "説明を足しました。")
    album.take(editor.page, "11-changes")
    editor.button("changes.submit").click()
    expect(editor.said()).to_be_visible()


def let_through(publisher: At, album: Album) -> None:
    """A review looked at, answered and published; visitors see it."""
    publisher.page.locator("main").get_by_role("link", name="見本坂").first.click()
    publisher.page.fill("textarea[name=text]", "よい説明です。")
    publisher.button("changes.comment").click()
    publisher.button("changes.publish").click()
    expect(publisher.said()).to_be_visible()
    expect(publisher.page.locator("[role=status]", has_text=publisher.say("building.shown"))).to_be_visible(
        timeout=60_000
    )
    album.take(publisher.page, "12-published")
    told = publisher.visit.get(f"/api/{AREA}/collections/slopes/items/{SLOPE}")
    assert told["properties"]["description_ja"] == "石畳の途中から、港が見える坂。"


def publish_the_rest(publisher: At, album: Album) -> None:
    """All that waits, at once."""
    publisher.go(f"/desk/{AREA}/publish")
    for box_ in publisher.page.locator("input[name=chosen]:not([disabled])").all():
        box_.check()
    album.take(publisher.page, "13-publish-many")
    publisher.button("publish.do").click()
    expect(publisher.said()).to_be_visible()


def take_back(publisher: At, album: Album) -> None:
    """An earlier version compared, and restored."""
    publisher.go(f"/desk/{AREA}/slopes/{SLOPE}/history?one=1&other=2")
    publisher.page.wait_for_selector("[data-compare][data-ready]")
    expect(publisher.page.locator("table.diff")).to_contain_text("石畳の途中から")
    album.take(publisher.page, "14-history")
    publisher.page.locator("form[action$='/restore'] button").last.click()
    expect(publisher.said()).to_be_visible()
    publisher.go(f"/desk/{AREA}/log")
    album.take(publisher.page, "15-log")


def test_two_people_at_one_slope(visit: Begin, desk: str, reader: Visitor, album: Album) -> None:
    one, two = (At(visit(reader, address=desk), reader.lang) for _ in range(2))
    two.visit.forgive(re.compile("412"))  # Chromium counts the page with both versions, a 412, as a failure
    one.sign_in("鈴木")
    welcome(two, add_account_at_desk(one, "佐藤", "editor"))

    for at in (one, two):
        at.go(f"/desk/{AREA}/slopes/{SLOPE}")
        at.page.wait_for_selector("[data-draw][data-ready]")
    one.go(f"/desk/{AREA}/slopes/{SLOPE}")
    expect(one.page.locator("#meanwhile")).to_contain_text("佐藤")  # the other has it open too
    album.take(one.page, "1-together")
    one.page.fill("[name=name_en]", "Example Slope of One")
    one.button("entry.save").click()
    expect(one.said()).to_be_visible()
    two.page.fill("[name=name_en]", "Example Slope of Two")
    two.page.fill("[name=description_en]", "A story by Two.")
    two.button("entry.save").click()
    clashes = two.page.locator("table.conflict tbody tr")
    expect(clashes).to_have_count(2)
    expect(two.page.locator("table.conflict tr.both")).to_contain_text("Example Slope of One")
    expect(two.page.locator("table.conflict tr.both")).to_contain_text("Example Slope of Two")
    album.take(two.page, "2-both")
    two.page.check("input[name=pick-name_en][value=theirs]")
    two.button("conflict.save").click()
    expect(two.said()).to_be_visible()
    expect(two.page.locator("[name=name_en]")).to_have_value("Example Slope of One")
    expect(two.page.locator("[name=description_en]")).to_have_value("A story by Two.")
    two.go(f"/desk/{AREA}/slopes/{SLOPE}/history")
    expect(two.page.locator("ol.versions > li")).to_have_count(3)
