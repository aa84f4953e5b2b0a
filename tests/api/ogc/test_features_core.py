"""OGC API - Features, part 1: core, corrigendum (17-069r4), Annex A: the classes core, geojson and html.

Each test names its abstract test, and the clause whose requirement it proves.
"""

import html.parser
import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
import shapely
from litestar import Litestar
from litestar.testing import TestClient
from openapi_spec_validator import OpenAPIV31SpecValidator
from shapely.geometry import shape

from tests.api.ogc.conftest import ROOT, Get, Json, features, ids, json_of, link, links

CLASS = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
NAMES = ["slopes", "landmarks", "tours", "closures"]
FORMATS = {"application/geo+json", "text/html"}
everywhere = pytest.mark.parametrize("name", NAMES)


def parameters_of(definition: Json, path: str) -> dict[str, Json]:
    """The query parameters of a GET, by name."""
    return {each["name"]: each for each in definition["paths"][path]["get"]["parameters"] if each["in"] == "query"}


ITEMS_PATHS = [f"/api/{{area_id}}/collections/{name}/items" for name in NAMES]


@pytest.mark.parametrize("kept", ["core", "geojson", "html"])
def test_the_classes_are_claimed(conformance: list[str], kept: str) -> None:
    assert f"{CLASS}/{kept}" in conformance


# A.2.1 General


def test_http(api: TestClient[Litestar]) -> None:
    """/conf/core/http; clause 7.5.1, requirement 1: HTTP 1.1 and its status codes."""
    assert api.get(ROOT).http_version == "HTTP/1.1"
    assert api.get(f"{ROOT}/collections/none/items").status_code == 404
    assert api.put(f"{ROOT}/collections").status_code == 405
    assert api.get(f"{ROOT}/collections", headers={"accept": "video/mp4"}).status_code == 406
    assert api.head(ROOT).status_code == 200


@everywhere
def test_crs84(get: Get, name: str) -> None:
    """/conf/core/crs84; clause 7.10, requirement 10: longitude and latitude in WGS 84."""
    west, south, east, north = json_of(get(f"/collections/{name}"))["extent"]["spatial"]["bbox"][0]
    for feature in features(get, name):
        if feature["geometry"] is not None:
            x0, y0, x1, y1 = shape(feature["geometry"]).bounds
            assert west <= x0 <= x1 <= east
            assert south <= y0 <= y1 <= north


# A.2.2 Landing page


def test_root_op(get: Get) -> None:
    """/conf/core/root-op; clause 7.2.1, requirement 1."""
    assert get("").status_code == 200


def test_root_success(get: Get, landing: Json) -> None:
    """/conf/core/root-success; clause 7.2.2, requirement 2: links to definition, conformance and data."""
    assert links(landing, "service-desc") or links(landing, "service-doc")
    for rel in ("service-desc", "service-doc", "conformance", "data", "self", "alternate"):
        for found in links(landing, rel):
            assert get(found["href"], found["type"]).status_code == 200, found


# A.2.3 API definition


def test_api_definition_op(get: Get, landing: Json) -> None:
    """/conf/core/api-definition-op; clause 7.3.1, requirement 3."""
    for rel in ("service-desc", "service-doc"):
        for found in links(landing, rel):
            reply = get(found["href"], found["type"])
            assert reply.status_code == 200
            assert reply.headers["content-type"].partition(";")[0] == found["type"].partition(";")[0]


def test_api_definition_success(definition: Json) -> None:
    """/conf/core/api-definition-success; clause 7.3.2, requirement 4: it is what its media type says."""
    OpenAPIV31SpecValidator(definition).validate()


# A.2.4 Conformance


def test_conformance_op(get: Get, landing: Json) -> None:
    """/conf/core/conformance-op; clause 7.4.1, requirement 5."""
    assert get(link(landing, "conformance")).status_code == 200
    assert get("/conformance").status_code == 200


def test_conformance_success(conformance: list[str]) -> None:
    """/conf/core/conformance-success; clause 7.4.2, requirement 6."""
    assert f"{CLASS}/core" in conformance
    assert all(each.startswith("http://www.opengis.net/spec/") for each in conformance)
    assert len(set(conformance)) == len(conformance)


# A.2.5 Collections


def test_fc_md_op(get: Get, landing: Json) -> None:
    """/conf/core/fc-md-op; clause 7.13.1, requirement 11."""
    assert get(link(landing, "data")).status_code == 200


