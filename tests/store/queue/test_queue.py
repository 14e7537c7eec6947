"""The queue never loses a donor: each record is in one state, and leaves it with its attempt or not at all."""

from dataclasses import replace

import pytest

from ac_desktop.model import rules
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.rules import Failure, HeldByGuard, Success
from ac_desktop.model.scope import Scope, ScopeKind
from ac_desktop.model.states import Cause, ConnectionState, Outcome, RecordState, Step
from ac_desktop.store.connections import connections as connections_module
from ac_desktop.store.history.history import EventKind
from ac_desktop.store.queue import queue as queue_module
from ac_desktop.store.queue.bulk_changes import BulkChanges
from ac_desktop.store.queue.claims import IdleReason, NoClaim
from ac_desktop.store.queue.records import BatchSource, StateCounts
from tests.made_up import NOW, REASONS, Store, donor, ended, new_record, settings
from tests.store.queue.claims import no_claim

DUPLICATE = reason(ReasonCode.DUPLICATE_ROW, row=9)


def test_a_batch_is_out_of_reach_until_it_is_closed(store: Store) -> None:
    connection = store.connect()
    batch = store.queue.open_batch(connection.id, BatchSource(kind="file", file_name="made-up.csv"), NOW)
    store.queue.add(connection.id, batch, [new_record(2), new_record(3)], NOW)

    assert no_claim(store, connection.id) == NoClaim(IdleReason.DONE)

    assert store.queue.close_batch(batch) == StateCounts(waiting=2)
    assert store.claim(connection).donor == donor(2)


def test_adding_nothing_is_nothing(store: Store) -> None:
    connection = store.connect()
    batch = store.queue.open_batch(connection.id, BatchSource(kind="typed"), NOW)
    store.queue.add(connection.id, batch, [], NOW)

    assert store.queue.close_batch(batch) == StateCounts()
    assert store.queue.last_record(connection.id) == 0


def test_a_file_name_of_another_encoding_is_no_obstacle(store: Store) -> None:
    connection = store.connect()
    source = BatchSource(kind="file", file_name="caf\udce9.csv", sheet="\ud83d", header=("n\udce9", "email"))
    batch = store.queue.open_batch(connection.id, source, NOW)
    store.queue.add(connection.id, batch, [new_record(2)], NOW)
    store.queue.close_batch(batch)

    row = store.views.source_row(store.queue.last_record(connection.id))

    assert row is not None
    assert (row.file_name, row.sheet, row.header) == ("caf?.csv", "?", ("n\udce9", "email"))


def test_a_later_row_can_make_earlier_ones_duplicates(store: Store) -> None:
    connection = store.connect()
    batch = store.queue.open_batch(connection.id, BatchSource(kind="file"), NOW)
    store.queue.add(connection.id, batch, [new_record(row) for row in (2, 3, 4)], NOW)
    number = store.count("SELECT id FROM record WHERE row = 3")
    store.queue.correct(batch, [(number, RecordState.SKIPPED, DUPLICATE.to_json())], NOW)

    assert store.queue.close_batch(batch) == StateCounts(waiting=2, skipped=1)
    records = store.views.records(connection.id)
    assert [(record.row, record.state, record.reason) for record in records] == [
        (2, RecordState.WAITING, None),
        (3, RecordState.SKIPPED, DUPLICATE),
        (4, RecordState.WAITING, None),
    ]


def test_a_batch_that_is_dropped_was_never_there(store: Store) -> None:
    connection = store.connect()
    batch = store.queue.open_batch(connection.id, BatchSource(kind="file"), NOW)
    store.queue.add(connection.id, batch, [new_record(2)], NOW)
    store.queue.drop_batch(batch)
    closed = store.fill(connection, 2)
    store.queue.drop_batch(closed)

    assert store.queue.counts(connection.id) == StateCounts(waiting=2)
    assert store.count("SELECT COUNT(*) FROM record WHERE batch_id = ?", (batch,)) == 0
    assert store.count("SELECT COUNT(*) FROM source_row") == 2


