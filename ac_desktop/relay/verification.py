"""Every donor who is said to be sent, held against the account by reading alone; nothing is changed anywhere."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from ac_desktop.activecampaign.list_members import MembersPage, NotByPages
from ac_desktop.activecampaign.rate_limiter import RateLimiter
from ac_desktop.activecampaign.responses import Refused
from ac_desktop.model import rules
from ac_desktop.model.address import AccountAddress
from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import Reason
from ac_desktop.model.redact import Redactor
from ac_desktop.relay.clock import Clock
from ac_desktop.relay.reconciliation import (
    Presence,
    ask_alone,
    is_rather_alone,
    patiently,
    read_page,
    standing_of,
)
from ac_desktop.relay.request_runner import RelayStoppedError, RequestContext, RequestRunner, Sender

PATIENCE: Final = 120.0
"""Seconds for which a passing trouble of the account is waited for while a person looks on."""

Tell = Callable[[int, int], None]
"""Takes how many donors are settled, of how many."""


class VerifyError(Exception):
    """The account did not answer as it should; the reason tells the person what to do."""

    def __init__(self, told: Reason) -> None:
        super().__init__(told.text)
        self.reason = told


@dataclass(frozen=True, slots=True)
class NotThere:
    """A donor who is said to be sent and is not active on the list."""

    email: str
    presence: Presence


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What the account says of `sent` donors; where it was stopped some are in none of the other numbers."""

    sent: int
    there: int
    donors: tuple[NotThere, ...] = ()
    is_whole: bool = True

    def count(self, presence: Presence) -> int:
        """Count the donors who are not there, by how."""
        return sum(donor.presence is presence for donor in self.donors)


class Verification:
    """Reads the list back, at the account's pace, and asks alone about those whom it does not settle."""

    def __init__(
        self,
        pace: RateLimiter,
        clock: Clock,
        redactor: Redactor,
        sender_for: Callable[[AccountAddress, str], Sender],
    ) -> None:
        self._pace = pace
        self._clock = clock
        self._redactor = redactor
        self._sender_for = sender_for

    def verify(
        self,
        connection: Connection,
        key: str,
        emails: Iterable[str],
        *,
        tell: Tell = lambda _settled, _sent: None,
        stopping: Callable[[], bool] = lambda: False,
    ) -> Verified:
        """Find out about each address; ends early when stopping. Raises VerifyError."""
        sender = self._sender_for(connection.settings.address, key)
        means = RequestContext(
            sender=sender, pace=self._pace, clock=self._clock, redactor=self._redactor, stopping=stopping
        )
        run = _Run(connection, means, emails, tell)
        try:
            run.carry_out()
        except RelayStoppedError:
            return run.verified(is_whole=False)
        finally:
            sender.close_thread()
        return run.verified(is_whole=True)


class _Run:
    """One verification while it goes on: who is sought still, and who was found how."""

    def __init__(self, connection: Connection, means: RequestContext, emails: Iterable[str], tell: Tell) -> None:
        self._connection = connection
        self._means = means
        self._list_id = connection.settings.list_id
        self._tell = tell
        self._sought: dict[str, int | None] = dict.fromkeys(emails)
        self._sent = len(self._sought)
        self._not_there: list[NotThere] = []

    def verified(self, *, is_whole: bool) -> Verified:
        """Sum up what was found so far."""
        donors = tuple(sorted(self._not_there, key=lambda donor: donor.email))
        there = self._sent - len(self._sought) - len(donors)
        return Verified(sent=self._sent, there=there, donors=donors, is_whole=is_whole)

    def carry_out(self) -> None:
        """Read the list to its end, or as far as that is worth it, then ask about the rest."""
        by_pages = self._read_pages()
        unseen = [email for email, contact_id in self._sought.items() if contact_id is None]
        if by_pages and len(unseen) > rules.ASKED_ALONE:
            for email in unseen:
                self._settle(email, Presence.MISSING)
        for email, contact_id in list(self._sought.items()):
            asking = self._asking()
            question = partial(ask_alone, asking, self._list_id, email, contact_id)
            standing = patiently(asking, self._means.clock, question, PATIENCE)
            if isinstance(standing, Refused):
                raise VerifyError(standing.reason)
            self._settle(email, standing.presence)

    def _read_pages(self) -> bool:
        """Read the list by pages; returns whether it was read to its end, so that nobody on it was passed over."""
        after = 0
        while self._sought:
            asking = self._asking()
            question = partial(read_page, asking, self._list_id, after)
            page: MembersPage | NotByPages | Refused
            page = patiently(asking, self._means.clock, question, PATIENCE)
            if isinstance(page, Refused):
                raise VerifyError(page.reason)
            if isinstance(page, NotByPages):
                return False
            if page.is_last:
                return True
            after = page.last
            self._look_through(page)
            if is_rather_alone(page, len(self._sought)):
                return False
        return True

    def _look_through(self, page: MembersPage) -> None:
        for member in page.members:
            if member.email not in self._sought:
                continue
            if member.status is None:
                self._sought[member.email] = member.contact_id
            else:
                self._settle(member.email, standing_of(member.status, member.contact_id).presence)

    def _settle(self, email: str, presence: Presence) -> None:
        del self._sought[email]
        if presence is not Presence.THERE:
            self._not_there.append(NotThere(email, presence))
        self._tell(self._sent - len(self._sought), self._sent)

    def _asking(self) -> RequestRunner:
        return RequestRunner(self._connection, self._means, renew=lambda _: True)
