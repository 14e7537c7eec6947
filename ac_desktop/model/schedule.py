"""When a connection's sources are looked at: every few minutes, or once a day at a local time."""

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Final

from ac_desktop.platform.local_time import local_time, moment_of

SHORTEST_MINUTES: Final = 1
LONGEST_MINUTES: Final = 24 * 60
DEFAULT_MINUTES: Final = 15
_MINUTE: Final = 60.0


class ScheduleError(ValueError):
    """A schedule that is neither minutes within the bounds nor a time of day."""


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """Every `every_minutes` minutes, or once a day at the local time `at`: exactly one of the two is set."""

    every_minutes: int | None = None
    at: time | None = None

    def __post_init__(self) -> None:
        if (self.every_minutes is None) == (self.at is None):
            raise ScheduleError("either minutes or a time of day")
        if self.every_minutes is not None and not SHORTEST_MINUTES <= self.every_minutes <= LONGEST_MINUTES:
            raise ScheduleError(f"{self.every_minutes} minutes")
        if self.at is not None and self.at.tzinfo is not None:
            raise ScheduleError("a time of day is local")


DEFAULT_SCHEDULE: Final = Schedule(every_minutes=DEFAULT_MINUTES)


def parse_time_of_day(text: str) -> time:
    """Return a time of day such as 06:30. Raises ScheduleError."""
    hours, colon, minutes = text.strip().partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal() and len(hours) <= 2 and len(minutes) == 2):  # noqa: PLR2004  digits
        raise ScheduleError(text)
    try:
        return time(int(hours), int(minutes))
    except ValueError as error:
        raise ScheduleError(text) from error


def next_look(schedule: Schedule, now: float, *, last: float | None, counts_from: float | None) -> float:
    """Return when the sources are to be looked at next; now or earlier means at once.

    `last` is the last look, `counts_from` the moment after which times of day count. However many times were missed,
    they are caught up by one look. A clock that was set back neither repeats a look nor delays the next one by more
    than the schedule does.
    """
    if schedule.every_minutes is not None:
        return now if last is None else min(last, now) + schedule.every_minutes * _MINUTE
    if schedule.at is None:
        raise ValueError("a schedule has minutes or a time of day")
    today = local_time(now).date()
    moments = [moment_of(today + timedelta(days=days), schedule.at) for days in (-1, 0, 1, 2)]
    missed = max(moment for moment in moments if moment <= now)
    if counts_from is not None and min(counts_from, now) < missed:
        return missed
    return min(moment for moment in moments if moment > now)
