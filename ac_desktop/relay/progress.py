"""The progress of a relay, the estimate of its duration before it, and the offer to relay in bulk."""

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ac_desktop.model import rules
from ac_desktop.model.connection import ConnectionSettings
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import Outcome

WINDOW: Final = 60.0
FEWEST: Final = 20
"""Finished attempts below which the time left is unknown."""


class PauseReason(StrEnum):
    """Why a running relay attempts nothing at the moment."""

    BREATHING = "breathing"
    BUSY = "busy"
    OFFLINE = "offline"
    DATABASE_AWAY = "database_away"


@dataclass(frozen=True, slots=True)
class ListPages:
    """How far a list is read; `pages` is None where the account does not say how many people are on it."""

    read: int
    pages: int | None


@dataclass(frozen=True, kw_only=True)
class Progress:
    """The progress of a relay: counts since its start, donors a second, and seconds left (None while unknown).

    `trouble` is the sentence that says why it ended, `trouble_code` its reason where it has one; a fault of our own has
    neither, but `is_own_fault`. `is_interrupted`: it continues when its connection is resumed.
    `unconfirmed` donors were sent in bulk and are not found on the list yet. `list_pages` is set while the list is
    read to save requests.
    """

    running: bool
    sent: int = 0
    failed: int = 0
    held: int = 0
    waiting: int = 0
    unconfirmed: int = 0
    rate: float = 0.0
    seconds_left: float | None = None
    pause_reason: PauseReason | None = None
    paused_until: float | None = None
    trouble: str = ""
    trouble_code: ReasonCode | None = None
    is_own_fault: bool = False
    is_interrupted: bool = False
    list_pages: ListPages | None = None

    @property
    def done(self) -> int:
        """The number of donors this relay has finished."""
        return self.sent + self.failed + self.held

    @property
    def steps_done(self) -> int:
        """The value for a progress bar: donors sent in bulk and not confirmed count as half done."""
        return self.done + self.unconfirmed // 2


class Throughput:
    """Counts finished attempts; not thread-safe."""

    def __init__(self, now: float) -> None:
        self._began = now
        self._counts: Counter[Outcome] = Counter()
        self._recent: deque[tuple[float, int]] = deque()

    def record(self, outcomes: Mapping[Outcome, int], now: float) -> None:
        """Count a finished attempt, by its records."""
        self._counts.update(outcomes)
        for outcome, number in outcomes.items():
            if outcome not in {Outcome.WAITING, Outcome.TAKEN}:
                self._recent.append((now, number))
        self._drop_before(now - WINDOW)

    def count(self, outcome: Outcome) -> int:
        """Return the number of records with an outcome."""
        return self._counts[outcome]

    def rate(self, now: float) -> float:
        """Return the donors a second that were finished over the last minute."""
        self._drop_before(now - WINDOW)
        seconds = min(WINDOW, now - self._began)
        return sum(number for _, number in self._recent) / seconds if seconds > 0 else 0.0

    def seconds_left(self, waiting: int, now: float) -> float | None:
        """Return the seconds until nothing waits; None while too little is known."""
        rate = self.rate(now)
        if rate <= 0 or sum(self._counts.values()) < FEWEST:
            return None
        return waiting / rate

    def _drop_before(self, moment: float) -> None:
        """Drop entries before the window, also where nobody reads the rate."""
        while self._recent and self._recent[0][0] < moment:
            self._recent.popleft()


STEPS: Final = 2
"""Requests per donor at least: the contact and the list (integration page)."""
BULK_SECONDS: Final = 3.0
"""Seconds assumed for ActiveCampaign to process a bulk request; it promises nothing."""
OFFERED_ABOVE: Final = 500
"""Waiting donors above which bulk relay is offered."""


@dataclass(frozen=True)
class BulkOffer:
    """An offer of bulk relay: the duration of both ways, for the person to choose.

    `may_read_list`: one by one may read the list first to save requests.
    """

    waiting: int
    one_by_one_seconds: float
    bulk_seconds: float
    may_read_list: bool = False


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


def offer(
    waiting: int, settings: ConnectionSettings, *, share_known: float = 0.0, is_office: bool = False
) -> BulkOffer | None:
    """Return an offer of bulk relay where many wait and the connection allows it, else None."""
    if waiting <= OFFERED_ABOVE or not can_go_in_bulk(settings):
        return None
    one_by_one = estimate_for(settings, waiting, share_known=share_known)
    reads_list = may_read_list(waiting, settings, is_office=is_office)
    return BulkOffer(waiting, one_by_one, estimate_bulk(waiting, settings.pace), reads_list)


def may_read_list(waiting: int, settings: ConnectionSettings, *, is_office: bool) -> bool:
    """Whether a relay reads the list once its first donors show that this saves requests.

    Without the consent guard a donor takes the integration page's two requests (rule 8); in an office each workstation
    would read the list for itself.
    """
    return settings.consent_guard and not is_office and waiting > rules.LIST_SAMPLE + rules.LIST_READ_ABOVE


def can_go_in_bulk(settings: ConnectionSettings) -> bool:
    """Whether a connection's donors can be sent in bulk: not where each contact has to be read first."""
    return not settings.keep_fields
