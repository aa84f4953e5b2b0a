"""How the build of a published catalogue goes: the builder writes it beside the builds, the desk reads it."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec

from guide.files import write_whole

PROGRESS: Final = "catalogue-build.json"


class BuildState(StrEnum):
    """Where the build of a publication stands."""

    BUILDING = "building"
    DONE = "done"
    FAILED = "failed"


class FailedFor(StrEnum):
    """Why it failed, as far as staff can do something about it."""

    SOURCE = "source"  # a catalogue file cannot be read
    DISC = "disc"  # the disc is full, or not writable
    STREETS = "streets"  # the area must be built as a whole first
    OTHER = "other"  # the builder's log says more


class BuildProgress(msgspec.Struct, frozen=True, kw_only=True):
    """The last build of a publication. ``detail`` is for whoever runs the server, in English."""

    publication: str
    state: BuildState
    at: datetime
    reason: FailedFor | None = None
    detail: str = ""


def write_progress(area_root: Path, progress: BuildProgress) -> None:
    """Write it down, whole or not at all."""
    area_root.mkdir(parents=True, exist_ok=True)
    write_whole(area_root / PROGRESS, encode_progress(progress))


def read_progress(area_root: Path) -> BuildProgress | None:
    """What was written down last; None if nothing, or nothing that can be read."""
    try:
        return decode_progress((area_root / PROGRESS).read_bytes())
    except OSError:
        return None


def encode_progress(progress: BuildProgress) -> bytes:
    """As it is written down."""
    return msgspec.json.encode(progress)


def decode_progress(text: bytes) -> BuildProgress | None:
    """What was written down; None if it cannot be read."""
    try:
        return msgspec.json.decode(text, type=BuildProgress)
    except msgspec.MsgspecError:
        return None
