"""How long to wait."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiles.fetch.retry import Limits, backoff_s, retry_after_s

NOW = datetime(2026, 11, 23, 10, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Mon, 23 Nov 2026 10:00:30 GMT", 30),
        ("Mon, 23 Nov 2026 09:00:00 GMT", 0),
        ("Mon, 23 Nov 2026 10:00:30 -0000", 30),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, seconds: float | None) -> None:
    assert retry_after_s(header, NOW) == seconds


@given(st.integers(1, 60))
def test_waits_double_about_and_end_somewhere(failures: int) -> None:
    limits = Limits(backoff_s=1.0, longest_wait_s=120.0)
    wait = backoff_s(limits, failures)
    assert min(0.5 * 2.0 ** (failures - 1), 120.0) <= wait <= min(1.5 * 2.0 ** (failures - 1), 120.0)
