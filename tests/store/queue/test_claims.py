"""A claim is a lease: at most as many as the rules allow, in order, and freed when its owner has died."""

from dataclasses import replace

import pytest

from ac_desktop.model import rules
from ac_desktop.model.rules import Failure, Success
from ac_desktop.model.states import Cause, RecordState, Step
from ac_desktop.store.queue.claims import IdleReason, NoClaim
from ac_desktop.store.queue.records import BatchSource, StateCounts
from tests.made_up import NOW, Store, donor, ended, new_record
from tests.store.programs import Program
from tests.store.queue.claims import no_claim


def test_a_claim_goes_in_order_up_to_what_the_person_saw(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 2)
    seen = store.queue.last_record(connection.id)
    store.fill(connection, [new_record(50)])

    first, second = (store.queue.claim(connection.id, NOW, seen) for _ in range(2))

    assert not isinstance(first, NoClaim)
    assert not isinstance(second, NoClaim)
    assert [first.donor, second.donor] == [donor(2), donor(3)]
    store.end(first, Success())
    store.end(second, Success())
    assert no_claim(store, connection.id, through=seen) == NoClaim(IdleReason.DONE)
    assert store.claim(connection).donor == donor(50)


@pytest.mark.parametrize("stop", ["pause", "delete", "deactivate"])
def test_nothing_is_claimed_on_a_connection_that_must_not_relay(store: Store, stop: str) -> None:
    connection = store.connect()
    store.fill(connection, 9)
    if stop == "pause":
        store.connections.pause(connection.id, NOW)
    elif stop == "delete":
        store.connections.delete(connection.id)
    else:
        for _ in range(5):
            store.end(store.claim(connection), Failure(Cause.DONOR))

    assert no_claim(store, connection.id) == NoClaim(IdleReason.STOPPED)


def test_never_more_in_flight_than_the_streak_allows(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 20)
    claims = [store.claim(connection) for _ in range(4)]

    assert no_claim(store, connection.id) == NoClaim(IdleReason.OTHERS)
    store.end(claims.pop(), Failure(Cause.ACCOUNT))
    assert no_claim(store, connection.id) == NoClaim(IdleReason.OTHERS), "three in flight, and one failed"
    store.end(claims.pop(), Success())
    claims += [store.claim(connection), store.claim(connection)]
    assert no_claim(store, connection.id) == NoClaim(IdleReason.OTHERS)


def test_the_rule_holds_over_all_programs(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 20)
    with store.another() as other:
        for claims in (store, store, other, other):
            claims.claim(connection)

        assert no_claim(store, connection.id) == NoClaim(IdleReason.OTHERS)
        assert no_claim(other, connection.id) == NoClaim(IdleReason.OTHERS)


def test_a_record_waits_by_its_own_tries(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 1)
    now = NOW
    for wait in (2, 4, 8, 16):
        settled = store.end(store.claim(connection, now), Failure(Cause.PASSING), now)
        assert (settled.state, settled.next_try_at) == (RecordState.WAITING, now + wait)
        assert no_claim(store, connection.id, now).until == now + wait
        now += wait
    settled = store.end(store.claim(connection, now), Failure(Cause.PASSING), now)

    assert (settled.state, settled.deactivated) == (RecordState.FAILED, True)
    (record,) = store.views.records(connection.id)
    assert (record.state, record.tries, record.cause) == (RecordState.FAILED, 5, Cause.PASSING)


def test_breathing_space_holds_the_whole_connection_back(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 2)
    store.end(store.claim(connection), Failure(Cause.PASSING))

    assert no_claim(store, connection.id, NOW + 1) == NoClaim(IdleReason.LATER, NOW + 2)
    assert store.claim(connection, NOW + 2).donor == donor(2)


@pytest.mark.parametrize("back", [20.0, 3600.0, 86400.0 * 365])
@pytest.mark.parametrize("records", [1, 5])
def test_a_clock_set_back_never_lengthens_a_wait_beyond_the_rule(store: Store, back: float, records: int) -> None:
    connection = store.connect()
    store.fill(connection, records)
    store.end(store.claim(connection, NOW + 100), Failure(Cause.PASSING), NOW + 100)
    now, waited = NOW - back, 0.0
    while isinstance(got := store.queue.claim(connection.id, now), NoClaim):
        assert got.idle is IdleReason.LATER
        assert got.until > now
        waited += got.until - now
        now = got.until
        assert waited <= rules.LONGEST_BREATHING_SPACE + rules.backoff(4)

    assert store.states(connection).count(RecordState.SENDING) == 1


def test_a_released_claim_counts_neither_way(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 1)
    before = store.now_is(connection).circuit

    assert store.queue.release(store.claim(connection), 0.0, NOW)

    assert store.now_is(connection).circuit == before
    assert store.history.attempts(connection.id) == []
    assert store.queue.counts(connection.id) == StateCounts(waiting=1)


