"""An account that lies at times, and keeps a record of its own: who was asked about, who was put where, and by what."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from random import Random
from typing import TYPE_CHECKING, Final

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.faults import WELL, Faults, Garbled, Incoming, Outage
from ac_desktop.practice.records import MemberStatus, Subscribed
from tests.nemesis.record import Change, Evidence, ListCall
from tests.office.account import OfficeAccount, content_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

OPTED_OUT: Final = (MemberStatus.UNSUBSCRIBED, MemberStatus.BOUNCED, MemberStatus.UNCONFIRMED)
_MEMBERSHIPS: Final = "contacts/{id}/contactLists"
_LIST: Final = "contactLists"
_SYNC: Final = "contact/sync"
_LEAVE_ROWS_ALONE: Final = frozenset({Garbled.ODD_ID, Garbled.WRONG_ECHO})
"""They change the record that an answer is about, and no row of a list."""
_SLOW: Final = (0.0, 0.25)
_RARELY: Final = 0.004
"""The share of requests whose answer comes too late, or later than that of others."""
_LATE: Final = (2.0, 35.0)


class RecordedAccount(PracticeAccount):
    """A practice account that keeps every change of somebody's status on a list, and by which request it came."""

    def __init__(self) -> None:
        super().__init__(keep_requests=0)
        self.changes: Final[list[Change]] = []
        self.asked_by: Callable[[], tuple[int, str | None]] = lambda: (0, None)
        """Returns the number of the request that this thread answers, and whom this thread changes; None for all."""

    def set_status(self, contact_id: str, list_id: str, status: int) -> Subscribed:
        """Add a contact to a list, or change its status there, and record it."""
        before = self.membership(contact_id, list_id)
        done = super().set_status(contact_id, list_id, status)
        number, called_for = self.asked_by()
        contact = self.contact_by_id(contact_id)
        self.changes.append(
            Change(
                at=time.monotonic(),
                contact=contact_id,
                email=contact.email.lower() if contact else "",
                before=None if before is None else int(before.status),
                after=int(done.membership.status),
                number=number,
                is_bulk=called_for not in {None, contact_id},
            )
        )
        return done


@dataclass
class _Arrived:
    """A request on its way: what it asks about, and how the account answers it."""

    number: int
    at: float
    contact: str
    faults: Faults


class LyingAccount(OfficeAccount):
    """An account whose answers follow a mood; its record tells what was truly asked and truly answered."""

    def __init__(self, seed: int) -> None:
        self.recorded: Final = RecordedAccount()
        super().__init__(seed=seed, account=self.recorded)
        self.recorded.asked_by = self._asked_by
        self._chance = Random(seed)  # noqa: S311  repeatable, not a secret
        self._here = threading.local()
        self._under_way: dict[int, _Arrived] = {}
        self.evidence: Final[list[Evidence]] = []
        self.list_calls: Final[list[ListCall]] = []

    def leave(self, email: str, status: MemberStatus) -> bool:
        """Let a person of the account leave the list, or bounce; return whether they were known."""
        contact = self.recorded.contact(email)
        if contact is None:
            return False
        self._here.arrived = _Arrived(0, time.monotonic(), contact.id, WELL)
        try:
            with self.recorded.locked():
                self.recorded.set_status(contact.id, self.list_id, status)
        finally:
            self._here.arrived = None
        return True

    def delete(self, email: str) -> None:
        """Delete a contact, as somebody at the account might."""
        contact = self.recorded.contact(email)
        if contact is not None:
            self.recorded.delete_contact(contact.id)

    def statuses(self) -> dict[str, int]:
        """Return the status on the list of everybody who has one."""
        people = self.recorded.members(self.list_id, None)
        found = ((one.email.lower(), self.recorded.membership(one.id, self.list_id)) for one in people)
        return {email: int(row.status) for email, row in found if row is not None}

    def _asked_by(self) -> tuple[int, str | None]:
        arrived = getattr(self._here, "arrived", None)
        return (arrived.number, arrived.contact) if arrived is not None else (0, None)

    def _faults_of(self, _incoming: Incoming) -> Faults:
        slow = self._chance.uniform(*(_LATE if self._chance.random() < _RARELY else _SLOW))
        faults = replace(self.faults, slow_seconds=self.faults.slow_seconds + slow)
        arrived = getattr(self._here, "arrived", None)
        if arrived is not None:
            arrived.faults = faults
        return faults

    def arrived(self, environ: "WSGIEnvironment") -> int:
        """Record a request at its arrival, and whom it is about; return its number."""
        number = super().arrived(environ)
        path = environ["PATH_INFO"]
        contact = ""
        if path.endswith("/contactLists") and "/contacts/" in path:
            contact = path.rpartition("/contacts/")[2].partition("/")[0]
        elif path.endswith(f"/{_LIST}"):
            contact = str(content_of(environ).get("contactList", {}).get("contact", ""))
        self._here.arrived = self._under_way[number] = _Arrived(number, time.monotonic(), contact, WELL)
        return number

    def answered(self, number: int, status: int) -> None:
        """Record how a request was answered, and what is known by that."""
        super().answered(number, status)
        self._here.arrived = None
        arrived = self._under_way.pop(number)
        request = self._requests.get(number)
        if request is None:
            return
        if request.what == _LIST:
            self.list_calls.append(
                ListCall(number=number, at=arrived.at, who=request.who, contact=arrived.contact, email=request.email)
            )
        elif request.what in {_MEMBERSHIPS, _SYNC} and _is_true(request.what, arrived.faults):
            told = HTTPStatus.OK if request.what == _MEMBERSHIPS else HTTPStatus.CREATED
            if status == told:
                self.evidence.append(
                    Evidence(at=arrived.at, who=request.who, contact=arrived.contact, email=request.email)
                )


def _is_true(what: str, faults: Faults) -> bool:
    """Whether an answer that says yes is the account's own, and reaches who asked."""
    is_whole = faults.garbled is Garbled.OFF or (what == _MEMBERSHIPS and faults.garbled in _LEAVE_ROWS_ALONE)
    return is_whole and faults.outage is Outage.OFF
