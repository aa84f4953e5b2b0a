"""The index: which entries a word may mean, best first, in some milliseconds.

Every name is folded to one spelling (guide.api.search.fold) and cut into its letters and pairs of letters, both ends
marked. How many of a word's pairs a name has is one sum over short lists; only the names with the most of them are then
looked at closely, for what people typed exactly, began to type, or mistyped.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from guide.api.search.entries import Entry, EntryKind, LngLat
from guide.api.search.fold import fold

_LOOKED_AT: Final = 200
"""Names that are looked at closely."""

_EXACT, _BEGINS, _HOLDS = 1.0, 0.9, 0.8
_MISTYPED: Final = 0.6
"""What a name is worth that has one letter wrong; each further one takes as much again as 0.6 from 0.8."""

_WORD_OF_KIND: Final = 0.75
"""What it is worth to be of the kind that was asked for, instead of having that name."""

_OF_KIND: Final = {EntryKind.SLOPE: 0.2, EntryKind.LANDMARK: 0.05, EntryKind.STREET: 0.0}
"""Slopes first: more than nearness can outweigh."""

_NEARNESS: Final = 0.09
_FAR_M: Final = 20_000.0
_METRES_A_DEGREE: Final = 111_195.0
_LONGER: Final = 0.0005
"""What each further letter of a name takes away: of two names that begin alike the shorter is meant."""

_FOUR: Final = 4
_EIGHT: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An entry that was found: how well it fits (about 0 to 1.2), which name did, and how far away it is."""

    entry: Entry
    score: float
    name: str
    distance_m: float | None


class SearchIndex:
    """All names of an area's entries. ``key_entry`` (K,) is the entry of each key."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._keys: list[str] = []
        self._written: list[str] = []
        key_entry: list[int] = []
        worth: list[float] = []
        for place, entry in enumerate(entries):
            spelled = [(name, 1.0) for name in entry.names] + [(word, _WORD_OF_KIND) for word in entry.words]
            seen: set[str] = set()
            for written, value in spelled:
                key = fold(written)
                if key and key not in seen:
                    seen.add(key)
                    self._keys.append(key)
                    self._written.append(written)
                    key_entry.append(place)
                    worth.append(value)
        self._key_entry = np.array(key_entry, dtype=np.int64)
        self._worth = np.array(worth)
        self._lengths = np.array([len(key) for key in self._keys], dtype=np.int64)
        self._bonus = np.array([_OF_KIND[entry.kind] for entry in entries])[self._key_entry] if key_entry else worth
        self._places = np.array([entry.place or (math.nan, math.nan) for entry in entries]).reshape(-1, 2)
        self._holding = _postings(self._keys)

    def search(
        self, text: str, *, near: LngLat | None = None, kinds: frozenset[EntryKind] | None = None, limit: int = 10
    ) -> list[Hit]:
        """The entries that a text may mean, best first, each once."""
        wanted = fold(text)
        if not wanted or not self._keys:
            return []
        distance_m = None if near is None else self._distances_m(near)
        farness = None if distance_m is None else _farness(distance_m)
        best: dict[int, tuple[float, int]] = {}
        for key in self._candidates(wanted, farness).tolist():
            entry = int(self._key_entry[key])
            if kinds is not None and self._entries[entry].kind not in kinds:
                continue
            fit = _fit(wanted, self._keys[key])
            if fit == 0:
                continue
            score = fit * float(self._worth[key]) + float(self._bonus[key]) - _LONGER * float(self._lengths[key])
            if farness is not None:
                score -= float(farness[entry])
            if entry not in best or score > best[entry][0]:
                best[entry] = (score, key)
        ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:limit]
        return [
            Hit(
                entry=self._entries[entry],
                score=round(score, 4),
                name=self._written[key],
                distance_m=None if distance_m is None or np.isnan(distance_m[entry]) else float(distance_m[entry]),
            )
            for entry, (score, key) in ranked
        ]

    def _candidates(self, wanted: str, farness: NDArray[np.float64] | None) -> NDArray[np.int64]:
        """The keys that have the most in common with a word, the likeliest of equal ones; in no order."""
        grams = [self._holding[gram] for gram in _grams(wanted) if gram in self._holding]
        if not grams:
            return np.empty(0, dtype=np.int64)
        shared = np.bincount(np.concatenate(grams), minlength=len(self._keys)).astype(np.float64)
        likely = shared / len(_grams(wanted)) + self._bonus - _LONGER * self._lengths
        if farness is not None:
            likely -= farness[self._key_entry]
        likely[shared == 0] = -np.inf
        count = min(_LOOKED_AT, int(np.count_nonzero(shared)))
        found: NDArray[np.int64] = np.argpartition(-likely, count - 1)[:count]
        return found

    def _distances_m(self, near: LngLat) -> NDArray[np.float64]:
        """Metres from a place to each entry, on a plane: the farther away, the less it matters."""
        longitude, latitude = near
        east = (self._places[:, 0] - longitude) * math.cos(math.radians(latitude))
        north = self._places[:, 1] - latitude
        distance_m: NDArray[np.float64] = np.hypot(east, north) * _METRES_A_DEGREE
        return distance_m


def _farness(distance_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """What distance takes from a score: nothing at the place itself, all it can at 20 km."""
    share = np.log1p(np.nan_to_num(distance_m, nan=_FAR_M) / 100) / math.log1p(_FAR_M / 100)
    farness: NDArray[np.float64] = _NEARNESS * np.minimum(share, 1.0)
    return farness


def _fit(wanted: str, key: str) -> float:
    """How well a name fits what was typed; 0 if it does not."""
    if key == wanted:
        return _EXACT
    if key.startswith(wanted):
        return _BEGINS
    if wanted in key:
        return _HOLDS
    allowed = 0 if len(wanted) < _FOUR else 1 if len(wanted) < _EIGHT else 2
    if allowed == 0:
        return 0.0
    window = fuzz.partial_ratio_alignment(wanted, key, score_cutoff=60)
    if window is None:
        return 0.0
    start, end = window.dest_start, window.dest_end
    mistakes = min(
        OSA.distance(wanted, each, score_cutoff=allowed)
        for each in (key, key[: len(wanted)], key[start:end], key[max(start - 1, 0) : end + 1])
    )
    return 0.0 if mistakes > allowed else _MISTYPED - 0.2 * (mistakes - 1)


def _grams(key: str) -> list[str]:
    """The letters and pairs of letters of a word, each once; its beginning is a letter too."""
    return list(dict.fromkeys([*key, *(first + second for first, second in zip("^" + key, key, strict=False))]))


def _postings(keys: Sequence[str]) -> dict[str, NDArray[np.intp]]:
    """For each gram the keys that have it."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        for gram in _grams(key):
            found[gram].append(place)
    return {gram: np.array(places, dtype=np.intp) for gram, places in found.items()}
