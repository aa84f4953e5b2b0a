"""Google's encoded polyline: a line as a short text, five or six decimals of a degree.

Our own: the format is twenty lines, and every OSRM reply is made of it.
"""

from collections.abc import Iterable, Iterator
from typing import Final

_OFFSET: Final = 63
_BITS: Final = 5
_MORE: Final = 0x20


def encode(lng_lat: Iterable[tuple[float, float]], precision: int = 5) -> str:
    """A line of (longitude, latitude) in degrees as text; latitude is written first, as the format has it."""
    scale = 10**precision
    text: list[str] = []
    before_lng = before_lat = 0
    for longitude, latitude in lng_lat:
        lng, lat = round(longitude * scale), round(latitude * scale)
        for step in (lat - before_lat, lng - before_lng):
            value = ~(step << 1) if step < 0 else step << 1
            while value >= _MORE:
                text.append(chr((value & 0x1F | _MORE) + _OFFSET))
                value >>= _BITS
            text.append(chr(value + _OFFSET))
        before_lng, before_lat = lng, lat
    return "".join(text)


def decode(text: str, precision: int = 5) -> list[tuple[float, float]]:
    """The line of a text, (longitude, latitude) in degrees.

    Raises:
        ValueError: the text is no polyline.
    """
    numbers = list(_numbers(text))
    if len(numbers) % 2:
        raise ValueError("a polyline has a longitude for each latitude")
    scale = 10**precision
    line = []
    lng = lat = 0
    for lat_step, lng_step in zip(numbers[::2], numbers[1::2], strict=True):
        lat, lng = lat + lat_step, lng + lng_step
        line.append((lng / scale, lat / scale))
    return line


def _numbers(text: str) -> Iterator[int]:
    value = shift = 0
    for sign in text:
        chunk = ord(sign) - _OFFSET
        if not 0 <= chunk < 2 * _MORE:
            raise ValueError(f"{sign!r} is no sign of a polyline")
        value |= (chunk & 0x1F) << shift
        shift += _BITS
        if not chunk & _MORE:
            yield ~(value >> 1) if value & 1 else value >> 1
            value = shift = 0
    if shift:
        raise ValueError("the polyline ends within a number")
