"""One file of Fundamental Geospatial Data (基盤地図情報 数値標高モデル, JPGIS GML): its place, and its heights.

Format: 基盤地図情報ダウンロードデータ ファイル仕様書 (https://fgd.gsi.go.jp/download/ref_dem.html). A file lists
"kind,height" row by row from the north-west; it may leave out unknown cells at the start and at the end.
"""

import re
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

import numpy as np
from numpy.typing import NDArray

from guide.domain.errors import SourceError

_NO_DATA = -9999.0
_LONGEST_SIDE = 4000
"""Cells; the largest real files have 1125 by 750."""

_PER_DEGREE = (9000, 18_000, 90_000)
"""Cells of 0.4, 0.2 and 0.04 seconds of arc: the 10, 5 and 1 m meshes."""

_DATUMS = {"fguuid:jgd2000.bl", "fguuid:jgd2011.bl", "fguuid:jgd2024.bl"}
"""All within a metre of WGS 84 in Japan, and so taken as it (JGD2000: but for the north-east's shift of 2011)."""

_HEIGHT = re.compile(r",([-+]?[0-9.]+)")
_WANTED = {"lowerCorner", "upperCorner", "low", "high", "axisLabels", "startPoint", "tupleList"}
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class FgdPlace:
    """Where a file's cells lie: ``rows`` and ``cols`` of them, ``per_degree`` to a degree, in the world's grid.

    ``top`` and ``left`` count cells from 90 N and 180 W to the outer corner of the file's first cell.
    """

    top: int
    left: int
    rows: int
    cols: int
    per_degree: int


def read_place(file: BinaryIO, name: str) -> FgdPlace:
    """The place alone, from the file's head.

    Raises:
        SourceError: this is no such file.
    """
    return _place(_parse(file, name, until="tupleList"), name)


def read_heights(file: BinaryIO, name: str) -> NDArray[np.float32]:
    """Heights in metres (rows, columns), northernmost row first, NaN where unknown.

    Raises:
        SourceError: this is no such file, or it is damaged.
    """
    texts = _parse(file, name, until=None)
    place = _place(texts, name)
    if texts.get("order", "+x-y") != "+x-y":
        raise SourceError(f"{name} lists its cells in the order {texts['order']}; only +x-y is known.")
    try:
        start_col, start_row = (int(part) for part in texts.get("startPoint", "0 0").split())
        listed = np.array(_HEIGHT.findall(texts["tupleList"]), dtype=np.float32)
    except (KeyError, ValueError) as error:
        raise SourceError(f"{name} is damaged: its list of heights cannot be read; download it again.") from error
    first = start_row * place.cols + start_col
    if first < 0 or first + len(listed) > place.rows * place.cols:
        raise SourceError(f"{name} is damaged: it lists more heights than its grid holds; download it again.")
    height_m = np.full(place.rows * place.cols, np.nan, dtype=np.float32)
    height_m[first : first + len(listed)] = np.where(listed == np.float32(_NO_DATA), np.nan, listed)
    return height_m.reshape(place.rows, place.cols)


class _EnoughError(Exception):
    """Stops the parser: what was asked for has been read."""


@dataclass(slots=True)
class _Reader:
    """Collects the texts of the wanted elements, whatever stands around them."""

    name: str
    until: str | None
    texts: dict[str, str] = field(default_factory=dict)
    parts: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == self.until:
            raise _EnoughError
        if local == "Envelope":
            self.texts["srsName"] = attributes.get("srsName", "")
        elif local == "sequenceRule":
            self.texts["order"] = attributes.get("order", "")
        self.parts = [] if local in _WANTED else None

    def end(self, tag: str) -> None:
        if self.parts is not None:
            self.texts[tag.rpartition(":")[2]] = "".join(self.parts).strip()
            self.parts = None

    def text(self, data: str) -> None:
        if self.parts is not None:
            self.parts.append(data)

    def doctype(self, *_: object) -> None:
        # No real file has one; entities, and with them every known trick of XML, need one.
        raise SourceError(f"{self.name} declares a document type, which no file of this kind does; it is not read.")


def _parse(file: BinaryIO, name: str, *, until: str | None) -> dict[str, str]:
    """Texts of the wanted elements up to the element ``until``; the file is read piece by piece."""
    reader = _Reader(name=name, until=until)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.doctype
    try:
        while chunk := file.read(_CHUNK):
            parser.Parse(chunk, False)  # noqa: FBT003 - expat takes no name for "this is the last"
        parser.Parse(b"", True)  # noqa: FBT003 - as above
    except _EnoughError:
        pass
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise SourceError(f"{name} is no readable XML of elevations: it is damaged or of another kind.") from error
    return reader.texts


def _place(texts: dict[str, str], name: str) -> FgdPlace:
    try:
        if texts["srsName"] not in _DATUMS or texts["axisLabels"] != "x y" or texts["low"] != "0 0":
            raise SourceError(
                f"{name} has a grid that is not known here (datum {texts['srsName']!r}, axes {texts['axisLabels']!r})."
            )
        south, west = (float(part) for part in texts["lowerCorner"].split())
        north, east = (float(part) for part in texts["upperCorner"].split())
        last_col, last_row = (int(part) for part in texts["high"].split())
        rows, cols = last_row + 1, last_col + 1
        per_degree = min(_PER_DEGREE, key=lambda known: abs(known - rows / (north - south)))
    except (KeyError, ValueError, ZeroDivisionError, OverflowError) as error:
        raise SourceError(f"{name} is no elevation file of the Fundamental Geospatial Data.") from error
    # Corners are written to nine decimals, so sizes are right to a small part of a cell.
    fits = round((east - west) * per_degree) == cols and round((north - south) * per_degree) == rows
    if not fits or not (0 < rows <= _LONGEST_SIDE and 0 < cols <= _LONGEST_SIDE):
        raise SourceError(f"{name} is damaged: {cols} by {rows} cells do not fill the box that it names.")
    return FgdPlace(
        top=round((90 - north) * per_degree),
        left=round((west + 180) * per_degree),
        rows=rows,
        cols=cols,
        per_degree=per_degree,
    )
