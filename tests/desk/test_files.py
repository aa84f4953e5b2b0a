"""Files both ways at the desk: nothing changes before it is applied, and what was looked at is what is applied."""

import io
import re
from collections.abc import Callable, Sequence

import openpyxl
import pytest
from httpx import Response

from guide.catalogue.exchange.shelf import SaidOfFile
from guide.catalogue.office import Office
from guide.catalogue.workflow.people import Role
from guide.catalogue.workflow.records import Stage
from guide.domain.entry import EntryKind
from tests.catalogue.offices import EDITOR, TOWN, Clock, slope
from tests.desk.staff import Staff

SomeStaff = Callable[..., Staff]
FILES = f"/desk/{TOWN}/files"
SLOPES = (
    "名前,番号,よみ,緯度,経度\n"
    "新坂,,しんざか,42.3,141.0012\n"
    "一の坂,town-01,いちのさか,141.0,42.3\n"  # latitude and longitude are swapped
    "弐の坂,town-02,にのさか,42.3,141.0012\n"
    "弐の坂,town-02,にのさか,42.3,141.0012\n"  # a second time
)


@pytest.fixture
def editor(staff: SomeStaff) -> Staff:
    return staff(Role.EDITOR)


def drop(who: Staff, content: bytes | str, name: str = "slopes.csv", **fields: str) -> Response:
    data = content.encode() if isinstance(content, str) else content
    return who.post(FILES, fields, files={"file": (name, data)})


def dropped(who: Staff, content: bytes | str, name: str = "slopes.csv", **fields: str) -> str:
    reply = drop(who, content, name, **fields)
    assert reply.status_code == 303, reply.text
    return str(reply.headers["location"])


def stamp(page: str) -> str:
    found = re.search(r'name="stamp" value="(\w+)"', page)
    assert found
    return found[1]


def rows(page: str) -> list[str]:
    return re.findall(r'<tr id="(\w+-\d+)"', page)


def apply(who: Staff, path: str, **fields: object) -> Response:
    page = who.get(path).text
    return who.post(path, {"act": "apply", "stamp": stamp(page), "show": "todo", **fields})


def test_a_dropped_file_changes_nothing_and_says_what_it_would_do(editor: Staff, office: Office) -> None:
    before = office.listing.stamp(TOWN)
    path = dropped(editor, SLOPES)
    page = editor.get(path).text
    assert rows(page) == ["slope-2", "slope-3", "slope-4"]
    assert rows(editor.get(f"{path}?show=new").text) == ["slope-2"]
    assert rows(editor.get(f"{path}?show=refused").text) == ["slope-5"]
    assert rows(editor.get(f"{path}?show=repaired").text) == ["slope-3"]
    assert "<del>二の坂</del> <ins>弐の坂</ins>" in page
    assert office.listing.stamp(TOWN) == before


def test_the_map_is_told_where_rows_are_and_where_they_were(editor: Staff) -> None:
    path = dropped(
        editor, SLOPES.replace("弐の坂,town-02,にのさか,42.3,141.0012", "二の坂,town-02,にのさか,42.31,141.0012")
    )
    told = {row["id"]: row for row in editor.get(f"{path}/places").json()}
    assert told["slope-2"] == {
        "id": "slope-2", "name": "新坂", "outcome": "new", "odd": False, "at": [141.0012, 42.3]
    }  # fmt: skip
    assert told["slope-4"]["at"] == [141.0012, 42.31]
    assert told["slope-4"]["was"] == [141.0012, 42.3]
    assert "1113 m" in editor.get(path).text


def test_what_is_chosen_becomes_drafts_in_one_go(editor: Staff, office: Office) -> None:
    path = dropped(editor, SLOPES)
    shown = ["slope-2", "slope-3", "slope-4"]
    reply = editor.post(path, {"act": "", "show": "todo", "shown": shown, "take": ["slope-2", "slope-4"]})
    assert "2 rows" in reply.text
    reply = apply(editor, path, shown=shown, take=["slope-2", "slope-4"])
    assert reply.headers["location"] == f"/desk/{TOWN}/publish"
    names = {record.key: (record.name, record.stage) for record in office.listing.all(TOWN)}
    assert names["town-04"] == ("新坂", Stage.DRAFT)  # a new number, which none ever had
    assert names["town-02"] == ("弐の坂", Stage.DRAFT)
    assert names["town-01"] == ("一の坂", Stage.PUBLISHED)  # left out
    assert editor.get(path).status_code == 422  # the file is gone
    assert [line.act for line in office.log.lines(area=TOWN, limit=1)] == ["imported"]


def test_choices_last_from_page_to_page(editor: Staff, office: Office) -> None:
    many = "name,lat,lng\n" + "".join(f"坂{number},42.3,141.001\n" for number in range(250))
    path = dropped(editor, many)
    first, third = editor.get(path).text, editor.get(f"{path}?page=3").text
    assert (len(rows(first)), len(rows(third))) == (100, 50)
    editor.post(path, {"act": "", "show": "todo", "shown": rows(first), "take": rows(first)[1:]})
    editor.post(path, {"act": "", "show": "todo", "page": "3", "shown": rows(third), "take": rows(third)[1:]})
    assert "248 rows" in editor.get(path).text
    editor.post(path, {"act": "leave-all", "show": "todo"})
    assert "No row is chosen" in editor.get(path).text
    editor.post(path, {"act": "take-all", "show": "todo"})
    assert apply(editor, path, shown=rows(first), take=rows(first)).status_code == 303
    assert len(office.listing.all(TOWN)) == 250 + 3


