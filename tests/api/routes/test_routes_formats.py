"""The formats of a walk: what is accepted, and what the schemas of GPX 1.1 and KML 2.2 demand."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guide.api.routes.formats import RouteFormat, wanted_format
from tests.api.built_area import drawn_town

GPX = "{http://www.topografix.com/GPX/1/1}"
KML = "{http://www.opengis.net/kml/2.2}"

# From gpx.xsd: the children of each element in the order that its sequence has them.
GPX_CHILDREN = {
    "gpx": ("metadata", "wpt", "rte", "trk", "extensions"),
    "metadata": ("name", "desc", "author", "copyright", "link", "time", "keywords", "bounds", "extensions"),
    "copyright": ("year", "license"),
    "wpt": ("ele", "time", "magvar", "geoidheight", "name", "cmt", "desc", "src", "link", "sym", "type"),
    "trk": ("name", "cmt", "desc", "src", "link", "number", "type", "extensions", "trkseg"),
    "trkseg": ("trkpt", "extensions"),
    "trkpt": ("ele", "time", "magvar", "geoidheight", "name"),
}
GPX_ATTRIBUTES = {
    "gpx": {"version", "creator"},
    "wpt": {"lat", "lon"},
    "trkpt": {"lat", "lon"},
    "copyright": {"author"},
}
KML_CHILDREN = {
    "kml": ("Document",),
    "Document": ("name", "description", "Style", "Placemark"),
    "Placemark": ("name", "description", "styleUrl", "Point", "LineString"),
    "LineString": ("extrude", "tessellate", "altitudeMode", "coordinates"),
    "Point": ("coordinates",),
    "Style": ("LineStyle",),
    "LineStyle": ("color", "width"),
}


def follows(element: ET.Element, namespace: str, table: dict[str, tuple[str, ...]]) -> None:
    """Every child is known, and they stand in the schema's order."""
    tag = element.tag.removeprefix(namespace)
    names = [child.tag.removeprefix(namespace) for child in element]
    if names:
        order = table[tag]
        assert set(names) <= set(order), tag
        assert names == sorted(names, key=order.index), tag
    for child in element:
        follows(child, namespace, table)


def stops() -> list[dict[str, Any]]:
    return [
        {"lng_lat": list(drawn_town().place("A"))},
        {"slope": "hachiman", "direction": "up"},
        {"landmark": "n1"},
    ]


def ask(client: TestClient[Litestar], accept: str, **more: object) -> tuple[str, bytes]:
    reply = client.post(
        "/api/drawn/routes", json={"stops": stops(), "language": "en", **more}, headers={"Accept": accept}
    )
    assert reply.status_code == 200, reply.text
    return reply.headers["content-type"], reply.content


def test_gpx_follows_the_schema(client: TestClient[Litestar]) -> None:
    media_type, content = ask(client, "application/gpx+xml")
    assert media_type.startswith("application/gpx+xml")
    root = ET.fromstring(content)  # noqa: S314 (our own file)
    assert root.tag == f"{GPX}gpx"
    assert root.attrib["version"] == "1.1"
    follows(root, GPX, GPX_CHILDREN)
    for element in root.iter():
        tag = element.tag.removeprefix(GPX)
        own = {name for name in element.attrib if not name.startswith("{")}
        assert own == GPX_ATTRIBUTES.get(tag, set()), tag
        if tag in {"wpt", "trkpt"}:
            assert -90 <= float(element.attrib["lat"]) <= 90
            assert -180 <= float(element.attrib["lon"]) < 180
        if tag == "ele":
            float(element.text or "")
    heights = [float(point.findtext(f"{GPX}ele") or "nan") for point in root.iter(f"{GPX}trkpt")]
    assert (heights[0], heights[-1]) == (0.0, 20.0)
    assert [point.findtext(f"{GPX}name") for point in root.iter(f"{GPX}wpt")] == ["Start", "八幡坂", "Lookout"]
    assert "© the drawer" in root.find(f"{GPX}metadata/{GPX}copyright").attrib["author"]  # type: ignore[union-attr]


