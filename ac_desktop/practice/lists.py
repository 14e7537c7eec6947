"""The calls about lists and their members."""

from http import HTTPStatus
from typing import Final

from ac_desktop.practice import serializers
from ac_desktop.practice.consent_faults import OtherStatus
from ac_desktop.practice.faults import Bounced, DeletedContact, ListSuccess, Resubscribe, UnknownList
from ac_desktop.practice.records import Contact, MemberStatus, PracticeList
from ac_desktop.practice.requests import ApiCall, CallRefused, record_id
from ac_desktop.practice.responses import EMPTY_400, Json, PracticeResponse, answer, error, errors, forbidden, no_result

DELIBERATE: Final = "4"
"""The `sourceid` that marks an intended re-subscription (documented)."""

_ANSWERED: Final = frozenset({MemberStatus.UNCONFIRMED, MemberStatus.ACTIVE, MemberStatus.UNSUBSCRIBED})
"""Statuses that a person chose by an action of their own."""

_NO_LIST: Final = error("The related list does not exist.", "related_missing", "list", "list_not_exist")
_NO_CONTACT: Final = error("The related contact does not exist.", "related_missing", "contact", "contact_not_exist")
_LEFT: Final = error("The contact has unsubscribed from this list.", "unsubscribed", "status")
_LISTS_FORBIDDEN: Final = forbidden("You do not have permission to view lists.")


def user(call: ApiCall) -> PracticeResponse:
    """Answer `GET users/me`."""
    return answer({"user": serializers.user_body(call.base)})


def query(call: ApiCall) -> PracticeResponse:
    """Answer `GET lists`, by pages of 20 by default."""
    if call.faults.lists_forbidden:
        # This one refusal is declared as plain text although it is JSON (documentation).
        return PracticeResponse(_LISTS_FORBIDDEN.status, _LISTS_FORBIDDEN.body, "text/plain")
    found = [] if call.faults.lists_gone else [one for one in call.account.lists() if _is_wanted(call, one)]
    for name, key in (("name", _by_name), ("id", _by_id)):
        order = call.query.get(f"orders[{name}]")
        if order:
            found.sort(key=key, reverse=order.upper() == "DESC")
    offset, limit = call.page()
    page = [_body(call, one) for one in found[offset : offset + limit]]
    return answer({"lists": page, "meta": {"total": str(len(found))}})


def _is_wanted(call: ApiCall, one: PracticeList) -> bool:
    return (
        call.filter("name").lower() in one.name.lower()
        and call.filter("id") in {"", one.id}
        and call.filter("channel") in {"", one.channel}
    )


def _by_name(one: PracticeList) -> tuple[int, str]:
    return 0, one.name.lower()


def _by_id(one: PracticeList) -> tuple[int, str]:
    return int(one.id), ""


def read(call: ApiCall, number: str) -> PracticeResponse:
    """Answer `GET lists/{id}`."""
    if call.faults.lists_forbidden:
        return _LISTS_FORBIDDEN
    found = None if call.faults.lists_gone else call.account.list_by_id(record_id(number))
    if found is None:
        return no_result("_List", record_id(number))
    return answer({"list": _body(call, found)})


def _body(call: ApiCall, found: PracticeList) -> serializers.Body:
    return serializers.list_body(found, call.account.list_counts(found.id), call.base)


def subscribe(call: ApiCall) -> PracticeResponse:
    """Answer `POST contactLists`, which sets a contact's status on a list."""
    sent = call.record("contactList")
    status = _status(sent.get("status"))
    if status is None or sent.get("list") is None or sent.get("contact") is None:
        return EMPTY_400
    contact, list_id = _related(call, record_id(sent["contact"]), record_id(sent["list"]))
    before = call.account.membership(contact.id, list_id)
    if before is not None and status == MemberStatus.ACTIVE:
        if before.status == MemberStatus.UNSUBSCRIBED and _is_refused(call, sent):
            return errors(_LEFT)
        if _stays(call, before.status):
            status = before.status
    done = call.account.set_status(contact.id, list_id, status)
    is_new = done.created and call.faults.list_success is ListSuccess.NEW_201
    return answer(
        {
            "contacts": [serializers.long_contact(contact, call.base)],
            "contactList": serializers.posted_membership(done.membership, contact, call.base),
        },
        HTTPStatus.CREATED if is_new else HTTPStatus.OK,
    )


def _stays(call: ApiCall, status: int) -> bool:
    """Whether a person of that status keeps it although they are subscribed again."""
    if status == MemberStatus.BOUNCED:
        return call.faults.bounced is Bounced.STAYS_BOUNCED
    return status not in _ANSWERED and call.faults.other_status is OtherStatus.STAYS


def _status(value: Json) -> int | None:
    try:
        return MemberStatus(int(str(value)))
    except ValueError:
        return None


def _is_refused(call: ApiCall, sent: dict[str, Json]) -> bool:
    return call.faults.resubscribe is Resubscribe.REFUSED_422 and str(sent.get("sourceid")) != DELIBERATE


def _related(call: ApiCall, contact_id: str, list_id: str) -> tuple[Contact, str]:
    found = None if call.faults.lists_gone else call.account.list_by_id(list_id)
    contact = call.account.contact_by_id(contact_id)
    is_list_missing = found is None or found.is_deleted
    if is_list_missing:
        missing = [_NO_LIST, _NO_CONTACT] if contact is None else [_NO_LIST]
        raise CallRefused(_missing(call, missing, no_result("_List", list_id)))
    if contact is None:
        raise CallRefused(_missing_contact(call, contact_id))
    return contact, list_id


def _missing_contact(call: ApiCall, contact_id: str) -> PracticeResponse:
    not_found = no_result("Subscriber", contact_id)
    if not call.account.was_deleted(contact_id):
        return _missing(call, [_NO_CONTACT], not_found)
    return not_found if call.faults.deleted_contact is DeletedContact.MESSAGE_404 else errors(_NO_CONTACT)


def _missing(call: ApiCall, entries: list[dict[str, Json]], as_404: PracticeResponse) -> PracticeResponse:
    match call.faults.unknown_list:
        case UnknownList.ERRORS_422:
            return errors(*entries)
        case UnknownList.ERRORS_400:
            return errors(*entries, status=HTTPStatus.BAD_REQUEST)
        case UnknownList.MESSAGE_404:
            return as_404
        case UnknownList.NO_ERRORS_422:
            return answer({"message": entries[0]["title"]}, HTTPStatus.UNPROCESSABLE_ENTITY)
