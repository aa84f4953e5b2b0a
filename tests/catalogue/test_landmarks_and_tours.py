"""landmarks.csv and tours.csv."""

from pathlib import Path

import pytest

from guide.catalogue.landmarks_csv import read_landmarks
from guide.catalogue.tours_csv import read_tours
from guide.domain.errors import SourceError
from guide.domain.landmark import ICONS, LandmarkKind
from guide.domain.route import Direction
from guide.domain.tour import TourStop


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_landmark_is_read_with_its_kind_icon_and_hours(tmp_path: Path) -> None:
    path = write(tmp_path / "landmarks.csv", "id,kind,name,lng,lat,opening_hours\na,toilets,便所,140.9,42.3,終日\n")
    reading = read_landmarks(path)
    assert reading.findings == ()
    (landmark,) = reading.entries
    assert (landmark.kind, landmark.icon, landmark.opening_hours) == (LandmarkKind.TOILETS, "toilet", "終日")
    assert landmark.source == "catalogue"


def test_every_kind_has_an_icon() -> None:
    assert set(ICONS) == set(LandmarkKind)


@pytest.mark.parametrize(
    ("row", "codes", "kept"),
    [
        ("a,castle,城,140.9,42.3", ["catalogue.unknown-kind"], 1),
        ("a,,城,140.9,42.3", ["catalogue.unknown-kind"], 1),
        ("a,sight,城,,", ["catalogue.no-place"], 0),
        ("a,sight,城,140.9,", ["catalogue.half-a-place", "catalogue.no-place"], 0),
        ("a,sight,,140.9,42.3", ["catalogue.no-id"], 0),
        ("a,SIGHT,城,42.3,140.9", ["catalogue.swapped"], 1),
    ],
)
def test_a_landmark_that_cannot_be_read_is_told(tmp_path: Path, row: str, codes: list[str], kept: int) -> None:
    reading = read_landmarks(write(tmp_path / "landmarks.csv", f"id,kind,name,lng,lat\n{row}\n"))
    assert [finding.code for finding in reading.findings] == codes
    assert len(reading.entries) == kept


def test_a_tour_is_its_stops_in_order(tmp_path: Path) -> None:
    path = write(tmp_path / "tours.csv", "id,name,name_en,stops,status\nt,坂めぐり,Slopes,a:up; b；c：Down;a,draft\n")
    reading = read_tours(path)
    assert reading.findings == ()
    assert reading.entries[0].stops == (
        TourStop(id="a", direction=Direction.UP),
        TourStop(id="b"),
        TourStop(id="c", direction=Direction.DOWN),
        TourStop(id="a"),
    )


@pytest.mark.parametrize(
    ("stops", "codes"),
    [("", ["too-few-stops"]), ("a", ["too-few-stops"]), ("a:sideways;b", ["unknown-direction"])],
)
def test_a_tour_that_goes_nowhere_is_told(tmp_path: Path, stops: str, codes: list[str]) -> None:
    reading = read_tours(write(tmp_path / "tours.csv", f"id,name,stops\nt,坂めぐり,{stops}\n"))
    assert [finding.code for finding in reading.findings] == [f"catalogue.{code}" for code in codes]


def test_a_file_without_its_columns_is_one_sentence(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", "id,name\na,坂\n")
    with pytest.raises(SourceError, match="“kind” is missing"):
        read_landmarks(path)
    with pytest.raises(SourceError, match="“stops” is missing"):
        read_tours(path)
