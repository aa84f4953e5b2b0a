"""Files that are there whole or not at all, and locks that one process of a machine holds."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """Gives a place beside a file to write in, and moves what was written there in the end.

    No reader sees half of it; if the writing fails, what was there before still is. Every writer has an own place.

    Raises:
        OSError: the disc is full, or not writable.
    """
    place = path.with_name(f".{path.name}-{os.getpid()}-{os.urandom(4).hex()}.part")
    try:
        yield place
        place.rename(path)
    except BaseException:
        with suppress(OSError):
            place.unlink(missing_ok=True)
        raise


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all.

    Raises:
        OSError: the disc is full, or not writable.
    """
    with aside(path) as place:
        place.write_bytes(content)


def hold_alone(path: Path) -> IO[str] | None:
    """A lock that no other process has as long as the file that is returned is open; None if another one has it.

    Raises:
        OSError: the folder is not writable.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        return None
    return lock
