"""The calls about contacts and their memberships, with the ways in which the response about these can differ."""

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from itertools import cycle, islice
from typing import TYPE_CHECKING, Final

from ac_desktop.practice import serializers
from ac_desktop.practice.consent_faults import MembershipPages, MembershipRows, MergedContact, SyncContact
from ac_desktop.practice.faults import ContactLimit, InvalidEmail, SyncExisting
from ac_desktop.practice.records import Contact, MemberStatus, is_accepted
from ac_desktop.practice.requests import ApiCall, CallRefused, record_id, whole_number
from ac_desktop.practice.responses import EMPTY_400, Json, PracticeResponse, answer, error, errors, forbidden, no_result

if TYPE_CHECKING:
    from ac_desktop.practice.account import PracticeAccount

_VALUES: Final = ("email", "phone", "firstName", "lastName")
_INVALID: Final = error("Contact Email Address is not valid.", "email_invalid", "email", "must_be_valid_email_address")
_DUPLICATE: Final = error("Email address already exists in the system", "duplicate", "email")
_ANY_STATUS: Final = -1


def _values(call: ApiCall) -> dict[str, str]:
    """Return the fields of a contact that were sent; an omitted key is left out, so that its value is kept."""
    sent = call.record("contact")
    return {name: str(sent[name]) for name in _VALUES if sent.get(name) is not None}


def _checked(call: ApiCall, values: dict[str, str]) -> dict[str, str]:
    email = values.get("email", "")
    if call.faults.refuse_addresses or not is_accepted(email):
        raise CallRefused(_invalid_email(call.faults.invalid_email))
    return values


def _invalid_email(how: InvalidEmail) -> PracticeResponse:
    match how:
        case InvalidEmail.EMPTY_400:
            return EMPTY_400
        case InvalidEmail.ERRORS_400:
            return errors(_INVALID, status=HTTPStatus.BAD_REQUEST)
        case InvalidEmail.NULL_ERRORS_422:
            return answer({"message": _INVALID["title"], "errors": None}, HTTPStatus.UNPROCESSABLE_ENTITY)
        case InvalidEmail.ERRORS_422:
            return errors(_INVALID)


def _check_limit(call: ApiCall) -> None:
    match call.faults.contact_limit:
        case ContactLimit.FORBIDDEN_403:
            raise CallRefused(forbidden("The contact limit of your plan has been reached."))
        case ContactLimit.ERRORS_422:
            raise CallRefused(errors(error("The contact limit of your plan has been reached.", "limit", "contact")))
        case ContactLimit.OFF:
            return


def _existing(call: ApiCall, number: str) -> Contact:
    contact = call.account.contact_by_id(record_id(number))
    if contact is None:
        raise CallRefused(no_result("Subscriber", record_id(number)))
    return contact


def sync(call: ApiCall) -> PracticeResponse:
    """Answer `POST contact/sync`: 201 and the short body for a new contact, 200 and the long one for a known one."""
    values = _checked(call, _values(call))
    known = call.account.contact(values["email"])
    if known is None:
        _check_limit(call)
    contact = call.account.upsert(values).contact
    if known is None:
        short = {"fieldValues": [], "contact": _named(call, serializers.short_contact(contact, call.base))}
        return answer(short, HTTPStatus.CREATED)
    match call.faults.sync_existing:
        case SyncExisting.SHORT_201:
            short = {"fieldValues": [], "contact": _named(call, serializers.short_contact(contact, call.base))}
            return answer(short, HTTPStatus.CREATED)
        case SyncExisting.FIELD_VALUES:
            values_of = serializers.field_values(contact, call.base)
            ids = [value["id"] for value in values_of]
            long = {**serializers.long_contact(contact, call.base), "fieldValues": ids}
            return answer({"fieldValues": values_of, "contact": long})
        case SyncExisting.LONG_200:
            return answer({"contact": _named(call, serializers.long_contact(contact, call.base))})


def _named(call: ApiCall, body: serializers.Body) -> serializers.Body:
    """Return the contact of the response as the fault says: its own, or one that could be another person's."""
    how = call.faults.sync_contact
    if how is SyncContact.OWN:
        return body
    other = next((one for one in call.account.contacts() if one.id != body["id"]), None)
    if how is SyncContact.OTHERS_CONTACT and other is not None:
        return {**body, "id": other.id, "email": other.email}
    number = other.id if how is SyncContact.OTHERS_ID and other is not None else body["id"]
    return {**{name: value for name, value in body.items() if name != "email"}, "id": number}


def create(call: ApiCall) -> PracticeResponse:
    """Answer `POST contacts`, and `POST contacts/sync`, which is routed to it."""
    values = _checked(call, _values(call))
    if call.account.contact(values["email"]) is not None:
        return errors(_DUPLICATE)
    _check_limit(call)
    contact = call.account.upsert(values).contact
    return answer({"contact": serializers.created_contact(contact, call.base)}, HTTPStatus.CREATED)


def read(call: ApiCall, number: str) -> PracticeResponse:
    """Answer `GET contacts/{id}`."""
    contact = _existing(call, number)
    return answer(serializers.embedded_contact(contact, call.base, _rows(call, contact)))


def update(call: ApiCall, number: str) -> PracticeResponse:
    """Answer `PUT contacts/{id}`, which changes what is sent and keeps the rest."""
    contact = _existing(call, number)
    values = _values(call)
    if values.get("email"):
        other = call.account.contact(_checked(call, values)["email"])
        if other is not None and other.id != contact.id:
            return errors(_DUPLICATE)
    changed = call.account.change(contact.id, values)
    return answer({"contact": serializers.long_contact(changed, call.base)})


