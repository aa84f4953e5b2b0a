"""Real areas moved east, alone or side by side as one area: what a prefecture or a country would be, from four towns.

A copy is moved along its parallel, so that lengths, heights and grades are those of the original; by whole degrees if
it has an ``.hgt`` file, whose name says where it lies. Side by side the copies of one area are joined by roads between
their outermost streets.
"""

import csv
import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import osmium
import pyproj
import rasterio
from numpy.typing import NDArray

ROOT: Final = Path(__file__).resolve().parent.parent.parent
AREAS: Final = ROOT / "data" / "areas"

_ID_STEP: Final = 100_000_000_000
"""Added to every OSM id, once a copy: beyond what OpenStreetMap has given away."""

_FIRST_ROAD: Final = 1000 * _ID_STEP
_ROADS: Final = frozenset({"primary", "secondary", "tertiary", "residential", "unclassified"})
_ROADS_BETWEEN: Final = 6
_MILE_DEG: Final = 0.015
_SIDE_DEG: Final = 0.0005


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One real area, moved east by ``degrees``; ``copy`` tells its ids from those of other pieces."""

    area: str
    copy: int = 0
    degrees: float = 0.0

    @property
    def suffix(self) -> str:
        return f"-{self.copy}" if self.copy else ""

    def moved_id(self, osm_id: int) -> int:
        return osm_id + _ID_STEP * self.copy if osm_id >= 0 else osm_id - _ID_STEP * self.copy


def write_moved(name: str, pieces: Sequence[Piece], *, data: Path, sources: Path, mirror: Path) -> None:
    """Write the area ``name`` of some pieces: its description into ``data/areas``, its files into ``mirror/name``.

    ``sources`` holds the originals. What is there already is left alone: the files are large.
    """
    folder, files = data / "areas" / name, mirror / name
    if (folder / "area.toml").is_file():
        return
    for each in (folder, files):
        each.mkdir(parents=True, exist_ok=True)
    specs = {piece.area: _read_spec(piece.area) for piece in pieces}
    _write_streets(files / "streets.osm.pbf", pieces, specs, sources)
    models = [model for piece in pieces for model in _write_models(files, piece, specs[piece.area], sources)]
    _write_catalogue(folder, pieces)
    boxes = np.array([specs[piece.area]["bbox"] for piece in pieces]) + [(p.degrees, 0, p.degrees, 0) for p in pieces]
    first = specs[pieces[0].area]
    osm = {**first["osm"], "file": "streets.osm.pbf", "origin": "file"}
    whole = {
        **first,
        "name_en": name,
        "name_ja": name,
        "bbox": [*boxes[:, :2].min(axis=0).tolist(), *boxes[:, 2:].max(axis=0).tolist()],
        "slope_words": sorted({word for spec in specs.values() for word in spec["slope_words"]}),
        "osm": osm,
        "elevation": models,
    }
    (folder / "area.toml").write_text(_toml(whole), encoding="utf-8")


def side_by_side(area: str, copies: int) -> list[Piece]:
    """Copies of an area in a row from west to east, without a gap."""
    west, _, east, _ = _read_spec(area)["bbox"]
    return [Piece(area=area, copy=number, degrees=round(number * (east - west), 4)) for number in range(copies)]


def _read_spec(area: str) -> dict[str, Any]:
    return tomllib.loads((AREAS / area / "area.toml").read_text(encoding="utf-8"))


def _write_streets(path: Path, pieces: Sequence[Piece], specs: dict[str, dict[str, Any]], sources: Path) -> None:
    aside = path.with_name(f".{path.name}")
    originals = {
        area: list(_things(sources / area / spec["osm"]["file"], sources / area)) for area, spec in specs.items()
    }
    nodes, ways = _roads_between(pieces, originals)
    file = osmium.io.File(str(aside), "pbf,add_metadata=none")
    with osmium.SimpleWriter(file, overwrite=True) as writer:
        for kind in ("n", "w", "r"):
            for piece in pieces:
                for thing in originals[piece.area]:
                    if thing[0] == kind:
                        _write(writer, piece, thing)
            for node in nodes if kind == "n" else ():
                writer.add_node(node)
            for way in ways if kind == "w" else ():
                writer.add_way(way)
    aside.replace(path)


def _things(path: Path, folder: Path) -> Iterator[tuple[Any, ...]]:
    """Nodes ("n", id, lng, lat, tags), ways ("w", id, refs, tags) and relations ("r", id, members, tags)."""
    if not path.is_file():  # an Overpass reply, whatever the description calls it
        path = folder / "overpass.json"
    if path.suffix == ".json":
        for each in json.loads(path.read_text())["elements"]:
            tags = each.get("tags", {})
            if each["type"] == "node":
                yield "n", each["id"], each["lon"], each["lat"], tags
            elif each["type"] == "way":
                yield "w", each["id"], each["nodes"], tags
        return
    for thing in osmium.FileProcessor(str(path)):
        tags = dict(thing.tags)
        if isinstance(thing, osmium.osm.Node):
            yield "n", thing.id, thing.location.lon, thing.location.lat, tags
        elif isinstance(thing, osmium.osm.Way):
            yield "w", thing.id, [node.ref for node in thing.nodes], tags
        elif isinstance(thing, osmium.osm.Relation):
            yield "r", thing.id, [(each.type, each.ref, each.role) for each in thing.members], tags


def _write(writer: osmium.SimpleWriter, piece: Piece, thing: tuple[Any, ...]) -> None:
    kind, osm_id, *rest, tags = thing
    moved = piece.moved_id(osm_id)
    if kind == "n":
        place = (rest[0] + piece.degrees, rest[1])
        writer.add_node(osmium.osm.mutable.Node(id=moved, location=place, tags=tags))
    elif kind == "w":
        writer.add_way(osmium.osm.mutable.Way(id=moved, nodes=[piece.moved_id(ref) for ref in rest[0]], tags=tags))
    else:
        members = [(of, piece.moved_id(ref), role) for of, ref, role in rest[0]]
        writer.add_relation(osmium.osm.mutable.Relation(id=moved, members=members, tags=tags))


def _roads_between(
    pieces: Sequence[Piece], originals: dict[str, list[tuple[Any, ...]]]
) -> tuple[list[osmium.osm.mutable.Node], list[osmium.osm.mutable.Way]]:
    """Roads from each piece to the next of its area, and one from area to area, with a side street every mile."""
    places = {area: {thing[1]: thing[2:4] for thing in things if thing[0] == "n"} for area, things in originals.items()}
    ends = {area: _outermost(things, places[area]) for area, things in originals.items()}
    rows: dict[str, list[Piece]] = {}
    for piece in pieces:
        rows.setdefault(piece.area, []).append(piece)
    joins = [
        ((west, east_end), (east, west_end))
        for row in rows.values()
        for west, east in pairwise(row)
        for west_end, east_end in ends[west.area]
    ]
    firsts = [row[0] for row in rows.values()]
    joins += [((one, ends[one.area][0][1]), (two, ends[two.area][0][0])) for one, two in pairwise(firsts)]
    nodes: list[osmium.osm.mutable.Node] = []
    ways: list[osmium.osm.mutable.Way] = []

    def node(lng_lat: NDArray[np.float64]) -> int:
        nodes.append(osmium.osm.mutable.Node(id=_FIRST_ROAD + len(nodes), location=tuple(lng_lat.tolist())))
        return int(nodes[-1].id)

    def way(refs: list[int], **tags: str) -> None:
        ways.append(osmium.osm.mutable.Way(id=_FIRST_ROAD + len(ways), nodes=refs, tags=tags))

    for begin, end in joins:
        here, there = (np.add(places[piece.area][ref], (piece.degrees, 0)) for piece, ref in (begin, end))
        crossings = int(np.hypot(*(there - here)) / _MILE_DEG)
        course = here + np.arange(1, crossings + 1)[:, None] / (crossings + 1) * (there - here)
        refs = [node(place) for place in course]
        way([begin[0].moved_id(begin[1]), *refs, end[0].moved_id(end[1])], highway="tertiary", name="Road between")
        for ref, place in zip(refs, course, strict=True):
            way([ref, node(place + _SIDE_DEG)], highway="residential")
    return nodes, ways


def _outermost(things: list[tuple[Any, ...]], places: dict[int, tuple[float, float]]) -> list[tuple[int, int]]:
    """In some bands of latitude, the nodes of roads farthest to the west and to the east."""
    nodes = sorted(
        {ref for thing in things if thing[0] == "w" and thing[3].get("highway") in _ROADS for ref in thing[2]}
        & places.keys()
    )
    lng_lat = np.array([places[node] for node in nodes])
    order = np.argsort(lng_lat[:, 1], kind="stable")
    return [
        (nodes[band[np.argmin(lng_lat[band, 0])]], nodes[band[np.argmax(lng_lat[band, 0])]])
        for band in np.array_split(order, _ROADS_BETWEEN)
    ]


def _write_models(files: Path, piece: Piece, spec: dict[str, Any], sources: Path) -> Iterator[dict[str, Any]]:
    for model in spec["elevation"]:
        original = sources / piece.area / model["file"]
        name = f"{piece.area}{piece.suffix}-{model['file']}"
        if model["kind"] == "hgt":
            side, east = model["file"][3], int(model["file"][4:7])
            east = (east if side == "E" else -east) + int(piece.degrees)
            name = f"{model['file'][:3]}{'E' if east >= 0 else 'W'}{abs(east):03d}.hgt"
            (files / name).write_bytes(original.read_bytes())
        else:
            _write_moved_raster(original, files / name, piece.degrees)
        yield {**model, "id": f"{model['id']}{piece.suffix}", "file": name, "origin": "file"}


def _write_moved_raster(original: Path, moved: Path, degrees: float) -> None:
    """The same cells; where they lie is moved, not what they hold."""
    with rasterio.open(original) as file:
        crs = pyproj.CRS.from_wkt(file.crs.to_wkt())
        place = file.transform
        if crs.is_geographic:
            place = rasterio.Affine(place.a, place.b, place.c + degrees, place.d, place.e, place.f)
        else:
            crs = _turned(crs, degrees)
        profile = {**file.profile, "crs": crs.to_wkt("WKT1_GDAL"), "transform": place}
        with rasterio.open(moved, "w", **profile) as copy:
            copy.write(file.read())


def _turned(crs: pyproj.CRS, degrees: float) -> pyproj.CRS:
    """A projection whose central meridian lies farther east: the whole map turned about the Earth's axis."""
    words = crs.to_json_dict()
    for parameter in words["conversion"]["parameters"]:
        if parameter["name"].startswith("Longitude of"):
            parameter["value"] += degrees
    words["name"] = f"{crs.name}, {degrees} degrees east"
    for part in (words, words["conversion"]):
        part.pop("id", None)
    return pyproj.CRS.from_json_dict(words)


