"""Sentences for visitors and staff, in Japanese and English: all of them stand in the files under ``texts/``."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

LANGUAGES: Final = ("ja", "en")


def say(language: str, key: str, **values: object) -> str:
    """The sentence of a key, its placeholders filled in.

    Raises:
        KeyError: no such key, language or placeholder; a mistake in our code, which a test looks for.
    """
    return _sentences(language)[key].format(**values)


def keys(language: str) -> frozenset[str]:
    """Every key of a language."""
    return frozenset(_sentences(language))


@cache
def _sentences(language: str) -> dict[str, str]:
    text = files("guide.domain").joinpath("texts", f"{language}.toml").read_text(encoding="utf-8")
    return {
        f"{group}.{name}": sentence
        for group, sentences in tomllib.loads(text).items()
        for name, sentence in sentences.items()
    }
