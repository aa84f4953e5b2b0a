"""The catalogue that a desk published, beside the builds: so that who builds the whole area anew builds it with it."""

from pathlib import Path

import msgspec

from guide.depot.layout import catalogue_path
from guide.depot.store import Store
from guide.domain.errors import DepotError


def push_catalogue(store: Store, area: str, folder: Path, names: list[str]) -> None:
    """Put the files of a published catalogue into a depot, all at once.

    Raises:
        DepotError: the store is full, cannot be reached, or refuses.
    """
    files = {name: (folder / name).read_text(encoding="utf-8") for name in names if (folder / name).is_file()}
    store.write(catalogue_path(area), msgspec.json.encode(files))


def find_pushed_catalogue(store: Store, area: str) -> dict[str, bytes] | None:
    """The files of an area's published catalogue by name; None if its desk never published.

    Raises:
        DepotError: the store cannot be reached, or holds something else there.
    """
    found = store.find(catalogue_path(area))
    try:
        files = None if found is None else msgspec.json.decode(found, type=dict[str, str])
    except msgspec.MsgspecError as error:
        raise DepotError(f"{store.url}: {catalogue_path(area)} is damaged. Publish anything at the desk.") from error
    return None if files is None else {name: text.encode() for name, text in files.items()}