def test_waiting_records_can_be_withdrawn_and_others_stay(store: Store) -> None:
    connection = store.connect()
    held = new_record(9, state=RecordState.HELD, why=reason(ReasonCode.NO_EMAIL))
    batch = store.fill(connection, [new_record(2), new_record(3), held])
    other = store.fill(connection, [new_record(20)])
    store.claim(connection)

    assert store.queue.withdraw(batch) == 1

    assert store.queue.batch_counts(batch) == StateCounts(sending=1, held=1)
    assert store.queue.batch_counts(other) == StateCounts(waiting=1)


def test_the_contact_number_is_kept_before_the_list_step(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 1)
    claim = store.claim(connection)

    assert (claim.step, claim.contact_id) == (Step.CONTACT, None)
    assert store.queue.store_contact(claim, "25", now=NOW)
    store.end(claim, Failure(Cause.ACCOUNT))
    again = store.claim(connection)
    assert (again.step, again.contact_id) == (Step.LIST, "25")
    assert store.queue.clear_contact(again, NOW)
    assert store.queue.release(again, 3.0, NOW)
    third = store.claim(connection)
    assert (third.step, third.contact_id, third.busy_waited) == (Step.CONTACT, None, 3.0)


def test_an_attempt_of_a_connection_that_is_gone_is_kept_nowhere(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 1)
    claim = store.claim(connection)
    store.connections.delete(connection.id)

    assert store.queue.finish(claim, ended(claim, Success()), NOW) is None
    assert store.count("SELECT COUNT(*) FROM tally") == 0
    assert store.count("SELECT COUNT(*) FROM source_row") == 0


def test_each_end_leaves_a_record_with_its_reason_and_an_attempt(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 5)
    ends: list[rules.AttemptEnd] = [
        Success(),
        HeldByGuard(),
        Failure(Cause.DONOR),
        Failure(Cause.ACCOUNT),
        Failure(Cause.PASSING),
    ]
    for end in ends:
        store.end(store.claim(connection), end)

    assert store.queue.counts(connection.id) == StateCounts(waiting=2, sent=1, held=1, failed=1)
    attempts = store.history.attempts(connection.id)
    assert [attempt.outcome for attempt in attempts] == [
        Outcome.SENT,
        Outcome.HELD,
        Outcome.FAILED,
        Outcome.WAITING,
        Outcome.WAITING,
    ]
    assert [attempt.streak for attempt in attempts] == [0, 0, 1, 2, 3]
    assert [attempt.cause for attempt in attempts][2:] == [Cause.DONOR, Cause.ACCOUNT, Cause.PASSING]
    assert attempts[2].reason == REASONS[Cause.DONOR]
    assert store.connections.last_relay(connection.id) == NOW


def test_the_fifth_failure_makes_inactive_with_an_event_that_names_why(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 9)
    settled = [store.end(store.claim(connection), Failure(Cause.DONOR), NOW + at) for at in range(5)]

    assert [one.deactivated for one in settled] == [False] * 4 + [True]
    assert store.now_is(connection).state is ConnectionState.INACTIVE
    event = store.history.events(connection.id)[-1]
    last = store.history.attempts(connection.id)[-1]
    assert (event.kind, event.at, event.after_attempt) == (EventKind.DEACTIVATED, NOW + 4, last.id)
    assert event.details == {"streak": "5", "reason": REASONS[Cause.DONOR].to_json()}
    assert store.queue.counts(connection.id) == StateCounts(waiting=4, failed=5), "the queue is kept"
    store.connections.resume(connection.id, NOW)
    store.connections.pause(connection.id, NOW)
    assert store.now_is(connection).state is ConnectionState.INACTIVE


@pytest.mark.parametrize(
    "where",
    [
        (connections_module, "insert_event"),
        (connections_module, "store_circuit_state"),
        (queue_module, "_apply_to_record"),
    ],
)
def test_the_fifth_failure_is_kept_as_a_whole_or_not_at_all(
    store: Store, monkeypatch: pytest.MonkeyPatch, where: tuple[object, str]
) -> None:
    connection = store.connect()
    store.fill(connection, 9)
    for _ in range(4):
        store.end(store.claim(connection), Failure(Cause.DONOR))
    claim = store.claim(connection)
    before = (store.now_is(connection), store.states(connection), len(store.history.events(connection.id)))

    def power_cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(*where, power_cut)
        with pytest.raises(KeyboardInterrupt):
            store.queue.finish(claim, ended(claim, Failure(Cause.DONOR)), NOW)

    assert (store.now_is(connection), store.states(connection), len(store.history.events(connection.id))) == before
    assert len(store.history.attempts(connection.id)) == 4
    assert store.end(claim, Failure(Cause.DONOR)).deactivated