def test_fc_md_success(get: Get) -> None:
    """/conf/core/fc-md-success; clause 7.13.2, requirement 12: links to itself and its other forms."""
    document = json_of(get("/collections"))
    assert links(document, "self")
    assert links(document, "alternate")
    for found in document["links"]:
        assert found["rel"]
        assert found["type"]


def test_fc_md_items(collections: list[Json]) -> None:
    """/conf/core/fc-md-items; clause 7.13.2, requirements 13 and 14: every collection, and where its items are."""
    assert [each["id"] for each in collections] == NAMES
    for each in collections:
        assert {found["type"] for found in links(each, "items")} >= FORMATS


@everywhere
def test_fc_md_extent(get: Get, collections: list[Json], name: str) -> None:
    """/conf/core/fc-md-extent; clause 7.13.2, requirements 15 and 16: the frame holds all, and times if there are."""
    extent = next(each for each in collections if each["id"] == name)["extent"]
    for box in extent["spatial"]["bbox"]:
        assert len(box) in {4, 6}
    if name == "closures":
        begin, end = extent["temporal"]["interval"][0]
        for feature in features(get, name):
            starts, ends = feature["properties"]["starts"], feature["properties"]["ends"]
            assert begin is None or (starts is not None and begin <= starts)
            assert end is None or (ends is not None and ends <= end)


@everywhere
def test_sfc_md_op(get: Get, name: str) -> None:
    """/conf/core/sfc-md-op; clause 7.14.1, requirement 17."""
    assert get(f"/collections/{name}").status_code == 200


@everywhere
def test_sfc_md_success(get: Get, collections: list[Json], name: str) -> None:
    """/conf/core/sfc-md-success; clause 7.14.2, requirement 18: the same as in the list of all."""
    alone = json_of(get(f"/collections/{name}"))
    listed = next(each for each in collections if each["id"] == name)
    assert {key: value for key, value in alone.items() if key != "links"} == {
        key: value for key, value in listed.items() if key != "links"
    }


# A.2.7 Features


@everywhere
def test_fc_op(get: Get, name: str) -> None:
    """/conf/core/fc-op; clause 7.15.1, requirement 19."""
    for accept in FORMATS:
        reply = get(f"/collections/{name}/items", accept)
        assert reply.status_code == 200
        assert reply.headers["content-type"].startswith(accept)


@pytest.mark.parametrize("path", ITEMS_PATHS)
def test_fc_bbox_definition(definition: Json, path: str) -> None:
    """/conf/core/fc-bbox-definition; clause 7.15.3, requirement 23: four or six numbers, comma-separated."""
    parameter = parameters_of(definition, path)["bbox"]
    assert not parameter["required"]
    assert parameter["schema"]


@everywhere
def test_fc_bbox_response(get: Get, name: str) -> None:
    """/conf/core/fc-bbox-response; clause 7.15.3, requirement 24: what meets the box, and nothing else."""
    everything = features(get, name)
    placed = {str(each["id"]): shape(each["geometry"]) for each in everything if each["geometry"] is not None}
    boxes = [geometry.bounds for geometry in list(placed.values())[:5]]
    for box in boxes:
        expected = {key for key, geometry in placed.items() if geometry.intersects(shapely.box(*box))}
        assert ids(get, name, bbox=",".join(map(str, box))) == expected
    assert ids(get, name, bbox="0,0,1,1") == set()
    assert ids(get, name, bbox="-180,-90,180,90") == set(placed)
    assert ids(get, name, bbox="-180,-90,0,180,90,0") == set(placed)


@pytest.mark.parametrize("box", ["1,2,3", "1,2,3,4,5", "a,b,c,d", "0,5,1,4", "0,-91,1,1", ""])
def test_fc_bbox_invalid(get: Get, box: str) -> None:
    """/conf/core/fc-bbox-definition with clause 7.5.1, requirement 9: what is no box is a 400."""
    assert get("/collections/slopes/items", bbox=box).status_code == 400


@pytest.mark.parametrize("path", ITEMS_PATHS)
def test_fc_limit_definition(definition: Json, path: str) -> None:
    """/conf/core/fc-limit-definition; clause 7.15.2, requirement 20: an integer with its bounds."""
    text = json.dumps(parameters_of(definition, path)["limit"]["schema"])
    assert '"integer"' in text
    assert '"minimum": 1' in text or '"exclusiveMinimum": 0' in text


