"""Lists of entries."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, QueryParameter

from guide.catalogue.workflow.listing import LONGEST_SEARCH, Lack, Order, Wish
from guide.catalogue.workflow.people import Permission
from guide.catalogue.workflow.records import Stage
from guide.desk.access import PERMISSION
from guide.desk.place import PATH_OF_KIND, Place, PlaceDesk
from guide.desk.problems import is_part
from guide.domain.entry import EntryKind

_KIND_OF_PATH: Final = {path: kind for kind, path in PATH_OF_KIND.items()}
CHANGED: Final = "changed"
_SHOWN: Final = (*(stage.value for stage in Stage), CHANGED)

Search = Annotated[str, QueryParameter(description="words of a name", max_length=LONGEST_SEARCH)]
Shown = Annotated[str, QueryParameter(description="a stage, or changed", pattern=f"^({'|'.join(_SHOWN)}|)$")]
Lacking = Annotated[str, QueryParameter(description="what is missing", pattern="^(place|story|photo|)$")]
PageNumber = Annotated[int, QueryParameter(ge=1, le=10_000)]
Ordered = Annotated[Order, QueryParameter(description="order of the list")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a list is asked for, as its address says it."""

    q: str
    show: str
    lack: str
    order: Order
    page: int

    def wish(self, kind: EntryKind) -> Wish:
        """What the list should hold."""
        return Wish(
            kind=kind,
            stage=Stage(self.show) if self.show in set(Stage) else None,
            changed_only=self.show == CHANGED,
            text=self.q,
            lack=Lack(self.lack) if self.lack else None,
            order=self.order,
            page=self.page,
        )


def provide_asked(
    q: Search = "", show: Shown = "", lack: Lacking = "", order: Ordered = Order.NAME, page: PageNumber = 1
) -> Asked:
    """What a list is asked for."""
    return Asked(q=q, show=show, lack=lack, order=order, page=page)


@get("/{area_id:str}/{kind:str}", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def get_list(place: Place, kind: FromPath[str], asked: NamedDependency[Asked]) -> Response[bytes]:
    """A page of a list, or the table alone while one types."""
    entry_kind = kind_of_path(kind)
    found = place.office.listing.page(place.id, asked.wish(entry_kind))
    values: dict[str, Any] = {"kind": entry_kind, "asked": asked, "found": found, "measured": place.served.slopes}
    if is_part(place.at.request):
        return place.part("list-table.html", **values)
    only_on_map = _only_on_map(place) if entry_kind is EntryKind.SLOPE else 0
    words: dict[str, Any] = {"shown": _SHOWN, "orders": list(Order), "lacks": list(Lack)}
    return place.page("list.html", only_on_map=only_on_map, **words, **values)


def kind_of_path(path: str) -> EntryKind:
    """The kind of entries that an address is about.

    Raises:
        NotFoundException: there is no such kind.
    """
    kind = _KIND_OF_PATH.get(path)
    if kind is None:
        raise NotFoundException
    return kind


def _only_on_map(place: PlaceDesk) -> int:
    """How many slopes the build found by their street's name that the catalogue does not have."""
    return len(place.served.slopes.keys() - place.office.listing.keys(place.id, EntryKind.SLOPE))
