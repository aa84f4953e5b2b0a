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
    """All sentences of a language: of ``ja.toml`` and of each ``subject.ja.toml`` beside it."""
    folder = files("guide.domain").joinpath("texts")
    return {
        f"{group}.{name}": sentence
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name == f"{language}.toml" or file.name.endswith(f".{language}.toml")
        for group, sentences in tomllib.loads(file.read_text(encoding="utf-8")).items()
        for name, sentence in sentences.items()
    }
