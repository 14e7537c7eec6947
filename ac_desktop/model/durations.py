"""Durations as people read them; all are given in seconds."""

from typing import Final

from ac_desktop.model.wording import tr

_MINUTE: Final = 60
_HOUR: Final = 3600
_TENS_FROM, _MINUTES_FROM = 60, 600


def countdown(seconds: float) -> str:
    """Return minutes and seconds, as 0:27."""
    whole = max(0, round(seconds))
    return f"{whole // _MINUTE}:{whole % _MINUTE:02d}"


def span(seconds: float) -> str:
    """Return a duration in its two largest units."""
    whole = max(0, round(seconds))
    if whole >= _HOUR:
        return tr("{hours} h {minutes} min", hours=whole // _HOUR, minutes=whole % _HOUR // _MINUTE)
    if whole >= _MINUTE:
        return tr("{minutes} min {seconds} s", minutes=whole // _MINUTE, seconds=whole % _MINUTE)
    return tr("{seconds} s", seconds=whole)


def about(seconds: float) -> str:
    """Return an estimated duration as a rounded text: 45 s, 2 min 50 s, 25 min, 11 h."""
    if seconds < _TENS_FROM:
        return tr("about {seconds} s", seconds=max(5, 5 * round(seconds / 5)))
    if seconds < _MINUTES_FROM:
        minutes, rest = divmod(10 * round(seconds / 10), _MINUTE)
        return tr("about {minutes} min {seconds} s", minutes=minutes, seconds=rest) if rest else _minutes(minutes)
    if seconds < _HOUR:
        return _minutes(round(seconds / _MINUTE))
    if seconds < 10 * _HOUR:
        hours, minutes = divmod(10 * round(seconds / _MINUTE / 10), _MINUTE)
        return tr("about {hours} h {minutes} min", hours=hours, minutes=minutes) if minutes else _hours(hours)
    return _hours(round(seconds / _HOUR))


def _minutes(minutes: int) -> str:
    return tr("about {minutes} min", minutes=minutes)


def _hours(hours: int) -> str:
    return tr("about {hours} h", hours=hours)
