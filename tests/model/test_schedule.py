"""Sources are looked at by minutes or at a local time of day; missed times are caught up once, summer time or not."""

import os
import sys
import time as clock
from collections.abc import Iterator
from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.model.schedule import Schedule, ScheduleError, next_look, parse_time_of_day

HOUR = 3600.0
DAY = 24 * HOUR
zones = pytest.mark.skipif(sys.platform == "win32", reason="Windows takes its time zone from the system alone")


@pytest.fixture
def central(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Live in Louisiana: summer time began on 2026-03-08 and ended on 2026-11-01, at two at night."""
    monkeypatch.setenv("TZ", "America/Chicago")
    if sys.platform == "win32":
        yield
    else:
        clock.tzset()
        yield
        monkeypatch.undo()
        os.environ.pop("TZ", None)
        clock.tzset()


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> float:
    return datetime(year, month, day, hour, minute, tzinfo=UTC).timestamp()


def test_minutes_count_from_the_last_look_and_missed_ones_are_one() -> None:
    every = Schedule(every_minutes=30)
    assert next_look(every, 10_000.0, last=None, counts_from=None) == 10_000.0
    assert next_look(every, 10_000.0, last=9_500.0, counts_from=9_500.0) == 9_500.0 + 1_800
    assert next_look(every, 90_000.0, last=9_500.0, counts_from=9_500.0) <= 90_000.0


def test_a_clock_that_was_set_back_delays_by_no_more_than_the_schedule() -> None:
    every = Schedule(every_minutes=30)
    assert next_look(every, 10_000.0, last=999_999.0, counts_from=None) == 10_000.0 + 1_800
    daily = Schedule(at=time(6, 30))
    now = at(2026, 6, 1, 12)
    assert now < next_look(daily, now, last=now + 400 * DAY, counts_from=now + 400 * DAY) <= now + 25 * HOUR


@zones
@pytest.mark.usefixtures("central")
def test_a_time_of_day_that_was_missed_is_caught_up_once() -> None:
    daily = Schedule(at=time(6, 30))
    chosen = at(2026, 6, 1, 15)
    assert next_look(daily, chosen, last=None, counts_from=chosen) == at(2026, 6, 2, 11, 30)

    opened = at(2026, 6, 5, 20)
    assert next_look(daily, opened, last=None, counts_from=chosen) <= opened
    assert next_look(daily, opened, last=opened, counts_from=opened) == at(2026, 6, 6, 11, 30)


@zones
@pytest.mark.usefixtures("central")
@pytest.mark.parametrize(
    ("day", "of_day", "expected"),
    [
        ((2026, 3, 7, 20), time(2, 30), (2026, 3, 8, 7, 30)),
        ((2026, 3, 8, 20), time(2, 30), (2026, 3, 9, 7, 30)),
        ((2026, 10, 31, 20), time(1, 30), (2026, 11, 1, 6, 30)),
        ((2026, 11, 1, 6, 45), time(1, 30), (2026, 11, 2, 7, 30)),
        ((2026, 3, 8, 3), time(6, 30), (2026, 3, 8, 11, 30)),
    ],
    ids=["left out", "after it", "twice", "its second time", "the morning of the change"],
)
def test_the_nights_when_clocks_change_have_one_look_each(
    day: tuple[int, int, int, int], of_day: time, expected: tuple[int, int, int, int, int]
) -> None:
    now = at(*day)
    assert next_look(Schedule(at=of_day), now, last=now, counts_from=now) == at(*expected)


@zones
@pytest.mark.usefixtures("central")
@given(st.integers(0, 366 * 24 * 60), st.times().map(lambda one: one.replace(second=0, microsecond=0, fold=0)))
def test_a_year_of_looks_has_one_a_day(start: int, of_day: time) -> None:
    daily, now = Schedule(at=of_day), at(2026, 1, 1, 6) + start * 60
    seen = []
    for _ in range(30):
        now = next_look(daily, now, last=now, counts_from=now)
        seen.append(now)
    days = [datetime.fromtimestamp(moment).astimezone().date().toordinal() for moment in seen]
    assert days == list(range(days[0], days[0] + 30))


@pytest.mark.parametrize("text", ["", "6", "25:00", "6:3", "06:60", "six", "06:30:00", "-1:30"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ScheduleError):
        parse_time_of_day(text)


def test_a_schedule_is_either_of_the_two() -> None:
    assert parse_time_of_day("6:05") == time(6, 5)
    for minutes in (None, 0, 1441):
        with pytest.raises(ScheduleError):
            Schedule(every_minutes=minutes)
    with pytest.raises(ScheduleError):
        Schedule(every_minutes=5, at=time(6))
