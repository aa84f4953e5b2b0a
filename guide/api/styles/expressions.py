"""MapLibre's expressions, as far as our styles use them."""

from collections.abc import Sequence
from typing import Any, Final

from guide.http.texts import Language

Layer = dict[str, Any]
"""A layer of a style, as MapLibre's style specification (version 8) has it."""

Expression = list[Any]

KIND: Final[Expression] = ["get", "kind"]
ROUND: Final = {"line-cap": "round", "line-join": "round"}


def by_zoom(*stops: tuple[float, Any], base: float = 1.0) -> Expression:
    """A value that goes from stop to stop as one zooms in; ``base`` above 1 lets it grow ever faster."""
    curve = ["linear"] if base == 1.0 else ["exponential", base]
    return ["interpolate", curve, ["zoom"], *(part for stop in stops for part in stop)]


def from_zoom(first: object, *steps: tuple[float, Any]) -> Expression:
    """A value that jumps at zooms."""
    return ["step", ["zoom"], first, *(part for step in steps for part in step)]


def match(value: Expression, cases: Sequence[tuple[Any, Any]], otherwise: object) -> Expression:
    """The first case's result that is a value's; a case may be a list of values."""
    return ["match", value, *(part for case in cases for part in case), otherwise]


def among(value: Expression, words: Sequence[str]) -> Expression:
    """Whether a value is one of some words."""
    return ["in", value, ["literal", list(words)]]


def is_true(name: str) -> Expression:
    """Whether an attribute is there and true."""
    return ["==", ["coalesce", ["get", name], False], True]


def number(name: str, otherwise: float = 0) -> Expression:
    """A number, or another one where it is not known."""
    return ["coalesce", ["get", name], otherwise]


def name_in(language: Language) -> Expression:
    """A feature's name in the reader's language, else as it stands on the sign."""
    own = "name_ja" if language is Language.JA else "name_en"
    return ["coalesce", ["get", own], ["get", "name"], ""]


def slope_name_in(language: Language) -> Expression:
    """A catalogue's name: it is written in Japanese, and may have an English one."""
    return ["get", "name"] if language is Language.JA else ["coalesce", ["get", "name_en"], ["get", "name"]]


# MapLibre draws text with the reader's own fonts where a style has no glyphs. It takes the weight from words in the
# first name, so a name that no font has asks for it, and the others give the letters.
_FAMILIES: Final = ("Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic", "sans-serif")
REGULAR: Final = ["hyakusaka Medium", *_FAMILIES]
BOLD: Final = ["hyakusaka Bold", *_FAMILIES]
