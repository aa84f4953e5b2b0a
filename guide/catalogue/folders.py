"""Where an area's catalogue files lie: those that came with it, and those that the desk has published."""

import tomllib
from pathlib import Path
from typing import Final

import msgspec

import guide
from guide.domain.area import OpenData

AREA_TOML: Final = "area.toml"
CURRENT: Final = "current"
"""The link in an area's folder of published catalogues that points to the one that visitors are to see."""

_HERE: Final = Path(str(guide.__file__)).resolve().parent.parent


def areas_folders(data: Path) -> list[Path]:
    """Where areas are looked for: the user's own folder first, then those that come with the program."""
    packaged = _HERE / "tiles" / "areas"  # in the wheel
    return [data / "areas", packaged if packaged.is_dir() else _HERE / "data" / "areas"]


def list_areas(data: Path) -> list[str]:
    """The ids of all areas that have an ``area.toml``, in order."""
    return sorted({path.parent.name for folder in areas_folders(data) for path in folder.glob(f"*/{AREA_TOML}")})


def find_area_folder(data: Path, area: str) -> Path | None:
    """The folder of an area's ``area.toml`` and of the catalogue that it came with."""
    if area not in list_areas(data):  # also keeps "../elsewhere" out
        return None
    return next(folder / area for folder in areas_folders(data) if (folder / area / AREA_TOML).is_file())


def open_data_of(data: Path, area: str) -> OpenData:
    """Whose an area's open data are, as its ``area.toml`` says; of nobody if it does not."""
    folder = find_area_folder(data, area)
    nobody = OpenData(publisher_ja="", publisher_en="")
    try:
        said = tomllib.loads((folder / AREA_TOML).read_text(encoding="utf-8")) if folder else {}
        return msgspec.convert(said["open_data"], OpenData) if "open_data" in said else nobody
    except (OSError, ValueError, msgspec.ValidationError):
        return nobody  # a build of the area says what is wrong with the file


def published_root(data: Path, area: str) -> Path:
    """The folder of an area's published catalogues."""
    return data / "catalogue" / area


def find_published(data: Path, area: str) -> Path | None:
    """The catalogue that the desk has published last, if it ever did."""
    try:
        return (published_root(data, area) / CURRENT).resolve(strict=True)
    except OSError:
        return None
