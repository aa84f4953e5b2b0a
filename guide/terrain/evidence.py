"""What signs, tags and steps say of a grade, beside what the elevation model says: never mixed, always compared.

A disagreement of more than two errors is a finding for staff; which of the two is wrong, only they can see.
"""

import math
from dataclasses import dataclass
from typing import Final

from guide.domain.findings import Finding
from guide.domain.slope import Measures

RISER_M: Final = 0.16
"""Height of a step where nobody tells it (OSM: ``step:height``)."""

RISER_SIGMA_M: Final = 0.02
"""Outdoor steps are 12 to 20 cm high; on one stair they are alike, so that their errors add up."""

MEASURED_RISER_SIGMA_M: Final = 0.005
"""Of a step's height that somebody measured and tagged."""

SIGN_SIGMA: Final = 0.005
"""A sign says whole percents, rounded by habit rather than by rule."""

TAG_SIGMA: Final = 0.02
"""``incline`` is mostly estimated by eye or by phone."""

TOO_FAR_SIGMAS: Final = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A grade that somebody else gives for a stretch, and the model's own there; both signed ratios."""

    grade: float
    model_grade: float
    model_sigma: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stairs:
    """The stairs of a slope: how many steps in all, and what the model says that they rise, signed metres.

    ``riser_m`` is the mean height of a step as tagged, None where any stair of the slope lacks it.
    """

    steps: int
    model_rise_m: float
    model_sigma_m: float
    riser_m: float | None = None


def compare_sign(where: str, posted_percent: float | None, measures: Measures) -> list[Finding]:
    """A sign against the model. A sign may mean the whole slope or its steepest part: anything between them agrees."""
    if posted_percent is None or measures.mean_grade is None or measures.mean_grade_sigma is None:
        return []
    posted = abs(posted_percent) / 100
    least = abs(measures.mean_grade) - TOO_FAR_SIGMAS * math.hypot(SIGN_SIGMA, measures.mean_grade_sigma)
    steepest = [
        (abs(grade), sigma)
        for grade, sigma in (
            (measures.max_grade_20m, measures.max_grade_20m_sigma),
            (measures.max_grade_50m, measures.max_grade_50m_sigma),
        )
        if grade is not None and sigma is not None
    ]
    # Where the model carries no maximum a steeper sign contradicts nothing.
    most = max((grade + TOO_FAR_SIGMAS * math.hypot(SIGN_SIGMA, sigma) for grade, sigma in steepest), default=math.inf)
    if least <= posted <= most:
        return []
    model = abs(measures.mean_grade) if posted < least else max(grade for grade, _ in steepest)
    values = {"posted": f"{posted:.0%}", "model": f"{model:.1%}", "sigma": f"{100 * measures.mean_grade_sigma:.1f}"}
    return [Finding(code="slope.sign-disagrees", where=where, values=values)]


def compare_tag(where: str, claim: Claim | None) -> list[Finding]:
    """The mean of tagged inclines against the model's grade of the same stretches."""
    if claim is None or not math.isfinite(claim.model_grade):
        return []
    error = math.hypot(TAG_SIGMA, claim.model_sigma)
    if abs(claim.grade - claim.model_grade) <= TOO_FAR_SIGMAS * error:
        return []
    values = {
        "tagged": f"{claim.grade:+.0%}",
        "model": f"{claim.model_grade:+.1%}",
        "sigma": f"{100 * claim.model_sigma:.1f}",
    }
    return [Finding(code="slope.incline-disagrees", where=where, values=values)]


def compare_steps(where: str, stairs: Stairs | None) -> list[Finding]:
    """The rise of counted steps against the model's."""
    if stairs is None or not math.isfinite(stairs.model_rise_m):
        return []
    riser_m, riser_sigma_m = (
        (RISER_M, RISER_SIGMA_M) if stairs.riser_m is None else (stairs.riser_m, MEASURED_RISER_SIGMA_M)
    )
    rise_m = stairs.steps * riser_m
    error_m = math.hypot(stairs.steps * riser_sigma_m, stairs.model_sigma_m)
    if abs(rise_m - abs(stairs.model_rise_m)) <= TOO_FAR_SIGMAS * error_m:
        return []
    values = {
        "steps": stairs.steps,
        "rise": f"{rise_m:.1f}",
        "model": f"{abs(stairs.model_rise_m):.1f}",
        "sigma": f"{stairs.model_sigma_m:.1f}",
    }
    return [Finding(code="slope.steps-disagree", where=where, values=values)]
