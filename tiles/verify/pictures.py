"""Tiles that are pictures: of the kind that the archive says, whole, square and all of one size."""

import io
from typing import Final

from PIL import Image, UnidentifiedImageError

from tiles.verify.problems import Report

FORMATS: Final = {2: "PNG", 3: "JPEG", 4: "WEBP", 5: "AVIF"}
"""By the header's tile type."""


def check_picture(data: bytes, tile_type: int, where: str, report: Report) -> tuple[int, int] | None:
    """Check one picture; returns its size."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            if picture.format != FORMATS[tile_type]:
                report.add(where, "picture", f"It is {picture.format}, not {FORMATS[tile_type]}.")
            if picture.width != picture.height:
                report.add(where, "picture", f"It is {picture.width} x {picture.height} pixels, not square.")
            return picture.size
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        report.add(where, "picture", f"It cannot be read as a picture ({error}).")
        return None
