"""OGC API - Features, part 3: filtering (19-079r2) and CQL2 (21-065r2): their abstract tests, Annex A of each.

The standards' own test data are not here, so where a test counts features of them, ours are counted by hand instead.
"""

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
import shapely
from shapely.geometry import shape

from tests.api.ogc.conftest import ROOT, Get, Json, features, ids, json_of, link

FEATURES_3 = "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf"
CQL2 = "http://www.opengis.net/spec/cql2/1.0/conf"
QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
NAMES = ["slopes", "landmarks", "tours", "closures"]
VALUES = {
    "string": "'foo'",
    "boolean": "true",
    "number": "3.14",
    "date-time": "TIMESTAMP('2022-04-14T14:48:46Z')",
}
everywhere = pytest.mark.parametrize("name", NAMES)


def kind_of(queryable: Json) -> str:
    """The data type of a queryable, as the standard names it."""
    if queryable.get("format") == "date-time":
        return "date-time"
    return "geometry" if queryable.get("format", "").startswith("geometry") else str(queryable["type"])


def queryables(get: Get, name: str) -> dict[str, str]:
    schema = json_of(get(f"/collections/{name}/queryables", "application/schema+json"))
    return {key: kind_of(each) for key, each in schema["properties"].items()}


def of_kind(get: Get, name: str, *kinds: str) -> list[str]:
    return [key for key, kind in queryables(get, name).items() if kind in kinds]


@pytest.mark.parametrize(
    "kept",
    [
        *(f"{FEATURES_3}/{each}" for each in ("queryables", "filter", "features-filter")),
        *(f"{CQL2}/{each}" for each in (
            "cql2-text", "cql2-json", "basic-cql2", "advanced-comparison-operators", "case-insensitive-comparison",
            "basic-spatial-functions",
        )),
    ],
)  # fmt: skip
def test_get_conformance(conformance: list[str], kept: str) -> None:
    """/conf/queryables/get-conformance, /conf/filter/get-conformance, and of each class of CQL2."""
    assert kept in conformance


# 19-079r2: Queryables


@everywhere
def test_get_queryables(get: Get, name: str) -> None:
    """/conf/queryables/get-queryables; clause 6, /req/queryables/get-queryables-op and -response."""
    reply = get(f"/collections/{name}/queryables", "application/schema+json")
    assert reply.headers["content-type"] == "application/schema+json"
    schema = json_of(reply)
    assert schema["$schema"] in {
        "https://json-schema.org/draft/2019-09/schema",
        "https://json-schema.org/draft/2020-12/schema",
    }
    assert schema["$id"].endswith(f"{ROOT}/collections/{name}/queryables")
    assert schema["type"] == "object"
    assert schema["properties"]


@everywhere
def test_get_collection_links_to_queryables(get: Get, name: str) -> None:
    """/conf/queryables/get-collection; /req/queryables/queryables-link."""
    address = link(json_of(get(f"/collections/{name}")), QUERYABLES)
    assert address.endswith(f"{ROOT}/collections/{name}/queryables")


# 19-079r2: Filter, Features Filter


@everywhere
def test_filter_param(get: Get, name: str) -> None:
    """/conf/filter/filter-param; clause 7, /req/filter/filter-param, filter-lang-param, response."""
    for key in queryables(get, name):
        found = features(get, name, filter=f"{key} IS NULL", filter_lang="cql2-text")
        for feature in found:
            value = feature["geometry"] if key == "geometry" else feature["properties"][key]
            assert value is None, key
    reply = get(f"/collections/{name}/items", filter="THIS IS NOT A FILTER", filter_lang="cql2-text")
    assert reply.status_code == 400


@everywhere
def test_filter_lang_default(get: Get, name: str) -> None:
    """/conf/filter/filter-lang-default: without filter-lang, the text form is meant."""
    for key in queryables(get, name):
        both = [ids(get, name, filter=f"{key} IS NULL", **more) for more in ({}, {"filter_lang": "cql2-text"})]
        assert both[0] == both[1]
    assert get(f"/collections/{name}/items", filter="THIS IS NOT A FILTER").status_code == 400
    assert get(f"/collections/{name}/items", filter="id IS NULL", filter_lang="sql").status_code == 400


@everywhere
def test_expression_construction(get: Get, name: str) -> None:
    """/conf/queryables/expression-construction: what is no queryable is refused."""
    assert get(f"/collections/{name}/items", filter="this_is_not_a_queryable IS NULL").status_code == 400


