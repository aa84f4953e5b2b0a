"""The published catalogue as files, which is all that the builder sees of the desk: written aside, swapped at once."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from guide.catalogue.cells import cells_of
from guide.catalogue.folders import CURRENT, find_published, published_root
from guide.catalogue.tables import TABLES
from guide.catalogue.write_csv import write_table
from guide.domain.entry import Entry, kind_of

RECORD: Final = "publication.json"
_ASIDE: Final = ".writing-"
_KEPT: Final = 3
"""Catalogues that stay: the current one, and those that a build may still be reading."""


class PublishedRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What stands beside the files: which publication they are, and the hash of each."""

    publication: str
    files: dict[str, str]


def write_published(data: Path, area: str, publication: str, entries: Iterable[Entry]) -> Path:
    """Write the published entries of an area and make them the current ones; nothing is written twice.

    Raises:
        OSError: the disc is full, or not writable; what was current still is.
    """
    root = published_root(data, area)
    root.mkdir(parents=True, exist_ok=True)
    target = root / publication
    if not target.is_dir():
        aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=root))
        try:
            aside.chmod(0o755)
            _write(aside, publication, entries)
            aside.rename(target)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
    _point(root / CURRENT, target)
    _tidy(root, target)
    return target


def read_record(folder: Path) -> PublishedRecord | None:
    """What a folder of published files is; None if nothing says so."""
    try:
        return msgspec.json.decode((folder / RECORD).read_bytes(), type=PublishedRecord)
    except (OSError, msgspec.MsgspecError):
        return None


def published_now(data: Path, area: str) -> str | None:
    """The publication whose files are the current ones."""
    folder = find_published(data, area)
    record = read_record(folder) if folder else None
    return record.publication if record else None


def _write(folder: Path, publication: str, entries: Iterable[Entry]) -> None:
    by_kind: dict[str, list[Entry]] = {kind: [] for kind in TABLES}
    for entry in entries:
        by_kind[kind_of(entry)].append(entry)
    hashes = {}
    for kind, table in TABLES.items():
        content = write_table(table.columns, map(cells_of, by_kind[kind]))
        hashes[table.file] = hashlib.sha256(content).hexdigest()
        _write_safely(folder / table.file, content)
    _write_safely(folder / RECORD, msgspec.json.encode(PublishedRecord(publication=publication, files=hashes)))


def _write_safely(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _point(link: Path, target: Path) -> None:
    new = link.with_name(f".{CURRENT}-{os.getpid()}-{os.urandom(4).hex()}")
    new.symlink_to(target.name)
    new.rename(link)  # atomic: the builder sees the old catalogue or the new one
    folder = os.open(link.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _tidy(root: Path, current: Path) -> None:
    """Take away what dead writers left, and all but the latest catalogues."""
    finished = [path.parent for path in root.glob(f"*/{RECORD}") if path.parent.name not in {CURRENT, current.name}]
    finished.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for old in [*finished[_KEPT - 1 :], *root.glob(f"{_ASIDE}*"), *root.glob(f".{CURRENT}-*")]:
        if old.is_symlink():
            old.unlink(missing_ok=True)
        else:
            shutil.rmtree(old, ignore_errors=True)
