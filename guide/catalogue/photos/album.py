"""The photos of the service: files named by what is seen on them, so that nothing is kept twice and nothing changes."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import select

from guide.catalogue.photos.develop import Developed, develop
from guide.catalogue.store.database import Database
from guide.catalogue.store.schema import RevisionRow
from guide.catalogue.workflow.people import Actor, Permission
from guide.catalogue.workflow.rows import Doing
from guide.domain.photo import PhotoName, PhotoSize, find_photo_name, is_ours, photo_address
from guide.files import aside

_FORGOTTEN_AFTER: Final = timedelta(days=7)
"""How long a photo stays that nobody has put into an entry: the form may still be open."""


class Album:
    """Takes photos in. ``folder`` is where they lie; all services of one database share it."""

    def __init__(self, database: Database, folder: Path, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self.folder = folder

    def add(self, actor: Actor, area: str, content: bytes, file: str) -> str:
        """Take a photo in; gives its address, for an entry's column ``photo``. ``file`` is what its owner called it.

        Raises:
            NotAllowedError: the actor may not.
            DeskError: it is too large, too small, damaged, or no photo at all.
            OSError: the disc is full, or not writable.
        """
        actor.require(Permission.EDIT)
        photo = develop(content)
        self._keep(photo)
        address = photo_address(area, photo.name)
        with self._database.writing(area) as session:
            doing = Doing(session=session, actor=actor, now=self._clock())
            doing.log("photo-added", area, photo=address, file=file[:200], bytes=len(content))
        return address

    def find(self, name: PhotoName, size: PhotoSize = PhotoSize.LARGE) -> Path | None:
        """The file of a photo, if there is such a photo."""
        path = self.folder / name.file(size)
        return path if path.is_file() else None

    def forget_unused(self) -> int:
        """Take away what was sent in but never put into an entry; how many photos those were."""
        oldest = (self._clock() - _FORGOTTEN_AFTER).timestamp()
        unused = {
            name: path
            for path in self.folder.glob("*.jpg")
            if (name := find_photo_name(path.name)) and path.stat().st_mtime < oldest
        }
        if not unused:
            return 0
        with self._database.reading() as session:
            said = session.scalars(select(RevisionRow.content["photo"].as_string()).distinct())
            used = {address.rpartition("/")[2] for address in said if address and is_ours(address)}
        gone = [name for name in unused if str(name) not in used]
        for name in gone:
            for size in PhotoSize:
                (self.folder / name.file(size)).unlink(missing_ok=True)
        return len(gone)

    def _keep(self, photo: Developed) -> None:
        """Write every size aside and rename it, the photo's own file last: if it is there, all are."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for size in sorted(PhotoSize):
            path = self.folder / photo.name.file(size)
            if path.exists():
                path.touch()  # sent in once more: its week begins anew
                continue
            with aside(path) as place, place.open("wb") as file:
                file.write(photo.pictures[size])
                file.flush()
                os.fsync(file.fileno())
