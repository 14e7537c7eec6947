"""Donors of bulk requests until the account's list has shown them: what is asked next, and what the answers mean.

A bulk request that was worked off is `unread`. Once nothing else of its connection is under way the list is read back
for all such requests at once, page by page; each page's end is kept, so that a stop or a kill loses one page. Whoever
was not shown, or was shown without a status on this list, is asked about alone; very many who were not shown are held.
"""

import secrets
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final

from ac_desktop.model import rules
from ac_desktop.model.attempts import AttemptLog
from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.states import Outcome, RecordState, Step
from ac_desktop.store import connections, history
from ac_desktop.store.bulk_queue import UNREAD
from ac_desktop.store.claims import (
    GIVEN_BACK,
    PAGE_GIVEN_BACK,
    TOKEN_BITS,
    AloneClaim,
    AloneEnded,
    Leases,
    PageClaim,
    PageEnded,
    Seen,
)
from ac_desktop.store.database import Database
from ac_desktop.store.history import EventKind
from ac_desktop.store.owners import Owners

_READING, _ENDED = "reading", "ended"
_HELD_AT_ONCE: Final = 20_000
"""Donors held in one transaction, so that no other writer waits long."""


class Stage(StrEnum):
    """How far the reading of a list is."""

    PAGES = "pages"
    HOLDING = "holding"
    ALONE = "alone"


_UNSETTLED: Final = """
    FROM record r JOIN bulk_batch b ON b.id = r.bulk_batch_id
    WHERE r.connection_id = :connection AND r.state = 'waiting' AND r.step = 'result' AND b.state = :batches
"""
_OPEN: Final = _UNSETTLED.replace("r.state = 'waiting'", "r.state IN ('waiting', 'sending')")
_SHOWN: Final = f"""
    SELECT r.id FROM email_at e CROSS JOIN record r ON r.id = e.record_id
        CROSS JOIN bulk_batch b ON b.id = r.bulk_batch_id
    WHERE e.email = ? AND r.connection_id = ? AND r.state = 'waiting' AND r.step = 'result' AND b.state = '{_READING}'
"""