def test_what_has_changed_meanwhile_must_be_looked_at_again(editor: Staff, office: Office) -> None:
    path = dropped(editor, SLOPES)
    seen = stamp(editor.get(path).text)
    record, revision = office.drafts.find(TOWN, "town-02")
    office.drafts.save(EDITOR, TOWN, slope("town-02", "二の坂（改）", lng_lat=revision.entry.lng_lat), record.version)  # type: ignore[union-attr]
    reply = editor.post(path, {"act": "apply", "stamp": seen, "show": "todo"})
    assert reply.status_code == 422
    assert "Somebody has changed" in reply.text
    assert "<del>二の坂（改）</del>" in reply.text
    assert "town-04" not in office.listing.keys(TOWN, EntryKind.SLOPE)  # nothing was done


def test_a_workbook_with_several_sheets(editor: Staff, office: Office) -> None:
    book = openpyxl.Workbook()
    sheets: dict[str, Sequence[Sequence[object]]] = {
        "坂": [["番号", "名前"], ["town-01", "一番坂"]],
        "順路": [["名前", "立ち寄り先"], ["港めぐり", "town-01;town-sight-01"]],
    }
    for title, cells in sheets.items():
        sheet = book.create_sheet(title)
        for row in cells:
            sheet.append(list(row))
    del book["Sheet"]
    file = io.BytesIO()
    book.save(file)
    path = dropped(editor, file.getvalue(), "町の坂.xlsx")
    page = editor.get(path).text
    assert "町の坂.xlsx" in page
    assert rows(page) == ["slope-2", "tour-2"]
    assert apply(editor, path, shown=rows(page), take=rows(page)).status_code == 303
    assert {"一番坂", "港めぐり"} <= {record.name for record in office.listing.all(TOWN)}


def test_what_a_town_lists_is_seen_as_such(editor: Staff, office: Office) -> None:
    listed = (
        "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,緯度,経度\n"
        "012050,1,北海道,絵の町,港の灯台,ミナトノトウダイ,42.3,141.001\n"
    )
    path = dropped(editor, listed.encode("cp932"), "kankou.csv", credit="絵の町", licence="CC-BY-4.0")
    assert "list of sights" in editor.get(path).text
    page = editor.get(path).text
    assert apply(editor, path, shown=rows(page), take=rows(page)).status_code == 303
    entry = next(
        entry
        for record, entry in office.listing.contents(TOWN, EntryKind.LANDMARK, published=False)
        if record.name == "港の灯台"
    )
    assert (entry.reading, entry.credit, entry.licence) == ("ミナトノトウダイ", "絵の町", "CC-BY-4.0")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "Choose a file"),
        ("a.csv", "ただの文\n".encode(), "must name the columns"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "Excel 97 to 2003"),
        ("a.xlsx", b"PK\x03\x04" + bytes(600), "no workbook that can be read"),
        ("a.csv", bytes(1000), "not a text"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_kept(
    editor: Staff, office: Office, name: str, content: bytes, words: str
) -> None:
    reply = drop(editor, content, name)
    assert reply.status_code == 422
    assert words in reply.text
    assert office.shelf.list(TOWN) == []


def test_it_is_said_in_japanese_too(editor: Staff) -> None:
    reply = editor.post(FILES, files={"file": ("坂.csv", "ただの文\n".encode())}, headers={"accept-language": "ja"})
    assert "「坂.csv」の 1 行目に列の見出しが必要です" in reply.text


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "..\\..\\x.csv", ".", "", "a/b.csv", "\0.csv", "坂" * 300 + ".csv"]
)
def test_a_name_leads_nowhere_else(office: Office, name: str) -> None:
    file = office.shelf.put(EDITOR, TOWN, name, b"name\n", SaidOfFile())
    path = office.shelf.path(file).resolve()
    assert path.parent.name == "table"
    assert path.is_relative_to(office.data / "desk" / "files" / file.token)
    assert path.read_bytes() == b"name\n"


def test_a_file_is_of_its_area_and_goes_after_two_days(editor: Staff, office: Office, clock: Clock) -> None:
    path = dropped(editor, SLOPES)
    token = path.rpartition("/")[2]
    for other in ("0" * 32, "..%2f..%2fdesk.sqlite", token[:-1], f"{token}%00"):
        assert editor.get(f"{FILES}/{other}").status_code in {404, 422}
    clock.forward(days=2, seconds=1)
    assert office.shelf.list(TOWN) == []


def test_a_file_is_put_away(editor: Staff, office: Office) -> None:
    path = dropped(editor, SLOPES)
    assert "slopes.csv" in editor.get(FILES).text
    reply = editor.post(path, {"act": "drop"})
    assert reply.headers["location"] == FILES
    assert office.shelf.list(TOWN) == []


def test_the_catalogue_is_taken_along_and_read_back_as_the_same(editor: Staff) -> None:
    reply = editor.get(f"{FILES}/take/all/xlsx")
    assert reply.headers["content-type"].startswith("application/vnd.openxmlformats")
    assert 'filename="town-all.xlsx"' in reply.headers["content-disposition"]
    page = editor.get(dropped(editor, reply.content, "town-all.xlsx")).text
    assert rows(page) == []
    for path in ("slopes/csv", "tours/csv", "landmarks/geojson", "all/municipal", "all/xlsx?published=true"):
        assert editor.get(f"{FILES}/take/{path}").status_code == 200, path
    for path in ("all/csv", "nothing/csv", "slopes/exe", "slopes/..%2f..%2fdesk.sqlite"):
        assert editor.get(f"{FILES}/take/{path}").status_code == 404, path
