"""Leases: a build that a running service has open is not cleared away.

A service opens most of a build only when it is first asked for it, so the folder must stay as long as the service may
come back to it. The lease is a shared lock of the operating system on the build's manifest: it ends with the process
that holds it, however that ends.
"""

import fcntl
import os
import shutil
from pathlib import Path
from weakref import finalize

from guide.area.files import MANIFEST
from guide.domain.errors import NotBuiltError


class Lease:
    """A claim to one build, given back by ``close`` or when nobody has the lease any more."""

    def __init__(self, directory: Path) -> None:
        manifest = directory / MANIFEST
        try:
            handle = os.open(manifest, os.O_RDONLY)
            self._give_back = finalize(self, os.close, handle)
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            # Between opening and locking the build may have been cleared away, and this be a file without a name.
            kept = manifest.stat().st_ino == os.fstat(handle).st_ino
        except OSError as error:
            raise NotBuiltError(f"{directory}: cannot be opened ({error.strerror}). Build the area again.") from error
        if not kept:
            raise NotBuiltError(f"{directory}: was replaced by a newer build.")

    def close(self) -> None:
        """Give it back."""
        self._give_back()


def remove_unless_leased(directory: Path) -> bool:
    """Clear a build away if no service has it open; returns whether it is gone."""
    try:
        with (directory / MANIFEST).open("rb") as manifest:
            fcntl.flock(manifest, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Out of sight first: who looks for builds must not meet half of one.
            aside = directory.with_name(f".building-old-{directory.name}")
            directory.rename(aside)
            shutil.rmtree(aside, ignore_errors=True)
    except OSError:  # held, or gone already
        return not directory.exists()
    return True
