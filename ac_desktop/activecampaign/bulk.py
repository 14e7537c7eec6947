"""Bulk import: the request's body and the meaning of its responses. No network and no clock.

Facts of ActiveCampaign's documentation ("Bulk import contacts", "Bulk import status"): at most 250 contacts and less
than 400,000 bytes a request, 100 requests a minute; fewer than 10 contacts belong into `contact/sync`. A response of
200 means queued and no more. Whoever once unsubscribed from the list is not subscribed again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from urllib.parse import quote

from ac_desktop.activecampaign import responses
from ac_desktop.activecampaign.requests import Reply, Request, Response
from ac_desktop.activecampaign.responses import Busy, ContactLost, Refused
from ac_desktop.model.outside import number, text
from ac_desktop.model.payload import ContactPayload, JsonObject, wire
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import Cause

MOST_CONTACTS: Final = 250
FEWEST_CONTACTS: Final = 10
BODY_LIMIT: Final = 400_000
A_MINUTE: Final = 100
BUSY_SECONDS: Final = 60.0
"""Its rate limit is per minute, and its refusal has no Retry-After."""

LONGEST_BATCH_ID: Final = 200

_ENVELOPE_BYTES: Final = len(wire({"contacts": []}))
_RATE_LIMIT = re.compile(r"rate limit", re.IGNORECASE)
_WORD_SEPARATORS = re.compile(r"[\s'\"<>()]+")


@dataclass(frozen=True)
class ImportQueued:
    """The request was accepted; its result is requested by this ID."""

    batch_id: str


@dataclass(frozen=True)
class RejectedContact:
    """A contact that the account names as the reason for a rejection, by its index in the request."""

    place: int
    detail: str


@dataclass(frozen=True)
class ImportRejected:
    """Nothing was accepted, because of the contacts named."""

    named: tuple[RejectedContact, ...]


@dataclass(frozen=True)
class ImportRefusalUnclear:
    """Nothing was accepted, and which contact is meant is unclear."""

    detail: str


@dataclass(frozen=True)
class ImportPending:
    """The import is not processed yet."""


@dataclass(frozen=True)
class ImportFinished:
    """The import is processed; `failed` are the addresses it names as failed, none where it is not understood.

    It never says who was imported: `success` holds the IDs of new contacts alone, and bad or excluded addresses are
    skipped silently. So it makes no record *sent* (rule 17).
    """

    failed: tuple[str, ...]


@dataclass(frozen=True)
class ImportAborted:
    """The import ended before it was processed."""

    status: str


def import_body(contacts: Sequence[ContactPayload], list_id: str) -> JsonObject:
    """Return the request's JSON; a blank value is left out (rule 9)."""
    return {"contacts": [_entry(contact, list_id) for contact in contacts]}


def _entry(contact: ContactPayload, list_id: str) -> JsonObject:
    values = {
        "email": contact.email,
        "first_name": contact.first_name,
        "last_name": contact.last_name,
        "phone": contact.phone,
    }
    filled: JsonObject = {name: value.strip() for name, value in values.items() if value.strip()}
    return filled | {"subscribe": [{"listid": int(list_id)}]}


def contacts_that_fit(contacts: Sequence[ContactPayload], list_id: str) -> list[int]:
    """Return the indexes of the contacts that fit one request by count and bytes, no address twice.

    Addresses are unique because responses identify contacts by address. Empty where there are too few for a bulk
    request.
    """
    chosen: list[int] = []
    seen: set[str] = set()
    size = _ENVELOPE_BYTES
    for place, contact in enumerate(contacts):
        more = len(wire(_entry(contact, list_id))) + 1
        if contact.email in seen or size + more >= BODY_LIMIT:
            continue
        chosen.append(place)
        seen.add(contact.email)
        size += more
        if len(chosen) == MOST_CONTACTS:
            break
    return chosen if len(chosen) >= FEWEST_CONTACTS else []


def import_contacts(contacts: Sequence[ContactPayload], list_id: str) -> Request:
    """Return the request that imports contacts onto a list."""
    return Request("POST", "/import/bulk_import", import_body(contacts, list_id))