@everywhere
def test_filter_crs_wgs84(get: Get, name: str) -> None:
    """/conf/filter/filter-crs-wgs84: positions are WGS 84 unless something else is said."""
    west, south, east, north = json_of(get(f"/collections/{name}"))["extent"]["spatial"]["bbox"][0]
    placed = {str(each["id"]) for each in features(get, name) if each["geometry"] is not None}
    assert ids(get, name, filter=f"S_INTERSECTS(geometry,BBOX({west},{south},{east},{north}))") == placed
    outside = "S_INTERSECTS(geometry,BBOX(1000000,1000000,2000000,2000000))"
    assert get(f"/collections/{name}/items", filter=outside).status_code == 400


@everywhere
def test_filter_crs_param(get: Get, name: str) -> None:
    """/conf/filter/filter-crs-param: every system that the collection names is taken, others are refused."""
    everywhere_box = "S_INTERSECTS(geometry,BBOX(-180,-90,180,90))"
    for crs in json_of(get(f"/collections/{name}"))["crs"]:
        assert ids(get, name, filter=everywhere_box, filter_crs=crs) == ids(get, name, filter=everywhere_box)
    unknown = "http://www.opengis.net/def/crs/EPSG/0/3857"
    assert get(f"/collections/{name}/items", filter=everywhere_box, filter_crs=unknown).status_code == 400


def test_mixing_expressions(get: Get) -> None:
    """/conf/features-filter/filter-param; /req/filter/mixing-expressions: parameters are joined by AND."""
    together = ids(get, "slopes", filter="mean_grade_percent > 8", bbox="144.99,40.99,145.0,41.0", themes="view")
    apart = (
        ids(get, "slopes", filter="mean_grade_percent > 8"),
        ids(get, "slopes", bbox="144.99,40.99,145.0,41.0"),
        ids(get, "slopes", themes="view"),
    )
    assert together == set.intersection(*apart)


# 21-065r2: Basic CQL2


@everywhere
def test_basic(get: Get, name: str) -> None:
    """/conf/basic-cql2/basic-test: every queryable has a type, and some are plain."""
    kinds = queryables(get, name)
    assert set(kinds.values()) <= {*VALUES, "geometry", "array"}
    assert set(kinds.values()) & set(VALUES)


@everywhere
def test_comparison(get: Get, name: str) -> None:
    """/conf/basic-cql2/comparison; clause 6.4: opposites share nothing, and together have all that is known."""
    for key, kind in queryables(get, name).items():
        if kind in VALUES:
            value = VALUES[kind]
            found = {each: ids(get, name, filter=f"{key} {each} {value}") for each in ("=", "<>", ">", "<", ">=", "<=")}
            known = ids(get, name, filter=f"{key} IS NOT NULL")
            for one, other in (("=", "<>"), (">", "<="), ("<", ">=")):
                assert not found[one] & found[other], key
                assert found[one] | found[other] == known, key


@everywhere
def test_is_null(get: Get, name: str) -> None:
    """/conf/basic-cql2/is-null."""
    for key in queryables(get, name):
        null, known = ids(get, name, filter=f"{key} IS NULL"), ids(get, name, filter=f"{key} is not null")
        assert not null & known
        assert null | known == ids(get, name)


@everywhere
def test_boolean(get: Get, name: str) -> None:
    """/conf/basic-cql2/boolean."""
    assert ids(get, name, filter="true") == ids(get, name)
    assert ids(get, name, filter="false") == set()


def _grade(feature: Json) -> float | None:
    value: float | None = feature["properties"]["mean_grade_percent"]
    return value


