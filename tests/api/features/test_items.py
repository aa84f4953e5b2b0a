"""What is asked of a collection, and the forms in which it answers."""

import csv
import io
from datetime import UTC
from typing import Any

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guide.api.features.collection import COLLECTIONS
from guide.api.features.parameters import parse_bbox, parse_interval
from guide.api.schemas.features import PROPERTIES, FeaturePage
from guide.area.read import BuiltArea
from guide.domain.errors import UsageError
from guide.service.app import create_app
from guide.settings import Settings

IN_JSON = '{"op":"isNull","args":[{"property":"length_m"}]}'
ROOT = "/api/drawn/collections"


def ids(client: TestClient[Litestar], collection: str, query: str) -> list[str]:
    reply = client.get(f"{ROOT}/{collection}/items?{query}")
    assert reply.status_code == 200, reply.text
    return [feature["id"] for feature in reply.json()["features"]]


@pytest.mark.parametrize(
    ("collection", "query", "expected"),
    [
        ("slopes", "themes=view", ["hachiman", "hama", "island"]),
        ("slopes", "themes=view,history", ["hachiman", "hama", "island"]),
        ("slopes", "themes=history", []),
        ("slopes", "effort=3", ["hachiman", "hama", "island"]),
        ("slopes", "effort=1,2", []),
        ("slopes", "max_mean_grade_percent=5", ["island"]),
        ("slopes", "max_mean_grade_percent=20.1", ["hachiman", "hama", "island"]),
        ("slopes", "q=ハチマン", ["hachiman"]),
        ("slopes", "q=はちまん", ["hachiman"]),
        ("slopes", "q=HACHIMAN ZAKA", ["hachiman"]),
        ("slopes", "q=...", []),
        ("slopes", "filter=mean_grade_percent>10", ["hachiman", "hama"]),
        ("slopes", "filter=length_m IS NULL", ["lost", "nowhere"]),
        ("slopes", "filter=name LIKE '%25坂' AND NOT steps IS NULL&limit=1", ["hachiman"]),
        ("slopes", "filter=S_INTERSECTS(geometry,BBOX(141,42.29,141.003,42.301))", ["hachiman", "lost"]),
        ("slopes", f"filter={IN_JSON}&filter-lang=cql2-json", ["lost", "nowhere"]),
        ("landmarks", "kind=viewpoint,toilets", ["n1", "n2"]),
        ("landmarks", "q=lookout", ["n1"]),
        ("tours", "filter=ascent_m > 10", ["to-the-lookout"]),
        ("tours", "q=tenboudai", []),
        ("closures", "datetime=2027-01-01T00:00:00%2B09:00", ["handrail"]),
        ("closures", "datetime=2026-11-30T15:00:00Z", ["handrail"]),
        ("closures", "datetime=2026-11-30T14:59:59Z", []),
        ("closures", "datetime=2027-03-31T15:00:00Z", []),
        ("closures", "datetime=2026-11-30", []),  # a day on the town's clocks, not on those of Greenwich
        ("closures", "datetime=2026-12-01", ["handrail"]),
        ("closures", "datetime=2026-01-01/2026-12-02", ["handrail"]),
        ("closures", "datetime=../2026-11-01", []),
        ("closures", "datetime=2027-03-01/..", ["handrail"]),
        ("closures", "filter=kind='notice' AND ends > DATE('2027-01-01')", ["handrail"]),
        ("slopes", "datetime=1999-01-01&limit=2", ["hachiman", "hama"]),
        ("slopes", "bbox=141,42.29,0,141.003,42.301,100", ["hachiman", "lost"]),
        ("slopes", "bbox=0,42.29,0,141.003,42.301,100&limit=1", ["hachiman"]),
        ("slopes", "bbox=170,42,142,43&limit=1", ["hachiman"]),
        ("slopes", "bbox=142,42,-170,43", []),
    ],
)
def test_answers(client: TestClient[Litestar], collection: str, query: str, expected: list[str]) -> None:
    assert ids(client, collection, query) == expected


