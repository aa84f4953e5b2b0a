"""The choice of slopes: as good as every tour there is, the same each time, and never over a limit."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from guide.routing.tours.problem import Option, Problem, evaluate, keeps
from guide.routing.tours.solve import Deadline, choose, mend, shortest
from tests.tours.brute_force import best_value

SEED = 20_261_124
LONG_S = 60.0


def random_problem(rng: np.random.Generator, slopes: int, *, limited: bool, required: int = 0) -> Problem:
    """Slopes strewn over a hillside of two kilometres; uphill takes longer, and down is not the mirror of up."""
    feet = rng.uniform(0, 2000, (slopes, 2))
    heads = feet + rng.uniform(-150, 150, (slopes, 2))
    begins = np.stack((feet, heads), axis=1).reshape(-1, 2)
    ends = np.stack((heads, feet), axis=1).reshape(-1, 2)
    start = rng.uniform(500, 1500, (1, 2))
    legs_s, legs_m = walks(np.concatenate((start, ends)), np.concatenate((start, begins)))
    own_s, own_m = walks(begins, ends)
    values = np.round(rng.uniform(5, 40, slopes), 1)
    options = tuple(
        Option(
            group=number // 2,
            stay_s=float(own_s[number, number]),
            climb_m=float(own_m[number, number]),
            value=float(values[number // 2]),
        )
        for number in range(2 * slopes)
    )
    return Problem(
        options=options,
        duration_s=legs_s,
        ascent_m=legs_m,
        budget_s=float(rng.uniform(1500, 6000)),
        max_ascent_m=float(rng.uniform(40, 250)) if limited else np.inf,
        required=frozenset(range(required)),
    )


def walks(begins: NDArray[np.float64], ends: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    away = np.hypot(*(begins[:, None] - ends[None]).transpose(2, 0, 1))
    rise = height(ends)[None] - height(begins)[:, None]
    return away / 1.2 + 3 * np.maximum(rise, 0) + np.maximum(-rise, 0), np.maximum(rise, 0.0)


def height(places: NDArray[np.float64]) -> NDArray[np.float64]:
    return 60 * np.sin(places[:, 0] / 400) + 40 * np.cos(places[:, 1] / 300)


@pytest.mark.parametrize("case", range(50))
def test_nine_slopes_at_most_are_worth_what_every_tour_there_is_says(case: int) -> None:
    rng = np.random.default_rng(SEED + case)
    problem = random_problem(rng, int(rng.integers(2, 10)), limited=bool(case % 2))
    choice = choose(problem, Deadline(LONG_S))
    best = best_value(problem)
    assert (choice.value if choice else None) == (None if best is None else pytest.approx(best))


@pytest.mark.parametrize("case", range(10))
def test_what_must_be_seen_is_seen_and_the_rest_is_as_good_as_can_be(case: int) -> None:
    rng = np.random.default_rng(case)
    problem = random_problem(rng, 7, limited=bool(case % 2), required=2)
    best, choice = best_value(problem), choose(problem, Deadline(LONG_S))
    assert (choice.value if choice else None) == (None if best is None else pytest.approx(best))
    assert (shortest(problem, Deadline(LONG_S)) is None) == (best is None)
    if choice is not None:
        assert problem.required <= {problem.options[index].group for index in choice.order}


@pytest.mark.parametrize("limited", [True, False])
def test_fifty_slopes_keep_every_limit_and_the_same_wish_gives_the_same_tour(limited: bool) -> None:  # noqa: FBT001
    problem = random_problem(np.random.default_rng(1), 50, limited=limited)
    choice = choose(problem, Deadline(LONG_S))
    assert choice is not None
    assert choice == evaluate(problem, choice.order)
    assert keeps(problem, choice)
    assert choose(problem, Deadline(LONG_S)) == choice


def test_a_search_that_is_cut_short_says_so() -> None:
    problem = random_problem(np.random.default_rng(1), 50, limited=True)
    deadline = Deadline(0.02)
    choose(problem, deadline)
    assert deadline.passed
    enough = Deadline(LONG_S)
    choose(random_problem(np.random.default_rng(1), 5, limited=True), enough)
    assert not enough.passed


def test_a_window_is_kept_and_whoever_comes_early_waits() -> None:
    problem = Problem(
        options=(
            Option(group=0, stay_s=600, value=10),
            Option(group=1, stay_s=1800, window_s=(3600.0, 5400.0)),
        ),
        duration_s=np.full((3, 3), 300.0),
        ascent_m=np.zeros((3, 3)),
        budget_s=7200,
        required=frozenset({1}),
    )
    choice = choose(problem, Deadline(LONG_S))
    assert choice is not None
    assert set(choice.order) == {0, 1}
    assert choice.duration_s >= 3600 + 1800 + 300
    assert choose(replace(problem, budget_s=5000.0), Deadline(LONG_S)) is None


def test_no_slope_at_all_is_a_tour_of_nothing() -> None:
    empty = Problem(options=(), duration_s=np.zeros((1, 1)), ascent_m=np.zeros((1, 1)), budget_s=600)
    choice = choose(empty, Deadline(LONG_S))
    assert choice is not None
    assert choice.order == ()


@pytest.mark.parametrize("case", range(6))
def test_who_may_leave_when_they_like_loses_nothing_by_a_pause_in_its_window(case: int) -> None:
    rng = np.random.default_rng(case)
    free = random_problem(rng, 7, limited=bool(case % 2), required=1)
    windowed = [
        replace(option, window_s=(50_000.0, 50_600.0)) if option.group == 0 else option for option in free.options
    ]
    problem = replace(free, options=tuple(windowed), depart_s=(30_000.0, 60_000.0))
    best, choice = best_value(free), choose(problem, Deadline(LONG_S))
    assert (choice.value if choice else None) == (None if best is None else pytest.approx(best))
    assert choice is None or keeps(problem, choice)


def test_an_order_over_a_limit_is_mended_into_one_that_keeps_it() -> None:
    problem = random_problem(np.random.default_rng(1), 30, limited=True)
    choice = choose(problem, Deadline(LONG_S))
    assert choice is not None
    tight = replace(problem, budget_s=0.8 * choice.duration_s, max_ascent_m=0.8 * choice.ascent_m)
    mended = mend(tight, choice.order, Deadline(LONG_S))
    assert mended is not None
    assert keeps(tight, mended)
    assert 0 < mended.value < choice.value