def _write_catalogue(folder: Path, pieces: Sequence[Piece]) -> None:
    """The slopes of all pieces that have a list, moved."""
    rows: list[dict[str, str]] = []
    for piece in pieces:
        path = AREAS / piece.area / "slopes.csv"
        if path.is_file():
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows += [_moved_row(row, piece) for row in csv.DictReader(file)]
    if rows:
        with (folder / "slopes.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


def _moved_row(row: dict[str, str], piece: Piece) -> dict[str, str]:
    lng = f"{float(row['lng']) + piece.degrees:.6f}" if row["lng"] else ""
    return {**row, "id": f"{row['id']}{piece.suffix}", "lng": lng}


def _toml(spec: dict[str, Any]) -> str:
    """A description as TOML: plain values first, then tables. JSON's strings, numbers and lists are TOML's too."""
    plain = {key: value for key, value in spec.items() if not isinstance(value, dict) and key != "elevation"}
    lines = [f"{key} = {json.dumps(value)}" for key, value in plain.items()]
    for heading, table in [("[osm]", spec["osm"]), *(("[[elevation]]", model) for model in spec["elevation"])]:
        lines += ["", heading, *(f"{key} = {json.dumps(value)}" for key, value in table.items() if value is not None)]
    return "\n".join(lines) + "\n"
