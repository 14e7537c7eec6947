"""Verification of sent donors against the account, by reading alone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from ac_desktop.activecampaign.list_members import MembersPage, NotByPages
from ac_desktop.activecampaign.responses import Refused
from ac_desktop.model import rules
from ac_desktop.model.connection import Connection
from ac_desktop.relay.reconciliation import (
    Presence,
    check_single,
    prefers_single_checks,
    presence_of,
    read_page,
    retry_while_passing,
)
from ac_desktop.relay.request_runner import (
    AccountAccess,
    AccountReadError,
    RelayStoppedError,
    RequestContext,
    RequestRunner,
)

PATIENCE: Final = 120.0
"""Seconds for which passing failures are retried while a person waits."""

OnProgress = Callable[[int, int], None]
"""Takes the number of donors checked, and of all."""


@dataclass(frozen=True, slots=True)
class NotThere:
    """A donor whose record is sent and who is not active on the list."""

    email: str
    presence: Presence


@dataclass(frozen=True, kw_only=True)
class Verified:
    """The result for `sent` donors; where it was stopped some are in none of the other numbers."""

    sent: int
    there: int
    donors: tuple[NotThere, ...] = ()
    is_whole: bool = True

    def count(self, presence: Presence) -> int:
        """Return the number of donors with this presence."""
        return sum(donor.presence is presence for donor in self.donors)


class Verification:
    """Reads the list back, within the rate limit, and checks singly those whom its pages do not show."""

    def __init__(self, access: AccountAccess) -> None:
        self._access = access

    def verify(
        self,
        connection: Connection,
        key: str,
        emails: Iterable[str],
        *,
        on_progress: OnProgress = lambda _checked, _sent: None,
        stopping: Callable[[], bool] = lambda: False,
    ) -> Verified:
        """Check each address; end early when stopping. Raise AccountReadError where the account fails."""
        with self._access.open(connection, key, stopping) as context:
            run = _Run(connection, context, emails, on_progress)
            try:
                run.run()
            except RelayStoppedError:
                return run.verified(is_whole=False)
            return run.verified(is_whole=True)


class _Run:
    """The state of one verification: who is still sought, and who is not on the list."""

    def __init__(
        self, connection: Connection, context: RequestContext, emails: Iterable[str], on_progress: OnProgress
    ) -> None:
        self._connection = connection
        self._context = context
        self._list_id = connection.settings.list_id
        self._on_progress = on_progress
        self._sought: dict[str, int | None] = dict.fromkeys(emails)
        self._sent = len(self._sought)
        self._not_there: list[NotThere] = []

    def verified(self, *, is_whole: bool) -> Verified:
        """Return the result so far."""
        donors = tuple(sorted(self._not_there, key=lambda donor: donor.email))
        there = self._sent - len(self._sought) - len(donors)
        return Verified(sent=self._sent, there=there, donors=donors, is_whole=is_whole)

    def run(self) -> None:
        """Read the list to its end, or as far as that saves requests, then check the rest singly."""
        by_pages = self._read_pages()
        unseen = [email for email, contact_id in self._sought.items() if contact_id is None]
        if by_pages and len(unseen) > rules.MOST_SINGLE_CHECKS:
            for email in unseen:
                self._resolve(email, Presence.MISSING)
        for email, contact_id in list(self._sought.items()):
            runner = self._new_runner()
            request = partial(check_single, runner, self._list_id, email, contact_id)
            found = retry_while_passing(runner, self._context.clock, request, PATIENCE)
            if isinstance(found, Refused):
                raise AccountReadError(found.reason)
            self._resolve(email, found.presence)

    def _read_pages(self) -> bool:
        """Read the list by pages; return whether it was read to its end, so that nobody on it was missed."""
        after = 0
        while self._sought:
            runner = self._new_runner()
            request = partial(read_page, runner, self._list_id, after)
            page: MembersPage | NotByPages | Refused
            page = retry_while_passing(runner, self._context.clock, request, PATIENCE)
            if isinstance(page, Refused):
                raise AccountReadError(page.reason)
            if isinstance(page, NotByPages):
                return False
            if page.is_last:
                return True
            after = page.last
            self._match_members(page)
            if prefers_single_checks(page, len(self._sought)):
                return False
        return True

    def _match_members(self, page: MembersPage) -> None:
        for member in page.members:
            if member.email not in self._sought:
                continue
            if member.status is None:
                self._sought[member.email] = member.contact_id
            else:
                self._resolve(member.email, presence_of(member.status, member.contact_id).presence)

    def _resolve(self, email: str, presence: Presence) -> None:
        del self._sought[email]
        if presence is not Presence.THERE:
            self._not_there.append(NotThere(email, presence))
        self._on_progress(self._sent - len(self._sought), self._sent)

    def _new_runner(self) -> RequestRunner:
        return RequestRunner(self._connection, self._context)
