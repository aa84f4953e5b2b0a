"""What an archive says of its layers, against what its tiles hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from tiles.verify.mvt import LayerFacts
from tiles.verify.problems import Report

FARTHEST_OVERSHOOT: Final = 1 / 32
"""How far outside of its tile a line may be drawn, as a share of the tile's width (128 of 4,096 units)."""

ALWAYS: Final[Mapping[str, frozenset[str]]] = {
    "slopes": frozenset({"id", "name"}),
    "slope_bands": frozenset({"id"}),
    "slope_points": frozenset({"id", "role"}),
    "landmarks": frozenset({"id", "kind"}),
    "tours": frozenset({"id", "name"}),
    "closures": frozenset({"id", "kind", "closes"}),
    "streets": frozenset({"kind"}),
}
"""Attributes that every feature of our own layers has at every zoom."""


@dataclass(slots=True)
class _Seen:
    """A layer over all tiles."""

    types: dict[str, set[str]] = field(default_factory=dict)
    zooms: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Layers:
    """Gathers what the tiles hold, then compares it with what the archive says."""

    seen: dict[str, _Seen] = field(default_factory=dict)

    def add(self, zooms: set[int], facts: Iterable[LayerFacts], where: str, report: Report) -> None:
        """The layers of one tile, or of several equal ones of some zooms."""
        some = False
        for layer in facts:
            some = True
            self._check(layer, f"{where}, {layer.name}", report)
            seen = self.seen.setdefault(layer.name, _Seen())
            seen.zooms |= zooms
            for name, types in layer.types.items():
                seen.types.setdefault(name, set()).update(types)
        if not some:
            report.add(where, "empty-tile", "The tile has no layers; it should not be there.")

    @staticmethod
    def _check(layer: LayerFacts, where: str, report: Report) -> None:
        if layer.version == 1:
            report.add(where, "layer-version", "The version is 1, not 2.")
        if layer.features == 0:
            report.add(where, "empty-layer", "The layer has no features; it should not be there.")
            return
        for rule in sorted(layer.lenient):
            report.add(where, rule, "A feature has no type." if rule == "unknown-type" else "Points are missing.")
        if layer.overshoot > FARTHEST_OVERSHOOT:
            report.add(where, "buffer", f"A feature reaches {layer.overshoot:.0%} of the tile's width out of it.")
        if len(np.unique(layer.ids)) < len(layer.ids):
            report.add(where, "feature-id", "Two features have the same id.")
        missing = ALWAYS.get(layer.name, frozenset()) - layer.always
        if missing:
            report.add(where, "attribute-missing", f"Some features have no {', '.join(sorted(missing))}.")

    def compare(self, metadata: Mapping[str, Any], report: Report) -> None:
        """Whether ``vector_layers`` (TileJSON 3.0) tells of every layer and attribute, and of nothing else."""
        declared = metadata.get("vector_layers")
        if not isinstance(declared, list) or not all(isinstance(each, dict) and "id" in each for each in declared):
            report.add("metadata", "vector-layers", "vector_layers is missing, or has entries without an id.")
            return
        by_id = {str(each["id"]): each for each in declared}
        for name in sorted(self.seen.keys() ^ by_id.keys()):
            what = "in no tile" if name in by_id else "not in vector_layers"
            report.add("metadata", "vector-layers", f"The layer {name!r} is {what}.")
        for name in sorted(self.seen.keys() & by_id.keys()):
            self._compare_layer(name, by_id[name], report)

    def _compare_layer(self, name: str, declared: Mapping[str, Any], report: Report) -> None:
        seen = self.seen[name]
        fields = declared.get("fields")
        fields = fields if isinstance(fields, dict) else {}
        for attribute in sorted(fields.keys() ^ seen.types.keys()):
            what = "on no feature" if attribute in fields else "not in vector_layers"
            report.add("metadata", "attributes", f"The attribute {attribute!r} of {name} is {what}.")
        for attribute, types in sorted(seen.types.items()):
            if len(types) > 1:
                report.add("metadata", "attribute-type", f"The attribute {attribute!r} of {name} has several types: "
                           f"{', '.join(sorted(types))}.")  # fmt: skip
            elif attribute in fields and fields[attribute] not in types:
                report.add("metadata", "attribute-type", f"The attribute {attribute!r} of {name} is said to be "
                           f"{fields[attribute]}, and is {', '.join(types)}.")  # fmt: skip
        low, high = declared.get("minzoom", 0), declared.get("maxzoom", max(seen.zooms))
        if not low <= min(seen.zooms) <= max(seen.zooms) <= high:
            report.add("metadata", "vector-layers", f"{name} is said to be there from zoom {low} to {high}, and is "
                       f"there from {min(seen.zooms)} to {max(seen.zooms)}.")  # fmt: skip
