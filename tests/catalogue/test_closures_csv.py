"""closures.csv: what is closed, and until when."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from guide.catalogue.closures_csv import read_closures
from guide.catalogue.moments import read_moment
from guide.checking import check_catalogue
from guide.domain.closure import CatalogueClosure, Closure, ClosureKind

HEADING = "id,kind,slope,lng,lat,starts,ends,description_ja\n"


def write(folder: Path, rows: str, heading: str = HEADING) -> Path:
    path = folder / "closures.csv"
    path.write_text(heading + rows, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-12-01", datetime(2026, 12, 1)),
        ("2026/12/1 9:00", datetime(2026, 12, 1, 9)),
        ("2026年12月1日（火）9時30分", datetime(2026, 12, 1, 9, 30)),
        ("令和8年12月1日", datetime(2026, 12, 1)),
        ("令和元年5月1日", datetime(2019, 5, 1)),
        ("R8.12.1", datetime(2026, 12, 1)),
        ("２０２６／１２／１　２４：００", datetime(2026, 12, 2)),
        ("2026-12-01T09:00:00", datetime(2026, 12, 1, 9)),
    ],
)
def test_dates_are_read_as_staff_write_them(text: str, moment: datetime) -> None:
    assert read_moment(text) == moment


def test_a_day_ends_when_the_next_one_begins() -> None:
    assert read_moment("2026-12-31", end=True) == datetime(2027, 1, 1)
    assert read_moment("2026-12-31 17:00", end=True) == datetime(2026, 12, 31, 17)


@pytest.mark.parametrize(
    "text", ["12/1/2026", "26/1/1", "2026-13-01", "2026-02-30", "2026-12-01 25:00", "soon", "46000"]
)
def test_what_may_mean_two_days_or_none_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="no date"):
        read_moment(text)


def test_a_closure_is_read_in_either_language(tmp_path: Path) -> None:
    path = write(
        tmp_path, "a,通行止め,hachiman,,,2026/12/1,2026/12/24,階段の工事\n", "番号,種類,坂,経度,緯度,開始,終了,説明\n"
    )
    reading = read_closures(path)
    assert reading.findings == ()
    assert reading.entries == (
        CatalogueClosure(
            id="a",
            kind=ClosureKind.CLOSED,
            slope_id="hachiman",
            starts=datetime(2026, 12, 1),
            ends=datetime(2026, 12, 25),
            description_ja="階段の工事",
        ),
    )


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("a,fog,s,,,,,霧", "unknown-closure-kind"),
        (",closed,s,,,,,霧", "no-id"),
        ("a,closed,,,,,,どこか", "closure-nowhere"),
        ("a,closed,s,,,,明日まで,工事", "not-a-date"),
        ("a,closed,s,,,2026-12-02,2026-12-01,工事", "closure-ends-first"),
        ("a,closed,s,,,,,", "closure-without-words"),
        ("a,closed,nowhere,,,,,工事", "closure-of-unknown-slope"),
    ],
)
def test_what_is_wrong_with_a_closure_is_told(tmp_path: Path, row: str, code: str) -> None:
    (tmp_path / "slopes.csv").write_text("id,name,lng,lat,sources\ns,さか,141,42,我々\n", encoding="utf-8")
    checked = check_catalogue(write(tmp_path, f"{row}\n"))
    assert f"catalogue.{code}" in [finding.code for finding in checked.findings]
    assert all(finding.message("ja") and finding.mend("en") for finding in checked.findings)


def test_it_holds_from_its_start_until_its_end() -> None:
    japan = timezone(timedelta(hours=9))
    start, end = datetime(2026, 12, 1, tzinfo=japan), datetime(2026, 12, 2, tzinfo=japan)
    closure = Closure(entry=CatalogueClosure(id="a", kind=ClosureKind.ICE), starts=start, ends=end)
    assert [closure.is_active(moment) for moment in (start - timedelta(seconds=1), start, end)] == [False, True, False]
    assert closure.is_active(datetime(2026, 11, 30, 15, tzinfo=UTC))  # the same first moment, elsewhere
    assert Closure(entry=closure.entry).is_active(start)
