"""One spelling for all the ways to write a name, so that names can be compared.

Width, case, accents, blanks and the kind of kana do not count. Kana become Hepburn romaji, and romaji loses what people
write in different ways: long vowels (ō, ou, oo, oh), n or m before b, m and p, and the Kunrei spellings (si, tu, zya).
Kanji stay as they are: their reading is another name of the same thing.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import jaconv

_KANA: Final = re.compile(r"[ぁ-ゖゝゞー]+")
_LATIN_ACCENTS: Final = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")
_SILENT: Final = re.compile(r"[\W_]+")
_LATIN: Final = re.compile(r"[a-z]+")

# In this order: each sees what the ones before it have left.
_SPELLINGS: Final = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"tch", "cch"),
        (r"m(?=[bmp])", "n"),
        (r"sy(?=[auo])", "sh"),
        (r"ty(?=[auo])", "ch"),
        (r"[zj]y(?=[auo])", "j"),
        (r"si", "shi"),
        (r"ti", "chi"),
        (r"zi", "ji"),
        (r"tu", "tsu"),
        (r"(?<![cs])hu", "fu"),
        (r"oh(?=[^aeiouy]|$)", "o"),
        (r"o[ou]+", "o"),
        (r"u{2,}", "u"),
        (r"a{2,}", "a"),
        (r"e{2,}", "e"),
        (r"i{2,}", "i"),
    )
)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The one spelling of a text; empty if there is no letter or digit in it."""
    wide = jaconv.kata2hira(unicodedata.normalize("NFKC", text).casefold())
    romaji = _KANA.sub(lambda kana: jaconv.kana2alphabet(kana[0]).replace("-", ""), wide)
    plain = unicodedata.normalize("NFC", _LATIN_ACCENTS.sub("", unicodedata.normalize("NFD", romaji)))
    return _LATIN.sub(lambda word: _hepburn(word[0]), _SILENT.sub("", plain))


def fold_all(names: Iterable[object]) -> tuple[str, ...]:
    """The spellings of several names, each once; what is none has none."""
    return tuple(dict.fromkeys(key for name in names if isinstance(name, str) and (key := fold(name))))


def _hepburn(word: str) -> str:
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    return word