def test_busy_waiting_adds_up_and_begins_anew_once_it_was_a_failure(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 1)
    claim = store.claim(connection)
    settled = store.queue.finish(claim, ended(claim, Failure(Cause.ACCOUNT), busy_waited=42.0), NOW)
    assert settled is not None
    again = store.claim(connection)
    assert again.busy_waited == 42.0
    store.queue.finish(again, ended(again, Failure(Cause.PASSING), busy_waited=rules.BUSY_LIMIT), NOW)

    assert store.claim(connection, NOW + 60).busy_waited == 0.0


@pytest.mark.parametrize(("from_the_start", "step", "contact"), [(False, Step.LIST, "25"), (True, Step.CONTACT, None)])
def test_a_failed_record_can_be_sent_again(
    store: Store, *, from_the_start: bool, step: Step, contact: str | None
) -> None:
    connection = store.connect()
    store.fill(
        connection, [new_record(2), new_record(3, state=RecordState.HELD), new_record(4, state=RecordState.SKIPPED)]
    )
    claim = store.claim(connection)
    store.queue.store_contact(claim, "25", now=NOW)
    store.end(claim, Failure(Cause.DONOR))
    store.connections.reactivate(connection.id, NOW)

    assert (
        BulkChanges(store.database).retry(store.views.record_ids(connection.id), NOW, from_the_start=from_the_start)
        == 1
    )

    assert store.states(connection) == [RecordState.WAITING, RecordState.HELD, RecordState.SKIPPED]
    again = store.claim(connection)
    assert (again.step, again.contact_id, again.tries) == (step, contact, 0)


def test_contact_numbers_of_another_account_are_never_used(store: Store) -> None:
    """Whoever has this number there is somebody else, and would be put onto the list instead."""
    connection = store.connect()
    store.fill(connection, [new_record(2), new_record(3), new_record(4), new_record(5)])
    claims = [store.claim(connection) for _ in range(3)]
    for number, claim in enumerate(claims, 25):
        store.queue.store_contact(claim, str(number), now=NOW)
    store.end(claims[0], Failure(Cause.ACCOUNT))
    store.end(claims[1], Failure(Cause.DONOR))

    store.connections.change(connection.id, settings(address="https://other.api-us1.com"), NOW)

    assert not store.queue.store_contact(claims[2], "27", now=NOW), "it was still under way"
    assert store.queue.finish(claims[2], ended(claims[2], Failure(Cause.ACCOUNT)), NOW) is None
    assert {record.contact_id for record in store.views.records(connection.id)} == {None}
    assert {record.step for record in store.views.records(connection.id)} == {Step.CONTACT}
    assert RecordState.SENDING not in store.states(connection)


def test_contact_numbers_of_another_account_do_not_come_back_by_a_detour_over_the_scope(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, [new_record(2, donor(2, page="spring"))])
    claim = store.claim(connection)
    store.queue.store_contact(claim, "25", now=NOW)
    store.end(claim, Failure(Cause.ACCOUNT))
    gala = Scope(ScopeKind.ONLY, ("gala",))

    store.connections.change(connection.id, settings(scope=gala), NOW)
    assert store.states(connection) == [RecordState.SKIPPED]
    store.connections.change(connection.id, settings(scope=gala, address="https://other.api-us1.com"), NOW)
    store.connections.change(connection.id, settings(address="https://other.api-us1.com"), NOW)

    claim = store.claim(connection)
    assert (claim.step, claim.contact_id) == (Step.CONTACT, None)


@pytest.mark.parametrize("state", ["sending", "skipped", "waiting", "held", "failed"])
def test_a_decision_to_subscribe_again_holds_for_its_list_alone(store: Store, state: str) -> None:
    connection = store.connect()
    store.fill(connection, 1)
    store.claim(connection)
    with store.database.writing() as sql:
        sql.execute("UPDATE record SET resubscribe = 1, state = ?", (state,))

    store.connections.change(connection.id, replace(settings(), list_id="7"), NOW)

    assert store.count("SELECT resubscribe FROM record") == 0