COUNTED: list[tuple[str, Callable[[Json], bool | None]]] = [
    # /conf/basic-cql2/test-data
    ("name = '極限坂'", lambda f: f["properties"]["name"] == "極限坂"),
    ("mean_grade_percent >= 10", lambda f: (_grade(f) or 0) >= 10),
    ("mean_grade_percent < 10", lambda f: _grade(f) is not None and (_grade(f) or 0) < 10),
    ("sample = true", lambda f: f["properties"]["sample"]),
    # /conf/advanced-comparison-operators/test-data
    ("name LIKE '%坂'", lambda f: f["properties"]["name"].endswith("坂")),
    ("name NOT LIKE '%坂'", lambda f: not f["properties"]["name"].endswith("坂")),
    ("name LIKE '極_坂'", lambda f: len(f["properties"]["name"]) == 3 and f["properties"]["name"][::2] == "極坂"),
    ("mean_grade_percent BETWEEN 5 AND 12", lambda f: 5 <= (_grade(f) or 0) <= 12),
    ("mean_grade_percent NOT BETWEEN 5 AND 12", lambda f: _grade(f) is not None and not 5 <= (_grade(f) or 0) <= 12),
    ("id IN ('kyokugen-zaka', 'mihon-zaka', 'foo')", lambda f: f["id"] in {"kyokugen-zaka", "mihon-zaka"}),
    ("effort IN (1, 2)", lambda f: f["properties"]["effort"] in {1, 2}),
    ("effort NOT IN (1, 2)", lambda f: f["properties"]["effort"] not in {1, 2, None}),
    # /conf/case-insensitive-comparison/test-data
    ("CASEI(id) = casei('KYOKUGEN-Zaka')", lambda f: f["id"] == "kyokugen-zaka"),
    ("CASEI(id) LIKE casei('KYOKU%')", lambda f: f["id"].startswith("kyoku")),
    ("CASEI(id) IN (casei('MIHON-zaka'), casei('foo'))", lambda f: f["id"] == "mihon-zaka"),
    # /conf/cql2-text/escaping
    ("name = '極限坂''s'", lambda _: False),
    # /conf/basic-cql2/logical: three values, as in SQL
    (
        "(NOT (effort > 3) AND mean_grade_percent > 5) OR (effort IS NULL and sample = true)",
        lambda f: (
            (f["properties"]["effort"] is not None and f["properties"]["effort"] <= 3 and (_grade(f) or 0) > 5)
            or f["properties"]["effort"] is None
        ),
    ),
]


@pytest.mark.parametrize(("condition", "holds"), COUNTED)
def test_counted_by_hand(get: Get, condition: str, holds: Callable[[Json], bool | None]) -> None:
    """/conf/*/test-data, with our own features."""
    everything = features(get, "slopes")
    assert ids(get, "slopes", filter=condition) == {str(each["id"]) for each in everything if holds(each)}


def _predicates(get: Get, name: str) -> list[str]:
    """Conditions of every class, for each queryable that they fit."""
    found = ["true", "false"]
    for key, kind in queryables(get, name).items():
        found.append(f"{key} IS NULL")
        if kind in VALUES:
            found += [f"{key} {each} {VALUES[kind]}" for each in ("=", "<>", ">", "<=")]
        if kind == "string":
            found += [f"{key} LIKE '%a%'", f"CASEI({key}) = casei('FOO')", f"{key} IN ('foo', 'bar')"]
        if kind == "number":
            found += [f"{key} BETWEEN 0 AND 100", f"{key} IN (1, 2, 3)"]
        if kind == "geometry":
            found += [f"S_INTERSECTS({key},BBOX(-180,-90,180,90))", f"S_INTERSECTS({key},POINT(7.02 49.92))"]
    return found


@everywhere
def test_logical(get: Get, name: str) -> None:
    """/conf/*/logical: random conditions of all classes, joined; the set is what set logic makes of the parts."""
    chance = random.Random(2026)  # noqa: S311 (a fair draw, no secret)
    predicates = _predicates(get, name)
    for _ in range(12):
        p1, p2, p3, p4 = chance.sample(predicates, 4)
        both = f"((NOT ({p1}) AND {p2}) OR ({p3} and NOT ({p4})) or not ({p1} AND {p4}))"
        true = {each: ids(get, name, filter=each) for each in (p1, p2, p3, p4)}
        false = {each: ids(get, name, filter=f"NOT ({each})") for each in (p1, p4)}
        assert not true[p1] & false[p1]
        expected = (false[p1] & true[p2]) | (true[p3] & false[p4]) | false[p1] | false[p4]
        assert ids(get, name, filter=both) == expected, both


# 21-065r2: Advanced Comparison Operators


@everywhere
def test_like(get: Get, name: str) -> None:
    """/conf/advanced-comparison-operators/like; clause 7.3."""
    for key in of_kind(get, name, "string"):
        found = {each: ids(get, name, filter=f"{key} LIKE '{each}'") for each in ("%", "_%", "", "%%", "\\%\\_")}
        assert not found["_%"] & found[""]
        assert found["%"] == found["%%"] == ids(get, name, filter=f"{key} IS NOT NULL")
        assert not found["\\%\\_"]


@everywhere
def test_between(get: Get, name: str) -> None:
    """/conf/advanced-comparison-operators/between."""
    for key in of_kind(get, name, "number", "integer"):
        both = f"{key} >= 0 AND {key} <= 100"
        assert ids(get, name, filter=f"{key} BETWEEN 0 AND 100") == ids(get, name, filter=both)
        assert ids(get, name, filter=f"{key} between 100.0 and 1.0") == set()


