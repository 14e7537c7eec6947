"""The records of the practice account: contacts, lists and memberships; ids are strings, as in the API."""

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
