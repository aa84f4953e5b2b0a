"""What a slope and a landmark carry as properties."""

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from guide.domain.landmark import LandmarkKind
from guide.domain.slope import Confidence, Theme

Effort = Annotated[int, Meta(ge=1, le=5)]
Text = Annotated[str | None, Meta(description="null where nobody has written it")]
Metres = Annotated[float | None, Meta(description="metres; null where a height is not known")]
Percent = Annotated[
    float | None,
    Meta(description="percent, uphill positive from foot to head; null where the elevation model cannot carry it"),
]
Sigma = Annotated[float | None, Meta(description="one standard error of the grade it follows, in percentage points")]


@dataclass(frozen=True, kw_only=True)
class Texts:
    """What people have written of a thing, and on which terms."""

    id: Annotated[str, Meta(description="never changes while the thing is the same", examples=["hachiman-zaka"])]
    name: Text
    reading: Annotated[str | None, Meta(description="the name in kana", examples=["はちまんざか"])]
    name_en: Text
    description_ja: Text
    description_en: Text
    licence: Annotated[str | None, Meta(description="of its texts", examples=["CC BY 4.0"])]
    credit: Annotated[str | None, Meta(description="who must be named with its texts")]
    sources: Annotated[list[str], Meta(description="what its texts are based on")]
    status: Annotated[str, Meta(examples=["published"])]


@dataclass(frozen=True, kw_only=True)
class PlaceTexts(Texts):
    """What people have written of a slope or a landmark."""

    other_names: list[str]
    other_readings: Annotated[list[str], Meta(description="in the order of other_names")]
    themes: Annotated[list[Theme], Meta(description="what it is known for")]
    reported_effort: Annotated[Effort | None, Meta(description="1 to 5, as somebody has judged it on foot")]
    photo: Annotated[
        str | None,
        Meta(description="its address, on this server if it begins with /api; with ?size=800 or 400 smaller"),
    ]
    photo_credit: Text
    photo_licence: Text
    photo_source: Text


@dataclass(frozen=True, kw_only=True)
class MeasureFields:
    """What was measured along a line from foot to head."""

    length_m: Annotated[float | None, Meta(description="metres along the line")]
    rise_m: Annotated[float | None, Meta(description="height of the head minus height of the foot, in metres")]
    ascent_m: Annotated[float | None, Meta(description="metres climbed in all from foot to head")]
    descent_m: Annotated[float | None, Meta(description="metres lost in all from foot to head")]
    mean_grade_percent: Annotated[float | None, Meta(description="rise over length, in percent", examples=[12.5])]
    mean_abs_grade_percent: Annotated[
        float | None, Meta(description="mean steepness without its sign, weighted by length, in percent")
    ]
    max_grade_20m_percent: Annotated[
        float | None, Meta(description="the steepest 20 m, in percent; null where the elevation model cannot carry it")
    ]
    max_grade_50m_percent: Annotated[
        float | None, Meta(description="the steepest 50 m, in percent; null where the elevation model cannot carry it")
    ]
    grade_sigma_percent: Annotated[
        float | None, Meta(description="one standard error of mean_grade_percent, in percentage points")
    ]
    max_grade_20m_sigma_percent: Sigma
    max_grade_50m_sigma_percent: Sigma
    steps: Annotated[int | None, Meta(description="steps of its stairs; null without stairs or count")]
    stairs_m: Annotated[float | None, Meta(description="metres of it that are stairs; null where no map tells")]
    handrail: Annotated[bool | None, Meta(description="whether its stairs have one all along; null where not known")]
    effort: Annotated[Effort | None, Meta(description="1 (easy) to 5, from the energy of the climb")]
    course_constant_up: Annotated[float | None, Meta(description="コース定数 of walking it upwards")]
    course_constant_down: Annotated[float | None, Meta(description="コース定数 of walking it downwards")]
    rank: Annotated[
        str | None,
        Meta(description="slope rank of the barrier-free standard of Japan: S, A, B, C, Z (impassable) or X (unknown)"),
    ]
    elevation_source: Annotated[str | None, Meta(description="the elevation model that its heights come from")]
    confidence: Annotated[Confidence | None, Meta(description="how far its grades can be trusted")]


@dataclass(frozen=True, kw_only=True)
class SlopeProperties(PlaceTexts, MeasureFields):
    """A slope: what people say of it, and what was measured."""

    name: str
    posted_grade_percent: Annotated[float | None, Meta(description="what a road sign there says, in percent")]
    reported_steps: Annotated[int | None, Meta(description="steps that somebody has counted")]
    sentence_ja: Annotated[str | None, Meta(description="its measures as one sentence, in Japanese")]
    sentence_en: Annotated[str | None, Meta(description="its measures as one sentence, in English")]
    landmarks: Annotated[list[str], Meta(description="ids of the landmarks beside it, the nearest first")]
    sample: Annotated[bool, Meta(description="true in the sample area, whose town is made up")]


@dataclass(frozen=True, kw_only=True)
class LandmarkProperties(PlaceTexts):
    """Something to see, or to need, on the way."""

    kind: LandmarkKind
    opening_hours: Annotated[str | None, Meta(description="as it was given: OSM's notation, or a town's own words")]
    source: Annotated[str, Meta(description="where it is known from")]
    slopes: Annotated[list[str], Meta(description="ids of the slopes it lies beside, the nearest first")]
    icon: Annotated[str, Meta(description="its picture's name in the icon set Maki", examples=["viewpoint"])]
