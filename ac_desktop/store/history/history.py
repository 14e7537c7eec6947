"""The history: every attempt with its payloads and responses, and every event of a connection."""

import getpass
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ac_desktop.model import rules
from ac_desktop.model.attempts import AttemptLog, StepLog, StoredAttempt
from ac_desktop.model.payload import JsonObject
from ac_desktop.model.reasons import Reason
from ac_desktop.model.states import Cause, Outcome
from ac_desktop.store.agreed_time import STAMPED, stamp
from ac_desktop.store.history.step_codec import decode_steps, encode_steps
from ac_desktop.store.ports import Database, Fragments, Row, Sql, Values

PAGE = 200
ATTEMPTS_OF: Final = (
    "((SELECT COUNT(*) FROM attempt WHERE attempt.record_id = {record})"
    " + (SELECT COUNT(*) FROM bulk_member JOIN attempt ON attempt.bulk_batch_id = bulk_member.bulk_batch_id"
    " WHERE bulk_member.record_id = {record} AND attempt.record_id <> {record}))"
)
"""SQL that counts the attempts of a record, by the column of its ID, with the bulk requests it was part of."""


class EventKind(StrEnum):
    """The kinds of events of a connection."""

    CREATED = "created"
    CHANGED = "changed"
    PAUSED = "paused"
    RESUMED = "resumed"
    DEACTIVATED = "deactivated"
    REACTIVATED = "reactivated"
    QUEUED = "queued"
    WITHDRAWN = "withdrawn"
    PUSHED = "pushed"
    ERASED = "erased"
    DECIDED = "decided"
    READ_BACK = "read_back"
    AUTOMATIC_ON = "automatic_on"
    AUTOMATIC_OFF = "automatic_off"
    MOVED = "moved"
    RETRIED = "retried"
    HELD = "held"
    RELEASED = "released"
    REMOVED = "removed"
    RESTORED = "restored"
    SPEED = "speed"
    EMPTIED = "emptied"
    """Data older than the retention period was removed."""
    DISCARDED = "discarded"
    """Donors typed on a computer that could not reach the office were given up there."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """An event of a connection: what, when and who; it follows attempt `after_attempt`.

    `record_id` and `email` are of the donor it is about where that is one.
    """

    id: int
    connection_id: int
    at: float
    kind: EventKind
    details: dict[str, str]
    who: str
    after_attempt: int
    record_id: int = 0
    email: str = ""


def insert_attempt(
    sql: Sql,
    connection_id: int,
    record_id: int,
    applied: rules.AppliedOutcome,
    end: rules.AttemptEnd,
    reason: Reason | None,
    log: AttemptLog,
    *,
    started_at: float | None = None,
    token: int | None = None,
    donors: int = 1,
    bulk_batch_id: int | None = None,
) -> int:
    """Insert an attempt within the caller's transaction, that of a claim with its `token`; return its ID.

    `started_at` is the `stamp` of its beginning, where the caller knows it.
    """
    started_at = stamp(sql, log.started_at) if started_at is None else started_at
    given = _attempt_values(connection_id, record_id, applied, end, reason, log)
    values = (*given, started_at, donors, bulk_batch_id)
    column = sql.fragments.claim_column
    if column is None:
        return sql.insert(_INSERT_ATTEMPT, values)
    return sql.insert(
        f"INSERT INTO attempt ({_ATTEMPT}, started_at, donors, bulk_batch_id, {column})"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, token),
    )


def attempt_statement(
    fragments: Fragments,
    token: int,
    connection_id: int,
    record_id: int,
    applied: rules.AppliedOutcome,
    end: rules.AttemptEnd,
    reason: Reason | None,
    log: AttemptLog,
) -> tuple[str, Values]:
    """Return the statement that inserts the attempt of a claim's token where the one before changed a row."""
    columns, values = _ATTEMPT, _attempt_values(connection_id, record_id, applied, end, reason, log)
    if fragments.claim_column is not None:
        columns, values = f"{columns}, {fragments.claim_column}", (*values, token)
    places = ", ".join("?" for _ in values)
    started_at = STAMPED.format(now="CAST(? AS DOUBLE PRECISION)")
    return (
        f"INSERT INTO attempt ({columns}, started_at) SELECT {places}, {started_at} WHERE {fragments.after_change}",
        (*values, log.started_at, log.started_at),
    )


