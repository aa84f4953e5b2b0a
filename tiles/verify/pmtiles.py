"""The frame of an archive against PMTiles version 3: header, directories, counts, zooms, order."""

import struct
import zlib
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pmtiles.tile import tileid_to_zxy

from tiles.verify.problems import BrokenError, Report

MAGIC: Final = b"PMTiles"
VERSION: Final = 3
HEADER_BYTES: Final = 127
ROOT_ENDS: Final = 16_384
"""Header and root directory lie within the first 16 KiB, so that a reader has both with one request."""

NO_COMPRESSION: Final = 1
GZIP: Final = 2
MVT: Final = 1
LARGEST_BYTES: Final = 256 * 1024 * 1024
_GZIP_BITS: Final = 31
_DEEPEST: Final = 3
_LAST_TILE_ID: Final = (4**32 - 1) // 3 - 1
_MOST_ENTRIES: Final = 10_000_000
_E7: Final = 10_000_000
_LAYOUT: Final = struct.Struct("<7sB11Q6B4iB2i")


class Header(NamedTuple):
    """The header's fields, in their order; offsets and lengths in bytes, positions in ten-millionths of a degree."""

    magic: bytes
    version: int
    root_offset: int
    root_length: int
    metadata_offset: int
    metadata_length: int
    leaves_offset: int
    leaves_length: int
    data_offset: int
    data_length: int
    addressed: int
    entries: int
    contents: int
    clustered: int
    internal_compression: int
    tile_compression: int
    tile_type: int
    min_zoom: int
    max_zoom: int
    west: int
    south: int
    east: int
    north: int
    center_zoom: int
    center_lng: int
    center_lat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """The tiles of an archive, by rising id: tiles ``id`` to ``id + run - 1`` are the bytes at ``offset``."""

    id: NDArray[np.int64]
    run: NDArray[np.int64]
    offset: NDArray[np.int64]
    length: NDArray[np.int64]


def read_header(data: bytes, report: Report) -> Header:
    """The header, checked.

    Raises:
        BrokenError: it is none, or points outside of the file.
    """
    if len(data) < HEADER_BYTES or data[:7] != MAGIC:
        raise BrokenError("magic", "This is no PMTiles archive: it does not begin with PMTiles")
    if data[7] != VERSION:
        raise BrokenError("version", f"The version is {data[7]}, not 3")
    header = Header(*_LAYOUT.unpack_from(data))
    sections = {
        "root directory": (header.root_offset, header.root_length),
        "metadata": (header.metadata_offset, header.metadata_length),
        "leaf directories": (header.leaves_offset, header.leaves_length),
        "tiles": (header.data_offset, header.data_length),
    }
    for name, (offset, length) in sections.items():
        if length and (offset < HEADER_BYTES or offset + length > len(data)):
            raise BrokenError("sections", f"The {name} would lie at {offset} to {offset + length}, outside of the file")
    filled = sorted(span for span in sections.values() if span[1])
    if any(one[0] + one[1] > other[0] for one, other in pairwise(filled)):
        report.add("header", "sections", "Two sections lie over each other.")
    if header.root_length == 0 or header.root_offset + header.root_length > ROOT_ENDS:
        report.add("header", "root", f"The root directory does not end within the first {ROOT_ENDS:,} bytes.")
    _check_place(header, report)
    return header


def _check_place(header: Header, report: Report) -> None:
    if header.clustered not in {0, 1}:
        report.add("header", "clustered", f"Clustered is {header.clustered}, neither 0 nor 1.")
    if not header.min_zoom <= header.center_zoom <= header.max_zoom:
        report.add("header", "center", f"The centre's zoom {header.center_zoom} is none of the archive's.")
    if not (
        -180 * _E7 <= header.west < header.east <= 180 * _E7 and -90 * _E7 <= header.south < header.north <= 90 * _E7
    ):
        report.add("header", "bounds", "The bounds are not west, south, east, north in degrees.")
    elif not (header.west <= header.center_lng <= header.east and header.south <= header.center_lat <= header.north):
        report.add("header", "center", "The centre lies outside of the bounds.")


def unpacked(data: bytes, compression: int) -> bytes:
    """Directory, metadata or tile as it was before it was compressed.

    Raises:
        BrokenError: it cannot be unpacked.
    """
    if compression == NO_COMPRESSION:
        return data
    if compression != GZIP:
        raise BrokenError("compression", f"Compression {compression} is neither none (1) nor gzip (2)")
    unpacking = zlib.decompressobj(wbits=_GZIP_BITS)
    try:
        content = unpacking.decompress(data, LARGEST_BYTES + 1)
    except zlib.error as error:
        raise BrokenError("compression", f"It is no gzip ({error})") from error
    if len(content) > LARGEST_BYTES:
        raise BrokenError("compression", f"Unpacked it would be larger than {LARGEST_BYTES:,} bytes")
    if not unpacking.eof or unpacking.unused_data:
        raise BrokenError("compression", "The gzip breaks off, or goes on after its end")
    return content


