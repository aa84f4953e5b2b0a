"""From a file that somebody sends to pictures that may be shown: upright, in sRGB, in a few sizes, and nothing else.

The pixels alone are taken over. Position, camera, owner, comments and hidden previews stay behind, because what is
written is a new picture that never had them.
"""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import Final

import pillow_heif
from PIL import Image, ImageCms
from PIL.ExifTags import Base

from guide.domain.errors import DeskError
from guide.domain.photo import PhotoName, PhotoSize

MOST_BYTES: Final = 30 * 2**20
"""The largest file: a telephone's best picture has a third of it."""

MOST_PIXELS: Final = 60_000_000
"""Telephones take up to 50 million. A file of some bytes may claim billions: its head says so before it is opened."""

LEAST_SIDE: Final = 200
"""What is smaller is a thumbnail, which nobody wants to see large."""

_FORMATS: Final = ("JPEG", "PNG", "WEBP", "HEIF")
_QUALITY: Final = 82
_WHITE: Final = (255, 255, 255)
_SRGB: Final = ImageCms.createProfile("sRGB")
_HASH_CHARACTERS: Final = 24
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What puts a picture upright, by how the camera says that it was held (Exif 2.32, tag 0x0112)."""
_AT_WORK: Final = Lock()
"""One picture at a time: two large ones together could take all memory of a small machine."""

pillow_heif.register_heif_opener(thumbnails=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Developed:
    """A photo in every size, as JPEG."""

    name: PhotoName
    pictures: dict[PhotoSize, bytes]


def develop(content: bytes) -> Developed:
    """The pictures of a file; the same ones for the same file.

    Raises:
        DeskError: it is too large, too small, damaged, or no photo at all.
    """
    if len(content) > MOST_BYTES:
        raise DeskError("photo.too-many-bytes", most=MOST_BYTES // 2**20)
    with _AT_WORK:
        seen = _open(content)
        pictures = {size: _as_jpeg(_no_larger(seen, size)) for size in PhotoSize}
    width, height = _no_larger(seen, PhotoSize.LARGE).size
    name = PhotoName(
        hash=hashlib.sha256(pictures[PhotoSize.LARGE]).hexdigest()[:_HASH_CHARACTERS], width=width, height=height
    )
    return Developed(name=name, pictures=pictures)


def _open(content: bytes) -> Image.Image:
    """What is seen on a photo, as large as it will ever be needed."""
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as image:
            _check_size(image.size)
            image.draft("RGB", (2 * PhotoSize.LARGE, 2 * PhotoSize.LARGE))  # a JPEG need not be opened in full
            held, profile = image.getexif().get(Base.Orientation), image.info.get("icc_profile")
            small = _no_larger(_plain(image), PhotoSize.LARGE)
            turn = _TURNS.get(held) if isinstance(held, int) else None
            return _in_srgb(small if turn is None else small.transpose(turn), profile)
    except DeskError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except Exception as error:
        # Whatever a decoder makes of a file that was made to hurt it: OSError, ValueError, SyntaxError, struct.error …
        raise DeskError("photo.unreadable") from error


def _check_size(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > MOST_PIXELS:
        raise _too_many_pixels()
    if max(size) < LEAST_SIDE:
        raise DeskError("photo.too-small", least=LEAST_SIDE)


def _too_many_pixels() -> DeskError:
    return DeskError("photo.too-many-pixels", most=MOST_PIXELS // 1_000_000)


def _plain(image: Image.Image) -> Image.Image:
    """Eight bits a channel, no palette: what can be made smaller."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode == "P":
        return image.convert("RGBA" if "transparency" in image.info else "RGB")
    return image.convert("RGB") if image.mode not in {"RGB", "RGBA", "L", "LA", "CMYK"} else image


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as every screen takes them; what is seen through is white."""
    if image.mode in {"RGBA", "LA"}:
        alpha = image.getchannel("A")
        opaque = Image.new("RGB", image.size, _WHITE)
        opaque.paste(image.convert("RGB"), mask=alpha)
        image = opaque
    if profile and image.mode in {"RGB", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
            return converted if converted is not None else image.convert("RGB")
        except (ImageCms.PyCMSError, OSError):
            return image.convert("RGB")  # a profile that is none: the numbers as they are
    return image.convert("RGB")


def _no_larger(image: Image.Image, side: int) -> Image.Image:
    """The picture with its longer side at most so long; never larger than it was."""
    longer = max(image.size)
    if longer <= side:
        return image
    width, height = (max(1, round(length * side / longer)) for length in image.size)
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _as_jpeg(image: Image.Image) -> bytes:
    """A new picture of the same pixels: comments and the like, which Pillow would carry along, are not copied."""
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    buffer = BytesIO()
    clean.save(buffer, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return buffer.getvalue()
