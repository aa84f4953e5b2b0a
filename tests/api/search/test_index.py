"""Which entries a word may mean, and in which order."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from guide.api.search.entries import Entry, EntryKind, LngLat
from guide.api.search.fold import fold
from guide.api.search.index import SearchIndex

HERE = (141.0, 42.3)


def entry(kind: EntryKind, *names: str, place: LngLat | None = HERE, words: Sequence[str] = ()) -> Entry:
    return Entry(kind=kind, names=names, words=tuple(words), id=names[0] if names else "nameless", place=place)


SLOPE, LANDMARK, STREET = EntryKind.SLOPE, EntryKind.LANDMARK, EntryKind.STREET
TOWN = [
    entry(STREET, "八幡通", "はちまんどおり", "Hachiman Street"),
    entry(LANDMARK, "八幡神社", "はちまんじんじゃ", "Hachiman Shrine"),
    entry(SLOPE, "八幡坂", "はちまんざか", "Hachiman-zaka"),
    entry(SLOPE, "裏八幡坂", "うらはちまんざか"),
    entry(SLOPE, "測量山の坂", "そくりょうざんのさか", "Survey Hill Slope"),
    entry(LANDMARK, words=("トイレ", "toilets"), place=(141.02, 42.3)),
    entry(LANDMARK, words=("トイレ", "toilets"), place=(141.001, 42.3)),
    entry(STREET, "Ladeira da Glória"),
    entry(STREET, "中央通", "ちゅうおうどおり", "Chuo Street"),
]
INDEX = SearchIndex(TOWN)


def found(text: str, near: LngLat | None = None, **more: frozenset[EntryKind]) -> list[str]:
    return [hit.entry.id or "" for hit in INDEX.search(text, near=near, **more)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("八幡坂", ["八幡坂", "裏八幡坂"]),
        ("八幡", ["八幡坂", "裏八幡坂", "八幡神社", "八幡通"]),
        ("はちまん", ["八幡坂", "裏八幡坂", "八幡神社", "八幡通"]),
        ("HACHIMAN", ["八幡坂", "裏八幡坂", "八幡神社", "八幡通"]),
        ("hachimanzaka", ["八幡坂", "裏八幡坂"]),
        ("hachiman shrine", ["八幡神社"]),
        ("sokuryo", ["測量山の坂"]),
        ("sokuryō", ["測量山の坂"]),
        ("sokuryou", ["測量山の坂"]),
        ("survey", ["測量山の坂"]),
        ("gloria", ["Ladeira da Glória"]),
        ("chūō", ["中央通"]),
        ("ちゅうおう", ["中央通"]),
        ("坂", ["八幡坂", "裏八幡坂", "測量山の坂"]),
        # Mistyped: a letter wrong, missing, too many, two exchanged.
        ("hachimanzaga", ["八幡坂", "裏八幡坂"]),
        ("hachmanzaka", ["八幡坂", "裏八幡坂"]),
        ("hachiimanzakka", ["八幡坂", "裏八幡坂"]),
        ("hcahimanzaka", ["八幡坂", "裏八幡坂"]),
        ("surevy hill", ["測量山の坂"]),
        ("Ladeira da Glorai", ["Ladeira da Glória"]),
        ("nothing like it", []),
        ("xyz", []),
        ("", []),
        ("…", []),
    ],
)
def test_what_a_word_may_mean(text: str, expected: list[str]) -> None:
    assert found(text)[: len(expected)] == expected
    if not expected:
        assert found(text) == []


def test_slopes_come_first_however_far() -> None:
    far = [entry(SLOPE, "八幡坂", place=(141.5, 42.3)), entry(STREET, "八幡坂"), entry(LANDMARK, "八幡坂")]
    kinds = [hit.entry.kind for hit in SearchIndex(far).search("八幡坂", near=HERE)]
    assert kinds == [SLOPE, LANDMARK, STREET]


def test_of_names_alike_the_nearer_comes_first() -> None:
    assert [hit.distance_m for hit in INDEX.search("トイレ", near=HERE)] == sorted(
        hit.distance_m or 0 for hit in INDEX.search("トイレ", near=HERE)
    )
    nearest = INDEX.search("toilets", near=(141.021, 42.3))[0]
    assert nearest.entry.place == (141.02, 42.3)
    assert nearest.distance_m == pytest.approx(82, abs=2)
    assert INDEX.search("toilets")[0].distance_m is None


def test_only_the_kinds_that_are_asked_for() -> None:
    assert found("八幡", kinds=frozenset({STREET})) == ["八幡通"]


def test_without_entries_nothing_is_found() -> None:
    assert SearchIndex([]).search("八幡") == []


NAMES = st.lists(
    st.text("はちまんざかおうきみ坂町山abcdeg ", min_size=1, max_size=8), min_size=1, max_size=25, unique=True
)


@settings(max_examples=60)
@given(NAMES, st.data())
def test_whoever_types_a_part_of_a_name_finds_it(names: list[str], data: st.DataObject) -> None:
    """Against the plain way: every name that holds the word is among the finds, and nothing else ranks above it."""
    index = SearchIndex([entry(SLOPE, name) for name in names])
    name = data.draw(st.sampled_from(names))
    begin = data.draw(st.integers(0, len(name) - 1))
    word = name[begin : data.draw(st.integers(begin + 1, len(name)))]
    wanted = fold(word)
    holding = {each for each in names if wanted and wanted in fold(each)}
    hits = index.search(word, limit=50)
    assert holding <= {hit.entry.id for hit in hits}
    assert {hit.entry.id for hit in hits[: len(holding)]} == holding


LETTERS = "abcdefghijkmnoprstuvwyz"


@settings(max_examples=80, suppress_health_check=[HealthCheck.filter_too_much])
@given(st.text(LETTERS, min_size=9, max_size=16), st.data())
def test_one_letter_wrong_does_no_harm(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(name) - 2))
    other = data.draw(st.sampled_from(LETTERS))
    mistyped = data.draw(
        st.sampled_from(
            [
                name[:place] + other + name[place + 1 :],
                name[:place] + name[place + 1 :],
                name[:place] + other + name[place:],
            ]
        )
    )
    assume(fold(name) == name and fold(mistyped) == mistyped)
    hits = SearchIndex([entry(SLOPE, name), entry(SLOPE, "qqqqqqqqqq")]).search(mistyped)
    assert [hit.entry.id for hit in hits] == [name]
