"""Held records are decided about by people: kept, skipped for good, or subscribed again with a reason."""

import getpass
import json

import pytest

from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import Decision, RecordState
from ac_desktop.practice.records import MemberStatus
from ac_desktop.store.history.history import EventKind
from ac_desktop.store.queue.decisions import DecisionError
from ac_desktop.store.queue.records import BatchSource, NewRecord
from tests.delivery.support import LIST_PATH, DeliveryHarness, codes
from tests.harness import donors
from tests.store.plain_rows import plain_rows


@pytest.mark.parametrize("status", [MemberStatus.UNSUBSCRIBED, MemberStatus.UNCONFIRMED])
def test_subscribing_again_sends_source_4_for_that_record_alone(harness: DeliveryHarness, status: MemberStatus) -> None:
    connection = harness.connect()
    for number in (0, 1):
        harness.stand(f"donor{number}@example.org", status)
    harness.queue(connection, donors(3))
    harness.relay(connection)
    first, _ = harness.held(connection)

    decided = harness.services.decisions.decide(
        [first], Decision.RESUBSCRIBE, harness.clock.now(), why=" Asked by letter "
    )
    counts = harness.relay(connection)

    assert decided.done == 1
    assert (counts.sent, counts.held) == (2, 1)
    assert harness.emails_on_list() == {"donor0@example.org", "donor2@example.org"}
    sent = json.loads(harness.account.requests(LIST_PATH)[-1].body)
    assert sent == {"contactList": {"list": "1", "status": 1, "contact": "1", "sourceid": 4}}
    (kept,) = harness.services.decisions.of(first)
    assert (kept.decision, kept.why, kept.who) == (Decision.RESUBSCRIBE, "Asked by letter", getpass.getuser())
    assert kept.at <= harness.clock.now()
    assert kept.held_for is not None


def test_subscribing_again_needs_a_reason(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.stand("donor0@example.org", MemberStatus.UNSUBSCRIBED)
    harness.queue(connection, donors(1))
    harness.relay(connection)

    with pytest.raises(DecisionError, match="enter a reason"):
        harness.services.decisions.decide(harness.held(connection), Decision.RESUBSCRIBE, harness.clock.now(), why="  ")

    assert harness.counts(connection).held == 1
    assert not harness.services.decisions.all(connection.id)


def test_skipping_is_for_good_and_keeping_is_kept_in_mind(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    for number in (0, 1):
        harness.stand(f"donor{number}@example.org", MemberStatus.UNSUBSCRIBED)
    harness.queue(connection, donors(2))
    harness.relay(connection)
    first, second = harness.held(connection)

    harness.services.decisions.decide([first], Decision.SKIP, harness.clock.now())
    harness.services.decisions.decide([second], Decision.KEEP, harness.clock.now(), why="Ask Ann")

    counts = harness.relay(connection)
    assert (counts.skipped, counts.held) == (1, 1)
    (skipped,) = harness.records(connection, RecordState.SKIPPED)
    assert codes([skipped]) == {ReasonCode.SKIPPED_BY_PERSON}
    assert [kept.decision for kept in harness.services.decisions.all(connection.id)] == [Decision.SKIP, Decision.KEEP]
    assert harness.services.decisions.decide([first], Decision.RESUBSCRIBE, 0, why="Oh").left_alone == (first,)


def test_only_the_consent_guards_records_can_be_subscribed_again(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    queue, now = harness.services.queue, harness.clock.now()
    batch_id = queue.open_batch(connection.id, BatchSource(kind="file"), now)
    (donor,) = donors(1)
    why = reason(ReasonCode.BAD_EMAIL, email=donor.email)
    queue.add(connection.id, batch_id, [NewRecord(row=2, donor=donor, state=RecordState.HELD, reason=why)], now)
    queue.close_batch(batch_id)
    (held,) = harness.held(connection)

    assert harness.services.decisions.decide([held], Decision.RESUBSCRIBE, now, why="Yes").left_alone == (held,)
    assert not harness.services.decisions.held(connection.id, by_consent=True)
    assert harness.services.decisions.decide([held], Decision.SKIP, now).done == 1


def test_who_bounces_on_is_held_again_and_the_decision_is_used_up(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.stand("donor0@example.org", MemberStatus.BOUNCED)
    harness.queue(connection, donors(1))
    harness.relay(connection)
    harness.services.decisions.decide(
        harness.held(connection), Decision.RESUBSCRIBE, harness.clock.now(), why="New mailbox"
    )

    counts = harness.relay(connection)

    assert counts.held == 1
    assert plain_rows(harness.services.database.rows("SELECT resubscribe FROM record")) == [(0,)]


def test_a_decision_holds_for_its_list_alone(harness: DeliveryHarness) -> None:
    from dataclasses import replace

    connection = harness.connect()
    for list_id in ("1", "2"):
        harness.stand("donor0@example.org", MemberStatus.UNSUBSCRIBED, list_id)
    harness.queue(connection, donors(1))
    harness.relay(connection)
    harness.services.decisions.decide(
        harness.held(connection), Decision.RESUBSCRIBE, harness.clock.now(), why="For list 1"
    )
    settings = replace(harness.now_is(connection).settings, list_id="2")
    harness.services.connections.change(connection.id, settings, harness.clock.now())

    assert harness.relay(connection).held == 1
    assert not harness.account.members("2")


def test_the_log_shows_each_decision_with_who_and_why(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    for number in range(4):
        harness.stand(f"donor{number}@example.org", MemberStatus.UNSUBSCRIBED)
    harness.queue(connection, donors(4))
    harness.relay(connection)
    first, second, *others = harness.held(connection)
    decisions, now = harness.services.decisions, harness.clock.now()

    decisions.decide([first], Decision.RESUBSCRIBE, now, why="Asked by letter")
    decisions.decide([second], Decision.KEEP, now)
    decisions.decide(others, Decision.SKIP, now)

    events = [event for event in harness.services.history.events(connection.id) if event.kind is EventKind.DECIDED]
    assert [(event.details["decision"], event.details["records"], event.details["why"]) for event in events] == [
        ("resubscribe", "1", "Asked by letter"),
        ("keep", "1", ""),
        ("skip", "2", ""),
    ]
    assert {event.who for event in events} == {getpass.getuser()}
    assert [(event.record_id, event.email) for event in events] == [
        (first, "donor0@example.org"),
        (second, "donor1@example.org"),
        (0, ""),
    ]


def test_a_decision_that_fits_nobody_is_no_event(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(1))
    harness.services.decisions.decide([1], Decision.SKIP, harness.clock.now())
    assert EventKind.DECIDED not in {event.kind for event in harness.services.history.events(connection.id)}


def test_the_held_ones_of_an_address_are_its_connections_alone(harness: DeliveryHarness) -> None:
    connection, other = harness.connect(), harness.connect("Other")
    for number in (0, 1):
        harness.stand(f"donor{number}@example.org", MemberStatus.UNSUBSCRIBED)
    for one in (connection, other):
        harness.queue(one, donors(3))
        harness.relay(one)

    (held,) = harness.services.decisions.held_of(connection.id, "donor1@example.org")

    assert held in harness.held(connection)
    record = harness.services.record_reader.record(held)
    assert record is not None
    assert record.donor.email == "donor1@example.org"
    assert harness.services.decisions.held_of(connection.id, "donor2@example.org") == []
