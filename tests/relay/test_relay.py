"""The relay puts every donor onto the list, with the integration page's two payloads, and logs each attempt."""

import threading
from pathlib import Path

import pytest

from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.scope import Scope
from ac_desktop.model.states import Cause, ConnectionState, Outcome, RecordState
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.faults import Bounced, DeletedContact, Faults, Garbled, Incoming, Outage, OverLimit
from ac_desktop.practice.records import MemberStatus
from ac_desktop.relay.progress import Progress
from tests.harness import Harness, donors

WELL = Faults()
LIST_PATH = "contactLists"
SYNC_PATH = "contact/sync"


def test_every_donor_is_put_onto_the_list_with_their_values(harness: Harness) -> None:
    connection = harness.connect()
    harness.queue(harness.now_is(connection), donors(25))

    counts = harness.relay(connection)

    assert (counts.sent, counts.rows) == (25, 25)
    assert harness.emails_on_list() == {donor.email for donor in donors(25)}
    seven = harness.account.contact("donor7@example.org")
    assert seven is not None
    assert (seven.first_name, seven.last_name, seven.phone) == ("First7", "Last7", "2252500007")


def test_a_new_contact_costs_two_requests_with_the_pages_payloads(harness: Harness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(1))

    harness.relay(connection)

    requests = [(r.method, r.path, r.body) for r in harness.account.requests()]
    assert requests == [
        (
            "POST",
            "/api/3/contact/sync",
            b'{"contact":{"email":"donor0@example.org","phone":"2252500000","lastName":"Last0","firstName":"First0"}}',
        ),
        ("POST", "/api/3/contactLists", b'{"contactList":{"list":"1","status":1,"contact":"1"}}'),
    ]


def test_the_log_keeps_both_payloads_and_every_answer(harness: Harness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(1))
    harness.relay(connection)

    (attempt,) = harness.services.history.attempts(connection.id)

    assert attempt.outcome is Outcome.SENT
    assert attempt.contact_payload["contact"] == {
        "email": "donor0@example.org", "phone": "2252500000", "lastName": "Last0", "firstName": "First0",
    }  # fmt: skip
    assert attempt.list_payload == {"contactList": {"list": "1", "status": 1, "contact": "1"}}
    assert [(step.step, step.status) for step in attempt.steps] == [("contact", 201), ("list", 201)]
    assert '"contactList"' in attempt.steps[1].response
    assert "x-request-id" in dict(attempt.steps[1].headers)


def test_progress_shows_how_many_went_where(harness: Harness) -> None:
    connection, engine = harness.connect(), harness.services.engine
    left = harness.account.add_contact("donor0@example.org")
    harness.account.set_status(left.id, harness.server.list_id, MemberStatus.UNSUBSCRIBED)
    harness.queue(connection, donors(25))
    through = harness.services.queue.last_record(connection.id)
    harness.queue(connection, donors(3, start=100))
    seen: list[Progress] = []

    def refuse_donor_1(incoming: Incoming) -> Faults:
        seen.append(engine.progress(connection.id))
        return Faults(refuse_addresses=b"donor1@" in incoming.body)

    harness.account.set_schedule(refuse_donor_1)
    assert engine.progress(connection.id) == Progress(running=False, waiting=28)
    harness.relay(connection, through=through)

    assert seen[0].running
    assert not engine.is_running(connection.id)
    assert not seen[0].sent
    assert max(one.sent for one in seen) > 0
    assert engine.progress(connection.id) == Progress(running=False, sent=23, failed=1, held=1, waiting=3)


def test_progress_shows_how_long_it_still_takes_and_that_it_has_ended(harness: Harness) -> None:
    connection, engine = harness.connect(), harness.services.engine
    harness.queue(connection, donors(60))
    began = harness.clock.now()
    seen: list[Progress] = []
    reported: list[Progress] = []

    def fail_for_5_seconds(_: Incoming) -> Faults:
        harness.clock.advance(0.01)
        seen.append(engine.progress(connection.id))
        return Faults(outage=Outage.ERROR_500) if harness.clock.now() < began + 5 else WELL

    harness.account.set_schedule(fail_for_5_seconds)
    engine.subscribe(lambda: reported.append(engine.progress(connection.id)))
    harness.relay(connection)

    assert any(one.seconds_left for one in seen)
    assert {one.running for one in reported} == {True, False}
    assert (reported[-1].pause_reason, reported[-1].sent) == (None, 60)


def test_a_refused_donor_fails_alone_and_the_next_one_goes(harness: Harness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(3))

    def refuse_one(incoming: Incoming) -> Faults:
        return Faults(refuse_addresses=b"donor1@" in incoming.body)

    harness.account.set_schedule(refuse_one)
    counts = harness.relay(connection)

    assert (counts.sent, counts.failed) == (2, 1)
    (failed,) = harness.services.record_reader.records(connection.id, state=RecordState.FAILED)
    assert failed.cause is Cause.DONOR
    assert failed.reason is not None
    assert failed.reason.code is ReasonCode.DONOR_REFUSED


