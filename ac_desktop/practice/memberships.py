"""The call about a contact's memberships, with the ways in which its response can differ."""

from collections.abc import Callable, Mapping
from itertools import cycle, islice
from typing import Final

from ac_desktop.practice import serializers
from ac_desktop.practice.consent_faults import MembershipPages, MembershipRows, MergedContact
from ac_desktop.practice.records import Contact
from ac_desktop.practice.requests import ApiCall, CallRefused, record_id
from ac_desktop.practice.responses import Json, PracticeResponse, answer, no_result

_UNASKED_PAGE: Final = 20


def query(call: ApiCall, number: str) -> PracticeResponse:
    """Answer `GET contacts/{id}/contactLists`."""
    found = [_written(row, call.faults.membership_rows) for row in rows(call, _contact(call, record_id(number)))]
    offset, limit = call.page()
    page = found[offset : offset + limit]
    match call.faults.membership_pages:
        case MembershipPages.PAGED:
            return _answer(page)
        case MembershipPages.WITH_TOTAL:
            return _answer(page, str(len(found)))
        case MembershipPages.WRONG_TOTAL:
            return _answer(page, "1")
        case MembershipPages.ALWAYS_20:
            return _answer(found[offset : offset + _UNASKED_PAGE])
        case MembershipPages.UNPAGED:
            return _answer(found)
        case MembershipPages.REPEATED:
            return _answer(found[:limit], str(len(found)))
        case MembershipPages.ENDLESS:
            numbered = enumerate(islice(cycle(found), limit), offset)
            return _answer([{**row, "id": str(at)} for at, row in numbered])


def rows(call: ApiCall, contact: Contact) -> list[serializers.Body]:
    """Return a contact's memberships as they are documented."""
    return [serializers.membership_row(row, contact, call.base) for row in call.account.memberships(contact.id)]


def _contact(call: ApiCall, contact_id: str) -> Contact:
    survivor = call.account.survivor_of(contact_id)
    if survivor is not None and call.faults.merged_contact is MergedContact.SURVIVORS_ROWS:
        return survivor
    contact = call.account.contact_by_id(contact_id)
    if contact is None:
        raise CallRefused(no_result("Subscriber", contact_id))
    return contact


def _answer(page: list[serializers.Body], total: str | None = None) -> PracticeResponse:
    return answer({"contactLists": page} if total is None else {"contactLists": page, "meta": {"total": total}})


_WRITTEN: Final[Mapping[MembershipRows, tuple[str, Callable[[str], Json]]]] = {
    MembershipRows.LIST_AS_FLOAT: ("list", float),
    MembershipRows.LIST_AS_DECIMAL: ("list", "{}.0".format),
    MembershipRows.LIST_PADDED: ("list", "0{}".format),
    MembershipRows.LIST_SPACED: ("list", " {}".format),
    MembershipRows.LIST_AS_OBJECT: ("list", lambda number: {"id": number}),
    MembershipRows.LIST_AS_WORD: ("list", lambda _: "donors"),
    MembershipRows.LIST_NULL: ("list", lambda _: None),
    MembershipRows.CONTACT_NULL: ("contact", lambda _: None),
    MembershipRows.CONTACT_OTHER: ("contact", "9{}".format),
    MembershipRows.STATUS_AS_WORD: ("status", lambda _: "unsubscribed"),
    MembershipRows.STATUS_NULL: ("status", lambda _: None),
}


def _written(row: serializers.Body, how: MembershipRows) -> serializers.Body:
    if how is MembershipRows.AS_DOCUMENTED:
        return row
    if how is MembershipRows.LIST_MISSING:
        return {name: value for name, value in row.items() if name != "list"}
    name, write = _WRITTEN[how]
    return {**row, name: write(str(row[name]))}
