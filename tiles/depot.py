"""The builds of one machine and those of a depot: fetched to build on, and put back."""

import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from guide.area.progress import BuildProgress, encode_progress
from guide.area.read import current_build
from guide.depot.catalogues import push_catalogue
from guide.depot.layout import CURRENT, progress_path
from guide.depot.pull import pull_build
from guide.depot.push import push_build
from guide.depot.store import Store
from guide.domain.errors import DepotError
from tiles.areas import catalogue_folder
from tiles.catalogue import CATALOGUE_FILES

_ASK_EVERY_S: Final = 1.0


class Depot:
    """A depot as a builder sees it whose own builds lie in the folder ``out``."""

    def __init__(self, store: Store, out: Path) -> None:
        self._store = store
        self._out = out
        self._tags: dict[str, str] = {}
        self._asked_at = -_ASK_EVERY_S

    def find_current(self, area: str) -> str:
        """What tells one current build of an area from another; what was known last while the depot is away."""
        if time.monotonic() - self._asked_at >= _ASK_EVERY_S:
            with suppress(DepotError):
                self._tags = {name: stored.tag for name, stored in self._store.list_below(CURRENT).items()}
            self._asked_at = time.monotonic()
        return self._tags.get(area, "")

    def pull(self, area: str) -> None:
        """Have the build that is served here, and make it the current one here.

        Raises:
            DepotError: the store cannot be reached, or refuses.
            OSError: the disc is full.
        """
        pull_build(self._store, area, self._out)

    def push(self, area: str) -> None:
        """Have the current build here served, and keep the catalogue that it was made with.

        Raises:
            DepotError: the store is full, cannot be reached, or refuses.
        """
        push_catalogue(self._store, area, catalogue_folder(area), list(CATALOGUE_FILES))
        push_build(self._store, current_build(self._out, area))
        self._asked_at = -_ASK_EVERY_S

    def tell(self, area: str, progress: BuildProgress) -> None:
        """Say how a build goes, for the desks of all services.

        Raises:
            DepotError: the store is full, cannot be reached, or refuses.
        """
        self._store.write(progress_path(area), encode_progress(progress))
