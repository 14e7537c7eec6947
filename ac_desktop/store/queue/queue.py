"""The queue: records are claimed under a lease and finished with their attempt at once."""

import secrets
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from ac_desktop.model import rules
from ac_desktop.model.states import ConnectionState, Step
from ac_desktop.store.agreed_time import last_seen, not_before
from ac_desktop.store.connections import connections
from ac_desktop.store.connections.automatic_relay import TURN_IN_USE, turn_in_use
from ac_desktop.store.history import history
from ac_desktop.store.ports import Database, Fragments, Owners, Planned, Sql, WriteScope
from ac_desktop.store.queue.batches import Batches
from ac_desktop.store.queue.claims import (
    CLAIM_COLUMNS,
    LAST_RECORD,
    TOKEN_BITS,
    AttemptResult,
    Claim,
    IdleReason,
    Leases,
    NoClaim,
    claim_of,
    outcome_values,
    set_outcome,
)
from ac_desktop.store.queue.corrections import Corrections
from ac_desktop.store.queue.newer_donation import is_outdated
from ac_desktop.store.queue.one_trip import OneTrip
from ac_desktop.store.queue.records import LOADED, StateCounts, state_counts
from ac_desktop.store.queue.waiting_owners import WaitingOwner
from ac_desktop.store.statements import back_to_waiting

_NOT_IN_FLIGHT_ELSEWHERE: Final = f"""
    NOT EXISTS (
        SELECT 1 FROM email_at e {{record}}
            {{connection}}
            LEFT JOIN bulk_batch b ON b.id = other.bulk_batch_id AND other.step = 'result'
        WHERE e.email = record.email AND other.id <> record.id AND c.account = :account AND (
            other.state = 'sending' OR other.state = 'waiting' AND ABS(b.taken_at - :now) < {rules.BULK_PATIENCE}
        )
    )
"""


def not_in_flight_elsewhere(fragments: Fragments) -> str:
    """Return the condition that no connection of the account is relaying a record's person, or the older donation
    could win.

    An accepted bulk request is in flight too, even while nobody polls its result. The joins go from the address to its
    few records: one index lookup per candidate.
    """
    looked_up = fragments.looked_up.format
    return _NOT_IN_FLIGHT_ELSEWHERE.format(
        record=looked_up(table="record", name="other", id="e.record_id"),
        connection=looked_up(table="connection", name="c", id="other.connection_id"),
    )


BY_HAND: Final = "id <= :through"
AUTOMATIC: Final = "automatic_turn = :turn"
"""Which records a relay takes: those that a person saw who pressed *Relay*, or those that came in by themselves."""
_TURN_NOW: Final = f"({TURN_IN_USE.replace('?', ':connection')})"
_AUTOMATIC_NOW: Final = f"automatic_turn = {_TURN_NOW}"
_OF_TURN: Final = f"""
    state = 'waiting' AND automatic_turn IS NOT NULL
        AND (automatic_turn, id) >= ({{turn}}, 0) AND (automatic_turn, id) <= ({{turn}}, {LAST_RECORD})
"""
_BY_INDEX: Final = {
    BY_HAND: ("(state, id) >= ('waiting', 0) AND (state, id) <= ('waiting', :through)", "state, id"),
    AUTOMATIC: (_OF_TURN.format(turn=":turn"), "automatic_turn, id"),
    _AUTOMATIC_NOW: (_OF_TURN.format(turn=_TURN_NOW), "automatic_turn, id"),
}


def first_waiting(fragments: Fragments, which: str) -> tuple[str, str]:
    """Return the condition of a connection's waiting records among those of BY_HAND or AUTOMATIC, and their order."""
    return _BY_INDEX[which] if fragments.needs_index_order else (f"state = 'waiting' AND {which}", "id")


@lru_cache(maxsize=4)
def next_record_query(fragments: Fragments, which: str, columns: str = CLAIM_COLUMNS) -> str:
    """Return the query for the next record to claim, among those of BY_HAND or AUTOMATIC."""
    are_waiting, order = first_waiting(fragments, which)
    return f"""
        SELECT {columns} FROM record
        WHERE connection_id = :connection AND {are_waiting} AND next_try_at <= :now
            AND step <> 'result' AND {LOADED} AND {not_in_flight_elsewhere(fragments)}
        ORDER BY {order} LIMIT 1
    """


