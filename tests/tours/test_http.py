"""Tours through the real app, over the sample town."""

import itertools
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guide.api.routes.request import StopRequest
from guide.api.tours.request import PauseRequest, PlanRequest, wish_of
from guide.areas.served import ServedArea
from guide.domain.errors import UsageError
from guide.routing.costs.arc_costs import Terms
from guide.routing.tours.plan import plan_tour
from guide.routing.tours.solve import Deadline
from tests.tours.conftest import Plan

Client = TestClient[Litestar]
STAIRS = {"suretsu-kaidan", "sosu-kaidan", "integer-steps", "golden-steps", "factorial-steps"}


def slopes(tour: dict[str, Any]) -> list[str]:
    return [halt["slope"] for halt in tour["slopes"]]


def refused(client: Client, body: dict[str, Any]) -> dict[str, Any]:
    reply = client.post("/api/sample/tours/plan", json=body)
    assert reply.status_code in {400, 404, 422}, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = reply.json()
    assert problem["status"] == reply.status_code
    return problem


def test_a_tour_with_times_reasons_and_two_others(plan: Plan) -> None:
    tour = plan()
    assert len(slopes(tour)) >= 5
    assert len(set(slopes(tour))) == len(slopes(tour))
    assert tour["total_duration_s"] <= 90 * 60
    times = [halt["arrives_s"] for halt in tour["halts"]]
    assert times == sorted(times)
    assert [tour["halts"][0]["kind"], tour["halts"][-1]["kind"]] == ["start", "end"]
    assert {halt["direction"] for halt in tour["slopes"]} == {"up", "down"}
    assert tour["points"] == pytest.approx(sum(halt["value"]["points"] for halt in tour["slopes"]))
    for halt in tour["slopes"]:
        assert halt["value"]["points"] == pytest.approx(sum(part["points"] for part in halt["value"]["parts"]))
    left_out = {each["slope"] for each in tour["left_out"]}
    assert left_out.isdisjoint(slopes(tour))
    assert len(left_out) + len(slopes(tour)) == 23
    assert any(each["message"].startswith("It would add ") for each in tour["left_out"])
    assert [other["aim"] for other in tour["alternatives"]] == ["gentler", "other-quarter"]
    gentler, elsewhere = tour["alternatives"]
    assert gentler["ascent_m"] <= 0.75 * tour["ascent_m"]
    assert set(slopes(elsewhere)).isdisjoint(slopes(tour))
    assert tour["complete"]


def test_the_same_wish_gives_the_same_tour(plan: Plan) -> None:
    assert plan(max_ascent_m=150) == plan(max_ascent_m=150)


def test_both_languages_give_their_reasons(plan: Plan) -> None:
    words = {
        language: [each["message"] for each in plan(language=language)["left_out"] if each["reason"] == "adds-time"]
        for language in ("ja", "en")
    }
    assert words["en"][0].startswith("It would add")
    assert words["ja"][0].startswith("入れると")


@pytest.mark.parametrize("ascent", [0, 60, 120, 200])
def test_no_leg_walked_by_the_router_takes_a_tour_over_its_budgets(client: Client, plan: Plan, ascent: int) -> None:
    tour = plan(max_ascent_m=ascent) if ascent else plan(time_budget_min=45)
    stops = [
        {"slope": halt["slope"], "direction": halt["direction"]} if halt["slope"] else {"lng_lat": halt["lng_lat"]}
        for halt in tour["halts"]
    ]
    seconds = metres = 0.0
    for one, other in itertools.pairwise(stops):
        reply = client.post("/api/sample/routes", json={"stops": [one, other]})
        assert reply.status_code == 200, reply.text
        legs = reply.json()["legs"]
        # Each slope is climbed in two of these routes; it counts with the leg that leads to it.
        legs = [leg for leg in legs if not (leg["slope"] and leg["to_stop"] == 0)]
        seconds += sum(leg["duration_s"] for leg in legs)
        metres += sum(leg["ascent_m"] for leg in legs)
    assert seconds <= (90 if ascent else 45) * 60 + len(stops)
    if ascent:
        assert metres <= ascent + 0.1 * len(stops)


