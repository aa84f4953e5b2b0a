"""What to call a climb: the name of its street, or for one without a name, the streets that it joins."""

import unicodedata
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.spatial import cKDTree

from guide.climbs.climbs import Terrain
from guide.domain.network import Kind, StreetName
from guide.domain.texts import say
from guide.routing.plane import Plane

NEAR_M: Final = 60.0
"""A street this near the end of a path is where one comes out."""

WORDS: Final = {
    Kind.STEPS: "steps",
    Kind.PATH: "path",
    Kind.TRACK: "path",
    Kind.FOOTWAY: "path",
    Kind.CYCLEWAY: "path",
}
"""The key of a nameless climb by its commonest kind; any other is a lane."""

_JAPANESE: Final = ("CJK", "HIRAGANA", "KATAKANA")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ends:
    """The streets met at foot and head."""

    foot: StreetName | None
    head: StreetName | None


class Namer:
    """Names the climbs of one network."""

    def __init__(self, terrain: Terrain) -> None:
        network = terrain.network
        self._terrain = terrain
        named = np.flatnonzero(terrain.strokes.name >= 0)
        self._plane = Plane.at(*(float(value) for value in network.node_lng_lat.mean(axis=0)))
        nodes = np.concatenate((network.edge_tail[named], network.edge_head[named])).astype(np.int64)
        names = np.concatenate((terrain.strokes.name[named],) * 2).astype(np.int64)
        # Of several names at a node the longest street's: it is the one that people know.
        length = np.bincount(terrain.strokes.name[named], network.edge_length_m[named], minlength=len(network.names))
        order = np.lexsort((names, -length[names], nodes))
        self._nodes, first = np.unique(nodes[order], return_index=True)
        self._names: list[int] = names[order][first].tolist()
        places = self._plane.project(network.node_lng_lat[self._nodes])
        self._tree = cKDTree(places) if len(places) else None

    def name(self, arcs: tuple[int, ...], kind: Kind) -> StreetName | None:
        """The name of a climb; None if neither it nor anything at its ends has one.

        A street's own name comes as the map has it. A made one stands in the language of the streets it is made of.
        """
        network = self._terrain.network
        own = int(self._terrain.strokes.name[arcs[0] // 2])
        if own >= 0:
            return network.names[own]
        ends = _Ends(foot=self._at(arcs[0]), head=self._at(arcs[-1] ^ 1))
        return _made(ends, WORDS.get(kind, "lane"))

    def _at(self, arc: int) -> StreetName | None:
        """The street met at the node an arc leaves, or else near it."""
        network = self._terrain.network
        node = int((network.edge_head if arc & 1 else network.edge_tail)[arc // 2])
        at = int(np.searchsorted(self._nodes, node))
        if at < len(self._nodes) and self._nodes[at] == node:
            return network.names[self._names[at]]
        if self._tree is None:
            return None
        apart_m, nearest = (float(found) for found in self._tree.query(self._plane.project(network.node_lng_lat[node])))
        return network.names[self._names[int(nearest)]] if apart_m <= NEAR_M else None


def _made(ends: _Ends, word: str) -> StreetName | None:
    known = [end for end in (ends.foot, ends.head) if end is not None]
    if not known:
        return None
    if len(known) > 1 and known[0].local != known[1].local:
        english = say("en", f"discover.{word}-between", a=_english(known[0]), b=_english(known[1]))
        japanese = say("ja", f"discover.{word}-between", a=_japanese(known[0]), b=_japanese(known[1]))
    else:
        english = say("en", f"discover.{word}-off", a=_english(known[0]))
        japanese = say("ja", f"discover.{word}-off", a=_japanese(known[0]))
    latin = all(name.en or name.local.isascii() for name in known)
    if is_japanese("".join(name.local for name in known)):
        return StreetName(local=japanese, en=english if latin else None)
    return StreetName(local=english, en=english)


def is_japanese(text: str) -> bool:
    """Whether a text holds kanji or kana."""
    return any(unicodedata.name(letter, "").startswith(_JAPANESE) for letter in text)


def _english(name: StreetName) -> str:
    return _first(name.en or name.local)


def _japanese(name: StreetName) -> str:
    return _first(name.ja or name.local)


def _first(name: str) -> str:
    """Of several names in one tag, the first."""
    return name.split(";", maxsplit=1)[0].strip()
