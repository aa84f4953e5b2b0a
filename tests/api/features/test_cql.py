"""Conditions in CQL2: three-valued as in SQL, checked before they are used, and harmless whatever is sent."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import TestClient

from guide.api.features.collection import Collection
from guide.api.features.cql import JSON, TEXT, Cql
from guide.api.features.cql_kinds import Kind
from guide.api.features.queryables import queryables
from guide.domain.errors import UsageError

KINDS = {
    "grade": Kind.NUMBER, "none": Kind.NUMBER, "name": Kind.TEXT, "sample": Kind.TRUTH, "starts": Kind.TIME,
    "themes": Kind.LIST, "geometry": Kind.PLACE,
}  # fmt: skip
FEATURE = {
    "type": "Feature",
    "id": "a",
    "geometry": {"type": "LineString", "coordinates": [[141.0, 42.0], [141.1, 42.1]]},
    "properties": {
        "grade": 12.5, "none": None, "name": "八幡坂", "sample": True, "starts": "2026-12-01T09:00:00+09:00",
        "themes": ["view", "history"],
    },
}  # fmt: skip
NOWHERE = {**FEATURE, "id": "b", "geometry": None}


def holds(cql: Cql, feature: dict[str, Any] = FEATURE) -> bool:
    return cql.choose(Collection("slopes", [feature]), [0]) == [0]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("true", True),
        ("false", False),
        ("grade > 12", True),
        ("grade = 12.5 AND name = '八幡坂'", True),
        ("grade <> 12.5", False),
        ("grade + 1 > 13 AND grade * 2 = 25", True),
        ("grade BETWEEN 12 AND 13", True),
        ("grade NOT BETWEEN 12 AND 13", False),
        ("grade IN (1, 12.5)", True),
        ("name LIKE '八%'", True),
        ("name LIKE '_幡坂'", True),
        ("name NOT LIKE '%町'", True),
        ("CASEI(name) = CASEI('八幡坂')", True),
        ("sample = TRUE", True),
        ("NOT sample", False),
        ("themes IS NOT NULL", True),
        ("A_CONTAINS(themes, ('view'))", True),
        ("A_OVERLAPS(themes, ('spring', 'summer'))", False),
        ("S_INTERSECTS(geometry, BBOX(141.05, 42, 142, 43))", True),
        ("S_INTERSECTS(geometry, POINT(0 0))", False),
        ("S_WITHIN(geometry, POLYGON((140 41, 142 41, 142 43, 140 43, 140 41)))", True),
        # The box around the line meets this one, the line itself does not.
        ("S_INTERSECTS(geometry, BBOX(141, 42.06, 141.04, 42.1))", False),
        ("S_DISJOINT(geometry, BBOX(141, 42.06, 141.04, 42.1)) AND grade > 1", True),
        # Across the antimeridian, the long way round and the short one.
        ("S_INTERSECTS(geometry, BBOX(140, -90, -150, 90))", True),
        ("S_INTERSECTS(geometry, BBOX(150, -90, -150, 90))", False),
        ("S_INTERSECTS(POINT(1 1), BBOX(0, 0, 2, 2))", True),
        ("S_EQUALS(geometry, geometry)", True),
        ("geometry IS NULL", False),
        ("geometry IS NOT NULL", True),
        ("name LIKE ''", False),
        ("name LIKE '_%'", True),
        ("name LIKE '\\%\\_'", False),
        ("CASEI(name) IN (CASEI('X'), CASEI('八幡坂'))", True),
        ("grade NOT IN (1, 2)", True),
        ("none IN (1, 2)", False),
        ("none NOT IN (1, 2)", False),
        ("grade IN (12.5)", True),
        ("starts IN (TIMESTAMP('2026-12-01T00:00:00Z'))", True),
        ("grade BETWEEN 100.0 AND 1.0", False),
        ("starts > TIMESTAMP('2026-11-30T23:59:59Z')", True),
        ("starts = TIMESTAMP('2026-12-01T00:00:00Z')", True),
        ("starts BETWEEN DATE('2026-11-01') AND DATE('2027-01-01')", True),
        ("T_AFTER(starts, DATE('2027-01-01'))", False),
        # Null is neither more nor less than anything.
        ("none > 1", False),
        ("NOT none > 1", False),
        ("none = none", False),
        ("none > 1 OR grade > 1", True),
        ("none > 1 AND grade > 1", False),
        ("none IS NULL", True),
        ("none IS NOT NULL", False),
        ("none BETWEEN 1 AND 2", False),
    ],
)
def test_conditions_are_true_or_not(condition: str, expected: bool) -> None:  # noqa: FBT001
    assert holds(Cql(condition, TEXT, KINDS)) is expected


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ("", "from character 1"),
        ("grade >", "not CQL2"),
        ("grade > 1; DROP TABLE slopes", "from character 10"),
        ("height > 1", "no property 'height'"),
        ("grade = 'steep'", "cannot compare number with text"),
        ("name > 3", "cannot compare"),
        ("themes = 'view'", "cannot compare list with text"),
        ("grade", "must be a condition"),
        ("1 + 1", "must be a condition"),
        ("grade AND sample", "and takes truth, not number"),
        ("name + 1 > 3", "takes number"),
        ("exec(name) = 1", "'exec' is not known"),
        ("starts > TIMESTAMP('soon')", "'soon' is not a date"),
        ("starts > '2026-12-01'", "cannot compare"),
        ("S_INTERSECTS(geometry, 'here')", "takes place"),
        ("S_INTERSECTS(geometry, POINT(abc))", "is not known"),
        ("S_INTERSECTS(geometry, POINT(90 180))", "not on the globe"),
        ("S_INTERSECTS(geometry, BBOX(1000000, 1000000, 2000000, 2000000))", "in degrees"),
        ("S_INTERSECTS(geometry, BBOX(1, 2, 3, 1))", "south below north"),
        ("S_INTERSECTS(geometry, POLYGON((0 0, 1 1, 0 1, 1 0, 0 0)))", "cross itself"),
        ("grade IN ()", "not CQL2"),
        ("grade IN (1, 'a')", "cannot compare"),
        ("name = NULL", "only in IS NULL"),
        ("(" * 60 + "grade > 1" + ")" * 60, "too deeply"),
        ("1+" * 900 + "1 > 0", "too deeply"),
    ],
)
def test_what_makes_no_sense_is_a_sentence(condition: str, says: str) -> None:
    with pytest.raises(UsageError, match="filter: ") as error:
        Cql(condition, TEXT, KINDS)
    assert says in error.value.message


def test_where_there_is_no_place_nothing_lies_anywhere() -> None:
    for condition in ("S_INTERSECTS(geometry, BBOX(-180,-90,180,90))", "NOT S_INTERSECTS(geometry, POINT(1 1))",
                      "S_DISJOINT(geometry, POINT(1 1))", "geometry IS NOT NULL"):  # fmt: skip
        assert not holds(Cql(condition, TEXT, KINDS), NOWHERE), condition
    for condition in ("geometry IS NULL", "S_INTERSECTS(geometry, POINT(1 1)) OR grade > 1"):
        assert holds(Cql(condition, TEXT, KINDS), NOWHERE), condition


def test_the_same_in_json() -> None:
    tree = {"op": "and", "args": [{"op": ">", "args": [{"property": "grade"}, 10]}, {"property": "sample"}]}
    assert holds(Cql(json.dumps(tree), JSON, KINDS))
    odd = ('{"op": 1}', '{"op": "=", "args": []}', '{"op": "=", "args": [null, 1]}')
    for broken in ("{", "[]", "3", '"x"', "null", *odd):
        with pytest.raises(UsageError):
            Cql(broken, JSON, KINDS)
    with pytest.raises(UsageError, match="filter-lang must be"):
        Cql("grade > 1", "sql", KINDS)


WORDS = st.sampled_from(
    ["grade", "none", "name", "sample", ">", "=", "<>", "AND", "OR", "NOT", "(", ")", "1", "'a'", "IS NULL", "IN",
     "LIKE", "BETWEEN", ",", "TRUE", "S_INTERSECTS", "geometry", "POINT(1 1)", "DATE('2026-01-01')", "+", "-", "^",
     '"', "é", "\x00", "NULL", "1e999"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=40))
def test_nothing_breaks_it(condition: str) -> None:
    try:
        cql = Cql(condition, TEXT, KINDS)
    except UsageError:
        return
    assert holds(cql) in {True, False}


def test_every_collection_says_what_can_be_asked_for(client: TestClient[Litestar]) -> None:
    for name in ("slopes", "landmarks", "tours", "closures"):
        reply = client.get(f"/api/drawn/collections/{name}/queryables?lang=en")
        assert reply.headers["content-type"] == "application/schema+json"
        schema = reply.json()
        assert schema["$id"].endswith(f"/api/drawn/collections/{name}/queryables")
        assert set(schema["properties"]) == set(queryables(name))
        assert all(field["title"] for field in schema["properties"].values())
    assert queryables("closures")["starts"] is Kind.TIME
    assert "stops" not in queryables("tours")
    slopes = client.get("/api/drawn/collections/slopes/queryables?lang=ja").json()["properties"]
    assert slopes["mean_grade_percent"]["title"] == "平均勾配（%）"
    assert slopes["themes"]["items"]["enum"][0] == "view"
    assert slopes["confidence"]["enum"] == ["high", "fair", "low"]
