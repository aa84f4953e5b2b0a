"""Photos as cameras and telephones send them, made here: with a position, a preview, a profile, and tricks."""

import io
import struct
import zlib
from fractions import Fraction

import numpy as np
import pillow_heif
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

SECRET = "Kameranummer-4711"
RED, BLUE = (200, 30, 40), (20, 40, 190)


def two_halves(width: int = 2400, height: int = 1600) -> Image.Image:
    """Red on the left, blue on the right: one sees at once how it is turned."""
    pixels = np.empty((height, width, 3), dtype=np.uint8)
    pixels[:, : width // 2] = RED
    pixels[:, width // 2 :] = BLUE
    return Image.fromarray(pixels)


def telling_exif(orientation: int = 1) -> Image.Exif:
    """What a telephone writes beside the pixels."""
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    exif[Base.Make] = SECRET
    exif[Base.Artist] = SECRET
    gps = exif.get_ifd(IFD.GPSInfo)
    gps[GPS.GPSLatitudeRef], gps[GPS.GPSLongitudeRef] = "N", "E"
    gps[GPS.GPSLatitude] = (Fraction(42), Fraction(18), Fraction(1234, 100))
    gps[GPS.GPSLongitude] = (Fraction(140), Fraction(58), Fraction(4321, 100))
    exif.get_ifd(IFD.Exif)[Base.UserComment] = SECRET.encode()
    return exif


def encoded(kind: str, image: Image.Image | None = None, orientation: int = 1) -> bytes:
    """A file of a kind, as telling as the kind allows."""
    pillow_heif.register_heif_opener()
    image = image or two_halves()
    buffer = io.BytesIO()
    exif = telling_exif(orientation)
    match kind:
        case "jpeg":
            image.save(buffer, "JPEG", quality=95, exif=exif, comment=SECRET.encode())
        case "png":
            image.save(buffer, "PNG", exif=exif, compress_level=1)
        case "webp":
            image.save(buffer, "WEBP", quality=90, exif=exif, xmp=f"<x>{SECRET}</x>".encode())
        case "heic":
            image.save(buffer, "HEIF", quality=90, exif=exif.tobytes())
    return buffer.getvalue()


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of some bytes that claims billions of pixels, and would give them."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(10_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
