"""What a street is before it meets the others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from tiles.sample import lines
from tiles.sample.terrain import Floats

Tags = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A made-up name: as written, in English, and how it is read."""

    ja: str
    en: str
    kana: str
    romaji: str

    @property
    def tags(self) -> dict[str, str]:
        """The name as OpenStreetMap writes it."""
        return {
            "name": self.ja,
            "name:ja": self.ja,
            "name:en": self.en,
            "name:ja-Hira": self.kana,
            "name:ja_rm": self.romaji,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of a street that is an OSM way of its own.

    ``layer`` other than 0 meets other streets at its ends only; ``backwards`` is drawn from its far end.
    """

    line: Floats
    tags: Tags = field(default_factory=dict)
    layer: int = 0
    backwards: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A street as drawn: its parts end to end, what all of them are, and its name.

    A street of one part is cut into ways of ordinary length unless it is ``whole``. The ends of a street that
    is ``joined`` are carried to the next street if one is near.
    """

    parts: tuple[Part, ...]
    tags: Tags
    name: Name | None = None
    slope_id: str | None = None
    slope: bool = False
    whole: bool = False
    joined: bool = True


def road(kind: str, line: Floats, name: Name | None = None, **tags: str) -> Draft:
    """A street of one part."""
    return Draft(parts=(Part(line=line),), tags={"highway": kind, **tags}, name=name)


def cut(line: Floats, *at_m: float) -> tuple[Floats, ...]:
    """``line`` in pieces, cut at distances along it."""
    distance = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))))
    bounds = (0.0, *at_m, lines.length(line))
    return tuple(
        np.column_stack(
            [
                np.interp(
                    np.concatenate(([low], distance[(distance > low) & (distance < high)], [high])),
                    distance,
                    line[:, axis],
                )
                for axis in (0, 1)
            ]
        )
        for low, high in pairwise(bounds)
    )
