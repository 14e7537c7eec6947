"""How long a relay will take, told before it begins."""

from typing import Final

from ac_desktop.model import rules
from ac_desktop.model.connection import ConnectionSettings
from ac_desktop.model.wording import ntr, tr

STEPS: Final = 2
"""Requests a donor needs at least: the contact and the list (integration page)."""
WORKED_OFF_IN: Final = 3.0
"""Seconds ActiveCampaign is taken to need for a bulk request; it promises none."""

_MINUTE, _HOUR = 60, 3600
_TENS_FROM, _MINUTES_FROM = 60, 600


def estimate(waiting: int, per_second: float, *, guard: bool, share_known: float = 0.0, looks: bool = False) -> float:
    """Return the seconds that some donors need one by one.

    `share_known`: how many of them, from 0 to 1, the account knows already; the consent guard asks a third question
    for those. `looks`: each contact is read first, as values the account has are kept.
    """
    requests = STEPS + (share_known if guard else 0.0) + (1.0 if looks else 0.0)
    return waiting * requests * rules.pace_interval(per_second)


def estimate_for(settings: ConnectionSettings, waiting: int, *, share_known: float) -> float:
    """Return the seconds that some donors of a connection need one by one."""
    guard, looks = settings.consent_guard, bool(settings.keep_fields)
    return estimate(waiting, settings.pace, guard=guard, share_known=share_known, looks=looks)


def estimate_compare(count: int, per_second: float, *, share_known: float) -> float:
    """Return the seconds that comparing some donors takes: one question each, two for whom the account knows."""
    return count * (1 + share_known) * rules.pace_interval(per_second)


def estimate_bulk(waiting: int, per_second: float) -> float:
    """Return the seconds that some donors need in bulk, where ActiveCampaign works each request off soon.

    At most four requests are open at a time (rule 3), each leaves in its line, and its result is asked for once. Then
    the list is read back, by pages of which these donors alone fill so many; who else is on it is not known before.
    """
    from ac_desktop.activecampaign import bulk
    from ac_desktop.activecampaign.requests import LIST_PAGE

    requests = -(-waiting // bulk.MOST_CONTACTS)
    by_line = requests * rules.pace_interval(bulk.A_MINUTE / 60)
    by_pace = (2 * requests + STEPS + 1) * rules.pace_interval(per_second)
    by_result = (-(-requests // rules.MOST_IN_FLIGHT)) * WORKED_OFF_IN
    read_back = -(-waiting // LIST_PAGE) * rules.pace_interval(per_second)
    return max(by_line, by_pace, by_result) + read_back


def about(seconds: float) -> str:
    """Tell a span of time as coarsely as it is known: 45 s, 2 min 50 s, 25 min, 11 h."""
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


def told_before(waiting: int, seconds: float) -> str:
    """Tell both, as before a start: 340 donors, about 2 min 50 s."""
    return ntr("{count} donor, {time}", "{count} donors, {time}", waiting, time=about(seconds))
