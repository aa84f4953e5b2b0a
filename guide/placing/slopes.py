"""Names to slopes: the streets that carry a slope's name, as one line from foot to head."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.climbs.chains import Chain, join_chains, longest_path, metres_from
from guide.climbs.climbs import WHOLE_SHARE, Terrain, see_terrain
from guide.climbs.find import Climb, find_climb
from guide.climbs.index import StreetIndex
from guide.climbs.names import free_id, normalised
from guide.domain.findings import Finding, Severity
from guide.domain.network import Kind, Network, NetworkHeights, StreetName
from guide.domain.slope import CatalogueSlope, Confidence
from guide.domain.walk import Stretch, whole_arcs
from guide.placing.drawn import StreetTracer

NEAR_M: Final = 300.0
"""A catalogue's point is rough; streets of the slope's name within this distance are taken to be it."""

SHORTEST_M: Final = 15.0
"""A named stair or path shorter than this is a doorstep, not a slope."""

BRANCHED_SHARE: Final = 0.8
"""A line that covers less than this share of its name's streets leaves branches out, and says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlopeLine:
    """A slope and the streets of its line, in walking order from one end to the other (not yet from foot to head).

    Without streets its line is what ``entry`` has drawn, if anything.
    """

    entry: CatalogueSlope
    stretches: tuple[Stretch, ...] = ()

    @property
    def arcs(self) -> tuple[int, ...]:
        """The arcs that it runs along, in whole or in part."""
        return tuple(stretch.arc for stretch in self.stretches)


def find_slopes(
    network: Network,
    catalogue: Sequence[CatalogueSlope],
    slope_words: Sequence[str],
    credit: str,
    heights: NetworkHeights | None = None,
) -> tuple[list[SlopeLine], list[Finding]]:
    """Every catalogue entry, with its line where it can be found; then every street named like a slope.

    A line that staff drew overrules whatever else is known. ``credit`` is the source named for slopes that only the
    streets tell of. With ``heights`` the climb at an entry's point is its line where no street near it carries its
    name, and where the street of its name is more than a climb.
    """
    finder = SlopeFinder(network, heights)
    found = [finder.find(entry) for entry in catalogue]
    taken = [line for line, _ in found]
    named, namesakes = finder.find_named(slope_words, taken, {entry.id for entry in catalogue}, credit)
    found += named
    findings = [finding for _, noticed in found for finding in noticed]
    return [line for line, _ in found], [*findings, *namesakes]


Found = tuple[SlopeLine, list[Finding]]
"""A slope with its line, and what was noticed of it."""


