"""The office of the running service: opened when first asked for, so that visitors never wait for its database."""

from pathlib import Path
from threading import Lock

from guide.catalogue.office import DATABASE_FILE, Office, open_gate, open_office
from guide.catalogue.workflow.publishing import Gate
from guide.settings import Settings


class OpenOffice:
    """Opens the office once; if that fails, the next one who asks tries again.

    ``gate`` guards what it publishes. ``office`` is one that is open already.
    """

    def __init__(self, settings: Settings, gate: Gate = open_gate, office: Office | None = None) -> None:
        self._settings = settings
        self._gate = gate
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
                    self._office = open_office(self._settings.database_url, self._settings.data, gate=self._gate)
        return self._office

    def is_in_use(self) -> bool:
        """Whether there is a desk at all: somebody has opened it, now or at some time before."""
        settings = self._settings
        return self._office is not None or settings.database_url is not None or (settings.data / DATABASE_FILE).exists()

    @property
    def data(self) -> Path:
        """The folder of everything that the service keeps."""
        return self._settings.data

    def close(self) -> None:
        """Give all connections back."""
        if self._office is not None:
            self._office.close()
