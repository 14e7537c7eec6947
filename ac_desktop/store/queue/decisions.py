"""What people decide about held records, kept with who and when."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ac_desktop.model.reasons import BY_FILE, Reason, ReasonCode, reason
from ac_desktop.model.states import Decision
from ac_desktop.model.wording import tr
from ac_desktop.store.connections import connections
from ac_desktop.store.connections.rescope import resettle
from ac_desktop.store.engines.sqlite.database import Database
from ac_desktop.store.history.history import EventKind, insert_event, person
from ac_desktop.store.privacy.agreed_time import stamp
from ac_desktop.store.queue.state_counts import LOADED

BY_CONSENT: Final = frozenset({
    ReasonCode.UNSUBSCRIBED,
    ReasonCode.UNSUBSCRIBED_UNDATED,
    ReasonCode.BOUNCED,
    ReasonCode.UNCONFIRMED,
    ReasonCode.REMOVED_FROM_LIST,
    ReasonCode.STATUS_UNKNOWN,
})  # fmt: skip
"""The reasons of the consent guard: only a record it holds can be re-subscribed."""

_DECIDED_AGAIN: Final = BY_CONSENT | BY_FILE
_AT_ONCE: Final = 500
_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


class DecisionError(Exception):
    """A decision that cannot be taken; its text is the sentence for the person."""


@dataclass(frozen=True, kw_only=True)
class DecisionRecord:
    """A decision as it is kept; `held_for` is why the record was held when it was taken."""

    record_id: int
    at: float
    decision: Decision
    why: str
    who: str
    held_for: Reason | None


@dataclass(frozen=True)
class DecisionResult:
    """How many records a decision was taken for, and whom it left alone: not held, or not by the consent guard."""

    done: int
    left_alone: tuple[int, ...] = ()


@dataclass(frozen=True)
class Choices:
    """How many records are held, and how many of them a decision can let go: those held for consent."""

    held: int
    again: int


class Decisions:
    """Takes decisions and tells those taken."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def held(self, connection_id: int, *, by_consent: bool = False) -> list[int]:
        """Return the numbers of a connection's held records, or of those that are held for consent."""
        rows = self._database.rows(
            f"SELECT id, reason FROM record WHERE connection_id = ? AND state = 'held' AND {LOADED} ORDER BY id",
            (connection_id,),
        )
        return [number for number, why in rows if not by_consent or is_by_consent(why)]

    def held_of(self, connection_id: int, email: str) -> list[int]:
        """Return the numbers of a connection's held records of one address."""
        rows = self._database.rows(
            "SELECT r.id FROM email_at e JOIN record r ON r.id = e.record_id"
            " WHERE e.email = ? AND r.connection_id = ? AND r.state = 'held' ORDER BY r.id",
            (email, connection_id),
        )
        return [number for (number,) in rows]

    def choices_for(self, record_ids: Sequence[int]) -> Choices:
        """Count those of some records about which there is something to decide."""
        codes = ", ".join(f"'{code.value}'" for code in sorted(_DECIDED_AGAIN))
        held = again = 0
        for first in range(0, len(record_ids), _AT_ONCE):
            portion = record_ids[first : first + _AT_ONCE]
            ((some, by_consent),) = self._database.rows(
                f"SELECT COUNT(*), SUM(email LIKE '%_@_%._%' AND json_extract(reason, '$[0]') IN ({codes})) FROM record"
                f" WHERE id IN ({','.join('?' * len(portion))}) AND state = 'held'",
                portion,
            )
            held, again = held + some, again + (by_consent or 0)
        return Choices(held, again)

    def decide(self, record_ids: Sequence[int], decision: Decision, now: float, *, why: str = "") -> DecisionResult:
        """Decide about held records, a few hundred in one transaction, so that no other writer waits long.

        Each transaction keeps an event too, so that the log tells of it between the attempts.
        Re-subscribing needs a reason and holds for that record alone. Raises DecisionError without one.
        """
        why = why.strip()
        if decision is Decision.RESUBSCRIBE and not why:
            raise DecisionError(
                tr("Subscribing someone again who left the list needs a reason, such as a letter or a call from them.")
            )
        left_alone: list[int] = []
        for first in range(0, len(record_ids), _AT_ONCE):
            portion = record_ids[first : first + _AT_ONCE]
            done: defaultdict[int, list[int]] = defaultdict(list)
            with self._database.writing() as sql:
                for number in portion:
                    connection_id = _decide(sql, number, decision, why, now)
                    (left_alone if connection_id is None else done[connection_id]).append(number)
                _keep_events(sql, done, decision, why, now)
        return DecisionResult(len(record_ids) - len(left_alone), tuple(left_alone))

    def of(self, record_id: int) -> list[DecisionRecord]:
        """Return what was decided about a record, oldest first."""
        return self._kept("record_id = ? ORDER BY id", record_id)

    def all(self, connection_id: int) -> list[DecisionRecord]:
        """Return every decision of a connection, oldest first."""
        return self._kept("connection_id = ? ORDER BY id", connection_id)

    def _kept(self, where: str, number: int) -> list[DecisionRecord]:
        rows = self._database.rows(
            f"SELECT record_id, at, verdict, why, who, held_for FROM decision WHERE {where}", (number,)
        )
        return [_read(row) for row in rows]


