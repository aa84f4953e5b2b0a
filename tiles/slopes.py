"""Names to slopes: the streets that carry a slope's name, as one line from foot to head."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.findings import Finding
from guide.domain.network import Kind, Network, NetworkHeights, StreetName
from guide.domain.slope import CatalogueSlope
from tiles.chains import Chain, join_chains, longest_path, metres_from

NEAR_M: Final = 300.0
"""A catalogue's point is rough; streets of the slope's name within this distance are taken to be it."""

SHORTEST_M: Final = 15.0
"""A named stair or path shorter than this is a doorstep, not a slope."""

BRANCHED_SHARE: Final = 0.8
"""A line that covers less than this share of its name's streets leaves branches out, and says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlopeLine:
    """A slope and the arcs of its line, in walking order from one end to the other (not yet from foot to head)."""

    entry: CatalogueSlope
    arcs: tuple[int, ...] = ()


def find_slopes(
    network: Network, catalogue: Sequence[CatalogueSlope], slope_words: Sequence[str], credit: str
) -> tuple[list[SlopeLine], list[Finding]]:
    """Every catalogue entry, with its line where streets carry its name; then every street named like a slope.

    ``credit`` is the source named for slopes that only the streets tell of.
    """
    by_name = _edges_by_name(network)
    findings: list[Finding] = []
    slopes = [_catalogue_line(network, by_name, entry, findings) for entry in catalogue]
    taken = {arc // 2 for slope in slopes for arc in slope.arcs}
    slopes.extend(_lines_of_words(network, slope_words, taken, {entry.id for entry in catalogue}, credit, findings))
    return slopes, findings


def foot_first(heights: NetworkHeights, arcs: tuple[int, ...]) -> tuple[int, ...]:
    """The arcs turned so that they lead from the lower end to the higher one; as they are if a height is unknown."""
    start_m, end_m = _start_height_m(heights, arcs[0]), _start_height_m(heights, arcs[-1] ^ 1)
    return tuple(arc ^ 1 for arc in reversed(arcs)) if end_m < start_m else arcs


def _start_height_m(heights: NetworkHeights, arc: int) -> float:
    edge, backward = divmod(arc, 2)
    return float(heights.elevation_m[heights.sample_start[edge + 1] - 1 if backward else heights.sample_start[edge]])


def normalised(name: str) -> str:
    """A name as it is compared: width, case and spaces do not matter."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", name)).strip().casefold()


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


def _edges_by_name(network: Network) -> dict[str, NDArray[np.int64]]:
    """Edges by each of their names, normalised."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for number, name in enumerate(network.names):
        for text in (name.local, name.ja, name.en):
            if text:
                numbers[normalised(text)].add(number)
    order = np.argsort(network.edge_name, kind="stable")
    sorted_names = network.edge_name[order]
    return {
        text: np.sort(np.concatenate([order[np.searchsorted(sorted_names, n) : np.searchsorted(sorted_names, n + 1)]
                                      for n in sorted(found)]))
        for text, found in numbers.items()
    }  # fmt: skip


def _catalogue_line(
    network: Network, by_name: dict[str, NDArray[np.int64]], entry: CatalogueSlope, findings: list[Finding]
) -> SlopeLine:
    """The line of a catalogue entry: the chain of its name nearest to its point."""
    edges = [by_name[text] for name in (entry.name, entry.name_en) if name and (text := normalised(name)) in by_name]
    chains = join_chains(network, np.unique(np.concatenate(edges))) if edges else []
    if not chains:
        findings.append(_finding("slope.no-street", entry))
        return SlopeLine(entry=entry)
    if entry.lng_lat is None:
        if len(chains) > 1:
            findings.append(_finding("slope.far-apart", entry, count=len(chains)))
            return SlopeLine(entry=entry)
        return SlopeLine(entry=entry, arcs=longest_path(network, chains[0]))
    distances_m = [metres_from(network, chain, entry.lng_lat) for chain in chains]
    nearest = int(np.argmin(distances_m))
    if distances_m[nearest] > NEAR_M:
        findings.append(_finding("slope.far-from-street", entry, metres=round(distances_m[nearest])))
        return SlopeLine(entry=entry)
    return SlopeLine(entry=entry, arcs=_line(network, chains[nearest], entry, findings))


def _lines_of_words(
    network: Network,
    slope_words: Sequence[str],
    taken: set[int],
    used_ids: set[str],
    credit: str,
    findings: list[Finding],
) -> list[SlopeLine]:
    """A slope for each chain of streets that a slope word names, and for each named stair."""
    is_steps = network.edge_kind == Kind.STEPS
    chains: list[tuple[StreetName, Chain]] = []
    for number, name in enumerate(network.names):
        edges = np.flatnonzero(network.edge_name == number)
        if not carries_word(name.local, slope_words):
            edges = edges[is_steps[edges]]
        edges = edges[~np.isin(edges, list(taken))]
        found = join_chains(network, edges) if len(edges) else []
        found = [chain for chain in found if network.edge_length_m[chain].sum() >= SHORTEST_M]
        if len(found) > 1:
            findings.append(Finding(code="slope.namesakes", where=name.local, values={"count": len(found)}))
        chains.extend((name, chain) for chain in found)

    slopes = []
    for name, chain in chains:
        way = int(network.edge_way_id[chain].min())
        slope_id = _free_id(name, way, used_ids)
        entry = CatalogueSlope(
            id=slope_id,
            name=name.ja or name.local,
            reading=name.reading,
            name_en=name.en or (name.local if name.local.isascii() else None),
            licence="ODbL-1.0",
            sources=(f"{credit}, way {way}",),
        )
        slopes.append(SlopeLine(entry=entry, arcs=_line(network, chain, entry, findings)))
    return slopes


def _line(network: Network, chain: Chain, entry: CatalogueSlope, findings: list[Finding]) -> tuple[int, ...]:
    arcs = longest_path(network, chain)
    edges = np.array([arc // 2 for arc in arcs])
    covered = network.edge_length_m[np.intersect1d(edges, chain)].sum() / network.edge_length_m[chain].sum()
    if covered < BRANCHED_SHARE:
        findings.append(_finding("slope.branched", entry, share=f"{covered:.0%}"))
    return arcs


def _free_id(name: StreetName, way: int, used: set[str]) -> str:
    """An id from the name where it has a Latin one, else from the way; the way also tells namesakes apart."""
    latin = unicodedata.normalize("NFKD", name.en or name.local).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", latin.lower()).strip("-")
    slope_id = slug if slug and slug not in used else f"{slug or 'way'}-{way}"
    used.add(slope_id)
    return slope_id


def _finding(code: str, entry: CatalogueSlope, **values: object) -> Finding:
    return Finding(code=code, where=f"{entry.id} ({entry.name})", values=values)
