"""Other headings that staff write for a catalogue's columns."""

from typing import Final

COMMON_HEADINGS: Final = {
    "番号": "id", "名前": "name", "名称": "name", "よみ": "reading", "読み": "reading", "ふりがな": "reading",
    "フリガナ": "reading", "名称_カナ": "reading", "英語名": "name_en", "名称_英語": "name_en", "別名": "other_names",
    "別名のよみ": "other_readings", "経度": "lng", "lon": "lng", "longitude": "lng", "緯度": "lat", "latitude": "lat",
    "テーマ": "themes", "説明": "description_ja", "説明_英語": "description_en", "写真": "photo",
    "写真のクレジット": "photo_credit", "写真のライセンス": "photo_licence", "photo_license": "photo_licence",
    "ライセンス": "licence", "license": "licence", "クレジット": "credit", "出典": "sources", "source": "sources",
    "状態": "status", "備考": "note", "メモ": "note", "notes": "note",
}  # fmt: skip

TEXT_COLUMNS: Final = ("description_ja", "description_en")
PHOTO_COLUMNS: Final = ("photo", "photo_credit", "photo_licence", "photo_source")
RIGHTS_COLUMNS: Final = ("licence", "credit", "sources", "status", "note")
