"""The meaning of a response: an outcome or a cause, with a reason (rules 5, 6 and 7).

Statuses, bodies and headers as in ActiveCampaign's documentation, recordings and users' reports: status first, then
the body, whatever its declared type.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import IntEnum
from html import unescape
from http import HTTPStatus
from typing import Final

from ac_desktop.activecampaign.requests import NoResponse, Reply, Response, TransportFailure
from ac_desktop.model.outside import LARGEST, number, record_number, text
from ac_desktop.model.payload import ContactField, JsonObject
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.states import Cause

LONGEST_DETAIL: Final = 200
MOST_ERRORS: Final = 20
"""Errors or reasons of one response that are quoted."""
LONGEST_PAGE: Final = 4 * 1024
"""Bytes of a page, or of a text, that are searched for words to quote."""
LONGEST_HEADER: Final = 64


class ListStatus(IntEnum):
    """The documented statuses of a contact on a list; others can be added at any time."""

    UNCONFIRMED = 0
    ACTIVE = 1
    UNSUBSCRIBED = 2
    BOUNCED = 3
    REMOVED = 91


@dataclass(frozen=True)
class ContactSaved:
    """The contact step is done; `created` only where the status says so (201)."""

    contact_id: str
    created: bool


@dataclass(frozen=True)
class ContactUnnamed:
    """The contact step may be done, but the response lacks our address: whose ID it contains is not known."""


@dataclass(frozen=True)
class FoundContact:
    """A contact with the account's values."""

    contact_id: str
    values: Mapping[ContactField, str]


@dataclass(frozen=True)
class ListJoined:
    """The list step is done; `status` is the contact's status on the list as the account reports it."""

    status: int


@dataclass(frozen=True)
class Busy:
    """The account is busy; `retry_after` is in seconds, None where it is not given."""

    retry_after: float | None


@dataclass(frozen=True)
class ContactLost:
    """The contact of the list step no longer exists."""


@dataclass(frozen=True)
class Refused:
    """The step failed."""

    cause: Cause
    reason: Reason


Refusal = ContactLost | Refused

_CONTACT_NAMES: Final[Mapping[ContactField, str]] = {
    ContactField.PHONE: "phone",
    ContactField.LAST_NAME: "lastName",
    ContactField.FIRST_NAME: "firstName",
}
_NO_RESULT = re.compile(r"^No Result found for (?P<model>\w{1,100}) with id (?P<id>[0-9]{1,19})$")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]+>")
_SECONDS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,20})?")
_OUTAGE = re.compile(r"currently having (?:some )?issues", re.IGNORECASE)


def read_busy(reply: Reply, now: float) -> Busy | None:
    """Return Busy where the account asks us to wait; every other parser expects a response that does not."""
    if not isinstance(reply, Response):
        return None
    if reply.status == _TOO_MANY or (reply.status == _UNAVAILABLE and "retry-after" in reply.headers):
        return Busy(retry_after(reply, now))
    return None


def read_contact(reply: Reply, *, email: str) -> ContactSaved | ContactUnnamed | Refused:
    """Parse the response to `contact/sync`; it is trusted only with the address that was sent."""
    body = _success_or_refusal(reply)
    if isinstance(body, Refused):
        return body
    if isinstance(body, ContactLost):
        return Refused(Cause.ACCOUNT, reason(ReasonCode.WRONG_ADDRESS, status=404))
    contact = body.get("contact")
    if not isinstance(contact, dict) or not contact.get("id"):
        return Refused(Cause.PASSING, reason(ReasonCode.NO_CONTACT_NUMBER))
    contact_id = number(contact["id"])
    if not contact_id:
        return Refused(Cause.PASSING, reason(ReasonCode.BROKEN_ANSWER))
    if not _is_of(contact, email):
        return ContactUnnamed()
    return ContactSaved(str(contact_id), created=isinstance(reply, Response) and reply.status == _CREATED)


def _is_of(contact: Mapping[str, object], email: str) -> bool:
    """Whether a contact has this address; accounts compare addresses without case."""
    return text(contact.get("email")).lower() == email.lower()


def read_found(reply: Reply, *, email: str) -> FoundContact | Refused | None:
    """Parse the response to a search by e-mail; None where the account has no such contact."""
    body = read_object(reply, "contacts")
    if isinstance(body, ContactLost):
        return Refused(Cause.ACCOUNT, reason(ReasonCode.WRONG_ADDRESS, status=404))
    if isinstance(body, Refused):
        return body
    rows = body["contacts"]
    if not isinstance(rows, list):
        return Refused(Cause.PASSING, reason(ReasonCode.BROKEN_ANSWER))
    ours = [row for row in rows if isinstance(row, dict) and _is_of(row, email)]
    if not ours:
        return None
    numbers = {number(row.get("id")) for row in ours}
    contact_id = numbers.pop()
    if not contact_id or numbers:
        return Refused(Cause.PASSING, reason(ReasonCode.BROKEN_ANSWER))
    return FoundContact(str(contact_id), _values(ours[0]))


