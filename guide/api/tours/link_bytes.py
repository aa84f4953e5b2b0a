"""Small numbers in few bytes, for links."""

import base64
import binascii
from typing import Final

from guide.domain.errors import UsageError

_CHECKSUM: Final = 2


class Writer:
    """Collects bytes, the most significant of a number first."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def put(self, number: int, size: int = 1) -> None:
        """A number in so many bytes."""
        self._bytes += number.to_bytes(size, "big")

    def put_bytes(self, some: bytes) -> None:
        """Bytes as they are."""
        self._bytes += some

    def text(self) -> str:
        """All of it with a checksum, in letters that an address can hold (RFC 4648, section 5)."""
        return base64.urlsafe_b64encode(bytes(self._bytes) + _checksum(self._bytes)).rstrip(b"=").decode()


class Reader:
    """Gives back what a ``Writer`` took.

    Raises:
        UsageError: the text is not what one wrote.
    """

    def __init__(self, text: str) -> None:
        try:
            everything = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        except (ValueError, binascii.Error):
            raise damaged() from None
        self._bytes, checksum = everything[:-_CHECKSUM], everything[-_CHECKSUM:]
        if _checksum(self._bytes) != checksum:
            raise damaged()
        self._at = 0

    def take(self, size: int = 1) -> int:
        """The next number of so many bytes."""
        return int.from_bytes(self.take_bytes(size), "big")

    def take_bytes(self, size: int) -> bytes:
        """The next bytes."""
        some = self._bytes[self._at : self._at + size]
        if len(some) < size:
            raise damaged()
        self._at += size
        return some

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left."""
        return self._at == len(self._bytes)


def damaged() -> UsageError:
    """The error of a link that cannot be read."""
    return UsageError("This link is damaged or incomplete. Copy the whole of it once more, or scan the code again.")


def _checksum(some: bytes | bytearray) -> bytes:
    return (binascii.crc32(some) & 0xFFFF).to_bytes(_CHECKSUM, "big")
