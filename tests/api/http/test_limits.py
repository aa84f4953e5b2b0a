"""Allowances: what a client may ask for, over time and at once, whichever worker it meets."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import TestClient

from guide.http.clients import household
from guide.http.limits import Limiter, create_table
from guide.service.app import create_app
from guide.settings import Settings


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_granted_and_then_a_request_each_tick() -> None:
    clock = Clock()
    limiter = Limiter(10, 5, clock=clock)
    assert [limiter.take("a") for _ in range(5)] == [0.0] * 5
    assert limiter.take("a") == pytest.approx(0.1)
    assert limiter.take("b") == 0  # another client's allowance is its own
    clock.now += 0.1
    assert limiter.take("a") == 0
    assert limiter.take("a") > 0
    clock.now += 100
    assert [limiter.take("a") for _ in range(6)] == [0.0] * 5 + [pytest.approx(0.1)]


@given(
    st.lists(st.tuples(st.floats(0, 3), st.integers(1, 4)), min_size=1, max_size=60),
    st.floats(0.5, 50),
    st.integers(4, 20),
)
def test_never_more_than_the_burst_and_the_rate_allow(
    asked: list[tuple[float, int]], rate_per_s: float, burst: int
) -> None:
    clock = Clock()
    limiter = Limiter(rate_per_s, burst, clock=clock)
    granted = 0
    for pause_s, cost in asked:
        clock.now += pause_s
        wait_s = limiter.take("a", cost)
        granted += cost if wait_s == 0 else 0
        assert granted <= burst + rate_per_s * (clock.now - 1000) + 0.01
        if wait_s > 0:  # who waits as long as told is granted
            clock.now += wait_s
            assert limiter.take("a", cost) == 0
            granted += cost


def test_workers_share_what_they_count(tmp_path: Path) -> None:
    create_table(tmp_path / "limits")
    clock = Clock()
    one, two = (Limiter(10, 2, tmp_path / "limits", clock) for _ in range(2))
    assert one.take("a") == two.take("a") == 0
    assert one.take("a") > 0
    assert two.take("a") > 0


def test_no_rate_is_no_limit() -> None:
    limiter = Limiter(0, 1)
    assert [limiter.take("a") for _ in range(100)] == [0.0] * 100


def test_a_network_of_one_subscriber_has_one_allowance() -> None:
    assert household("2001:db8:1:2:3::4") == household("2001:db8:1:2:ffff::1") != household("2001:db8:1:3::1")
    assert household("192.0.2.1") != household("192.0.2.2")
    assert household("nonsense") == "nonsense"


def small_allowance(build_root: Path, burst: int, proxies: int = 0) -> TestClient[Litestar]:
    settings = Settings(build_root=build_root, rate_per_s=0.001, burst=burst, proxies=proxies)
    return TestClient(create_app(settings))


def test_who_asks_for_too_much_is_told_how_long_to_wait(build_root: Path) -> None:
    with small_allowance(build_root, 3) as client:
        assert [client.get("/api/drawn").status_code for _ in range(3)] == [200] * 3
        reply = client.get("/api/drawn")
        assert reply.status_code == 429
        assert reply.headers["content-type"] == "application/problem+json"
        assert reply.json()["type"] == "/problems/too-many-requests"
        assert 900 < int(reply.headers["retry-after"]) <= 1000
        assert client.get("/healthz").status_code == 200  # operators always get an answer


def test_costly_work_takes_more_of_the_allowance(build_root: Path) -> None:
    body = {"stops": [{"slope": "hachiman"}, {"slope": "hama"}]}
    with small_allowance(build_root, 12) as client:
        assert client.post("/api/drawn/routes", json=body).status_code == 200
        assert client.post("/api/drawn/routes", json=body).status_code == 200
        reply = client.post("/api/drawn/routes", json=body)
        assert reply.status_code == 429
        assert int(reply.headers["retry-after"]) > 0
        assert client.get("/api/drawn").status_code == 200


def test_a_proxy_is_believed_only_if_it_is_ours(build_root: Path) -> None:
    def ask(client: TestClient[Litestar], forwarded: str) -> int:
        return client.get("/api/drawn", headers={"x-forwarded-for": forwarded}).status_code

    with small_allowance(build_root, 1) as client:
        assert ask(client, "192.0.2.1") == 200
        assert ask(client, "192.0.2.2") == 429  # says who? anybody may write that header
    with small_allowance(build_root, 1, proxies=1) as client:
        assert ask(client, "192.0.2.1") == 200
        assert ask(client, "192.0.2.2") == 200
        assert ask(client, "192.0.2.9, 192.0.2.1") == 429  # what the client itself wrote stands further left
