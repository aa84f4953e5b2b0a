"""What a build keeps for the next one that only the catalogue asks for; the service never reads it."""

from pathlib import Path

import msgspec
import numpy as np

from guide.area.files import BUILDER
from guide.area.manifest import Input
from guide.domain.area import Credit, Missing
from guide.domain.elevation import ElevationSource, HeightErrors
from guide.domain.errors import NotBuiltError
from guide.domain.findings import Cell, Finding, Severity
from guide.domain.landmark import Landmark
from tiles.place import PlacedCatalogue


class KeptFinding(msgspec.Struct, frozen=True, omit_defaults=True):
    """A finding as it can be written down."""

    code: str
    where: str
    values: dict[str, str | int | float | bool]
    severity: Severity
    cell: Cell | None = None

    @classmethod
    def of(cls, finding: Finding) -> "KeptFinding":
        """With values that are no numbers as text, as the sentence will have them."""
        values = {
            name: value if isinstance(value, int | float) else str(value) for name, value in finding.values.items()
        }
        return cls(finding.code, finding.where, values, finding.severity, finding.cell)

    def finding(self) -> Finding:
        """The finding again."""
        return Finding(code=self.code, where=self.where, values=self.values, severity=self.severity, cell=self.cell)


class KeptRow(msgspec.Struct, frozen=True):
    """The fingerprint of the row that a slope was made from, and what was noticed of it."""

    row: str
    findings: tuple[KeptFinding, ...] = ()


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of streets and heights, and of each slope; ``tiles`` was noticed in archives."""

    inputs: tuple[Input, ...]
    missing: tuple[Missing, ...]
    credits: tuple[Credit, ...]
    sources: tuple[ElevationSource, ...]
    errors: tuple[HeightErrors, ...]
    unknown_m: float
    landmarks: tuple[Landmark, ...]
    findings: tuple[KeptFinding, ...]
    tiles: tuple[KeptFinding, ...]
    slopes: dict[str, KeptRow]


def keep_rows(placed: PlacedCatalogue) -> dict[str, KeptRow]:
    """What is to be kept of each slope."""
    return {each.slope.entry.id: KeptRow(each.row, tuple(map(KeptFinding.of, each.findings))) for each in placed.slopes}


def write_kept(directory: Path, kept: Kept) -> None:
    """Write it down beside the other files of a build."""
    (directory / BUILDER).write_bytes(msgspec.json.encode(kept, enc_hook=_plain) + b"\n")


def _plain(value: object) -> object:
    """A number of numpy's as a plain one."""
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__name__} cannot be kept")


def read_kept(directory: Path) -> Kept:
    """What a build kept.

    Raises:
        NotBuiltError: it kept nothing, or something that cannot be read.
    """
    try:
        return msgspec.json.decode((directory / BUILDER).read_bytes(), type=Kept)
    except (OSError, msgspec.MsgspecError) as error:
        raise NotBuiltError(
            f"{directory}: was built without what a new catalogue needs ({error}). Build the whole area again."
        ) from error