def test_a_list_step_that_fails_is_resumed_without_repeating_the_contact_step(harness: Harness) -> None:
    connection = harness.connect(consent_guard=False)
    harness.queue(connection, donors(1))
    tries = 0

    def fail_first_list_step(incoming: Incoming) -> Faults:
        nonlocal tries
        if incoming.path == LIST_PATH:
            tries += 1
            return Faults(outage=Outage.ERROR_502) if tries == 1 else WELL
        return WELL

    harness.account.set_schedule(fail_first_list_step)
    counts = harness.relay(connection)

    assert counts.sent == 1
    assert (harness.account.count(SYNC_PATH), harness.account.count(LIST_PATH)) == (1, 2)


@pytest.mark.parametrize("answer", list(DeletedContact))
def test_a_contact_that_vanished_is_created_again_once(harness: Harness, answer: DeletedContact) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(1))
    deleted = False

    def delete_before_the_list_step(incoming: Incoming) -> Faults:
        nonlocal deleted
        if incoming.path == LIST_PATH and not deleted:
            deleted = True
            harness.account.delete_contact("1")
        return Faults(deleted_contact=answer)

    harness.account.set_schedule(delete_before_the_list_step)
    counts = harness.relay(connection)

    assert counts.sent == 1
    assert harness.emails_on_list() == {"donor0@example.org"}
    (attempt,) = harness.services.history.attempts(connection.id)
    assert [step.step for step in attempt.steps] == ["contact", "list", "contact", "list"]


def test_an_unknown_list_is_the_accounts_fault_and_no_donors(harness: Harness) -> None:
    connection = harness.connect(list_id="4711")
    harness.queue(connection, donors(7))

    counts = harness.relay(connection)

    assert counts.waiting == 7
    attempts = harness.services.history.attempts(connection.id)
    assert {attempt.reason.code for attempt in attempts if attempt.reason} == {ReasonCode.LIST_UNKNOWN}
    assert harness.now_is(connection).state is ConnectionState.INACTIVE


def test_five_passing_failures_of_one_record_fail_it(harness: Harness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(3))

    def sour(incoming: Incoming) -> Faults:
        return Faults(outage=Outage.ERROR_500) if b"donor0@" in incoming.body else WELL

    harness.account.set_schedule(sour)
    batch = iter(range(1, 6))

    def feed() -> None:
        for number in batch:
            harness.queue(connection, donors(1, start=number * 100))
            harness.relay(connection)

    feed()
    counts = harness.counts(connection)
    (failed,) = harness.services.record_reader.records(connection.id, state=RecordState.FAILED)
    assert counts.sent == counts.rows - 1
    assert (failed.donor.email, failed.tries, failed.cause) == ("donor0@example.org", 5, Cause.PASSING)


@pytest.mark.parametrize(
    ("stands", "code"),
    [
        (MemberStatus.UNSUBSCRIBED, ReasonCode.UNSUBSCRIBED),
        (MemberStatus.BOUNCED, ReasonCode.BOUNCED),
        (MemberStatus.UNCONFIRMED, ReasonCode.UNCONFIRMED),
    ],
)
def test_nobody_who_left_the_list_is_put_back(harness: Harness, stands: MemberStatus, code: ReasonCode) -> None:
    connection = harness.connect()
    contact = harness.account.add_contact("donor0@example.org")
    harness.account.set_status(contact.id, "1", stands)
    harness.queue(connection, donors(1))

    counts = harness.relay(connection)

    (held,) = harness.services.record_reader.records(connection.id, state=RecordState.HELD)
    assert (counts.held, held.reason and held.reason.code) == (1, code)
    assert harness.account.count(LIST_PATH) == 0
    assert harness.now_is(connection).circuit.streak == 0
    (attempt,) = harness.services.history.attempts(connection.id)
    assert (attempt.outcome, attempt.list_payload) == (Outcome.HELD, None)


def test_an_active_member_is_sent_without_a_second_list_call(harness: Harness) -> None:
    connection = harness.connect()
    contact = harness.account.add_contact("donor0@example.org")
    harness.account.set_status(contact.id, "1", MemberStatus.ACTIVE)
    harness.queue(connection, donors(1))

    counts = harness.relay(connection)

    assert counts.sent == 1
    assert harness.account.count(LIST_PATH) == 0


def test_with_the_guard_off_only_the_pages_two_calls_are_made(harness: Harness) -> None:
    connection = harness.connect(consent_guard=False)
    harness.account.add_contact("donor0@example.org")
    harness.queue(connection, donors(2))

    counts = harness.relay(connection)

    assert counts.sent == 2
    assert len(harness.account.requests()) == 4


def test_a_bounced_contact_that_stays_bounced_is_not_called_sent(harness: Harness) -> None:
    connection = harness.connect(consent_guard=False)
    contact = harness.account.add_contact("donor0@example.org")
    harness.account.set_status(contact.id, "1", MemberStatus.BOUNCED)
    harness.account.faults = Faults(bounced=Bounced.STAYS_BOUNCED)
    harness.queue(connection, donors(1))

    assert harness.relay(connection).held == 1


