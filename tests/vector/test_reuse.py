"""A tile that no changed feature touches is not made again, and nobody can tell the difference."""

from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pmtiles.reader import MmapSource, all_tiles

from tiles.guide_tiles import Before, write_guide_archive
from tiles.layers.feature import Feature, stable_id

BOUNDS = (140.9, 42.3, 141.1, 42.4)
PLACES = st.tuples(st.floats(140.9, 141.1), st.floats(42.3, 42.4))
FEATURES = st.dictionaries(
    st.sampled_from("abcdefgh"), st.tuples(st.lists(PLACES, min_size=1, max_size=4), st.integers(0, 2)), min_size=1
)
Made = dict[str, tuple[list[tuple[float, float]], int]]


def features(made: Made) -> list[Feature]:
    return [
        Feature(layer="slopes", key=key, lng_lat=np.array(places), attributes={"id": key, "effort": effort}, min_zoom=8)
        for key, (places, effort) in made.items()
    ]


def archive(path: Path, made: Made, before: Before | None = None) -> int:
    return len(write_guide_archive(path, features(made), BOUNDS, "test", "nobody", before))


@given(old=FEATURES, new=FEATURES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_archive_made_from_the_one_before_is_the_same_bytes(old: Made, new: Made, tmp_path: Path) -> None:
    one, two, fresh = (tmp_path / f"{name}.pmtiles" for name in ("one", "two", "fresh"))
    for path in (one, two, fresh):
        path.unlink(missing_ok=True)
    archive(one, old)
    assume(one.exists())  # lines of no length are not to be seen
    archive(two, new, Before(one, features(old)))
    archive(fresh, new)
    assert two.exists() == fresh.exists()
    assert not two.exists() or two.read_bytes() == fresh.read_bytes()


def test_only_the_tiles_of_what_changed_are_encoded(tmp_path: Path) -> None:
    one, two = tmp_path / "one.pmtiles", tmp_path / "two.pmtiles"
    old: Made = {key: ([(140.91 + 0.02 * number, 42.31), (140.912 + 0.02 * number, 42.312)], 1)
                 for number, key in enumerate("abcdefgh")}  # fmt: skip
    whole = archive(one, old)
    assert archive(two, old | {"c": (old["c"][0], 2)}, Before(one, features(old))) < whole / 3
    assert archive(two, old, Before(one, features(old))) == 0
    assert two.read_bytes() == one.read_bytes()


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    made: Made = {"b": ([(141.0, 42.35)], 1), "a": ([(141.0, 42.35)], 2)}
    one, two = tmp_path / "one.pmtiles", tmp_path / "two.pmtiles"
    archive(one, made)
    archive(two, dict(reversed(made.items())))
    assert one.read_bytes() == two.read_bytes()


def test_what_was_removed_leaves_no_tile_behind(tmp_path: Path) -> None:
    one, two = tmp_path / "one.pmtiles", tmp_path / "two.pmtiles"
    old: Made = {"a": ([(140.91, 42.31)], 1), "b": ([(141.09, 42.39)], 1)}
    archive(one, old)
    archive(two, {"a": old["a"]}, Before(one, features(old)))
    with one.open("rb") as before, two.open("rb") as after:
        assert len(list(all_tiles(MmapSource(after)))) < len(list(all_tiles(MmapSource(before))))


def test_feature_ids_are_for_ever() -> None:
    (alone,) = features({"muroran-06": ([(141.0, 42.35)], 1)})
    (moved,) = features({"muroran-06": ([(0.0, 0.0)], 2)})
    assert alone.id == moved.id == stable_id("muroran-06") == 221443555923677
    assert 0 < alone.id < 2**53  # whole in every reader's numbers
