"""Is it what was asked for? Each check raises a SourceError with a clause that says what it is instead."""

import io
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from guide.domain.errors import SourceError

_TILE_SIDE = 256
_PNG_END = b"IEND\xaeB`\x82"
_TIFF_MAGIC = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
"""Little and big endian, TIFF and BigTIFF."""

_TIFF_SMALLEST = 200
_HTML = (b"<!doctype html", b"<html")


def looks_like_html(head: bytes) -> bool:
    """Whether a body begins as a web page does: portals and busy servers send those with status 200."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_HTML)


def read_tile(data: bytes) -> NDArray[np.uint32]:
    """The pixels (256, 256, 3) of an elevation tile, decoded to the last.

    Raises:
        SourceError: it is no PNG of 256 by 256 pixels in RGB or RGBA, or it is cut short.
    """
    if _PNG_END not in data:  # decoders forgive a missing end; a download that lacks it was cut
        raise SourceError("it is no whole PNG picture")
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            size, mode = image.size, image.mode
            if size != (_TILE_SIDE, _TILE_SIDE) or mode not in {"RGB", "RGBA"}:
                raise SourceError(f"it is a picture of {size[0]} by {size[1]} pixels in {mode}, not an elevation tile")
            return np.asarray(image, dtype=np.uint32)[..., :3]
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise SourceError("it is no whole PNG picture") from error


def check_tile(data: bytes) -> None:
    """Raise a SourceError unless this is an elevation tile, whole."""
    read_tile(data)


def check_geotiff(path: Path) -> None:
    """Raise a SourceError unless this begins as a TIFF does and its directory lies within the file."""
    with path.open("rb") as file:
        head = file.read(16)
    size = path.stat().st_size
    if not head.startswith(_TIFF_MAGIC):
        raise SourceError("it is no GeoTIFF")
    order = "little" if head.startswith(b"II") else "big"
    big = head[2 if order == "little" else 3] == ord("+")
    directory = int.from_bytes(head[8:16] if big else head[4:8], order)  # type: ignore[arg-type] # one of the two
    if size < _TIFF_SMALLEST or directory >= size:
        raise SourceError("it is a GeoTIFF cut short")


class _Reply(msgspec.Struct):
    """As much of an Overpass reply as tells whether it is whole."""

    elements: list[msgspec.Raw]
    remark: str = ""


def check_overpass(path: Path) -> None:
    """Raise a SourceError unless this is a whole Overpass reply that holds something and tells of no error."""
    try:
        reply = msgspec.json.decode(path.read_bytes(), type=_Reply)
    except msgspec.DecodeError as error:
        raise SourceError("it is no whole Overpass reply") from error
    # A query that runs out of time or memory ends with status 200, some elements, and this.
    if "error" in reply.remark.lower():
        raise SourceError(f"the server stopped half-way ({reply.remark.strip()})")
    if not reply.elements:
        raise SourceError("the reply is empty: there is nothing in this box")
