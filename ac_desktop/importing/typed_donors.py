"""Donors typed at a workstation of an office: queued there, or kept on this computer until its server is back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ac_desktop.importing.pipeline import ImportedBatch, import_result_of, new_record
from ac_desktop.importing.validation.row_validator import ValidatedRow, validate_donor
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor, clean_email
from ac_desktop.model.wording import tr
from ac_desktop.store.connections.connections import Connections
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.outbox import KnownConnection, Outbox, OutboxEntry
from ac_desktop.store.privacy.erased_addresses import ErasedAddresses
from ac_desktop.store.queue.queue import Queue
from ac_desktop.store.queue.typed_entries import TypedEntries


@dataclass(frozen=True)
class OutboxVisit:
    """How many donors reached the office, and how many still wait here, with the last one's problem if there is one.

    `erased` are those who waited here and were erased from the office meanwhile: they are gone here too.
    """

    pushed: int = 0
    left: int = 0
    erased: int = 0
    problem: str = ""


class TypedDonors:
    """Adds typed donors to the office's queue, each exactly once, and what waits on this computer after them."""

    def __init__(
        self,
        outbox: Outbox,
        entries: TypedEntries,
        queue: Queue,
        connections: Connections,
        erased: ErasedAddresses,
        now: Callable[[], float],
        own_now: Callable[[], float],
    ) -> None:
        self.outbox = outbox
        self._entries = entries
        self._queue = queue
        self._connections = connections
        self._erased = erased
        self._now = now
        self._own_now = own_now

    def add(self, connection: Connection, typed: Donor, checked: ValidatedRow) -> ImportedBatch | None:
        """Queue a donor; return None where the server is away, so that the donor waits on this computer.

        Where only an answer was lost the donor waits too, and is found in the office later: said to have failed, he or
        she would be typed again. Raise StoreError where neither is possible.
        """
        entry = OutboxEntry(
            key_name=self._key_name(connection.id),
            connection_name=connection.name,
            donor=typed,
            typed_at=self._own_now(),
        )
        try:
            batch_id = self._entries.push(entry.token, connection.id, new_record(checked), self._now())
            if batch_id is None:
                return None
            counts = self._queue.batch_counts(batch_id)
        except StoreError as error:
            if not error.may_pass:
                raise
            self.outbox.add(entry)
            return None
        return ImportedBatch(
            batch_id=batch_id, file_name=tr("Typed in"), recognised_as="", result=import_result_of(counts, 1)
        )

    def visit(self) -> OutboxVisit:
        """Push what waits on this computer, and remember the office's connections for the next time it is away.

        Raise StoreError where the server is away; what it refuses otherwise stays here, with the problem.
        """
        connections = self._connections.by_key_name()
        self.outbox.remember([KnownConnection(key_name=name, connection=one) for name, one in connections.items()])
        self._tell_discarded(connections)
        erased = self._erase()
        pushed, left, problem = 0, 0, ""
        for entry in self.outbox.entries():
            connection = connections.get(entry.key_name)
            if connection is None:
                left += 1
                continue
            try:
                self._push(entry, connection)
            except StoreError as error:
                if error.may_pass:
                    raise
                left, problem = left + 1, str(error)
            else:
                pushed += 1
        return OutboxVisit(pushed, left, erased, problem)

    def _tell_discarded(self, connections: Mapping[str, Connection]) -> None:
        """Store in the office's log what was given up here; of a deleted connection each other one's log says it."""
        everywhere = [one.id for one in connections.values()]
        for one in self.outbox.discarded():
            known = connections.get(one.key_name)
            logs = everywhere if known is None else [known.id]
            self._entries.tell_discarded(one.token, logs, one.connection_name, self._now())
            self.outbox.forget_discarded([one.token])

    def _erase(self) -> int:
        """Remove whom the office has erased since the last contact; return how many."""
        last, since = self._erased.last(), self.outbox.seen_erasure()
        waiting = self.outbox.entries() if last > since else []
        gone = self._erased.among({clean_email(entry.donor.email) for entry in waiting}, since)
        tokens = [entry.token for entry in waiting if clean_email(entry.donor.email) in gone]
        if tokens:
            self.outbox.remove(tokens)
        self.outbox.see_erasure(last)
        return len(tokens)

    def _push(self, entry: OutboxEntry, connection: Connection) -> None:
        """Queue a donor by the connection's rules of today, and remove it here once the office has it."""
        settings = connection.settings
        checked = validate_donor(entry.donor, settings.scope, settings.phone_style)
        self._entries.push(entry.token, connection.id, new_record(checked), self._now())
        self.outbox.remove([entry.token])

    def _key_name(self, connection_id: int) -> str:
        """Return the name of a connection's key as it was last seen, else the office's."""
        known = (one.key_name for one in self.outbox.connections() if one.connection.id == connection_id)
        return next(known, "") or self._connections.key_name(connection_id)
