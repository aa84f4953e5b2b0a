"""Where one arrives: what waits, what was done lately, what visitors see."""

from typing import Annotated

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.response import Redirect

from guide.areas.registry import AreaRegistry
from guide.catalogue.workflow.listing import Order, Wish
from guide.catalogue.workflow.people import Permission
from guide.catalogue.workflow.records import EntryRecord, Stage
from guide.desk.access import PERMISSION
from guide.desk.at import At
from guide.desk.pages import go
from guide.desk.place import Place, PlaceDesk
from guide.domain.entry import EntryKind
from guide.domain.errors import DeskError

_LINES = 12
AreaId = Annotated[str, QueryParameter(description="an area's id", max_length=64)]


@get("/", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def get_first(at: At, registry: NamedDependency[AreaRegistry]) -> Redirect:
    """The area that visitors meet first."""
    known = registry.list_known()
    if not known:
        raise DeskError("desk.nothing-built")
    del at
    return Redirect(f"/desk/{known[0].id}", status_code=303)


@get("/go", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def get_go(registry: NamedDependency[AreaRegistry], to: AreaId) -> Redirect:
    """Another area."""
    return go(f"/desk/{registry.get(to).id}")


@get("/{area_id:str}", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def get_home(place: Place) -> Response[bytes]:
    """What waits in an area."""
    publications = place.office.publishing.list_publications(place.id, 1)
    return place.page(
        "home.html",
        review=_some(place, Stage.REVIEW),
        drafts=_some(place, Stage.DRAFT),
        counts=_public_counts(place),
        last=publications[0] if publications else None,
        lines=place.office.log.lines(area=place.id, limit=_LINES),
    )


@get("/{area_id:str}/found", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def get_found(place: Place) -> Response[bytes]:
    """Slopes that only the map knows, by the names of its streets."""
    known = place.office.listing.keys(place.id, EntryKind.SLOPE)
    slopes = [slope for key, slope in place.served.slopes.items() if key not in known]
    return place.page("found.html", slopes=sorted(slopes, key=lambda slope: slope.entry.reading or slope.entry.name))


def _some(place: PlaceDesk, stage: Stage) -> list[EntryRecord]:
    """The latest of every kind that stand somewhere."""
    found = [
        record
        for kind in EntryKind
        for record in place.office.listing.page(place.id, Wish(kind=kind, stage=stage, order=Order.NEWEST)).rows[
            :_LINES
        ]
    ]
    return sorted(found, key=lambda record: record.changed_at, reverse=True)[:_LINES]


def _public_counts(place: PlaceDesk) -> dict[str, int]:
    """How many of each kind visitors see of the catalogue."""
    return {kind.value: place.office.listing.public_count(place.id, kind) for kind in EntryKind}
