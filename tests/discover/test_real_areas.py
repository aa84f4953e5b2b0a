"""The real areas: lines asked back from points, and lists that a local would recognise."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from guide.area.arrays import Streets
from guide.area.read import BuiltArea
from guide.catalogue.slopes_csv import read_slopes_csv
from guide.domain.slope import Confidence
from tests.discover.recovery import known_slopes, plain_slopes, share, try_all
from tiles.__main__ import main
from tiles.areas import area_folder

pytestmark = pytest.mark.area

SEED = 20_261_123
KNOWN = 150
AREAS = ("portland", "porto", "monaco", "osaka")


def streets_of(built: Callable[[str], BuiltArea], area: str) -> Streets:
    streets = built(area).streets
    assert streets is not None
    return streets


@pytest.mark.parametrize("area", AREAS)
def test_with_the_name_nine_of_ten_points_give_their_slope_back(built: Callable[[str], BuiltArea], area: str) -> None:
    streets = streets_of(built, area)
    trials = try_all(streets, known_slopes(streets, KNOWN, SEED), SEED, named=True)
    assert trials, "no slope is known by name"
    assert share(trials) >= 0.9
    assert np.mean([trial.overlap >= 0.8 for trial in trials]) >= 0.9  # nor much more than the slope


@pytest.mark.parametrize("area", AREAS)
def test_so_do_points_on_slopes_that_only_networkx_was_asked_for(built: Callable[[str], BuiltArea], area: str) -> None:
    """The trial above shares ``tiles.chains`` with what it tries; this one shares nothing."""
    streets = streets_of(built, area)
    trials = try_all(streets, plain_slopes(streets, KNOWN, SEED), SEED, named=True)
    assert len(trials) >= (2 if area == "osaka" else 30)
    assert share(trials) >= 0.9


@pytest.mark.parametrize("area", ["portland", "porto"])
def test_without_any_name_most_points_do_and_more_of_those_it_is_sure_of(
    built: Callable[[str], BuiltArea], area: str
) -> None:
    streets = streets_of(built, area)
    trials = try_all(streets, known_slopes(streets, KNOWN, SEED), SEED, named=False)
    sure = [trial for trial in trials if trial.confidence is Confidence.HIGH]
    unsure = [trial for trial in trials if trial.confidence is Confidence.LOW]
    assert share(trials) >= 0.65
    assert share(sure) >= 0.75
    assert share(sure) > share(unsure)


@pytest.mark.parametrize("area", ["portland", "monaco"])
def test_a_list_is_made_twice_with_the_same_bytes_and_read_without_complaint(
    area: str, sources: Path, tmp_path: Path
) -> None:
    files = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for file in files:
        command = ["discover", area, "--top", "40", "--out", str(file), "--sources", str(sources), "--offline"]
        assert main(command) == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    slopes, findings = read_slopes_csv(files[0])
    assert findings == []
    assert len(slopes) == 40
    assert len({slope.id for slope in slopes}) == 40
    assert all(slope.note and slope.lng_lat and slope.licence and slope.sources for slope in slopes)


@pytest.mark.parametrize(("area", "famous"), [
    ("portland", {"Southwest Elevator Street Walk", "Stearns Road Trail", "Southwest College Street"}),
    ("porto", {"Escadas do Codeçal", "Escadas dos Guindais", "Calçada da Corticeira"}),
    ("monaco", {"Escalier de la Peirera", "Rampe Major", "Escalier Sainte-Dévote"}),
])  # fmt: skip
def test_the_lists_that_come_with_the_program_hold_what_locals_know(area: str, famous: set[str]) -> None:
    slopes, findings = read_slopes_csv(area_folder(area) / "slopes.csv")
    assert findings == []
    assert famous <= {slope.name for slope in slopes[:30]}
    assert len(slopes) >= 90


@pytest.mark.parametrize(("area", "least"), [("portland", 0.95), ("monaco", 0.85)])
def test_nearly_every_slope_of_a_list_gets_a_line_again_when_it_is_built(
    built: Callable[[str], BuiltArea], area: str, least: float
) -> None:
    listed = {slope.id for slope in read_slopes_csv(area_folder(area) / "slopes.csv")[0]}
    slopes = [slope for slope in built(area).slopes if slope.entry.id in listed]
    assert np.mean([slope.line is not None for slope in slopes]) >= least
