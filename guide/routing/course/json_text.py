"""Numbers as JSON text of one width, written once for a whole network: a walk's JSON is then one gather of rows.

The texts of an array are one array of bytes, (n,) of dtype ``S``: each a value and a comma, blanks in front, which JSON
does not mind. Writing numbers is what answers otherwise spend most of their time on.
"""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Texts = NDArray[np.bytes_]

POSITION_DIGITS: Final = 6  # a tenth of a metre
HEIGHT_DIGITS: Final = 1
PROFILE_DIGITS: Final = 2

_BLANK, _MINUS, _POINT, _ZERO = (ord(sign) for sign in " -.0")
_KM_10: Final = 10_000


def number_texts(values: NDArray[np.float64], digits: int) -> Texts:
    """Each value with so many decimals, then a comma; ``null`` where it is not a number."""
    return _as_texts(np.hstack((_decimals(values, digits), _column(len(values), b","))))


def position_texts(lng_lat: NDArray[np.float64], elevation_m: NDArray[np.float64]) -> Texts:
    """RFC 7946 positions and a comma; the height is left out where it is not known."""
    count = len(lng_lat)
    height = np.hstack((_column(count, b","), _decimals(elevation_m, HEIGHT_DIGITS)))
    height[np.isnan(elevation_m)] = _BLANK
    parts = (
        _column(count, b"["),
        _decimals(lng_lat[:, 0], POSITION_DIGITS),
        _column(count, b","),
        _decimals(lng_lat[:, 1], POSITION_DIGITS),
        height,
        _column(count, b"],"),
    )
    return _as_texts(np.hstack(parts))


def position_text(lng_lat: tuple[float, float], elevation_m: float) -> bytes:
    """One row of ``position_texts``, without its width."""
    lng, lat = lng_lat
    place = (_plus(lng, POSITION_DIGITS), _plus(lat, POSITION_DIGITS))
    if elevation_m != elevation_m:  # noqa: PLR0124 (not a number)
        return b"[%.6f,%.6f]," % place
    return b"[%.6f,%.6f,%.1f]," % (*place, _plus(elevation_m, HEIGHT_DIGITS))


def number_text(value: float, digits: int) -> bytes:
    """One row of ``number_texts``, without its width."""
    return b"null," if value != value else b"%.*f," % (digits, _plus(value, digits))  # noqa: PLR0124 (not a number)


def _plus(value: float, digits: int) -> float:
    """The value, but 0 where rounding would make it -0."""
    return 0.0 if -0.5 * 10.0**-digits <= value < 0 else value


def array_text(texts: Texts) -> bytes:
    """A JSON array of the values whose texts these are."""
    return b"[" + texts.tobytes()[:-1] + b"]"


def rising_array_text(distance_m: NDArray[np.float64]) -> bytes:
    """A JSON array of distances (k,) from 0 on, with ``PROFILE_DIGITS`` decimals.

    Distances along a walk are sums, so that their texts cannot be written before. What is before and behind the point
    is looked up instead, as the two ends of eight bytes.
    """
    if distance_m[-1] >= _KM_10 - 1:
        return array_text(number_texts(distance_m, PROFILE_DIGITS))
    centimetres = (distance_m * 100 + 0.5).astype(np.int64)
    metres = centimetres // 100
    whole, hundredths = _tables()
    texts: NDArray[np.uint64] = whole[metres] | hundredths[centimetres - 100 * metres]
    return b"[" + texts.tobytes()[:-1] + b"]"


@cache
def _tables() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The texts of 0 to 9,999 with nothing behind, and of ``.00,`` to ``.99,`` with nothing in front: 8 bytes each."""
    whole = np.zeros((_KM_10, 8), dtype=np.uint8)
    whole[:, :4] = _decimals(np.arange(_KM_10, dtype=np.float64), 0)
    rest = np.zeros((100, 8), dtype=np.uint8)
    rest[:, 4:7] = _decimals(np.arange(100) / 100, PROFILE_DIGITS)[:, -3:]
    rest[:, 7] = ord(",")
    return whole.view(np.uint64).ravel(), rest.view(np.uint64).ravel()


def _decimals(values: NDArray[np.float64], digits: int) -> NDArray[np.uint8]:
    """(n, width) ASCII, blanks in front."""
    known = np.isfinite(values)
    scaled = np.rint(np.where(known, values, 0.0) * 10.0**digits).astype(np.int64)
    rest = np.abs(scaled)
    places = max(len(str(int(rest.max(initial=0)))), digits + 1)
    width = max(1 + places + (digits > 0), len(b"null"))
    text = np.full((len(values), width), _BLANK, dtype=np.uint8)
    column = width
    for place in range(places):
        if place == digits > 0:
            column -= 1
            text[:, column] = _POINT
        column -= 1
        rest, digit = np.divmod(rest, 10)
        shown = (place <= digits) | (rest > 0) | (digit > 0)
        text[:, column] = np.where(shown, _ZERO + digit, _BLANK)
    negative = np.flatnonzero(scaled < 0)
    text[negative, (text[negative] != _BLANK).argmax(axis=1) - 1] = _MINUS
    text[~known] = np.frombuffer(b"null".rjust(width), dtype=np.uint8)
    used = np.flatnonzero((text != _BLANK).any(axis=0))
    return text[:, used[0] :] if len(used) else text


def _column(count: int, sign: bytes) -> NDArray[np.uint8]:
    return np.tile(np.frombuffer(sign, dtype=np.uint8), (count, 1))


def _as_texts(rows: NDArray[np.uint8]) -> Texts:
    rows = np.ascontiguousarray(rows)
    return rows.view(f"S{rows.shape[1]}").ravel()
