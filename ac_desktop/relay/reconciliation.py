"""What the account itself says of donors who are called sent: are they on the list, and active there (rule 17)?

Two ways to find out. Pages of the list show 100 contacts a request, whoever they are; a donor asked about alone costs
two requests. So the list is read while its pages, as far as they can be counted, are fewer than the questions about
those still sought. Nothing a parameter is supposed to do is believed: see `activecampaign.list_reading`.
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

QUESTIONS: Final = 2
"""Requests that one donor asked about alone costs: the contact, and its memberships."""
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
    """Return why a donor of a bulk request is held; None where they are on the list."""
    listed = settings.list_name or settings.list_id
    match standing.presence, standing.status:
        case Presence.THERE, _:
            return None
        case Presence.LEFT, int(status):
            return why_held(status, settings)
        case _:
            return reason(ReasonCode.NOT_ON_LIST, list=listed)


def is_rather_alone(page: MembersPage, sought: int) -> bool:
    """Whether asking about each donor still sought costs less than the pages that are left, as the account counts."""
    pages_left = -(-(page.total or 0) // LIST_PAGE) - 1
    return QUESTIONS * sought < pages_left


def read_page(asking: RequestRunner, list_id: str, after: int) -> MembersPage | NotByPages | Refused:
    """Ask for a page of the list; a refusal of this very question says that the list cannot be read so.

    Where everybody is on so many lists that the answer is too long to be read, it is asked for without them.
    """
    reply = asking.ask(StepName.MEMBERS, list_members.members_page(list_id, after))
    if isinstance(reply, Response) and not reply.complete:
        reply = asking.ask(StepName.MEMBERS, list_members.members_page(list_id, after, with_memberships=False))
    if isinstance(reply, Refused):
        return reply
    read = list_members.read_members(reply, list_id=list_id, after=after)
    return NotByPages() if isinstance(read, Refused) and read.cause is Cause.DONOR else read


def ask_alone(asking: RequestRunner, list_id: str, email: str, contact_id: int | None) -> Standing | Refused:
    """Ask how one donor stands on the list, looking the contact up where its number is not known or no longer good."""
    if contact_id is not None:
        found = _standing(asking, list_id, contact_id)
        if not isinstance(found, ContactLost):
            return found
    reply = asking.ask(StepName.LOOK, requests.contact_of(email))
    looked = reply if isinstance(reply, Refused) else read_found(reply, email=email)
    if looked is None:
        return Standing(Presence.MISSING)
    if isinstance(looked, Refused):
        return _missing_if_refused(looked)
    found = _standing(asking, list_id, int(looked.contact_id))
    return Standing(Presence.MISSING) if isinstance(found, ContactLost) else found


def _standing(asking: RequestRunner, list_id: str, contact_id: int) -> Standing | ContactLost | Refused:
    """Read a contact's memberships to their end; what could be of our list and is not understood is never active."""
    read = read_memberships(asking, str(contact_id), list_id)
    if isinstance(read, ContactLost):
        return read
    if isinstance(read, Refused):
        return _missing_if_refused(read)
    if read.standing is None:
        return Standing(Presence.MISSING, None, contact_id)
    return standing_of(read.standing.status, contact_id)


def _missing_if_refused(refused: Refused) -> Standing | Refused:
    """Take a donor for missing whom the account refuses to be asked about, or of whom its answer is not understood."""
    is_unclear = refused.reason.code is ReasonCode.MEMBERSHIPS_UNCLEAR
    return Standing(Presence.MISSING) if is_unclear or refused.cause is Cause.DONOR else refused


def patiently(
    asking: RequestRunner, clock: Clock, question: Callable[[], T | Refused], patience: float = rules.BULK_PATIENCE
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
