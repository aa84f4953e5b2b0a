"""From the parameters of an address to the question that they ask."""

from typing import Annotated, Final

from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from guide.api.areas.inputs import Area
from guide.api.features.collection import COLLECTIONS
from guide.api.features.cql import TEXT, Cql
from guide.api.features.parameters import CRS84, parse_bbox, parse_efforts, parse_interval, parse_words
from guide.api.features.queryables import queryables
from guide.api.features.question import Question
from guide.domain.closure import ClosureKind
from guide.domain.errors import NotFoundError, UsageError
from guide.domain.landmark import LandmarkKind
from guide.domain.slope import Theme

LONGEST_WORDS: Final = 200
_LONGEST_FILTER: Final = 2000
_KINDS: Final = frozenset({*LandmarkKind, *ClosureKind})

Asked = NamedDependency[Question]

BBox = Annotated[
    str | None,
    QueryParameter(
        max_length=200,
        description="west,south,east,north in degrees (CRS84), or six numbers with heights, which do not count; "
        "features that touch it. West may be more than east: that box lies across the antimeridian.",
    ),
]
DateTime = Annotated[
    str | None,
    QueryParameter(
        max_length=100,
        description="a moment or an interval (RFC 3339, .. for an open end): closures that hold in it. A date alone is "
        "a day of the area's own clocks. What has no time holds always.",
    ),
]
Words = Annotated[
    str | None,
    QueryParameter(max_length=LONGEST_WORDS, description="part of a name, of a reading (kana or romaji) or of an id"),
]
Themes = Annotated[
    str | None,
    QueryParameter(max_length=LONGEST_WORDS, description="known for one of these: view,spring,summer,…"),
]
Efforts = Annotated[str | None, QueryParameter(max_length=20, description="of one of these efforts (1 to 5): 1,2")]
Kinds = Annotated[
    str | None,
    QueryParameter(max_length=LONGEST_WORDS, description="landmarks or closures of one of these kinds: viewpoint,…"),
]
MaxMeanGrade = Annotated[
    float | None,
    QueryParameter(ge=0, le=1000, description="slopes whose mean grade is known and at most so many percent"),
]
FilterText = Annotated[
    str | None,
    QueryParameter(
        name="filter",
        max_length=_LONGEST_FILTER,
        description="a condition in CQL2 (OGC 21-065r2) on the properties that /queryables lists",
    ),
]
FilterLanguage = Annotated[str, QueryParameter(name="filter-lang", max_length=20, description="cql2-text or cql2-json")]
FilterCrs = Annotated[
    str | None,
    QueryParameter(name="filter-crs", max_length=100, description="coordinates in the filter: only CRS84"),
]


def provide_question(  # noqa: PLR0913, PLR0917 (each is a parameter of the address)
    area: Area,
    collection: FromPath[str],
    bbox: BBox = None,
    datetime: DateTime = None,
    themes: Themes = None,
    effort: Efforts = None,
    max_mean_grade_percent: MaxMeanGrade = None,
    kind: Kinds = None,
    q: Words = None,
    filter_: FilterText = None,
    filter_lang: FilterLanguage = TEXT,
    filter_crs: FilterCrs = None,
) -> Question:
    """What is asked of a collection.

    Raises:
        NotFoundError: there is no such collection.
        UsageError: a parameter makes no sense.
    """
    if collection not in COLLECTIONS:
        raise NotFoundError(f"There is no collection {collection!r}. Collections: {', '.join(COLLECTIONS)}.")
    if filter_crs not in {None, CRS84}:
        raise UsageError(f"filter-crs must be {CRS84}.")
    return Question(
        frame=None if bbox is None else parse_bbox(bbox),
        interval=None if datetime is None else parse_interval(datetime, area.zone),
        themes=None if not themes else parse_words(themes, frozenset(Theme), "themes"),
        efforts=None if not effort else parse_efforts(effort),
        max_mean_grade_percent=max_mean_grade_percent,
        kinds=None if not kind else parse_words(kind, _KINDS, "kind"),
        words=q or None,
        cql=None if not filter_ else Cql(filter_, filter_lang, queryables(collection)),
    )
