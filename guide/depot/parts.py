"""Large files read by range: each part is kept on the local disc once it has been read, within a bound."""

import os
from pathlib import Path
from threading import Lock
from typing import Final

from guide.depot.layout import file_path
from guide.depot.store import Store
from guide.files import write_whole

PART: Final = 256 * 1024
"""Bytes that are read at once: some dozen tiles that lie near each other on the map."""

_LOCKS: Final = 64
_FULL_SHARE: Final = 0.9
"""How much of the bound is left after old parts have been cleared away."""

_LOOK_SHARE: Final = 0.02
"""How much of the bound a process writes before it looks again at how much all have written."""


class PartCache:
    """Parts of a store's files in a local folder that all of a machine's processes share.

    Files never change, so a part never grows stale; the parts read longest ago are cleared away first. A disc that is
    full, or a folder that cannot be written, only makes it slower.
    """

    def __init__(self, store: Store, folder: Path, most_bytes: int) -> None:
        self._store = store
        self._folder = folder
        self._most = most_bytes
        self._written = most_bytes  # so that the first write looks at what other processes have left
        self._locks = [Lock() for _ in range(_LOCKS)]

    def read(self, sha256: str, number: int, size: int) -> bytes:
        """Part ``number`` of a file of ``size`` bytes.

        Raises:
            DepotError: it is not here, and the store cannot be reached.
        """
        path = self._folder / sha256 / str(number)
        with self._locks[hash((sha256, number)) % _LOCKS]:  # two who want one part fetch it once
            try:
                content = path.read_bytes()
                os.utime(path)
            except OSError:
                start = number * PART
                content = self._store.read_part(file_path(sha256), start, min(start + PART, size))
                self._keep(path, content)
        return content

    def _keep(self, path: Path, content: bytes) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)
        except OSError:
            self._clear(0)
            return
        self._written += len(content)
        if self._written > _LOOK_SHARE * self._most:
            self._written = 0
            self._clear(self._most)

    def _clear(self, most: int) -> None:
        """Clear old parts away until what is left is well below a bound."""
        found: list[tuple[float, int, Path]] = []
        for path in self._folder.glob("*/*"):
            try:
                stat = path.stat()
            except OSError:  # another process cleared it away
                continue
            found.append((stat.st_mtime, stat.st_size, path))
        held = sum(size for _, size, _ in found)
        if held <= most:
            return
        for _, size, path in sorted(found):
            if held <= _FULL_SHARE * most:
                break
            path.unlink(missing_ok=True)
            held -= size


class RemoteFile:
    """A file in a store as something that can be cut like bytes."""

    def __init__(self, parts: PartCache, sha256: str, size: int) -> None:
        self._parts = parts
        self._sha256 = sha256
        self._size = size

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, span: slice) -> bytes:
        """The bytes of a span; see ``PartCache.read`` for what can go wrong."""
        start, stop, _ = span.indices(self._size)
        if stop <= start:
            return b""
        first, last = start // PART, (stop - 1) // PART
        whole = b"".join(self._parts.read(self._sha256, number, self._size) for number in range(first, last + 1))
        return whole[start - first * PART : stop - first * PART]
