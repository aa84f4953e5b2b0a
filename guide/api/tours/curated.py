"""Tours that staff recommend, as the same reply as any other."""

from typing import Any

from guide.api.routes.request import WalkerRequest
from guide.api.tours.replies import tour_reply
from guide.api.tours.request import HaltRequest, TourRequest
from guide.areas.served import ServedArea
from guide.domain.errors import NotFoundError, RouteError
from guide.domain.tour import Tour, TourStop
from guide.http.texts import Language


def get_tour(area: ServedArea, tour_id: str) -> Tour:
    """A recommended tour by its id.

    Raises:
        NotFoundError: there is none.
    """
    for tour in area.built.tours:
        if tour.entry.id == tour_id:
            return tour
    raise NotFoundError(
        f"{area.id} has no tour {tour_id!r}. The tours are listed at /api/{area.id}/collections/tours/items."
    )


def curated_reply(
    area: ServedArea, tour: Tour, walker: WalkerRequest, depart: str | None, language: Language
) -> dict[str, Any]:
    """A recommended tour, walked by whoever asks.

    Raises:
        RouteError: it cannot be walked, by anybody or by these legs.
    """
    entry = tour.entry
    if tour.walk is None:
        raise RouteError(
            f"The tour {entry.name} cannot be walked as it is written; the findings of the last build say why."
        )
    request = request_of_tour(area, tour, walker, depart, language)
    english = language is Language.EN
    return {
        **tour_reply(area, request),
        "aim": "recommended",
        "id": entry.id,
        "name": entry.name_en if english and entry.name_en else entry.name,
        "reading": entry.reading,
        "description": entry.description_en if english and entry.description_en else entry.description_ja,
        "licence": entry.licence,
        "credit": entry.credit,
        "sources": list(entry.sources),
    }


def request_of_tour(
    area: ServedArea, tour: Tour, walker: WalkerRequest, depart: str | None, language: Language
) -> TourRequest:
    """A recommended tour as one would ask for it halt by halt."""
    halts = [_halt(area, stop) for stop in tour.entry.stops]
    return TourRequest(halts=halts, walker=walker, depart=depart, language=language)


def _halt(area: ServedArea, stop: TourStop) -> HaltRequest:
    if stop.id in area.slopes:
        return HaltRequest(slope=stop.id, direction=stop.direction)
    return HaltRequest(landmark=stop.id)
