from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tests.api.built_area import drawn_town


def ask(client: TestClient[Litestar], stops: list[dict[str, Any]], **more: object) -> dict[str, Any]:
    reply = client.post("/api/drawn/routes", json={"stops": stops, **more})
    assert reply.status_code == 200, reply.text
    route: dict[str, Any] = reply.json()
    return route


def point(node: str) -> dict[str, Any]:
    return {"lng_lat": list(drawn_town().place(node))}


def test_a_walk_over_a_slope(client: TestClient[Litestar]) -> None:
    route = ask(client, [point("A"), {"slope": "hachiman", "direction": "up"}, {"landmark": "n1"}], language="en")
    assert [(leg["from_stop"], leg["to_stop"], leg["slope"], leg["direction"]) for leg in route["legs"]] == [
        (0, 1, None, None), (1, 1, "hachiman", "up"), (1, 2, None, None)
    ]  # fmt: skip
    assert route["distance_m"] == pytest.approx(400, abs=0.5)
    assert route["steps"] == 57
    assert (route["ascent_m"], route["descent_m"]) == (20.0, 0.0)
    assert route["max_grade_20m_percent"] == pytest.approx(20)
    coordinates = route["geometry"]["coordinates"]
    assert len(coordinates[0]) == 3
    assert [coordinates[0][2], coordinates[-1][2]] == [0.0, 20.0]
    assert route["profile"]["distances_m"][-1] == pytest.approx(400, abs=0.5)
    assert [band["band"] for band in route["profile"]["bands"]] == [0, 5, 0]
    assert [stop["name"] for stop in route["stops"]] == [None, "八幡坂", "Lookout"]
    assert route["credits"][0]["text"] == "© the drawer"
    assert route["warnings"] == []


def test_the_walk_in_words(client: TestClient[Litestar]) -> None:
    stops = [point("A"), {"slope": "hachiman", "direction": "up"}, {"landmark": "n1"}]
    english = [item["text"] for item in ask(client, stops, language="en")["instructions"]]
    assert english == [
        "Head east and walk 150 m along 浜町通り",
        "Turn right and climb Hachiman-zaka: 100 m, up 20 m, 57 steps",
        "Turn right and walk 150 m along 山手通り",
        "You have arrived at Lookout",
    ]
    route = ask(client, stops, language="ja")
    assert [item["text"] for item in route["instructions"]] == [
        "東へ向かい、浜町通りを 150 m 進む",
        "右に曲がり、八幡坂を上る：100 m、20 m 上り、階段 57 段",
        "右に曲がり、山手通りを 150 m 進む",
        "展望台に到着",
    ]
    assert [item["turn"] for item in route["instructions"]] == [None, "right", "right", None]
    assert [item["begin_m"] for item in route["instructions"]] == pytest.approx([0, 150, 250, 400], abs=0.5)
    assert sum(item["duration_s"] for item in route["instructions"]) == pytest.approx(route["duration_s"], abs=3)


def test_stairs_and_climbs_between_stops_are_told_too(client: TestClient[Litestar]) -> None:
    texts = [item["text"] for item in ask(client, [point("B"), point("E")], language="en")["instructions"]]
    assert texts == ["Head south and climb 八幡坂, 100 m, up 20 m, 57 steps", "You have arrived"]


def test_a_stop_on_the_way_is_told_and_so_is_turning_round_there(client: TestClient[Litestar]) -> None:
    route = ask(client, [point("A"), point("B"), point("D")], language="en")
    assert [item["text"] for item in route["instructions"]][:3] == [
        "Head east and walk 150 m along 浜町通り",
        "You have reached stop 2",
        "Turn round and walk 150 m along 浜町通り",
    ]
    assert route["instructions"][2]["turn"] == "u-turn"
    route = ask(client, [point("A"), {"landmark": "n1"}, point("F")], language="en")
    assert "You have reached Lookout" in [item["text"] for item in route["instructions"]]


def test_up_takes_longer_than_down(client: TestClient[Litestar]) -> None:
    up, down = ask(client, [point("C"), point("F")]), ask(client, [point("F"), point("C")])
    assert up["duration_s"] > down["duration_s"]
    assert up["max_grade_20m_percent"] == -down["max_grade_20m_percent"]


def test_who_never_takes_stairs_gets_none(client: TestClient[Litestar]) -> None:
    route = ask(client, [point("B"), point("E")], walker={"preset": "fit", "steps": "never"})
    assert route["steps"] == 0


def test_a_faster_walker_is_sooner_there(client: TestClient[Litestar]) -> None:
    family, fit = (ask(client, [point("A"), point("F")], walker={"preset": preset}) for preset in ("family", "fit"))
    assert family["duration_s"] > fit["duration_s"]


def test_a_link_says_the_same_as_a_body(client: TestClient[Litestar]) -> None:
    longitude, latitude = drawn_town().place("A")
    link = client.get(
        "/api/drawn/routes",
        params={"stop": [f"{longitude},{latitude}", "slope:hachiman:down", "landmark:n1"], "preset": "fit",
                "steps": "avoid", "lang": "en"},
    )  # fmt: skip
    body = ask(
        client, [point("A"), {"slope": "hachiman", "direction": "down"}, {"landmark": "n1"}],
        walker={"preset": "fit", "steps": "avoid"}, language="en",
    )  # fmt: skip
    assert link.json() == body


def test_one_slope_of_any_direction_is_a_walk(client: TestClient[Litestar]) -> None:
    assert len(ask(client, [{"slope": "hama"}])["legs"]) == 1
    assert client.get("/api/drawn/routes?stop=slope:hama").status_code == 200


def test_start_equals_end_says_so(client: TestClient[Litestar]) -> None:
    route = ask(client, [point("A"), point("A")], language="ja")
    assert route["distance_m"] == 0
    assert [warning["type"] for warning in route["warnings"]] == ["no-distance"]
    assert "同じ場所" in route["warnings"][0]["message"]
    assert len(route["geometry"]["coordinates"]) == 2  # RFC 7946: a line has two positions at least


def test_routes_are_not_kept_by_caches(client: TestClient[Litestar]) -> None:
    reply = client.post("/api/drawn/routes", json={"stops": [point("A"), point("F")]})
    assert reply.headers["cache-control"] == "no-store"
