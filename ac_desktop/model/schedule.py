"""When a connection's sources are looked at: every few minutes, or once a day at a time."""

from dataclasses import dataclass
from datetime import time
from typing import Final

SHORTEST_MINUTES: Final = 1
LONGEST_MINUTES: Final = 24 * 60
DEFAULT_MINUTES: Final = 15


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
