"""What kind of elevation a file or a folder is, told by what is in it, with its name as the second witness."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guide.domain.errors import SourceError
from guide.terrain.gsi_tiles import GSI_LAYERS

_TIFF_MAGIC = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
"""TIFF and BigTIFF, in either order of bytes."""

_SUFFIXES = {".tif": "geotiff", ".tiff": "geotiff", ".gtiff": "geotiff", ".hgt": "hgt", ".xml": "fgd"}
_KINDS_READ = "GeoTIFF, SRTM .hgt, XML of the Fundamental Geospatial Data (zips of the last two too), or a tile folder"


@dataclass(frozen=True, slots=True)
class Recognised:
    """One elevation: a kind of ``guide.terrain.open``, and the file or folder it is read from."""

    kind: str
    path: Path


def recognise(path: Path) -> list[Recognised]:
    """The elevations that a path holds: one for a file, as many as there are files in a plain folder.

    A folder of tiles (``{z}/{x}/{y}.png``, or the layers of the Geospatial Information Authority) and a folder of
    Fundamental Geospatial Data alone are one elevation each. The files of any other folder stand in order of name.

    Raises:
        SourceError: there is no such path, or it holds no elevation of a known kind.
    """
    if path.is_dir():
        return _recognise_folder(path)
    if not path.exists():
        raise SourceError(f"There is no elevation file {path}.")
    kind = _kind_of_file(path)
    if kind is None:
        raise SourceError(
            f"{path.name} is no elevation file that can be read ({_KINDS_READ}); "
            "convert it, for example with gdal_translate -of GTiff."
        )
    return [Recognised(kind, path)]


def _recognise_folder(folder: Path) -> list[Recognised]:
    names = {child.name for child in folder.iterdir() if child.is_dir()}
    layers = {layer.folder for layer in GSI_LAYERS}
    if names & layers:
        return [Recognised("gsi_tiles", folder)]
    if any(name.isdigit() for name in names):
        if folder.name in layers:
            raise SourceError(
                f"{folder} is one layer of the Authority's tiles: give the folder around it, {folder.parent}."
            )
        return [Recognised("terrarium", folder)]
    found = list(_files(folder))
    if not found:
        raise SourceError(f"There is no elevation in the folder {folder}: it may hold {_KINDS_READ}.")
    if all(each.kind == "fgd" for each in found):
        return [Recognised("fgd", folder)]
    return found


def _files(folder: Path) -> Iterator[Recognised]:
    """Every elevation file below a folder; what is none (a readme, a preview) is passed over."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(".") and (kind := _kind_of_file(path)) is not None:
            yield Recognised(kind, path)


def _kind_of_file(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            head = file.read(4)
        if head in _TIFF_MAGIC:
            return "geotiff"
        if head[:2] == b"PK" and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                inside = {Path(name).suffix.lower() for name in archive.namelist()}
            return "hgt" if ".hgt" in inside else "fgd" if ".xml" in inside else None
    except (OSError, zipfile.BadZipFile) as error:
        raise SourceError(f"{path.name} cannot be read: it is damaged, or closed to you.") from error
    # Also a file whose first bytes are broken: its reader says best what is wrong with it.
    return _SUFFIXES.get(path.suffix.lower())
