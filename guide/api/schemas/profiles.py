"""Heights along slopes and lines."""

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from guide.api.schemas.areas import CreditFields
from guide.api.schemas.slopes import MeasureFields

Distances = Annotated[list[float], Meta(description="metres from the first point of the line")]
Heights = Annotated[list[float | None], Meta(description="metres above the sea at each distance; null where not known")]


@dataclass(frozen=True, kw_only=True)
class BandPiece:
    """A stretch of one band of grade."""

    from_m: Annotated[float, Meta(description="metres from the first point")]
    to_m: Annotated[float, Meta(description="metres from the first point")]
    grade_percent: Annotated[float | None, Meta(description="mean grade of the stretch, in percent")]
    band: Annotated[int, Meta(ge=-1, description="the band in /api/legend; -1 where heights are not known")]


@dataclass(frozen=True, kw_only=True)
class ProfileFields:
    """Heights along a line with their error."""

    distances_m: Distances
    elevations_m: Heights
    sigma_m: Annotated[list[float | None], Meta(description="one standard error of each height, in metres")]
    bands: Annotated[list[BandPiece], Meta(description="the whole line, cut where the band of grade changes")]


@dataclass(frozen=True, kw_only=True)
class SlopeProfile(ProfileFields):
    """A slope's profile from foot to head."""

    id: Annotated[str, Meta(description="the id of the slope")]
    measures: MeasureFields


@dataclass(frozen=True, kw_only=True)
class WarningFields:
    """Something to know before one relies on it."""

    type: Annotated[str, Meta(description="always the same for a kind of warning")]
    message: Annotated[str, Meta(description="what and why, in the reader's language")]
    from_m: Annotated[float | None, Meta(description="where it begins, in metres along the way")] = None
    to_m: Annotated[float | None, Meta(description="where it ends, in metres along the way")] = None


@dataclass(frozen=True, kw_only=True)
class Elevations(ProfileFields):
    """Heights and measures along a line that was asked for."""

    measures: MeasureFields
    elevation_source: Annotated[str | None, Meta(description="the elevation model that the heights come from")]
    warnings: list[WarningFields]
    credits: list[CreditFields]