@everywhere
def test_in(get: Get, name: str) -> None:
    """/conf/advanced-comparison-operators/in; times in it are written as texts, too."""
    lists = {
        "number": "1, 2, 3",
        "string": "'foo', 'bar'",
        "boolean": "true",
        "date-time": "'2022-04-14T14:52:56Z', '2022-04-14T15:52:56Z'",
    }
    for key, kind in queryables(get, name).items():
        if kind in lists:
            inside = ids(get, name, filter=f"{key} IN ({lists[kind]})")
            outside = ids(get, name, filter=f"{key} NOT IN ({lists[kind]})")
            assert not inside & outside
            assert inside | outside == ids(get, name, filter=f"{key} IS NOT NULL")


# 21-065r2: Case-insensitive Comparison


@everywhere
def test_casei(get: Get, name: str) -> None:
    """/conf/case-insensitive-comparison/casei and casei-like."""
    for key in of_kind(get, name, "string"):
        same = ids(get, name, filter=f"CASEI({key}) = casei('foo')")
        assert not same & ids(get, name, filter=f"CASEI({key}) <> casei('FOO')")
        small, large = (ids(get, name, filter=f"CASEI({key}) LIKE casei('{each}%')") for each in ("m", "M"))
        assert small == large


# 21-065r2: Basic Spatial Functions


@everywhere
def test_s_intersects(get: Get, name: str) -> None:
    """/conf/basic-spatial-functions/s_intersects; a place beyond the globe is refused."""
    placed = {str(each["id"]): shape(each["geometry"]) for each in features(get, name) if each["geometry"]}
    for key in of_kind(get, name, "geometry"):
        assert ids(get, name, filter=f"S_INTERSECTS({key},BBOX(-180,-90,180,90))") == set(placed)
        assert ids(get, name, filter=f"S_INTERSECTS({key},POINT(7.02 49.92))") == set()
        assert get(f"/collections/{name}/items", filter=f"S_INTERSECTS({key},POINT(90 180))").status_code == 400
        halves = f"S_INTERSECTS({key},BBOX(-180,-90,-90,90)) AND S_INTERSECTS({key},BBOX(90,-90,180,90))"
        assert ids(get, name, filter=halves) == set()
        for line in list(placed.values())[:3]:
            box = line.bounds
            expected = {each for each, other in placed.items() if other.intersects(shapely.box(*box))}
            assert ids(get, name, filter=f"S_INTERSECTS({key},BBOX({','.join(map(str, box))}))") == expected
        across = {each for each, other in placed.items() if other.bounds[2] >= 144.99}
        assert ids(get, name, filter=f"S_INTERSECTS({key},BBOX(144.99,-90,-150,90))") == across


# 21-065r2: CQL2 JSON

TREES: list[tuple[str, Any]] = [
    ("mean_grade_percent > 8", {"op": ">", "args": [{"property": "mean_grade_percent"}, 8]}),
    ("name LIKE '%坂'", {"op": "like", "args": [{"property": "name"}, "%坂"]}),
    ("effort BETWEEN 2 AND 4", {"op": "between", "args": [{"property": "effort"}, 2, 4]}),
    ("effort IN (1, 2)", {"op": "in", "args": [{"property": "effort"}, [1, 2]]}),
    ("effort IS NULL", {"op": "isNull", "args": [{"property": "effort"}]}),
    (
        "NOT (effort = 1) AND S_INTERSECTS(geometry,BBOX(144.99,40.99,145,41))",
        {"op": "and", "args": [
            {"op": "not", "args": [{"op": "=", "args": [{"property": "effort"}, 1]}]},
            {"op": "s_intersects", "args": [{"property": "geometry"}, {"bbox": [144.99, 40.99, 145, 41]}]},
        ]},
    ),
    (
        "CASEI(id) = casei('KYOKUGEN-ZAKA')",
        {"op": "=", "args": [
            {"op": "casei", "args": [{"property": "id"}]}, {"op": "casei", "args": ["KYOKUGEN-ZAKA"]}
        ]},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree"), TREES)
def test_cql2_json_is_the_same(get: Get, text: str, tree: Any) -> None:  # noqa: ANN401 (JSON)
    """/conf/cql2-json/validate: every class in the other form."""
    found = ids(get, "slopes", filter=json.dumps(tree), filter_lang="cql2-json")
    assert found == ids(get, "slopes", filter=text)
