"""Push unsent: failed, held or all records of a date range or a batch return to waiting."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ac_desktop.model.reason_codes import DECIDED_BY_PERSON, INCOMPLETE
from ac_desktop.store.history.history import EventKind, insert_event
from ac_desktop.store.ports import Database, WriteScope
from ac_desktop.store.queue.records import LOADED
from ac_desktop.store.statements import back_to_waiting

_CHUNK: Final = 1_000


class ResendKind(StrEnum):
    """Which records are pushed."""

    FAILED = "failed"
    HELD = "held"
    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class ResendRequest:
    """The records of a connection that are pushed: last changed between two moments, or of one batch."""

    connection_id: int
    which: ResendKind
    since: float | None = None
    until: float | None = None
    batch_id: int | None = None


@dataclass(frozen=True)
class Resend:
    """The IDs of the records found, so that no later record is included; those held for consent are left alone."""

    record_ids: tuple[int, ...]
    left_alone: int


class Resends:
    """Finds records to push, and pushes them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, wanted: ResendRequest) -> Resend:
        """Return the records that a push would include, and the number of held ones that it leaves alone."""
        states = {
            ResendKind.FAILED: "state = 'failed'",
            ResendKind.HELD: "state = 'held'",
            ResendKind.ALL: "state IN ('failed', 'held', 'sent')",
        }
        where, values = (
            [f"connection_id = ? AND {states[wanted.which]} AND forgotten_at IS NULL AND {LOADED}"],
            [float(wanted.connection_id)],
        )
        for column, bound in (("changed_at >= ?", wanted.since), ("changed_at < ?", wanted.until)):
            if bound is not None:
                where.append(column)
                values.append(bound)
        if wanted.batch_id is not None:
            where.append("batch_id = ?")
            values.append(wanted.batch_id)
        rows = self._database.rows(
            "SELECT id, CASE WHEN state = 'held' AND reason_code IN"
            f" ({', '.join(repr(code.value) for code in sorted(DECIDED_BY_PERSON | INCOMPLETE))})"
            " THEN 1 ELSE 0 END AS stays"
            f" FROM record WHERE {' AND '.join(where)} ORDER BY id",
            values,
        )
        pushed = tuple(row["id"] for row in rows if not row["stays"])
        return Resend(pushed, len(rows) - len(pushed))

    def push(self, connection_id: int, push: Resend, now: float) -> int:
        """Return the records found to waiting, from the first step; return how many were still in their state."""
        pushed = 0
        for first in range(0, len(push.record_ids), _CHUNK):
            chunk = push.record_ids[first : first + _CHUNK]
            with self._database.writing(WriteScope.of(connection_id)) as sql:
                where = (
                    "state IN ('failed', 'held', 'sent') AND forgotten_at IS NULL AND connection_id = ?"
                    f" AND id IN ({','.join('?' * len(chunk))})"
                )
                pushed += back_to_waiting(
                    sql,
                    where,
                    (connection_id, *chunk),
                    now,
                    afresh=True,
                    from_the_start=True,
                    was_new=None,
                    resubscribe=0,
                )
        if pushed:
            with self._database.writing(WriteScope.of(connection_id)) as sql:
                insert_event(sql, connection_id, EventKind.PUSHED, now, {"records": str(pushed)})
        return pushed
