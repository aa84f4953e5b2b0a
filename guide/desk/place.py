"""The area that a page of the desk is about: what is built of it, its clock, and what every page shows of it."""

from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from guide.areas.registry import AreaRegistry
from guide.areas.served import ServedArea
from guide.catalogue.office import Office
from guide.catalogue.workflow.people import Actor
from guide.catalogue.workflow.records import Stage
from guide.checking import Ground
from guide.desk.at import At, AtDesk
from guide.desk.gate import ground_of
from guide.desk.pages import Clockface
from guide.desk.problems import status_of
from guide.desk.showing import how_shown
from guide.domain.area import AreaInfo
from guide.domain.entry import EntryKind
from guide.domain.errors import DeskError
from guide.domain.photo import find_photo
from guide.http.texts import Language

PATH_OF_KIND: Final = {
    EntryKind.SLOPE: "slopes",
    EntryKind.LANDMARK: "landmarks",
    EntryKind.TOUR: "tours",
    EntryKind.CLOSURE: "closures",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A part of the desk in the bar below the top; ``count`` is what waits there."""

    word: str
    path: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class PlaceDesk:
    """One request about one area."""

    at: AtDesk
    served: ServedArea
    registry: AreaRegistry

    @property
    def id(self) -> str:
        """The area's id."""
        return self.served.id

    @property
    def info(self) -> AreaInfo:
        """Its names and frame."""
        return self.served.manifest.area

    @property
    def office(self) -> Office:
        """The office."""
        return self.at.office

    @property
    def actor(self) -> Actor:
        """Who asks, acting."""
        return self.at.actor

    @property
    def language(self) -> Language:
        """The language that they read."""
        return self.at.language

    @property
    def zone(self) -> ZoneInfo:
        """Its clock."""
        return ZoneInfo(self.info.time_zone)

    @property
    def ground(self) -> Ground:
        """What rows are held against: its frame and its streets."""
        return ground_of(self.served)

    def path(self, *parts: str) -> str:
        """An address about it."""
        return "/".join(("/desk", self.id, *parts))

    def photo_source(self, address: str) -> str:
        """Where staff see a photo that visitors may not see yet; empty where it is none of ours."""
        name = find_photo(self.id, address)
        return self.path("photos", str(name)) if name else ""

    def page(self, template: str, *, status: int = 200, **values: Any) -> Response[bytes]:  # noqa: ANN401 (whatever a template needs)
        """A page about it."""
        return self.at.page(
            template,
            status=status,
            **{
                "area": self.id,
                "area_name": _name(self.info, self.language),
                "areas": [(each.id, _name(each.manifest.area, self.language)) for each in self.registry.list_known()],
                "tabs": self._tabs(),
                "when": Clockface(self.zone),
                "kinds": PATH_OF_KIND,
                "photo_source": self.photo_source,
                "building": how_shown(self.office, self.served, self.registry),
                **values,
            },
        )

    def part(self, template: str, *, status: int = 200, **values: Any) -> Response[bytes]:  # noqa: ANN401 (as above)
        """A part of a page about it."""
        shared = {
            "area": self.id,
            "when": Clockface(self.zone),
            "kinds": PATH_OF_KIND,
            "photo_source": self.photo_source,
        }
        return self.at.page(template, status=status, **{**shared, **values})

    def refused(self, template: str, error: DeskError, **values: Any) -> Response[bytes]:  # noqa: ANN401 (as above)
        """The same page again, with what was wrong."""
        return self.page(template, status=status_of(error), problem=error.said(self.language), **values)

    def _tabs(self) -> list[Tab]:
        counts = self.office.listing.counts(self.id)
        suggested = self.office.suggestions.count_waiting(self.id)
        waiting = {kind: counts.get((kind, Stage.REVIEW), 0) for kind in EntryKind}
        return [
            Tab(word="home", path=self.path()),
            *(Tab(word=kind.value, path=self.path(PATH_OF_KIND[kind]), count=waiting[kind]) for kind in EntryKind),
            Tab(word="todo", path=self.path("todo")),
            Tab(word="suggestions", path=self.path("suggestions"), count=suggested),
            Tab(word="files", path=self.path("files")),
        ]


Place = NamedDependency[PlaceDesk]


def provide_place(at: At, area_id: FromPath[str], registry: NamedDependency[AreaRegistry]) -> PlaceDesk:
    """The area of an address.

    Raises:
        UnknownAreaError: there is none of that name.
    """
    served = registry.get(area_id)
    at.office.open_area(served.id)
    return PlaceDesk(at, served, registry)


def _name(info: AreaInfo, language: Language) -> str:
    return info.name_ja if language is Language.JA else info.name_en
