"""Bulk imports: accepted at once, processed later, reported by batch (reference "Bulk import")."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Protocol

from ac_desktop.practice.faults import Faults
from ac_desktop.practice.limits import SlidingWindow
from ac_desktop.practice.records import (
    Contact,
    MemberStatus,
    PracticeList,
    PracticeMembership,
    Subscribed,
    Upserted,
    is_accepted,
)

MOST_CONTACTS: Final = 250
BODY_LIMIT: Final = 400_000
A_MINUTE: Final = 100
SINGLES_A_MINUTE: Final = 20

UNKNOWN_FOR: Final = 1.0
WAITING_UNTIL: Final = 2.0
ACTIVE_UNTIL: Final = 3.0


class BatchStatus(StrEnum):
    """The state of an import; in its first second the API says `false`."""

    UNKNOWN = "unknown"
    WAITING = "waiting"
    ACTIVE = "active"
    COMPLETED = "completed"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One contact of an import, with the lists to subscribe it to and to unsubscribe it from."""

    values: dict[str, str]
    subscribe: tuple[str, ...] = ()
    unsubscribe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """An import that was accepted; `created` are the ids of new contacts alone, `failed` addresses.

    Every `drops_every`-th row is left out silently; an import that is `half_applied` ends as if it were complete.
    """

    id: str
    at: float
    rows: tuple[ImportRow, ...]
    interrupted: bool = False
    drops_every: int = 0
    half_applied: bool = False
    done: bool = False
    created: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()

    def status(self, now: float) -> BatchStatus:
        """Return the state of the import."""
        if self.done:
            return BatchStatus.INTERRUPTED if self.interrupted else BatchStatus.COMPLETED
        age = now - self.at
        if age < UNKNOWN_FOR:
            return BatchStatus.UNKNOWN
        return BatchStatus.WAITING if age < WAITING_UNTIL else BatchStatus.ACTIVE


class ImportAccount(Protocol):
    """What an import needs of its account."""

    def is_excluded(self, email: str) -> bool:
        """Whether an address is on the exclusion list."""

    def contact(self, email: str) -> Contact | None:
        """Return a contact by address."""

    def upsert(self, values: Mapping[str, str]) -> Upserted:
        """Create or change the contact of an address."""

    def list_by_id(self, list_id: str) -> PracticeList | None:
        """Return a list by its id."""

    def membership(self, contact_id: str, list_id: str) -> PracticeMembership | None:
        """Return a contact's membership of a list."""

    def memberships(self, contact_id: str) -> tuple[PracticeMembership, ...]:
        """Return all memberships of a contact."""

    def set_status(self, contact_id: str, list_id: str, status: int) -> Subscribed:
        """Add a contact to a list, or change its status there."""


class BulkImport:
    """The account's imports; the account's lock protects it."""

    def __init__(self) -> None:
        self.batches: dict[str, Batch] = {}
        self._open: list[str] = []
        self._all = SlidingWindow(A_MINUTE, 60.0)
        self._singles = SlidingWindow(SINGLES_A_MINUTE, 60.0)

    def admit(self, contacts: int, at: float) -> int:
        """Admit an import and return 0, or return the limit that it exceeds."""
        if contacts == 1:
            return 0 if self._singles.admit(at) else SINGLES_A_MINUTE
        return 0 if self._all.admit(at) else A_MINUTE

    def take(self, rows: Sequence[ImportRow], at: float, faults: Faults) -> Batch:
        """Queue an import, to be processed as the faults say."""
        batch = Batch(
            id=str(uuid.uuid4()),
            at=at,
            rows=tuple(rows),
            interrupted=faults.bulk_interrupted,
            drops_every=faults.bulk_drops_every,
            half_applied=faults.bulk_half_applied,
        )
        self.batches[batch.id] = batch
        self._open.append(batch.id)
        return batch

    def settle(self, account: ImportAccount, now: float) -> None:
        """Process what is due by now."""
        while self._open and now - self.batches[self._open[0]].at >= ACTIVE_UNTIL:
            batch = self.batches[self._open.pop(0)]
            self.batches[batch.id] = _worked_off(account, batch)


def _worked_off(account: ImportAccount, batch: Batch) -> Batch:
    created: list[str] = []
    failed: list[str] = []
    for row in _applied(batch):
        email = row.values["email"]
        if not is_accepted(email):
            failed.append(email)
        elif not _skipped(account, email):
            created.extend(_import_row(account, row))
    return replace(batch, done=True, created=tuple(created), failed=tuple(failed))


def _applied(batch: Batch) -> list[ImportRow]:
    half = batch.interrupted or batch.half_applied
    rows = batch.rows[: len(batch.rows) // 2] if half else batch.rows
    every = batch.drops_every
    return [row for number, row in enumerate(rows, 1) if not every or number % every]


def _skipped(account: ImportAccount, email: str) -> bool:
    """Return the bad and excluded addresses, which an import leaves out silently."""
    if account.is_excluded(email):
        return True
    known = account.contact(email)
    return known is not None and any(
        membership.status is MemberStatus.BOUNCED for membership in account.memberships(known.id)
    )


def _import_row(account: ImportAccount, row: ImportRow) -> tuple[str, ...]:
    upserted = account.upsert(row.values)
    contact_id = upserted.contact.id
    for list_id in row.subscribe:
        before = account.membership(contact_id, list_id)
        refused = before is not None and before.status is MemberStatus.UNSUBSCRIBED
        if not refused and account.list_by_id(list_id) is not None:
            account.set_status(contact_id, list_id, MemberStatus.ACTIVE)
    for list_id in row.unsubscribe:
        if account.list_by_id(list_id) is not None:
            account.set_status(contact_id, list_id, MemberStatus.UNSUBSCRIBED)
    return (contact_id,) if upserted.created else ()
