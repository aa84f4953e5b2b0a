"""An entry and the cells of its row are the same thing, said twice."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.catalogue.cells import cells_of, number_text, read_cells
from guide.catalogue.row import FORMULA_MARKS
from guide.catalogue.sheet import read_entries
from guide.catalogue.tables import TABLES
from guide.catalogue.write_csv import plain, write_table
from guide.domain.closure import CatalogueClosure, ClosureKind
from guide.domain.entry import Entry, kind_of
from guide.domain.landmark import Landmark, LandmarkKind
from guide.domain.route import Direction
from guide.domain.slope import CatalogueSlope, Theme
from guide.domain.tour import CatalogueTour, TourStop

WORD = st.text(alphabet="坂あいうABCxyz019%=+-@'\"、。・!?#", min_size=1, max_size=12).filter(
    lambda word: not (word[0] == "'" and word[1:2] in FORMULA_MARKS)  # which says that it is text, and is taken off
)
MAYBE_WORD = st.none() | WORD
MAYBE_STORY = st.none() | st.lists(WORD, min_size=1, max_size=3).map("\n".join)
LIST = st.lists(WORD.filter(lambda word: ";" not in word), max_size=3, unique=True).map(tuple)
PLACE = st.tuples(
    st.floats(90.0001, 180, allow_nan=False).map(lambda x: round(x, 7)),
    st.floats(-90, 90, allow_nan=False).map(lambda y: round(y, 7)),
)
LINE = st.lists(PLACE, min_size=2, max_size=5, unique=True).map(tuple)
MOMENT = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(second=0, microsecond=0))
ID = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,20}", fullmatch=True)
STATUS = st.sampled_from(["published", "draft", "retired"])
THEMES = st.lists(st.sampled_from(Theme), max_size=3, unique=True).map(tuple)

SLOPES = st.builds(
    CatalogueSlope, id=ID, name=WORD, reading=st.none() | st.text("あかさ", min_size=1, max_size=5), name_en=MAYBE_WORD,
    other_names=LIST, lng_lat=PLACE, line=st.none() | LINE, themes=THEMES, description_ja=MAYBE_STORY,
    description_en=MAYBE_STORY, posted_grade_percent=st.none() | st.floats(0, 100).map(lambda x: round(x, 3)),
    reported_effort=st.none() | st.integers(1, 5), reported_steps=st.none() | st.integers(1, 9999), photo=MAYBE_WORD,
    licence=MAYBE_WORD, sources=LIST, status=STATUS, note=MAYBE_STORY,
)  # fmt: skip
LANDMARKS = st.builds(
    Landmark, id=ID, kind=st.sampled_from(LandmarkKind), lng_lat=PLACE, name=WORD, themes=THEMES,
    opening_hours=MAYBE_WORD, source=st.just("catalogue"), status=STATUS, sources=LIST,
)  # fmt: skip
TOURS = st.builds(
    CatalogueTour, id=ID, name=WORD, description_ja=MAYBE_STORY, status=STATUS,
    stops=st.lists(st.builds(TourStop, id=ID, direction=st.sampled_from(Direction)), min_size=2, max_size=5).map(tuple),
)  # fmt: skip
CLOSURES = st.builds(
    CatalogueClosure, id=ID, kind=st.sampled_from(ClosureKind), slope_id=st.none() | ID, lng_lat=PLACE,
    starts=st.none() | MOMENT, ends=st.none() | MOMENT, description_ja=MAYBE_STORY, status=STATUS,
)  # fmt: skip


@given(SLOPES | LANDMARKS | TOURS | CLOSURES)
def test_what_is_written_is_read_back(entry: Entry) -> None:
    read, findings = read_cells(kind_of(entry), cells_of(entry))
    assert read == entry or {finding.code for finding in findings} & {"catalogue.spreadsheet-error"}


@given(SLOPES | TOURS)
def test_a_written_file_is_read_back_by_the_files_reader(
    tmp_path_factory: pytest.TempPathFactory, entry: Entry
) -> None:
    table = TABLES[kind_of(entry)]
    path = tmp_path_factory.mktemp("written") / table.file
    path.write_bytes(write_table(table.columns, [cells_of(entry)]))
    assert read_entries(path, table.columns, table.entry_of_row).entries == (entry,)


@given(st.text(max_size=20))
def test_no_written_cell_is_a_formula(text: str) -> None:
    written = plain(text)
    assert written[:1] not in FORMULA_MARKS or set(written) <= set("0123456789+-., ")


def test_numbers_are_written_as_people_write_them() -> None:
    assert [number_text(x) for x in (23.0, 22.5, 1e-7, -0.00001, 140.9695)] == [
        "23",
        "22.5",
        "0.0000001",
        "-0.00001",
        "140.9695",
    ]


def test_a_day_stands_for_its_beginning_or_its_end() -> None:
    closure = CatalogueClosure(
        id="c", kind=ClosureKind.ICE, starts=datetime(2026, 12, 1), ends=datetime(2027, 4, 1),
    )  # fmt: skip
    cells = cells_of(closure)
    assert (cells["starts"], cells["ends"]) == ("2026-12-01", "2027-03-31")
    assert (
        cells_of(CatalogueClosure(id="c", kind=ClosureKind.ICE, ends=datetime(2027, 4, 1) + timedelta(hours=9)))["ends"]
        == "2027-04-01 09:00"
    )