def is_by_consent(reason_json: str | None) -> bool:
    """Whether a record is held for consent: by the account's word or by that of its file."""
    return bool(reason_json) and Reason.from_json(reason_json or "").code in _DECIDED_AGAIN


def _keep_events(
    sql: sqlite3.Connection, done: Mapping[int, Sequence[int]], decision: Decision, why: str, now: float
) -> None:
    for connection_id, numbers in done.items():
        details = {"decision": decision.value, "records": str(len(numbers)), "why": why}
        if len(numbers) == 1:
            details["record"] = str(numbers[0])
        insert_event(sql, connection_id, EventKind.DECIDED, now, details)


def _decide(sql: sqlite3.Connection, number: int, decision: Decision, why: str, now: float) -> int | None:
    """Decide about one record; returns its connection, None where the decision does not fit it."""
    found = sql.execute(
        "SELECT connection_id, reason, batch_id, email FROM record WHERE id = ? AND state = 'held'", (number,)
    ).fetchone()
    if found is None or (decision is Decision.RESUBSCRIBE and not _can_go(found[1], found[3])):
        return None
    who = person()
    sql.execute(
        "INSERT INTO decision (connection_id, record_id, at, verdict, why, who, held_for) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (found[0], number, now, decision.value, why, who, found[1]),
    )
    match decision:
        case Decision.SKIP:
            skipped = reason(ReasonCode.SKIPPED_BY_PERSON, person=who).to_json()
            sql.execute(
                "UPDATE record SET state = 'skipped', reason = ?, changed_at = ? WHERE id = ?",
                (skipped, stamp(sql, now), number),
            )
        case Decision.RESUBSCRIBE:
            sql.execute(
                "UPDATE record SET state = 'waiting', resubscribe = ?, tries = 0, next_try_at = 0, busy_waited = 0,"
                " cause = NULL, reason = NULL, changed_at = ? WHERE id = ?",
                (not _is_by_file(found[1]), now, number),
            )
            if _is_by_file(found[1]):
                _judge_anew(sql, found[0], found[2], found[3], now)
    return int(found[0])


def _can_go(reason_json: str | None, email: str) -> bool:
    """Whether a decision can let a held record go: a row that its file holds may lack a complete address too."""
    return is_by_consent(reason_json) and (not _is_by_file(reason_json) or bool(_ADDRESS.fullmatch(email)))


def _is_by_file(reason_json: str | None) -> bool:
    return bool(reason_json) and Reason.from_json(reason_json or "").code in BY_FILE


def _judge_anew(sql: sqlite3.Connection, connection_id: int, batch_id: int, email: str, now: float) -> None:
    """Let scope and duplicates decide about a record that its file alone held; the account is asked as ever."""
    connection = connections.read(sql, connection_id)
    if connection is not None:
        resettle(sql, batch_id, email, connection.settings.scope, stamp(sql, now))


def _read(row: tuple[Any, ...]) -> DecisionRecord:
    return DecisionRecord(
        record_id=row[0],
        at=row[1],
        decision=Decision(row[2]),
        why=row[3],
        who=row[4],
        held_for=Reason.from_json(row[5]) if row[5] else None,
    )
