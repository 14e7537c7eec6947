"""Changes of many records at once: retry, hold, release, remove, restore and push, in chunks."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from ac_desktop.model.reason_codes import DECIDED_BY_PERSON, INCOMPLETE
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import RecordState
from ac_desktop.store.agreed_time import AgreedTime, stamp
from ac_desktop.store.history.history import EventKind, insert_event
from ac_desktop.store.ports import EVERY_CONNECTION, Database, Row, Sql, WriteScope
from ac_desktop.store.queue.records import LOADED
from ac_desktop.store.statements import back_to_waiting

KEPT_FOR: Final = 30 * 24 * 3600.0
"""Seconds for which removed records can be restored."""
_CHUNK: Final = 1_000
_TABLES_OF_RECORD: Final = (
    "record",
    "source_row",
    "email_at",
    "seen_row",
    "attempt",
    "edit",
    "decision",
    "bulk_member",
)
"""The tables that are removed and restored with a record, in the order of restoring."""
_REMOVABLE: Final = "state <> 'sending' AND step <> 'result'"


class BulkChanges:
    """Changes of any number of records; each chunk is a transaction, so that no other writer waits long.

    Every change skips the records that it does not fit, and returns the number of those that it changed. It leaves an
    event in the log of each connection whose records it changed.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def retry(self, record_ids: Sequence[int], now: float, *, from_the_start: bool = False) -> int:
        """Make failed and waiting records ready now, with new tries, at their step or from the first one."""

        def ready(sql: Sql, where: str, values: Sequence[object]) -> int:
            where = f"{where} AND state IN ('failed', 'waiting') AND step <> 'result'"
            return back_to_waiting(sql, where, values, now, afresh=True, from_the_start=from_the_start)

        return self._change(record_ids, ready, EventKind.RETRIED, now)

    def hold(self, record_ids: Sequence[int], now: float) -> int:
        """Hold records that wait or have failed, until they are released."""
        why = reason(ReasonCode.HELD_BY_PERSON, person=self._database.person()).to_json()

        def held(sql: Sql, where: str, values: Sequence[object]) -> int:
            return sql.execute(
                "UPDATE record SET state = 'held', cause = NULL, reason = ?, changed_at = ?"
                f" WHERE {where} AND state IN ('waiting', 'failed') AND step <> 'result'",
                (why, now, *values),
            )

        return self._change(record_ids, held, EventKind.HELD, now)

    def release(self, record_ids: Sequence[int], now: float) -> int:
        """Return records to waiting that a person held; those that the consent guard holds need a decision."""

        def released(sql: Sql, where: str, values: Sequence[object]) -> int:
            where = f"{where} AND state = 'held' AND reason_code = ?"
            return back_to_waiting(sql, where, (*values, ReasonCode.HELD_BY_PERSON.value), now, afresh=True)

        return self._change(record_ids, released, EventKind.RELEASED, now)

    def remove(self, record_ids: Sequence[int], now: float) -> tuple[int, int]:
        """Remove records from the queue, except those being sent; return the removal's number and the count."""
        removal, removed = self._next_removal(), 0
        counts: Counter[int] = Counter()
        for chunk in _chunks(record_ids):
            with self._database.writing(WriteScope.of_records(chunk)) as sql:
                if sql.kept_history is not None:
                    removed += sql.kept_history.remove(chunk, removal, stamp(sql, now))
                    continue
                found = self._remove_chunk(sql, chunk, removal, now)
                removed += found.total()
                counts += found
        self._note(EventKind.REMOVED, counts, now, removal=str(removal))
        return removal, removed

    def restore(self, removal: int, now: float) -> int:
        """Restore the records of a removal, with their rows of other tables; return the number of records."""
        restored, counts = 0, self._counts_of(removal)
        while True:
            with self._database.writing(WriteScope.of(*counts)) as sql:
                chunk = [
                    row["record_id"]
                    for row in sql.rows(
                        "SELECT DISTINCT record_id FROM bin WHERE removal = ? ORDER BY record_id LIMIT ?",
                        (removal, _CHUNK),
                    )
                ]
                if not chunk:
                    break
                if sql.kept_history is not None:
                    restored += sql.kept_history.restore(chunk, removal, now)
                    counts.clear()
                    continue
                restored += self._restore_chunk(sql, chunk, removal)
        self._note(EventKind.RESTORED, counts, now, removal=str(removal))
        return restored

    def states_of(self, record_ids: Sequence[int]) -> frozenset[RecordState]:
        """Return the states of some records."""
        return frozenset(
            RecordState(row["state"])
            for chunk in _chunks(record_ids)
            for row in self._database.rows(
                f"SELECT DISTINCT state FROM record WHERE id IN ({_placeholders(chunk)})", chunk
            )
        )

    def purge(self, agreed: AgreedTime) -> int:
        """Delete what was removed more than thirty days ago."""
        with self._database.writing(EVERY_CONNECTION) as sql:
            before = agreed.at - KEPT_FOR
            if sql.kept_history is not None:
                return sql.kept_history.purge(before)
            return sql.execute("DELETE FROM bin WHERE removed_at < ?", (before,))

    def _change(self, record_ids: Sequence[int], change: "_Change", kind: EventKind, now: float) -> int:
        changed: Counter[int] = Counter()
        for chunk in _chunks(record_ids):
            these = f"id IN ({_placeholders(chunk)})"
            with self._database.writing(WriteScope.of_records(chunk)) as sql:
                for (connection,) in sql.rows(f"SELECT DISTINCT connection_id FROM record WHERE {these}", chunk):
                    changed[connection] += change(sql, f"{these} AND connection_id = ?", [*chunk, connection])
        only = {"record": str(record_ids[0])} if len(record_ids) == 1 else {}
        self._note(kind, changed, now, **only)
        return changed.total()

    def _note(self, kind: EventKind, counts: Mapping[int, int], now: float, **details: str) -> None:
        """Leave an event for each connection of which some records were changed."""
        changed = {connection: number for connection, number in counts.items() if number}
        if changed:
            with self._database.writing(WriteScope.of(*changed)) as sql:
                for connection, number in changed.items():
                    insert_event(sql, connection, kind, now, {"records": str(number), **details})

    def _counts_of(self, removal: int) -> dict[int, int]:
        """Return the number of records of a removal by connection."""
        rows = self._database.rows(
            "SELECT connection_id, COUNT(DISTINCT record_id) FROM bin WHERE removal = ? GROUP BY connection_id",
            (removal,),
        )
        return dict(map(tuple, rows))

    def _next_removal(self) -> int:
        last = self._database.row("SELECT MAX(removal) AS removal FROM bin")
        return int(last["removal"] or 0) + 1 if last else 1

    def _remove_chunk(self, sql: Sql, chunk: Sequence[int], removal: int, now: float) -> Counter[int]:
        """Move records to the bin within the caller's transaction; return how many of each connection."""
        found = sql.rows(
            f"SELECT id, connection_id FROM record WHERE id IN ({_placeholders(chunk)}) AND {_REMOVABLE}", chunk
        )
        connection_of = {row["id"]: row["connection_id"] for row in found}
        removable = list(connection_of)
        removed_at, who = stamp(sql, now), sql.person()
        for table in _TABLES_OF_RECORD:
            key = "id" if table == "record" else "record_id"
            columns = ", ".join(sql.columns(table))
            rows = sql.rows(f"SELECT {columns} FROM {table} WHERE {key} IN ({_placeholders(removable)})", removable)
            sql.many(
                "INSERT INTO bin (removal, record_id, connection_id, removed_at, who, belongs_to, kept)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(removal, row[key], connection_of[row[key]], removed_at, who, table, _kept(row)) for row in rows],
            )
        sql.execute(f"DELETE FROM record WHERE id IN ({_placeholders(removable)})", removable)
        return Counter(connection_of.values())

    def _restore_chunk(self, sql: Sql, chunk: Sequence[int], removal: int) -> int:
        for table in _TABLES_OF_RECORD:
            known = sql.columns(table)
            rows = sql.rows(
                f"SELECT kept FROM bin WHERE removal = ? AND belongs_to = ? AND record_id IN ({_placeholders(chunk)})",
                (removal, table, *chunk),
            )
            sql.many(
                f"INSERT INTO {table} ({', '.join(known)}) VALUES ({_placeholders(known)}) ON CONFLICT DO NOTHING",
                [_values(json.loads(row["kept"]), known) for row in rows],
            )
        sql.execute(
            "INSERT INTO tally (connection_id, batch_id, state, number)"
            f" SELECT connection_id, batch_id, state, COUNT(*) FROM record WHERE id IN ({_placeholders(chunk)})"
            " GROUP BY 1, 2, 3"
            " ON CONFLICT (connection_id, batch_id, state) DO UPDATE SET number = tally.number + excluded.number",
            chunk,
        )
        sql.execute(f"DELETE FROM bin WHERE removal = ? AND record_id IN ({_placeholders(chunk)})", (removal, *chunk))
        return len(chunk)


_Change = Callable[[Sql, str, Sequence[object]], int]
"""Changes the records that a condition with its values selects; returns how many."""


def _chunks(record_ids: Sequence[int]) -> Iterator[list[int]]:
    for first in range(0, len(record_ids), _CHUNK):
        yield list(record_ids[first : first + _CHUNK])


def _placeholders(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _kept(row: Row) -> str:
    """Return a row in JSON, which has no bytes: they are stored as hexadecimal digits."""
    kept = {
        name: value.hex().upper() if isinstance(value, bytes) else value
        for name, value in zip(row.keys(), row, strict=True)
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def _values(kept: dict[str, Any], known: Sequence[str]) -> tuple[object, ...]:
    if "steps" in kept:
        kept["steps"] = bytes.fromhex(kept["steps"])
    return tuple(kept.get(name) for name in known)


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
        for chunk in _chunks(push.record_ids):
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
