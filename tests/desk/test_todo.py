"""What is to be done, as a list: each thing leads to its field, is put aside with a reason, and comes back."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import msgspec
import pytest

from guide.area.changes import Change, ChangeKind
from guide.area.files import CHANGES
from guide.area.manifest import FindingRecord, read_manifest, write_manifest
from guide.catalogue.office import Office
from guide.catalogue.workflow.people import Role
from tests.api.built_area import write_area
from tests.catalogue.offices import EDITOR, PUBLISHER, TOWN, Clock, slope
from tests.desk.conftest import SomeStaff
from tests.desk.staff import Staff

TODO = f"/desk/{TOWN}/todo"
SIGN = FindingRecord(
    code="slope.sign-disagrees", where="hachiman (八幡坂)", severity="warning", message_ja="標識は 23",
    message_en="A sign says 23, the elevation model 12.0 ± 0.5 %; look at both.",
)  # fmt: skip


@pytest.fixture
def town_build(tmp_path: Path) -> Path:
    """A build of this test's own, which says that a sign disagrees."""
    root = tmp_path / "builds"
    directory = write_area(root, TOWN)
    manifest = read_manifest(directory)
    write_manifest(directory / "manifest.json", msgspec.structs.replace(manifest, findings=(SIGN,)))
    return root


@pytest.fixture
def hachiman(office: Office) -> None:
    entry = slope(sources=("s",), lng_lat=(141.0006, 42.2998), posted_grade_percent=23.0, photo="x.jpg")
    office.drafts.create(EDITOR, TOWN, entry)


def items(page: str) -> list[tuple[str, str]]:
    """Where each thing leads, and what is said."""
    found = re.findall(
        r'<li class="note[^"]*">\s*<p class="todo-what"><a href="([^"]+)">.*?</p>\s*<p>(.*?)</p>', page, re.DOTALL
    )
    return [(href, unescape(re.sub(r"<[^>]+>", "", text))) for href, text in found]


def hidden(page: str, key: str, code: str) -> dict[str, str]:
    """The fields of the form that puts one thing aside."""
    for form in re.findall(r"<form[^>]*>(.*?)</form>", page, re.DOTALL):
        fields = dict(re.findall(r'name="([\w-]+)" value="([^"]*)"', form))
        if (fields.get("key"), fields.get("code")) == (key, code):
            return fields
    raise AssertionError(f"{key} {code} is not on the page")


@pytest.mark.usefixtures("hachiman")
def test_everything_that_is_noticed_leads_to_its_field(staff: SomeStaff) -> None:
    someone = staff()
    found = items(someone.get(TODO).text)
    here = f"/desk/{TOWN}/slopes/hachiman"
    expected = {
        f"{here}#field-posted_grade_percent": "A sign says 23",
        f"{here}#field-reading": "reading",
        f"{here}#field-photo_credit": "Nobody is named",
        f"{here}#field-photo_licence": "licence",
        f"{here}#field-description_ja": "no story",
        f"/desk/{TOWN}/landmarks/town-sight-01#field-description_ja": "no story",
    }
    for href, words in expected.items():
        assert any(href == there and words in text for there, text in found), href
    form = someone.get(here).text
    for href in expected:
        if href.startswith(here):
            assert f'id="{href.partition("#")[2]}"' in form
    assert "town-03" not in str(found), "what is archived is nobody's work"
    signs = items(someone.get(f"{TODO}?topic=signs").text)
    assert [href for href, _ in signs] == [f"{here}#field-posted_grade_percent"]
    assert someone.get(f"{TODO}?topic=nonsense").status_code == 400


@pytest.mark.usefixtures("hachiman")
def test_it_is_put_aside_with_a_reason_and_back_again(staff: SomeStaff, office: Office) -> None:
    someone = staff()
    fields = hidden(someone.get(TODO).text, "hachiman", "slope.sign-disagrees")
    assert someone.post(TODO, {**fields, "mark": someone.mark, "reason": " <i></i> "}).status_code == 422
    done = someone.post(TODO, {**fields, "mark": someone.mark, "reason": "The sign is of 1990."})
    assert done.status_code == 303
    page = someone.get(TODO).text
    assert not [text for _, text in items(page) if "A sign says" in text]
    assert "The sign is of 1990." in page
    assert office.log.lines(area=TOWN, key="hachiman")[0].act == "finding-dismissed"
    someone.post(TODO, {**fields, "mark": someone.mark, "act": "back"})
    assert [text for _, text in items(someone.get(TODO).text) if "A sign says" in text]
    odd = {**fields, "mark": someone.mark, "reason": "x", "code": "<script>"}
    assert someone.post(TODO, odd).status_code == 422


@pytest.mark.usefixtures("hachiman")
def test_what_is_put_aside_comes_back_when_it_says_something_else(staff: SomeStaff, office: Office) -> None:
    someone = staff()
    fields = hidden(someone.get(TODO).text, "hachiman", "catalogue.photo-without-credit")
    someone.post(TODO, {**fields, "mark": someone.mark, "reason": "asked"})
    assert "catalogue.photo-without-credit" not in codes(someone)
    record, revision = office.drafts.find(TOWN, "hachiman")
    office.drafts.save(EDITOR, TOWN, replace(revision.entry, photo="y.jpg"), record.version)  # type: ignore[arg-type]
    assert "catalogue.photo-without-credit" in codes(someone)


def codes(someone: Staff) -> set[str]:
    page = someone.get(TODO).text.partition('<details class="card">')[0]
    return set(re.findall(r'name="code" value="([^"]+)"', page))


@pytest.mark.usefixtures("hachiman")
def test_a_street_that_changed_is_told_unless_staff_moved_it(
    staff: SomeStaff, office: Office, town_build: Path, clock: Clock
) -> None:
    def moved(fields: tuple[str, ...], build: str = "b1") -> None:
        change = Change(kind=ChangeKind.CHANGED, at=clock.now, build=build, id="hachiman", name="八幡坂", fields=fields)
        (town_build / TOWN / CHANGES).write_bytes(msgspec.json.encode([change]))

    someone = staff(Role.PUBLISHER)
    moved(("length_m",))
    assert "todo.street-changed" not in codes(someone)
    moved(("geometry", "length_m"))
    assert "todo.street-changed" in codes(someone)
    fields = hidden(someone.get(TODO).text, "hachiman", "todo.street-changed")
    someone.post(TODO, {**fields, "mark": someone.mark, "reason": "The new line is right."})
    assert "todo.street-changed" not in codes(someone)
    moved(("geometry",), "b2")
    assert "todo.street-changed" in codes(someone), "another build has moved it once more"
    clock.now -= timedelta(minutes=1)
    version = office.drafts.find(TOWN, "hachiman")[0].version
    entry = office.drafts.find(TOWN, "hachiman")[1].entry
    office.drafts.save(EDITOR, TOWN, replace(entry, photo=None), version)  # type: ignore[arg-type]
    office.publishing.publish(PUBLISHER, TOWN, {"hachiman": version + 1})
    assert "todo.street-changed" not in codes(someone), "its own publication has moved it"


def test_nothing_to_do_is_said(staff: SomeStaff) -> None:
    page = staff().get(f"{TODO}?topic=streets").text
    assert "Nothing is to be done here" in page
