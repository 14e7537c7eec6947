"""What happened is kept whole and read by pages."""

import getpass
from dataclasses import replace

import pytest

from ac_desktop.model.attempts import StepLog
from ac_desktop.model.rules import AttemptEnd, Failure, HeldByGuard, Success
from ac_desktop.model.states import Cause, Outcome
from ac_desktop.store.history import history
from ac_desktop.store.history.history import EventKind, insert_event, person
from ac_desktop.store.queue.claims import AttemptResult
from tests.made_up import NOW, Store, attempt_log, donor, settings

STEP = StepLog(
    step="contact",
    method="POST",
    path="/contact/sync",
    status=201,
    response='{"contact":{"id":"25"}}',
    cut=True,
    headers=(("x-request-id", "abc"),),
    duration_ms=7,
    trouble="",
    request={"contact": {"email": "donor2@example.org"}},
)


def relay(store: Store, connection_id: int, *ends: AttemptEnd) -> None:
    """End one attempt after the other, each of a record of its own."""
    connection = store.connections.get(connection_id)
    assert connection is not None
    for end in ends:
        store.end(store.claim(connection, NOW + 10_000), end, NOW)


def test_an_attempt_is_kept_with_its_payloads_and_every_answer(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 1)
    claim = store.claim(connection)
    log = attempt_log(claim.donor, "25", (STEP, STEP))
    store.queue.finish(claim, AttemptResult(end=Success(), reason=None, log=log), NOW)

    (kept,) = store.history.attempts(connection.id)

    assert (kept.email, kept.outcome, kept.cause, kept.reason) == ("donor2@example.org", Outcome.SENT, None, None)
    assert (kept.started_at, kept.duration_ms, kept.streak) == (NOW, 12, 0)
    assert kept.contact_payload == {
        "contact": {"email": "donor2@example.org", "phone": "2252501301", "lastName": "Dot", "firstName": "Annie"}
    }
    assert kept.list_payload == {"contactList": {"list": "19", "status": 1, "contact": "25"}}
    assert kept.steps == (STEP, STEP)
    assert kept.bulk_payload is None
    assert replace(kept, bulk_batch_id=1).bulk_payload == STEP.request
    assert replace(kept, bulk_batch_id=1, steps=()).bulk_payload is None
    assert store.history.attempt(kept.id) == kept
    assert store.history.attempt(kept.id + 1) is None
    assert store.history.attempts_of(claim.record_id) == [kept]


def test_attempts_are_read_by_pages_oldest_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    connection, other = store.connect(), store.connect(settings("Other"))
    store.fill(connection, 10)
    store.fill(other, 1)
    relay(
        store, connection.id, Success(), Failure(Cause.DONOR), HeldByGuard(), Failure(Cause.DONOR), Success(), Success()
    )
    relay(store, other.id, Success())
    everything = store.history.attempts(connection.id)

    assert [attempt.id for attempt in everything] == [1, 2, 3, 4, 5, 6]
    assert [attempt.id for attempt in store.history.attempts(connection.id, after=2, limit=3)] == [3, 4, 5]
    assert [attempt.id for attempt in store.history.attempts(connection.id, failed=True)] == [2, 4]
    assert [attempt.id for attempt in store.history.latest_attempts(connection.id, 2)] == [5, 6]
    monkeypatch.setattr(history.History.attempts, "__kwdefaults__", {"after": 0, "failed": False, "limit": 2})
    assert list(store.history.all_attempts(connection.id)) == everything
    assert [attempt.id for attempt in store.history.all_attempts(connection.id, failed=True)] == [2, 4]


def test_the_streak_is_named_attempt_by_attempt(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 10)
    relay(
        store,
        connection.id,
        Failure(Cause.DONOR),
        Success(),
        Failure(Cause.ACCOUNT),
        HeldByGuard(),
        Failure(Cause.DONOR),
        Failure(Cause.DONOR),
    )
    streak = store.now_is(connection).circuit.streak

    reported = store.history.streak_attempts(connection.id, streak)

    assert [attempt.id for attempt in reported] == [3, 5, 6]
    assert [attempt.streak for attempt in reported] == [1, 2, 3]
    assert store.history.streak_attempts(connection.id, 0) == []


def test_events_come_after_the_attempt_they_followed(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 3)
    relay(store, connection.id, Success(), Success())
    with store.database.writing() as sql:
        insert_event(sql, connection.id, EventKind.QUEUED, NOW + 5, {"file": "made-up.csv", "rows": "3"})
    store.connections.pause(connection.id, NOW + 6)

    events = store.history.events(connection.id)

    assert [(event.kind, event.after_attempt) for event in events] == [
        (EventKind.CREATED, 0),
        (EventKind.QUEUED, 2),
        (EventKind.PAUSED, 2),
    ]
    assert events[1].details == {"file": "made-up.csv", "rows": "3"}
    assert store.history.events(connection.id, after=events[0].id) == events[1:]
    assert store.history.events(connection.id, limit=1) == events[-1:]
    assert store.history.events(99) == []


@pytest.mark.parametrize("error", [OSError("no name"), KeyError("uid not found"), ImportError("pwd")])
def test_a_computer_that_does_not_say_who_works_on_it_is_no_obstacle(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def unknown() -> str:
        raise error

    monkeypatch.setattr(getpass, "getuser", unknown)

    assert person() == ""


def test_the_log_of_a_donor_holds_their_attempts_alone(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 2)
    relay(store, connection.id, Failure(Cause.ACCOUNT), Failure(Cause.ACCOUNT), Success(), Success())
    first, second = store.views.record_ids(connection.id)

    assert [attempt.outcome for attempt in store.history.attempts_of(first)] == [
        Outcome.WAITING,
        Outcome.WAITING,
        Outcome.SENT,
    ]
    assert [attempt.email for attempt in store.history.attempts_of(second)] == [donor(3).email]
