"""A tour in a link: short, without a database, and it still opens after a rebuild.

A link holds who walks and the halts, slopes and landmarks by a fingerprint of their ids. What a fingerprint says is
looked up in the area as it is then; what is no longer there is told, and the rest of the tour stays.

    1 byte      version
    1 byte      preset (3 bits), stairs (2), slopes (2), winter (1)
    1 byte      what follows (1 bit each): departure, pace, limit up, limit down, speed
    …           these, in this order: 2 bytes of minutes, then 1 byte each
    …           the halts
    2 bytes     a checksum

A halt is a byte of kind (2 bits: point, slope, landmark, or back at the first halt), direction (2), and whether its
fingerprint is long, a stay follows, and times follow (1 bit each); then the fingerprint, 3 bytes, or 6 where 3 would
fit two ids of the area, or longitude and latitude in 4 bytes each; then the stay in minutes, and both times in
minutes, 2 bytes each.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeVar

from guide.api.routes.request import WalkerRequest
from guide.api.tours.clock import seconds_of, time_text
from guide.api.tours.link_bytes import Reader, Writer, damaged
from guide.api.tours.request import MOST_HALTS, HaltRequest, TourRequest
from guide.domain.route import Direction
from guide.domain.walker import Preset, Season, SlopesChoice, Speed, StepsChoice

VERSION: Final = 1
LONGEST: Final = 1600

_SHORT, _LONG = 3, 6
_PER_DEGREE: Final = 1_000_000
_PER_PACE: Final = 50
_PER_PERCENT: Final = 2
_HALF_CIRCLE: Final = 180

_POINT, _SLOPE, _LANDMARK, _BACK = range(4)
_PRESETS: Final = (Preset.TOURIST, Preset.FIT, Preset.FAMILY, Preset.STROLLER, Preset.WHEELCHAIR)
_STEPS: Final = (None, StepsChoice.ALLOW, StepsChoice.AVOID, StepsChoice.NEVER)
_SLOPES: Final = (None, SlopesChoice.SEEK, SlopesChoice.NEUTRAL, SlopesChoice.AVOID)
_SPEEDS: Final = (Speed.TOBLER, Speed.DIN33466, Speed.LANGMUIR)
_DIRECTIONS: Final = (Direction.ANY, Direction.UP, Direction.DOWN)
# Places in these are what links hold, so nothing is ever reordered or taken out.

_T = TypeVar("_T")


class Fingerprints:
    """The fingerprints of some ids, each told from all others: in few bytes, if these will do."""

    def __init__(self, names: Iterable[str]) -> None:
        self._alike: dict[bytes, list[str]] = {}
        for name in names:
            self._alike.setdefault(_digest(name)[:_SHORT], []).append(name)

    def of(self, name: str) -> bytes:
        """The fingerprint of an id."""
        whole = _digest(name)
        return whole if len(self._alike.get(whole[:_SHORT], ())) > 1 else whole[:_SHORT]

    def find(self, print_: bytes) -> str | None:
        """The one id with a fingerprint."""
        found = [name for name in self._alike.get(print_[:_SHORT], ()) if _digest(name).startswith(print_)]
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ids:
    """The ids of an area that a link can name."""

    slopes: Fingerprints
    landmarks: Fingerprints


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTour:
    """What a link says: halts and walker, and which halts (counted from 1) are no longer there."""

    request: TourRequest
    vanished: tuple[int, ...]


def to_link(tour: TourRequest, ids: Ids) -> str:
    """The text that keeps a tour."""
    out = Writer()
    out.put(VERSION)
    _put_walker(out, tour)
    for number, halt in enumerate(tour.halts):
        is_back = number > 0 and halt.lng_lat is not None and halt.lng_lat == tour.halts[0].lng_lat
        _put_halt(out, halt, ids, is_back=is_back)
    return out.text()


def from_link(text: str, ids: Ids) -> KeptTour:
    """The tour that a text keeps, in an area as it is now.

    Raises:
        UsageError: the text is damaged, or of a version that is not known here.
    """
    if len(text) > LONGEST:
        raise damaged()
    source = Reader(text)
    if source.take() != VERSION:
        raise damaged()
    walker, depart = _take_walker(source)
    halts: list[HaltRequest] = []
    vanished = []
    number = 0
    while not source.is_empty:
        number += 1
        halt = _take_halt(source, halts[0] if halts else None, ids)
        if halt is None:
            vanished.append(number)
        else:
            halts.append(halt)
        if number > MOST_HALTS:
            raise damaged()
    return KeptTour(request=TourRequest(halts=halts, walker=walker, depart=depart), vanished=tuple(vanished))


def _put_walker(out: Writer, tour: TourRequest) -> None:
    walker = tour.walker
    limits = [walker.max_grade_up_percent, walker.max_grade_down_percent]
    out.put(
        _PRESETS.index(walker.preset) << 5
        | _STEPS.index(walker.steps) << 3
        | _SLOPES.index(walker.slopes) << 1
        | (walker.season is Season.WINTER)
    )
    given = [tour.depart, walker.pace, *limits, walker.speed]
    out.put(sum((each is not None) << bit for bit, each in enumerate(given)))
    if tour.depart is not None:
        out.put(round(seconds_of(tour.depart) / 60), 2)
    if walker.pace is not None:
        out.put(round(walker.pace * _PER_PACE))
    for limit in limits:
        if limit is not None:
            out.put(round(limit * _PER_PERCENT))
    if walker.speed is not None:
        out.put(_SPEEDS.index(walker.speed))


def _take_walker(source: Reader) -> tuple[WalkerRequest, str | None]:
    choices, given = source.take(), source.take()
    depart = time_text(60 * source.take(2)) if given & 1 else None
    pace = source.take() / _PER_PACE if given & 2 else None
    limits = [source.take() / _PER_PERCENT if given & bit else None for bit in (4, 8)]
    speed = _at(_SPEEDS, source.take()) if given & 16 else None
    walker = WalkerRequest(
        preset=_at(_PRESETS, choices >> 5),
        steps=_at(_STEPS, choices >> 3 & 3),
        slopes=_at(_SLOPES, choices >> 1 & 3),
        season=Season.WINTER if choices & 1 else None,
        pace=pace,
        max_grade_up_percent=limits[0],
        max_grade_down_percent=limits[1],
        speed=speed,
    )
    return walker, depart


def _put_halt(out: Writer, halt: HaltRequest, ids: Ids, *, is_back: bool) -> None:
    kind = _BACK if is_back else _POINT if halt.lng_lat else _SLOPE if halt.slope else _LANDMARK
    print_ = b""
    if kind in {_SLOPE, _LANDMARK}:
        print_ = (ids.slopes if kind == _SLOPE else ids.landmarks).of(halt.slope or halt.landmark or "")
    stays, timed = halt.stay_min > 0, halt.between is not None
    out.put(kind << 6 | _DIRECTIONS.index(halt.direction) << 4 | (len(print_) == _LONG) << 2 | stays << 1 | timed)
    out.put_bytes(print_)
    if kind == _POINT and halt.lng_lat is not None:
        for degrees in halt.lng_lat:
            out.put(round((degrees + _HALF_CIRCLE) * _PER_DEGREE), 4)
    if stays:
        out.put(round(halt.stay_min), 2)
    for each in halt.between or ():
        out.put(round(seconds_of(each) / 60), 2)


def _take_halt(source: Reader, first: HaltRequest | None, ids: Ids) -> HaltRequest | None:
    """The next halt; None if it is no longer there."""
    head = source.take()
    kind, direction = head >> 6, _at(_DIRECTIONS, head >> 4 & 3)
    found: str | None = None
    lng_lat: tuple[float, float] | None = None
    if kind in {_SLOPE, _LANDMARK}:
        print_ = source.take_bytes(_LONG if head & 4 else _SHORT)
        found = (ids.slopes if kind == _SLOPE else ids.landmarks).find(print_)
    elif kind == _POINT:
        lng, lat = (source.take(4) / _PER_DEGREE - _HALF_CIRCLE for _ in range(2))
        lng_lat = round(lng, 6), round(lat, 6)
    elif first is not None:
        lng_lat = first.lng_lat
    stay_min = float(source.take(2)) if head & 2 else 0.0
    between = None
    if head & 1:
        between = time_text(60 * source.take(2)), time_text(60 * source.take(2))
    if found is None and lng_lat is None:
        return None
    return HaltRequest(
        lng_lat=lng_lat,
        slope=found if kind == _SLOPE else None,
        landmark=found if kind == _LANDMARK else None,
        direction=direction,
        stay_min=stay_min,
        between=between,
    )


def _digest(name: str) -> bytes:
    return hashlib.blake2b(name.encode(), digest_size=_LONG).digest()


def _at(choices: tuple[_T, ...], place: int) -> _T:
    if place >= len(choices):
        raise damaged()
    return choices[place]