_ATTEMPT: Final = (
    "connection_id, record_id, duration_ms, outcome, cause, reason, streak, contact_payload, list_payload, steps"
)
_INSERT_ATTEMPT: Final = (
    f"INSERT INTO attempt ({_ATTEMPT}, started_at, donors, bulk_batch_id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def _attempt_values(
    connection_id: int,
    record_id: int,
    applied: rules.AppliedOutcome,
    end: rules.AttemptEnd,
    reason: Reason | None,
    log: AttemptLog,
) -> tuple[object, ...]:
    return (
        connection_id,
        record_id,
        log.duration_ms,
        applied.outcome.value,
        end.cause.value if isinstance(end, rules.Failure) else None,
        reason.to_json() if reason else None,
        applied.circuit.streak,
        _text(log.contact_payload.body() if log.contact_payload else {}),
        _text(log.list_payload.body()) if log.list_payload else None,
        encode_steps(log.steps),
    )


def insert_event(
    sql: Sql,
    connection_id: int,
    kind: EventKind,
    at: float,
    details: Mapping[str, str] | None = None,
    after_attempt: int = 0,
) -> None:
    """Insert an event within the caller's transaction, with who made it.

    A detail `record` is the ID of the one record that it is about.
    """
    if not after_attempt:
        newest = sql.row("SELECT MAX(id) AS id FROM attempt WHERE connection_id = ?", (connection_id,))
        after_attempt = int(newest["id"] or 0) if newest else 0
    sql.execute(
        "INSERT INTO event (connection_id, at, kind, details, who, after_attempt) VALUES (?, ?, ?, ?, ?, ?)",
        (
            connection_id,
            at,
            kind.value,
            json.dumps(dict(details or {}), ensure_ascii=False),
            sql.person(),
            after_attempt,
        ),
    )


def insert_queued_event(sql: Sql, batch_id: int, at: float) -> None:
    """Insert the event of a queued batch within the caller's transaction: its file, its rows, and their states.

    A batch that is gone leaves no event.
    """
    batch = sql.row("SELECT connection_id, kind, file_name, rows_read FROM batch WHERE id = ?", (batch_id,))
    if batch is None:
        return
    connection_id, kind, file_name, rows = batch
    counts = sql.rows(
        "SELECT state, number FROM tally WHERE batch_id = ? AND connection_id = ? AND number > 0",
        (batch_id, connection_id),
    )
    total = sum(number for _, number in counts) if rows is None else rows
    details = {"kind": kind, "file": file_name, "rows": str(total)}
    details |= {state: str(number) for state, number in counts}
    insert_event(sql, connection_id, EventKind.QUEUED, at, details)