class ReadBackQueue:
    """The readings of all connections' lists. Every method that writes is one durable transaction."""

    def __init__(self, database: Database, owners: Owners) -> None:
        self._database = database
        self._leases = Leases(owners)

    def unconfirmed(self, connection_id: int) -> int | None:
        """Give how many donors the list is being read back for; None while it is not."""
        row = self._database.row("SELECT unsettled FROM list_reading WHERE connection_id = ?", (connection_id,))
        return int(row[0]) if row else None

    def claim(self, connection_id: int, now: float) -> PageClaim | AloneClaim | None:
        """Take what is to be asked next about donors of bulk requests; None where that is nothing, or not now."""
        if not self._database.row(_ANYTHING, (connection_id,)):
            return None
        with self._database.writing() as sql:
            connection = self._ready(sql, connection_id, now)
            if connection is None:
                return None
            reading = _reading(sql, connection_id)
            if reading is None:
                if self._leases.in_flight(sql, connection_id, now)[1] or not _begin(sql, connection_id):
                    return None
                reading = _reading(sql, connection_id)
            return self._next(sql, connection, reading, now) if reading else None

    def probe(self, connection_id: int, now: float) -> AloneClaim | None:
        """Take one donor whose request was worked off, where attempts have failed since the last success.

        That a request was worked off is no success; a donor found on the list is one, and ends the failures in a row.
        """
        if not self._database.row(_WORTH_PROBING, (connection_id,)):
            return None
        with self._database.writing() as sql:
            connection = self._ready(sql, connection_id, now)
            return self._take_alone(sql, connection, UNREAD, now) if connection else None

    def _ready(self, sql: sqlite3.Connection, connection_id: int, now: float) -> Connection | None:
        connection = connections.read(sql, connection_id)
        if connection is None:
            return None
        in_flight, _ = self._leases.in_flight(sql, connection_id, now)
        return connection if rules.may_attempt(connection.standing, in_flight, now) else None

    def _next(
        self, sql: sqlite3.Connection, connection: Connection, reading: tuple[Any, ...], now: float
    ) -> PageClaim | AloneClaim | None:
        stage, position, unsettled, owner = reading
        if stage == Stage.PAGES:
            return None if owner else self._take_page(sql, connection, position, unsettled, now)
        if stage == Stage.HOLDING:
            _hold_missing(sql, connection, now)
            return None
        claim = self._take_alone(sql, connection, _READING, now)
        if claim is None:
            _end_if_all_are_settled(sql, connection.id, now)
        return claim

    def _take_page(
        self, sql: sqlite3.Connection, connection: Connection, position: int, unsettled: int, now: float
    ) -> PageClaim:
        token = secrets.randbits(TOKEN_BITS)
        sql.execute(
            "UPDATE list_reading SET owner = ?, lease_until = ?, claim_token = ? WHERE connection_id = ?",
            (self._leases.me, now + rules.LEASE, token, connection.id),
        )
        return PageClaim(token=token, connection=connection, after=position, unsettled=unsettled, started_at=now)

    def _take_alone(
        self, sql: sqlite3.Connection, connection: Connection, batches: str, now: float
    ) -> AloneClaim | None:
        found = sql.execute(
            f"SELECT r.id, r.email, r.contact_id {_UNSETTLED} ORDER BY r.id LIMIT 1",
            {"connection": connection.id, "batches": batches},
        ).fetchone()
        if found is None:
            return None
        token = secrets.randbits(TOKEN_BITS)
        sql.execute(
            "UPDATE record SET state = 'sending', owner = ?, lease_until = ?, claim_token = ?, changed_at = ?"
            " WHERE id = ?",
            (self._leases.me, now + rules.LEASE, token, now, found[0]),
        )
        return AloneClaim(
            token=token,
            connection=connection,
            record_id=found[0],
            email=found[1],
            contact_id=int(found[2]) if found[2] else None,
            started_at=now,
        )

    def renew(self, claim: PageClaim | AloneClaim, now: float) -> bool:
        """Lengthen our lease; False where the claim is no longer ours."""
        with self._database.writing() as sql:
            return _if_ours(sql, claim, "lease_until = ?", now + rules.LEASE)

    def release(self, claim: PageClaim | AloneClaim, now: float) -> bool:
        """Give the claim back, with nothing counted."""
        with self._database.writing() as sql:
            if isinstance(claim, PageClaim):
                return _if_ours(sql, claim, PAGE_GIVEN_BACK)
            return _if_ours(sql, claim, GIVEN_BACK, now)

    def finish_page(self, claim: PageClaim, ended: PageEnded, now: float) -> dict[Outcome, int] | None:
        """Keep what a page showed, and where to go on; None where the claim is no longer ours."""
        with self._database.writing() as sql:
            if not _if_ours(sql, claim, PAGE_GIVEN_BACK):
                return None
            if ended.failure is not None:
                first = sql.execute(f"SELECT MIN(r.id) {_UNSETTLED}", _of(claim.connection.id)).fetchone()[0]
                if first is not None:
                    _keep_attempt(
                        sql,
                        claim.connection.id,
                        first,
                        ended.failure,
                        ended.reason,
                        ended.log,
                        now,
                        donors=max(1, claim.unsettled),
                    )
                return {}
            outcomes = _settle_seen(sql, claim.connection.id, ended, now)
            _go_on(sql, claim.connection.id, ended)
            _end_if_all_are_settled(sql, claim.connection.id, now)
            return outcomes

    def finish_alone(self, claim: AloneClaim, ended: AloneEnded, now: float) -> dict[Outcome, int] | None:
        """Keep what the questions about one donor gave; None where the claim is no longer ours."""
        with self._database.writing() as sql:
            if ended.seen is None:
                if not _if_ours(sql, claim, GIVEN_BACK, now):
                    return None
                if ended.failure is not None:
                    _keep_attempt(
                        sql, claim.connection.id, claim.record_id, ended.failure, ended.reason, ended.log, now
                    )
                return {}
            if not _if_ours(sql, claim, "owner = NULL, lease_until = NULL"):
                return None
            outcomes = _settle(sql, claim.connection.id, [claim.record_id], ended.seen, ended.log, now)
            _end_if_all_are_settled(sql, claim.connection.id, now)
            return outcomes


_ANYTHING: Final = f"""
    SELECT 1 FROM connection c WHERE id = ? AND (
        EXISTS (SELECT 1 FROM list_reading WHERE connection_id = c.id)
        OR EXISTS (SELECT 1 FROM bulk_batch WHERE connection_id = c.id AND state = '{UNREAD}'))
"""
_WORTH_PROBING: Final = f"""
    SELECT 1 FROM connection c WHERE id = ? AND streak > 0
        AND EXISTS (SELECT 1 FROM bulk_batch WHERE connection_id = c.id AND state = '{UNREAD}')
        AND NOT EXISTS (
            SELECT 1 FROM record r JOIN bulk_batch b ON b.id = r.bulk_batch_id
            WHERE r.connection_id = c.id AND r.state = 'sending' AND b.state = '{UNREAD}')
"""
"""One is enough: while it is asked about, no other is."""


