"""Days are fetched by themselves so that none is missed and the month's requests last."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.automation.fetching import budget_pause, fetched_range
from ac_desktop.store.connections.anedot_accounts import REQUESTS_A_MONTH

HOUR = 3_600.0
TODAY = date(2026, 12, 9)


@pytest.mark.parametrize(
    ("through", "first"),
    [
        (None, date(2026, 12, 8)),
        (TODAY, TODAY),
        (date(2026, 12, 8), date(2026, 12, 7)),
        (date(2026, 12, 1), date(2026, 11, 30)),
        (date(2026, 1, 1), TODAY - timedelta(days=30)),
        (date(2027, 1, 1), TODAY),
    ],
)
def test_the_days_since_the_last_fetch_and_the_one_before_are_fetched(through: date | None, first: date) -> None:
    assert fetched_range(through, TODAY) == (first, TODAY)


@given(st.integers(0, 364), st.integers(0, 23), st.integers(0, REQUESTS_A_MONTH), st.integers(1, 31))
def test_a_month_of_fetches_never_runs_out_of_requests(day: int, hour: int, left: int, requests: int) -> None:
    now = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day, hours=hour)).timestamp()
    month = datetime.fromtimestamp(now, UTC).month
    while datetime.fromtimestamp(now, UTC).month == month:
        pause = budget_pause(left, requests, now)
        assert pause >= HOUR
        now += pause
        if datetime.fromtimestamp(now, UTC).month == month:
            requests = 1
            left -= requests
    assert left >= 0
