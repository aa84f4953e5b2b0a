"""One vector tile against Mapbox Vector Tile 2.1."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tiles.verify.geometry import LENIENT, POLYGON, UNKNOWN, broken_geometry
from tiles.verify.problems import BrokenError, Report
from tiles.verify.wire import BYTES, FIXED32, FIXED64, VARINT, Field, fields, packed, varint

_TILE_LAYERS: Final = 3
_NAME, _FEATURES, _KEYS, _VALUES, _EXTENT, _VERSION = 1, 2, 3, 4, 5, 15
_ID, _TAGS, _TYPE, _GEOMETRY = 1, 2, 3, 4
_LAYER_KINDS: Final = {
    _NAME: BYTES, _FEATURES: BYTES, _KEYS: BYTES, _VALUES: BYTES, _EXTENT: VARINT, _VERSION: VARINT,
}  # fmt: skip
_FEATURE_KINDS: Final = {_ID: VARINT, _TAGS: BYTES, _TYPE: VARINT, _GEOMETRY: BYTES}
_FEATURE_NUMBERS: Final = frozenset({_ID << 3 | VARINT, _TYPE << 3 | VARINT})
_FEATURE_SPANS: Final = frozenset({_TAGS << 3 | BYTES, _GEOMETRY << 3 | BYTES})
_VALUE_KINDS: Final = {1: BYTES, 2: FIXED32, 3: FIXED64, 4: VARINT, 5: VARINT, 6: VARINT, 7: VARINT}
_VALUE_TYPES: Final = {1: "String", 2: "Number", 3: "Number", 4: "Number", 5: "Number", 6: "Number", 7: "Boolean"}
"""Fields of a value and the words that TileJSON has for their types."""

_DEFAULT_EXTENT: Final = 4096
_VERSIONS: Final = frozenset({1, 2})
_RULES: Final = {
    "geometry": "has no geometry, or commands that do not fit",
    "command-order": "has commands in an order that its type does not allow",
    "zero-length": "draws a line of no length",
    "ring-closed-twice": "has a ring that comes back to its first point before it is closed",
    "ring-without-area": "has a ring without area",
    "winding": "begins with a hole: its first ring is wound the wrong way",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerFacts:
    """What a tile holds of a layer.

    ``types`` gives the types that each attribute has in it, ``always`` the attributes that every feature has;
    ``overshoot`` is how far the farthest point lies outside the tile, as a share of its width; ``lenient`` are the
    rules of that name that it breaks.
    """

    name: str
    version: int
    features: int
    types: dict[str, set[str]] = field(default_factory=dict)
    always: set[str] = field(default_factory=set)
    overshoot: float = 0.0
    lenient: set[str] = field(default_factory=set)
    ids: NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))


@dataclass(slots=True)
class _Layer:
    """A layer as its fields are read."""

    names: list[str] = field(default_factory=list)
    versions: list[int] = field(default_factory=list)
    extents: list[int] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    types: list[int] = field(default_factory=list)
    tags: list[tuple[int, int]] = field(default_factory=list)
    geometry: list[tuple[int, int]] = field(default_factory=list)


def check_tile(data: bytes, where: str, report: Report) -> list[LayerFacts]:
    """Check the bytes of a tile (not compressed); returns what it holds, as far as it can be read."""
    found = []
    try:
        for part in _known(data, 0, len(data), {_TILE_LAYERS: BYTES}):
            layer = _read_layer(data, part)
            facts = _check_layer(data, layer, where, report)
            found.append(facts)
    except BrokenError as error:
        report.add(where, error.rule, f"{error.message}.")
    names = [facts.name for facts in found]
    for name in {name for name in names if names.count(name) > 1}:
        report.add(where, "layer-name", f"There are {names.count(name)} layers with the name {name!r}.")
    return found


def _known(data: bytes, begin: int, end: int, kinds: dict[int, int]) -> Iterator[Field]:
    """The fields of a message that the standard knows; a known field must have its own wire type."""
    for part in fields(data, begin, end):
        if part.number not in kinds:
            continue
        if part.kind != kinds[part.number]:
            raise BrokenError("wire-type", f"Field {part.number} has wire type {part.kind}, not {kinds[part.number]}")
        yield part


def _read_layer(data: bytes, whole: Field) -> _Layer:
    layer = _Layer()
    for part in _known(data, whole.begin, whole.end, _LAYER_KINDS):
        if part.number == _FEATURES:
            _read_feature(data, part, layer)
        elif part.number == _KEYS:
            layer.keys.append(_text(data, part))
        elif part.number == _VALUES:
            layer.values.append(_value_type(data, part))
        elif part.number == _NAME:
            layer.names.append(_text(data, part))
        else:
            (layer.versions if part.number == _VERSION else layer.extents).append(part.value)
    return layer


def _read_feature(data: bytes, whole: Field, layer: _Layer) -> None:
    """Note where a feature's parts lie. There are hundreds of thousands, so this reads the wire by itself."""
    numbers: dict[int, int] = {}
    spans: dict[int, tuple[int, int]] = {}
    at, end = whole.begin, whole.end
    while at < end:
        tag, begin = varint(data, at, end)
        number = tag >> 3
        if number in numbers or number in spans:
            raise BrokenError("feature-fields", f"A feature has field {number} twice")
        if tag in _FEATURE_NUMBERS:
            numbers[number], at = varint(data, begin, end)
        elif tag in _FEATURE_SPANS:
            length, begin = varint(data, begin, end)
            at = begin + length
            spans[number] = (begin, at)
            if at > end:
                raise BrokenError("protobuf", "A feature breaks off")
        else:
            at = _pass_over(data, at, end)
    nothing = (end, end)
    layer.types.append(numbers.get(_TYPE, UNKNOWN))
    layer.tags.append(spans.get(_TAGS, nothing))
    layer.geometry.append(spans.get(_GEOMETRY, nothing))
    if _ID in numbers:
        layer.ids.append(numbers[_ID])


