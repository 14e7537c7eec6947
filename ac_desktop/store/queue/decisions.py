"""People's decisions about held records, stored with who and when."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ac_desktop.model.reason_codes import BY_FILE, DECIDED_BY_PERSON
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.states import Decision
from ac_desktop.model.store_texts import StoreMessage, store_text
from ac_desktop.store.agreed_time import stamp
from ac_desktop.store.connections import connections
from ac_desktop.store.connections.rescope import reapply
from ac_desktop.store.history.history import EventKind, insert_event
from ac_desktop.store.ports import Database, Row, Sql, WriteScope
from ac_desktop.store.queue.records import LOADED
from ac_desktop.store.statements import back_to_waiting

_CHUNK: Final = 500
_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


class DecisionError(Exception):
    """A decision to subscribe someone again without a reason; `str` of it is the sentence for the person."""

    def __str__(self) -> str:
        return store_text(StoreMessage.RESUBSCRIBE_WITHOUT_REASON)


@dataclass(frozen=True, kw_only=True)
class DecisionRecord:
    """A stored decision; `held_for` is why the record was held at the time."""

    record_id: int
    at: float
    decision: Decision
    why: str
    who: str
    held_for: Reason | None


@dataclass(frozen=True)
class DecisionResult:
    """The number of records decided, and the IDs of those left alone: not held, or not for consent."""

    done: int
    left_alone: tuple[int, ...] = ()


@dataclass(frozen=True)
class Choices:
    """The number of held records, and of those that a decision can release: those held for consent."""

    held: int
    again: int


class Decisions:
    """Stores and returns decisions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def held(self, connection_id: int, *, by_consent: bool = False) -> list[int]:
        """Return the IDs of a connection's held records, or of those that are held for consent."""
        rows = self._database.rows(
            f"SELECT id, reason FROM record WHERE connection_id = ? AND state = 'held' AND {LOADED} ORDER BY id",
            (connection_id,),
        )
        return [row["id"] for row in rows if not by_consent or is_by_consent(row["reason"])]

    def held_of(self, connection_id: int, email: str) -> list[int]:
        """Return the IDs of a connection's held records of one address."""
        rows = self._database.rows(
            "SELECT r.id FROM email_at e JOIN record r ON r.id = e.record_id"
            " WHERE e.email = ? AND r.connection_id = ? AND r.state = 'held' ORDER BY r.id",
            (email, connection_id),
        )
        return [row["id"] for row in rows]

    def choices_for(self, record_ids: Sequence[int]) -> Choices:
        """Return how many of some records are held, and how many of those a decision can release."""
        codes = ", ".join(f"'{code.value}'" for code in sorted(DECIDED_BY_PERSON))
        held = again = 0
        for first in range(0, len(record_ids), _CHUNK):
            chunk = record_ids[first : first + _CHUNK]
            counted = self._database.row(
                "SELECT COUNT(*) AS held,"
                f" COUNT(CASE WHEN email LIKE '%_@_%._%' AND reason_code IN ({codes}) THEN 1 END) AS again"
                f" FROM record WHERE id IN ({','.join('?' * len(chunk))}) AND state = 'held'",
                chunk,
            )
            if counted is not None:
                held, again = held + counted["held"], again + counted["again"]
        return Choices(held, again)

    def decide(self, record_ids: Sequence[int], decision: Decision, now: float, *, why: str = "") -> DecisionResult:
        """Decide about held records, a few hundred in one transaction, so that no other writer waits long.

        Each transaction stores an event too, so that the log shows it between the attempts.
        Re-subscribing needs a reason and applies to that record alone. Raise DecisionError without one.
        """
        why = why.strip()
        if decision is Decision.RESUBSCRIBE and not why:
            raise DecisionError
        left_alone: list[int] = []
        for first in range(0, len(record_ids), _CHUNK):
            chunk = record_ids[first : first + _CHUNK]
            done: defaultdict[int, list[int]] = defaultdict(list)
            with self._database.writing(WriteScope.of_records(chunk)) as sql:
                for number in chunk:
                    connection_id = _decide(sql, number, decision, why, now)
                    (left_alone if connection_id is None else done[connection_id]).append(number)
                _insert_events(sql, done, decision, why, now)
        return DecisionResult(len(record_ids) - len(left_alone), tuple(left_alone))

    def of(self, record_id: int) -> list[DecisionRecord]:
        """Return the decisions about a record, oldest first."""
        return self._decisions("record_id = ? ORDER BY id", record_id)

    def all(self, connection_id: int) -> list[DecisionRecord]:
        """Return every decision of a connection, oldest first."""
        return self._decisions("connection_id = ? ORDER BY id", connection_id)

    def _decisions(self, where: str, number: int) -> list[DecisionRecord]:
        rows = self._database.rows(
            f"SELECT record_id, at, verdict, why, who, held_for FROM decision WHERE {where}", (number,)
        )
        return [_decision(row) for row in rows]


