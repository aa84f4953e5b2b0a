"""Landmarks from a town's open data: 観光施設一覧 and 公衆トイレ一覧.

Both editions of the national format are read, 推奨データセット and its successor 自治体標準オープンデータセット: they
name the columns that matter here alike, or nearly so.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from guide.catalogue.row import Row
from guide.catalogue.sheet import Columns, Reading, read_rows
from guide.domain.findings import Finding
from guide.domain.landmark import Landmark, LandmarkKind
from guide.domain.texts import say

MUNICIPAL_COLUMNS: Final = Columns(
    names=("name", "lat", "lng"),
    required=frozenset({"name", "lat", "lng"}),
    aliases={
        "名称": "name", "施設名": "name", "施設名称": "name", "緯度": "lat", "経度": "lng",
        "NO": "number", "ID": "number", "名称_カナ": "kana", "名称カナ": "kana", "名称_英語": "name_en",
        "説明": "description_ja", "説明_英語": "description_en", "利用可能曜日": "days",
        "開始時間": "from", "利用開始時間": "from", "終了時間": "to", "利用終了時間": "to",
        "利用可能日時特記事項": "hours_note", "利用可能時間特記事項": "hours_note",
        "車椅子使用者用トイレ有無": "wheelchair", "車椅子使用者用トイレ数": "wheelchair",
        "バリアフリートイレ数": "many_uses", "多機能トイレ数": "many_uses",
        "乳幼児用設備設置トイレ有無": "baby", "乳幼児用設備設置トイレ数": "baby",
        "オストメイト設置トイレ有無": "ostomate", "オストメイト設置トイレ数": "ostomate",
        "男性トイレ総数": "toilets", "男性トイレ_総数": "toilets",
    },
    closed=False,
)  # fmt: skip
_TOILET_COLUMNS: Final = ("wheelchair", "many_uses", "baby", "ostomate", "toilets")
_FITTED_FOR: Final = {"wheelchair": ("wheelchair", "many_uses"), "baby": ("baby",), "ostomate": ("ostomate",)}

_KINDS: Final = (
    (re.compile("展望|見晴"), LandmarkKind.VIEWPOINT),
    (re.compile("博物館|美術館|資料館|記念館|文学館"), LandmarkKind.MUSEUM),
    (re.compile("神社|神宮|稲荷|八幡宮|寺$|寺院"), LandmarkKind.SHRINE),
    (re.compile("公衆トイレ|公衆便所|トイレ$"), LandmarkKind.TOILETS),
    (re.compile("案内所"), LandmarkKind.INFORMATION),
    (re.compile("駅$"), LandmarkKind.STATION),
)
_NOTHING: Final = frozenset({"", "0", "無", "なし", "×", "-", "無し", "ー"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Whose file it is: ``prefix`` begins the ids of its landmarks."""

    prefix: str
    credit: str
    licence: str


def read_municipal(path: Path, publisher: Publisher) -> tuple[list[Landmark], list[Finding]]:
    """The landmarks of a list of sights or of toilets; rows without a name or a place are reported and left out.

    Raises:
        SourceError: the file is missing, no text, or lacks 名称, 緯度 or 経度.
    """
    reading = landmarks_of_rows(path.name, *read_rows(path, MUNICIPAL_COLUMNS), publisher)
    return list(reading.entries), list(reading.findings)


def landmarks_of_rows(
    file: str, rows: Sequence[Row], headings: Mapping[str, str], findings: list[Finding], publisher: Publisher
) -> Reading[Landmark]:
    """As ``read_municipal``, of rows that have been read, with the row of each landmark."""
    toilets = any(row.has(column) for row in rows for column in _TOILET_COLUMNS)  # no other list has such columns
    landmarks: dict[str, Landmark] = {}
    numbers: list[int] = []
    for row in rows:
        landmark = _landmark(row, publisher, toilets=toilets)
        if landmark is None:
            continue
        if landmark.id in landmarks:
            row.complain("number", "repeated-id", id=landmark.id)
            continue
        landmarks[landmark.id] = landmark
        numbers.append(row.number)
    return Reading(
        file=file,
        headings=headings,
        entries=tuple(landmarks.values()),
        rows=tuple(numbers),
        findings=tuple(findings),
    )


def _landmark(row: Row, publisher: Publisher, *, toilets: bool) -> Landmark | None:
    name, lng_lat = row.name("name"), row.place()
    if name is None or lng_lat is None:
        row.complain("name, lat, lng", "no-place" if name else "no-id")
        return None
    kind = LandmarkKind.TOILETS if toilets else _kind(name)
    return Landmark(
        id=f"{publisher.prefix}-{_number(row, name, lng_lat)}",
        kind=kind,
        lng_lat=lng_lat,
        name=name,
        reading=row.reading("kana"),
        name_en=row.name("name_en"),
        description_ja=_facilities(row, "ja") if toilets else row.text("description_ja"),
        description_en=_facilities(row, "en") if toilets else row.text("description_en"),
        opening_hours=_hours(row),
        source=publisher.credit,
        licence=publisher.licence,
        credit=publisher.credit,
    )


def _number(row: Row, name: str, lng_lat: tuple[float, float]) -> str:
    """The town's own number, zeros that Excel may have eaten left out; else a mark made of name and place."""
    number = row.name("number") or ""
    if re.fullmatch(r"[A-Za-z0-9_-]{1,40}", number):
        return number.lstrip("0") or "0"
    return hashlib.sha256(f"{name}\0{lng_lat}".encode()).hexdigest()[:10]


def _kind(name: str) -> LandmarkKind:
    """What a name says; towns' codes for the kind (POIコード) are hardly ever filled in."""
    return next((kind for words, kind in _KINDS if words.search(name)), LandmarkKind.SIGHT)


def _hours(row: Row) -> str | None:
    """Days, times and remarks as they were given: "24:00" and 終日 stay what they are."""
    start, end = row.name("from"), row.name("to")
    times = "–".join(dict.fromkeys(filter(None, (start, end))))
    return " ".join(filter(None, (row.name("days"), times, row.name("hours_note")))) or None


def _facilities(row: Row, language: str) -> str | None:
    """What a toilet is fitted for."""
    found = [
        say(language, f"landmark.{word}")
        for word, columns in _FITTED_FOR.items()
        if any(_given(row, column) for column in columns)
    ]
    return say(language, "landmark.fitted-for", what=say(language, "landmark.and").join(found)) if found else None


def _given(row: Row, column: str) -> bool:
    return (row.reading(column) or "") not in _NOTHING
