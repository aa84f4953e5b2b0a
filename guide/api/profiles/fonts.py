"""Fonts of this machine: which file can write a text, so that no picture shows empty boxes."""

import os
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

from guide.domain.errors import NotInstalledError

_FOLDERS: Final = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "C:/Windows/Fonts",
)
_LIKED: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Sans-serif with Japanese in its Japanese forms, the best first; then Latin alone.
        r"NotoSansCJK-(Regular|VF)\.",
        r"NotoSansCJKjp-Regular\.|NotoSansJP-?(Regular|VF|\[wght\])",
        r"SourceHanSans.*(Regular|VF)",
        r"BIZ-?UDP?Gothic.*R",
        r"ipaexg|ipagp?\.|fonts-japanese-gothic|TakaoP?Gothic|VL-P?Gothic",
        r"Hiragino.*W3|ヒラギノ角ゴシック W3|YuGoth(R|ic-?Regular)|meiryo\.",
        r"NotoSans-Regular|DejaVuSans\.|LiberationSans-Regular|Arial\.|Helvetica\.",
    )
)
_BOLD: Final = (("-Regular", "-Bold"), ("W3", "W6"), ("YuGothR", "YuGothB"), ("DejaVuSans.", "DejaVuSans-Bold."))
_UNSEEN: Final = frozenset({"Cc", "Cf", "Mn", "Zs", "Zl", "Zp"})
"""Kinds of characters that are not drawn by themselves: spaces, controls, variants and accents of others."""

_NO_SUCH: Final = "\U0010fffe"
"""A character that no font has: whatever is drawn for it is the empty box."""


def find_fonts(text: str) -> tuple[str, list[Path]]:
    """The family that can write every character of a text, and its files: regular, and bold if there is one.

    Raises:
        NotInstalledError: no font of this machine has all of them; says what to install.
    """
    characters = frozenset(character for character in text if unicodedata.category(character) not in _UNSEEN)
    missing = characters
    for path in _candidates():
        lacks = frozenset(character for character in characters if not _has(path, character))
        if not lacks:
            return str(_open(path).getname()[0]), [path, *_bold(path)]
        missing = min(missing, lacks, key=len)
    raise NotInstalledError(
        f"No font on this machine can write {''.join(sorted(missing))[:20]!r}, so this cannot be drawn or "
        "printed. Install one, on Debian: apt-get install fonts-noto-cjk. A profile may be had as f=svg, which the "
        "reader's own fonts draw."
    )


@cache
def _candidates() -> tuple[Path, ...]:
    """The fonts that are liked, best first; a new one is seen when the service starts again."""
    found: list[tuple[int, str]] = []
    for path in _font_files():
        rank = next((rank for rank, pattern in enumerate(_LIKED) if pattern.search(path.name)), None)
        if rank is not None:
            found.append((rank, str(path)))
    return tuple(Path(path) for _, path in sorted(found))


def _font_files() -> Iterator[Path]:
    for folder in _FOLDERS:
        for root, _, names in os.walk(Path(folder).expanduser()):
            yield from (Path(root) / name for name in names if name.lower().endswith((".ttf", ".otf", ".ttc")))


def _bold(path: Path) -> list[Path]:
    names = {path.name.replace(regular, bold) for regular, bold in _BOLD} - {path.name}
    return [other for name in sorted(names) if (other := path.with_name(name)).is_file()][:1]


@cache
def _open(path: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), 16)


@cache
def _box(path: Path) -> bytes:
    return bytes(_open(path).getmask(_NO_SUCH))


@cache
def _has(path: Path, character: str) -> bool:
    """Whether the font draws something of its own for a character; a file that cannot be read draws nothing."""
    try:
        return bytes(_open(path).getmask(character)) != _box(path)
    except OSError:
        return False
