"""Protobuf's wire format: the fields of a message, and packed numbers by the thousand."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiles.verify.problems import BrokenError

VARINT: Final = 0
FIXED64: Final = 1
BYTES: Final = 2
FIXED32: Final = 5

_LONGEST_VARINT: Final = 10
_FIXED: Final = {FIXED64: 8, FIXED32: 4}


class Field(NamedTuple):
    """One field of a message. ``value`` is the number of a varint; ``begin`` and ``end`` are where its bytes lie."""

    number: int
    kind: int
    value: int
    begin: int
    end: int


def fields(data: bytes, begin: int, end: int) -> Iterator[Field]:
    """The fields of the message in ``data[begin:end]``.

    Raises:
        BrokenError: it breaks off, or is no message.
    """
    while begin < end:
        tag, begin = varint(data, begin, end)
        number, kind = tag >> 3, tag & 7
        value, after = 0, begin
        if kind == VARINT:
            value, after = varint(data, begin, end)
        elif kind == BYTES:
            length, begin = varint(data, begin, end)
            after = begin + length
        elif kind in _FIXED:
            after = begin + _FIXED[kind]
        else:
            raise BrokenError("protobuf", f"field {number} has the unknown wire type {kind}")
        if number == 0 or after > end:
            raise BrokenError("protobuf", "the message breaks off" if number else "a field has the number 0")
        yield Field(number, kind, value, begin, after)
        begin = after


def varint(data: bytes, begin: int, end: int) -> tuple[int, int]:
    """The number at ``begin``, and where it ends.

    Raises:
        BrokenError: it breaks off at ``end``, or is too long.
    """
    if begin < end and data[begin] < 0x80:  # noqa: PLR2004 (the last byte of a varint)
        return data[begin], begin + 1
    result = shift = 0
    for at in range(begin, min(end, begin + _LONGEST_VARINT)):
        byte = data[at]
        result |= (byte & 0x7F) << shift
        if byte < 0x80:  # noqa: PLR2004 (the last byte of a varint)
            return result, at + 1
        shift += 7
    raise BrokenError("protobuf", "a number breaks off or is too long")


def packed(data: bytes, spans: list[tuple[int, int]]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The numbers in several packed fields, all in one array, and where each field's begin in it (n + 1,).

    Raises:
        BrokenError: a number breaks off or is too long.
    """
    lengths = np.array([end - begin for begin, end in spans], dtype=np.int64)
    content = np.frombuffer(b"".join(data[begin:end] for begin, end in spans), dtype=np.uint8)
    is_last = content < 0x80  # noqa: PLR2004 (the last byte of a varint)
    borders = np.concatenate(([0], np.cumsum(lengths)))
    if (lengths > 0).any() and not is_last[borders[1:][lengths > 0] - 1].all():
        raise BrokenError("protobuf", "a packed number breaks off")
    ends = np.flatnonzero(is_last) + 1
    starts = np.concatenate(([0], ends[:-1])) if len(ends) else ends
    place = np.arange(len(content)) - np.repeat(starts, ends - starts)
    if len(place) and place.max() >= _LONGEST_VARINT:
        raise BrokenError("protobuf", "a packed number is too long")
    bits = (content & 0x7F).astype(np.uint64) << (7 * place).astype(np.uint64)
    numbers = np.add.reduceat(bits, starts) if len(starts) else bits
    return numbers, np.searchsorted(ends, borders, side="right")
