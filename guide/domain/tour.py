"""A tour: slopes and landmarks in the order in which somebody recommends them."""

from dataclasses import dataclass

from guide.domain.route import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class TourStop:
    """A slope or a landmark by its id, and for a slope which way it is walked."""

    id: str
    direction: Direction = Direction.ANY


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueTour:
    """One row of ``tours.csv``: a walk that staff recommend. ``note`` is for staff and never published."""

    id: str
    name: str
    reading: str | None = None
    name_en: str | None = None
    description_ja: str | None = None
    description_en: str | None = None
    stops: tuple[TourStop, ...] = ()
    licence: str | None = None
    credit: str | None = None
    sources: tuple[str, ...] = ()
    status: str = "published"
    note: str | None = None