def test_themes_weights_musts_and_nevers(plan: Plan) -> None:
    history = plan(themes=["history"], time_budget_min=45)
    assert {"mihon-zaka", "suretsu-kaidan"} <= set(slopes(history))
    assert "kyokugen-zaka" in slopes(plan(include=["kyokugen-zaka"], time_budget_min=60))
    assert "mihon-zaka" not in slopes(plan(exclude=["mihon-zaka"]))
    assert all(each["reason"] == "excluded" for each in plan(exclude=["mihon-zaka"])["left_out"] if
               each["slope"] == "mihon-zaka")  # fmt: skip
    easy = plan(max_effort=3)
    assert slopes(easy)
    assert {"mihon-zaka", "seigen-zaka"}.isdisjoint(slopes(easy))
    hard = plan(weights={"ease": -5, "grade": 0})
    assert {part["points"] for halt in hard["slopes"] for part in halt["value"]["parts"] if
            part["reason"] == "grade"} == set()  # fmt: skip


def test_at_least_so_many_of_a_theme_or_a_reason_why_not(client: Client, plan: Plan, station: list[float]) -> None:
    tour = plan(time_budget_min=60, at_least=[{"theme": "autumn", "count": 1}])
    assert {"yogen-zaka", "kansu-zaka"} & set(slopes(tour))
    wish = {"start": {"lng_lat": station}, "time_budget_min": 40, "at_least": [{"theme": "autumn", "count": 2}]}
    problem = refused(client, wish)
    assert problem["type"] == "/problems/nothing-fits"
    assert problem["changes"][0]["field"] == "at_least"


def test_legs_that_take_no_stairs_get_none(plan: Plan) -> None:
    tour = plan(walker={"preset": "fit", "steps": "never"})
    assert tour["steps"] == 0
    assert STAIRS.isdisjoint(slopes(tour))
    assert {each["reason"] for each in tour["left_out"] if each["slope"] in STAIRS} == {"not-for-this-walker"}


def test_a_pause_lies_in_its_window_and_musts_are_visited(plan: Plan) -> None:
    pause = {"minutes": 30, "between": ["12:00", "13:00"], "landmark": "way-292"}
    tour = plan(time_budget_min=150, pause=pause, include=["node-4724"], depart="11:00", date="2030-05-01")
    halts = {halt["kind"]: halt for halt in tour["halts"]}
    assert halts["pause"]["landmark"] == "way-292"
    assert halts["pause"]["arrives"] >= "12:00" or halts["pause"]["waits_s"] > 0
    assert halts["pause"]["leaves"] <= "13:00"
    assert halts["landmark"]["landmark"] == "node-4724"
    assert halts["landmark"]["stays_s"] == 600
    assert tour["depart"] == "11:00"
    assert "hours-not-known" in {note["type"] for note in tour["notes"]}


def test_who_does_not_say_when_leaves_so_that_the_pause_fits(plan: Plan) -> None:
    tour = plan(time_budget_min=60, pause={"minutes": 20, "between": ["12:00", "12:30"], "landmark": "way-292"})
    assert "11:00" <= tour["depart"] <= "12:10"
    assert sum(halt["waits_s"] for halt in tour["halts"]) < 60


def test_a_tour_may_end_elsewhere(plan: Plan) -> None:
    tour = plan(end={"landmark": "node-4724"}, time_budget_min=60)
    assert tour["halts"][-1]["lng_lat"] != tour["halts"][0]["lng_lat"]


def test_a_planned_tour_is_changed_and_walked_again(client: Client, plan: Plan) -> None:
    wanted = plan(max_ascent_m=150)["request"]
    again = client.post("/api/sample/tours", json=wanted)
    assert again.status_code == 200, again.text
    assert again.json()["over"] == {"time_min": 0, "ascent_m": 0}
    wanted["halts"][1:-1] = wanted["halts"][-2:0:-1]
    wanted["halts"].insert(1, {"slope": "kansu-zaka"})
    wanted["halts"].insert(2, {"landmark": "way-292", "stay_min": 20})
    changed = client.post("/api/sample/tours", json=wanted).json()
    assert changed["halts"][1]["direction"] in {"up", "down"}
    assert changed["halts"][2]["stays_s"] == 1200
    assert changed["over"]["time_min"] > 0
    assert changed["over"]["ascent_m"] > 0


