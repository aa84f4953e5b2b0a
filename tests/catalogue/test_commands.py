"""The desk's commands, as somebody at the server types them."""

import json
from pathlib import Path

import openpyxl
import pytest

from guide.__main__ import main
from tests.catalogue.offices import TOWN, make_town
from tests.databases import Databases


@pytest.fixture
def data(databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HYAKUSAKA_DATA", str(make_town(tmp_path)))
    monkeypatch.setenv("HYAKUSAKA_DATABASE_URL", databases.url(empty=True))
    return tmp_path


def said(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    return captured.out or captured.err


def test_out_and_in_again(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = data / "slopes.csv"
    assert main(["export", TOWN, "--out", str(path)]) == 0
    path.write_text(path.read_text("utf-8-sig").replace("二の坂", "弐の坂") + ",新坂\n", encoding="utf-8")
    assert main(["import", TOWN, str(path), "--dry-run", "--lang", "en"]) == 0
    assert "1 new, 1 changed, 2 the same" in said(capsys)
    assert main(["import", TOWN, str(path), "--json"]) == 0
    assert json.loads(said(capsys))["tables"][0]["rows"][1]["differences"] == [
        {"column": "name", "before": "二の坂", "after": "弐の坂"}
    ]
    assert main(["export", TOWN, "--format", "geojson"]) == 0
    assert {feature["properties"]["name"] for feature in json.loads(said(capsys))["features"]} >= {"弐の坂", "新坂"}
    assert main(["export", TOWN, "--published"]) == 0
    assert "弐の坂" not in said(capsys)


def test_every_sheet_of_a_workbook(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    slopes = book.active
    assert slopes is not None
    slopes.append(["名前", "よみ"])
    slopes.append(["新坂", "しんざか"])
    book.create_sheet("名所").append(["名前", "種類", "緯度", "経度"])
    book["名所"].append(["新しい神社", "神社・寺", 42.3, 141.0])
    book.save(data / "both.xlsx")
    assert main(["import", TOWN, str(data / "both.xlsx"), "--json"]) == 0
    tables = json.loads(said(capsys))["tables"]
    assert [(table["kind"], table["new"]) for table in tables] == [("slope", 1), ("landmark", 1)]
    assert main(["export", TOWN, "--kind", "landmark"]) == 0
    assert "新しい神社" in said(capsys)


def test_out_as_a_workbook_and_as_the_national_list(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = data / "all.xlsx"
    assert main(["export", TOWN, "--format", "xlsx", "--lang", "ja", "--out", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    assert [sheet.title for sheet in book.worksheets] == ["坂", "名所", "順路", "規制・お知らせ"]
    assert book["坂"].max_row == 4  # the heading, and one that was put away too
    assert main(["import", TOWN, str(path), "--json"]) == 0
    assert [(table["new"], table["changed"]) for table in json.loads(said(capsys))["tables"]] == 4 * [(0, 0)]
    assert main(["export", TOWN, "--schema", "municipal"]) == 0
    rows = said(capsys).splitlines()
    assert rows[0].startswith("\ufeff都道府県コード又は市区町村コード,NO,")
    assert len(rows) == 3  # one slope is published, and one sight


def test_rows_that_are_refused_make_themselves_heard(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = data / "list.csv"
    path.write_text("id,name\ntown-01,一\ntown-01,二\n", encoding="utf-8")
    assert main(["import", TOWN, str(path), "--lang", "ja"]) == 1
    assert "読めない行 1" in said(capsys)


def test_a_backup_and_its_restore(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", TOWN]) == 0
    capsys.readouterr()
    assert main(["backup", str(data / "b.zip")]) == 0
    assert "4 entries" in said(capsys)
    assert main(["restore", str(data / "b.zip")]) == 0
    assert "4 entries are back" in said(capsys)


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["export", "nowhere"], "town"),
        (["import", "nowhere", "x.csv"], "no such file"),
        (["restore", "nowhere.zip"], "no backup"),
        (["backup", "/nowhere/b.zip"], "cannot be written"),
        (["export", TOWN, "--schema", "municipal", "--format", "xlsx"], "as CSV only"),
        (["database", "downgrade"], "Say which shape"),
        (["import", TOWN, __file__], "first row must name the columns"),
    ],
)
def test_wrong_usage_is_one_sentence(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert words in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""


@pytest.mark.usefixtures("data")
def test_the_shape_of_the_database_goes_forward_and_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["database", "show"]) == 0
    assert said(capsys).startswith("empty of 0001")
    assert main(["database", "upgrade"]) == 0
    assert main(["database", "downgrade", "base"]) == 0
    assert said(capsys).splitlines()[-1].startswith("empty")