def delete(call: ApiCall, number: str) -> PracticeResponse:
    """Answer `DELETE contacts/{id}`."""
    call.account.delete_contact(_existing(call, number).id)
    return answer({})


def query(call: ApiCall) -> PracticeResponse:
    """Answer `GET contacts`; unknown filters are ignored, as in the real account."""
    offset, limit = call.page()
    found = _ordered(call, _found(call))
    shown = found[offset : offset + limit]
    body: serializers.Body = {
        "scoreValues": [],
        "contacts": [serializers.listed_contact(contact, call.base) for contact in shown],
        "meta": {"total": str(len(found)), "sortable": True, "page_input": _page_input(call, offset, limit)},
    }
    if "contactLists" in call.query.get("include", "").split(",") and not call.faults.lists_not_included:
        body["contactLists"] = [row for contact in shown for row in _rows(call, contact)]
    return answer(body)


def _found(call: ApiCall) -> list[Contact]:
    if call.faults.filters_ignored:
        return list(call.account.contacts())
    email = call.filter("email")
    candidates = call.account.contacts() if not email else ()
    if email and (only := call.account.contact(email)):
        candidates = (only,)
    above, below = whole_number(call.query.get("id_greater")), whole_number(call.query.get("id_less"))
    numbered = [contact for contact in candidates if (above or 0) < int(contact.id) < (below or math.inf)]
    numbered = [contact for contact in numbered if call.filter("id") in {"", contact.id} and _is_changed(call, contact)]
    like, search = call.filter("email_like").lower(), call.filter("search").lower()
    if like or search:
        numbered = [contact for contact in numbered if _reads(contact, like, search)]
    list_id, status = call.query.get("listid", ""), _status(call)
    if not list_id and status == _ANY_STATUS:
        return numbered
    return [contact for contact in numbered if _has_status(call.account, contact, list_id, status)]


def _is_changed(call: ApiCall, contact: Contact) -> bool:
    """Whether the contact was changed after the time asked for; an invalid time is ignored."""
    try:
        after = datetime.fromisoformat(call.filter("updated_after"))
    except ValueError:
        return True
    return contact.updated_at > (after if after.tzinfo else after.replace(tzinfo=UTC)).timestamp()


def _reads(contact: Contact, like: str, search: str) -> bool:
    text = f"{contact.email} {contact.first_name} {contact.last_name} {contact.phone}".lower()
    return like in contact.email.lower() and search in text


def _has_status(account: "PracticeAccount", contact: Contact, list_id: str, status: int) -> bool:
    """Whether the contact is on the list and of the status asked for, there or on any list."""
    if list_id:
        row = account.membership(contact.id, list_id)
        return row is not None and status in {_ANY_STATUS, row.status}
    return any(row.status == status for row in account.memberships(contact.id))


def _status(call: ApiCall) -> int:
    number = whole_number(call.query.get("status"))
    return number if number in set(MemberStatus) else _ANY_STATUS


def _ordered(call: ApiCall, found: list[Contact]) -> list[Contact]:
    for name, key in _ORDERS.items():
        order = call.query.get(f"orders[{name}]")
        if order:
            return sorted(found, key=key, reverse=order.upper() == "DESC")
    return found


_ORDERS: Final[Mapping[str, Callable[[Contact], tuple[float, str]]]] = {
    "id": lambda contact: (int(contact.id), ""),
    "email": lambda contact: (0, contact.email.lower()),
    "cdate": lambda contact: (contact.created_at, ""),
    "first_name": lambda contact: (0, contact.first_name.lower()),
    "last_name": lambda contact: (0, contact.last_name.lower()),
    "name": lambda contact: (0, f"{contact.first_name} {contact.last_name}".lower()),
    "score": lambda _: (0, ""),
}
"""Return the contacts unchanged: nobody has a score here."""


def _page_input(call: ApiCall, offset: int, limit: int) -> dict[str, Json]:
    return {
        "segmentid": 0,
        "formid": 0,
        "listid": whole_number(call.query.get("listid")) or 0,
        "tagid": 0,
        "limit": limit,
        "offset": offset,
        "search": call.query.get("search"),
        "sort": None,
        "seriesid": 0,
        "waitid": 0,
        "status": _status(call),
        "forceQuery": 0,
        "cacheid": "0" * 32,
    }


_UNASKED_PAGE: Final = 20


def query_memberships(call: ApiCall, number: str) -> PracticeResponse:
    """Answer `GET contacts/{id}/contactLists`."""
    found = [_written(row, call.faults.membership_rows) for row in _rows(call, _contact(call, record_id(number)))]
    offset, limit = call.page()
    page = found[offset : offset + limit]
    match call.faults.membership_pages:
        case MembershipPages.PAGED:
            return _memberships(page)
        case MembershipPages.WITH_TOTAL:
            return _memberships(page, str(len(found)))
        case MembershipPages.WRONG_TOTAL:
            return _memberships(page, "1")
        case MembershipPages.ALWAYS_20:
            return _memberships(found[offset : offset + _UNASKED_PAGE])
        case MembershipPages.UNPAGED:
            return _memberships(found)
        case MembershipPages.REPEATED:
            return _memberships(found[:limit], str(len(found)))
        case MembershipPages.ENDLESS:
            numbered = enumerate(islice(cycle(found), limit), offset)
            return _memberships([{**row, "id": str(at)} for at, row in numbered])


def _rows(call: ApiCall, contact: Contact) -> list[serializers.Body]:
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


def _memberships(page: list[serializers.Body], total: str | None = None) -> PracticeResponse:
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
