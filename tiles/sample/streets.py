"""The street network: every draft noded, cut into ways and numbered."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tiles.sample import lower_town, named_slopes, outskirts, plane, stairs, upper_town
from tiles.sample.draft import Draft, Tags
from tiles.sample.noding import join_ends, node
from tiles.sample.terrain import Floats, height_at

WAY_M: Final = 170.0  # a street is cut at the first junction past this length, as mappers do
RISER_M: Final = 0.16
DEGREE_DIGITS: Final = 7  # OpenStreetMap keeps a position to 1e-7 degrees, about a centimetre


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A piece of a street as OpenStreetMap has it: its nodes in the order drawn, and its tags.

    ``street`` is the index of its draft; ``backwards`` if it is drawn against the draft.
    """

    nodes: NDArray[np.int64]
    tags: Tags
    street: int
    backwards: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Streets:
    """The network: ``lng_lat`` and ``xy`` (n, 2) of its nodes, its ways, and the drafts they came from."""

    lng_lat: Floats
    xy: Floats
    ways: tuple[Way, ...]
    drafts: tuple[Draft, ...]

    def line(self, street: int) -> Floats:
        """The whole line (n, 2) on the plane of a street, in the direction of its draft."""
        chain: list[int] = []
        for way in self.ways:
            if way.street == street:
                nodes = (way.nodes[::-1] if way.backwards else way.nodes).tolist()
                chain += nodes[1:] if chain else nodes
        return self.xy[chain]

    def steps(self, street: int) -> int:
        """How many steps a street's stairs have together."""
        return sum(int(way.tags.get("step_count", 0)) for way in self.ways if way.street == street)


@cache
def streets() -> Streets:
    """The sample town's network, the same at every call."""
    drafts = (
        *lower_town.streets(),
        *upper_town.streets(),
        *outskirts.streets(),
        *named_slopes.streets(),
        *stairs.streets(),
    )
    parts = [(number, part) for number, draft in enumerate(drafts) for part in draft.parts]
    layers = [part.layer for _, part in parts]
    owners = [number for number, _ in parts]
    joined = join_ends([part.line for _, part in parts], owners, list(_open_ends(drafts)))
    nodes = node(joined, layers)
    lng_lat = np.round(plane.to_lng_lat(nodes.xy), DEGREE_DIGITS)
    uses = np.bincount(np.concatenate(nodes.refs), minlength=len(lng_lat))
    xy = plane.to_plane(lng_lat)
    ways = []
    for (number, part), refs in zip(parts, nodes.refs, strict=True):
        draft = drafts[number]
        name = draft.name.tags if draft.name else {}
        tags = {**draft.tags, **name, **part.tags}
        whole = draft.whole or len(draft.parts) > 1
        pieces = [refs] if whole else _cut_at_junctions(refs, xy, uses)
        for piece in pieces:
            drawn = piece[::-1] if part.backwards else piece
            counted = _steps(xy[drawn[[0, -1]]]) if tags.get("highway") == "steps" else {}
            ways.append(Way(nodes=drawn, tags={**tags, **counted}, street=number, backwards=part.backwards))
    return Streets(lng_lat=lng_lat, xy=xy, ways=tuple(ways), drafts=drafts)


def _open_ends(drafts: tuple[Draft, ...]) -> Iterator[tuple[int, int]]:
    """(part, 0 or -1) for the first end of a street's first part and the last end of its last."""
    first = 0
    for draft in drafts:
        if draft.joined:
            yield first, 0
            yield first + len(draft.parts) - 1, -1
        first += len(draft.parts)


def _steps(ends: Floats) -> Tags:
    """As many steps as the rise between two ends asks for, and which way they go up."""
    rise = float(np.diff(height_at(ends))[0])
    return {"step_count": str(round(abs(rise) / RISER_M)), "incline": "up" if rise > 0.0 else "down"}


def _cut_at_junctions(refs: NDArray[np.int64], xy: Floats, uses: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """The nodes of a street in pieces that end at junctions and are about WAY_M long."""
    along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(xy[refs], axis=0).T))))
    cuts = [0]
    for place in range(1, len(refs) - 1):
        far_enough = along[place] - along[cuts[-1]] >= WAY_M and along[-1] - along[place] >= WAY_M / 2.0
        if far_enough and uses[refs[place]] > 1:
            cuts.append(place)
    return [refs[low : high + 1] for low, high in pairwise([*cuts, len(refs) - 1])]
