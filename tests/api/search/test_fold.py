"""One spelling for all the ways to write a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.api.search.fold import fold, fold_all


@pytest.mark.parametrize(
    "ways",
    [
        [
            "はちまんざか",
            "ハチマンザカ",
            "ﾊﾁﾏﾝｻﾞｶ",
            "hachimanzaka",
            "Hachiman-zaka",
            "HACHIMAN ZAKA",
            "ｈａｃｈｉｍａｎ ｚａｋａ",
        ],
        ["とうきょう", "Tōkyō", "Tôkyô", "Tokyo", "Toukyou", "Tookyoo", "Tohkyoh"],
        ["おおさか", "Ōsaka", "Osaka", "Oosaka", "Ohsaka"],
        ["ちゅうおう", "Chūō", "chuo", "chuuou", "tyuuou"],
        ["しんばし", "Shimbashi", "Shinbashi", "sinbasi"],
        ["じゅんさい", "junsai", "zyunsai", "jyunsai"],
        ["つちだ", "tsuchida", "tutida"],
        ["いっちょうめ", "itchōme", "icchoume"],
        ["ふじみ", "fujimi", "huzimi"],
        ["コーヒー", "kōhī", "koohii", "kohi"],
        ["Ladeira da Glória", "ladeira da gloria", "LADEIRA-DA-GLORIA"],
        ["八幡坂", "八幡 坂", "八幡・坂"],
    ],
)
def test_ways_to_write_the_same_name(ways: list[str]) -> None:
    assert len({fold(way) for way in ways}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("はし", "はぎ"), ("かき", "がき"), ("さか", "ざか"), ("八幡坂", "八幡町"), ("ほん", "ほに"), ("kita", "kida")],
)
def test_other_names_stay_other_names(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=40))
def test_folding_is_final_and_leaves_no_blank(text: str) -> None:
    folded = fold(text)
    assert folded == "".join(folded.split())
    assert not set(folded) & set("-_ 　・'\"")


def test_names_that_are_none_have_no_spelling() -> None:
    assert fold_all(["八幡坂", None, "", "…", "八幡 坂"]) == ("八幡坂",)
