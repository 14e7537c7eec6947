"""Claims that read the list back for donors of bulk requests: pages, then single checks.

A processed bulk request is `unread`. Once nothing else of its connection is in flight the list is read back for all
such requests at once, page by page; each page's position is stored, so that a stop or a kill loses one page. Donors who
were not on the list, or without a status there, are checked singly; too many who were not on it are held.
"""

import secrets
from typing import Final

from ac_desktop.model import rules
from ac_desktop.model.connection import Connection
from ac_desktop.model.states import Outcome
from ac_desktop.store.ports import Database, Owners, Row, Sql, WriteScope
from ac_desktop.store.queue import list_readings
from ac_desktop.store.queue.bulk_queue import UNREAD
from ac_desktop.store.queue.claims import (
    PAGE_RELEASED,
    TOKEN_BITS,
    Leases,
    PageClaim,
    PageResult,
    SingleClaim,
    SingleResult,
)
from ac_desktop.store.queue.list_readings import UNSETTLED, Stage
from ac_desktop.store.statements import READ_BACK, back_to_waiting


class ReadBackQueue:
    """The readings of all connections' lists. Every method that writes is one durable transaction."""

    def __init__(self, database: Database, owners: Owners) -> None:
        self._database = database
        self._leases = Leases(owners)

    def unconfirmed(self, connection_id: int) -> int | None:
        """Return the number of donors the list is being read back for; None where it is not."""
        row = self._database.row("SELECT unsettled FROM list_reading WHERE connection_id = ?", (connection_id,))
        return int(row["unsettled"]) if row else None

    def has_work(self, connection_id: int) -> bool:
        """Whether a list is being read back, or should be."""
        return self._database.row(_HAS_WORK, (connection_id,)) is not None

    def claim(self, connection_id: int, now: float) -> PageClaim | SingleClaim | None:
        """Claim the next page or single check; None where there is none, or not now."""
        if not self.has_work(connection_id):
            return None
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            connection = self._leases.ready(sql, connection_id, now)
            if connection is None:
                return None
            reading = list_readings.read(sql, connection_id)
            if reading is None:
                if self._leases.in_flight(sql, connection_id, now)[1] or not list_readings.begin(sql, connection_id):
                    return None
                reading = list_readings.read(sql, connection_id)
            return self._next(sql, connection, reading, now) if reading else None

    def probe(self, connection_id: int, now: float) -> SingleClaim | None:
        """Claim the check of one donor of a processed request, where attempts have failed since the last success.

        A processed request is no success; a donor found on the list is one, and ends the failures in a row.
        """
        if not self._database.row(_WORTH_PROBING, (connection_id,)):
            return None
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            connection = self._leases.ready(sql, connection_id, now)
            return self._claim_single(sql, connection, UNREAD, now) if connection else None

    def _next(self, sql: Sql, connection: Connection, reading: Row, now: float) -> PageClaim | SingleClaim | None:
        stage, position, unsettled, owner = reading
        if stage == Stage.PAGES:
            return None if owner else self._claim_page(sql, connection, position, unsettled, now)
        if stage == Stage.HOLDING:
            list_readings.hold_missing(sql, connection, now)
            return None
        claim = self._claim_single(sql, connection, READ_BACK, now)
        if claim is None:
            list_readings.end_if_all_are_settled(sql, connection.id, now)
        return claim

    def _claim_page(self, sql: Sql, connection: Connection, position: int, unsettled: int, now: float) -> PageClaim:
        token = secrets.randbits(TOKEN_BITS)
        sql.execute(
            "UPDATE list_reading SET owner = ?, lease_until = ?, claim_token = ? WHERE connection_id = ?",
            (self._leases.me, now + rules.LEASE, token, connection.id),
        )
        return PageClaim(token=token, connection=connection, after=position, unsettled=unsettled, started_at=now)

    def _claim_single(self, sql: Sql, connection: Connection, batches: str, now: float) -> SingleClaim | None:
        found = sql.row(
            f"SELECT r.id, r.email, r.contact_id {UNSETTLED} ORDER BY r.id LIMIT 1",
            {"connection": connection.id, "batches": batches},
        )
        if found is None:
            return None
        token = secrets.randbits(TOKEN_BITS)
        sql.execute(
            "UPDATE record SET state = 'sending', owner = ?, lease_until = ?, claim_token = ?, changed_at = ?"
            " WHERE id = ?",
            (self._leases.me, now + rules.LEASE, token, now, found["id"]),
        )
        return SingleClaim(
            token=token,
            connection=connection,
            record_id=found["id"],
            email=found["email"],
            contact_id=int(found["contact_id"]) if found["contact_id"] else None,
            started_at=now,
        )

    def renew(self, claim: PageClaim | SingleClaim, now: float) -> bool:
        """Extend the lease; return False where the claim was lost."""
        with self._database.writing(WriteScope.of(claim.connection.id)) as sql:
            return _update_claimed(sql, claim, "lease_until = ?", now + rules.LEASE)

    def release(self, claim: PageClaim | SingleClaim, now: float) -> bool:
        """Release the claim, with nothing counted."""
        with self._database.writing(WriteScope.of(claim.connection.id)) as sql:
            if isinstance(claim, PageClaim):
                return _update_claimed(sql, claim, PAGE_RELEASED)
            return _release(sql, claim, now)

    def finish_page(self, claim: PageClaim, ended: PageResult, now: float) -> dict[Outcome, int] | None:
        """Store a page's result and position; return the number by outcome, None where the claim was lost."""
        with self._database.writing(WriteScope.of(claim.connection.id)) as sql:
            if not _update_claimed(sql, claim, PAGE_RELEASED):
                return None
            if ended.failure is not None:
                first = sql.row(
                    f"SELECT r.id {UNSETTLED} ORDER BY r.id LIMIT 1",
                    list_readings.reading_parameters(claim.connection.id),
                )
                if first is not None:
                    list_readings.store_attempt(
                        sql,
                        claim.connection.id,
                        first["id"],
                        ended.failure,
                        ended.reason,
                        ended.log,
                        now,
                        token=claim.token,
                        donors=max(1, claim.unsettled),
                    )
                return {}
            outcomes = list_readings.apply_page(sql, claim.connection.id, ended, now)
            list_readings.advance(sql, claim.connection.id, ended)
            list_readings.end_if_all_are_settled(sql, claim.connection.id, now)
            return outcomes

    def finish_single(self, claim: SingleClaim, ended: SingleResult, now: float) -> dict[Outcome, int] | None:
        """Store the result of a single check; return the number by outcome, None where the claim was lost."""
        with self._database.writing(WriteScope.of(claim.connection.id)) as sql:
            if ended.seen is None:
                if not _release(sql, claim, now):
                    return None
                if ended.failure is not None:
                    list_readings.store_attempt(
                        *(sql, claim.connection.id, claim.record_id, ended.failure, ended.reason, ended.log, now),
                        token=claim.token,
                    )
                return {}
            if not _update_claimed(sql, claim, "owner = NULL, lease_until = NULL"):
                return None
            outcomes = list_readings.apply_result(
                sql, claim.connection.id, [claim.record_id], ended.seen, ended.log, now
            )
            list_readings.end_if_all_are_settled(sql, claim.connection.id, now)
            return outcomes


_CLAIMED: Final = "id = ? AND state = 'sending' AND claim_token = ?"
_HAS_WORK: Final = f"""
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
"""One is enough: while it is checked, no other is."""


def _release(sql: Sql, claim: SingleClaim, now: float) -> bool:
    return back_to_waiting(sql, _CLAIMED, (claim.record_id, claim.token), now) > 0


def _update_claimed(sql: Sql, claim: PageClaim | SingleClaim, columns: str, *values: object) -> bool:
    if isinstance(claim, PageClaim):
        statement, key = "UPDATE list_reading SET {} WHERE connection_id = ? AND claim_token = ?", claim.connection.id
    else:
        statement, key = f"UPDATE record SET {{}} WHERE {_CLAIMED}", claim.record_id
    return sql.execute(statement.format(columns), (*values, key, claim.token)) > 0
