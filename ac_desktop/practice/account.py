"""The practice account itself: its contacts, lists, memberships, imports, keys and faults, kept in memory."""

import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from ac_desktop.practice.bulk import Batch, BulkImport
from ac_desktop.practice.faults import WELL, Faults, Incoming, Schedule, decide
from ac_desktop.practice.records import (
    Contact,
    ListCounts,
    MemberStatus,
    PracticeList,
    PracticeMembership,
    Subscribed,
    Upserted,
    status_of,
)
from ac_desktop.practice.request_log import KEPT, MASK, LoggedRequest, RequestLog

NEWCOMERS_LIST: Final = "1"
"""The ID of the default list."""
FIRST_LISTS: Final = ("Donors", "Volunteers", "Newsletter")

_MADE_UP_FIRST: Final = ("Annie", "Ben", "Carla", "Dev", "Elif", "Finn", "Gita", "Hugo", "Ines", "Jonas")
_MADE_UP_LAST: Final = ("Dot", "Ember", "Fielding", "Grove", "Harbor", "Isle", "Juniper", "Knoll", "Lark", "Meadow")


class PracticeAccount:
    """An ActiveCampaign account in memory; safe to use from any thread."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.time,
        lists: Sequence[str] = FIRST_LISTS,
        keep_requests: int = KEPT,
    ) -> None:
        self.clock = clock
        self.log = RequestLog(clock, keep_requests)
        self.bulk = BulkImport()
        self._lock = threading.RLock()
        self._keys: set[str] = set()
        self._contacts: dict[str, Contact] = {}
        self._by_email: dict[str, str] = {}
        self._deleted: set[str] = set()
        self._merged: dict[str, str] = {}
        self._excluded: set[str] = set()
        self._lists: dict[str, PracticeList] = {}
        self._memberships: dict[str, dict[str, PracticeMembership]] = {}
        self._counts: Counter[tuple[str, int]] = Counter()
        self._last_contact = self._last_list = self._last_membership = 0
        self._faults = WELL
        self._schedule: Schedule = ()
        self._scheduled_at = 0.0
        self._seen: Counter[str] = Counter()
        for name in lists:
            self.add_list(name)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Lock the account while a request is handled."""
        with self._lock:
            self.bulk.settle(self, self.clock())
            yield

    def add_key(self, key: str = "") -> str:
        """Return a key of the account, a new one unless it is given."""
        key = key or secrets.token_hex(32)
        with self._lock:
            self._keys.add(key)
        return key

    def withdraw_key(self, key: str) -> None:
        """Make a key invalid."""
        with self._lock:
            self._keys.discard(key)

    def knows_key(self, key: str) -> bool:
        """Whether a key is valid."""
        with self._lock:
            return key in self._keys

    def mask(self, text: str) -> str:
        """Return a text with every key of the account masked."""
        with self._lock:
            for key in self._keys:
                text = text.replace(key, MASK)
        return text

    def mask_bytes(self, data: bytes) -> bytes:
        """Return a body with every key of the account masked."""
        with self._lock:
            for key in self._keys:
                data = data.replace(key.encode(), MASK.encode())
        return data

    @property
    def faults(self) -> Faults:
        """The faults in effect where no schedule says otherwise."""
        with self._lock:
            return self._faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        with self._lock:
            self._faults = faults

    def set_schedule(self, schedule: Schedule) -> None:
        """Set faults by request number, path or time; all of them count from now. `()` ends the schedule."""
        with self._lock:
            self._schedule = schedule
            self._scheduled_at = self.clock()
            self._seen.clear()

    def faults_for(self, request: LoggedRequest) -> Faults:
        """Return the faults of a request that just arrived."""
        with self._lock:
            path = request.operation
            self._seen[path] += 1
            incoming = Incoming(
                number=self._seen.total(),
                of_path=self._seen[path],
                since=request.at - self._scheduled_at,
                at=request.at,
                method=request.method,
                path=path,
                body=request.body,
            )
            schedule, faults = self._schedule, self._faults
        return decide(schedule, incoming) or faults

    def add_list(self, name: str, *, channel: str = "email", deleted: bool = False) -> PracticeList:
        """Add a list; a deleted one is still listed, with the time of its deletion."""
        with self._lock:
            self._last_list += 1
            now = self.clock()
            added = PracticeList(
                id=str(self._last_list),
                name=name,
                channel=channel,
                created_at=now,
                deleted_at=now if deleted else None,
            )
            self._lists[added.id] = added
            return added

    def add_lists(self, count: int) -> tuple[PracticeList, ...]:
        """Add many lists, named `Appeal 001` and so on."""
        return tuple(self.add_list(f"Appeal {number:03}") for number in range(1, count + 1))

    def delete_list(self, list_id: str) -> None:
        """Remove a list with its memberships, as if it had never existed."""
        with self._lock:
            self._lists.pop(list_id, None)
            for contact_id in [c for c, memberships in self._memberships.items() if list_id in memberships]:
                self._forget(self._memberships[contact_id].pop(list_id))

    def lists(self) -> tuple[PracticeList, ...]:
        """Return all lists by id, the deleted ones that are still listed included."""
        with self._lock:
            return tuple(self._lists.values())

    def list_by_id(self, list_id: str) -> PracticeList | None:
        """Return a list by its id."""
        with self._lock:
            return self._lists.get(list_id)

    def list_counts(self, list_id: str) -> ListCounts:
        """Return the number of a list's members."""
        with self._lock:
            members = sum(
                number
                for (counted, status), number in self._counts.items()
                if counted == list_id and status != MemberStatus.REMOVED
            )
            return ListCounts(members, self._counts[list_id, MemberStatus.ACTIVE])

    def add_contact(self, email: str, *, phone: str = "", first_name: str = "", last_name: str = "") -> Contact:
        """Add a contact, or change the one of this address."""
        return self.upsert({"email": email, "phone": phone, "firstName": first_name, "lastName": last_name}).contact

    def add_contacts(
        self, count: int, *, list_id: str = "", status: int = MemberStatus.ACTIVE, prefix: str = "donor"
    ) -> tuple[Contact, ...]:
        """Add made-up contacts `donor0001@example.org` and so on, on a list where one is given."""
        return tuple(self._made_up(number, prefix, list_id, status) for number in range(1, count + 1))

    def _made_up(self, number: int, prefix: str, list_id: str, status: int) -> Contact:
        contact = self.add_contact(
            f"{prefix}{number:04}@example.org",
            phone=f"22555{number:05}",
            first_name=_MADE_UP_FIRST[number % len(_MADE_UP_FIRST)],
            last_name=_MADE_UP_LAST[number // len(_MADE_UP_FIRST) % len(_MADE_UP_LAST)],
        )
        if list_id:
            self.set_status(contact.id, list_id, status)
        return contact

    def upsert(self, values: Mapping[str, str]) -> Upserted:
        """Create or change the contact of an address, matched without case.

        Keys are the API's; an omitted one keeps its value and `""` erases it (reference "Semantics that bite", 2).
        """
        with self._lock:
            before = self.contact(values["email"])
            if before is not None:
                return Upserted(self.change(before.id, {**values, "email": before.email}), created=False)
            self._last_contact += 1
            now = self.clock()
            added = Contact(id=str(self._last_contact), email=values["email"], created_at=now, updated_at=now)
            self._by_email[added.email.lower()] = added.id
            return Upserted(self._keep(added, values), created=True)

    def change(self, contact_id: str, values: Mapping[str, str]) -> Contact:
        """Change a contact by its id; a changed address must belong to no other."""
        with self._lock:
            before = self._contacts[contact_id]
            email = values.get("email") or before.email
            if email.lower() != before.email.lower():
                del self._by_email[before.email.lower()]
                self._by_email[email.lower()] = contact_id
            return self._keep(replace(before, email=email, updated_at=self.clock()), values)

    def _keep(self, contact: Contact, values: Mapping[str, str]) -> Contact:
        kept = replace(
            contact,
            phone=values.get("phone", contact.phone),
            first_name=values.get("firstName", contact.first_name),
            last_name=values.get("lastName", contact.last_name),
        )
        self._contacts[kept.id] = kept
        return kept

    def delete_contact(self, contact_id: str) -> None:
        """Delete a contact; its id is remembered as deleted."""
        with self._lock:
            removed = self._contacts.pop(contact_id)
            del self._by_email[removed.email.lower()]
            self._deleted.add(contact_id)
            for membership in self._memberships.pop(contact_id, {}).values():
                self._forget(membership)

    def merge(self, contact_id: str, into: str) -> None:
        """Merge a contact into another one, which takes over the memberships on lists that it is not on."""
        with self._lock:
            taken_over = [row for row in self.memberships(contact_id) if self.membership(into, row.list_id) is None]
            for row in taken_over:
                self.set_status(into, row.list_id, row.status)
            self.delete_contact(contact_id)
            self._merged[contact_id] = into

    def survivor_of(self, contact_id: str) -> Contact | None:
        """Return the contact that another one was merged into."""
        with self._lock:
            while contact_id in self._merged:
                contact_id = self._merged[contact_id]
                if contact_id in self._contacts:
                    return self._contacts[contact_id]
            return None

    def was_deleted(self, contact_id: str) -> bool:
        """Whether this id belonged to a contact that was deleted."""
        with self._lock:
            return contact_id in self._deleted

    def contacts(self) -> tuple[Contact, ...]:
        """Return all contacts by id."""
        with self._lock:
            return tuple(self._contacts.values())

    def contact(self, email: str) -> Contact | None:
        """Return a contact by address, ignoring case."""
        with self._lock:
            found = self._by_email.get(email.lower())
            return self._contacts[found] if found else None

    def contact_by_id(self, contact_id: str) -> Contact | None:
        """Return a contact by id."""
        with self._lock:
            return self._contacts.get(contact_id)

    def exclude(self, email: str) -> None:
        """Add an address to the account's exclusion list: it is stored, but an import skips it."""
        with self._lock:
            self._excluded.add(email.lower())

    def is_excluded(self, email: str) -> bool:
        """Whether an address is on the exclusion list."""
        with self._lock:
            return email.lower() in self._excluded

    def set_status(self, contact_id: str, list_id: str, status: int) -> Subscribed:
        """Add a contact to a list, or change its status there."""
        with self._lock:
            now, status = self.clock(), status_of(status)
            memberships = self._memberships.setdefault(contact_id, {})
            before = memberships.get(list_id)
            if before is None:
                self._last_membership += 1
                after = PracticeMembership(
                    id=str(self._last_membership),
                    contact_id=contact_id,
                    list_id=list_id,
                    status=status,
                    created_at=now,
                    updated_at=now,
                )
            else:
                self._forget(before)
                after = replace(before, status=status, updated_at=now)
            memberships[list_id] = after
            self._counts[list_id, status] += 1
            return Subscribed(after, created=before is None)

    def _forget(self, membership: PracticeMembership) -> None:
        self._counts[membership.list_id, membership.status] -= 1

    def membership(self, contact_id: str, list_id: str) -> PracticeMembership | None:
        """Return a contact's membership of a list."""
        with self._lock:
            return self._memberships.get(contact_id, {}).get(list_id)

    def memberships(self, contact_id: str) -> tuple[PracticeMembership, ...]:
        """Return all memberships of a contact."""
        with self._lock:
            return tuple(self._memberships.get(contact_id, {}).values())

    def members(self, list_id: str, status: int | None = MemberStatus.ACTIVE) -> tuple[Contact, ...]:
        """Return a list's contacts of one status, or of all with None."""
        with self._lock:
            return tuple(
                self._contacts[contact_id]
                for contact_id, memberships in self._memberships.items()
                if list_id in memberships and status in {None, memberships[list_id].status}
            )

    def batch(self, batch_id: str) -> Batch | None:
        """Return a bulk import, with its progress up to now."""
        with self.locked():
            return self.bulk.batches.get(batch_id)

    def requests(self, path: str = "") -> tuple[LoggedRequest, ...]:
        """Return the kept requests, of one path (`contact/sync`) or all."""
        return self.log.requests(path)

    def count(self, path: str = "", *, method: str = "", status: int | None = None) -> int:
        """Return the number of all requests ever made, of a path, a method or an answered status."""
        return self.log.count(path, method=method, status=status)
