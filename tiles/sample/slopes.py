"""What the named slopes must measure, from the formulas and not from the elevation model."""

from dataclasses import dataclass

from tiles.sample import lines
from tiles.sample.draft import Draft
from tiles.sample.streets import streets
from tiles.sample.terrain import Floats, height_at


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedSlope:
    """A named slope and its exact measures.

    ``line`` (n, 2) runs from foot to head, metres on the plane; ``mean_grade`` is a ratio; ``steps`` counts its
    stairs, None if it has none. ``id`` is the catalogue's, None for a slope that is in no catalogue.
    """

    id: str | None
    name: str
    line: Floats
    length_m: float
    rise_m: float
    mean_grade: float
    steps: int | None


def expected_slopes() -> tuple[ExpectedSlope, ...]:
    """Every named slope of the sample town; two far apart share a name."""
    network = streets()
    return tuple(
        _expected(draft, network.line(number), network.steps(number))
        for number, draft in enumerate(network.drafts)
        if draft.slope
    )


def _expected(draft: Draft, line: Floats, steps: int) -> ExpectedSlope:
    foot, head = height_at(line[[0, -1]]).tolist()
    length = lines.length(line)
    return ExpectedSlope(
        id=draft.slope_id,
        name=draft.name.ja if draft.name else "",
        line=line,
        length_m=length,
        rise_m=head - foot,
        mean_grade=(head - foot) / length,
        steps=steps or None,
    )
