"""A whole archive: its frame, its metadata and every tile."""

import mmap
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from pmtiles.tile import tileid_to_zxy

from guide.domain.errors import BuildError, SourceError
from tiles.mercator import TileAddress
from tiles.verify.metadata import Layers
from tiles.verify.mvt import check_tile
from tiles.verify.pictures import FORMATS, check_picture
from tiles.verify.pmtiles import MVT, Entries, Header, read_entries, read_header, unpacked
from tiles.verify.problems import BrokenError, Report


def verify_archive(path: Path, only: Collection[TileAddress] | None = None) -> Report:
    """Everything that is wrong with an archive; with ``only``, its frame and these vector tiles.

    Raises:
        SourceError: the file is missing or cannot be read.
    """
    report = Report()
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            _verify(content, report, only)  # type: ignore[arg-type]  # a mapping gives the same bytes as bytes do
    except BrokenError as error:
        report.add(path.name, error.rule, f"{error.message}.")
    except ValueError:  # an empty file cannot be mapped
        report.add(path.name, "magic", "The file is empty.")
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}).") from error
    return report


def require_sound(path: Path, only: Collection[TileAddress] | None = None) -> None:
    """Verify an archive that was just written, or no more of its tiles than ``only`` these.

    Raises:
        BuildError: it is not as it should be; what was served before is untouched.
    """
    report = verify_archive(path, only)
    if report.count:
        first = report.problems[0]
        raise BuildError(
            f"{path.name} came out wrong and was not published: {first.where}: {first.message} "
            f"({report.count} in all; this is a mistake in the program)."
        )


def _verify(data: bytes, report: Report, only: Collection[TileAddress] | None) -> None:
    header = read_header(data, report)
    metadata = _metadata(data, header, report)
    entries = read_entries(data, header, report)
    if header.tile_type == MVT and only is not None:
        names = {f"{address.z}/{address.x}/{address.y}" for address in only}
        _vector_tiles([tile for tile in _contents(data, header, entries) if tile.where in names], header, report)
    elif header.tile_type == MVT:
        _vector_tiles(_contents(data, header, entries), header, report).compare(metadata, report)
    elif header.tile_type in FORMATS:
        _pictures(data, header, entries, report)
    else:
        report.add("header", "tile-type", f"Tiles of type {header.tile_type} cannot be checked.")


def _metadata(data: bytes, header: Header, report: Report) -> dict[str, Any]:
    raw = data[header.metadata_offset : header.metadata_offset + header.metadata_length]
    try:
        return msgspec.json.decode(unpacked(raw, header.internal_compression), type=dict[str, Any])
    except msgspec.MsgspecError as error:
        report.add("metadata", "metadata", f"It is no JSON object ({error}).")
    return {}


def _vector_tiles(tiles: "Sequence[_Content]", header: Header, report: Report) -> Layers:
    layers = Layers()
    for tile in tiles:
        try:
            facts = check_tile(unpacked(tile.data, header.tile_compression), tile.where, report)
        except BrokenError as error:
            report.add(tile.where, error.rule, f"{error.message}.")
            continue
        layers.add(tile.zooms, facts, tile.where, report)
    return layers


def _pictures(data: bytes, header: Header, entries: Entries, report: Report) -> None:
    sizes = {
        check_picture(tile.data, header.tile_type, tile.where, report) for tile in _contents(data, header, entries)
    } - {None}
    if len(sizes) > 1:
        report.add("tiles", "picture", f"Pictures have several sizes: {sorted(size for size in sizes if size)}.")


@dataclass(slots=True)
class _Content:
    """The bytes that one tile or several equal ones have: the zooms of all, and the first one's name."""

    where: str
    data: bytes
    zooms: set[int]


def _contents(data: bytes, header: Header, entries: Entries) -> list[_Content]:
    """The bytes of every tile, those of equal tiles once, in the order of their first tiles."""
    found: dict[int, _Content] = {}
    rows = (entries.id.tolist(), entries.run.tolist(), entries.offset.tolist(), entries.length.tolist())
    for tile_id, run, offset, length in zip(*rows, strict=True):
        z, x, y = tileid_to_zxy(tile_id)
        if offset not in found:
            begin = header.data_offset + offset
            found[offset] = _Content(where=f"{z}/{x}/{y}", data=data[begin : begin + length], zooms=set())
        found[offset].zooms.update((z, tileid_to_zxy(tile_id + run - 1)[0]))
    return list(found.values())
