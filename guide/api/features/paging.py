"""Pages of a collection that stay right while the data change.

A page names the last id that it showed, and the next page begins behind that id: whatever is added, changed or removed
between two requests, a feature that stays is seen exactly once.
"""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Annotated, Final

from litestar.params import QueryParameter

from guide.api.features.asked import LONGEST_WORDS
from guide.api.features.collection import Collection

LARGEST_PAGE: Final = 10_000
DEFAULT_PAGE: Final = 1000

Limit = Annotated[
    int | None,
    QueryParameter(
        ge=1,
        description=f"at most so many features a page, {DEFAULT_PAGE} if not said; more than {LARGEST_PAGE} means that",
    ),
]
Offset = Annotated[
    int,
    QueryParameter(
        ge=0,
        le=1_000_000_000,
        description="so many features are left out first; the link next is surer, for it holds while data change",
    ),
]
After = Annotated[
    str | None,
    QueryParameter(max_length=LONGEST_WORDS, description="only features behind this id; the link next sets it"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some of the features that answer. ``places`` are theirs, ``matched`` counts those on all pages."""

    places: list[int]
    matched: int
    next_after: str | None


def cut(collection: Collection, places: list[int], limit: int, offset: int, after: str | None) -> Page:
    """The page of the answering ``places`` (in order) that is asked for."""
    first = 0
    if after is not None:
        behind = bisect_right(collection.ids, after)
        first = bisect_right(places, behind - 1)
    taken = places[first + offset : first + offset + limit]
    more = first + offset + limit < len(places)
    last = collection.ids[taken[-1]] if taken and more else None
    return Page(places=taken, matched=len(places), next_after=last)