def _of(connection_id: int) -> dict[str, object]:
    return {"connection": connection_id, "batches": _READING}


def _reading(sql: sqlite3.Connection, connection_id: int) -> tuple[Any, ...] | None:
    found: tuple[Any, ...] | None = sql.execute(
        "SELECT stage, position, unsettled, owner FROM list_reading WHERE connection_id = ?", (connection_id,)
    ).fetchone()
    return found


def _begin(sql: sqlite3.Connection, connection_id: int) -> bool:
    """Begin to read the list back for every request that was worked off; False where none has a donor left."""
    sql.execute(
        "UPDATE bulk_batch SET state = ? WHERE connection_id = ? AND state = ?", (_READING, connection_id, UNREAD)
    )
    (unsettled,) = sql.execute(f"SELECT COUNT(*) {_UNSETTLED}", _of(connection_id)).fetchone()
    if not unsettled:
        _end_batches(sql, connection_id)
        return False
    sql.execute(
        "INSERT INTO list_reading (connection_id, stage, position, unsettled) VALUES (?, ?, 0, ?)",
        (connection_id, Stage.PAGES.value, unsettled),
    )
    return True


def _end_if_all_are_settled(sql: sqlite3.Connection, connection_id: int, now: float) -> None:
    """End the reading once nobody is left; the count says when it is worth looking, the records themselves decide."""
    reading = _reading(sql, connection_id)
    if reading is None or (reading[0] == Stage.PAGES and reading[2]):
        return
    if not sql.execute(f"SELECT 1 {_OPEN} LIMIT 1", _of(connection_id)).fetchone():
        _end(sql, connection_id, now)


def _end(sql: sqlite3.Connection, connection_id: int, now: float) -> None:
    """End a reading that has nobody left to ask about, with an event that counts what it showed."""
    (confirmed, not_active, missing) = sql.execute(
        "SELECT confirmed, not_active, missing FROM list_reading WHERE connection_id = ?", (connection_id,)
    ).fetchone()
    sql.execute("DELETE FROM list_reading WHERE connection_id = ?", (connection_id,))
    _end_batches(sql, connection_id)
    details = {"confirmed": str(confirmed), "not_active": str(not_active), "missing": str(missing)}
    history.keep_event(sql, connection_id, EventKind.READ_BACK, now, details)


def _end_batches(sql: sqlite3.Connection, connection_id: int) -> None:
    sql.execute(
        "UPDATE bulk_batch SET state = ? WHERE connection_id = ? AND state = ?", (_ENDED, connection_id, _READING)
    )


def forget_requests(sql: sqlite3.Connection, connection_id: int, now: float) -> None:
    """Let donors of bulk requests wait from the start: they went onto another list than the connection's is now."""
    sql.execute(
        f"UPDATE record SET {GIVEN_BACK}, claim_token = NULL"
        " WHERE connection_id = ? AND state = 'sending' AND bulk_batch_id IS NOT NULL",
        (now, connection_id),
    )
    sql.execute(
        "UPDATE record SET step = 'contact', contact_id = NULL, reason = NULL, bulk_batch_id = NULL"
        " WHERE connection_id = ? AND state = 'waiting' AND step = 'result'",
        (connection_id,),
    )
    sql.execute("DELETE FROM list_reading WHERE connection_id = ?", (connection_id,))
    _end_batches(sql, connection_id)


def _settle_seen(sql: sqlite3.Connection, connection_id: int, ended: PageEnded, now: float) -> dict[Outcome, int]:
    """Settle the donors that a page showed, with one attempt for all of whom the same is true."""
    alike: defaultdict[Seen, list[int]] = defaultdict(list)
    for seen in ended.seen:
        shown = [row[0] for row in sql.execute(_SHOWN, (seen.email, connection_id)).fetchall()]
        sql.executemany("UPDATE record SET contact_id = ? WHERE id = ?", [(str(seen.contact_id), one) for one in shown])
        if shown and seen.why is not None:
            alike[Seen(email="", contact_id=None, is_sent=seen.is_sent, why=seen.why)] += shown
    outcomes: dict[Outcome, int] = {}
    for seen, shown in alike.items():
        for outcome, number in _settle(sql, connection_id, shown, seen, ended.log, now).items():
            outcomes[outcome] = outcomes.get(outcome, 0) + number
    return outcomes