def import_result(batch_id: str) -> Request:
    """Return the request for an import's result."""
    return Request("GET", f"/import/info?batchId={quote(batch_id, safe='')}")


def bulk_line(account: str) -> str:
    """Return the key of an account's rate limit for bulk requests, which applies beside the one for all requests."""
    return f"bulk import at {account}"


def read_busy(reply: Reply) -> Busy | None:
    """Return Busy where there were too many imports in a minute, which is answered with 400, not with 429."""
    if not isinstance(reply, Response) or reply.status != _BAD_REQUEST:
        return None
    message = text((reply.json or {}).get("message"))
    return Busy(BUSY_SECONDS) if _RATE_LIMIT.search(message) else None


def read_taken(
    reply: Reply, addresses: Sequence[str]
) -> ImportQueued | ImportRejected | ImportRefusalUnclear | Refused:
    """Parse the response to an import of these addresses."""
    if isinstance(reply, Response) and reply.status in _INVALID:
        return _read_rejection(reply, addresses)
    read = responses.read_object(reply, "batchId")
    if isinstance(read, ContactLost):
        return Refused(Cause.ACCOUNT, reason(ReasonCode.WRONG_ADDRESS, status=404))
    if isinstance(read, Refused):
        return ImportRefusalUnclear(read.reason.values.get("detail", "")) if read.cause is Cause.DONOR else read
    batch_id = read["batchId"]
    if not isinstance(batch_id, str) or not 0 < len(batch_id) <= LONGEST_BATCH_ID:
        return Refused(Cause.PASSING, reason(ReasonCode.BROKEN_ANSWER))
    return ImportQueued(batch_id)


_BAD_REQUEST: Final = 400
_INVALID: Final = (400, 422)


def _read_rejection(answer: Response, addresses: Sequence[str]) -> ImportRejected | ImportRefusalUnclear:
    reasons = (answer.json or {}).get("failureReasons")
    named = [_named(entry, addresses) for entry in reasons] if isinstance(reasons, list) else []
    understood = tuple(entry for entry in named if entry is not None)
    if not understood or len(understood) < len(named):
        return ImportRefusalUnclear(responses.detail(answer))
    return ImportRejected(understood)


def _named(entry: object, addresses: Sequence[str]) -> RejectedContact | None:
    """Parse one reason; None unless its index is within the request and is that of the address it names, if any.

    That `contact` counts from zero is inferred, not documented.
    """
    if not isinstance(entry, dict):
        return None
    place = number(entry.get("contact"), len(addresses) - 1)
    if place is None:
        return None
    detail = text(entry.get("failureReason"))
    quoted = {found.casefold() for found in _addresses_in(detail)}
    if quoted and addresses[place].casefold() not in quoted:
        return None
    return RejectedContact(place, detail)


def _addresses_in(message: str) -> Iterator[str]:
    """Yield the e-mail addresses in a text, in linear time."""
    for word in _WORD_SEPARATORS.split(message):
        for local, domain in pairwise(word.split("@")):
            ended = domain.rstrip(".")
            if local and "." in ended.lstrip("."):
                yield f"{local}@{ended}"


def read_result(reply: Reply, addresses: Sequence[str]) -> ImportPending | ImportFinished | ImportAborted | Refused:
    """Parse the result of an import of these addresses; `false`, as in its first second, is pending."""
    read = responses.read_object(reply, "status")
    if isinstance(read, ContactLost):
        return Refused(Cause.PASSING, reason(ReasonCode.BROKEN_ANSWER))
    if isinstance(read, Refused):
        return read
    match read["status"]:
        case "completed":
            return ImportFinished(_failed(read.get("failure"), addresses))
        case "failed" | "interrupted" as status:
            return ImportAborted(status)
        case _:
            return ImportPending()


def _failed(failures: object, addresses: Sequence[str]) -> tuple[str, ...]:
    """Return the failed addresses: a list of addresses of this request and nothing else; () for any other shape."""
    if not isinstance(failures, list) or len(failures) > len(addresses):
        return ()
    ours = {address.casefold(): address for address in addresses}
    named = [ours.get(entry.strip().casefold()) if isinstance(entry, str) else None for entry in failures]
    failed = tuple(address for address in named if address is not None)
    return failed if len(failed) == len(failures) else ()
