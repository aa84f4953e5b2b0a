"""Which rows a town may give away under a licence of its own: those whose own terms let it."""

import re
from dataclasses import replace
from typing import Final

from guide.domain.closure import CatalogueClosure
from guide.domain.entry import Entry
from guide.domain.landmark import Landmark
from guide.domain.slope import CatalogueSlope

_OPEN: Final = re.compile(
    r"CC0([- ].*)?|PDM.*|public domain|CC[- ]BY([- ]\d.*)?|MIT|PDL.*|公共データ利用規約.*|政府標準利用規約.*"
    r"|国土地理院コンテンツ利用規約.*",
    re.IGNORECASE,
)
"""Licences that ask for no more than to be named (not SA, NC, ND or ODbL)."""


def lets_pass_on(licence: str | None) -> bool:
    """Whether what is under a licence may be passed on under CC BY; what has none is the town's own."""
    return not licence or _OPEN.fullmatch(licence.strip()) is not None


def passed_on(entry: Entry) -> Entry | None:
    """What may be passed on of an entry: without notes, and without a photo whose terms forbid it; None if nothing.

    A drawn line follows the streets of OpenStreetMap, so it is under its licence and stays out.
    """
    if isinstance(entry, CatalogueClosure):
        return replace(entry, line=None, note=None)
    if not lets_pass_on(entry.licence):
        return None
    if isinstance(entry, CatalogueSlope):
        entry = replace(entry, line=None)
    if isinstance(entry, CatalogueSlope | Landmark) and not lets_pass_on(entry.photo_licence):
        entry = replace(entry, photo=None, photo_credit=None, photo_licence=None, photo_source=None)
    return replace(entry, note=None)