def contact_values(contact: Mapping[str, object]) -> Mapping[ContactField, str] | None:
    """Return the account's values of a contact; None where the response does not have all of them."""
    return _values(contact) if all(name in contact for name in _CONTACT_NAMES.values()) else None


def _values(contact: Mapping[str, object]) -> Mapping[ContactField, str]:
    return {field: text(contact.get(name)) for field, name in _CONTACT_NAMES.items()}


def read_list(reply: Reply, *, list_id: str, contact_id: str) -> ListJoined | Refusal:
    """Parse the response to `contactLists`; it must echo the list and the contact that were sent."""
    body = _success_or_refusal(reply, list_id=list_id)
    if isinstance(body, Refused | ContactLost):
        return body
    entry = body.get("contactList")
    if not isinstance(entry, dict):
        return Refused(Cause.PASSING, reason(ReasonCode.LIST_NOT_CONFIRMED))
    status = number(entry.get("status"), least=-LARGEST)
    echoes = _is_echo(entry.get("list"), list_id) and _is_echo(entry.get("contact"), contact_id)
    if not echoes or status is None:
        return Refused(Cause.PASSING, reason(ReasonCode.LIST_NOT_CONFIRMED))
    return ListJoined(status)


def _is_echo(value: object, sent: str) -> bool:
    echoed = record_number(value)
    return echoed is not None and echoed == record_number(sent)


def read_object(reply: Reply, key: str, *, list_id: str = "") -> JsonObject | Refusal:
    """Parse a response that must have a record or a collection under `key`; return the whole object."""
    body = _success_or_refusal(reply, list_id=list_id)
    if isinstance(body, dict) and key not in body:
        return Refused(Cause.PASSING, reason(ReasonCode.BROKEN_ANSWER))
    return body


_CREATED: Final = HTTPStatus.CREATED
_TOO_MANY: Final = HTTPStatus.TOO_MANY_REQUESTS
_UNAVAILABLE: Final = HTTPStatus.SERVICE_UNAVAILABLE
_FORBIDDEN: Final = HTTPStatus.FORBIDDEN
_ACCOUNT_BY_STATUS: Final[Mapping[int, ReasonCode]] = {
    402: ReasonCode.ACCOUNT_CLOSED,
    405: ReasonCode.WRONG_ADDRESS,
    407: ReasonCode.PROXY_FAILED,
    415: ReasonCode.WRONG_ADDRESS,
}
_BY_TRANSPORT_FAILURE: Final[Mapping[TransportFailure, tuple[Cause, ReasonCode]]] = {
    TransportFailure.NAME_NOT_FOUND: (Cause.PASSING, ReasonCode.NAME_NOT_FOUND),
    TransportFailure.UNREACHABLE: (Cause.PASSING, ReasonCode.UNREACHABLE),
    TransportFailure.LOST: (Cause.PASSING, ReasonCode.CONNECTION_LOST),
    TransportFailure.TIMED_OUT: (Cause.PASSING, ReasonCode.TIMED_OUT),
    TransportFailure.BROKEN: (Cause.PASSING, ReasonCode.BROKEN_ANSWER),
    TransportFailure.TLS: (Cause.ACCOUNT, ReasonCode.TLS_FAILED),
    TransportFailure.PROXY: (Cause.ACCOUNT, ReasonCode.PROXY_FAILED),
}


def _success_or_refusal(reply: Reply, *, list_id: str = "") -> JsonObject | Refusal:
    if isinstance(reply, NoResponse):
        cause, code = _BY_TRANSPORT_FAILURE[reply.trouble]
        return Refused(cause, reason(code))
    if HTTPStatus.OK <= reply.status < HTTPStatus.MULTIPLE_CHOICES:
        return _object(reply)
    return _refusal(reply, list_id)


