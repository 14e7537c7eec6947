"""Donors typed at a workstation of an office, each queued once however often it is pushed."""

from collections.abc import Sequence

from ac_desktop.store.history.history import EventKind, insert_event
from ac_desktop.store.ports import Database, Owners, WriteScope
from ac_desktop.store.queue.batches import Batches, insert_batch
from ac_desktop.store.queue.records import BatchSource, NewRecord


class TypedEntries:
    """What is typed for the queue of an office, whose answer may be lost at any moment."""

    def __init__(self, database: Database, owners: Owners, batches: Batches) -> None:
        self._database = database
        self._owners = owners
        self._batches = batches

    def push(self, token: str, connection_id: int, record: NewRecord, now: float) -> int | None:
        """Queue a donor as a batch of one, in one transaction; return its ID, None where the office has the token."""
        self._batches.drop_dead(now)
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            is_new = sql.execute(
                "INSERT INTO pushed_entry (token, at) VALUES (?, ?) ON CONFLICT (token) DO NOTHING", (token, now)
            )
            if not is_new:
                return None
            batch_id = insert_batch(sql, connection_id, BatchSource(kind="typed"), now, self._owners.me)
            self._batches.add(connection_id, batch_id, [record], now)
            self._batches.close_batch(batch_id, 1)
        return batch_id

    def tell_discarded(self, token: str, connection_ids: Sequence[int], connection_name: str, now: float) -> None:
        """Store in the log of connections, once, that a typed donor was given up on a computer."""
        with self._database.writing(WriteScope.of(*connection_ids)) as sql:
            if sql.execute(
                "INSERT INTO pushed_entry (token, at) VALUES (?, ?) ON CONFLICT (token) DO NOTHING", (token, now)
            ):
                for number in connection_ids:
                    details = {"records": "1", "connection": connection_name}
                    insert_event(sql, number, EventKind.DISCARDED, now, details)
