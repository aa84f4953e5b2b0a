"""Whatever stands in a table: it is read or reported, row by row, and nothing is lost in silence."""

import contextlib
import csv
import io
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from guide.catalogue.drawn_lines import read_line
from guide.catalogue.plain_text import holds_markup, without_markup
from guide.catalogue.records import split_records
from guide.catalogue.row import to_number
from guide.catalogue.sheet import heading_key
from guide.catalogue.slopes_csv import COLUMNS, SLOPE_COLUMNS, read_slopes
from guide.domain.errors import SourceError

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=12)
NASTY = st.sampled_from(
    ["", " ", '"', '""', "a;b", "=1+1", "<b>", "140", "-", "坂\n道", "x,y", "\t", "#REF!", "ﾊﾁ", "１"]
)


def read_bytes(content: bytes) -> list[str]:
    """The ids that are read; the file is opened as any other."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "slopes.csv"
        path.write_bytes(content)
        reading = read_slopes(path)
    assert len(reading.rows) == len(reading.entries)
    for finding in reading.findings:
        assert finding.line("ja")
        assert finding.line("en")
        finding.mend("ja")
        finding.mend("en")
    return [entry.id for entry in reading.entries]


@given(st.lists(st.lists(CELLS | NASTY, min_size=1, max_size=len(COLUMNS)), max_size=8))
def test_any_cells_are_read_or_reported_and_good_rows_around_them_stay(rows: list[list[str]]) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerows([COLUMNS, ["first", "はじめの坂"], *rows, ["last", "おわりの坂"]])
    ids = read_bytes(buffer.getvalue().encode())
    assert ids[0] == "first"
    assert "last" in ids


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_one_sentence(content: bytes) -> None:
    try:
        read_bytes(content)
    except SourceError as error:
        assert "\n" not in error.message.strip()  # noqa: PT017 (most bytes are tables of nothing)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=300))
def test_any_text_below_a_heading_is_read_to_its_end(text: str) -> None:
    ids = read_bytes(("id,name,reading\n" + text + "\nlast,おわりの坂,おわりのさか\n").encode(errors="replace"))
    assert ids.count("last") <= 1
    if '"' not in text and "last" not in text:
        assert ids[-1] == "last"


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=3, max_size=3)))
def test_what_a_spreadsheet_writes_comes_back(rows: list[list[str]]) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows([["id", "name", "note"], *rows])
    if any("\n" in cell or "\r" in cell for row in rows for cell in row):
        return  # how many lines a cell may have is another test's
    records = split_records(buffer.getvalue(), SLOPE_COLUMNS.count_known)
    wanted = [tuple(row) for row in rows if any(cell.strip() for cell in row)]
    assert [record.cells for record in records[1:]] == wanted


@given(st.text())
def test_texts_without_markup_hold_none(text: str) -> None:
    assert not holds_markup(without_markup(text))


@given(st.text(st.sampled_from("<>&;/abscriptlg!-\"' ")))
def test_not_even_clever_texts_hold_markup(text: str) -> None:
    assert not holds_markup(without_markup(text))


@given(st.text())
def test_any_text_is_a_number_or_not(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert to_number(text) == to_number(f" {text} ")
    assert heading_key(text) == heading_key(f" {text} ")


@given(st.text(st.sampled_from("0123456789., -LINESTRG()")))
def test_any_text_is_a_line_or_not(text: str) -> None:
    try:
        line = read_line(text)
    except ValueError:
        return
    assert len(line) >= 2
    assert all(-180 <= lng <= 180 and -90 <= lat <= 90 for lng, lat in line)