def _refusal(answer: Response, list_id: str) -> Refused | ContactLost:
    match answer.status:
        case 401 | 403:
            return _not_allowed(answer)
        case 404:
            return _not_found(answer, list_id)
        case 400 | 422:
            return _invalid(answer, list_id)
        case 408:
            return Refused(Cause.PASSING, reason(ReasonCode.TIMED_OUT))
        case 429:
            return Refused(Cause.PASSING, reason(ReasonCode.BUSY))
        case status if status in _ACCOUNT_BY_STATUS:
            return Refused(Cause.ACCOUNT, reason(_ACCOUNT_BY_STATUS[status], status=status))
        case status if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
            return Refused(Cause.ACCOUNT, reason(ReasonCode.REDIRECTED))
        case status if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return Refused(Cause.DONOR, reason(ReasonCode.DONOR_REFUSED, detail=detail(answer)))
        case status:
            return Refused(Cause.PASSING, reason(ReasonCode.SERVER_TROUBLE, status=status))


def _object(answer: Response) -> JsonObject | Refused:
    """Parse a success: a web page is an account failure, anything else unreadable is passing."""
    if _is_web_page(answer):
        if _OUTAGE.search(_text(answer)):
            return Refused(Cause.PASSING, reason(ReasonCode.SERVER_TROUBLE, status=answer.status))
        return Refused(Cause.ACCOUNT, reason(ReasonCode.WEB_PAGE))
    return answer.json if answer.json is not None else Refused(Cause.PASSING, reason(ReasonCode.BROKEN_ANSWER))


def _not_allowed(answer: Response) -> Refused:
    """Parse a 401 or 403: empty for a wrong or withdrawn key, with `errors` for missing rights of its owner."""
    body = answer.json
    if answer.status == _FORBIDDEN and body and body.get("errors"):
        return Refused(Cause.ACCOUNT, reason(ReasonCode.FORBIDDEN, detail=detail(answer)))
    return Refused(Cause.ACCOUNT, reason(ReasonCode.KEY_REFUSED))


def _not_found(answer: Response, list_id: str) -> Refused | ContactLost:
    body = answer.json
    if body is None and answer.body.strip():
        return Refused(Cause.ACCOUNT, reason(ReasonCode.WRONG_ADDRESS, status=answer.status))
    found = _NO_RESULT.match(text((body or {}).get("message")))
    if found and found["model"] == "_List":
        return Refused(Cause.ACCOUNT, reason(ReasonCode.LIST_UNKNOWN, list=list_id or found["id"]))
    return ContactLost()


def _invalid(answer: Response, list_id: str) -> Refused | ContactLost:
    pointed = {part for error in _errors(answer) for part in _points_at(error)}
    if list_id and ("list" in pointed or "list_not_exist" in pointed):
        return Refused(Cause.ACCOUNT, reason(ReasonCode.LIST_UNKNOWN, list=list_id))
    if "contact_not_exist" in pointed:
        return ContactLost()
    return Refused(Cause.DONOR, reason(ReasonCode.DONOR_REFUSED, detail=detail(answer)))


def _errors(answer: Response) -> list[JsonObject]:
    errors = (answer.json or {}).get("errors")
    return [error for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []


def _points_at(error: JsonObject) -> tuple[str, str]:
    source = error.get("source")
    pointer = text(source.get("pointer")) if isinstance(source, dict) else ""
    return pointer.rpartition("/")[2], text(error.get("error"))


def detail(answer: Response) -> str:
    """Return the account's own message: titles, message, reasons, a page's title, or the beginning of the text."""
    body = answer.json or {}
    titles = [text(error.get("detail")) or text(error.get("title")) for error in _errors(answer)[:MOST_ERRORS]]
    reasons = body.get("failureReasons")
    failure_reasons = [
        text(row.get("failureReason") if isinstance(row, dict) else row)
        for row in (reasons[:MOST_ERRORS] if isinstance(reasons, list) else ())
    ]
    words = "; ".join(part for part in titles if part) or text(body.get("message"))
    words = words or "; ".join(part for part in failure_reasons if part)
    if not words and answer.body.strip() != b"{}":
        page = _text(answer)
        title = _TITLE.search(page)
        words = unescape(_TAG.sub(" ", title[1] if title else page))
    words = " ".join("".join(character if character.isprintable() else " " for character in words).split())
    return words[:LONGEST_DETAIL] or f"HTTP {answer.status}"


def _text(answer: Response) -> str:
    return answer.body[:LONGEST_PAGE].decode(errors="replace")


def _is_web_page(answer: Response) -> bool:
    start = answer.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return start == b"<" or ("html" in answer.headers.get("content-type", "") and start not in {b"{", b"", b"["})


def retry_after(answer: Response, now: float) -> float | None:
    """Return the seconds of `Retry-After`, given as seconds or as an HTTP date; None where it is not usable."""
    header = answer.headers.get("retry-after", "")[:LONGEST_HEADER].strip()
    if _SECONDS.fullmatch(header):
        return float(header)
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - now)
    except (TypeError, ValueError, IndexError, OverflowError, OSError):
        return None