def _pass_over(data: bytes, at: int, end: int) -> int:
    """The end of a field that the standard does not know.

    Raises:
        BrokenError: it knows it, but of another wire type.
    """
    unknown = next(fields(data, at, end))
    if unknown.number in _FEATURE_KINDS:
        raise BrokenError("wire-type", f"Field {unknown.number} of a feature has wire type {unknown.kind}")
    return unknown.end


def _text(data: bytes, part: Field) -> str:
    try:
        return data[part.begin : part.end].decode()
    except UnicodeDecodeError as error:
        raise BrokenError("text", "A name, key or value is not UTF-8") from error


def _value_type(data: bytes, whole: Field) -> str:
    parts = list(_known(data, whole.begin, whole.end, _VALUE_KINDS))
    if len(parts) != 1:
        raise BrokenError("value", f"A value has {len(parts)} of the types that there are, not one")
    if _VALUE_KINDS[parts[0].number] == BYTES:
        _text(data, parts[0])
    return _VALUE_TYPES[parts[0].number]


def _check_layer(data: bytes, layer: _Layer, where: str, report: Report) -> LayerFacts:
    name = layer.names[0] if layer.names else ""
    if len(layer.names) != 1 or not name:
        report.add(where, "layer-name", "A layer has no name.")
    place = f"{where}, {name}"
    if len(layer.versions) != 1 or layer.versions[0] not in _VERSIONS:
        report.add(place, "layer-version", f"The version is {layer.versions or 'missing'}, not 1 or 2.")
    if len(layer.extents) > 1 or 0 in layer.extents:
        report.add(place, "layer-extent", f"The extent is {layer.extents}.")
    facts = LayerFacts(
        name=name,
        version=layer.versions[0] if layer.versions else 0,
        features=len(layer.types),
        ids=np.array(layer.ids, dtype=np.uint64),
    )
    if not layer.types:
        return facts
    overshoot, lenient = _check_geometry(data, layer, place, report)
    types, always = _check_tags(data, layer, place, report)
    return replace(facts, types=types, always=always, overshoot=overshoot, lenient=lenient)


def _check_geometry(data: bytes, layer: _Layer, place: str, report: Report) -> tuple[float, set[str]]:
    """How far the layer reaches out of the tile, and the lenient rules that it breaks."""
    types = np.array(layer.types, dtype=np.int64)
    for number in np.flatnonzero(types > POLYGON)[:1]:
        report.add(place, "feature-type", f"Feature {number} has the type {types[number]}.")
    numbers, start = packed(data, layer.geometry)
    bad, boxes = broken_geometry(np.where(types > POLYGON, UNKNOWN, types), numbers, start)
    broken = [(rule, features) for rule, features in bad if features.any()]
    for rule, features in broken:
        if rule not in LENIENT:
            more = int(features.sum()) - 1
            others = f" (and {more} more)" if more else ""
            report.add(place, rule, f"Feature {np.argmax(features)} {_RULES[rule]}{others}.")
    extent = layer.extents[0] if layer.extents and layer.extents[0] else _DEFAULT_EXTENT
    beyond = max(float(-boxes[:, :2].min()), float(boxes[:, 2:].max()) - extent, 0.0)
    return beyond / extent, {rule for rule, _ in broken} & LENIENT


def _check_tags(data: bytes, layer: _Layer, place: str, report: Report) -> tuple[dict[str, set[str]], set[str]]:
    numbers, start = packed(data, layer.tags)
    counts = np.diff(start)
    if (counts % 2).any():
        report.add(place, "tags", f"Feature {np.argmax(counts % 2)} has a key without a value.")
        return {}, set()
    keys, values = numbers[0::2].astype(np.int64), numbers[1::2].astype(np.int64)
    if (keys >= len(layer.keys)).any() or (values >= len(layer.values)).any():
        report.add(place, "tags", "A feature's tags point to a key or a value that there is not.")
        return {}, set()
    feature = np.repeat(np.arange(len(counts)), counts // 2)
    used = np.unique(feature * len(layer.keys) + keys)
    if len(used) < len(keys):
        report.add(place, "tags", "A feature has a key twice.")
    types: dict[str, set[str]] = {}
    for pair in np.unique(keys * len(layer.values) + values).tolist():
        key, value = divmod(pair, len(layer.values))
        types.setdefault(layer.keys[key], set()).add(layer.values[value])
    return types, _on_all(used % max(len(layer.keys), 1), layer.keys, len(counts))


def _on_all(keys: NDArray[np.int64], names: Sequence[str], features: int) -> set[str]:
    return {names[key] for key in np.flatnonzero(np.bincount(keys, minlength=len(names)) == features).tolist()}
