"""When the sources of a connection are looked at next, in local time."""

from datetime import timedelta
from typing import Final

from ac_desktop.model.schedule import Schedule
from ac_desktop.platform.local_time import local_time, moment_of
from ac_desktop.services import Services

_MINUTE: Final = 60.0


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


def is_asked_for(services: Services, connection_id: int) -> bool:
    """Whether a person asked for what runs by itself in the window: by the switch, or by a schedule."""
    return services.automatic_relays.switch(connection_id).is_on or services.schedules.is_chosen(connection_id)
