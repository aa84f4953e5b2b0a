"""The office of the running service: opened when first asked for, so that visitors never wait for its database."""

from threading import Lock

from guide.catalogue.office import Office, open_office
from guide.settings import Settings


class OpenOffice:
    """Opens the office once; if that fails, the next one who asks tries again. ``office`` is one that is open."""

    def __init__(self, settings: Settings, office: Office | None = None) -> None:
        self._settings = settings
        self._lock = Lock()
        self._office = office

    def get(self) -> Office:
        """The office.

        Raises:
            StoreError: its database cannot be reached now, or was made by a newer program.
            UsageError: the address of the database is none.
        """
        if self._office is None:
            with self._lock:
                if self._office is None:
                    self._office = open_office(self._settings.database_url, self._settings.data)
        return self._office

    def find(self) -> Office | None:
        """The office if it is open already."""
        return self._office

    def close(self) -> None:
        """Give all connections back."""
        if self._office is not None:
            self._office.close()
