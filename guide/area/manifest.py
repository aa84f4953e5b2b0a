"""The manifest: what a built area is made of, from which inputs, and whose data they are."""

import hashlib
from pathlib import Path

import msgspec
import numpy as np

from guide.area.files import MANIFEST, SCHEMA_VERSION
from guide.domain.area import AreaInfo, Credit, Missing
from guide.domain.elevation import HeightErrors
from guide.domain.errors import NotBuiltError


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """One source file as it was read. ``file`` is its name, never the builder's path."""

    id: str
    file: str
    sha256: str
    bytes: int
    licence: str
    credit: str


class OutputFile(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the build."""

    sha256: str
    bytes: int


class Code(msgspec.Struct, frozen=True, kw_only=True):
    """The program that built it: its version, and the hash of its source."""

    version: str
    sha256: str


class ElevationModel(msgspec.Struct, frozen=True, kw_only=True):
    """An elevation model that heights were taken from; ``file`` is its part within the area, if it knows any there.

    ``errors`` are how its heights err, as the build has seen it.
    """

    id: str
    resolution_m: float
    sigma_m: float
    file: str | None = None
    errors: HeightErrors | None = None


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What is in the area. ``streets_unknown_km`` is the length whose height is not known."""

    slopes: int
    slopes_measured: int
    landmarks: int
    tours: int
    closures: int
    streets_km: float
    streets_unknown_km: float


class FindingRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A finding of the build."""

    code: str
    where: str
    severity: str
    message_ja: str
    message_en: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a service must know before it opens the other files.

    ``extent`` (west, south, east, north) is where there are streets; None where there are none. ``archives`` gives the
    current file name of each tile archive, ``files`` every file with its hash. ``complete`` is False where only the
    catalogue could be built; ``missing`` says why.
    """

    schema_version: int
    area: AreaInfo
    code: Code
    complete: bool
    missing: tuple[Missing, ...]
    inputs: tuple[Input, ...]
    credits: tuple[Credit, ...]
    elevation: tuple[ElevationModel, ...]
    extent: tuple[float, float, float, float] | None
    counts: Counts
    archives: dict[str, str]
    files: dict[str, OutputFile]
    findings: tuple[FindingRecord, ...]


def write_manifest(path: Path, manifest: Manifest) -> None:
    """The manifest as JSON that a person can read."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(manifest, enc_hook=_plain), indent=2) + b"\n")


def _plain(value: object) -> object:
    """A number of numpy's as a plain one."""
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__name__} cannot stand in a manifest")


def build_id(directory: Path) -> str:
    """The name of a finished build: the hash of its manifest, which names the hash of every file."""
    return hashlib.sha256((directory / MANIFEST).read_bytes()).hexdigest()[:16]


def read_manifest(directory: Path) -> Manifest:
    """The manifest of a build.

    Raises:
        NotBuiltError: there is none, or it is of another schema.
    """
    path = directory / MANIFEST
    try:
        return decode_manifest(path.read_bytes(), str(path))
    except OSError as error:
        raise NotBuiltError(f"{path}: cannot be read ({error.strerror}). Build the area.") from error


def decode_manifest(text: bytes, where: str) -> Manifest:
    """The manifest in a file; ``where`` names it.

    Raises:
        NotBuiltError: it is damaged, or of another schema.
    """
    try:
        version = msgspec.json.decode(text, type=dict[str, msgspec.Raw]).get("schema_version", msgspec.Raw(b"null"))
        if bytes(version) != str(SCHEMA_VERSION).encode():
            raise NotBuiltError(
                f"{where}: was built by another version of the program (schema {bytes(version).decode()}, "
                f"here {SCHEMA_VERSION}). Build the area again."
            )
        return msgspec.json.decode(text, type=Manifest)
    except msgspec.MsgspecError as error:
        raise NotBuiltError(f"{where}: is damaged ({error}). Build the area again.") from error