def person() -> str:
    """Return the login name of the person at the computer, "" where it is not known."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


class History:
    """Reads the history by pages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def attempts(
        self, connection_id: int, *, after: int = 0, failed: bool = False, limit: int = PAGE
    ) -> list[StoredAttempt]:
        """Return attempts with IDs above `after`, oldest first; `failed` omits those that put a donor on a list."""
        only = " AND a.cause IS NOT NULL" if failed else ""
        return self._attempts(
            f"a.connection_id = ? AND a.id > ?{only} ORDER BY a.id LIMIT ?", (connection_id, after, limit)
        )

    def all_attempts(self, connection_id: int, *, failed: bool = False) -> Iterator[StoredAttempt]:
        """Yield every attempt, oldest first, reading by pages."""
        last = 0
        while page := self.attempts(connection_id, after=last, failed=failed):
            yield from page
            last = page[-1].id

    def latest_attempts(self, connection_id: int, limit: int) -> list[StoredAttempt]:
        """Return the newest attempts, oldest first."""
        return self._attempts("a.connection_id = ? ORDER BY a.id DESC LIMIT ?", (connection_id, limit))[::-1]

    def attempts_of(self, record_id: int) -> list[StoredAttempt]:
        """Return a record's attempts, oldest first, with the bulk requests it was part of.

        A page of the list that confirmed its donor, among others, is one of them too.
        """
        return self._attempts(
            "a.record_id = ? OR a.bulk_batch_id IN (SELECT bulk_batch_id FROM bulk_member WHERE record_id = ?)"
            " OR a.id = (SELECT confirmed_in FROM record WHERE id = ?) ORDER BY a.id",
            (record_id, record_id, record_id),
        )

    def last_steps(self, record_ids: Sequence[int]) -> dict[int, StepLog]:
        """Return the last request of each record of a page, by record ID, with bulk requests."""
        placeholders = ",".join("?" * len(record_ids))
        rows = self._database.rows(
            "WITH newest (record_id, attempt_id) AS ("
            f" SELECT record_id, MAX(id) FROM attempt WHERE record_id IN ({placeholders}) GROUP BY record_id"
            " UNION ALL SELECT m.record_id, MAX(a.id) FROM bulk_member m"
            " JOIN attempt a ON a.bulk_batch_id = m.bulk_batch_id"
            f" WHERE m.record_id IN ({placeholders}) GROUP BY m.record_id"
            f" UNION ALL SELECT id, confirmed_in FROM record WHERE id IN ({placeholders}) AND confirmed_in IS NOT NULL)"
            " SELECT n.record_id, a.steps FROM (SELECT record_id, MAX(attempt_id) AS attempt_id FROM newest"
            " GROUP BY record_id) n JOIN attempt a ON a.id = n.attempt_id",
            (*record_ids, *record_ids, *record_ids),
        )
        steps_of = {record_id: decode_steps(steps) for record_id, steps in rows}
        return {record_id: steps[-1] for record_id, steps in steps_of.items() if steps}

    def streak_attempts(self, connection_id: int, streak: int) -> list[StoredAttempt]:
        """Return the failed attempts that make up the streak, oldest first."""
        if not streak:
            return []
        return self._attempts(
            "a.connection_id = ? AND a.cause IS NOT NULL ORDER BY a.id DESC LIMIT ?", (connection_id, streak)
        )[::-1]

    def attempt(self, attempt_id: int) -> StoredAttempt | None:
        """Return one attempt."""
        found = self._attempts("a.id = ?", (attempt_id,))
        return found[0] if found else None

    def events(self, connection_id: int, *, after: int = 0, limit: int = PAGE) -> list[Event]:
        """Return the newest events with IDs above `after`, oldest first."""
        rows = self._database.rows(
            "SELECT e.id, e.connection_id, e.at, e.kind, e.details, e.who, e.after_attempt, r.id AS record_id, r.email"
            " FROM event e"
            " LEFT JOIN record r ON r.id = e.record_id"
            " WHERE e.connection_id = ? AND e.id > ? ORDER BY e.id DESC LIMIT ?",
            (connection_id, after, limit),
        )
        return [
            Event(
                id=row["id"],
                connection_id=row["connection_id"],
                at=row["at"],
                kind=EventKind(row["kind"]),
                details=json.loads(row["details"]),
                who=row["who"],
                after_attempt=row["after_attempt"],
                record_id=row["record_id"] or 0,
                email=row["email"] or "",
            )
            for row in reversed(rows)
        ]

    def _attempts(self, where: str, values: tuple[object, ...]) -> list[StoredAttempt]:
        rows = self._database.rows(
            "SELECT a.id, a.connection_id, a.record_id, r.email, a.started_at, a.duration_ms, a.outcome, a.cause,"
            " a.reason, a.streak, a.contact_payload, a.list_payload, a.steps, a.donors, a.bulk_batch_id"
            f" FROM attempt a JOIN record r ON r.id = a.record_id WHERE {where}",
            values,
        )
        return [_stored_attempt(row) for row in rows]


def _stored_attempt(row: Row) -> StoredAttempt:
    contact_payload: JsonObject = json.loads(row["contact_payload"])
    list_payload: JsonObject | None = json.loads(row["list_payload"]) if row["list_payload"] else None
    return StoredAttempt(
        id=row["id"],
        connection_id=row["connection_id"],
        record_id=row["record_id"],
        email=row["email"],
        started_at=row["started_at"],
        duration_ms=row["duration_ms"],
        outcome=Outcome(row["outcome"]),
        cause=Cause(row["cause"]) if row["cause"] else None,
        reason=Reason.from_json(row["reason"]) if row["reason"] else None,
        streak=row["streak"],
        contact_payload=contact_payload,
        list_payload=list_payload,
        steps=decode_steps(row["steps"]),
        donors=row["donors"],
        bulk_batch_id=row["bulk_batch_id"],
    )


def _text(body: JsonObject) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
