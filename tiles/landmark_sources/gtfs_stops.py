"""Bus stops of a GTFS feed (``stops.txt``), with the names in other languages that ``translations.txt`` gives."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from csv import DictReader
from pathlib import Path
from typing import Final

from guide.catalogue.municipal_csv import Publisher
from guide.domain.errors import SourceError
from guide.domain.findings import Finding
from guide.domain.landmark import Landmark, LandmarkKind

_STOP, _STATION = "0", "1"
_ENGLISH: Final = "en"
_READINGS: Final = ("ja-Hrkt", "ja-Hira", "ja-Kana")
_LARGEST_BYTES: Final = 64 * 2**20


def read_gtfs_stops(path: Path, publisher: Publisher) -> tuple[list[Landmark], list[Finding]]:
    """A landmark for each stop of a feed, a folder or a zip; poles of one stop are one landmark, their station.

    Raises:
        SourceError: there is no readable ``stops.txt``.
    """
    try:
        rows = _rows(path, "stops.txt")
        translations = _translations(path)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:  # what text raises is a ValueError
        raise SourceError(f"{path}: is no GTFS feed with a stops.txt ({error}).") from error
    stops: dict[str, Landmark] = {}
    wanted = [row for row in rows if _stands_alone(row)]
    for row in wanted:
        stop = _stop(row, publisher, translations)
        if stop is not None:
            stops.setdefault(stop.id, stop)
    lost = len(wanted) - len(stops)
    findings = [Finding(code="landmark.left-out", where=path.name, values={"count": lost})] if lost else []
    return list(stops.values()), findings


def _stands_alone(row: Mapping[str, str]) -> bool:
    """Stations, and stops that belong to none; entrances and platforms are parts of theirs."""
    kind = row.get("location_type") or _STOP
    return kind == _STATION or (kind == _STOP and not row.get("parent_station"))


def _stop(
    row: Mapping[str, str], publisher: Publisher, translations: Mapping[str, Mapping[str, str]]
) -> Landmark | None:
    try:
        lng_lat = float(row["stop_lon"]), float(row["stop_lat"])
    except (KeyError, ValueError):
        return None
    name, stop_id = row.get("stop_name") or "", row.get("stop_id") or ""
    if not (-180 <= lng_lat[0] <= 180 and -90 <= lng_lat[1] <= 90 and name and stop_id):  # noqa: PLR2004 (degrees)
        return None
    names = {**translations.get(name, {}), **translations.get(stop_id, {})}
    return Landmark(
        id=f"{publisher.prefix}-{stop_id}",
        kind=LandmarkKind.BUS_STOP,
        lng_lat=lng_lat,
        name=name,
        name_en=names.get(_ENGLISH),
        reading=next((names[language] for language in _READINGS if language in names), None),
        source=publisher.credit,
        licence=publisher.licence,
        credit=publisher.credit,
    )


def _translations(path: Path) -> dict[str, dict[str, str]]:
    """Names by language, by the name they translate or by the stop's id: Japan's older form, and GTFS's own."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    try:
        rows = _rows(path, "translations.txt")
    except (OSError, KeyError):
        return names  # a feed need not have any
    for row in rows:
        if row.get("table_name", "stops") != "stops" or row.get("field_name", "stop_name") != "stop_name":
            continue
        of = row.get("trans_id") or row.get("field_value") or row.get("record_id")
        language = row.get("lang") or row.get("language")
        if of and language and row.get("translation"):
            names[of][language] = row["translation"]
    return names


def _rows(path: Path, name: str) -> list[dict[str, str]]:
    text = _content(path, name).decode("utf-8-sig")
    return [{key: (value or "").strip() for key, value in row.items() if key} for row in DictReader(io.StringIO(text))]


def _content(path: Path, name: str) -> bytes:
    if path.is_dir():
        return (path / name).read_bytes()
    with zipfile.ZipFile(path) as feed:
        if feed.getinfo(name).file_size > _LARGEST_BYTES:
            raise ValueError(f"{name} is too large")
        return feed.read(name)