@pytest.mark.parametrize("limit", [1, 2, 5])
@everywhere
def test_fc_limit_response(get: Get, name: str, limit: int) -> None:
    """/conf/core/fc-limit-response; clause 7.15.2, requirements 21 and 22: never more than asked for."""
    page = json_of(get(f"/collections/{name}/items", "application/geo+json", limit=limit))
    assert len(page["features"]) == min(limit, page["numberMatched"])


@pytest.mark.parametrize("limit", [0, -1, "x", "1.5", ""])
def test_fc_limit_invalid(get: Get, limit: object) -> None:
    """Clause 7.5.1, requirement 9: an invalid value is a 400."""
    assert get("/collections/slopes/items", limit=limit).status_code == 400


@pytest.mark.parametrize("path", ITEMS_PATHS)
def test_fc_time_definition(definition: Json, path: str) -> None:
    """/conf/core/fc-time-definition; clause 7.15.4, requirement 25."""
    parameter = parameters_of(definition, path)["datetime"]
    assert not parameter["required"]
    assert '"string"' in json.dumps(parameter["schema"])


@everywhere
def test_fc_time_response(get: Get, name: str) -> None:
    """/conf/core/fc-time-response; clause 7.15.4, requirement 26: what has no time is always there."""
    everything = features(get, name)

    def holds(properties: Json, moment: datetime) -> bool:
        starts, ends = properties.get("starts"), properties.get("ends")
        begun = starts is None or datetime.fromisoformat(starts) <= moment
        return begun and (ends is None or moment <= datetime.fromisoformat(ends))

    for text in ("1999-12-31T23:59:59Z", "2026-12-24T12:00:00Z", "2030-06-01T00:00:00+09:00"):
        moment = datetime.fromisoformat(text).astimezone(UTC)
        expected = {str(each["id"]) for each in everything if holds(each["properties"], moment)}
        assert ids(get, name, datetime=text) == expected
        assert expected <= ids(get, name, datetime=f"{text}/..")
    assert ids(get, name, datetime="0001-01-01T00:00:00Z/9999-12-30T00:00:00Z") == {str(e["id"]) for e in everything}


@pytest.mark.parametrize("time", ["now", "2026-13-01", "../..", "2026-12-01/2026-11-01", "/", "2026-12-01T00:00:00"])
def test_fc_time_invalid(get: Get, time: str) -> None:
    """Clause 7.5.1, requirement 9: what is no time is a 400."""
    assert get("/collections/closures/items", datetime=time).status_code == 400


@everywhere
def test_query_param_unknown(get: Get, name: str) -> None:
    """/conf/core/query-param-unknown; clause 7.5.1, requirement 8."""
    assert get(f"/collections/{name}/items", unknown_parameter=1).status_code == 400


def test_query_param_invalid(get: Get) -> None:
    """/conf/core/query-param-invalid; clause 7.5.1, requirement 9."""
    for name, value in (("effort", 9), ("themes", "none"), ("max_mean_grade_percent", "x"), ("f", "gml")):
        reply = get(f"{ROOT}/collections/slopes/items?{name}={value}")
        assert reply.status_code == 400, name
        assert reply.headers["content-type"] == "application/problem+json"


@everywhere
def test_fc_response(get: Get, name: str) -> None:
    """/conf/core/fc-response; clause 7.15.5, requirement 27: all pages together are what matches, each once."""
    seen: list[str] = []
    address = f"/collections/{name}/items?limit=3"
    while address:
        page = json_of(get(address, "application/geo+json"))
        seen.extend(str(feature["id"]) for feature in page["features"])
        following = links(page, "next")
        address = following[0]["href"] if following else ""
    assert len(seen) == len(set(seen)) == page["numberMatched"]


@everywhere
def test_fc_links(get: Get, name: str) -> None:
    """/conf/core/fc-links, fc-rel-type; clause 7.15.6, requirements 28 and 30: itself, its other forms, typed."""
    page = json_of(get(f"/collections/{name}/items", "application/geo+json"))
    assert links(page, "self")[0]["type"] == "application/geo+json"
    assert "text/html" in {each["type"] for each in links(page, "alternate")}
    for found in page["links"]:
        assert found["rel"]
        assert found["type"]
        assert get(found["href"], found["type"]).status_code == 200


