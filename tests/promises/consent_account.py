"""An account in this process, whose people come, leave, bounce and merge between any two requests, and whose answers
may not be plain: it sees what reaches it, and notes where somebody is put onto the list who must not be."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from ac_desktop.activecampaign.requests import NoResponse, Reply, Request, Response, TransportFailure
from ac_desktop.model.payload import JsonObject
from tests.clock import VirtualClock
from tests.promises.consent_oracle import Asked, Attempt, why_forbidden
from tests.unpaced import UnpacedLedger

OURS: Final = 1
OTHERS: Final = range(2, 160)
ACTIVE: Final = 1
MANY: Final = 150
_MEMBERSHIPS = re.compile(r"/contacts/(\d+)/contactLists\?limit=(\d+)(?:&offset=(\d+))?")


class AccountFault(Enum):
    """What becomes of a request."""

    NONE = auto()
    ERROR = auto()
    LOST = auto()
    BUSY = auto()
    BUSY_LONG = auto()
    KEY_REFUSED = auto()
    DONOR_REFUSED = auto()
    STOP = auto()
    KILL_BEFORE = auto()
    KILL_AFTER = auto()


class KilledError(BaseException):
    """The process ends here, whatever it was about to do."""


Event = Callable[["Account"], None]
Twist = Callable[["Account", JsonObject], JsonObject]


@dataclass(frozen=True)
class Moment:
    """What happens at one request: time before it may leave, to people before it arrives, to itself, to its answer."""

    sleep: float
    event: Event
    fault: AccountFault
    twist: Twist


@dataclass
class Row:
    """A membership; `since` is the number of the request before which the person got this status."""

    number: int
    status: int
    since: int


@dataclass
class Contact:
    """A contact with its rows by list, and every address whose person it is."""

    number: int
    email: str
    people: set[str]
    rows: dict[int, Row] = field(default_factory=dict)


class Account:
    """Answers like ActiveCampaign, one request after the other."""

    def __init__(self, clock: VirtualClock) -> None:
        self.clock = clock
        self.contacts: dict[int, Contact] = {}
        self.merged: dict[int, int] = {}
        self.merged_at: dict[int, int] = {}
        self.answers_for_merged = False
        self.plan: Iterator[Moment] = iter(())
        self.stop: Callable[[], None] = lambda: None
        self.attempt = Attempt("")
        self.asked_about: Contact | None = None
        self.number = 0
        self.list_calls = 0
        self.broken: list[str] = []
        self._moment: Moment | None = None
        self._last_contact = self._last_row = 0

    def begin(self, email: str, plan: Iterator[Moment], stop: Callable[[], None]) -> None:
        """Begin to watch another attempt."""
        self.attempt, self.plan, self.stop = Attempt(email), plan, stop

    def person(self, email: str) -> Contact | None:
        """Find a contact by its address."""
        return next((one for one in self.contacts.values() if one.email == email), None)

    def add(self, email: str) -> Contact:
        """Find or add a contact."""
        found = self.person(email)
        if found is None:
            self._last_contact += 1
            found = self.contacts[self._last_contact] = Contact(self._last_contact, email, {email})
        return found

    def stand(self, contact: Contact, list_id: int, status: int) -> Row:
        """Set a contact's status on a list."""
        row = contact.rows.get(list_id)
        if row is None:
            self._last_row += 1
            row = contact.rows[list_id] = Row(self._last_row, status, self.number)
        row.status, row.since = status, self.number
        return row

    def merge(self, gone: Contact, into: Contact, *, keeps_address: bool) -> None:
        """Merge a contact into another one, which gets its statuses and may take over its address."""
        for list_id, row in gone.rows.items():
            into.rows.setdefault(list_id, Row(row.number, row.status, self.number))
        into.people |= gone.people
        self.merged[gone.number], self.merged_at[gone.number] = into.number, self.number
        del self.contacts[gone.number]
        if keeps_address:
            into.email = gone.email

    def found(self, number: int) -> Contact | None:
        """Find a contact by its number, or by that of one that was merged into it where the account does so."""
        while self.answers_for_merged and number not in self.contacts and number in self.merged:
            number = self.merged[number]
        return self.contacts.get(number)

    def may_leave(self) -> None:
        """Advance the time before the next request leaves, as where the computer sleeps while it waits for its turn."""
        self._moment = next(self.plan, None)
        if self._moment is not None:
            self.clock.advance(self._moment.sleep)

    def _leads_there_since(self, number: int) -> int:
        """Return the request before which a contact's number came to lead to the contact that it leads to."""
        since = 0
        while number not in self.contacts and number in self.merged:
            since, number = max(since, self.merged_at[number]), self.merged[number]
        return since

    def send(self, request: Request) -> Reply:
        """Apply what is to happen, then answer."""
        self.number += 1
        moment, self._moment = self._moment, None
        if moment is None:
            return self._noted(request, self._handled(request))
        moment.event(self)
        match moment.fault:
            case AccountFault.KILL_BEFORE:
                raise KilledError
            case AccountFault.ERROR:
                return _answer(500, {})
            case AccountFault.KEY_REFUSED:
                return Response(status=403, headers={}, body=b"")
            case AccountFault.DONOR_REFUSED:
                return _answer(422, {"errors": [{"title": "Not valid."}]})
            case AccountFault.BUSY | AccountFault.BUSY_LONG as how:
                wait = "1" if how is AccountFault.BUSY else "90"
                return Response(status=429, headers={"retry-after": wait}, body=b"")
            case AccountFault.STOP:
                self.stop()
        status, body = self._handled(request)
        if moment.fault is AccountFault.KILL_AFTER:
            raise KilledError
        if moment.fault is AccountFault.LOST:
            return NoResponse(trouble=TransportFailure.LOST)
        return self._noted(request, (status, moment.twist(self, body) if status < 300 else body))

    def close_thread(self) -> None:
        """Hold nothing."""

    def _noted(self, request: Request, answered: tuple[int, JsonObject]) -> Response:
        status, body = answered
        truth = frozenset[int]()
        if match := _MEMBERSHIPS.fullmatch(request.path):
            contact = self.found(int(match[1]))
            truth = frozenset(row.number for row in contact.rows.values()) if contact else truth
        reply = _answer(status, body)
        asked = Asked(self.number, self.clock.now(), request.method, request.path, status, reply.body, truth)
        self.attempt.asked.append(asked)
        return reply

    def _handled(self, request: Request) -> tuple[int, JsonObject]:
        if request.path == "/contact/sync":
            return self._sync(request)
        if request.path == "/contactLists":
            return self._join(request)
        if request.path.startswith("/contacts?email="):
            found = self.person(self.attempt.email)
            return 200, {"contacts": [_contact_json(found)] if found else []}
        match = _MEMBERSHIPS.fullmatch(request.path)
        assert match, request.path
        contact = self.found(int(match[1]))
        if contact is None:
            return 404, {"message": f"No Result found for Subscriber with id {match[1]}"}
        self.asked_about, rows = contact, membership_rows(contact)
        limit, offset = int(match[2]), int(match[3] or 0)
        return 200, {"contactLists": rows[offset : offset + limit], "meta": {"total": str(len(rows)), "offset": offset}}

    def _sync(self, request: Request) -> tuple[int, JsonObject]:
        sent = (request.body or {})["contact"]
        assert isinstance(sent, dict)
        known = self.person(str(sent["email"]))
        contact = known or self.add(str(sent["email"]))
        return (200 if known else 201), {"contact": _contact_json(contact)}

    def _join(self, request: Request) -> tuple[int, JsonObject]:
        sent = (request.body or {})["contactList"]
        assert isinstance(sent, dict)
        number = int(str(sent["contact"]))
        contact = self.found(number)
        self.list_calls += 1
        row = contact.rows.get(OURS) if contact else None
        left_at = max(row.since, self._leads_there_since(number)) if row is not None and row.status != ACTIVE else None
        reported = why_forbidden(self.attempt, number, OURS, self.clock.now(), left_at)
        if reported:
            self.broken.append(reported)
        if contact is None:
            return 404, {"message": f"No Result found for Subscriber with id {number}"}
        if self.attempt.email not in contact.people:
            self.broken.append(f"{contact.people} put onto the list for {self.attempt.email}")
        joined = self.stand(contact, OURS, ACTIVE)
        return 201, {"contactList": {**_row(contact, OURS, joined), "contact": str(number), "status": ACTIVE}}


def _contact_json(contact: Contact) -> JsonObject:
    return {"email": contact.email, "phone": "", "id": str(contact.number)}


def membership_rows(contact: Contact) -> list[JsonObject]:
    """Return a contact's memberships as they are."""
    return [_row(contact, list_id, row) for list_id, row in contact.rows.items()]


def _row(contact: Contact, list_id: int, row: Row) -> JsonObject:
    return {"contact": str(contact.number), "list": str(list_id), "status": str(row.status), "id": str(row.number)}


def _answer(status: int, body: JsonObject) -> Response:
    return Response(status=status, headers={"content-type": "application/json"}, body=json.dumps(body).encode())


class Turns(UnpacedLedger):
    """Grants at once, unless the account is busy; what is to pass before a request leaves, passes then."""

    def __init__(self, account: Account) -> None:
        super().__init__()
        self._account = account

    def try_grant(self, account: str, interval: float, now: Callable[[], float], steady: Callable[[], float]) -> float:
        if self.busy_left(account, now()) <= 0:
            self._account.may_leave()
        return super().try_grant(account, interval, now, steady)
