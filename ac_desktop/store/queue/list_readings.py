"""An account's list that is being read back: its position, and the results of its pages (rule 17).

Every function works within the caller's transaction.
"""

from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from ac_desktop.model import rules
from ac_desktop.model.attempts import AttemptLog
from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.states import Outcome, RecordState, Step
from ac_desktop.store.connections import connections
from ac_desktop.store.history import history
from ac_desktop.store.history.history import EventKind
from ac_desktop.store.ports import Row, Sql
from ac_desktop.store.queue.bulk_queue import UNREAD
from ac_desktop.store.queue.claims import PageResult, SeenMember
from ac_desktop.store.statements import END_READ_BACK, READ_BACK

_HOLD_CHUNK: Final = 20_000
"""Donors held in one transaction, so that no other writer waits long."""


class Stage(StrEnum):
    """The stage of the reading of a list."""

    PAGES = "pages"
    HOLDING = "holding"
    SINGLE = "alone"


UNSETTLED: Final = """
    FROM record r JOIN bulk_batch b ON b.id = r.bulk_batch_id
    WHERE r.connection_id = :connection AND r.state = 'waiting' AND r.step = 'result' AND b.state = :batches
"""
_OPEN: Final = UNSETTLED.replace("r.state = 'waiting'", "r.state IN ('waiting', 'sending')")
_SHOWN: Final = f"""
    SELECT r.id FROM email_at e {{join}} record r ON r.id = e.record_id {{join}} bulk_batch b ON b.id = r.bulk_batch_id
    WHERE e.email = ? AND r.connection_id = ? AND r.state = 'waiting' AND r.step = 'result' AND b.state = '{READ_BACK}'
"""


_LESS: Final = "CASE WHEN unsettled > :number THEN unsettled - :number ELSE 0 END"


def reading_parameters(connection_id: int) -> dict[str, object]:
    """Return the parameters for `UNSETTLED` of a reading's donors."""
    return {"connection": connection_id, "batches": READ_BACK}


def read(sql: Sql, connection_id: int) -> Row | None:
    """Return a connection's reading: its stage, position, number of unsettled donors, and who reads a page now."""
    return sql.row(
        "SELECT stage, position, unsettled, owner FROM list_reading WHERE connection_id = ?", (connection_id,)
    )


def begin(sql: Sql, connection_id: int) -> bool:
    """Start to read the list back for every processed request; return False where none has an unsettled donor."""
    sql.execute(
        "UPDATE bulk_batch SET state = ? WHERE connection_id = ? AND state = ?", (READ_BACK, connection_id, UNREAD)
    )
    unsettled = _count(sql, UNSETTLED, connection_id)
    if not unsettled:
        sql.execute(END_READ_BACK, (connection_id,))
        return False
    sql.execute(
        "INSERT INTO list_reading (connection_id, stage, position, unsettled) VALUES (?, ?, 0, ?)",
        (connection_id, Stage.PAGES.value, unsettled),
    )
    return True


def end_if_all_are_settled(sql: Sql, connection_id: int, now: float) -> None:
    """End the reading where no donor is unsettled; the count only saves the query, the records decide."""
    reading = read(sql, connection_id)
    if reading is None or (reading["stage"] == Stage.PAGES and reading["unsettled"]):
        return
    if sql.row(f"SELECT 1 {_OPEN} LIMIT 1", reading_parameters(connection_id)) is None:
        _end(sql, connection_id, now)


def _end(sql: Sql, connection_id: int, now: float) -> None:
    """End a reading without unsettled donors, with an event that counts its results."""
    ended = sql.rows(
        "SELECT confirmed, not_active, missing FROM list_reading WHERE connection_id = ?", (connection_id,)
    )
    ((confirmed, not_active, missing),) = ended
    sql.execute("DELETE FROM list_reading WHERE connection_id = ?", (connection_id,))
    sql.execute(END_READ_BACK, (connection_id,))
    details = {"confirmed": str(confirmed), "not_active": str(not_active), "missing": str(missing)}
    history.insert_event(sql, connection_id, EventKind.READ_BACK, now, details)


def _count(sql: Sql, found: str, connection_id: int) -> int:
    row = sql.row(f"SELECT COUNT(*) AS number {found}", reading_parameters(connection_id))
    return int(row["number"]) if row else 0


def apply_page(sql: Sql, connection_id: int, ended: PageResult, now: float) -> dict[Outcome, int]:
    """Store the results of the donors on a page, with one attempt for all donors with the same result."""
    groups: defaultdict[SeenMember, list[int]] = defaultdict(list)
    query = _SHOWN.format(join=sql.fragments.join_in_order)
    for seen in ended.seen:
        shown = [row["id"] for row in sql.rows(query, (seen.email, connection_id))]
        sql.update("record", ("contact_id",), [(one, str(seen.contact_id)) for one in shown], {})
        if shown and seen.why is not None:
            groups[SeenMember(email="", contact_id=None, is_sent=seen.is_sent, why=seen.why)] += shown
    outcomes: dict[Outcome, int] = {}
    for seen, shown in groups.items():
        for outcome, number in apply_result(sql, connection_id, shown, seen, ended.log, now).items():
            outcomes[outcome] = outcomes.get(outcome, 0) + number
    return outcomes


