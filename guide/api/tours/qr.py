"""QR codes of links, for a leaflet or another phone."""

from io import BytesIO
from typing import Final

import segno

_SCALE: Final = 8
_QUIET: Final = 4
"""Modules of quiet zone around the code (ISO/IEC 18004)."""


def qr_svg(address: str) -> bytes:
    """The code as SVG, without a size of its own."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=_QUIET, omitsize=True, nl=False)
    return out.getvalue()


def qr_png(address: str) -> bytes:
    """The code as PNG, eight pixels a module."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", border=_QUIET, scale=_SCALE)
    return out.getvalue()
