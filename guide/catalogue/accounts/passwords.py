"""Passwords: which ones will do, and their hashes (Argon2id, RFC 9106)."""

from functools import cached_property
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from guide.catalogue.workflow.content import searchable
from guide.domain.errors import DeskError

SHORTEST: Final = 12
LONGEST: Final = 200
_FEWEST_DIFFERENT: Final = 5
_KNOWN_TO_ALL: Final = (
    "password",
    "passw0rd",
    "hyakusaka",
    "qwertyuiop",
    "abcdefgh",
    "12345678",
    "パスワード",
    "letmein",
)
_AT_ONCE: Final = 2
"""Each hash takes 64 MiB for as long as it takes."""


class Passwords:
    """Hashes and compares; a wrong password costs as much time as a right one, and so does a name that nobody has."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = BoundedSemaphore(_AT_ONCE)

    @cached_property
    def _nobodys(self) -> str:
        """A hash that costs as much to compare with as anybody's."""
        return self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """The hash to keep."""
        with self._turns:
            return self._hasher.hash(password)

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether a password is the one that was hashed; None is the hash of nobody's."""
        hashed = kept or self._nobodys
        try:
            with self._turns:
                self._hasher.verify(hashed, password[: LONGEST + 1])
        except (Argon2Error, InvalidHashError):
            return False
        return kept is not None

    def is_dated(self, kept: str) -> bool:
        """Whether a hash was made with less effort than is usual now."""
        return self._hasher.check_needs_rehash(kept)


def require_good(password: str, name: str) -> None:
    """Refuse a password that is too easy (NIST SP 800-63B: length counts, rules of composition do not).

    Raises:
        DeskError: says what is wrong with it.
    """
    plain, own = searchable(password), searchable(name)
    if len(password) < SHORTEST:
        raise DeskError("account.password-short", least=SHORTEST)
    if len(password) > LONGEST:
        raise DeskError("account.password-long", most=LONGEST)
    left = plain.replace(own, "") if own else plain
    for word in _KNOWN_TO_ALL:
        left = left.replace(word, "")
    if len(set(plain)) < _FEWEST_DIFFERENT or len(left) < SHORTEST // 2:
        raise DeskError("account.password-easy")
