"""Reading the list before the rest of a relay, where that saves requests.

A donor who is on the list already takes two requests: the contact, and its memberships. Whoever a page of the list
shows there with the same values takes the second alone. Whether somebody is on the list, or has left it, is still what
the account answers within the donor's own attempt (rules 8 and 17); pages save the first request and prove nothing.

The first donors of a relay are sampled: how many of them are on the list tells what its pages would save.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ac_desktop.activecampaign.list_members import ACTIVE, MembersPage
from ac_desktop.activecampaign.requests import LIST_PAGE
from ac_desktop.activecampaign.responses import Refused
from ac_desktop.model import rules
from ac_desktop.model.connection import Connection
from ac_desktop.model.payload import ContactField
from ac_desktop.relay.clock import Clock
from ac_desktop.relay.progress import ListPages
from ac_desktop.relay.reconciliation import read_page
from ac_desktop.relay.request_runner import RequestRunner

SAVED_BY_A_PAGE: Final = 2
"""Requests that each page has to save: pages come one after the other, and not everybody's values are the same."""
MOST_PAGES: Final = 1_000
GOOD_FOR: Final = 600.0
"""Seconds for which a page saves requests: people edit contacts in the account, too."""
_LOOK_SECONDS: Final = 0.2


@dataclass(frozen=True, slots=True)
class KnownMember:
    """A contact who was active on the list when its page was read, with the account's values."""

    contact_id: str
    values: Mapping[ContactField, str]
    read_at: float


class ListReading:
    """Whether a relay reads its list, and what it has read; shared by the workers of one relay."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._sampled = 0
        self._on_list = 0
        self._decided_at: float | None = None
        self._is_reading = False
        self._list: tuple[str, str] = ("", "")
        self._members: dict[str, KnownMember | None] = {}
        self._progress: ListPages | None = None

    @property
    def progress(self) -> ListPages | None:
        """How far the list is read; None while it is not being read."""
        return self._progress

    def record(self, *, was_on_list: bool) -> None:
        """Count a donor who was sent, and whether they were on the list already."""
        with self._lock:
            self._sampled += 1
            self._on_list += was_on_list

    def take(self, connection: Connection, email: str) -> KnownMember | None:
        """Return what is known of a donor, once: an attempt that is repeated asks for everything."""
        with self._lock:
            member = self._members.pop(email, None) if self._list == _list_of(connection) else None
        return member if member is not None and self._is_good(member.read_at) else None

    def read_if_worthwhile(
        self, connection: Connection, runner: RequestRunner, waiting: Callable[[], int]
    ) -> Refused | None:
        """Read the list with the requests of one attempt, where its pages save more than they take.

        Other attempts wait meanwhile: their donors may be on a page that is still to come. `waiting` returns the
        number of donors who wait. Return why the account refused a page, which ends the attempt too: a request that
        fails is a failed attempt. Raise RelayStoppedError where the relay is stopping or the claim was lost.
        """
        if not self._is_due():
            while self._is_reading:
                runner.sleep(_LOOK_SECONDS)
            return None
        try:
            number = waiting()
            if number <= rules.LIST_READ_ABOVE:
                return None
            return self._read(connection, runner, number * self._on_list // self._sampled // SAVED_BY_A_PAGE)
        finally:
            self._progress, self._is_reading = None, False

    def _is_due(self) -> bool:
        """Whether the sample is complete and nobody has decided within the time for which pages are good."""
        with self._lock:
            is_decided = self._decided_at is not None and self._is_good(self._decided_at)
            if is_decided or self._sampled < rules.LIST_SAMPLE:
                return False
            self._decided_at, self._is_reading = self._clock.now(), True
            return True

    def _read(self, connection: Connection, runner: RequestRunner, most: int) -> Refused | None:
        """Read up to `most` pages, but only the first where its total says that there are more."""
        with self._lock:
            self._list, self._members = _list_of(connection), {}
        after, pages = 0, None
        for number in range(1, min(most, MOST_PAGES) + 1):
            page = read_page(runner, connection.settings.list_id, after)
            if isinstance(page, Refused):
                return page
            if not isinstance(page, MembersPage) or page.is_last:
                return None
            self._add(page)
            if number == 1 and page.total is not None:
                pages = -(-page.total // LIST_PAGE)
            if pages is not None and not number < pages <= most:
                return None
            after, self._progress = page.last, ListPages(number, pages)
        return None

    def _add(self, page: MembersPage) -> None:
        now = self._clock.now()
        with self._lock:
            for member in page.members:
                is_twice = member.email in self._members
                known = None
                if member.status == ACTIVE and member.values is not None and not is_twice:
                    known = KnownMember(str(member.contact_id), member.values, now)
                self._members[member.email] = known

    def _is_good(self, read_at: float) -> bool:
        return 0 <= self._clock.now() - read_at <= GOOD_FOR


def _list_of(connection: Connection) -> tuple[str, str]:
    return connection.account, connection.settings.list_id
