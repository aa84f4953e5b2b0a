"""Strong entity tags, and whether a client has the bytes already (RFC 9110, section 8.8.3 and 13.1.2)."""

import hashlib
from typing import Final

_DIGEST_BYTES: Final = 12


def tag_of(body: bytes) -> bytes:
    """The tag of a body: its hash, in quotation marks."""
    return b'"' + hashlib.blake2b(body, digest_size=_DIGEST_BYTES).hexdigest().encode() + b'"'


def with_coding(tag: bytes, coding: bytes) -> bytes:
    """The tag of the same body in a coding: other bytes have another strong tag."""
    return tag[:-1] + b"-" + coding + b'"' if coding else tag


def matches(if_none_match: bytes | None, tag: bytes) -> bool:
    """Whether an If-None-Match header names a tag; the comparison is the weak one, as section 13.1.2 has it."""
    if if_none_match is None:
        return False
    if if_none_match == tag:  # what nearly every client sends
        return True
    named = {each.strip().removeprefix(b"W/") for each in if_none_match.split(b",")}
    return b"*" in named or tag.removeprefix(b"W/") in named
