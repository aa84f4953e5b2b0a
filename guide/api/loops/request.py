"""What a loop is asked for."""

from typing import Annotated, Final

import msgspec

from guide.api.routes.request import StopRequest, WalkerRequest, walker_of
from guide.api.tours.request import WeightsRequest, place_of, taste_of
from guide.areas.served import ServedArea
from guide.domain.errors import UsageError
from guide.domain.loop import LoopMeasure, LoopWish
from guide.domain.slope import Theme
from guide.http.texts import Language
from guide.routing.loops.find import LIMITS

MOST_LOOPS: Final = 6

_DISTANCE, _DURATION, _ASCENT = (LIMITS[measure] for measure in LoopMeasure)


class LoopRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A loop from a place: exactly one of ``distance_m``, ``duration_min`` and ``ascent_m``."""

    start: StopRequest
    distance_m: Annotated[float, msgspec.Meta(ge=_DISTANCE[0], le=_DISTANCE[1])] | None = None
    duration_min: Annotated[float, msgspec.Meta(ge=_DURATION[0] / 60, le=_DURATION[1] / 60)] | None = None
    ascent_m: Annotated[float, msgspec.Meta(ge=_ASCENT[0], le=_ASCENT[1])] | None = None
    count: Annotated[int, msgspec.Meta(ge=1, le=MOST_LOOPS)] = 4
    themes: Annotated[list[Theme], msgspec.Meta(max_length=len(Theme))] = []
    weights: WeightsRequest = WeightsRequest()
    walker: WalkerRequest = WalkerRequest()
    language: Language = Language.JA


def loop_wish_of(request: LoopRequest, area: ServedArea) -> LoopWish:
    """The wish of a request.

    Raises:
        UsageError: not exactly one measure is given, or the start is worded wrongly.
        NotFoundError: the area has no such landmark or slope.
    """
    given = [
        (measure, amount)
        for measure, amount in (
            (LoopMeasure.DISTANCE, request.distance_m),
            (LoopMeasure.DURATION, None if request.duration_min is None else 60 * request.duration_min),
            (LoopMeasure.ASCENT, request.ascent_m),
        )
        if amount is not None
    ]
    if len(given) != 1:
        raise UsageError("Give exactly one of distance_m, duration_min and ascent_m.")
    measure, amount = given[0]
    return LoopWish(
        start=place_of(request.start, "start", area, request.language),
        walker=walker_of(request.walker),
        measure=measure,
        amount=amount,
        taste=taste_of(request.themes, request.weights),
        count=request.count,
    )