class Queue(Batches):
    """The records of all connections, as they come in and as they are relayed.

    Every method that writes is one durable transaction.
    """

    def __init__(self, database: Database, owners: Owners, *, steady: Callable[[], float] = time.monotonic) -> None:
        super().__init__(database, owners)
        self._leases = Leases(owners, steady)
        self._waiting = WaitingOwner(database.fragments, owners.me)
        self._one_trip = OneTrip(database, self._leases, self._waiting, steady)
        self.corrections: Final = Corrections(database)
        """The corrections by rows of a report."""

    def counts(self, connection_id: int) -> StateCounts:
        """Return a connection's records by state."""
        return state_counts(self._database, connection_id)

    def claim(self, connection_id: int, now: float, through: int | None = None) -> Claim | NoClaim:
        """Claim the next record that may be attempted now (rules 2, 3, 4, 7 and 13), up to record `through`."""
        last = LAST_RECORD if through is None else through
        return self._claim_next(connection_id, now, BY_HAND, {"through": last})

    def claim_automatic(self, connection_id: int, now: float) -> Claim | NoClaim:
        """Claim the next record that came in by itself, while the switch *Relay automatically* is on (rule 15)."""
        with self._database.writing(WriteScope.account_of(connection_id)) as sql:
            turn = turn_in_use(sql, connection_id)
            if turn is None:
                return NoClaim(IdleReason.DONE)
            return self._claim_next(connection_id, now, AUTOMATIC, {"turn": turn})

    def _claim_next(self, connection_id: int, now: float, which: str, chosen: Mapping[str, int]) -> Claim | NoClaim:
        with self._database.writing(WriteScope.account_of(connection_id)) as sql:
            connection = connections.read(sql, connection_id)
            if connection is None or connection.state is not ConnectionState.ACTIVE:
                return NoClaim(IdleReason.STOPPED)
            in_flight, others = self._leases.in_flight(sql, connection_id, now)
            pause = rules.breathing_space_left(connection.circuit, now)
            if pause < connection.circuit.wait_until - now:
                # The clock was set back: the remaining wait must not restart with each claim.
                connections.store_circuit_state(sql, connection_id, replace(connection.circuit, wait_until=now + pause))
            values = {"connection": connection_id, "account": connection.account, "now": now, **chosen}
            row = sql.row(next_record_query(sql.fragments, which), values)
            if row is None:
                self._leases.free_siblings(sql, connection, now)
                return _no_claim(sql, connection_id, which, chosen, now, others=others)
            if pause > 0:
                return NoClaim(IdleReason.LATER, now + pause)
            before_me = self._waiting.before_me(sql, connection_id, now)
            if not rules.may_attempt(connection.circuit, in_flight + before_me, now):
                self._waiting.ask(sql, connection_id, now)
                return NoClaim(IdleReason.OTHERS)
            token = secrets.randbits(TOKEN_BITS)
            sql.execute(
                "UPDATE record SET state = 'sending', owner = ?, lease_until = ?, claim_token = ?, changed_at = ?,"
                " bulk_batch_id = NULL WHERE id = ?",
                (self._leases.me, now + rules.LEASE, token, now, row["id"]),
            )
            self._waiting.note_claim(sql, connection_id, now)
            if self._database.is_distant:
                self._one_trip.note(connection)
            outdated = is_outdated(sql, connection.account, row["id"], row["email"], row["donated_at"])
            return claim_of(row, connection, token, outdated=outdated)

    def claim_at_once(self, connection_id: int, now: float, through: int | None = None) -> Claim | None:
        """Claim the next record in one round trip to a distant database, as `claim` does, or `claim_automatic` for 0.

        Return None where there is anything to look at first, such as why there is nothing to claim.
        """
        if not self._database.is_distant or self.may_have_lost_claims(connection_id):
            return None
        ahead, old = self._one_trip.next_ahead(connection_id)
        for claim in old:
            self.release(claim, claim.busy_waited, now)
        if ahead is not None:
            return ahead
        which = BY_HAND if through != 0 else _AUTOMATIC_NOW
        query = next_record_query(self._database.fragments, which, "id")
        return self._one_trip.claim(connection_id, now, LAST_RECORD if through is None else through, query)

    def may_have_lost_claims(self, connection_id: int) -> bool:
        """Whether the answer to a claim made along with an outcome was lost; see `release_unknown`."""
        return connection_id in self._one_trip.lost

    def release_ahead(self, connection_id: int, now: float) -> None:
        """Release what was claimed along with outcomes and is relayed by nobody."""
        for claim in self._one_trip.take_ahead(connection_id):
            self.release(claim, claim.busy_waited, now)

    def end_waiting(self, connection_id: int) -> None:
        """Let other owners know that this process waits no longer for an attempt."""
        planned = self._waiting.planned_end(connection_id)
        if planned is not None:
            self._database.at_once(planned)

    def renew(self, claim: Claim, now: float) -> bool:
        """Extend the lease; return False where the claim was lost, as do the methods below."""
        with self._database.writing(WriteScope.of(claim.connection.id)) as sql:
            return _update_claimed(sql, claim, "lease_until = ?", now + rules.LEASE)

    def store_contact(self, claim: Claim, contact_id: str, *, now: float) -> bool:
        """Store the contact's ID, before the list step; that it was created is not stored (rule 6)."""
        return self._set_step(claim, Step.LIST, contact_id, now)

    def clear_contact(self, claim: Claim, now: float) -> bool:
        """Return to the contact step, as the contact no longer exists (rule 6)."""
        return self._set_step(claim, Step.CONTACT, None, now)

    def _set_step(self, claim: Claim, step: Step, contact_id: str | None, now: float) -> bool:
        columns, values = "step = ?, contact_id = ?, lease_until = ?", (step.value, contact_id, now + rules.LEASE)
        scope = WriteScope.of(claim.connection.id)
        if self._database.is_distant:
            statement = f"UPDATE record SET {columns} WHERE {_CLAIMED} RETURNING id"
            planned = Planned(scope, ((statement, (*values, claim.record_id, claim.token)),))
            ((changed,),) = self._database.at_once(planned)
            return bool(changed)
        with self._database.writing(scope) as sql:
            return _update_claimed(sql, claim, columns, *values)

    def release(self, claim: Claim, busy_waited: float, now: float) -> bool:
        """Release a claim: its record waits at its stored step, and nothing is counted."""
        with self._database.writing(WriteScope.of(claim.connection.id)) as sql:
            return back_to_waiting(sql, _CLAIMED, (claim.record_id, claim.token), now, busy_waited=busy_waited) > 0

    def finish(
        self, claim: Claim, result: AttemptResult, now: float, *, then_claim: bool = False
    ) -> rules.AppliedOutcome | None:
        """Store an attempt and its outcome for its record and its connection in one transaction (rule 2).

        Return None where the claim was lost: such an attempt counts as killed, neither way. With `then_claim` a distant
        database is asked in the same round trip for what `claim_at_once` returns next.
        """
        if self._database.is_distant:
            applied = self._one_trip.finish(claim, result, now, then_claim=then_claim)
            if applied is not None:
                return applied
        with self._database.writing(WriteScope.of(claim.connection.id)) as sql:
            connection = connections.read(sql, claim.connection.id)
            if connection is None:
                return None
            applied = rules.apply_outcome(connection.circuit, claim.tries, result.end, now)
            seen = last_seen(sql)
            if not _apply_to_record(sql, claim, result, applied, not_before(seen, now)):
                return None
            attempt_id = history.insert_attempt(
                *(sql, claim.connection.id, claim.record_id, applied, result.end, result.reason, result.log),
                started_at=not_before(seen, result.log.started_at),
                token=claim.token,
            )
            connections.store_outcome(sql, claim.connection.id, applied, result.reason, attempt_id, now)
            if self._database.is_distant:
                self._one_trip.note(replace(connection, circuit=applied.circuit))
            return applied

    def release_unknown(self, connection_id: int, known: Collection[int], now: float) -> None:
        """Release the claims of this process whose answers were lost, which are those with none of the known tokens."""
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            self._leases.release_unknown(sql, connection_id, {*known, *self._one_trip.ahead_tokens}, now)
        self._one_trip.lost.discard(connection_id)

    def release_dead(self, connection_id: int, now: float) -> None:
        """Release the claims of dead processes and drop their open batches."""
        self.drop_dead(now)
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            self._leases.in_flight(sql, connection_id, now)


