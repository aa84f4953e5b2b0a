"""What comes out of a photo is its pixels, upright and in sRGB, and nothing that was written beside them."""

import io

import numpy as np
import pytest
from PIL import Image, ImageCms

from guide.catalogue.photos import develop as develop_module
from guide.catalogue.photos.develop import MOST_BYTES, develop
from guide.domain.errors import DeskError
from guide.domain.photo import PhotoSize, find_photo, find_photo_name, photo_address
from tests.catalogue.photos.pictures import BLUE, RED, SECRET, bomb, encoded, two_halves

KINDS = ("jpeg", "png", "webp", "heic")


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def near(pixel: object, colour: tuple[int, int, int]) -> bool:
    return bool(np.abs(np.subtract(pixel, colour)).max() <= 12)  # type: ignore[call-overload]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_becomes_three_pictures_that_tell_nothing(kind: str) -> None:
    content = encoded(kind)
    assert SECRET.encode() in content
    photo = develop(content)
    sizes = {size: opened(picture).size for size, picture in photo.pictures.items()}
    assert sizes == {PhotoSize.LARGE: (1600, 1067), PhotoSize.MEDIUM: (800, 534), PhotoSize.SMALL: (400, 267)}
    assert str(photo.name).endswith("-1600x1067.jpg")
    for picture in photo.pictures.values():
        image = opened(picture)
        assert image.format == "JPEG"
        assert not image.getexif()
        assert not {"exif", "icc_profile", "comment", "xmp", "photoshop"} & image.info.keys()
        assert SECRET.encode() not in picture
        assert near(image.getpixel((20, 20)), RED)
        assert near(image.getpixel((image.width - 20, 20)), BLUE)


@pytest.mark.parametrize(
    ("orientation", "red_at"),
    [(1, "left"), (2, "right"), (3, "right"), (4, "left"), (5, "top"), (6, "top"), (7, "bottom"), (8, "bottom")],
)
def test_it_is_turned_as_it_was_held_before_that_is_forgotten(orientation: int, red_at: str) -> None:
    picture = opened(develop(encoded("jpeg", two_halves(1200, 800), orientation)).pictures[PhotoSize.LARGE])
    wide = orientation < 5
    assert picture.size == ((1200, 800) if wide else (800, 1200))
    width, height = picture.size
    middle = (width // 2, height // 2)
    places = {
        "left": (20, middle[1]), "right": (width - 20, middle[1]), "top": (middle[0], 20),
        "bottom": (middle[0], height - 20),
    }  # fmt: skip
    assert near(picture.getpixel(places[red_at]), RED)


def test_a_heic_is_turned_once() -> None:
    picture = opened(develop(encoded("heic", two_halves(1200, 800), 6)).pictures[PhotoSize.LARGE])
    assert picture.size == (800, 1200)
    assert near(picture.getpixel((400, 20)), RED)


def test_colours_of_another_profile_are_those_of_every_screen() -> None:
    buffer = io.BytesIO()
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    two_halves(600, 400).save(buffer, "JPEG", quality=95, icc_profile=lab)
    assert near(opened(develop(buffer.getvalue()).pictures[PhotoSize.LARGE]).getpixel((20, 20)), RED)
    broken = io.BytesIO()
    two_halves(600, 400).save(broken, "JPEG", quality=95, icc_profile=b"no profile")
    assert near(opened(develop(broken.getvalue()).pictures[PhotoSize.LARGE]).getpixel((20, 20)), RED)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "CMYK", "I;16", "1"])
def test_every_way_to_keep_colours_is_read(mode: str) -> None:
    image = two_halves(600, 400)
    if mode == "I;16":
        image = Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 256)
    elif mode == "LA":
        image = image.convert("L").convert("LA")
    else:
        image = image.convert(mode)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG" if mode == "CMYK" else "PNG")
    picture = opened(develop(buffer.getvalue()).pictures[PhotoSize.LARGE])
    assert picture.mode == "RGB"
    left, right = picture.getpixel((20, 20)), picture.getpixel((580, 20))
    assert left != right


def test_what_is_seen_through_is_white() -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (400, 400), (10, 200, 10, 0)).save(buffer, "PNG")
    assert near(opened(develop(buffer.getvalue()).pictures[PhotoSize.LARGE]).getpixel((5, 5)), (255, 255, 255))


def test_a_small_photo_is_not_made_larger() -> None:
    photo = develop(encoded("jpeg", two_halves(300, 240)))
    assert {opened(picture).size for picture in photo.pictures.values()} == {(300, 240)}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "photo.unreadable"),
        (b"%PDF-1.7 hello", "photo.unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "photo.unreadable"),
        (b"GIF89a" + bytes(400), "photo.unreadable"),
        (b"\xff\xd8\xff" + bytes(500), "photo.unreadable"),
        (encoded("jpeg")[:20_000], "photo.unreadable"),
        (encoded("png")[:5_000], "photo.unreadable"),
        (encoded("heic")[:3_000], "photo.unreadable"),
        (encoded("webp")[:1_000], "photo.unreadable"),
        (bomb(), "photo.too-many-pixels"),
        (bomb(9_000, 9_000), "photo.too-many-pixels"),
        (bomb(2_000_000_000, 2_000_000_000), "photo.too-many-pixels"),
        (encoded("png", two_halves(120, 80)), "photo.too-small"),
    ],
)
def test_what_is_no_photo_is_told(content: bytes, code: str) -> None:
    with pytest.raises(DeskError) as caught:
        develop(content)
    assert caught.value.code == code
    for language in ("ja", "en"):
        assert caught.value.said(language)


def test_a_file_that_is_too_large_is_not_even_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(develop_module.Image, "open", lambda *_args, **_names: pytest.fail("opened"))
    with pytest.raises(DeskError) as caught:
        develop(bytes(MOST_BYTES + 1))
    assert caught.value.code == "photo.too-many-bytes"


def test_a_name_follows_from_what_is_seen() -> None:
    one, again = develop(encoded("png")), develop(encoded("png", orientation=1))
    assert one.name == again.name
    assert develop(encoded("png", two_halves(2400, 1500))).name != one.name
    address = photo_address("town", one.name)
    assert find_photo("town", address) == one.name
    assert find_photo("elsewhere", address) is None
    for odd in ("", None, "https://x.example/a.jpg", f"/api/town/photos/../{one.name}", "/api/town/photos/x.jpg"):
        assert find_photo("town", odd) is None
    assert find_photo_name(f"{one.name}/..") is None
