"""What people decide about held records, kept with who and when."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.states import Decision
from ac_desktop.model.wording import tr
from ac_desktop.store.database import Database
from ac_desktop.store.history import EventKind, keep_event, person
from ac_desktop.store.seen_time import stamp
from ac_desktop.store.tally import LOADED

BY_CONSENT: Final = frozenset({
    ReasonCode.UNSUBSCRIBED,
    ReasonCode.UNSUBSCRIBED_UNDATED,
    ReasonCode.BOUNCED,
    ReasonCode.UNCONFIRMED,
})  # fmt: skip
"""The reasons of the consent guard: only a record it holds can be re-subscribed."""

_AT_ONCE: Final = 500


class DecisionError(Exception):
    """A decision that cannot be taken; its text is the sentence for the person."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A decision as it is kept; `held_for` is why the record was held when it was taken."""

    record_id: int
    at: float
    decision: Decision
    why: str
    who: str
    held_for: Reason | None


@dataclass(frozen=True)
class Decided:
    """How many records a decision was taken for, and whom it left alone: not held, or not by the consent guard."""

    done: int
    left_alone: tuple[int, ...] = ()


class Decisions:
    """Takes decisions and tells those taken."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def held(self, connection_id: int, *, by_consent: bool = False) -> list[int]:
        """Give the numbers of a connection's held records, or of those that the consent guard holds."""
        rows = self._database.rows(
            f"SELECT id, reason FROM record WHERE connection_id = ? AND state = 'held' AND {LOADED} ORDER BY id",
            (connection_id,),
        )
        return [number for number, why in rows if not by_consent or is_by_consent(why)]

    def held_of(self, connection_id: int, email: str) -> list[int]:
        """Give the numbers of a connection's held records of one address."""
        rows = self._database.rows(
            "SELECT r.id FROM email_at e JOIN record r ON r.id = e.record_id"
            " WHERE e.email = ? AND r.connection_id = ? AND r.state = 'held' ORDER BY r.id",
            (email, connection_id),
        )
        return [number for (number,) in rows]

    def decide(self, record_ids: Sequence[int], decision: Decision, now: float, *, why: str = "") -> Decided:
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
        return Decided(len(record_ids) - len(left_alone), tuple(left_alone))

    def of(self, record_id: int) -> list[Kept]:
        """Give what was decided about a record, oldest first."""
        return self._kept("record_id = ? ORDER BY id", record_id)

    def all(self, connection_id: int) -> list[Kept]:
        """Give every decision of a connection, oldest first."""
        return self._kept("connection_id = ? ORDER BY id", connection_id)

    def _kept(self, where: str, number: int) -> list[Kept]:
        rows = self._database.rows(
            f"SELECT record_id, at, verdict, why, who, held_for FROM decision WHERE {where}", (number,)
        )
        return [_read(row) for row in rows]


def is_by_consent(reason_json: str | None) -> bool:
    """Whether a record's kept reason is one of the consent guard."""
    return bool(reason_json) and Reason.from_json(reason_json or "").code in BY_CONSENT


def _keep_events(
    sql: sqlite3.Connection, done: Mapping[int, Sequence[int]], decision: Decision, why: str, now: float
) -> None:
    for connection_id, numbers in done.items():
        details = {"decision": decision.value, "records": str(len(numbers)), "why": why}
        if len(numbers) == 1:
            details["record"] = str(numbers[0])
        keep_event(sql, connection_id, EventKind.DECIDED, now, details)


def _decide(sql: sqlite3.Connection, number: int, decision: Decision, why: str, now: float) -> int | None:
    """Decide about one record; gives its connection, None where the decision does not fit it."""
    found = sql.execute(
        "SELECT connection_id, reason FROM record WHERE id = ? AND state = 'held'", (number,)
    ).fetchone()
    if found is None or (decision is Decision.RESUBSCRIBE and not is_by_consent(found[1])):
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
                "UPDATE record SET state = 'waiting', resubscribe = 1, tries = 0, next_try_at = 0, busy_waited = 0,"
                " cause = NULL, reason = NULL, changed_at = ? WHERE id = ?",
                (now, number),
            )
    return int(found[0])


def _read(row: tuple[Any, ...]) -> Kept:
    return Kept(
        record_id=row[0],
        at=row[1],
        decision=Decision(row[2]),
        why=row[3],
        who=row[4],
        held_for=Reason.from_json(row[5]) if row[5] else None,
    )
