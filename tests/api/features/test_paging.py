"""Pages stay right while the data change: what stays is seen exactly once."""

from hypothesis import given
from hypothesis import strategies as st

from guide.api.features.collection import Collection
from guide.api.features.paging import cut

IDS = st.sets(st.integers(0, 60).map(lambda number: f"s{number:02}"))


def collection(ids: set[str]) -> Collection:
    return Collection("slopes", [{"id": each, "geometry": None, "properties": {}} for each in ids])


@given(st.lists(IDS, min_size=1, max_size=12), st.integers(1, 7))
def test_what_stays_is_seen_once_whatever_is_built_meanwhile(builds: list[set[str]], limit: int) -> None:
    seen: list[str] = []
    after: str | None = None
    for number in range(100):
        ordered = collection(builds[min(number, len(builds) - 1)])
        page = cut(ordered, list(range(len(ordered.ids))), limit, 0, after)
        seen += [ordered.ids[place] for place in page.places]
        if page.next_after is None:
            break
        after = page.next_after
    assert seen == sorted(set(seen))
    if number + 1 >= len(builds):  # every build was met, the last one to its end
        assert set.intersection(*builds) <= set(seen)


@given(IDS, st.integers(1, 9), st.integers(0, 70), st.none() | st.integers(0, 60).map(lambda number: f"s{number:02}"))
def test_a_page_is_a_part_of_the_answer(ids: set[str], limit: int, offset: int, after: str | None) -> None:
    ordered = collection(ids)
    places = [place for place in range(len(ordered.ids)) if place % 2 == 0]
    page = cut(ordered, places, limit, offset, after)
    expected = [place for place in places if after is None or ordered.ids[place] > after][offset : offset + limit]
    assert page.places == expected
    assert page.matched == len(places)
