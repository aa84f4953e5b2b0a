"""観光施設一覧 as towns publish it: the national format's thirty columns, slopes among the sights."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from guide.catalogue.cells import number_text
from guide.catalogue.write_csv import csv_bytes
from guide.domain.area import OpenData
from guide.domain.entry import Entry
from guide.domain.landmark import Landmark, LandmarkKind
from guide.domain.slope import CatalogueSlope

FACILITY_COLUMNS: Final = (
    "都道府県コード又は市区町村コード", "NO", "都道府県名", "市区町村名", "名称", "名称_カナ", "名称_英語", "POIコード",
    "住所", "方書", "緯度", "経度", "利用可能曜日", "開始時間", "終了時間", "利用可能日時特記事項", "料金（基本）",
    "料金（詳細）", "説明", "説明_英語", "アクセス方法", "駐車場情報", "バリアフリー情報", "連絡先名称",
    "連絡先電話番号", "連絡先内線番号", "画像", "画像_ライセンス", "URL", "備考",
)  # fmt: skip

_SIGHTS: Final = frozenset(
    {
        LandmarkKind.VIEWPOINT, LandmarkKind.MUSEUM, LandmarkKind.SHRINE, LandmarkKind.PLACE_OF_WORSHIP,
        LandmarkKind.SIGHT, LandmarkKind.INFORMATION,
    }
)  # fmt: skip
"""Kinds of landmarks that one comes to see, or to ask at; toilets have a list of their own."""

_HIRAGANA: Final = range(ord("ぁ"), ord("ゖ") + 1)
_TO_KATAKANA: Final = {code: code + 0x60 for code in _HIRAGANA}


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """The addresses that the list points to: the page of an entry, and the picture that it calls by a name."""

    page: Callable[[Entry], str]
    photo: Callable[[str], str]


def facilities_csv(entries: Iterable[Entry], about: OpenData, addresses: Addresses) -> bytes:
    """The list of sights; slopes and landmarks without a position, and what is no sight, are left out."""
    rows = [_row(entry, about, addresses) for entry in entries if is_facility(entry)]
    return csv_bytes([FACILITY_COLUMNS, *([row.get(column, "") for column in FACILITY_COLUMNS] for row in rows)])


def is_facility(entry: Entry) -> bool:
    """Whether an entry has a place in the list."""
    if isinstance(entry, Landmark):
        return entry.kind in _SIGHTS and entry.name is not None
    return isinstance(entry, CatalogueSlope) and entry.lng_lat is not None


def _row(entry: Entry, about: OpenData, addresses: Addresses) -> dict[str, str]:
    if not isinstance(entry, CatalogueSlope | Landmark) or entry.lng_lat is None:
        raise TypeError(entry)
    lng, lat = map(number_text, entry.lng_lat)
    return {
        "都道府県コード又は市区町村コード": about.code,
        "NO": entry.id,
        "都道府県名": about.prefecture,
        "市区町村名": about.municipality,
        "名称": entry.name or "",
        "名称_カナ": (entry.reading or "").translate(_TO_KATAKANA),
        "名称_英語": entry.name_en or "",
        "緯度": lat,
        "経度": lng,
        "利用可能日時特記事項": (entry.opening_hours or "") if isinstance(entry, Landmark) else "",
        "説明": entry.description_ja or "",
        "説明_英語": entry.description_en or "",
        "画像": addresses.photo(entry.photo) if entry.photo else "",
        "画像_ライセンス": (entry.photo_licence or "") if entry.photo else "",
        "URL": addresses.page(entry),
    }
