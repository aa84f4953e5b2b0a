"""Whether visitors see what was published already, and if not, why."""

from dataclasses import dataclass
from enum import StrEnum

from guide.area.progress import BuildState, FailedFor
from guide.areas.registry import AreaRegistry
from guide.areas.served import ServedArea
from guide.catalogue.folders import find_published
from guide.catalogue.office import Office
from guide.catalogue.published import read_record


class Showing(StrEnum):
    """Where the latest publication of an area stands for visitors."""

    SHOWN = "shown"
    WAITING = "waiting"
    BUILDING = "building"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """That, and what kept it."""

    state: Showing
    reason: FailedFor | None = None
    detail: str = ""


def how_shown(office: Office, served: ServedArea, registry: AreaRegistry) -> Shown:
    """What visitors see of the latest publication: the served build was made from its files, or it was not yet."""
    publication = office.publishing.current().get(served.id)
    if publication is None:
        return Shown(state=Showing.SHOWN)
    folder = find_published(office.data, served.id)
    record = read_record(folder) if folder else None
    if record is not None and record.publication == publication:
        built = {each.file: each.sha256 for each in served.manifest.inputs}
        if all(built.get(name) == sha256 for name, sha256 in record.files.items()):
            return Shown(state=Showing.SHOWN)
    progress = registry.read_progress(served.id)
    if progress is None or progress.publication != publication:
        return Shown(state=Showing.WAITING)
    if progress.state is BuildState.FAILED:
        return Shown(state=Showing.FAILED, reason=progress.reason, detail=progress.detail)
    return Shown(state=Showing.BUILDING)