def is_by_consent(reason_json: str | None) -> bool:
    """Whether a record is held for consent: because of the account's list or of its file."""
    return bool(reason_json) and Reason.from_json(reason_json or "").code in DECIDED_BY_PERSON


def _insert_events(sql: Sql, done: Mapping[int, Sequence[int]], decision: Decision, why: str, now: float) -> None:
    for connection_id, numbers in done.items():
        details = {"decision": decision.value, "records": str(len(numbers)), "why": why}
        if len(numbers) == 1:
            details["record"] = str(numbers[0])
        insert_event(sql, connection_id, EventKind.DECIDED, now, details)


def _decide(sql: Sql, number: int, decision: Decision, why: str, now: float) -> int | None:
    """Decide about one record; return its connection ID, None where the decision does not fit it."""
    record = sql.row(
        "SELECT connection_id, reason, batch_id, email FROM record WHERE id = ? AND state = 'held'", (number,)
    )
    if record is None:
        return None
    if decision is Decision.RESUBSCRIBE and not _can_be_released(record["reason"], record["email"]):
        return None
    who = sql.person()
    sql.execute(
        "INSERT INTO decision (connection_id, record_id, at, verdict, why, who, held_for) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (record["connection_id"], number, now, decision.value, why, who, record["reason"]),
    )
    match decision:
        case Decision.SKIP:
            skipped = reason(ReasonCode.SKIPPED_BY_PERSON, person=who).to_json()
            sql.execute(
                "UPDATE record SET state = 'skipped', reason = ?, changed_at = ? WHERE id = ?",
                (skipped, stamp(sql, now), number),
            )
        case Decision.RESUBSCRIBE:
            back_to_waiting(
                sql, "id = ?", (number,), now, afresh=True, resubscribe=int(not _is_by_file(record["reason"]))
            )
            if _is_by_file(record["reason"]):
                _reapply_rules(sql, record["connection_id"], record["batch_id"], record["email"], now)
    return int(record["connection_id"])


def _can_be_released(reason_json: str | None, email: str) -> bool:
    """Whether a decision can release a held record: one held because of its file may lack a complete address too."""
    return is_by_consent(reason_json) and (not _is_by_file(reason_json) or bool(_ADDRESS.fullmatch(email)))


def _is_by_file(reason_json: str | None) -> bool:
    return bool(reason_json) and Reason.from_json(reason_json or "").code in BY_FILE


def _reapply_rules(sql: Sql, connection_id: int, batch_id: int, email: str, now: float) -> None:
    """Apply scope and duplicates to a record that was held because of its file; the consent guard still checks it."""
    connection = connections.read(sql, connection_id)
    if connection is not None:
        reapply(sql, batch_id, email, connection.settings.scope, stamp(sql, now))


def _decision(row: Row) -> DecisionRecord:
    return DecisionRecord(
        record_id=row["record_id"],
        at=row["at"],
        decision=Decision(row["verdict"]),
        why=row["why"],
        who=row["who"],
        held_for=Reason.from_json(row["held_for"]) if row["held_for"] else None,
    )
