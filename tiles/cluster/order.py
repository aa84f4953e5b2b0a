"""What a worker is told of an area, and what it answers. Both travel."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from guide.depot.store import is_address
from tiles.areas import area_folder, catalogue_folder
from tiles.catalogue import CATALOGUE_FILES
from tiles.manifest import program

AREA_TOML: Final = "area.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One area to build.

    ``description`` is its area.toml, ``catalogue`` its catalogue files with their names: small, so they travel along.
    ``out`` and ``sources`` are folders that every worker sees under the same name, or addresses of stores; without
    ``sources`` each worker looks where its own environment says. ``program`` is the hash of that which ordered it.
    """

    area: str
    description: bytes
    catalogue: tuple[tuple[str, bytes], ...]
    out: str
    sources: str | None
    offline: bool
    parts_from: int
    program: str


class Outcome(StrEnum):
    """How an order ended."""

    BUILT = "built"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How an order ended: the build that is now served, or why there is no new one; and who did it in what time."""

    area: str
    outcome: Outcome
    build: str | None = None
    message: str = ""
    worker: str = ""
    seconds: float = 0.0
    peak_mb: float = 0.0


def order_of(
    area: str, *, out: str, sources: str | None, offline: bool, parts_from: int, published: dict[str, bytes] | None
) -> Order:
    """An area as it lies here; ``published`` is its catalogue if a depot has a newer one.

    Raises:
        UnknownAreaError: there is none of that name.
    """
    folder = catalogue_folder(area)
    here = {name: (folder / name).read_bytes() for name in CATALOGUE_FILES if (folder / name).is_file()}
    return Order(
        area=area,
        description=(area_folder(area) / AREA_TOML).read_bytes(),
        catalogue=tuple((here if published is None else published).items()),
        out=_absolute(out),
        sources=None if sources is None else _absolute(sources),
        offline=offline,
        parts_from=parts_from,
        program=program().sha256,
    )


def _absolute(place: str) -> str:
    return place if is_address(place) else str(Path(place).absolute())
