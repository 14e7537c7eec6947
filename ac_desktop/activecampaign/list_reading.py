"""Reading back who is on a list: the requests, and what their answers prove. No network and no clock of its own.

`GET /contacts?listid=…` is read by pages of 100 in the order of the contacts' numbers. No parameter is believed: one
that ActiveCampaign does not know is ignored, which gives everybody, and whether `status` beside `listid` means the
status on that list is not proven. So the page asks for each contact's memberships with it (`include=contactLists`), and
only such a row, which names contact, list and status itself, proves how somebody stands on the list. Whoever comes
without one is in doubt, to be asked about alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from ac_desktop.activecampaign import answers
from ac_desktop.activecampaign.answers import ContactLost, Refused
from ac_desktop.activecampaign.calls import LIST_PAGE, Reply, Request
from ac_desktop.model.payload import JsonObject
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import Cause

ACTIVE: Final = 1
_MOST_DIGITS: Final = 15
_LONGEST_ADDRESS: Final = 320


@dataclass(frozen=True, slots=True)
class Member:
    """A contact of a page; `status` is how a membership row of the list says they stand, None where none does."""

    contact_id: int
    email: str
    status: int | None


@dataclass(frozen=True, kw_only=True)
class MembersPage:
    """A page of a list's contacts; `total` is the account's own count, a hint at most (None where it tells none)."""

    members: tuple[Member, ...]
    total: int | None

    @property
    def is_last(self) -> bool:
        """Whether the list ends here; only an empty page says so, as an account may give less than was asked for."""
        return not self.members

    @property
    def last(self) -> int:
        """The number after which the next page begins."""
        return self.members[-1].contact_id


@dataclass(frozen=True)
class NotByPages:
    """The account does not give its contacts in the order of their numbers, so that pages could leave some out."""


@dataclass(frozen=True)
class MembershipRows:
    """A page of one contact's memberships: the statuses of the rows of the list, and how many rows there were."""

    statuses: tuple[int | None, ...]
    rows: int


def members_page(list_id: str, after: int, *, with_memberships: bool = True) -> Request:
    """Ask for the contacts of a list whose numbers follow `after`, and for their memberships."""
    query = f"listid={quote(list_id, safe='')}&limit={LIST_PAGE}&orders%5Bid%5D=ASC&id_greater={after}"
    return Request("GET", f"/contacts?{query}{'&include=contactLists' if with_memberships else ''}")


def memberships_page(contact_id: int, offset: int) -> Request:
    """Ask for a page of the lists that a contact is on."""
    return Request("GET", f"/contacts/{contact_id}/contactLists?limit={LIST_PAGE}&offset={offset}")


def read_members(reply: Reply, *, list_id: str, after: int) -> MembersPage | NotByPages | Refused:
    """Read a page of a list's contacts."""
    body = _collection(reply, "contacts")
    if isinstance(body, Refused):
        return body
    rows = _rows(body, "contacts")
    statuses = _statuses(body, list_id)
    members: list[Member] = []
    for row in rows or ():
        number = whole(row.get("id"))
        if number is None or number <= after:
            return NotByPages()
        after = number
        members.append(Member(number, _address(row.get("email")), statuses.get(number)))
    if rows is None:
        return NotByPages()
    meta = body.get("meta")
    return MembersPage(members=tuple(members), total=whole(meta.get("total")) if isinstance(meta, dict) else None)


def read_contact_of(reply: Reply, *, email: str) -> int | Refused | None:
    """Read the answer to a look-up by address: the contact's number, None where there is no such contact."""
    body = _collection(reply, "contacts")
    if isinstance(body, Refused):
        return body
    rows = _rows(body, "contacts")
    if rows is None:
        return _broken()
    for row in rows:
        if _address(row.get("email")) == _address(email):
            number = whole(row.get("id"))
            return _broken() if number is None else number
    return None


def read_membership_rows(reply: Reply, *, list_id: str, contact_id: int) -> MembershipRows | ContactLost | Refused:
    """Read a page of one contact's memberships; a row that could be of the list and says no status counts as None."""
    body = answers.read_object(reply, "contactLists")
    if isinstance(body, Refused | ContactLost):
        return body
    rows = _rows(body, "contactLists")
    if rows is None:
        return _broken()
    ours: list[int | None] = []
    for row in rows:
        on_list, of_contact = whole(row.get("list")), whole(row.get("contact"))
        if on_list == int(list_id) and of_contact == contact_id:
            ours.append(whole(row.get("status")))
        elif on_list is None or (on_list == int(list_id) and of_contact is None):
            ours.append(None)
    return MembershipRows(tuple(ours), len(rows))


def whole(value: object) -> int | None:
    """Read a whole number as ActiveCampaign writes them, as a number or as its digits; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    if isinstance(value, int):
        return value if 0 <= value < 10**_MOST_DIGITS else None
    text = value[: _MOST_DIGITS + 1]
    return int(text) if len(text) <= _MOST_DIGITS and text.isascii() and text.isdigit() else None


def _statuses(body: JsonObject, list_id: str) -> Mapping[int, int]:
    """Give how the contacts of a page stand on the list; two rows that disagree prove nothing."""
    found: dict[int, int | None] = {}
    for row in _rows(body, "contactLists") or ():
        contact, status = whole(row.get("contact")), whole(row.get("status"))
        if contact is not None and whole(row.get("list")) == int(list_id):
            found[contact] = status if found.get(contact, status) == status else None
    return {contact: status for contact, status in found.items() if status is not None}


def _collection(reply: Reply, key: str) -> JsonObject | Refused:
    body = answers.read_object(reply, key)
    if isinstance(body, ContactLost):
        return Refused(Cause.ACCOUNT, reason(ReasonCode.WRONG_ADDRESS, status=404))
    return body


def _rows(body: JsonObject, key: str) -> list[JsonObject] | None:
    rows = body.get(key)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return None
    return rows


def _address(value: object) -> str:
    return value[:_LONGEST_ADDRESS].strip().lower() if isinstance(value, str) else ""


def _broken() -> Refused:
    return Refused(Cause.PASSING, reason(ReasonCode.BROKEN_ANSWER))
