"""Local time of any moment and day: Windows itself refuses those before 1970."""

import time
from datetime import UTC, date, datetime, timedelta, timezone
from datetime import time as time_of_day
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def local_time(at: float) -> datetime:
    """Return a moment, in seconds since the epoch, in local time; before 1970 without summer time, where need be."""
    try:
        return datetime.fromtimestamp(at).astimezone()
    except OSError:
        return (_EPOCH + timedelta(seconds=at)).astimezone(_standard_time())


def local_day(at: float) -> str:
    """Return the day of a moment here, as YYYY-MM-DD."""
    return local_time(at).date().isoformat()


def start_of_day(day: date) -> float:
    """Return when a day begins here, in seconds since the epoch."""
    midnight = datetime.combine(day, time_of_day.min)
    try:
        return midnight.astimezone().timestamp()
    except OSError:
        return midnight.replace(tzinfo=_standard_time()).timestamp()


def moment_of(day: date, at: time_of_day) -> float:
    """Return when it is a time of day here on some day, in seconds since the epoch.

    A time that summer time leaves out is an hour off, one that comes twice is the first.
    """
    return datetime.combine(day, at).astimezone().timestamp()


def _standard_time() -> timezone:
    return timezone(timedelta(seconds=-time.timezone))