def read_entries(data: bytes, header: Header, report: Report) -> Entries:
    """Every tile entry of all directories, checked against the header.

    Raises:
        BrokenError: a directory cannot be read.
    """
    found: list[NDArray[np.int64]] = []
    root = _read_directory(data, header.root_offset, header.root_length, header, "root directory")
    _descend(data, header, root, 1, found, report)
    table = np.concatenate(found, axis=1) if found else np.zeros((4, 0), dtype=np.int64)
    entries = Entries(id=table[0], run=table[1], length=table[2], offset=table[3])
    _check_entries(entries, header, report)
    return entries


def _descend(
    data: bytes, header: Header, table: NDArray[np.int64], depth: int, found: list[NDArray[np.int64]], report: Report
) -> None:
    """Collect tile entries in the order of their ids, leaf by leaf."""
    if depth > _DEEPEST:
        raise BrokenError("directory", f"Directories lie more than {_DEEPEST} deep")
    is_leaf = table[1] == 0
    for number in range(table.shape[1]) if is_leaf.any() else ():
        if not is_leaf[number]:
            found.append(table[:, number : number + 1])
            continue
        tile_id, _, length, offset = table[:, number].tolist()
        if offset + length > header.leaves_length:
            raise BrokenError("directory", f"The leaf directory of tile {tile_id} lies outside of its section")
        leaf = _read_directory(data, header.leaves_offset + offset, length, header, f"leaf directory {tile_id}")
        if leaf[0, 0] != tile_id:
            report.add(f"leaf directory {tile_id}", "directory", f"It begins with tile {leaf[0, 0]}.")
        _descend(data, header, leaf, depth + 1, found, report)
    if not is_leaf.any():
        found.append(table)


def _read_directory(data: bytes, offset: int, length: int, header: Header, name: str) -> NDArray[np.int64]:
    """(4, n): tile ids, run lengths, lengths, offsets."""
    content = np.frombuffer(unpacked(data[offset : offset + length], header.internal_compression), dtype=np.uint8)
    numbers = _varints(content, name)
    count = int(numbers[0]) if len(numbers) else 0
    if not 0 < count <= _MOST_ENTRIES or len(numbers) != 1 + 4 * count:
        raise BrokenError(
            "directory", f"The {name} says that it has {count} entries, and holds {len(numbers) - 1} numbers"
        )
    deltas, runs, lengths, places = numbers[1:].reshape(4, count)
    offsets = places - 1
    if places[0] == 0:
        raise BrokenError("directory", f"The first entry of the {name} has no offset")
    for number in np.flatnonzero(places == 0).tolist():  # right after the one before
        offsets[number] = offsets[number - 1] + lengths[number - 1]
    return np.stack((np.cumsum(deltas), runs, lengths, offsets))


def _varints(content: NDArray[np.uint8], name: str) -> NDArray[np.int64]:
    ends = np.flatnonzero(content < 0x80) + 1  # noqa: PLR2004 (the last byte of a varint)
    if len(ends) == 0 or ends[-1] != len(content):
        raise BrokenError("directory", f"The {name} breaks off")
    starts = np.concatenate(([0], ends[:-1]))
    place = np.arange(len(content)) - np.repeat(starts, ends - starts)
    if place.max() > 8:  # noqa: PLR2004 (63 bits)
        raise BrokenError("directory", f"The {name} holds a number that is too large")
    return np.add.reduceat((content & 0x7F).astype(np.int64) << (7 * place), starts)


def _check_entries(entries: Entries, header: Header, report: Report) -> None:
    after = entries.id + entries.run
    if (entries.id < 0).any() or (entries.run < 0).any() or (after > _LAST_TILE_ID).any():
        raise BrokenError("directory", "There is no tile with so high an id")
    if (np.diff(entries.id) <= 0).any() or (after[:-1] > entries.id[1:]).any():
        report.add("directories", "order", "Tile ids do not rise from entry to entry.")
    if (entries.length <= 0).any():
        report.add("directories", "empty-tile", f"Tile {_name(entries.id[np.argmin(entries.length)])} has no bytes.")
    outside = entries.offset + entries.length > header.data_length
    if outside.any():
        report.add(
            "directories", "sections", f"Tile {_name(entries.id[np.argmax(outside)])} lies outside of the tiles."
        )
    begins, first = np.unique(entries.offset, return_index=True)
    expected = np.concatenate(([0], np.cumsum(entries.length[first])[:-1]))
    if header.clustered == 1 and not ((np.diff(first) > 0).all() and (begins == expected).all()):
        report.add("directories", "clustered", "The header says clustered, but tiles do not lie in the order of ids.")
    counts = {"addressed": int(entries.run.sum()), "entries": len(entries.id), "contents": len(begins)}
    for name, count in counts.items():
        said = getattr(header, name)
        if said not in {0, count}:  # 0 stands for unknown
            report.add("header", "counts", f"The header says {said} {name} tiles, there are {count}.")
    zooms = tuple(tileid_to_zxy(int(tile))[0] for tile in (entries.id[0], after[-1] - 1))
    if zooms != (header.min_zoom, header.max_zoom):
        report.add("header", "zooms", f"The header says zoom {header.min_zoom} to {header.max_zoom}, "
                   f"the tiles are of zoom {zooms[0]} to {zooms[1]}.")  # fmt: skip


def _name(tile_id: int) -> str:
    z, x, y = tileid_to_zxy(int(tile_id))
    return f"{z}/{x}/{y}"