def apply_result(
    sql: Sql,
    connection_id: int,
    record_ids: Sequence[int],
    seen: SeenMember,
    log: AttemptLog,
    now: float,
) -> dict[Outcome, int]:
    """Store the same result for some donors, with the attempt that showed it; return the number by outcome."""
    end: rules.AttemptEnd = rules.Success() if seen.is_sent else rules.HeldByGuard()
    attempt_id = store_attempt(sql, connection_id, record_ids[0], end, seen.why, log, now, donors=len(record_ids))
    contact_id = str(seen.contact_id) if seen.contact_id is not None else None
    is_missing = seen.why is not None and seen.why.code is ReasonCode.NOT_ON_LIST
    sql.many(
        "UPDATE record SET state = :state,"
        " contact_id = CASE WHEN :is_sent = 1 THEN NULL ELSE COALESCE(:contact, contact_id) END,"
        " step = CASE WHEN :is_sent = 1 OR COALESCE(:contact, contact_id) IS NULL THEN 'contact' ELSE 'list' END,"
        " cause = NULL, reason = :reason, bulk_refused = CASE WHEN :is_missing = 1 THEN 1 ELSE bulk_refused END,"
        " confirmed_in = :attempt, owner = NULL, lease_until = NULL, changed_at = :now WHERE id = :id",
        [
            {
                "state": RecordState.SENT.value if seen.is_sent else RecordState.HELD.value,
                "is_sent": seen.is_sent,
                "contact": contact_id,
                "reason": seen.why.to_json() if seen.why else None,
                "is_missing": is_missing,
                "attempt": attempt_id,
                "now": now,
                "id": record_id,
            }
            for record_id in record_ids
        ],
    )
    column = "confirmed" if seen.is_sent else "missing" if is_missing else "not_active"
    sql.execute(
        f"UPDATE list_reading SET {column} = {column} + :number, unsettled = {_LESS} WHERE connection_id = :connection",
        {"number": len(record_ids), "connection": connection_id},
    )
    return {Outcome.SENT if seen.is_sent else Outcome.HELD: len(record_ids)}


def advance(sql: Sql, connection_id: int, ended: PageResult) -> None:
    """Store the position and the stage of the reading after a page."""
    stage = Stage.PAGES
    if ended.check_singly:
        stage = Stage.SINGLE
    elif ended.is_last:
        missing = _count(sql, f"{UNSETTLED} AND r.contact_id IS NULL", connection_id)
        stage = Stage.HOLDING if missing > rules.MOST_SINGLE_CHECKS else Stage.SINGLE
    sql.execute(
        "UPDATE list_reading SET stage = :stage, position = CASE WHEN :last > position THEN :last ELSE position END,"
        f" unsettled = CASE WHEN :stage = '{Stage.PAGES.value}'"
        f" THEN unsettled ELSE (SELECT COUNT(*) {_UNSETTLED_OF_READING}) END"
        " WHERE connection_id = :connection",
        {"stage": stage.value, "last": ended.last, "connection": connection_id},
    )


_UNSETTLED_OF_READING: Final = UNSETTLED.replace(":connection", "list_reading.connection_id").replace(
    ":batches", f"'{READ_BACK}'"
)


def hold_missing(sql: Sql, connection: Connection, now: float) -> None:
    """Hold, in chunks, the donors that a whole list did not show, where they are too many for single checks."""
    rows = sql.rows(
        f"SELECT r.id {UNSETTLED} AND r.contact_id IS NULL ORDER BY r.id LIMIT {_HOLD_CHUNK}",
        reading_parameters(connection.id),
    )
    why = not_on_list(connection).to_json()
    sql.many(
        "UPDATE record SET state = 'held', step = ?, cause = NULL, reason = ?, bulk_refused = 1, changed_at = ?"
        " WHERE id = ?",
        [(Step.CONTACT.value, why, now, number) for (number,) in rows],
    )
    stage = Stage.SINGLE if len(rows) < _HOLD_CHUNK else Stage.HOLDING
    sql.execute(
        f"UPDATE list_reading SET stage = :stage, missing = missing + :number, unsettled = {_LESS}"
        " WHERE connection_id = :connection",
        {"stage": stage.value, "number": len(rows), "connection": connection.id},
    )


def not_on_list(connection: Connection) -> Reason:
    """Return the reason for a donor who was not found on the list after a bulk request."""
    return reason(ReasonCode.NOT_ON_LIST, list=connection.settings.list_name or connection.settings.list_id)


def store_attempt(
    sql: Sql,
    connection_id: int,
    record_id: int,
    end: rules.AttemptEnd,
    why: Reason | None,
    log: AttemptLog,
    now: float,
    *,
    token: int | None = None,
    donors: int = 1,
) -> int:
    """Store an attempt and its outcome for the connection; return its ID."""
    connection = connections.read(sql, connection_id)
    if connection is None:
        raise LookupError("This connection is no longer kept")
    applied = rules.apply_outcome(connection.circuit, 0, end, now)
    attempt_id = history.insert_attempt(
        sql, connection_id, record_id, applied, end, why, log, token=token, donors=donors
    )
    connections.store_outcome(sql, connection_id, applied, why, attempt_id, now)
    return attempt_id
