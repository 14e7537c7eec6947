"""Reading back who is on a list: the requests, and what their responses prove. No network and no clock.

`GET /contacts?listid=…` is read by pages of 100 in the order of the contacts' IDs. No parameter is trusted:
ActiveCampaign ignores one it does not know, which returns everybody, and whether `status` beside `listid` means the
status on that list is not proven. So each page includes the contacts' memberships (`include=contactLists`), and only
such a row, which names contact, list and status itself, proves a contact's status on the list. A contact without one
is in doubt and is checked separately.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from ac_desktop.activecampaign import responses
from ac_desktop.activecampaign.requests import LIST_PAGE, Reply, Request
from ac_desktop.activecampaign.responses import ContactLost, Refused
from ac_desktop.model.outside import number, text
from ac_desktop.model.payload import ContactField, JsonObject
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import Cause

ACTIVE: Final = 1
_LONGEST_ADDRESS: Final = 320


@dataclass(frozen=True, slots=True)
class Member:
    """A contact of a page; `status` is that of its membership row of the list, None without such a row.

    `values` are the account's; None where the page does not have all of them.
    """

    contact_id: int
    email: str
    status: int | None
    values: Mapping[ContactField, str] | None = None


@dataclass(frozen=True, kw_only=True)
class MembersPage:
    """A page of a list's contacts; `total` is the account's own count, a hint at most (None without one)."""

    members: tuple[Member, ...]
    total: int | None

    @property
    def is_last(self) -> bool:
        """Whether the list ends here; only an empty page proves it, as an account may return less than the limit."""
        return not self.members

    @property
    def last(self) -> int:
        """The ID after which the next page begins."""
        return self.members[-1].contact_id


@dataclass(frozen=True)
class NotByPages:
    """The account does not return its contacts in the order of their IDs, so that pages could leave some out."""


def members_page(list_id: str, after: int, *, with_memberships: bool = True) -> Request:
    """Return the request for the contacts of a list with IDs above `after`, and for their memberships."""
    query = f"listid={quote(list_id, safe='')}&limit={LIST_PAGE}&orders%5Bid%5D=ASC&id_greater={after}"
    return Request("GET", f"/contacts?{query}{'&include=contactLists' if with_memberships else ''}")


def read_members(reply: Reply, *, list_id: str, after: int) -> MembersPage | NotByPages | Refused:
    """Parse a page of a list's contacts."""
    body = _collection(reply, "contacts")
    if isinstance(body, Refused):
        return body
    rows = _rows(body, "contacts")
    statuses = _statuses(body, list_id)
    members: list[Member] = []
    for row in rows or ():
        contact_id = number(row.get("id"))
        if contact_id is None or contact_id <= after:
            return NotByPages()
        after = contact_id
        values = responses.contact_values(row)
        members.append(Member(contact_id, _address(row.get("email")), statuses.get(contact_id), values))
    if rows is None:
        return NotByPages()
    meta = body.get("meta")
    return MembersPage(members=tuple(members), total=number(meta.get("total")) if isinstance(meta, dict) else None)


def _statuses(body: JsonObject, list_id: str) -> Mapping[int, int]:
    """Return the contacts' statuses on the list; two rows that disagree prove nothing."""
    found: dict[int, int | None] = {}
    for row in _rows(body, "contactLists") or ():
        contact, status = number(row.get("contact")), number(row.get("status"))
        if contact is not None and number(row.get("list")) == int(list_id):
            found[contact] = status if found.get(contact, status) == status else None
    return {contact: status for contact, status in found.items() if status is not None}


def _collection(reply: Reply, key: str) -> JsonObject | Refused:
    body = responses.read_object(reply, key)
    if isinstance(body, ContactLost):
        return Refused(Cause.ACCOUNT, reason(ReasonCode.WRONG_ADDRESS, status=404))
    return body


def _rows(body: JsonObject, key: str) -> list[JsonObject] | None:
    rows = body.get(key)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return None
    return rows


def _address(value: object) -> str:
    return text(value, _LONGEST_ADDRESS).strip().lower()
