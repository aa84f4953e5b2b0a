"""Towns' own lists of sights and toilets, as they are found in the wild."""

from pathlib import Path

import pytest

from guide.catalogue.municipal_csv import Publisher, read_municipal
from guide.domain.errors import SourceError
from guide.domain.landmark import Landmark, LandmarkKind

TOWN = Publisher(prefix="town", credit="某市", licence="CC-BY-4.0")

OLDER_SIGHTS = (
    "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,名称_英語,POIコード,住所,方書,緯度,経度,"
    "利用可能曜日,開始時間,終了時間,利用可能日時特記事項,料金（基本）,料金（詳細）,説明,説明_英語,アクセス方法,駐車場情報,"
    "バリアフリー情報,連絡先名称,連絡先電話番号,連絡先内線番号,画像,画像_ライセンス,URL,備考"
)
NEWER_SIGHTS = (
    "全国地方公共団体コード,ID,地方公共団体名,名称,名称_カナ,名称_英語,POIコード,所在地_全国地方公共団体コード,町字ID,"
    "所在地_連結表記,所在地_都道府県,所在地_市区町村,所在地_町字,所在地_番地以下,建物名等(方書),緯度,経度,利用可能曜日,"
    "開始時間,終了時間,利用可能日時特記事項,料金(基本),料金(詳細),説明,説明_英語,備考"
)
OLDER_TOILETS = (
    "都道府県コード又は市区町村コード,NO,名称,名称_カナ,名称_英語,住所,緯度,経度,設置位置,男性トイレ総数,女性トイレ総数,"
    "男女共用トイレ総数,多機能トイレ数,車椅子使用者用トイレ有無,乳幼児用設備設置トイレ有無,オストメイト設置トイレ有無,"
    "利用開始時間,利用終了時間,利用可能時間特記事項,備考"
)


def read(
    tmp_path: Path, heading: str, *rows: dict[str, str], encoding: str = "utf-8"
) -> tuple[list[Landmark], list[str]]:
    names = heading.split(",")
    lines = [heading, *(",".join(row.get(name, "") for name in names) for row in rows)]
    path = tmp_path / "list.csv"
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    landmarks, findings = read_municipal(path, TOWN)
    return landmarks, [finding.code for finding in findings]


LOOKOUT = {
    "名称": "港の見える展望台", "名称_カナ": "ﾐﾅﾄﾉﾐｴﾙﾃﾝﾎﾞｳﾀﾞｲ", "名称_英語": "Harbour Lookout",
    "緯度": "42.3", "経度": "140.9", "説明": "海が見える",
    "利用可能曜日": "月火水木金土日", "開始時間": "0:00", "終了時間": "24:00", "利用可能日時特記事項": "冬は閉鎖",
}  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize(("heading", "number"), [(OLDER_SIGHTS, "NO"), (NEWER_SIGHTS, "ID")])
def test_both_editions_of_the_list_of_sights_are_read(tmp_path: Path, heading: str, number: str, encoding: str) -> None:
    (lookout,), codes = read(tmp_path, heading, {**LOOKOUT, number: "0000000012"}, encoding=encoding)
    assert set(codes) <= {"catalogue.shift-jis"}
    assert lookout == Landmark(
        id="town-12", kind=LandmarkKind.VIEWPOINT, lng_lat=(140.9, 42.3), name="港の見える展望台",
        reading="ミナトノミエルテンボウダイ", name_en="Harbour Lookout", description_ja="海が見える",
        opening_hours="月火水木金土日 0:00–24:00 冬は閉鎖", source="某市", licence="CC-BY-4.0", credit="某市",
    )  # fmt: skip


def test_toilets_are_known_by_their_columns_and_say_whom_they_are_fitted_for(tmp_path: Path) -> None:
    (toilet,), codes = read(
        tmp_path, OLDER_TOILETS,
        {"NO": "1", "名称": "駅前広場", "緯度": "42.3", "経度": "140.9", "男性トイレ総数": "2", "多機能トイレ数": "0",
         "車椅子使用者用トイレ有無": "有", "乳幼児用設備設置トイレ有無": "無", "オストメイト設置トイレ有無": "有",
         "利用可能時間特記事項": "終日"},
    )  # fmt: skip
    assert codes == []
    assert (toilet.kind, toilet.opening_hours) == (LandmarkKind.TOILETS, "終日")
    assert toilet.description_ja == "車椅子・オストメイトに対応。"
    assert toilet.description_en == "Fitted for wheelchairs, ostomates."


def test_headings_in_half_width_kana_are_the_same_headings(tmp_path: Path) -> None:
    (place,), codes = read(
        tmp_path,
        "ＮＯ,名称,名称_ｶﾅ,緯度,経度",
        {"ＮＯ": "7", "名称": "坂", "名称_ｶﾅ": "ｻｶ", "緯度": "42", "経度": "140"},
    )
    assert (place.id, place.reading, codes) == ("town-7", "サカ", [])


def test_swapped_positions_are_told_apart(tmp_path: Path) -> None:
    (place,), codes = read(tmp_path, OLDER_SIGHTS, {**LOOKOUT, "緯度": "140.9", "経度": "42.3"})
    assert place.lng_lat == (140.9, 42.3)
    assert codes == ["catalogue.swapped"]


def test_rows_without_place_or_with_a_used_number_are_told_and_the_others_stay(tmp_path: Path) -> None:
    rows = (
        {**LOOKOUT, "NO": "1"},
        {**LOOKOUT, "NO": "001"},
        {**LOOKOUT, "NO": "2", "緯度": ""},
        {**LOOKOUT, "NO": "3"},
    )
    places, codes = read(tmp_path, OLDER_SIGHTS, *rows)
    assert [place.id for place in places] == ["town-1", "town-3"]
    assert codes == ["catalogue.repeated-id", "catalogue.half-a-place", "catalogue.no-place"]


def test_a_place_without_number_has_an_id_that_stays(tmp_path: Path) -> None:
    assert read(tmp_path, OLDER_SIGHTS, LOOKOUT)[0][0].id == read(tmp_path, NEWER_SIGHTS, LOOKOUT)[0][0].id


@pytest.mark.parametrize(
    ("name", "kind"),
    [("郷土資料館", LandmarkKind.MUSEUM), ("八幡神社", LandmarkKind.SHRINE), ("本町駅", LandmarkKind.STATION),
     ("日本庭園", LandmarkKind.SIGHT), ("駅前通り", LandmarkKind.SIGHT)],
)  # fmt: skip
def test_a_sights_kind_is_what_its_name_says(tmp_path: Path, name: str, kind: LandmarkKind) -> None:
    assert read(tmp_path, OLDER_SIGHTS, {**LOOKOUT, "名称": name})[0][0].kind is kind


def test_another_table_is_one_sentence_in_its_own_words(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="“緯度” and “経度” are missing"):
        read(tmp_path, "名称,住所")
