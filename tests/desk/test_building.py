"""From published to shown: the desk says where it stands, and the keeper mends what died in between."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from litestar import Litestar

from guide.area.progress import BuildProgress, BuildState, FailedFor, write_progress
from guide.catalogue.folders import published_root
from guide.catalogue.office import Office
from guide.catalogue.published import published_now
from guide.catalogue.workflow.people import Role
from guide.desk.keeper import Keeper
from tests.catalogue.offices import PUBLISHER, TOWN, Clock
from tests.desk.conftest import SomeStaff

HOME = f"/desk/{TOWN}"


@pytest.fixture
def progress(town_build: Path) -> Path:
    """Where the builder says how it goes; as it was before, afterwards."""
    return town_build / TOWN


def test_it_is_told_until_visitors_see_it(staff: SomeStaff, office: Office, progress: Path) -> None:
    someone = staff(Role.PUBLISHER)
    assert "on its way" not in someone.get(HOME).text
    done = office.publishing.publish(PUBLISHER, TOWN, {"town-02": 1})
    office.write_published()
    assert "on its way to the map" in someone.get(HOME).text
    part = someone.get(f"{HOME}/building", headers={"hx-request": "true"}).text
    assert "hx-get" in part  # it asks again
    at = datetime.now(UTC)
    write_progress(progress, BuildProgress(publication=done.id, state=BuildState.BUILDING, at=at))
    assert "on its way to the map" in someone.get(HOME).text
    failed = BuildProgress(publication=done.id, state=BuildState.FAILED, at=at, reason=FailedFor.DISC, detail="<full>")
    write_progress(progress, failed)
    page = someone.get(HOME).text
    assert "not on the map yet" in page
    assert "disc is full" in page
    assert "&lt;full&gt;" in page


def test_the_keeper_publishes_at_the_time_and_writes_the_files(app: Litestar, office: Office, clock: Clock) -> None:
    office.publishing.schedule(PUBLISHER, TOWN, "town-02", 1, clock.now.replace(hour=12))
    keeper = Keeper(app.state.offices)
    keeper.look()
    assert published_now(office.data, TOWN) is None
    clock.forward(hours=4)
    keeper.look()
    assert published_now(office.data, TOWN) == office.publishing.list_publications(TOWN, 1)[0].id


def test_what_cannot_be_shown_at_its_time_is_logged_and_stays(app: Litestar, office: Office, clock: Clock) -> None:
    from guide.catalogue.workflow.records import Stage  # noqa: PLC0415
    from tests.catalogue.offices import slope  # noqa: PLC0415

    office.drafts.create(PUBLISHER, TOWN, slope("fine", sources=("s",), lng_lat=(141.0006, 42.2998)))
    office.publishing.schedule(PUBLISHER, TOWN, "fine", 1, clock.now.replace(hour=12))
    gate = office.publishing._gate  # noqa: SLF001 (the streets change meanwhile)
    office.drafts.create(PUBLISHER, TOWN, slope("unfit", description_ja="話", lng_lat=(141.0006, 42.2998)))
    office.publishing._gate = lambda *_: None  # type: ignore[method-assign]  # noqa: SLF001
    office.publishing.schedule(PUBLISHER, TOWN, "unfit", 1, clock.now.replace(hour=12))
    office.publishing._gate = gate  # type: ignore[method-assign]  # noqa: SLF001
    clock.forward(hours=4)
    Keeper(app.state.offices).look()
    public = {entry.id for entry in office.publishing.public(TOWN).entries}
    assert "fine" in public
    assert "unfit" not in public
    assert office.log.lines(key="unfit")[0].act == "not-published"
    assert office.drafts.find(TOWN, "unfit")[0].stage is Stage.DRAFT


def test_one_worker_keeps_for_all(app: Litestar) -> None:
    first, second = Keeper(app.state.offices), Keeper(app.state.offices)
    assert first._is_mine()  # noqa: SLF001
    assert not second._is_mine()  # noqa: SLF001
    first.stop()
    assert second._is_mine()  # noqa: SLF001
    second.stop()


def test_a_full_disc_is_no_reason_to_lose_a_publication(office: Office) -> None:
    done = office.publishing.publish(PUBLISHER, TOWN, {"town-02": 1})
    root = published_root(office.data, TOWN)
    root.parent.mkdir(parents=True, exist_ok=True)
    root.write_text("in the way")
    with pytest.raises(OSError, match=r"exists|directory"):
        office.write_published()
    root.unlink()
    assert office.write_published() == [TOWN]
    assert published_now(office.data, TOWN) == done.id
