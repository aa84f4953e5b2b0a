"""Links that keep a tour: short, without a database, and open after a rebuild."""

import hashlib
import re
from contextlib import suppress
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import TestClient
from PIL import Image

from guide.api.routes.request import WalkerRequest
from guide.api.tours.link import Fingerprints, Ids, from_link, to_link
from guide.api.tours.request import HaltRequest, TourRequest
from guide.domain.errors import UsageError
from guide.domain.route import Direction
from guide.domain.walker import Preset, Season, SlopesChoice, Speed, StepsChoice
from tests.tours.conftest import Plan

Client = TestClient[Litestar]
SLOPES = tuple(f"slope-{number}" for number in range(300))
LANDMARKS = tuple(f"node-{number}" for number in range(900))
IDS = Ids(slopes=Fingerprints(SLOPES), landmarks=Fingerprints(LANDMARKS))

times = st.builds(lambda minutes: f"{minutes // 60:02d}:{minutes % 60:02d}", st.integers(0, 1439))
stays = st.integers(0, 240).map(float)
degrees = st.integers(-89_999_999, 89_999_999).map(lambda each: each / 1e6)
halts = st.one_of(
    st.builds(HaltRequest, slope=st.sampled_from(SLOPES), direction=st.sampled_from(Direction), stay_min=stays),
    st.builds(
        HaltRequest, landmark=st.sampled_from(LANDMARKS), stay_min=stays, between=st.none() | st.tuples(times, times)
    ),
    st.builds(HaltRequest, lng_lat=st.tuples(degrees, degrees)),
)
walkers = st.builds(
    WalkerRequest,
    preset=st.sampled_from(Preset),
    speed=st.none() | st.sampled_from(Speed),
    pace=st.none() | st.integers(10, 150).map(lambda each: each / 50),
    max_grade_up_percent=st.none() | st.integers(2, 200).map(lambda each: each / 2),
    max_grade_down_percent=st.none() | st.integers(2, 200).map(lambda each: each / 2),
    steps=st.none() | st.sampled_from(StepsChoice),
    slopes=st.none() | st.sampled_from(SlopesChoice),
    season=st.none() | st.just(Season.WINTER),
)
tours = st.builds(TourRequest, halts=st.lists(halts, min_size=2, max_size=30), walker=walkers, depart=st.none() | times)


@settings(deadline=None)
@given(tours)
def test_a_link_says_what_went_into_it(tour: TourRequest) -> None:
    kept = from_link(to_link(tour, IDS), IDS)
    assert kept.vanished == ()
    assert kept.request == tour


@settings(deadline=None)
@given(tours)
def test_a_link_is_short_and_fits_an_address(tour: TourRequest) -> None:
    link = to_link(tour, IDS)
    assert re.fullmatch(r"[A-Za-z0-9_-]+", link)
    assert len(link) <= 24 + 4 / 3 * 15 * len(tour.halts)


def test_ten_slopes_there_and_back_are_less_than_eighty_letters() -> None:
    start = HaltRequest(lng_lat=(141.0, 42.3))
    slopes = [HaltRequest(slope=name, direction=Direction.UP) for name in SLOPES[:10]]
    assert len(to_link(TourRequest(halts=[start, *slopes, start]), IDS)) < 80


@settings(deadline=None)
@given(tours, st.integers(0, 10_000), st.sampled_from("ABCxyz019-_"))
def test_a_damaged_link_never_opens_another_tour(tour: TourRequest, place: int, letter: str) -> None:
    link = to_link(tour, IDS)
    place %= len(link)
    damaged = link[:place] + letter + link[place + 1 :]
    if damaged == link:
        return
    with suppress(UsageError):
        assert from_link(damaged, IDS).request == tour  # only the unused last bits of the last letter may differ


@pytest.mark.parametrize("text", ["", "A", "AQ", "!!!!", "x" * 5000, "日本", "AQAAAA", "AQAA_w=="])
def test_what_is_no_link_says_so(text: str) -> None:
    with pytest.raises(UsageError, match="link is damaged"):
        from_link(text, IDS)


def test_ids_that_look_alike_are_told_apart() -> None:
    names = [f"s{number}" for number in range(20_000)]
    seen: dict[bytes, str] = {}
    pairs = [
        (twin, name)
        for name in names
        if (twin := seen.setdefault(hashlib.blake2b(name.encode(), digest_size=6).digest()[:3], name)) != name
    ]
    assert pairs
    tour = TourRequest(halts=[HaltRequest(slope=name) for name in pairs[0]])
    many = Ids(slopes=Fingerprints(names), landmarks=Fingerprints(()))
    assert from_link(to_link(tour, many), many).request == tour


def test_what_vanished_is_told_and_the_rest_stays() -> None:
    tour = TourRequest(halts=[HaltRequest(slope=name) for name in SLOPES[:4]])
    later = Ids(slopes=Fingerprints((*SLOPES[2:], "a-new-one")), landmarks=Fingerprints(()))
    kept = from_link(to_link(tour, IDS), later)
    assert kept.vanished == (1, 2)
    assert [halt.slope for halt in kept.request.halts] == list(SLOPES[2:4])


def test_a_short_address_opens_the_page_or_gives_the_tour(client: Client, plan: Plan) -> None:
    tour = plan(time_budget_min=45)
    path = tour["link_path"]
    page = client.get(path, headers={"Accept": "text/html,*/*;q=0.8"}, follow_redirects=False)
    assert page.status_code == 302
    assert page.headers["location"].startswith("/?area=sample&stop=")
    assert all(f"slope:{halt['slope']}:{halt['direction']}" in page.headers["location"] for halt in tour["slopes"])
    data = client.get(path, headers={"Accept": "application/json", "Accept-Language": "en"}).json()
    assert data["aim"] == "own"
    assert [halt["slope"] for halt in data["slopes"]] == [halt["slope"] for halt in tour["slopes"]]
    assert data["total_duration_s"] == pytest.approx(tour["total_duration_s"], abs=2)
    gpx = client.get(f"/api/sample/tours/link/{tour['link']}?f=gpx")
    assert gpx.headers["content-type"].startswith("application/gpx+xml")
    assert client.get("/t/sample/nonsense").status_code == 400
    assert client.get("/t/atlantis/nonsense").status_code == 404


def test_a_code_can_be_scanned(client: Client, plan: Plan) -> None:
    path = plan(time_budget_min=45)["qr_path"]
    svg = client.get(path)
    assert svg.headers["content-type"] == "image/svg+xml"
    assert svg.content.startswith(b"<?xml") or svg.content.startswith(b"<svg")
    png = Image.open(BytesIO(client.get(f"{path}?f=png").content))
    modules = np.array(png.convert("L"))[::8, ::8] < 128
    # Three finder patterns and a quiet zone of four modules (ISO/IEC 18004).
    finder = modules[4:11, 4:11]
    assert not modules[:4].any()
    assert finder[0].all()
    assert (finder == modules[4:11, -11:-4]).all()
    assert (finder == modules[-11:-4, 4:11]).all()
