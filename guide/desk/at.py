"""What a handler of the desk is given: who asks, the office, and the pages to answer with."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from litestar import Response
from litestar.datastructures import State
from litestar.di import NamedDependency

from guide.catalogue.office import Office
from guide.catalogue.workflow.people import Actor
from guide.desk.access import AnyRequest, NotSignedInError, Person, find_person
from guide.desk.forms import Form
from guide.desk.pages import DeskPages, language_of
from guide.desk.problems import status_of
from guide.domain.errors import DeskError
from guide.http.exchange import Exchange, exchange_of
from guide.http.texts import Language

if TYPE_CHECKING:
    from guide.desk.opening import OpenOffice


@dataclass(frozen=True, slots=True)
class AtDesk:
    """One request at the desk."""

    request: AnyRequest
    office: Office
    desk: DeskPages

    @property
    def me(self) -> Person:
        """Who asks; behind the guard there is somebody."""
        person = find_person(self.request)
        if person is None:
            raise NotSignedInError
        return person

    @property
    def actor(self) -> Actor:
        """Who asks, acting."""
        return self.me.actor

    @property
    def language(self) -> Language:
        """The language that they read."""
        return language_of(self.request)

    @property
    def exchange(self) -> Exchange:
        """The request as the front sees it."""
        return exchange_of(self.request)

    def page(self, template: str, *, status: int = 200, **values: Any) -> Response[bytes]:  # noqa: ANN401 (whatever a template needs)
        """A page of the desk."""
        return self.desk.page(self.request, template, status=status, **values)

    def refused(self, template: str, error: DeskError, **values: Any) -> Response[bytes]:  # noqa: ANN401 (as above)
        """The same page again, with what was wrong."""
        return self.page(template, status=status_of(error), problem=error.said(self.language), **values)


At = NamedDependency[AtDesk]
Typed = NamedDependency[Form]


def provide_at(request: AnyRequest, state: State) -> AtDesk:
    """One request at the desk; opens the office if nobody has yet."""
    offices: OpenOffice = state.offices
    pages: DeskPages = state.desk_pages
    return AtDesk(request, offices.get(), pages)
