"""slopes.csv: what can be read is read, what cannot is told by row and column."""

from pathlib import Path

import pytest

from guide.catalogue.slopes_csv import COLUMNS, read_slopes_csv
from guide.domain.errors import SourceError
from guide.domain.slope import Theme
from tiles.areas import area_folder, list_areas

HEAD = ",".join(COLUMNS) + "\n"


def write(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "slopes.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_row_is_read_with_all_its_fields(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        HEAD + "hachiman,八幡坂,はちまんざか,Hachiman,140.97,42.32,view;autumn,話,Story,23,2,,,MIT,a; b,draft\n",
    )
    (slope,), findings = read_slopes_csv(path)
    assert findings == []
    assert slope.lng_lat == (140.97, 42.32)
    assert slope.themes == (Theme.VIEW, Theme.AUTUMN)
    assert (slope.posted_grade_percent, slope.reported_effort) == (23.0, 2)
    assert slope.sources == ("a", "b")
    assert slope.status == "draft"


def test_a_file_saved_by_excel_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "id,name\r\nhachiman,八幡坂\r\n", "utf-8-sig")
    assert [slope.id for slope in read_slopes_csv(path)[0]] == ["hachiman"]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (",八幡坂,,,,,,,,,,,,,,", "catalogue.no-id", "id, name"),
        ("hachiman,,,,,,,,,,,,,,,", "catalogue.no-id", "id, name"),
        ("a,b,,,east,42,,,,,,,,,,", "catalogue.not-a-number", "lng"),
        ("a,b,,,140,142,,,,,,,,,,", "catalogue.not-a-number", "lat"),
        ("a,b,,,nan,42,,,,,,,,,,", "catalogue.not-a-number", "lng"),
        ("a,b,,,140,42,steep,,,,,,,,,", "catalogue.unknown-theme", "themes"),
        ("a,b,,,140,42,,,,inf,,,,,,", "catalogue.not-a-number", "posted_grade_percent"),
        ("a,b,,,140,42,,,,,6,,,,,", "catalogue.not-a-number", "reported_effort"),
    ],
)
def test_what_cannot_be_read_is_told_by_row_and_column(tmp_path: Path, row: str, code: str, column: str) -> None:
    slopes, findings = read_slopes_csv(write(tmp_path, HEAD + "good,よい坂,,,,,,,,,,,,,,\n" + row + "\n"))
    assert slopes[0].id == "good"
    assert [finding.code for finding in findings] == [code]
    assert findings[0].where == f"slopes.csv, row 3, {column}"
    assert findings[0].line("ja") != findings[0].line("en")


def test_a_repeated_id_keeps_the_first(tmp_path: Path) -> None:
    slopes, findings = read_slopes_csv(write(tmp_path, "id,name\na,one\na,two\n"))
    assert [slope.name for slope in slopes] == ["one"]
    assert [finding.code for finding in findings] == ["catalogue.repeated-id"]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "first row"), (b"name\nx\n", "first row"), ("id,name\na,坂\n".encode("cp932"), "UTF-8")],
)
def test_a_file_that_is_no_catalogue_is_one_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "slopes.csv"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=words):
        read_slopes_csv(path)


@pytest.mark.parametrize("area", list_areas())
def test_the_catalogues_that_come_along_are_clean(area: str) -> None:
    path = area_folder(area) / "slopes.csv"
    if area in {"sample", "muroran", "portland"}:
        slopes, findings = read_slopes_csv(path)
        assert findings == []
        assert len(slopes) >= 10
        assert all(slope.licence for slope in slopes)
    else:
        assert not path.exists()