def test_a_lost_claim_changes_nothing(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 1)
    lost = store.claim(connection)
    store.queue.release(lost, 0.0, NOW)
    ours = store.claim(connection)
    before = store.views.records(connection.id), store.now_is(connection)

    assert not store.queue.renew(lost, NOW + 60)
    assert not store.queue.store_contact(lost, "99", now=NOW)
    assert not store.queue.clear_contact(lost, NOW)
    assert not store.queue.release(lost, 9.0, NOW)
    assert store.queue.finish(lost, ended(lost, Failure(Cause.DONOR)), NOW) is None
    assert store.queue.finish(replace(lost, token=lost.token ^ 1), ended(lost, Success()), NOW) is None

    assert (store.views.records(connection.id), store.now_is(connection)) == before
    assert store.history.attempts(connection.id) == []
    assert store.queue.renew(ours, NOW + 60)
    assert store.end(ours, Success()).state is RecordState.SENT


CLAIMS = """
import sys
from pathlib import Path
from tests.made_up import NOW, Store, new_record
from ac_desktop.store.queue.records import BatchSource
store = Store(Path(sys.argv[1]))
connection = store.connections.all()[0]
for _ in range(2):
    claim = store.claim(connection)
store.queue.store_contact(claim, "25", now=NOW)
for row in (70, 80):
    batch = store.queue.open_batch(connection.id, BatchSource(kind="file"), NOW)
    store.queue.add(connection.id, batch, [new_record(row), new_record(row + 1)], NOW)
print("claimed", flush=True)
sys.stdin.readline()
"""


def test_a_killed_programs_records_wait_again_at_their_step_and_its_half_batches_are_gone(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 3)
    with Program(CLAIMS, store.folder) as program:
        assert program.line() == "claimed"
        assert store.states(connection)[:3] == [RecordState.SENDING, RecordState.SENDING, RecordState.WAITING]
        store.queue.release_dead(connection.id, NOW)
        assert store.states(connection)[:2] == [RecordState.SENDING] * 2, "it lives"
        program.kill()

    store.queue.release_dead(connection.id, NOW)

    assert store.states(connection) == [RecordState.WAITING] * 3
    assert store.queue.counts(connection.id) == StateCounts(waiting=3)
    first, second = store.claim(connection), store.claim(connection)
    assert (first.step, second.step, second.contact_id) == (Step.CONTACT, Step.LIST, "25")
    assert store.history.attempts(connection.id) == []


def test_a_killed_programs_claims_hold_nobody_back(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 6)
    with Program(CLAIMS, store.folder) as program:
        program.line()
        for _ in range(2):
            store.claim(connection)
        assert no_claim(store, connection.id) == NoClaim(IdleReason.OTHERS)
        program.kill()

    assert store.claim(connection).donor == donor(2)


def test_a_half_batch_of_a_killed_program_goes_when_the_next_one_begins(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 3)
    with Program(CLAIMS, store.folder) as program:
        program.line()
        program.kill()

    store.queue.open_batch(connection.id, BatchSource(kind="typed"), NOW)

    assert store.count("SELECT COUNT(*) FROM batch") == 2
    assert store.count("SELECT COUNT(*) FROM record") == 3


def test_another_computers_claim_ends_with_its_lease(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 1)
    claim = store.claim(connection)
    with store.database.writing() as sql:
        sql.execute("UPDATE record SET owner = 'office-7:4711:1795000000000000000'")

    assert no_claim(store, connection.id, NOW + rules.LEASE) == NoClaim(IdleReason.OTHERS)
    assert store.claim(connection, NOW + rules.LEASE + 1).record_id == claim.record_id
    assert not store.queue.renew(claim, NOW + rules.LEASE + 2)


def test_our_own_claim_outlives_its_lease_while_we_live(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 1)
    claim = store.claim(connection)

    assert no_claim(store, connection.id, NOW + 10 * rules.LEASE) == NoClaim(IdleReason.OTHERS)
    with store.another() as other:
        assert no_claim(other, connection.id, NOW + 10 * rules.LEASE) == NoClaim(IdleReason.OTHERS)
    assert store.queue.renew(claim, NOW + 10 * rules.LEASE)


def test_two_records_of_one_person_never_go_side_by_side(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, [new_record(2, donor(1)), new_record(3, donor(7))])
    store.fill(connection, [new_record(2, donor(1))])
    first, other = store.claim(connection), store.claim(connection)

    assert (first.donor, other.donor) == (donor(1), donor(7))
    assert no_claim(store, connection.id) == NoClaim(IdleReason.OTHERS)
    store.end(first, Success())
    assert store.claim(connection).donor == donor(1)
