"""Days before 1970, which Windows refuses to turn into local time, and any other."""

import time
from datetime import date, datetime

import pytest

from ac_desktop.platform.local_time import local_time, start_of_day

LONG_AGO = date(1962, 3, 4)


@pytest.mark.parametrize("day", [LONG_AGO, date(1969, 12, 31), date(1970, 1, 1), date(2026, 7, 1), date(2038, 2, 1)])
def test_every_day_has_a_start_that_is_its_own(day: date) -> None:
    start = local_time(start_of_day(day))
    assert start.date() == day
    assert (start.hour, start.minute, start.second) == (0, 0, 0)
    assert local_time(start_of_day(day) - 1).date().toordinal() == day.toordinal() - 1


def test_a_moment_of_today_is_as_the_system_says() -> None:
    now = time.time()
    assert local_time(now) == datetime.fromtimestamp(now).astimezone()
