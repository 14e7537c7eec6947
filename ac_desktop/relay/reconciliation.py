"""Whether donors are on the account's list, and active there (rule 17).

There are two ways to find out. A page of the list has 100 contacts a request, whoever they are; a single donor costs
two requests. So the list is read while its pages, as far as they can be counted, are fewer than the requests for those
still sought. No parameter is trusted to work: see `activecampaign.list_members`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from ac_desktop.activecampaign import list_members, requests
from ac_desktop.activecampaign.list_members import ACTIVE, MembersPage, NotByPages
from ac_desktop.activecampaign.requests import LIST_PAGE, Response
from ac_desktop.activecampaign.responses import ContactLost, Refused, read_found
from ac_desktop.model import rules
from ac_desktop.model.connection import ConnectionSettings
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.states import Cause
from ac_desktop.relay.clock import Clock
from ac_desktop.relay.consent import read_memberships, why_held
from ac_desktop.relay.request_runner import RequestRunner, StepName

REQUESTS_EACH: Final = 2
"""Requests to check a single donor: the contact, and its memberships."""
_FIRST_PAUSE: Final = 3.0
_PAUSE_GROWTH: Final = 1.5
_LONGEST_PAUSE: Final = 30.0

T = TypeVar("T")


class Presence(StrEnum):
    """Whether a donor is on the list, according to the account."""

    THERE = "there"
    LEFT = "left"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class ListPresence:
    """A donor's presence and status on the list; `contact_id` where the account has the contact."""

    presence: Presence
    status: int | None = None
    contact_id: int | None = None


def presence_of(status: int, contact_id: int) -> ListPresence:
    """Return the presence for a membership's status: anything but active has left."""
    return ListPresence(Presence.THERE if status == ACTIVE else Presence.LEFT, status, contact_id)


def not_on_list_reason(presence: ListPresence, settings: ConnectionSettings) -> Reason | None:
    """Return why a donor of a bulk request is held; None where they are on the list."""
    listed = settings.list_name or settings.list_id
    match presence.presence, presence.status:
        case Presence.THERE, _:
            return None
        case Presence.LEFT, int(status):
            return why_held(status, settings)
        case _:
            return reason(ReasonCode.NOT_ON_LIST, list=listed)


def prefers_single_checks(page: MembersPage, sought: int) -> bool:
    """Whether single checks of the donors still sought need fewer requests than the remaining pages."""
    pages_left = -(-(page.total or 0) // LIST_PAGE) - 1
    return REQUESTS_EACH * sought < pages_left


def read_page(runner: RequestRunner, list_id: str, after: int) -> MembersPage | NotByPages | Refused:
    """Return a page of the list; NotByPages where the account refuses this request.

    Where the contacts are on so many lists that the response is too long, the page is requested without memberships.
    """
    reply = runner.ask(StepName.MEMBERS, list_members.members_page(list_id, after))
    if isinstance(reply, Response) and not reply.complete:
        reply = runner.ask(StepName.MEMBERS, list_members.members_page(list_id, after, with_memberships=False))
    if isinstance(reply, Refused):
        return reply
    read = list_members.read_members(reply, list_id=list_id, after=after)
    return NotByPages() if isinstance(read, Refused) and read.cause is Cause.DONOR else read


def check_single(runner: RequestRunner, list_id: str, email: str, contact_id: int | None) -> ListPresence | Refused:
    """Return one donor's presence on the list, searching the contact where its ID is not known or no longer valid."""
    if contact_id is not None:
        found = _presence(runner, list_id, contact_id)
        if not isinstance(found, ContactLost):
            return found
    reply = runner.ask(StepName.FIND, requests.contact_of(email))
    match = reply if isinstance(reply, Refused) else read_found(reply, email=email)
    if match is None:
        return ListPresence(Presence.MISSING)
    if isinstance(match, Refused):
        return _missing_if_refused(match)
    found = _presence(runner, list_id, int(match.contact_id))
    return ListPresence(Presence.MISSING) if isinstance(found, ContactLost) else found


def _presence(runner: RequestRunner, list_id: str, contact_id: int) -> ListPresence | ContactLost | Refused:
    """Return a contact's presence from all memberships; *missing* where one of our list is not understood."""
    read = read_memberships(runner, str(contact_id), list_id)
    if isinstance(read, ContactLost):
        return read
    if isinstance(read, Refused):
        return _missing_if_refused(read)
    if read.most_restrictive is None:
        return ListPresence(Presence.MISSING, None, contact_id)
    return presence_of(read.most_restrictive.status, contact_id)


def _missing_if_refused(refused: Refused) -> ListPresence | Refused:
    """Return *missing* for a donor whom the account refuses, or whose response is not understood."""
    is_unclear = refused.reason.code is ReasonCode.MEMBERSHIPS_UNCLEAR
    return ListPresence(Presence.MISSING) if is_unclear or refused.cause is Cause.DONOR else refused


def retry_while_passing(
    runner: RequestRunner, clock: Clock, request: Callable[[], T | Refused], patience: float = rules.BULK_PATIENCE
) -> T | Refused:
    """Repeat a read-only request, less and less often, while its failure is passing."""
    began, pause = clock.now(), _FIRST_PAUSE
    while True:
        got = request()
        passing = isinstance(got, Refused) and got.cause is Cause.PASSING
        if not passing or clock.now() - began >= patience:
            return got
        runner.sleep(pause)
        pause = min(pause * _PAUSE_GROWTH, _LONGEST_PAUSE)
