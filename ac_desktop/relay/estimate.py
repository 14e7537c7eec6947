"""Estimates of a relay's duration, and the offer to relay in bulk."""

from dataclasses import dataclass
from typing import Final

from ac_desktop.model import rules
from ac_desktop.model.connection import ConnectionSettings

STEPS: Final = 2
"""Requests per donor at least: the contact and the list (integration page)."""
BULK_SECONDS: Final = 3.0
"""Seconds assumed for ActiveCampaign to process a bulk request; it promises nothing."""
OFFERED_ABOVE: Final = 500
"""Waiting donors above which bulk relay is offered."""


@dataclass(frozen=True)
class BulkOffer:
    """An offer of bulk relay: the duration of both ways, for the person to choose."""

    waiting: int
    one_by_one_seconds: float
    bulk_seconds: float


def estimate(
    waiting: int, per_second: float, *, guard: bool, share_known: float = 0.0, reads_first: bool = False
) -> float:
    """Return the seconds to relay some donors one by one.

    `share_known` is the share, from 0 to 1, that the account has already; the consent guard needs a third request for
    those. `reads_first`: each contact is read first, because values of the account are kept.
    """
    requests = STEPS + (share_known if guard else 0.0) + (1.0 if reads_first else 0.0)
    return waiting * requests * rules.pace_interval(per_second)


def estimate_for(settings: ConnectionSettings, waiting: int, *, share_known: float) -> float:
    """Return the seconds to relay some donors of a connection one by one."""
    guard, reads_first = settings.consent_guard, bool(settings.keep_fields)
    return estimate(waiting, settings.pace, guard=guard, share_known=share_known, reads_first=reads_first)


def estimate_compare(count: int, per_second: float, *, share_known: float) -> float:
    """Return the seconds to compare some donors: one request each, two for those the account has."""
    return count * (1 + share_known) * rules.pace_interval(per_second)


def estimate_bulk(waiting: int, per_second: float) -> float:
    """Return the seconds to relay some donors in bulk, where ActiveCampaign processes each request soon.

    At most four requests are open at a time (rule 3), each within the bulk rate limit, and its result is requested
    once. Then the list is read back, as many pages as these donors fill; who else is on it is not known before.
    """
    from ac_desktop.activecampaign import bulk
    from ac_desktop.activecampaign.requests import LIST_PAGE

    requests = -(-waiting // bulk.MOST_CONTACTS)
    by_bulk_limit = requests * rules.pace_interval(bulk.A_MINUTE / 60)
    by_rate_limit = (2 * requests + STEPS + 1) * rules.pace_interval(per_second)
    by_result = (-(-requests // rules.MOST_IN_FLIGHT)) * BULK_SECONDS
    read_back = -(-waiting // LIST_PAGE) * rules.pace_interval(per_second)
    return max(by_bulk_limit, by_rate_limit, by_result) + read_back


def offer(waiting: int, settings: ConnectionSettings, *, share_known: float = 0.0) -> BulkOffer | None:
    """Return an offer of bulk relay where many wait and the connection allows it, else None."""
    if waiting <= OFFERED_ABOVE or not can_go_in_bulk(settings):
        return None
    one_by_one = estimate_for(settings, waiting, share_known=share_known)
    return BulkOffer(waiting, one_by_one, estimate_bulk(waiting, settings.pace))


def can_go_in_bulk(settings: ConnectionSettings) -> bool:
    """Whether a connection's donors can be sent in bulk: not where each contact has to be read first."""
    return not settings.keep_fields
