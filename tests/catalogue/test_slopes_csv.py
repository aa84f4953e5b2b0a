"""slopes.csv: what can be read is read, what cannot is told by row and column."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from guide.catalogue.slopes_csv import COLUMNS, read_slopes, read_slopes_csv
from guide.domain.errors import SourceError
from guide.domain.findings import Severity
from guide.domain.slope import CatalogueSlope, Theme

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "slopes.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def row(**cells: str) -> str:
    """A heading and one row with these cells."""
    return ",".join(COLUMNS) + "\n" + ",".join(cells.get(column, "") for column in COLUMNS) + "\n"


def codes(path: Path) -> list[str]:
    return [finding.code for finding in read_slopes(path).findings]


def test_a_row_is_read_with_all_its_cells(write: Write) -> None:
    text = row(
        id="hachiman", name="八幡坂", reading="はちまんざか", name_en="Hachiman", other_names="石段;宮の坂",
        other_readings="いしだん;みやのさか", lng="140.97", lat="42.32", themes="view;autumn", description_ja="話",
        description_en="Story", posted_grade_percent="23", steps="57", reported_effort="2", photo="h.jpg",
        photo_credit="K", photo_licence="CC0", photo_source="album", licence="MIT", credit="us", sources="a; b",
        status="draft", note="ask Mr K",
    )  # fmt: skip
    (slope,), findings = read_slopes_csv(write(text))
    assert findings == []
    assert slope == CatalogueSlope(
        id="hachiman", name="八幡坂", reading="はちまんざか", name_en="Hachiman", other_names=("石段", "宮の坂"),
        other_readings=("いしだん", "みやのさか"), lng_lat=(140.97, 42.32), themes=(Theme.VIEW, Theme.AUTUMN),
        description_ja="話", description_en="Story", posted_grade_percent=23.0, reported_steps=57, reported_effort=2,
        photo="h.jpg", photo_credit="K", photo_licence="CC0", photo_source="album", licence="MIT", credit="us",
        sources=("a", "b"), status="draft", note="ask Mr K",
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_table_is_read_however_a_spreadsheet_saves_it(
    write: Write, encoding: str, separator: str, newline: str
) -> None:
    rows = [["id", "name", "lng", "lat"], ["hachiman", "八幡坂", "140.97", "42.32"], ["", "", "", ""], ["", "", "", ""]]
    path = write("".join(separator.join(cells) + newline for cells in rows), encoding)
    (slope,), findings = read_slopes_csv(path)
    assert (slope.id, slope.name, slope.lng_lat) == ("hachiman", "八幡坂", (140.97, 42.32))
    assert {finding.code for finding in findings} <= {"catalogue.shift-jis"}


@pytest.mark.parametrize(
    "heading", ["ID, Name ,READING", "\ufeffid,name,reading", "ｉｄ,名前,ﾌﾘｶﾞﾅ", "番号,名称,名称_ｶﾅ", "id,坂名,よみ"]
)
def test_headings_are_understood_as_people_write_them(write: Write, heading: str) -> None:
    (slope,), findings = read_slopes_csv(write(f"{heading}\nh,八幡坂,ﾊﾁﾏﾝｻﾞｶ\n"))
    assert findings == []
    assert slope.reading == "ハチマンザカ"


def test_a_title_above_the_heading_and_excels_own_first_line_are_no_rows(write: Write) -> None:
    assert read_slopes_csv(write("室蘭の坂,,\n,,\nid,name,\na,坂,\n"))[0][0].id == "a"
    reading = read_slopes(write("sep=;\nid;name\na;坂\n"))
    assert reading.rows == (3,)


def test_quoted_cells_hold_new_lines_and_rows_keep_the_numbers_of_the_spreadsheet(write: Write) -> None:
    reading = read_slopes(write('id,name,description_ja\na,一,"はじめ\nおわり, ""と""言う"\n\nb,二,\n'))
    assert reading.entries[0].description_ja == 'はじめ\nおわり, "と"言う'
    assert reading.rows == (2, 4)


@pytest.mark.parametrize("bad", ['b,"二,x,y', '"b,二,x,y', 'b,二"x,x,y'])
def test_a_quote_that_never_closes_costs_its_own_row_only(write: Write, bad: str) -> None:
    reading = read_slopes(write(f'id,name,reading,note\na,一,いち,x\n{bad}\nc,三,さん,"2 つの\n行"\nd,四,よん,z\n'))
    assert [entry.id for entry in reading.entries if entry.id != "b"] == ["a", "c", "d"]
    assert "catalogue.stray-quote" in {finding.code for finding in reading.findings}
    assert {finding.cell.row for finding in reading.findings if finding.cell} == {3}


CASES = [
    ({"name": "八幡坂"}, "no-id", "id, name"),
    ({"id": "a"}, "no-id", "id, name"),
    ({"id": "a", "name": "b", "lng": "east", "lat": "42"}, "not-a-number", "lng"),
    ({"id": "a", "name": "b", "lng": "140", "lat": "142"}, "not-a-number", "lat"),
    ({"id": "a", "name": "b", "lng": "nan", "lat": "42"}, "not-a-number", "lng"),
    ({"id": "a", "name": "b", "lng": "42.3", "lat": "140.9"}, "swapped", "lng, lat"),
    ({"id": "a", "name": "b", "lng": "140.9"}, "half-a-place", "lat"),
    ({"id": "a", "name": "b", "themes": "steep"}, "unknown-theme", "themes"),
    ({"id": "a", "name": "b", "posted_grade_percent": "inf"}, "not-a-number", "posted_grade_percent"),
    ({"id": "a", "name": "b", "reported_effort": "6"}, "not-a-number", "reported_effort"),
    ({"id": "a", "name": "b", "reported_effort": "2.5"}, "not-a-number", "reported_effort"),
    ({"id": "a", "name": "b", "steps": "0"}, "not-a-number", "steps"),
    ({"id": "a", "name": "b", "line": "140 42"}, "not-a-line", "line"),
    ({"id": "a", "name": "b", "line": "POLYGON ((1 2))"}, "not-a-line", "line"),
    ({"id": "a", "name": "b", "status": "hidden"}, "unknown-status", "status"),
    ({"id": "a", "name": "b", "reading": "#NAME?"}, "spreadsheet-error", "reading"),
    ({"id": "a", "name": "b", "description_ja": "<b>急</b>"}, "markup", "description_ja"),
    ({"id": "a", "name": "b", "sources": '=HYPERLINK("https://x")'}, "formula", "sources"),
    ({"id": "a", "name": "b", "credit": "@somebody"}, "formula", "credit"),
    ({"id": "a", "name": "b", "note": "+cmd|' /C calc'!A0"}, "formula", "note"),
]


@pytest.mark.parametrize(("cells", "code", "column"), CASES)
def test_what_cannot_be_read_is_told_by_row_and_column(
    write: Write, cells: dict[str, str], code: str, column: str
) -> None:
    quoted = {name: '"' + cell.replace('"', '""') + '"' for name, cell in cells.items()}
    path = write(row(id="good", name="よい坂") + row(**quoted).partition("\n")[2])
    reading = read_slopes(path)
    assert reading.entries[0].id == "good"
    (finding,) = reading.findings
    assert finding.code == f"catalogue.{code}"
    assert finding.where == f"slopes.csv, row 3, {column}"
    assert finding.line("ja") != finding.line("en")
    assert finding.mend("ja") != finding.mend("en")


def test_a_formula_is_kept_as_the_text_it_is(write: Write) -> None:
    (slope,), (finding,) = read_slopes_csv(write('id,name,note\na,坂,"=HYPERLINK(""https://x"",""y"")"\n'))
    assert slope.note == '=HYPERLINK("https://x","y")'
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<b>急な</b>坂<br>海が見える", "急な坂\n海が見える"),
        ("<script>alert(1)</script>坂", "坂"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;坂", "坂"),
        ("&lt;img src=x onerror=alert(1)&gt;", None),
        ("<<b>script>alert(1)</script>", None),
        ("a < b, Q&A, 3 > 2", "a < b, Q&A, 3 > 2"),
    ],
)
def test_texts_are_plain(write: Write, text: str, kept: str | None) -> None:
    (slope,), _ = read_slopes_csv(write(row(id="a", name="坂", description_ja=f'"{text}"')))
    assert slope.description_ja == kept


@pytest.mark.parametrize(
    ("text", "number"), [("２３", 23.0), ("23%", 23.0), ("23 ％", 23.0), ("12,5", 12.5), ("+7", 7.0), (".5", 0.5)]
)
def test_numbers_are_read_as_people_write_them(write: Write, text: str, number: float) -> None:
    (slope,), findings = read_slopes_csv(write(row(id="a", name="坂", posted_grade_percent=f'"{text}"')))
    assert findings == []
    assert slope.posted_grade_percent == number


@pytest.mark.parametrize("text", ["140.9 42.3, 140.91 42.31", "LINESTRING (140.9 42.3, 140.91 42.31)"])
def test_a_line_stands_for_its_place(write: Write, text: str) -> None:
    (slope,), findings = read_slopes_csv(write(row(id="a", name="坂", line=f'"{text}"')))
    assert findings == []
    assert slope.line == ((140.9, 42.3), (140.91, 42.31))
    assert slope.lng_lat == pytest.approx((140.905, 42.305))


def test_themes_may_be_in_japanese(write: Write) -> None:
    (slope,), findings = read_slopes_csv(write("id,name,themes\na,坂,眺め、春；VIEW\n"))
    assert findings == []
    assert slope.themes == (Theme.VIEW, Theme.SPRING)


def test_a_repeated_id_keeps_the_first(write: Write) -> None:
    slopes, findings = read_slopes_csv(write("id,name\na,one\na,two\n"))
    assert [slope.name for slope in slopes] == ["one"]
    assert [finding.code for finding in findings] == ["catalogue.repeated-id"]
    assert findings[0].severity is Severity.BLOCKING


def test_other_columns_are_told_and_kept_out(write: Write) -> None:
    slopes, findings = read_slopes_csv(write("id,name,Tel,name,\na,坂,0143,other,\n"))
    assert slopes == [CatalogueSlope(id="a", name="坂")]
    assert [finding.code for finding in findings] == ["catalogue.unknown-column", "catalogue.repeated-column"]
    assert findings[0].place("ja") == "slopes.csv 1 行目「Tel」"


def test_cells_beyond_the_heading_are_told(write: Write) -> None:
    assert codes(write("id,name\na,坂,x\n")) == ["catalogue.too-many-cells"]


def test_a_finding_names_the_column_as_the_file_does(write: Write) -> None:
    (finding,) = read_slopes(write("番号,名前,経度,緯度\na,坂,x,42\n")).findings
    assert finding.where == "slopes.csv, row 2, 経度"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "first row"),
        (b"name\nx\n", "“id” is missing"),
        (b"PK\x03\x04....", "workbook"),
        (b"id,name\na,\0\0\0\n", "not a text"),
        (b"\x81\x20" * 100, "neither UTF-8 nor Shift-JIS"),
    ],
)
def test_a_file_that_is_no_catalogue_is_one_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "slopes.csv"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=words) as caught:
        read_slopes_csv(path)
    assert "\n" not in caught.value.message


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read_slopes_csv(tmp_path / "slopes.csv")


def test_a_damaged_character_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "slopes.csv"
    path.write_bytes("id,name\na,八幡坂と長い長い長い長い名前の坂\nb,仏".encode() + b"\xe5\x9d")
    reading = read_slopes(path)
    assert [entry.id for entry in reading.entries] == ["a", "b"]
    assert [(finding.code, finding.cell.row) for finding in reading.findings if finding.cell] == [
        ("catalogue.broken-characters", 3)
    ]


def test_ten_thousand_rows_are_read_in_a_moment(write: Write) -> None:
    line = row(id="{}", name="八幡坂", lng="140.97", lat="42.32", themes="view", description_ja="長い話" * 40)
    heading, body = line.split("\n", 1)
    path = write(heading + "\n" + "".join(body.format(number) for number in range(10_000)))
    began = time.perf_counter()
    reading = read_slopes(path)
    assert time.perf_counter() - began < 5
    assert len(reading.entries) == 10_000
    assert reading.findings == ()


def test_tags_within_tags_cost_no_time(write: Write) -> None:
    texts = ["&" + "amp;" * 100_000 + "lt;b>", "<" * 50_000 + "b>" * 50_000, "&lt;" * 50_000]
    for text in texts:
        began = time.perf_counter()
        (slope,), _ = read_slopes_csv(write(row(id="a", name="坂", description_ja=text)))
        assert time.perf_counter() - began < 5
        assert "<b>" not in (slope.description_ja or "")
