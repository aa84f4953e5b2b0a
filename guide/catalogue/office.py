"""Everything that the desk works with: the database opened, and an object for each kind of act."""

import fcntl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from guide.catalogue.accounts.accounts import Accounts
from guide.catalogue.accounts.passwords import Passwords
from guide.catalogue.accounts.sessions import Sessions
from guide.catalogue.exchange.applying import Applying
from guide.catalogue.exchange.shelf import Shelf
from guide.catalogue.folders import find_area_folder
from guide.catalogue.photos.album import Album
from guide.catalogue.published import published_now, write_published
from guide.catalogue.store import migrate
from guide.catalogue.store.backup import BackupInfo, restore_backup, write_backup
from guide.catalogue.store.database import Database
from guide.catalogue.suggestions.suggestions import Suggestions
from guide.catalogue.workflow.dismissals import Dismissals
from guide.catalogue.workflow.drafts import Drafts
from guide.catalogue.workflow.history import History
from guide.catalogue.workflow.listing import Listing
from guide.catalogue.workflow.log import Log
from guide.catalogue.workflow.presence import Presence
from guide.catalogue.workflow.publishing import Gate, KnownKeys, Publishing
from guide.catalogue.workflow.review import Review
from guide.catalogue.workflow.seeding import Seeding
from guide.domain.entry import Entry
from guide.domain.photo import PHOTO_FOLDER

DATABASE_FILE: Final = "desk/desk.sqlite"
_DROPPED_FILES: Final = "desk/files"


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


def open_gate(_area: str, _entries: Sequence[Entry], _keys: KnownKeys) -> None:
    """Let everything through."""


class Office:
    """The desk's own things. ``data`` is where the files of the service lie; ``gate`` guards what is published."""

    def __init__(
        self,
        database: Database,
        data: Path,
        *,
        gate: Gate = open_gate,
        clock: Callable[[], datetime] = now,
        passwords: Passwords | None = None,
    ) -> None:
        self.database = database
        self.data = data
        self.drafts = Drafts(database, clock)
        self.review = Review(database, clock)
        self.publishing = Publishing(database, clock, gate)
        self.history = History(database)
        self.presence = Presence(database, clock)
        self.listing = Listing(database)
        self.log = Log(database)
        self.suggestions = Suggestions(database, clock)
        self.dismissals = Dismissals(database, clock)
        self.album = Album(database, data / PHOTO_FOLDER, clock)
        self.applying = Applying(database, clock)
        self.shelf = Shelf(data / _DROPPED_FILES, clock)
        passwords = passwords or Passwords()
        self.accounts = Accounts(database, clock, passwords)
        self.sessions = Sessions(database, clock, passwords)
        self._clock = clock
        self._known: set[str] = set()
        self._seeding = Seeding(database, clock)

    def open_area(self, area: str) -> None:
        """Make sure that an area is known, from the files that it came with if it is met for the first time.

        Raises:
            SourceError: one of those files cannot be read.
        """
        if area not in self._known:
            self._seeding.ensure(area, find_area_folder(self.data, area))
            self._known.add(area)

    def list_areas(self) -> list[str]:
        """Every area that the desk has met."""
        return list(self.publishing.current())

    def write_published(self) -> list[str]:
        """Write the files of every publication that is not written yet; the areas whose files have changed.

        This may be done at any time and by anybody: it ends where the database and the files agree.

        Raises:
            OSError: the disc is full, or not writable.
        """
        changed = []
        with _lock(self.data / "catalogue"):
            for area, publication in self.publishing.current().items():
                if publication is None or published_now(self.data, area) == publication:
                    continue
                public = self.publishing.public(area)
                if public.publication is not None:
                    write_published(self.data, area, public.publication, public.entries)
                    changed.append(area)
        return changed

    def back_up(self, path: Path) -> BackupInfo:
        """Write everything that cannot be made again into one file, while people work.

        Raises:
            OSError: the disc is full, or not writable.
        """
        return write_backup(self.database, self.data / PHOTO_FOLDER, path, self._clock())

    def restore(self, path: Path) -> BackupInfo:
        """Put everything back as a backup has it.

        Raises:
            SourceError: it is no backup, or is damaged; nothing has been changed.
        """
        info = restore_backup(self.database, self.data / PHOTO_FOLDER, path)
        self._known.clear()
        self.write_published()
        return info

    def close(self) -> None:
        """Give all connections back."""
        self.database.close()


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """One writer at a time, whichever process it is in."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def open_database(url: str | None, data: Path) -> Database:
    """The desk's database: that of the address, or a file among the service's own.

    Raises:
        UsageError: the address is none.
    """
    return Database(url) if url else Database.at(data / DATABASE_FILE)


def open_office(url: str | None, data: Path, *, gate: Gate = open_gate) -> Office:
    """The office of a service: its database brought to the shape that this program knows.

    Raises:
        StoreError: the database cannot be reached, or was made by a newer program.
        UsageError: the address of the database is none.
    """
    database = open_database(url, data)
    migrate.upgrade(database)
    return Office(database, data, gate=gate)