@pytest.mark.parametrize("answer", [OverLimit.RETRY_1, OverLimit.RETRY_30, OverLimit.NO_HEADER, OverLimit.RETRY_503])
def test_a_busy_account_is_waited_for_and_nothing_fails(harness: Harness, answer: OverLimit) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(3))
    until = harness.clock.now() + 45

    def busy(_: Incoming) -> Faults:
        return Faults(always_busy=harness.clock.now() < until, over_limit=answer)

    harness.account.set_schedule(busy)
    counts = harness.relay(connection)

    assert counts.sent == 3
    attempts = harness.services.history.attempts(connection.id)
    assert all(attempt.cause is None for attempt in attempts)
    assert len(attempts) == 3


def test_ten_minutes_of_waiting_make_busy_a_passing_failure(harness: Harness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(1))
    began = harness.clock.now()

    def busy(_: Incoming) -> Faults:
        return Faults(always_busy=harness.clock.now() < began + 900, over_limit=OverLimit.RETRY_30)

    harness.account.set_schedule(busy)
    counts = harness.relay(connection)

    attempts = harness.services.history.attempts(connection.id)
    assert counts.sent == 1
    assert [attempt.reason and attempt.reason.code for attempt in attempts] == [ReasonCode.BUSY_TOO_LONG, None]
    assert attempts[0].cause is Cause.PASSING
    assert attempts[0].duration_ms >= 600_000


@pytest.mark.parametrize("spoilt", [kind for kind in Garbled if kind is not Garbled.OFF])
def test_a_spoilt_answer_is_never_called_sent(harness: Harness, spoilt: Garbled) -> None:
    connection = harness.connect(consent_guard=False)
    harness.queue(connection, donors(2))
    harness.account.faults = Faults(garbled=spoilt)

    counts = harness.relay(connection)

    assert counts.sent == 0
    assert harness.now_is(connection).state is ConnectionState.INACTIVE


@pytest.mark.parametrize("where", [Outage.RESET_BEFORE, Outage.RESET_AFTER])
def test_a_broken_connection_is_repeated_and_ends_with_one_contact(harness: Harness, where: Outage) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(4))
    broken = 0

    def break_three(_: Incoming) -> Faults:
        nonlocal broken
        broken += 1
        return Faults(outage=where) if broken in {1, 5, 9} else WELL

    harness.account.set_schedule(break_three)
    counts = harness.relay(connection)

    assert counts.sent == 4
    assert len(harness.account.contacts()) == 4


def test_records_queued_after_relay_was_said_wait_for_the_next_time(harness: Harness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(2))
    mark = harness.services.queue.last_record(connection.id)
    harness.queue(connection, donors(3, start=2))

    counts = harness.relay(connection, through=mark)

    assert (counts.sent, counts.waiting) == (2, 3)


def test_nothing_is_attempted_while_this_computer_is_offline(tmp_path: Path) -> None:
    with Harness(tmp_path / "data") as harness:
        connection = harness.connect()
        harness.queue(connection, donors(2))
        back_at = harness.clock.now() + 120
        harness.offline = lambda _: harness.clock.now() < back_at
        asked_at: list[float] = []
        harness.account.set_schedule(lambda _: asked_at.append(harness.clock.now()))

        assert harness.relay(connection).sent == 2
        assert min(asked_at) >= back_at


def test_a_missing_key_is_reported_and_nothing_leaves(harness: Harness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(2))
    harness.keys.delete(harness.services.connections.key_name(connection.id))

    counts = harness.relay(connection)

    assert counts.waiting == 2
    assert "key" in harness.services.engine.progress(connection.id).trouble
    assert not harness.account.requests()


def test_two_connections_of_one_account_each_fail_for_themselves(harness: Harness) -> None:
    good, bad = harness.connect("Good"), harness.connect("Bad", key="0" * 64)
    harness.queue(good, donors(5))
    harness.queue(bad, donors(5, start=5))

    assert harness.relay(bad).waiting == 5
    assert harness.relay(good).sent == 5
    assert harness.now_is(good).state is ConnectionState.ACTIVE


def test_an_orderly_stop_leaves_nothing_sending(tmp_path: Path) -> None:
    release = threading.Event()
    arrived = threading.Barrier(3)
    account = PracticeAccount()

    with Harness(tmp_path / "data", workers=2) as harness:
        assert account is not harness.account
        connection = harness.connect()
        harness.queue(connection, donors(6))

        def hang(_: Incoming) -> None:
            if not release.is_set():
                arrived.wait(30)
                release.wait(30)

        harness.account.set_schedule(hang)
        harness.services.engine.start(connection.id)
        arrived.wait(30)
        ended = harness.services.engine.stop(timeout=0.2)
        counts = harness.counts(connection)
        release.set()
        harness.services.engine.join(connection.id, 30)

        assert not ended
        assert (counts.sending, counts.waiting) == (0, 6)
        assert not harness.services.history.attempts(connection.id)


def test_scope_is_kept_with_the_connection(harness: Harness) -> None:
    assert harness.now_is(harness.connect(scope=Scope())).settings.scope == Scope()