def test_too_late_for_a_window_is_told(client: Client, station: list[float]) -> None:
    halts = [{"lng_lat": station}, {"landmark": "way-292", "stay_min": 20, "between": ["09:00", "10:00"]},
             {"lng_lat": station}]  # fmt: skip
    tour = client.post("/api/sample/tours", json={"halts": halts, "depart": "09:55"}).json()
    assert tour["missed_halts"] == [1]
    early = client.post("/api/sample/tours", json={"halts": halts, "depart": "08:00"}).json()
    assert early["missed_halts"] == []
    assert early["halts"][1]["waits_s"] > 3000


@pytest.mark.parametrize(
    "accept", ["application/geo+json", "application/gpx+xml", "application/vnd.google-earth.kml+xml"]
)
def test_a_tour_in_every_format(client: Client, station: list[float], accept: str) -> None:
    body = {"start": {"lng_lat": station}, "time_budget_min": 45, "language": "en"}
    reply = client.post("/api/sample/tours/plan", json=body, headers={"Accept": accept})
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith(accept)
    if accept == "application/geo+json":
        features = reply.json()["features"]
        assert features[0]["geometry"]["type"] == "LineString"
        assert features[0]["properties"]["aim"] == "best"
    else:
        assert len(list(ET.fromstring(reply.content).iter())) > 50  # noqa: S314 (our own file)


