"""What the account itself says of donors who are called sent: are they on the list, and active there (rule 17)?

Two ways to find out. Pages of the list show 100 contacts a request, whoever they are; a donor asked about alone costs
two requests. So the list is read while its pages, as far as they can be counted, are fewer than the questions about
those still sought. Nothing a parameter is supposed to do is believed: see `activecampaign.list_reading`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from ac_desktop.activecampaign import calls, list_reading
from ac_desktop.activecampaign.answers import ContactLost, ListStatus, Refused
from ac_desktop.activecampaign.calls import LIST_PAGE, Answer
from ac_desktop.activecampaign.list_reading import ACTIVE, MembersPage, NotByPages
from ac_desktop.model import rules
from ac_desktop.model.connection import ConnectionSettings
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.states import Cause
from ac_desktop.relay.asking import Asking, StepName
from ac_desktop.relay.clock import Clock
from ac_desktop.relay.consent import why_held

QUESTIONS: Final = 2
"""Requests that one donor asked about alone costs: the contact, and its memberships."""
_MOST_MEMBERSHIP_PAGES: Final = 100
_FIRST_PAUSE: Final = 3.0
_PAUSES_GROW: Final = 1.5
_LONGEST_PAUSE: Final = 30.0

T = TypeVar("T")


class Presence(StrEnum):
    """Whether a donor is on the list, as the account itself says."""

    THERE = "there"
    LEFT = "left"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a donor stands on the list, and with which status; `contact_id` where the account has them at all."""

    presence: Presence
    status: int | None = None
    contact_id: int | None = None


def standing_of(status: int, contact_id: int) -> Standing:
    """Read a membership's status: anything but active has left."""
    return Standing(Presence.THERE if status == ACTIVE else Presence.LEFT, status, contact_id)


def why_not_there(standing: Standing, settings: ConnectionSettings) -> Reason | None:
    """Say why a donor of a bulk request is held; None where they are on the list."""
    listed = settings.list_name or settings.list_id
    match standing.presence, standing.status:
        case Presence.THERE, _:
            return None
        case Presence.LEFT, int(status):
            known = why_held(ListStatus(status), settings) if status in set(ListStatus) else None
            return known or reason(ReasonCode.OTHER_LIST_STATUS, list=listed, status=status)
        case _:
            return reason(ReasonCode.NOT_ON_LIST, list=listed)


def is_rather_alone(page: MembersPage, sought: int) -> bool:
    """Whether asking about each donor still sought costs less than the pages that are left, as the account counts."""
    pages_left = -(-(page.total or 0) // LIST_PAGE) - 1
    return QUESTIONS * sought < pages_left


def read_page(asking: Asking, list_id: str, after: int) -> MembersPage | NotByPages | Refused:
    """Ask for a page of the list; a refusal of this very question says that the list cannot be read so.

    Where everybody is on so many lists that the answer is too long to be read, it is asked for without them.
    """
    reply = asking.ask(StepName.MEMBERS, list_reading.members_page(list_id, after))
    if isinstance(reply, Answer) and not reply.complete:
        reply = asking.ask(StepName.MEMBERS, list_reading.members_page(list_id, after, with_memberships=False))
    if isinstance(reply, Refused):
        return reply
    read = list_reading.read_members(reply, list_id=list_id, after=after)
    return NotByPages() if isinstance(read, Refused) and read.cause is Cause.DONOR else read


def ask_alone(asking: Asking, list_id: str, email: str, contact_id: int | None) -> Standing | Refused:
    """Ask how one donor stands on the list, looking the contact up where its number is not known or no longer good."""
    if contact_id is not None:
        found = _standing(asking, list_id, contact_id)
        if not isinstance(found, ContactLost):
            return found
    reply = asking.ask(StepName.LOOK, calls.contact_of(email))
    looked = reply if isinstance(reply, Refused) else list_reading.read_contact_of(reply, email=email)
    if looked is None:
        return Standing(Presence.MISSING)
    if isinstance(looked, Refused):
        return _missing_if_refused(looked)
    found = _standing(asking, list_id, looked)
    return Standing(Presence.MISSING) if isinstance(found, ContactLost) else found


def _standing(asking: Asking, list_id: str, contact_id: int) -> Standing | ContactLost | Refused:
    """Read a contact's memberships to their end; what is there of our list and not understood is never active."""
    offset, statuses = 0, set[int | None]()
    for _ in range(_MOST_MEMBERSHIP_PAGES):
        reply = asking.ask(StepName.MEMBERSHIPS, list_reading.memberships_page(contact_id, offset))
        if isinstance(reply, Refused):
            return reply
        read = list_reading.read_membership_rows(reply, list_id=list_id, contact_id=contact_id)
        if isinstance(read, ContactLost):
            return read
        if isinstance(read, Refused):
            return _missing_if_refused(read)
        statuses.update(read.statuses)
        offset += read.rows
        if read.rows < LIST_PAGE:
            break
    left = sorted(status for status in statuses if status is not None and status != ACTIVE)
    if left:
        return standing_of(left[0], contact_id)
    return standing_of(ACTIVE, contact_id) if statuses == {ACTIVE} else Standing(Presence.MISSING, None, contact_id)


def _missing_if_refused(refused: Refused) -> Standing | Refused:
    """Take a donor whom the account refuses to be asked about for missing: that they are there is not known."""
    return Standing(Presence.MISSING) if refused.cause is Cause.DONOR else refused


def patiently(
    asking: Asking, clock: Clock, question: Callable[[], T | Refused], patience: float = rules.BULK_PATIENCE
) -> T | Refused:
    """Ask again, less and less often, while the trouble is a passing one; it changes nothing at the account."""
    began, pause = clock.now(), _FIRST_PAUSE
    while True:
        got = question()
        passing = isinstance(got, Refused) and got.cause is Cause.PASSING
        if not passing or clock.now() - began >= patience:
            return got
        asking.nap(pause)
        pause = min(pause * _PAUSES_GROW, _LONGEST_PAUSE)
