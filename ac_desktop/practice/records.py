"""The records of the practice account: contacts, lists and memberships; ids are strings, as in the API."""

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from ac_desktop.model.wording import tr, translatable


class MemberStatus(IntEnum):
    """A contact's status on a list (reference "Semantics that bite", 11, and "Added"); others may follow."""

    UNCONFIRMED = 0
    ACTIVE = 1
    UNSUBSCRIBED = 2
    BOUNCED = 3
    REMOVED = 91


_STATUS_WORDS: Final = {
    MemberStatus.UNCONFIRMED: translatable("Unconfirmed"),
    MemberStatus.ACTIVE: translatable("Active"),
    MemberStatus.UNSUBSCRIBED: translatable("Unsubscribed"),
    MemberStatus.BOUNCED: translatable("Bounced"),
    MemberStatus.REMOVED: translatable("Removed"),
}


def status_of(number: int) -> int:
    """Return the status of a number; unknown numbers are allowed."""
    return MemberStatus(number) if number in set(MemberStatus) else number


def status_word(status: int) -> str:
    """Return the name of a status as ActiveCampaign's contact page shows it."""
    text = _STATUS_WORDS.get(MemberStatus(status)) if status in set(MemberStatus) else None
    return tr(text) if text else tr("Status {number}", number=status)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A contact; times are seconds since the epoch."""

    id: str
    email: str
    phone: str = ""
    first_name: str = ""
    last_name: str = ""
    created_at: float = 0.0
    updated_at: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeList:
    """A list; a deleted one that is still listed has the time of its deletion."""

    id: str
    name: str
    channel: str = "email"
    created_at: float = 0.0
    deleted_at: float | None = None

    @property
    def is_deleted(self) -> bool:
        """Whether someone deleted it."""
        return self.deleted_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeMembership:
    """The association of a contact with a list, which has an id of its own."""

    id: str
    contact_id: str
    list_id: str
    status: int
    created_at: float = 0.0
    updated_at: float = 0.0


@dataclass(frozen=True, slots=True)
class ListCounts:
    """The number of a list's members: all but the removed, and the active ones."""

    members: int
    active: int


@dataclass(frozen=True, slots=True)
class Upserted:
    """The result of sending a contact."""

    contact: Contact
    created: bool


@dataclass(frozen=True, slots=True)
class Subscribed:
    """The result of subscribing a contact."""

    membership: PracticeMembership
    created: bool


_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ATOM: Final = r"[a-z0-9!#$%&*+/=?^_`{|}~-]+"
_STRICT = re.compile(rf"^{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[a-z][a-z0-9-]*[a-z0-9]$", re.IGNORECASE)
_ROUGH = re.compile(r"^[^@\s]+@[^@\s]+$")
_LONGEST: Final = 254


def is_accepted(email: str) -> bool:
    """Whether ActiveCampaign accepts an address: no apostrophe, a domain with a dot.

    Its check is stricter than most (reference "Semantics that bite", 7).
    """
    return len(email) <= _LONGEST and _STRICT.match(email) is not None


def has_address_form(email: str) -> bool:
    """Whether an import accepts an address in its request; what fails later is in its report."""
    return _ROUGH.match(email) is not None