def _no_claim(
    sql: Sql, connection_id: int, which: str, chosen: Mapping[str, int], now: float, *, others: bool
) -> NoClaim:
    with_results = " OR step = 'result'" if which == BY_HAND else ""
    waiting = sql.row(
        "SELECT MIN(CASE WHEN step <> 'result' THEN next_try_at END) AS soonest,"
        " COUNT(CASE WHEN step = 'result' THEN 1 END) AS with_open_result FROM record"
        f" WHERE connection_id = :connection AND state = 'waiting' AND ({which}{with_results}) AND {LOADED}",
        {"connection": connection_id, **chosen},
    )
    soonest, with_open_result = (waiting["soonest"], waiting["with_open_result"]) if waiting else (None, 0)
    if soonest is not None and soonest > now:
        return NoClaim(
            IdleReason.LATER,
            _limit_wait(sql, connection_id, soonest, now + rules.backoff(rules.MOST_FAILURES_IN_A_ROW)),
        )
    return NoClaim(IdleReason.OTHERS if others or with_open_result or soonest is not None else IdleReason.DONE)


def _limit_wait(sql: Sql, connection_id: int, soonest: float, latest: float) -> float:
    """Limit waits that only a clock set back can have made longer than the rule's; return the next try's time."""
    if soonest > latest:
        sql.execute(
            "UPDATE record SET next_try_at = ? WHERE connection_id = ? AND state = 'waiting' AND step <> 'result'"
            " AND next_try_at > ?",
            (latest, connection_id, latest),
        )
    return min(soonest, latest)


_SET_OUTCOME: Final = set_outcome(":changed_at")
_CLAIMED: Final = "id = ? AND state = 'sending' AND claim_token = ?"


def _update_claimed(sql: Sql, claim: Claim, columns: str, *values: object) -> bool:
    """Update a claimed record, unless the claim was lost; return whether it was updated."""
    return sql.execute(f"UPDATE record SET {columns} WHERE {_CLAIMED}", (*values, claim.record_id, claim.token)) > 0


def _apply_to_record(
    sql: Sql, claim: Claim, result: AttemptResult, applied: rules.AppliedOutcome, changed_at: float
) -> bool:
    values = {"record": claim.record_id, "token": claim.token, "changed_at": changed_at}
    return sql.execute(_SET_OUTCOME, {**outcome_values(result, applied), **values}) > 0