def test_kml_follows_the_schema(client: TestClient[Litestar]) -> None:
    media_type, content = ask(client, "application/vnd.google-earth.kml+xml")
    assert media_type.startswith("application/vnd.google-earth.kml+xml")
    root = ET.fromstring(content)  # noqa: S314 (our own file)
    follows(root, KML, KML_CHILDREN)
    line = next(root.iter(f"{KML}LineString")).findtext(f"{KML}coordinates") or ""
    first = [float(number) for number in line.split()[0].split(",")]
    assert first[:2] == pytest.approx(drawn_town().place("A"), abs=1e-5)
    assert first[2] == 0.0


def test_geojson_is_a_collection_of_the_walk_and_its_stops(client: TestClient[Litestar]) -> None:
    media_type, content = ask(client, "application/geo+json")
    assert media_type.startswith("application/geo+json")
    from msgspec.json import decode  # noqa: PLC0415

    collection = decode(content)
    assert [feature["geometry"]["type"] for feature in collection["features"]] == ["LineString", *["Point"] * 3]
    assert collection["features"][0]["properties"]["steps"] == 57


def test_a_link_names_its_format_and_says_the_same(client: TestClient[Litestar]) -> None:
    longitude, latitude = drawn_town().place("A")
    reply = client.get(
        "/api/drawn/routes",
        params={"stop": [f"{longitude},{latitude}", "slope:hachiman:up", "landmark:n1"], "f": "gpx", "lang": "en"},
    )
    assert reply.content == ask(client, "application/gpx+xml")[1]
    assert reply.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("", RouteFormat.JSON),
        ("*/*", RouteFormat.JSON),
        ("text/html,application/xhtml+xml,*/*;q=0.8", RouteFormat.JSON),
        ("application/gpx+xml;q=0.5, application/geo+json", RouteFormat.GEOJSON),
        ("application/json;q=0, application/kml+xml", RouteFormat.KML),
    ],
)
def test_the_best_accepted_format_is_given(accept: str, format_: RouteFormat) -> None:
    assert wanted_format(None, accept) is format_


def test_what_nobody_can_give_is_not_acceptable(client: TestClient[Litestar]) -> None:
    reply = client.post("/api/drawn/routes", json={"stops": stops()}, headers={"Accept": "image/png"})
    assert reply.status_code == 406
    assert reply.headers["content-type"].startswith("application/problem+json")


def test_limits_effort_and_bands_are_told(client: TestClient[Litestar]) -> None:
    body = {"stops": stops(), "walker": {"max_grade_up_percent": 8, "speed": "din33466"}, "language": "en"}
    route = client.post("/api/drawn/routes", json=body).json()
    assert route["keeps_limits"] is False
    assert [warning["type"] for warning in route["warnings"]] == ["no-way-within-limits", "over-limit-up"]
    assert "八幡坂" in route["warnings"][1]["message"]
    assert route["warnings"][1]["from_m"] == pytest.approx(150, abs=0.5)
    assert route["effort"] == 1
    assert route["energy_kcal"] > 0
    assert {band["band"] for band in route["grade_bands"]} == {0, 5}
    assert sum(band["distance_m"] for band in route["grade_bands"]) == pytest.approx(route["distance_m"], abs=0.3)


def test_alternatives_are_given_or_left_out_with_a_reason(client: TestClient[Litestar]) -> None:
    route = client.post("/api/drawn/routes", json={"stops": stops(), "alternatives": True, "language": "en"}).json()
    assert [each["reason"] for each in route["alternatives"]] == ["fastest"]
    assert route["alternatives"][0]["distance_m"] == route["distance_m"]
    assert {each["reason"] for each in route["alternatives_left_out"]} == {"gentlest", "most-slopes"}
    assert all(each["message"] for each in route["alternatives_left_out"])


@pytest.mark.parametrize(
    "walker", [{"pace": 0}, {"pace": 99}, {"max_grade_up_percent": 0}, {"speed": "sprint"}, {"season": "monsoon"}]
)
def test_walkers_that_cannot_be_are_refused(client: TestClient[Litestar], walker: dict[str, Any]) -> None:
    assert client.post("/api/drawn/routes", json={"stops": stops(), "walker": walker}).status_code == 400
    name, value = next(iter(walker.items()))
    assert client.get("/api/drawn/routes", params={"stop": "slope:hama", name: value}).status_code == 400
