"""What commands of the desk share: the office opened, and the area asked for."""

from collections.abc import Iterator
from contextlib import contextmanager

from guide.area.read import list_built_areas
from guide.catalogue.folders import list_areas
from guide.catalogue.office import Office, open_office
from guide.domain.errors import UnknownAreaError
from guide.settings import Settings


@contextmanager
def office_of(settings: Settings) -> Iterator[Office]:
    """The office that the service of these settings works with."""
    office = open_office(settings.database_url, settings.data)
    try:
        yield office
    finally:
        office.close()


def open_area(office: Office, settings: Settings, area: str) -> None:
    """Make an area known to the office.

    Raises:
        UnknownAreaError: there is none of that name, built or described.
    """
    areas = sorted({*list_areas(settings.data), *list_built_areas(settings.build_root)})
    if area not in areas:
        raise UnknownAreaError(f"There is no area {area!r}. The areas are: {', '.join(areas)}.")
    office.open_area(area)