def _settle(
    sql: sqlite3.Connection, connection_id: int, record_ids: Sequence[int], seen: Seen, log: AttemptLog, now: float
) -> dict[Outcome, int]:
    """Put donors of whom the same was seen where they belong, with the attempt that showed it."""
    end: rules.AttemptEnd = rules.Success() if seen.is_sent else rules.Guarded()
    attempt_id = _keep_attempt(sql, connection_id, record_ids[0], end, seen.why, log, now, donors=len(record_ids))
    contact_id = str(seen.contact_id) if seen.contact_id is not None else None
    is_missing = seen.why is not None and seen.why.code is ReasonCode.NOT_ON_LIST
    sql.executemany(
        "UPDATE record SET state = :state,"
        " contact_id = CASE WHEN :is_sent THEN NULL ELSE COALESCE(:contact, contact_id) END,"
        " step = CASE WHEN :is_sent OR COALESCE(:contact, contact_id) IS NULL THEN 'contact' ELSE 'list' END,"
        " contact_created = 0, cause = NULL, reason = :reason, bulk_refused = bulk_refused OR :is_missing,"
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
        f"UPDATE list_reading SET {column} = {column} + ?, unsettled = MAX(0, unsettled - ?) WHERE connection_id = ?",
        (len(record_ids), len(record_ids), connection_id),
    )
    return {Outcome.SENT if seen.is_sent else Outcome.HELD: len(record_ids)}


def _go_on(sql: sqlite3.Connection, connection_id: int, ended: PageEnded) -> None:
    stage = Stage.PAGES
    if ended.alone:
        stage = Stage.ALONE
    elif ended.is_last:
        (missing,) = sql.execute(
            f"SELECT COUNT(*) {_UNSETTLED} AND r.contact_id IS NULL", _of(connection_id)
        ).fetchone()
        stage = Stage.HOLDING if missing > rules.ASKED_ALONE else Stage.ALONE
    sql.execute(
        "UPDATE list_reading SET stage = ?, position = MAX(position, ?),"
        f" unsettled = CASE WHEN ? = '{Stage.PAGES.value}' THEN unsettled ELSE (SELECT COUNT(*) {_UNSETTLED_AT}) END"
        " WHERE connection_id = ?",
        (stage.value, ended.last, stage.value, connection_id),
    )


_UNSETTLED_AT: Final = _UNSETTLED.replace(":connection", "list_reading.connection_id").replace(
    ":batches", f"'{_READING}'"
)


def _hold_missing(sql: sqlite3.Connection, connection: Connection, now: float) -> None:
    """Hold, by portions, whom a list that was read to its end did not show, where they are too many to ask about."""
    rows = sql.execute(
        f"SELECT r.id {_UNSETTLED} AND r.contact_id IS NULL ORDER BY r.id LIMIT {_HELD_AT_ONCE}", _of(connection.id)
    ).fetchall()
    why = not_on_list(connection).to_json()
    sql.executemany(
        "UPDATE record SET state = 'held', step = ?, cause = NULL, reason = ?, bulk_refused = 1, changed_at = ?"
        " WHERE id = ?",
        [(Step.CONTACT.value, why, now, number) for (number,) in rows],
    )
    stage = Stage.ALONE if len(rows) < _HELD_AT_ONCE else Stage.HOLDING
    sql.execute(
        "UPDATE list_reading SET stage = ?, missing = missing + ?, unsettled = MAX(0, unsettled - ?)"
        " WHERE connection_id = ?",
        (stage.value, len(rows), len(rows), connection.id),
    )


def not_on_list(connection: Connection) -> Reason:
    """Say that a donor was not found on the list after a bulk request."""
    return reason(ReasonCode.NOT_ON_LIST, list=connection.settings.list_name or connection.settings.list_id)


def _keep_attempt(
    sql: sqlite3.Connection,
    connection_id: int,
    record_id: int,
    end: rules.AttemptEnd,
    why: Reason | None,
    log: AttemptLog,
    now: float,
    *,
    donors: int = 1,
) -> int:
    connection = connections.read(sql, connection_id)
    if connection is None:
        raise LookupError("This connection is no longer kept")
    settled = rules.settle(connection.standing, 0, end, now)
    attempt_id = history.keep_attempt(sql, connection_id, record_id, settled, end, why, log, donors=donors)
    connections.keep_settled(sql, connection_id, settled, why, attempt_id, now)
    return attempt_id


def _if_ours(sql: sqlite3.Connection, claim: PageClaim | AloneClaim, columns: str, *values: object) -> bool:
    if isinstance(claim, PageClaim):
        where, key = "list_reading SET {} WHERE connection_id = ? AND claim_token = ?", claim.connection.id
    else:
        where, key = "record SET {} WHERE id = ? AND state = 'sending' AND claim_token = ?", claim.record_id
    return sql.execute(f"UPDATE {where.format(columns)}", (*values, key, claim.token)).rowcount > 0