def test_fc_next_link(get: Get) -> None:
    """Clause 7.15.6, requirement 29: a link to the next page while there is one, with all that was asked for."""
    page = json_of(get("/collections/slopes/items", "application/geo+json", limit=1, themes="view"))
    assert "themes=view" in link(page, "next")


@everywhere
def test_fc_time_stamp(get: Get, name: str) -> None:
    """/conf/core/fc-timeStamp; clause 7.15.6, requirement 31: if there is one, it is the reply's own time."""
    page = json_of(get(f"/collections/{name}/items", "application/geo+json"))
    if "timeStamp" in page:
        assert abs((datetime.now(UTC) - datetime.fromisoformat(page["timeStamp"])).total_seconds()) < 60


@everywhere
def test_fc_number_matched_and_returned(get: Get, name: str) -> None:
    """/conf/core/fc-numberMatched, fc-numberReturned; clause 7.15.6, requirements 32 and 33."""
    everything = json_of(get(f"/collections/{name}/items", "application/geo+json", limit=1000))
    page = json_of(get(f"/collections/{name}/items", "application/geo+json", limit=1))
    assert everything["numberReturned"] == len(everything["features"])
    assert page["numberMatched"] == everything["numberMatched"] == len(everything["features"])
    assert page["numberReturned"] == len(page["features"])


# A.2.8 Feature


@everywhere
def test_f_op_and_success(get: Get, name: str) -> None:
    """/conf/core/f-op, f-success; clause 7.16, requirements 34 and 35: each feature alone is the one in the list."""
    for listed in features(get, name):
        alone = json_of(get(f"/collections/{name}/items/{listed['id']}", "application/geo+json"))
        assert {key: value for key, value in alone.items() if key != "links"} == listed


@everywhere
def test_f_links(get: Get, name: str) -> None:
    """/conf/core/f-links; clause 7.16.2, requirement 36: itself, its other forms, its collection."""
    alone = json_of(get(f"/collections/{name}/items/{features(get, name)[0]['id']}", "application/geo+json"))
    assert links(alone, "self")
    assert links(alone, "alternate")
    assert get(link(alone, "collection")).status_code == 200


# A.3 GeoJSON


@everywhere
def test_geojson_definition(get: Get, name: str) -> None:
    """/conf/geojson/definition; clause 8.3, requirement 38: GeoJSON is asked for by its media type."""
    first = features(get, name)[0]["id"]
    for address in (f"/collections/{name}/items", f"/collections/{name}/items/{first}"):
        assert get(address, "application/geo+json").headers["content-type"] == "application/geo+json"
    for address in ("", "/conformance", "/collections", f"/collections/{name}"):
        assert get(address, "application/json").headers["content-type"] == "application/json"


@everywhere
def test_geojson_content(get: Get, name: str) -> None:
    """/conf/geojson/content; clause 8.3, requirement 39: RFC 7946, every geometry sound."""
    page = json_of(get(f"/collections/{name}/items", "application/geo+json"))
    assert page["type"] == "FeatureCollection"
    for feature in page["features"]:
        assert feature["type"] == "Feature"
        assert isinstance(feature["properties"], dict)
        if feature["geometry"] is not None:
            assert shape(feature["geometry"]).is_valid


# A.5 HTML


class _Page(html.parser.HTMLParser):
    """What a page links to, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.words = ""
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and (href := dict(attrs).get("href")):
            self.links.append(href)

    def handle_data(self, data: str) -> None:
        self.words += data


def page_of(reply: httpx.Response) -> _Page:
    assert reply.headers["content-type"].startswith("text/html")
    page = _Page()
    page.feed(reply.text)
    return page


@everywhere
def test_html_definition_and_content(get: Get, name: str) -> None:
    """/conf/html/definition, content; clause 8.2, requirements 36 and 37: what the data say, in words and links."""
    some: list[Any] = features(get, name)
    first = some[0]
    page = page_of(get(f"/collections/{name}/items", "text/html"))
    for feature in some[:20]:
        words = feature["properties"].get("name") or feature["properties"].get("description_ja") or ""
        assert words in page.words
        assert any(feature["id"] in address for address in page.links)
    alone = page_of(get(f"/collections/{name}/items/{first['id']}", "text/html"))
    assert alone.links
    for address in ("", "/conformance", "/collections", f"/collections/{name}"):
        assert page_of(get(address, "text/html")).links