BAD = {
    "no budget": {"time_budget_min": 0},
    "a year": {"time_budget_min": 525_600},
    "less than nothing": {"max_ascent_m": -1},
    "not a number": {"time_budget_min": "long"},
    "a thousand musts": {"include": [f"slope-{number}" for number in range(1000)]},
    "an unknown must": {"include": ["atlantis-zaka"]},
    "an unknown never": {"exclude": ["atlantis-zaka"]},
    "both ways": {"include": ["mihon-zaka"], "exclude": ["mihon-zaka"]},
    "twice": {"include": ["mihon-zaka", "mihon-zaka"]},
    "too hard a must": {"include": ["kansu-zaka"], "max_effort": 2},
    "a day that is past": {"date": "2020-01-01"},
    "a time that is none": {"depart": "25:00"},
    "a pause before it begins": {"depart": "10:00", "pause": {"minutes": 30, "between": ["08:00", "09:00"]}},
    "a pause after it ends": {
        "depart": "10:00", "pause": {"minutes": 30, "between": ["18:00", "19:00"], "landmark": "way-292"},
    },
    "a pause too long for its times": {"pause": {"minutes": 90, "between": ["12:00", "13:00"], "landmark": "way-292"}},
    "a pause turned round": {"pause": {"minutes": 10, "between": ["13:00", "12:00"], "landmark": "way-292"}},
    "a pause longer than all": {"pause": {"minutes": 100, "between": ["10:00", "13:00"], "landmark": "way-292"}},
    "a pause nowhere": {"pause": {"minutes": 10, "between": ["12:00", "13:00"], "kind": "food"}},
    "a start in the sea": {"start": {"lng_lat": [145.2, 41.2]}},
    "a start on no globe": {"start": {"lng_lat": [500, 41]}},
    "a start of two kinds": {"start": {"lng_lat": [145, 41], "landmark": "way-292"}},
    "a field that is none": {"budget": 3},
    "a theme that no slope has enough of": {"at_least": [{"theme": "spring", "count": 20}]},
    "hardly any time": {"time_budget_min": 5},
    "no climb at all": {"max_ascent_m": 0},
    "a must too far": {"include": ["kansu-zaka"], "time_budget_min": 15},
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_a_problem_that_says_what_to_change(client: Client, station: list[float], name: str) -> None:
    problem = refused(client, {"start": {"lng_lat": station}, "time_budget_min": 90, **BAD[name]})
    assert len(problem["detail"]) > 20
    assert problem["detail"].endswith(".")


def test_what_would_have_to_give(client: Client, station: list[float]) -> None:
    wish = {"start": {"lng_lat": station}, "time_budget_min": 15, "include": ["kansu-zaka", "suretsu-kaidan"]}
    changes = {change["field"]: change for change in refused(client, wish)["changes"]}
    minutes = changes["time_budget_min"]["value"]
    assert minutes % 5 == 0
    assert str(minutes) in changes["time_budget_min"]["message_ja"]
    assert client.post("/api/sample/tours/plan", json={**wish, "time_budget_min": minutes}).status_code == 200
    nearest = refused(client, {"start": {"lng_lat": station}, "time_budget_min": 5})["changes"][0]
    assert nearest["field"] == "time_budget_min"
    wish = {"start": {"lng_lat": station}, "time_budget_min": nearest["value"]}
    assert client.post("/api/sample/tours/plan", json=wish).status_code == 200


def test_two_limits_that_give_only_together_are_told_together(client: Client, station: list[float]) -> None:
    wish = {"start": {"lng_lat": station}, "include": ["kansu-zaka"], "time_budget_min": 6, "max_ascent_m": 1}
    problem = refused(client, wish)
    changes = {change["field"]: change for change in problem["changes"]}
    assert {"time_budget_min", "max_ascent_m", "include"} <= set(changes)
    assert changes["time_budget_min"]["message_en"] == changes["max_ascent_m"]["message_en"]
    assert problem["detail"].count("Give at least") == 1
    more = {field: changes[field]["value"] for field in ("time_budget_min", "max_ascent_m")}
    assert client.post("/api/sample/tours/plan", json={**wish, **more}).status_code == 200


def test_a_theme_that_no_slope_can_have_is_not_asked_for_zero_times(client: Client, station: list[float]) -> None:
    wish = {
        "start": {"lng_lat": station}, "time_budget_min": 30,
        "exclude": ["seigen-zaka"], "at_least": [{"theme": "spring", "count": 1}],
    }  # fmt: skip
    detail = refused(client, wish)["detail"]
    assert "at_least" in detail
    assert " 0 " not in detail


def test_times_of_today_that_are_past_are_refused(served: ServedArea, station: list[float]) -> None:
    now = datetime(2030, 5, 1, 15, 0, tzinfo=served.zone)
    lng, lat = station
    wish = PlanRequest(start=StopRequest(lng_lat=(lng, lat)), time_budget_min=90, date=now.date())
    lunch = PauseRequest(minutes=30, between=("12:00", "13:00"), landmark="way-292")
    with pytest.raises(UsageError, match="too late for the pause today"):
        wish_of(msgspec.structs.replace(wish, pause=lunch), served, now)
    with pytest.raises(UsageError, match="departure is past"):
        wish_of(msgspec.structs.replace(wish, depart="13:00"), served, now)
    assert wish_of(msgspec.structs.replace(wish, depart="14:30"), served, now).depart_s == 14.5 * 3600
    tomorrow = now.date() + timedelta(days=1)
    assert wish_of(msgspec.structs.replace(wish, pause=lunch, date=tomorrow), served, now).pause is not None


def test_an_alternative_that_nobody_had_time_for_is_not_said_not_to_be(
    served: ServedArea, station: list[float]
) -> None:
    lng, lat = station
    request = PlanRequest(start=StopRequest(lng_lat=(lng, lat)), time_budget_min=90)
    wish = wish_of(request, served, datetime(2030, 5, 1, 9, 0, tzinfo=served.zone))
    best = plan_tour(served.surroundings, wish, Terms(), Deadline(60))
    assert not best.missed
    cut_short = plan_tour(served.surroundings, wish, Terms(), _CutShort(after=2))
    assert {missed.reason.type for missed in cut_short.missed} == {"no-time-to-look"}
    assert not cut_short.complete


class _CutShort(Deadline):
    """A deadline that passes after so many looks at the clock."""

    def __init__(self, after: int) -> None:
        super().__init__(60)
        self._looks = after

    def left_s(self) -> float:
        self._looks -= 1
        if self._looks < 0:
            self.passed = True
            return 0.0
        return super().left_s()
