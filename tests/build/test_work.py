"""The builder beside the service: what was published is built, once, and whatever fails leaves the old build."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from guide.area.progress import BuildState, FailedFor, decode_progress, read_progress
from guide.area.read import BuiltArea, current_build, open_area
from guide.area.write import build_directory
from guide.catalogue.published import write_published
from guide.catalogue.slopes_csv import read_slopes
from guide.depot.catalogues import find_pushed_catalogue
from guide.depot.layout import progress_path
from guide.depot.push import find_current, push_build
from guide.depot.store import Store
from guide.domain.slope import CatalogueSlope
from tests.conftest import ROOT
from tiles.depot import Depot
from tiles.work import CatalogueWorker

NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
def out(sample: BuiltArea, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of builds with the sample in it, as a service has one."""
    monkeypatch.setenv("HYAKUSAKA_DATA", str(tmp_path))
    area = tmp_path / "build" / "sample"
    shutil.copytree(sample.directory, area / sample.directory.name)
    (area / "current").symlink_to(sample.directory.name)
    return tmp_path / "build"


def slopes() -> list[CatalogueSlope]:
    return list(read_slopes(ROOT / "data" / "areas" / "sample" / "slopes.csv").entries)


def publish(out: Path, publication: str, *names: str) -> None:
    """Publish the sample's slopes with other names."""
    given = slopes()
    changed = [
        CatalogueSlope(id=slope.id, name=name, lng_lat=slope.lng_lat) for slope, name in zip(given, names, strict=False)
    ]
    write_published(out.parent, "sample", publication, [*changed, *given[len(names) :]])


def names(out: Path) -> set[str]:
    return {slope.entry.name for slope in open_area(current_build(out, "sample")).slopes}


def test_what_was_published_is_built_once(out: Path) -> None:
    worker = CatalogueWorker(out)
    assert not worker.look()  # nothing has been published
    publish(out, "one", "新見本坂")
    assert worker.look()
    assert "新見本坂" in names(out)
    told = read_progress(out / "sample")
    assert told is not None
    assert (told.publication, told.state) == ("one", BuildState.DONE)
    before = current_build(out, "sample")
    assert not worker.look()
    assert not CatalogueWorker(out).look()  # nor does another worker build it again
    assert current_build(out, "sample") == before
    publish(out, "two", "古見本坂")
    assert worker.look()
    assert "古見本坂" in names(out)


def test_a_build_of_something_older_is_built_over(out: Path) -> None:
    """Somebody began a whole build before the publication, and it ended after ours."""
    worker = CatalogueWorker(out)
    old = current_build(out, "sample").name
    publish(out, "one", "新見本坂")
    assert worker.look()
    link = out / "sample" / "current"
    link.unlink()
    link.symlink_to(old)
    assert worker.look()
    assert "新見本坂" in names(out)


def test_what_fails_leaves_the_old_build_says_why_and_is_tried_again_at_leisure(out: Path) -> None:
    time = [NOW]
    worker = CatalogueWorker(out, now=lambda: time[0])
    publish(out, "one", "新見本坂")
    file = out.parent / "catalogue" / "sample" / "one" / "slopes.csv"
    whole = file.read_bytes()
    file.write_bytes(b"PK\x03\x04 no table")
    before = names(out)
    assert worker.look()
    told = read_progress(out / "sample")
    assert told is not None
    assert (told.state, told.reason) == (BuildState.FAILED, FailedFor.SOURCE)
    assert "workbook" in told.detail
    assert names(out) == before
    assert not worker.look()
    file.write_bytes(whole)
    time[0] += timedelta(seconds=31)
    assert worker.look()
    assert "新見本坂" in names(out)
    told = read_progress(out / "sample")
    assert told is not None
    assert told.state is BuildState.DONE


def test_a_new_publication_is_tried_at_once_whatever_failed_before(out: Path) -> None:
    worker = CatalogueWorker(out, now=lambda: NOW)
    publish(out, "one", "新見本坂")
    (out.parent / "catalogue" / "sample" / "one" / "slopes.csv").write_bytes(b"\0" * 100)
    assert worker.look()
    publish(out, "two", "別見本坂")
    assert worker.look()
    assert "別見本坂" in names(out)


def test_a_clock_that_is_put_back_makes_nobody_wait_for_it(out: Path) -> None:
    time = [NOW]
    worker = CatalogueWorker(out, now=lambda: time[0])
    publish(out, "one", "新見本坂")
    (out.parent / "catalogue" / "sample" / "one" / "slopes.csv").write_bytes(b"\0" * 100)
    assert worker.look()
    time[0] -= timedelta(days=1)
    assert worker.look()


def test_over_a_depot_another_machine_builds_on_what_the_first_one_pushed(out: Path, tmp_path: Path) -> None:
    store = Store(f"file://{tmp_path / 'depot'}")
    push_build(store, current_build(out, "sample"))
    publish(out, "one", "新見本坂")
    assert CatalogueWorker(out, depot=Depot(store, out)).look()
    assert find_current(store, "sample") == current_build(out, "sample").name
    assert "新見本坂" in (find_pushed_catalogue(store, "sample") or {})["slopes.csv"].decode()
    elsewhere = tmp_path / "elsewhere"
    second = CatalogueWorker(elsewhere, depot=Depot(store, elsewhere))
    assert not second.look()  # what is served was made from these very files
    publish(out, "two", "別見本坂")
    assert second.look()
    assert "別見本坂" in names(elsewhere)
    assert find_current(store, "sample") == current_build(elsewhere, "sample").name
    told = decode_progress(store.read(progress_path("sample")))
    assert told is not None
    assert (told.publication, told.state) == ("two", BuildState.DONE)


def test_a_build_by_hand_goes_first(out: Path) -> None:
    worker = CatalogueWorker(out)
    publish(out, "one", "新見本坂")
    with build_directory(out / "sample"):
        assert worker.look()
    told = read_progress(out / "sample")
    assert told is not None
    assert told.state is BuildState.BUILDING  # it waits, and has not failed
    assert worker.look()
    assert "新見本坂" in names(out)


def test_of_two_workers_one_works_and_the_other_takes_over(out: Path) -> None:
    first, second = CatalogueWorker(out), CatalogueWorker(out)
    rounds = [3]

    def while_the_first_works() -> bool:
        rounds[0] -= 1
        if rounds[0] == 1:
            publish(out, "two", "古見本坂")
            turns = [False, True]
            second.run(turns.pop)
            assert "新見本坂" in names(out)
        return rounds[0] > 1

    publish(out, "one", "新見本坂")
    first.run(while_the_first_works)
    turns = [False, True]
    second.run(turns.pop)
    assert "古見本坂" in names(out)


def test_an_area_that_nobody_has_built_is_passed_over(out: Path) -> None:
    write_published(out.parent, "elsewhere", "one", slopes())
    assert not CatalogueWorker(out).look()
