"""``area.toml``: what an area is, and where its data comes from."""

import os
import tomllib
from pathlib import Path
from typing import Final

import msgspec

from guide.catalogue import folders
from guide.domain.area import AreaInfo, Credit, OpenData
from guide.domain.errors import SourceError, UnknownAreaError

OVERPASS_FILE: Final = "overpass.json"


class OsmSpec(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the streets come from; the ending of ``file`` tells its kind, as ``tiles.osm.read`` knows them.

    ``origin`` says how to get it when neither a mirror nor the cache has it.
    """

    file: str
    origin: str  # formula | overpass | url | file
    licence: str
    credit: str
    credit_url: str | None = None
    url: str | None = None

    @property
    def fetched_file(self) -> str:
        """The name under which a download is kept: Overpass replies in JSON, whatever the mirror holds."""
        return OVERPASS_FILE if self.origin == "overpass" else self.file


class ElevationSpec(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One elevation model; those of an area stand in order of trust. ``resolution_m`` 0 takes the file's own."""

    id: str
    kind: str  # a kind of guide.terrain.open
    file: str
    origin: str  # formula | url | tiles | file
    resolution_m: float
    sigma_m: float
    licence: str
    credit: str
    credit_url: str | None = None
    url: str | None = None
    crs: str | None = None

    @property
    def fetched_file(self) -> str:
        """The name under which a download is kept."""
        return self.file


class LandmarkSpec(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file of landmarks beside the map's: an area is built with or without it."""

    id: str
    kind: str  # a kind of tiles.landmark_sources.read
    file: str
    origin: str  # url | file
    licence: str
    credit: str
    credit_url: str | None = None
    url: str | None = None

    @property
    def fetched_file(self) -> str:
        """The name under which a download is kept."""
        return self.file


class AreaSpec(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An area as its file describes it. ``bbox`` is (west, south, east, north) in degrees."""

    name_ja: str
    name_en: str
    bbox: tuple[float, float, float, float]
    time_zone: str
    slope_words: tuple[str, ...]
    osm: OsmSpec
    elevation: tuple[ElevationSpec, ...]
    landmarks: tuple[LandmarkSpec, ...] = ()
    sample: bool = False
    open_data: OpenData | None = None

    def info(self, area: str) -> AreaInfo:
        """What the service tells of the area."""
        return AreaInfo(
            id=area,
            name_ja=self.name_ja,
            name_en=self.name_en,
            bbox=self.bbox,
            time_zone=self.time_zone,
            sample=self.sample,
            open_data=self.open_data,
        )


def credit_of(spec: OsmSpec | ElevationSpec | LandmarkSpec) -> Credit:
    """The credit that must be shown wherever the source's data is."""
    return Credit(text=spec.credit, licence=spec.licence, url=spec.credit_url)


def data_folder() -> Path:
    """Where the user's data lies."""
    return Path(os.environ.get("HYAKUSAKA_DATA", "data"))


def list_areas() -> list[str]:
    """The ids of all areas that have an ``area.toml``, in order."""
    return folders.list_areas(data_folder())


def area_folder(area: str) -> Path:
    """The folder of an area's ``area.toml`` and of the catalogue that it came with.

    Raises:
        UnknownAreaError: there is none of that name.
    """
    folder = folders.find_area_folder(data_folder(), area)
    if folder is None:
        raise UnknownAreaError(f"There is no area {area!r}. The areas are: {', '.join(list_areas())}.")
    return folder


def catalogue_folder(area: str) -> Path:
    """The folder of the catalogue to build from: what the desk has published, else what the area came with.

    Raises:
        UnknownAreaError: there is no area of that name.
    """
    return folders.find_published(data_folder(), area) or area_folder(area)


def read_area(area: str) -> AreaSpec:
    """The description of an area.

    Raises:
        UnknownAreaError: there is none of that name.
        SourceError: its file is not as it should be.
    """
    path = area_folder(area) / "area.toml"
    try:
        spec = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), AreaSpec)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise SourceError(f"{path}: {error}.") from error
    west, south, east, north = spec.bbox
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):  # noqa: PLR2004 (degrees)
        raise SourceError(f"{path}: bbox must be west, south, east, north in degrees, west < east and south < north.")
    return spec