class SlopeFinder:
    """Finds lines of slopes on one network, each by itself."""

    def __init__(self, network: Network, heights: NetworkHeights | None = None) -> None:
        self._index = StreetIndex(network)
        self._climbs = _ClimbFinder(self._index, heights)
        self._tracer = StreetTracer(network)

    def find(self, entry: CatalogueSlope) -> Found:
        """The line of a catalogue entry, if there is one to be found."""
        findings: list[Finding] = []
        if entry.line:
            return _drawn_line(self._tracer, entry, entry.line, findings), findings
        return _catalogue_line(self._index, entry, self._climbs, findings), findings

    def find_named(
        self, slope_words: Sequence[str], taken: Iterable[SlopeLine], used_ids: set[str], credit: str
    ) -> tuple[list[Found], list[Finding]]:
        """Every street named like a slope that is none of ``taken``, and which names stand for several slopes."""
        is_taken = np.zeros(self._index.network.edge_count, dtype=np.bool_)
        is_taken[[arc // 2 for line in taken for arc in line.arcs]] = True
        return _lines_of_words(self._index, slope_words, is_taken, used_ids, credit)


def carries_word(name: str, words: Iterable[str]) -> bool:
    """Whether a street's name marks a slope.

    A Latin word must stand alone in it ("Rampa" is not in "Rua das Rampas"); a Japanese one must end it, or end the
    part before a bracket (坂 marks 八幡坂, not 坂下通り).
    """
    text = normalised(name)
    for word in map(normalised, words):
        if unicodedata.name(word[0], "").startswith("LATIN"):
            if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text):
                return True
        elif re.search(rf"{re.escape(word)}(?:$|\s*[(（])", text):
            return True
    return False


class _ClimbFinder:
    """Finds climbs at points; looks at the terrain only once somebody asks."""

    def __init__(self, index: StreetIndex, heights: NetworkHeights | None) -> None:
        self._index = index
        self._heights = heights
        self._terrain: Terrain | None = None

    def find(self, entry: CatalogueSlope) -> Climb | None:
        """The climb at an entry's point; None without a point or without heights."""
        if self._heights is None or entry.lng_lat is None:
            return None
        if self._terrain is None:
            self._terrain = see_terrain(self._index.network, self._heights, self._index)
        return find_climb(
            self._index.network,
            self._heights,
            entry.name,
            entry.lng_lat,
            other_names=entry.other_names,
            terrain=self._terrain,
        )


def _drawn_line(
    tracer: StreetTracer, entry: CatalogueSlope, line: tuple[tuple[float, float], ...], findings: list[Finding]
) -> SlopeLine:
    """The streets under a line that staff drew; a line that leaves them stands as it was drawn, and is told of."""
    stretches = tracer.follow(line)
    if not stretches:
        findings.append(_finding("slope.drawn-off-street", entry))
    return SlopeLine(entry=entry, stretches=stretches)


def _catalogue_line(
    index: StreetIndex,
    entry: CatalogueSlope,
    finder: _ClimbFinder,
    findings: list[Finding],
) -> SlopeLine:
    """The line of a catalogue entry: the chain of its name nearest to its point, or else the climb at its point."""
    network = index.network
    edges = index.edges_named(name for name in (entry.name, entry.name_en, *entry.other_names) if name)
    chains = join_chains(index, edges) if len(edges) else []
    if not chains:
        return _line_by_point(entry, finder, findings, _finding("slope.no-street", entry))
    if entry.lng_lat is None:
        if len(chains) > 1:
            findings.append(_finding("slope.far-apart", entry, count=len(chains)))
            return SlopeLine(entry=entry)
        return SlopeLine(entry=entry, stretches=whole_arcs(longest_path(network, chains[0])))
    distances_m = [metres_from(network, chain, entry.lng_lat) for chain in chains]
    nearest = int(np.argmin(distances_m))
    if distances_m[nearest] > NEAR_M:
        far = _finding("slope.far-from-street", entry, metres=round(distances_m[nearest]))
        return _line_by_point(entry, finder, findings, far)
    climb = finder.find(entry)
    if climb is not None and climb.arcs and not _is_whole(network, climb.arcs, longest_path(network, chains[nearest])):
        values = {"length": round(_length_m(network, climb.arcs))}
        where = f"{entry.id} ({entry.name})"
        findings.append(Finding(code="climb.part-of-street", where=where, values=values, severity=Severity.INFO))
        return SlopeLine(entry=entry, stretches=whole_arcs(climb.arcs))
    return SlopeLine(entry=entry, stretches=_line(network, chains[nearest], entry, findings))


def _line_by_point(
    entry: CatalogueSlope, finder: _ClimbFinder, findings: list[Finding], otherwise: Finding
) -> SlopeLine:
    """The climb at an entry's point; where there is none to be sure of, no line and the reason."""
    climb = finder.find(entry)
    if climb is None:
        findings.append(otherwise)
        return SlopeLine(entry=entry)
    if climb.confidence is Confidence.LOW:
        findings.append(otherwise)
    findings.append(replace(climb.why, where=otherwise.where))
    return SlopeLine(entry=entry, stretches=() if climb.confidence is Confidence.LOW else whole_arcs(climb.arcs))


def _is_whole(network: Network, climb: tuple[int, ...], street: tuple[int, ...]) -> bool:
    """Whether a street is little more than a climb on it, so that the street as a whole is the slope."""
    shared = _length_m(network, tuple({arc // 2 * 2 for arc in climb} & {arc // 2 * 2 for arc in street}))
    return shared >= WHOLE_SHARE * max(_length_m(network, street), _length_m(network, climb))


def _length_m(network: Network, arcs: tuple[int, ...]) -> float:
    return float(network.edge_length_m[np.array(arcs, dtype=np.int64) // 2].sum())


def _lines_of_words(
    index: StreetIndex,
    slope_words: Sequence[str],
    is_taken: NDArray[np.bool_],
    used_ids: set[str],
    credit: str,
) -> tuple[list[Found], list[Finding]]:
    """A slope for each chain of streets that a slope word names, and for each named stair."""
    namesakes: list[Finding] = []
    network = index.network
    is_steps = network.edge_kind == Kind.STEPS
    chains: list[tuple[StreetName, Chain]] = []
    for number, name in enumerate(network.names):
        edges = index.edges_of(number)
        if not carries_word(name.local, slope_words):
            edges = edges[is_steps[edges]]
        edges = edges[~is_taken[edges]]
        found = join_chains(index, edges) if len(edges) else []
        found = [chain for chain in found if network.edge_length_m[chain].sum() >= SHORTEST_M]
        if len(found) > 1:
            namesakes.append(Finding(code="slope.namesakes", where=name.local, values={"count": len(found)}))
        chains.extend((name, chain) for chain in found)

    slopes: list[Found] = []
    for name, chain in chains:
        findings: list[Finding] = []
        way = int(network.edge_way_id[chain].min())
        slope_id = free_id(name, way, used_ids)
        entry = CatalogueSlope(
            id=slope_id,
            name=name.ja or name.local,
            reading=name.reading,
            name_en=name.en or (name.local if name.local.isascii() else None),
            licence="ODbL-1.0",
            sources=(f"{credit}, way {way}",),
        )
        slopes.append((SlopeLine(entry=entry, stretches=_line(network, chain, entry, findings)), findings))
    return slopes, namesakes


def _line(network: Network, chain: Chain, entry: CatalogueSlope, findings: list[Finding]) -> tuple[Stretch, ...]:
    arcs = longest_path(network, chain)
    edges = np.array([arc // 2 for arc in arcs])
    covered = network.edge_length_m[np.intersect1d(edges, chain)].sum() / network.edge_length_m[chain].sum()
    if covered < BRANCHED_SHARE:
        findings.append(_finding("slope.branched", entry, share=f"{covered:.0%}"))
    return whole_arcs(arcs)


def _finding(code: str, entry: CatalogueSlope, **values: object) -> Finding:
    return Finding(code=code, where=f"{entry.id} ({entry.name})", values=values)
