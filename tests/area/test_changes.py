"""What a build changes is written down when it is published, and never in its way."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from guide.area.changes import MOST_KEPT, ChangeKind, _differences, read_changes, record_changes
from guide.area.files import CHANGES, SLOPES
from tests.api.built_area import drawn_town, slope_along, write_area


def told(area_root: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(change.kind.value, change.id, change.fields) for change in read_changes(area_root)]


def test_changes_are_told_build_by_build(tmp_path: Path) -> None:
    place = drawn_town()
    write_area(tmp_path, slopes=(slope_along(place, "a", "甲坂", "AD"), slope_along(place, "b", "乙坂", "BE")))
    assert told(tmp_path / "drawn") == [("listed", "a", ()), ("listed", "b", ())]
    write_area(tmp_path, slopes=(slope_along(place, "a", "甲の坂", "AD"), slope_along(place, "c", "丙坂", "CF")))
    assert told(tmp_path / "drawn")[:3] == [("new", "c", ()), ("changed", "a", ("name",)), ("gone", "b", ())]
    assert len(told(tmp_path / "drawn")) == 5
    write_area(tmp_path, slopes=(slope_along(place, "a", "甲の坂", "DA"), slope_along(place, "c", "丙坂", "CF")))
    kind, slope_id, fields = told(tmp_path / "drawn")[0]
    assert (kind, slope_id) == ("changed", "a")
    assert fields[0] == "geometry"
    assert {"rise_m", "mean_grade_percent"} <= set(fields)


def test_the_same_build_again_is_no_news(tmp_path: Path) -> None:
    write_area(tmp_path)
    before = told(tmp_path / "drawn")
    write_area(tmp_path)
    assert told(tmp_path / "drawn") == before


def test_what_is_damaged_is_passed_over(tmp_path: Path) -> None:
    first = write_area(tmp_path)
    (tmp_path / "drawn" / CHANGES).write_text("{")
    assert read_changes(tmp_path / "drawn") == []
    (first / SLOPES).write_text("{")
    write_area(tmp_path, slopes=(slope_along(drawn_town(), "new", "新坂", "AD"),))
    assert read_changes(tmp_path / "drawn") == []


def test_only_so_many_are_remembered(tmp_path: Path) -> None:
    root = tmp_path / "area"
    root.mkdir()
    begins = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(2):
        build = root / f"build{number}"
        build.mkdir()
        features = ",".join(
            f'{{"id":"s{each}","geometry":null,"properties":{{"name":"n{number}","name_en":null}}}}'
            for each in range(MOST_KEPT - 10)
        )
        (build / SLOPES).write_text(f'{{"features":[{features}]}}')
        record_changes(root, root / "build0" if number else None, build, begins + timedelta(days=number))
    changes = read_changes(root)
    assert len(changes) == MOST_KEPT
    assert changes[0].kind is ChangeKind.CHANGED
    assert changes[-1].kind is ChangeKind.LISTED


FEATURES = st.dictionaries(
    st.sampled_from("abcdef"),
    st.builds(
        lambda name, grade: {"geometry": None, "properties": {"name": name, "name_en": None, "grade": grade}},
        st.sampled_from("xyz"),
        st.integers(0, 2),
    ),
).map(lambda features: {key: {"id": key, **feature} for key, feature in features.items()})


@given(FEATURES, FEATURES)
def test_every_slope_is_told_of_once_if_it_changed_and_not_otherwise(
    old: dict[str, dict[str, object]], new: dict[str, dict[str, object]]
) -> None:
    made = _differences(old, new, datetime(2026, 1, 1, tzinfo=UTC), "b")
    expected = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    assert sorted(change.id for change in made) == sorted(expected)
    for change in made:
        assert (change.kind is ChangeKind.NEW) == (change.id not in old)
        assert (change.kind is ChangeKind.GONE) == (change.id not in new)
        assert bool(change.fields) == (change.kind is ChangeKind.CHANGED)
