"""Lines in a GeoJSON file: read, measured by others, written back with nothing else changed.

All that is not a line's measures stays the bytes it was: foreign members, ids, the digits of coordinates.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from guide.domain.errors import SourceError, UsageError
from guide.domain.findings import Finding, Severity
from guide.files import write_whole

Members = dict[str, msgspec.Raw]

_GEOMETRIES: Final = frozenset(
    {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"}
)
_EXPECTED: Final = "a FeatureCollection, a Feature or a geometry"
_DEGREES: Final = ("CRS84", "4326", "4979")
_LNG, _LAT = 180.0, 90.0
_LONGEST_SHOWN: Final = 60

OFF_GLOBE: Final = "feature.off-globe"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFeature:
    """One feature: its members as they came, and its line.

    ``parts`` are arrays (k, 2) of degrees with k at least 2, in the order of the file, pieces that join end to start
    made one. It is empty where there is nothing to measure: no line (``is_line`` False) or a bad one (``findings``).
    """

    where: str
    members: Members
    is_line: bool = False
    own_heights: bool = False
    parts: tuple[NDArray[np.float64], ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFile:
    """A file's features in order; ``root`` holds what stands around them, None where the file is one feature."""

    features: list[LineFeature]
    root: Members | None = None
    findings: list[Finding] = field(default_factory=list)


def read_line_file(path: Path) -> LineFile:
    """The features of a GeoJSON file.

    Raises:
        SourceError: it is missing, no GeoJSON, or not in degrees.
    """
    root = _decode(path)
    name = path.name
    kind = _word(root.get("type"))
    _require_degrees(name, root)
    if kind == "FeatureCollection":
        try:
            members = msgspec.json.decode(root.get("features", b"null"), type=list[Members])
        except msgspec.MsgspecError as error:
            raise SourceError(
                f"{name}: its features are not a list of features; export it as GeoJSON again."
            ) from error
        outer: Members | None = root
    elif kind == "Feature":
        members, outer = [root], None
    elif kind in _GEOMETRIES:
        whole = {"type": b'"Feature"', "properties": b"{}", "geometry": msgspec.json.encode(root)}
        members, outer = [{key: msgspec.Raw(value) for key, value in whole.items()}], None
    else:
        raise SourceError(f"{name} is no GeoJSON: its type is {kind or 'missing'!r}, where {_EXPECTED} is expected.")
    features = [_feature(each, number) for number, each in enumerate(members, start=1)]
    lines = [feature for feature in features if feature.is_line]
    astray = [finding for feature in lines for finding in feature.findings if finding.code == OFF_GLOBE]
    if astray and len(astray) == len(lines):
        lng, lat = astray[0].values["lng"], astray[0].values["lat"]
        raise SourceError(
            f"{name} is not in degrees ({lng}, {lat} is not on the globe): GeoJSON has longitude, latitude in WGS 84. "
            "Convert it, for example with ogr2ogr -t_srs EPSG:4326."
        )
    return LineFile(features=features, root=outer, findings=_notes(name, lines))


def encode_line_file(file: LineFile, measures: Sequence[Mapping[str, object] | None]) -> bytes:
    """The file with measures among the properties of its lines; a feature without (None) stays as it came."""
    features = [_with_properties(each.members, more) for each, more in zip(file.features, measures, strict=True)]
    if file.root is None:
        return msgspec.json.encode(features[0]) + b"\n"
    lines = b"[\n" + b",\n".join(msgspec.json.encode(feature) for feature in features) + b"\n]"
    return msgspec.json.encode({**file.root, "features": msgspec.Raw(lines)}) + b"\n"


def write_aside(path: Path, content: bytes) -> None:
    """Write a file beside its place, then move it there: no reader sees half of it, a failure leaves the old one.

    Raises:
        UsageError: it cannot be written there.
    """
    try:
        write_whole(path, content)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}); choose another place with --out.") from error


def _decode(path: Path) -> Members:
    try:
        content = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}).") from error
    try:
        return msgspec.json.decode(content, type=Members)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _decode_leniently(path.name, content)


def _decode_leniently(name: str, content: bytes) -> Members:
    """What Python wrote without being told better: NaN and Infinity, which JSON does not have, become null."""
    try:
        whole = json.loads(content)
        if isinstance(whole, dict):
            return msgspec.json.decode(msgspec.json.encode(whole), type=Members)
    except (ValueError, RecursionError, OverflowError, msgspec.MsgspecError) as error:
        why = f"line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else "its text is damaged"
        raise SourceError(f"{name} is no GeoJSON ({why}); export it again.") from error
    raise SourceError(f"{name} is no GeoJSON: it holds no object; {_EXPECTED} is expected.")


def _require_degrees(name: str, root: Members) -> None:
    """GeoJSON of 2008 may name a coordinate system of its own; RFC 7946 has one only."""
    try:
        crs = msgspec.json.decode(root.get("crs", b"null"))
    except msgspec.MsgspecError:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    own = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if own and not own.endswith(_DEGREES):
        raise SourceError(
            f"{name} is in {own[:_LONGEST_SHOWN]}: GeoJSON has longitude, latitude in WGS 84. "
            "Convert it, for example with ogr2ogr -t_srs EPSG:4326."
        )


