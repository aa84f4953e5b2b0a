"""What visitors must not see: entries with something that ``guide check`` calls blocking are not published."""

from collections.abc import Sequence

from guide.areas.registry import AreaRegistry
from guide.areas.served import ServedArea
from guide.catalogue.workflow.publishing import KnownKeys
from guide.checking import Ground, KnownIds, check_entry
from guide.domain.entry import Entry, called
from guide.domain.errors import DeskError, NotBuiltError, UnknownAreaError
from guide.domain.findings import Severity


class PublishingGate:
    """Holds entries against the streets of their area, where it is built."""

    def __init__(self, registry: AreaRegistry) -> None:
        self._registry = registry

    def __call__(self, area: str, entries: Sequence[Entry], keys: KnownKeys) -> None:
        """Let entries through.

        Raises:
            DeskError: one of them is not fit to be seen; says which and why.
        """
        ground = self._ground(area)
        known = KnownIds.of(keys.slopes, keys.landmarks, ground.built)
        for entry in entries:
            for finding in check_entry(entry, known, ground):
                if finding.severity is Severity.BLOCKING:
                    raise DeskError("desk.not-fit", name=called(entry), what=finding)

    def _ground(self, area: str) -> Ground:
        try:
            served = self._registry.get(area)
        except (UnknownAreaError, NotBuiltError):
            return Ground(None, None)
        return ground_of(served)


def ground_of(served: ServedArea) -> Ground:
    """The frame and the streets of an area, made once for each build."""
    return served.once("desk ground", lambda: Ground(served.manifest.area.bbox, served.built))
