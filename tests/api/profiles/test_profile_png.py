"""The same picture in pixels, and what happens where no font can write it."""

import io
from pathlib import Path

import numpy as np
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from PIL import Image

from guide.api.profiles import fonts
from guide.api.profiles.png import svg_to_png
from guide.domain.bands import BANDS
from guide.domain.errors import NotInstalledError

PATH = "/api/drawn/slopes/hachiman/profile"


def can_write(text: str) -> bool:
    try:
        fonts.find_fonts(text)
    except NotInstalledError:
        return False
    return True


needs_japanese = pytest.mark.skipif(not can_write("坂"), reason="this machine has no Japanese font")


def picture(client: TestClient[Litestar], query: str = "") -> Image.Image:
    reply = client.get(f"{PATH}?f=png{query}")
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == "image/png"
    assert "content-encoding" not in reply.headers
    return Image.open(io.BytesIO(reply.content)).convert("RGB")


@needs_japanese
@pytest.mark.parametrize(("width", "scale"), [(280, 1), (480, 2), (1200, 4)])
def test_it_is_as_large_as_was_asked(client: TestClient[Litestar], width: int, scale: int) -> None:
    assert picture(client, f"&width={width}&scale={scale}").width == width * scale


@needs_japanese
def test_it_shows_the_bands_on_white_paper(client: TestClient[Litestar]) -> None:
    pixels = np.asarray(picture(client, "&scale=1"))
    assert (pixels[0, 0] == 255).all()
    colour = tuple(bytes.fromhex(BANDS[5].colour[1:]))  # of 18 to 25 %
    share = (pixels == colour).all(axis=2).mean()
    assert share > 0.05


@needs_japanese
def test_japanese_is_written_and_not_boxed(client: TestClient[Litestar]) -> None:
    """The same place of two pictures that differ in one character differs in ink."""
    drawn = [client.get(f"{PATH.replace('hachiman', slope)}?f=png&scale=1").content for slope in ("hama", "island")]
    names = [np.asarray(Image.open(io.BytesIO(png)).convert("L"))[10:32, 8:28] for png in drawn]  # 浜, 島
    assert all((name < 128).mean() > 0.1 for name in names)
    assert (names[0] != names[1]).mean() > 0.1


@needs_japanese
def test_it_is_always_the_same_and_asked_for_once(client: TestClient[Litestar]) -> None:
    first = client.get(f"{PATH}?f=png")
    svg_to_png.cache_clear()
    again = client.get(f"{PATH}?f=png")
    assert again.content == first.content
    assert client.get(f"{PATH}?f=png", headers={"If-None-Match": first.headers["etag"]}).status_code == 304


@pytest.mark.parametrize("query", ["width=279", "width=1201", "width=wide", "scale=0", "scale=5", "scale=1.5"])
def test_sizes_have_bounds(client: TestClient[Litestar], query: str) -> None:
    reply = client.get(f"{PATH}?f=png&{query}")
    assert reply.status_code == 400
    assert query.split("=", maxsplit=1)[0] in reply.json()["detail"]


def test_without_a_japanese_font_it_says_so(
    client: TestClient[Litestar], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    svg_to_png.cache_clear()
    monkeypatch.setattr(fonts, "_FOLDERS", (str(tmp_path),))
    fonts._candidates.cache_clear()  # noqa: SLF001 (a machine without fonts)
    try:
        reply = client.get(f"{PATH}?f=png&width=701")  # a picture that nobody has asked for yet
        assert reply.status_code == 503
        assert reply.json()["type"] == "/problems/not-installed"
        assert "fonts-noto-cjk" in reply.json()["detail"]
        assert "f=svg" in reply.json()["detail"]
        assert client.get(f"{PATH}?f=svg").status_code == 200
    finally:
        fonts._candidates.cache_clear()  # noqa: SLF001


def test_a_character_that_no_font_has_is_named() -> None:
    with pytest.raises(NotInstalledError, match="No font on this machine can write"):
        fonts.find_fonts("A\U0010fffd")


def test_what_is_not_drawn_by_itself_needs_no_font() -> None:
    if not can_write("A"):
        pytest.skip("this machine has no font at all")
    family, files = fonts.find_fonts("A b\u200b\ufe0f\n")
    assert family
    assert files[0].is_file()
