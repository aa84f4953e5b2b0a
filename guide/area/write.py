"""Writing a built area: aside, then one atomic swap.

A build is named by the hash of its manifest, which names the hash of every file: the same inputs give the same name
and the same bytes. Whatever happens before the swap, what was served stays served.
"""

import errno
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from guide.area.changes import record_changes
from guide.area.files import CURRENT, MANIFEST
from guide.area.lease import remove_unless_leased
from guide.area.manifest import OutputFile, build_id
from guide.domain.errors import BuildError, BuildRunningError

_ASIDE: Final = ".building-"
_BUILDS_KEPT: Final = 2  # the current one and the one before, to go back to; others as long as a service has them open


@contextmanager
def build_directory(area_root: Path) -> Iterator[Path]:
    """An empty directory to build in, beside the builds; removed if it was not published.

    One build an area at a time. What dead builds left behind is cleared away first.

    Raises:
        BuildError: another build of the area is running, or the disc is full or not writable.
    """
    with _disc_errors(area_root):
        area_root.mkdir(parents=True, exist_ok=True)
        with (area_root / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BuildRunningError(
                    f"Another build of {area_root.name!r} is running. Wait for it, or end it."
                ) from error
            for left_over in area_root.glob(f"{_ASIDE}*"):
                shutil.rmtree(left_over, ignore_errors=True)
            directory = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=area_root))
            directory.chmod(0o755)
            try:
                yield directory
            finally:
                shutil.rmtree(directory, ignore_errors=True)


def publish(directory: Path, area_root: Path) -> Path:
    """Give a finished build its name and make it the current one; returns where it now lies."""
    for path in directory.rglob("*"):
        # What is linked to an earlier build was written down with that one.
        if path.is_file() and not path.is_symlink() and path.stat().st_nlink == 1:
            _sync(path)
    target = area_root / build_id(directory)
    if target.is_dir() and not _holds(target, directory):
        # The same manifest but other bytes: somebody changed a file by hand. The fresh one is right.
        aside = area_root / f"{_ASIDE}damaged-{target.name}"
        target.rename(aside)
        shutil.rmtree(aside, ignore_errors=True)
    if not target.is_dir():
        directory.rename(target)
    before = _current(area_root)
    _point(area_root / CURRENT, target)
    if before != target:
        record_changes(area_root, before, target)
    _forget_old_builds(area_root, target)
    return target


def _current(area_root: Path) -> Path | None:
    """The build that is current until now; None if there is none, or it is gone."""
    link = area_root / CURRENT
    return link.resolve() if link.is_dir() else None


def link_build(source: Path, directory: Path, without: Callable[[Path], bool]) -> None:
    """Put the files of an earlier build into a directory as links to the same bytes, but for some by relative path."""
    for path in sorted(source.rglob("*")):
        relative = path.relative_to(source)
        target = directory / relative
        if without(relative):
            continue
        if path.is_symlink():
            target.symlink_to(path.readlink())
        elif path.is_dir():
            target.mkdir()
        else:
            os.link(path, target)


def hash_files(directory: Path, known: Mapping[str, OutputFile] | None = None) -> dict[str, OutputFile]:
    """Every file below a directory (links left out), by relative name in order, with hash and size.

    What ``known`` says of a file is believed.
    """
    believed = known or {}
    files = {}
    for path in sorted(directory.rglob("*")):
        if path.is_file() and not path.is_symlink():
            name = path.relative_to(directory).as_posix()
            files[name] = believed.get(name) or OutputFile(sha256=sha256(path), bytes=path.stat().st_size)
    return files


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _holds(target: Path, directory: Path) -> bool:
    return hash_files(target) == hash_files(directory)


def _point(link: Path, target: Path) -> None:
    new = link.with_name(f".{CURRENT}-{os.getpid()}")
    new.unlink(missing_ok=True)
    new.symlink_to(target.name)
    new.rename(link)  # atomic: a reader sees the old build or the new one, never neither
    folder = os.open(link.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _forget_old_builds(area_root: Path, current: Path) -> None:
    builds = [path.parent for path in area_root.glob(f"*/{MANIFEST}") if path.parent.name != CURRENT]
    others = sorted((path for path in builds if path != current), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in others[_BUILDS_KEPT - 1 :]:
        remove_unless_leased(old)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


@contextmanager
def _disc_errors(area_root: Path) -> Iterator[None]:
    """Turn what a disc can do to a build into one sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise BuildError(
                f"The disc of {area_root} is full. What was served before is untouched; make room and build again."
            ) from error
        if error.errno in {errno.EACCES, errno.EROFS, errno.EPERM, errno.ENOENT, errno.ENOTDIR}:
            raise BuildError(f"{area_root} cannot be written to. Choose another folder with --out.") from error
        raise
