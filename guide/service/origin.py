"""Where this service finds its builds, as the settings say."""

from guide.areas.origin import DepotOrigin, FolderOrigin, Origin
from guide.depot.builds import BuildCache
from guide.depot.store import Store
from guide.settings import Settings

_MB = 1024 * 1024


def origin_of(settings: Settings) -> Origin:
    """The depot if there is one, else the folder of builds.

    Raises:
        UsageError: the depot's address is none.
    """
    if settings.depot is None:
        return FolderOrigin(settings.build_root)
    folder = settings.depot_cache
    return DepotOrigin(BuildCache(Store(settings.depot), folder, settings.depot_cache_mb * _MB), folder)
