"""What a leaflet says: plain values, already in one language."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from guide.domain.profile import Profile

FindTile = Callable[[int, int, int], bytes | None]
"""Gives a tile by zoom, column and row, uncompressed; None where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """A tile archive, and its finest zoom."""

    find: FindTile
    most_zoom: int


class Paper(StrEnum):
    """A4 is printed on both sides; A3 holds all on one."""

    A4 = "a4"
    A3 = "a3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A photo as JPEG, what is seen on it, and whose it is."""

    jpeg: bytes
    alt: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """One numbered place of the tour: a slope (``along_m`` of its foot or head, where one meets it) or a landmark.

    ``facts`` is its sentence of measures, ``story`` what is told of it.
    """

    number: int
    name: str
    lng_lat: tuple[float, float]
    along_m: float
    is_slope: bool
    reading: str | None = None
    facts: str | None = None
    story: str | None = None
    photo: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TownSlope:
    """A named slope on a picture of its town: ``line`` (k, 2) in degrees from foot to head."""

    name: str
    line: NDArray[np.float64]
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaflet:
    """A tour ready to be printed.

    ``line`` (k, 2) degrees and ``profile`` are those of the walk; ``summary`` are short facts of the whole (length,
    time, ascent, steps). ``link`` is where the QR code leads. ``sample`` marks a made-up town.
    """

    language: str
    title: str
    subtitle: str | None
    area_name: str
    story: str | None
    summary: tuple[str, ...]
    line: NDArray[np.float64]
    profile: Profile
    stations: tuple[Station, ...]
    warnings: tuple[str, ...]
    link: str
    credits: tuple[str, ...]
    sample: bool = False
