"""Texts as plain text: what came as HTML loses its tags."""

import re
from html.parser import HTMLParser
from typing import Final

_MARKUP: Final = re.compile(r"<[a-zA-Z/!?][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+\d*);")
_PASSES: Final = 5
"""Tags within tags within tags are somebody's game; after so many passes their marks alone are taken out."""

_NO_MARKS: Final = str.maketrans("", "", "<>&")
_UNSPOKEN: Final = frozenset({"script", "style", "template"})
_BREAKS: Final = frozenset({"br", "p", "div", "li", "tr"})
_BLANKS: Final = re.compile(r"[ \t\u00a0\u3000]+\n|\n[ \t\u00a0\u3000]+")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def holds_markup(text: str) -> bool:
    """Whether a text holds tags or entities of HTML; "a < b" and "Q&A" do not."""
    return ("<" in text or "&" in text) and _MARKUP.search(text) is not None


def without_markup(text: str) -> str:
    """The text without its tags, entities spelt out, scripts and styles gone; breaks become new lines.

    What still looks like a tag afterwards, because it was written as entities, goes too: nobody downstream need fear
    these texts.
    """
    for _ in range(_PASSES):
        if not holds_markup(text):
            return text
        reader = _Reader()
        reader.feed(text)
        reader.close()
        shorter = _BLANKS.sub("\n", "".join(reader.pieces)).strip()
        # The reader takes some tags for text, and does not know every entity.
        text = _MARKUP.sub("", text).strip() if shorter == text else shorter
    return text.translate(_NO_MARKS) if holds_markup(text) else text


def tidy(text: str) -> str:
    """A cell as it is kept: no blanks around, no control characters, new lines of one kind."""
    text = text.strip("\ufeff \t\r\n\u00a0\u3000")
    if text.isprintable():
        return text
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class _Reader(HTMLParser):
    """Collects what a reader of the page would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unspoken = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Breaks are seen; what scripts say is not."""
        del attrs
        self._unspoken += tag in _UNSPOKEN
        if tag in _BREAKS and self.pieces:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A script ends."""
        if tag in _UNSPOKEN and self._unspoken:
            self._unspoken -= 1

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self._unspoken:
            self.pieces.append(data)
