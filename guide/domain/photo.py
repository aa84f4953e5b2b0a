"""Photos as everything speaks of them: a name that follows from what is seen, and an address that holds for ever."""

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

PHOTO_FOLDER: Final = "photos"
"""Beside everything else that the service keeps."""

_NAME: Final = re.compile(r"([0-9a-f]{24})-(\d{1,4})x(\d{1,4})\.jpg")
_ADDRESS: Final = re.compile(r"/api/([^/]{1,64})/photos/([^/]+)")


class PhotoSize(IntEnum):
    """How large a photo is wanted: its longer side in pixels. None is larger than it was taken."""

    LARGE = 1600
    MEDIUM = 800
    SMALL = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoName:
    """The name of a photo: the hash of its pixels as they are kept, and how wide and high its largest picture is."""

    hash: str
    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.hash}-{self.width}x{self.height}.jpg"

    def file(self, size: PhotoSize) -> str:
        """The name of the file of a size; the largest one is the photo itself."""
        return str(self) if size is PhotoSize.LARGE else f"{self.hash}-{self.width}x{self.height}.{size.value}.jpg"


def find_photo_name(text: str) -> PhotoName | None:
    """The name that a text is, if it is one."""
    found = _NAME.fullmatch(text)
    return PhotoName(hash=found[1], width=int(found[2]), height=int(found[3])) if found else None


def photo_address(area: str, name: PhotoName) -> str:
    """Where visitors find a photo; what a catalogue says in its column ``photo``."""
    return f"/api/{area}/photos/{name}"


def find_photo(area: str, address: str | None) -> PhotoName | None:
    """The photo that an address of an area means; None for those of other places."""
    found = _ADDRESS.fullmatch(address or "")
    return find_photo_name(found[2]) if found and found[1] == area else None


def is_ours(address: str) -> bool:
    """Whether a photo lies on our own server, whichever area it is of."""
    found = _ADDRESS.fullmatch(address)
    return found is not None and find_photo_name(found[2]) is not None