def _feature(members: Members, number: int) -> LineFeature:
    where = _where(members, number)
    kind, coordinates = _geometry(members.get("geometry"))
    if kind not in {"LineString", "MultiLineString"}:
        return LineFeature(where=where, members=members)
    try:
        arrays = _arrays(coordinates, several=kind == "MultiLineString")
    except (msgspec.MsgspecError, ValueError):
        malformed = Finding(code="feature.malformed", where=where)
        return LineFeature(where=where, members=members, is_line=True, findings=(malformed,))
    parts = _joined([_without_repeats(part[:, :2]) for part in arrays if len(part)])
    complaint = _complaint(where, np.concatenate([np.empty((0, 2)), *(part[:, :2] for part in arrays)]), parts)
    return LineFeature(
        where=where,
        members=members,
        is_line=True,
        own_heights=any(part.shape[1] > 2 for part in arrays),  # noqa: PLR2004 (longitude and latitude)
        parts=() if complaint else tuple(parts),
        findings=(complaint,) if complaint else (),
    )


def _complaint(where: str, points: NDArray[np.float64], parts: list[NDArray[np.float64]]) -> Finding | None:
    """Why a line cannot be measured, None if it can."""
    broken = np.flatnonzero(~np.isfinite(points).all(axis=1))
    if broken.size:
        return Finding(code="feature.not-finite", where=where, values={"number": int(broken[0]) + 1})
    astray = np.flatnonzero((np.abs(points[:, 0]) > _LNG) | (np.abs(points[:, 1]) > _LAT))
    if astray.size:
        lng, lat = points[astray[0]].tolist()
        values = {"number": int(astray[0]) + 1, "lng": lng, "lat": lat}
        return Finding(code=OFF_GLOBE, where=where, values=values)
    if len(points) <= 1:
        return Finding(code="feature.too-few-points", where=where, values={"count": len(points)})
    return None if parts else Finding(code="feature.no-length", where=where)


def _where(members: Members, number: int) -> str:
    """Which feature it is: its number from 1, and its id or name where it has one."""
    names = [_plain(members.get("id"))]
    with suppress(msgspec.MsgspecError):
        properties = msgspec.json.decode(members.get("properties", b"null"), type=Members | None) or {}
        names += [_plain(properties.get("id")), _plain(properties.get("name"))]
    name = next((name for name in names if name is not None), None)
    return f"feature {number}" if name is None else f"feature {number} ({str(name)[:_LONGEST_SHOWN]})"


def _plain(raw: msgspec.Raw | None) -> str | int | float | None:
    """A word or a number, None for anything else."""
    try:
        return msgspec.json.decode(raw or b"null", type=str | int | float | None)
    except msgspec.MsgspecError:
        return None


def _geometry(raw: msgspec.Raw | None) -> tuple[str | None, msgspec.Raw]:
    try:
        members = msgspec.json.decode(raw or b"null", type=Members | None) or {}
    except msgspec.MsgspecError:
        members = {}
    return _word(members.get("type")), members.get("coordinates", msgspec.Raw(b"null"))


def _word(raw: msgspec.Raw | None) -> str | None:
    try:
        return msgspec.json.decode(raw or b"null", type=str | None)
    except msgspec.MsgspecError:
        return None


def _arrays(coordinates: msgspec.Raw, *, several: bool) -> list[NDArray[np.float64]]:
    """The positions of each part; null for a number becomes NaN.

    Raises:
        MsgspecError: they are not lists of numbers.
        ValueError: a position has fewer than two.
    """
    if several:
        return [_array(part) for part in msgspec.json.decode(coordinates, type=list[list[list[float | None]]])]
    return [_array(msgspec.json.decode(coordinates, type=list[list[float | None]]))]


def _array(part: list[list[float | None]]) -> NDArray[np.float64]:
    """Positions as (k, 2) or (k, 3 and more); mixed ones lose what only some of them have.

    Raises:
        ValueError: a position has fewer than two numbers.
    """
    if not part:
        return np.empty((0, 2))
    shortest, longest = min(map(len, part)), max(map(len, part))
    if shortest < 2:  # noqa: PLR2004 (longitude and latitude)
        raise ValueError("a position has fewer than two numbers")
    return np.array(part if shortest == longest else [each[:shortest] for each in part], dtype=np.float64)


def _without_repeats(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The line without points that repeat the one before."""
    moves = np.concatenate(([True], (np.diff(points, axis=0) != 0).any(axis=1)))
    kept: NDArray[np.float64] = points[moves]
    return kept


def _joined(parts: list[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
    """Parts that begin where the one before ends, made one; parts of no length are left out."""
    result: list[NDArray[np.float64]] = []
    for part in parts:
        if len(part) <= 1:
            continue
        if result and (result[-1][-1] == part[0]).all():
            result[-1] = np.concatenate((result[-1], part[1:]))
        else:
            result.append(part)
    return result


def _notes(name: str, lines: list[LineFeature]) -> list[Finding]:
    count = sum(line.own_heights for line in lines)
    if count:
        return [Finding(code="feature.own-heights", where=name, values={"count": count}, severity=Severity.INFO)]
    return [] if lines else [Finding(code="feature.none", where=name)]


def _with_properties(members: Members, more: Mapping[str, object] | None) -> Members:
    if more is None:
        return members
    own = msgspec.json.decode(members.get("properties", b"null"), type=Members | None) or {}
    return {**members, "properties": msgspec.Raw(msgspec.json.encode({**own, **more}))}
