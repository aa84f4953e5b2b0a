"""The tag rules: which ways can be walked, and what is read of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.domain.network import Flag, Kind
from tiles.osm.tags import incline_percent, read_way, walkable_kind


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"highway": "residential"}, Kind.RESIDENTIAL),
        ({"highway": "steps"}, Kind.STEPS),
        ({"highway": "primary"}, Kind.MAJOR),
        ({"highway": "motorway"}, None),
        ({"highway": "motorway", "foot": "yes"}, Kind.MAJOR),
        ({"highway": "trunk", "motorroad": "yes"}, None),
        ({"highway": "service", "access": "private"}, None),
        ({"highway": "service", "access": "private", "foot": "designated"}, Kind.SERVICE),
        ({"highway": "residential", "foot": "no"}, None),
        ({"highway": "primary", "foot": "use_sidepath"}, None),
        ({"highway": "proposed"}, None),
        ({"highway": "construction", "construction": "footway"}, None),
        ({"highway": "bus_stop"}, None),
        ({"building": "yes"}, None),
        ({}, None),
    ],
)
def test_a_way_is_walkable_by_its_tags(tags: dict[str, str], kind: Kind | None) -> None:
    assert walkable_kind(tags) is kind


@pytest.mark.parametrize(
    ("tags", "flags"),
    [
        ({"bridge": "yes"}, Flag.BRIDGE),
        ({"bridge": "viaduct"}, Flag.BRIDGE),
        ({"bridge": "no"}, Flag(0)),
        ({"tunnel": "yes"}, Flag.TUNNEL),
        ({"tunnel": "culvert"}, Flag(0)),
        ({"tunnel": "building_passage"}, Flag.COVERED),
        ({"covered": "arcade"}, Flag.COVERED),
        ({"handrail:left": "yes"}, Flag.HANDRAIL),
        ({"oneway": "yes"}, Flag.NO_BACKWARD),  # on a footway that is meant for people on foot
        ({"oneway": "yes", "oneway:foot": "no"}, Flag(0)),
        ({"oneway:foot": "-1"}, Flag.NO_FORWARD),
        ({"conveying": "backward"}, Flag.NO_FORWARD),
    ],
)
def test_tags_of_a_footway_become_flags(tags: dict[str, str], flags: Flag) -> None:
    rules = read_way({"highway": "footway", **tags})
    assert rules is not None
    assert rules.flags == flags


def test_a_one_way_street_for_cars_is_walked_both_ways() -> None:
    rules = read_way({"highway": "residential", "oneway": "yes"})
    assert rules is not None
    assert rules.flags == Flag(0)


@pytest.mark.parametrize(
    ("text", "percent"),
    [("12%", 12.0), ("-5.5 %", -5.5), ("7,5%", 7.5), ("10", 10.0), ("45°", pytest.approx(100.0)), ("0", 0.0)],
)
def test_an_incline_is_read_in_percent(text: str, percent: float) -> None:
    assert incline_percent(text) == percent


@given(st.text())
def test_no_incline_breaks_the_reader(text: str) -> None:
    percent = incline_percent(text)
    assert percent is None or -200 <= percent <= 200


@pytest.mark.parametrize(("text", "steps"), [("57", 57), ("-3", None), ("many", None), ("999999", None), ("0", None)])
def test_a_step_count_is_a_sensible_number_or_unknown(text: str, steps: int | None) -> None:
    rules = read_way({"highway": "steps", "step_count": text})
    assert rules is not None
    assert rules.step_count == steps


def test_names_come_in_all_languages_given() -> None:
    rules = read_way(
        {"highway": "steps", "name": "八幡坂", "name:en": "Hachiman Slope", "name:ja-Hira": "はちまんざか"}
    )
    assert rules is not None
    assert rules.name is not None
    assert (rules.name.local, rules.name.en, rules.name.reading) == ("八幡坂", "Hachiman Slope", "はちまんざか")
