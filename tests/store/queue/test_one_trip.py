"""In one round trip the same is claimed and stored as by the long way, or nothing is."""

from dataclasses import replace
from typing import Any

import pytest

from ac_desktop.model import rules
from ac_desktop.model.connection import Connection
from ac_desktop.model.states import Cause, ConnectionState, RecordState
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.connections.automatic_relay import AutomaticRelays
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.queue.claims import Claim
from tests.made_up import NOW, Store, donor, ended, new_record, settings


@pytest.fixture(autouse=True)
def distant(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the store be at a distance, whatever its engine."""
    monkeypatch.setattr(type(store.database), "is_distant", True)


@pytest.fixture
def trips(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count the transactions of each kind."""
    counted: list[str] = []
    kind = type(store.database)
    for name in ("at_once", "writing", "rows"):
        original = getattr(kind, name)

        def counting(*args: object, _original=original, _name=name, **kwargs: object):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            counted.append(_name)
            return _original(*args, **kwargs)

        monkeypatch.setattr(kind, name, counting)
    return counted


def begun(store: Store, records: int = 4) -> Connection:
    """Return a connection of which the first record is sent: by then its standing is known."""
    connection = store.connect()
    store.fill(connection, records)
    store.end(store.claim(connection), rules.Success())
    return connection


def claimed(store: Store, connection: Connection, now: float = NOW) -> Claim:
    got = store.queue.claim_at_once(connection.id, now)
    assert got is not None
    return got


def test_a_donor_costs_three_transactions_of_one_trip(store: Store, trips: list[str]) -> None:
    connection = begun(store)
    trips.clear()
    claim = claimed(store, connection)
    assert store.queue.store_contact(claim, "7", now=NOW)
    applied = store.queue.finish(claim, ended(claim, rules.Success()), NOW)
    assert applied is not None
    assert [one for one in trips if one != "writing" or store.engine.name == "postgres"] == ["at_once"] * 3
    assert store.states(connection) == [RecordState.SENT] * 2 + [RecordState.WAITING] * 2
    long, short = store.history.attempts(connection.id)
    mine = {"id": 0, "record_id": 0, "email": "", "contact_payload": {}}
    assert replace(short, **mine) == replace(long, **mine)  # type: ignore[arg-type]


def test_the_claim_is_the_one_of_the_long_way(store: Store) -> None:
    connection = begun(store)
    short = claimed(store, connection)
    assert store.queue.release(short, 0.0, NOW)
    long = store.claim(connection)
    assert replace(short, token=0) == replace(long, token=0)


@pytest.mark.parametrize("cause", list(Cause))
def test_a_failure_is_stored_as_by_the_long_way(store: Store, cause: Cause) -> None:
    connection = begun(store)
    claim = claimed(store, connection)
    applied = store.end(claim, rules.Failure(cause))
    after = store.now_is(connection)
    assert after.circuit == applied.circuit
    assert after.circuit.streak == 1
    assert store.history.attempts(connection.id)[-1].streak == 1


def test_a_standing_that_another_program_changed_is_computed_again(store: Store) -> None:
    connection = begun(store, 6)
    claim = claimed(store, connection)
    with store.another() as other:
        other.end(other.claim(connection), rules.Failure(Cause.DONOR))
    applied = store.end(claim, rules.Failure(Cause.DONOR))
    assert applied.circuit.streak == 2
    assert store.now_is(connection).circuit.streak == 2
    assert [attempt.streak for attempt in store.history.attempts(connection.id)] == [0, 1, 2]


def test_five_failures_in_a_row_end_it_however_they_are_stored(store: Store) -> None:
    connection = begun(store, 8)
    for _ in range(rules.MOST_FAILURES_IN_A_ROW):
        claim = store.queue.claim_at_once(connection.id, NOW) or store.claim(connection)
        store.end(claim, rules.Failure(Cause.DONOR))
    after = store.now_is(connection)
    assert (after.state, after.circuit.streak) == (ConnectionState.INACTIVE, rules.MOST_FAILURES_IN_A_ROW)
    assert store.queue.claim_at_once(connection.id, NOW) is None


def test_no_more_are_in_flight_than_may_be(store: Store) -> None:
    connection = begun(store, 9)
    store.end(claimed(store, connection), rules.Failure(Cause.DONOR))
    with store.another() as other:
        other.claim(connection)
        for _ in range(2):
            claimed(store, connection)
        assert store.queue.claim_at_once(connection.id, NOW) is None


def test_a_lost_claim_counts_neither_way(store: Store) -> None:
    connection = begun(store)
    claim = claimed(store, connection)
    assert store.queue.release(claim, 0.0, NOW)
    assert not store.queue.store_contact(claim, "7", now=NOW)
    assert store.queue.finish(claim, ended(claim, rules.Success()), NOW) is None
    assert len(store.history.attempts(connection.id)) == 1


def test_an_outcome_that_is_written_again_counts_once(store: Store) -> None:
    connection = begun(store)
    claim = claimed(store, connection)
    assert store.queue.finish(claim, ended(claim, rules.Failure(Cause.DONOR)), NOW) is not None
    assert store.queue.finish(claim, ended(claim, rules.Failure(Cause.DONOR)), NOW) is None
    assert store.now_is(connection).circuit.streak == 1
    assert len(store.history.attempts(connection.id)) == 2


def test_whoever_is_in_flight_on_another_connection_is_not_claimed(store: Store) -> None:
    connection, other = store.connect(), store.connect(settings("Autumn"))
    store.fill(connection, [new_record(2, donor(1)), new_record(3, donor(2))])
    store.end(store.claim(connection), rules.Success())
    store.fill(other, [new_record(2, donor(2))])
    store.claim(other)
    assert store.queue.claim_at_once(connection.id, NOW) is None


def test_what_came_in_by_itself_needs_the_switch(store: Store) -> None:
    connection = begun(store)
    switches = AutomaticRelays(store.database)
    assert store.queue.claim_at_once(connection.id, NOW, 0) is None
    switches.turn_on(connection.id, NOW, with_waiting=True)
    store.end(store.claim(connection), rules.Success())
    got = store.queue.claim_at_once(connection.id, NOW, 0)
    assert got is not None
    store.end(got, rules.Success())
    switches.turn_off(connection.id, NOW)
    assert store.queue.claim_at_once(connection.id, NOW, 0) is None


def test_the_next_claim_comes_with_the_outcome(store: Store, trips: list[str]) -> None:
    connection = begun(store)
    claim = claimed(store, connection)
    trips.clear()
    assert store.queue.finish(claim, ended(claim, rules.Success()), NOW, then_claim=True) is not None
    after = claimed(store, connection)
    assert trips.count("at_once") == 1
    assert after.record_id == claim.record_id + 1
    assert store.states(connection) == [RecordState.SENT] * 2 + [RecordState.SENDING, RecordState.WAITING]


def test_a_claim_that_no_worker_comes_for_waits_again(store: Store) -> None:
    connection = begun(store)
    claim = claimed(store, connection)
    store.queue.finish(claim, ended(claim, rules.Success()), NOW, then_claim=True)
    store.queue.release_ahead(connection.id, NOW)
    assert store.states(connection) == [RecordState.SENT] * 2 + [RecordState.WAITING] * 2
    store.queue.release_ahead(connection.id, NOW)


def test_a_failure_that_calls_for_a_wait_claims_nothing_along_with_it(store: Store) -> None:
    connection = begun(store)
    claim = claimed(store, connection)
    store.queue.finish(claim, ended(claim, rules.Failure(Cause.PASSING)), NOW, then_claim=True)
    assert RecordState.SENDING not in store.states(connection)


def test_a_claim_whose_answer_was_lost_with_the_outcomes_is_released(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = begun(store)
    claim = claimed(store, connection)
    at_once = type(store.database).at_once

    def lose_the_answer(*values: Any) -> None:
        at_once(*values)
        raise StoreError(StoreProblem.AWAY, StoreMessage.OFFICE_AWAY, server="made up")

    with monkeypatch.context() as patch:
        patch.setattr(type(store.database), "at_once", lose_the_answer)
        with pytest.raises(StoreError):
            store.queue.finish(claim, ended(claim, rules.Success()), NOW, then_claim=True)
    assert store.states(connection).count(RecordState.SENDING) == 1
    assert store.queue.may_have_lost_claims(connection.id)
    assert store.queue.claim_at_once(connection.id, NOW) is None
    store.queue.release_unknown(connection.id, {claim.token}, NOW)
    assert store.states(connection) == [RecordState.SENT] * 2 + [RecordState.WAITING] * 2
    assert not store.queue.may_have_lost_claims(connection.id)