@pytest.mark.parametrize(
    ("collection", "query", "says"),
    [
        ("slopes", "themes=nice", "'nice' is not known"),
        ("slopes", "effort=6", "'6' is not known"),
        ("tours", "effort=3", "tours have no effort"),
        ("landmarks", "max_mean_grade_percent=3", "landmarks have no mean_grade_percent"),
        ("slopes", "kind=viewpoint", "slopes have no kind"),
        ("slopes", "max_mean_grade_percent=-1", "max_mean_grade_percent"),
        ("slopes", "max_mean_grade_percent=nan", "max_mean_grade_percent"),
        ("slopes", "filter=height>1", "no property 'height'"),
        ("slopes", "filter=steps>1&filter-lang=sql", "filter-lang"),
        ("slopes", "filter=steps>1&filter-crs=EPSG:3857", "filter-crs"),
        ("slopes", "filter=" + "x" * 3000, "filter"),
        ("slopes", "datetime=yesterday", "datetime"),
        ("slopes", "datetime=2026-01-02/2026-01-01", "ends before"),
        ("slopes", "datetime=../..", "no end at all"),
        ("slopes", "datetime=2026-01-01T00:00:00", "not understood"),
        ("slopes", "bbox=1,2,3,4,5", "four numbers"),
        ("slopes", "f=xml", "f: "),
    ],
)
def test_what_cannot_be_asked(client: TestClient[Litestar], collection: str, query: str, says: str) -> None:
    reply = client.get(f"{ROOT}/{collection}/items?{query}")
    assert reply.status_code == 400
    assert says in reply.json()["detail"]


def test_a_box_and_a_time_are_read_as_the_standard_has_them() -> None:
    assert parse_bbox("1,2,3,4") == parse_bbox("1,2,-9,3,4,9") == (1, 2, 3, 4)
    day = parse_interval("2026-12-01", UTC)
    assert day.begins is not None
    assert day.ends is not None
    assert (day.ends - day.begins).days == 0
    assert parse_interval("/2026-12-01", UTC).begins is None
    assert parse_interval("2026-12-01/", UTC).ends is None
    for odd in ("inf,2,3,4", "1,2,3,91", "", "a,b,c,d", "1,2,,4"):
        with pytest.raises(UsageError):
            parse_bbox(odd)


def test_pages_are_linked_until_the_last(client: TestClient[Litestar]) -> None:
    address, seen = f"{ROOT}/slopes/items?limit=2&themes=view&f=json", []
    while address:
        page = client.get(address).json()
        seen += [feature["id"] for feature in page["features"]]
        assert page["numberMatched"] == 3
        following = [link["href"] for link in page["links"] if link["rel"] == "next"]
        address = following[0] if following else ""
    assert seen == ["hachiman", "hama", "island"]


def test_a_table_has_every_property_and_the_place(client: TestClient[Litestar]) -> None:
    reply = client.get(f"{ROOT}/slopes/items?f=csv&limit=1")
    assert reply.headers["content-type"] == "text/csv; header=present; charset=utf-8"
    assert reply.headers["link"].endswith('rel="next"')
    assert reply.content.startswith(b"\xef\xbb\xbf")  # Excel needs it
    rows = list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"))))
    assert rows[0]["name"] == "八幡坂"
    assert rows[0]["themes"] == "view"
    assert float(rows[0]["mean_grade_percent"]) == pytest.approx(20)
    assert rows[0]["max_grade_50m_percent"] == ""
    assert rows[0]["wkt"].startswith("LINESTRING (141.0018")
    assert float(rows[0]["lng"]) == pytest.approx(141.00182, abs=1e-5)
    tours = client.get(f"{ROOT}/tours/items", headers={"accept": "text/csv"}).content.decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(tours)))["stops"] == "hachiman:up;n1"


def test_no_cell_of_a_table_is_run_as_a_formula() -> None:
    from guide.api.features.table import to_csv  # noqa: PLC0415

    landmark = dict.fromkeys(PROPERTIES["landmarks"].__dataclass_fields__) | {
        "name": "=HYPERLINK(1)",
        "sources": ["@x"],
    }
    text = to_csv("landmarks", [{"properties": landmark, "geometry": None}]).decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(text)))
    assert row["name"] == "'=HYPERLINK(1)"
    assert row["sources"] == "'@x"


@pytest.mark.parametrize("name", COLLECTIONS)
def test_features_have_the_shape_that_is_promised(client: TestClient[Litestar], sample: BuiltArea, name: str) -> None:
    with TestClient(create_app(Settings(build_root=sample.directory.parent.parent))) as real:
        for page in (client.get(f"{ROOT}/{name}/items"), real.get(f"/api/sample/collections/{name}/items")):
            features: list[dict[str, Any]] = page.json()["features"]
            assert features
            for feature in features:
                assert list(feature["properties"].keys() ^ PROPERTIES[name].__dataclass_fields__.keys()) == []
            msgspec.json.decode(page.content, type=FeaturePage[PROPERTIES[name]])  # type: ignore[valid-type]


def test_what_other_sites_hang_on_to_a_link_does_no_harm(client: TestClient[Litestar]) -> None:
    assert ids(client, "slopes", "limit=1&utm_source=news&fbclid=abc") == ["hachiman"]
