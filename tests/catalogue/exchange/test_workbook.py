"""Workbooks both ways: what Excel writes is read as people see it, and what goes out is never computed."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from guide.catalogue.cells import cells_of, read_cells
from guide.catalogue.exchange.incoming import Incoming, Schema, read_all_incoming
from guide.catalogue.exchange.said import columns_as_said, in_words
from guide.catalogue.exchange.workbook import read_workbook
from guide.catalogue.exchange.write_xlsx import SheetRows, write_workbook
from guide.catalogue.municipal_csv import Publisher
from guide.catalogue.tables import TABLES
from guide.domain.closure import CatalogueClosure, ClosureKind
from guide.domain.entry import Entry, EntryKind
from guide.domain.errors import SourceError
from guide.domain.landmark import Landmark, LandmarkKind
from guide.domain.slope import CatalogueSlope, Theme
from guide.domain.texts import LANGUAGES
from guide.domain.tour import CatalogueTour, TourStop

NOBODY = Publisher(prefix="x", credit="", licence="")
SLOPE = CatalogueSlope(
    id="town-01",
    name="八幡坂",
    reading="はちまんざか",
    other_names=("学校の坂", "三の坂"),
    lng_lat=(140.97, 42.32),
    themes=(Theme.VIEW, Theme.WINTER),
    description_ja="=HYPERLINK(1)\n二行目",
    posted_grade_percent=23.5,
    reported_steps=120,
    reported_effort=4,
    licence="CC-BY-4.0",
    credit="@town",
)
LANDMARK = Landmark(
    id="town-sight-01",
    kind=LandmarkKind.SHRINE,
    name="八幡宮",
    lng_lat=(140.97, 42.32),
    opening_hours="9:00–17:00",
    source="catalogue",
)
TOUR = CatalogueTour(id="town-tour-01", name="港", stops=(TourStop(id="town-01"), TourStop(id="town-02")))
CLOSURE = CatalogueClosure(
    id="town-closure-01", kind=ClosureKind.BEARS, slope_id="town-01", starts=datetime(2026, 5, 1, 8, 30)
)
Maker = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Maker:
    def make(*sheets: tuple[str, Sequence[Sequence[Any]]], hidden: str = "") -> Path:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for title, rows in sheets:
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
            sheet.sheet_state = "hidden" if title == hidden else "visible"
        path = tmp_path / "list.xlsx"
        book.save(path)
        return path

    return make


def only(path: Path) -> Incoming:
    (incoming,) = read_all_incoming(path, NOBODY)
    return incoming


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("entry", [SLOPE, LANDMARK, TOUR, CLOSURE], ids=lambda entry: type(entry).__name__)
def test_what_goes_out_comes_back_as_the_same(tmp_path: Path, entry: Entry, language: str) -> None:
    kind = next(kind for kind, table in TABLES.items() if isinstance(entry, table.entry))
    path = tmp_path / "out.xlsx"
    path.write_bytes(write_workbook([SheetRows(kind=kind, rows=[cells_of(entry)])], language))
    incoming = only(path)
    assert (incoming.kind, incoming.schema, incoming.findings) == (kind, Schema.OWN, ())
    assert incoming.columns == set(TABLES[kind].columns.names)
    again, findings = read_cells(kind, incoming.rows[0].cells)
    assert again == entry
    assert {finding.code for finding in findings} <= {"catalogue.formula"}


def test_nothing_that_goes_out_is_computed() -> None:
    evil = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "=cmd|'/C calc'!A0", "＝1+1"]
    rows = [{"id": f"town-{number}", "name": text} for number, text in enumerate(evil)]
    content = write_workbook([SheetRows(kind=EntryKind.SLOPE, rows=rows)], "ja")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    cells = [sheet.cell(row, 2) for row in range(2, len(evil) + 2)]
    assert [cell.value for cell in cells] == evil
    assert all(cell.data_type == "s" and cell.number_format == "@" and cell.quotePrefix for cell in cells)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_characters_that_no_workbook_may_hold_are_left_out() -> None:
    content = write_workbook([SheetRows(kind=EntryKind.SLOPE, rows=[{"id": "a", "name": "坂\x07\x00道"}])], "ja")
    assert openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].cell(2, 2).value == "坂道"


@pytest.mark.parametrize("kind", list(EntryKind))
def test_no_two_columns_or_words_are_called_the_same(kind: EntryKind) -> None:
    columns = columns_as_said(kind)
    for language in LANGUAGES:
        path_cells = {column: "view" if column == "themes" else "x" for column in columns.names}
        assert in_words(kind, path_cells, language).keys() == path_cells.keys()
    assert {columns.find(alias) for alias in columns.aliases} >= set(columns.names)


def test_cells_are_read_as_people_see_them(make: Maker) -> None:
    path = make(("x", [["a"]]))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    shown = [
        (0.23, "0%", "23%"), (0.125, "0.0%", "12.5%"), (7, "000", "007"), (140.97, "General", "140.97"),
        (12.0, "General", "12"), (datetime(2026, 5, 1), "yyyy/mm/dd", "2026-05-01"),
        (datetime(2026, 5, 1, 8, 30), "yyyy/mm/dd hh:mm", "2026-05-01 08:30"), (time(8, 30), "hh:mm", "08:30"),
        (date(2026, 5, 1), "yyyy/mm/dd", "2026-05-01"), (True, "General", "TRUE"), (1e300, "General", "1e+300"),
    ]  # fmt: skip
    for number, (value, number_format, _) in enumerate(shown, start=1):
        cell = sheet.cell(1, number)
        cell.value, cell.number_format = value, number_format
    book.save(path)
    (read,) = read_workbook(path)
    assert read.records[0].cells == tuple(text for _, _, text in shown)


def test_each_sheet_is_the_table_that_it_is_called_or_looks_like(make: Maker) -> None:
    path = make(
        ("使い方", [["この表の使い方"], ["一行に一つ"]]),
        ("坂", [["坂の一覧（2026 年）"], [], ["番号", "名前"], ["town-01", "一の坂"]]),
        ("Landmarks", [["id", "名前", "種類"], ["town-sight-01", "八幡宮", "神社・寺"]]),
        ("控え", [["番号", "名前"], ["town-02", "二の坂"]]),
        ("古い", [["番号", "名前"], ["town-03", "三の坂"]]),
        hidden="古い",
    )
    slopes, landmarks = read_all_incoming(path, NOBODY)
    assert [(row.number, row.cells) for row in slopes.rows] == [(4, {"id": "town-01", "name": "一の坂"})]
    assert landmarks.rows[0].cells["kind"] == "shrine"
    assert [finding.code for finding in slopes.findings] == ["import.sheet-passed-over"] * 2


def test_a_towns_own_list_may_be_a_workbook(make: Maker) -> None:
    heading = ["全国地方公共団体コード", "ID", "名称", "緯度", "経度"]
    path = make(("Sheet1", [heading, [12050, 7, "展望台", 42.3, 140.9]]))
    incoming = read_all_incoming(path, Publisher(prefix="town-list", credit="市", licence="CC-BY-4.0"))[0]
    assert (incoming.schema, incoming.rows[0].cells["id"]) == (Schema.MUNICIPAL, "town-list-7")


def test_a_stray_format_far_below_costs_nothing(make: Maker) -> None:
    path = make(("坂", [["番号", "名前"], ["town-01", "一の坂"]]))
    book = openpyxl.load_workbook(path)
    book.worksheets[0].cell(1_048_576, 1).number_format = "0"
    book.save(path)
    assert len(only(path).rows) == 1


def _said_of(path: Path) -> str:
    try:
        return repr(read_workbook(path))
    except SourceError as error:
        return str(error)


def bomb(path: Path, part: bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", part)


def test_bombs_do_not_go_off(tmp_path: Path, make: Maker) -> None:
    path = tmp_path / "bomb.xlsx"
    bomb(path, b" " * 50_000_000)
    with pytest.raises(SourceError, match="far more than a table"):
        read_workbook(path)

    path = make(("坂", [["番号", "名前"], ["town-01", "一の坂"]]))
    laughs = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"):
        with zipfile.ZipFile(path, "w") as new:
            for name, content in parts.items():
                new.writestr(name, laughs if name == part else content)
        assert "aaaaaaaaaa" not in _said_of(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 nothing of the kind", "damaged"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "97"),
    ],
)
def test_what_is_no_workbook_says_what_to_do(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=said):
        read_all_incoming(path, NOBODY)


def test_a_zip_that_is_no_workbook_is_none(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("readme.txt", "hello")
    with pytest.raises(SourceError, match="no workbook"):
        read_all_incoming(path, NOBODY)
