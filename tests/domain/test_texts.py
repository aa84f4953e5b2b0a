"""Every sentence stands in both languages, with the same placeholders, and every finding has one."""

import re
from pathlib import Path
from string import Formatter

import pytest

import guide
import tiles
from guide.domain.texts import LANGUAGES, keys, say

PACKAGES = [Path(str(package.__file__)).parent for package in (guide, tiles)]


def placeholders(language: str, key: str) -> set[str]:
    from guide.domain import texts  # noqa: PLC0415 (the raw sentence is private to it)

    return {name for _, name, _, _ in Formatter().parse(texts._sentences(language)[key]) if name}  # noqa: SLF001


def test_both_languages_have_the_same_keys() -> None:
    assert keys("ja") == keys("en")


@pytest.mark.parametrize("key", sorted(keys("en")))
def test_a_sentence_has_the_same_placeholders_in_both_languages(key: str) -> None:
    assert placeholders("ja", key) == placeholders("en", key)


def test_every_finding_in_the_code_has_its_sentence() -> None:
    used = set()
    for package in PACKAGES:
        for path in package.rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            used |= set(re.findall(r'code="([a-z.-]+)"', text))
            used |= set(re.findall(r'_finding\(\s*"([a-z]+\.[a-z.-]+)"', text))
            used |= {f"catalogue.{name}" for name in re.findall(r'complain\([^,]+, "([a-z-]+)"', text)}
    assert len(used) > 8
    assert used <= keys("en")


def test_placeholders_are_filled_in() -> None:
    for language in LANGUAGES:
        assert "12" in say(language, "slope.namesakes", count=12)
