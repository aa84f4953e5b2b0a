"""How hard a slope is: energy, course constant and barrier-free rank, all from its profile."""

from typing import Final

import numpy as np

from guide.domain.grades import segment_grades
from guide.domain.profile import Profile

WALKER_KG: Final = 65.0
JOULES_PER_KCAL: Final = 4184.0
STEEPEST_MEASURED: Final = 0.45  # Minetti's walkers went no steeper; the polynomial is not used beyond

EFFORT_LIMITS_KCAL: Final = (5.0, 10.0, 20.0, 40.0)
"""Energy at which effort passes from 1 to 2, 2 to 3, 3 to 4 and 4 to 5: each class doubles the one before."""


def climbing_energy_kcal(profile: Profile) -> float:
    """Energy that a walker of 65 kg spends on the way from foot to head.

    Minetti et al. 2002, "Energy cost of walking and running at extreme uphill and downhill slopes":
    C = 280.5 g^5 - 58.7 g^4 - 76.8 g^3 + 51.9 g^2 + 19.6 g + 2.5 J / (kg m), for abs(g) up to 0.45.
    """
    grade = np.clip(segment_grades(profile), -STEEPEST_MEASURED, STEEPEST_MEASURED)
    cost = np.polyval((280.5, -58.7, -76.8, 51.9, 19.6, 2.5), grade)
    return float((cost * np.diff(profile.distance_m)).sum() * WALKER_KG / JOULES_PER_KCAL)


def effort_class(profile: Profile) -> int:
    """Effort from 1 to 5 by the energy of the climb."""
    return 1 + int(np.searchsorted(EFFORT_LIMITS_KCAL, climbing_energy_kcal(profile), side="right"))


def course_constant(profile: Profile, ascent_m: float, descent_m: float) -> float:
    """The course constant (コース定数) of a walk along the profile.

    1.8 hours + 0.3 km + 10 km of ascent + 0.6 km of descent, as Japan's mountain guides print it; the hours are
    Tobler's: v = 6 exp(-3.5 abs(g + 0.05)) km/h.
    """
    grade = segment_grades(profile)
    km = np.diff(profile.distance_m) / 1000
    hours = float((km / (6.0 * np.exp(-3.5 * np.abs(grade + 0.05)))).sum())
    return 1.8 * hours + 0.3 * float(km.sum()) + 10.0 * ascent_m / 1000 + 0.6 * descent_m / 1000


def slope_rank(steepest_grade: float, *, has_steps: bool) -> str:
    """The slope letter of Japan's barrier-free rank: A to 5 %, B to 8 %, C to 18 %, Z beyond or over steps.

    歩行空間ネットワークデータ等整備仕様 (2024-07).
    """
    if has_steps:
        return "Z"
    limits = ((0.05, "A"), (0.08, "B"), (0.18, "C"))
    return next((rank for limit, rank in limits if abs(steepest_grade) <= limit), "Z")
