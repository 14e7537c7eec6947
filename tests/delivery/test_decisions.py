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
from tests.delivery.support import LIST_PATH, DeliveryDesk, codes
from tests.harness import donors


@pytest.mark.parametrize("status", [MemberStatus.UNSUBSCRIBED, MemberStatus.UNCONFIRMED])
def test_subscribing_again_sends_source_4_for_that_record_alone(desk: DeliveryDesk, status: MemberStatus) -> None:
    connection = desk.connect()
    for number in (0, 1):
        desk.stand(f"donor{number}@example.org", status)
    desk.queue(connection, donors(3))
    desk.relay(connection)
    first, _ = desk.held(connection)

    decided = desk.services.decisions.decide([first], Decision.RESUBSCRIBE, desk.clock.now(), why=" Asked by letter ")
    counts = desk.relay(connection)

    assert decided.done == 1
    assert (counts.sent, counts.held) == (2, 1)
    assert desk.emails_on_list() == {"donor0@example.org", "donor2@example.org"}
    sent = json.loads(desk.account.requests(LIST_PATH)[-1].body)
    assert sent == {"contactList": {"list": "1", "status": 1, "contact": "1", "sourceid": 4}}
    (kept,) = desk.services.decisions.of(first)
    assert (kept.decision, kept.why, kept.who) == (Decision.RESUBSCRIBE, "Asked by letter", getpass.getuser())
    assert kept.at <= desk.clock.now()
    assert kept.held_for is not None


def test_subscribing_again_needs_a_reason(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.stand("donor0@example.org", MemberStatus.UNSUBSCRIBED)
    desk.queue(connection, donors(1))
    desk.relay(connection)

    with pytest.raises(DecisionError, match="needs a reason"):
        desk.services.decisions.decide(desk.held(connection), Decision.RESUBSCRIBE, desk.clock.now(), why="  ")

    assert desk.counts(connection).held == 1
    assert not desk.services.decisions.all(connection.id)


def test_skipping_is_for_good_and_keeping_is_kept_in_mind(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    for number in (0, 1):
        desk.stand(f"donor{number}@example.org", MemberStatus.UNSUBSCRIBED)
    desk.queue(connection, donors(2))
    desk.relay(connection)
    first, second = desk.held(connection)

    desk.services.decisions.decide([first], Decision.SKIP, desk.clock.now())
    desk.services.decisions.decide([second], Decision.KEEP, desk.clock.now(), why="Ask Ann")

    counts = desk.relay(connection)
    assert (counts.skipped, counts.held) == (1, 1)
    (skipped,) = desk.records(connection, RecordState.SKIPPED)
    assert codes([skipped]) == {ReasonCode.SKIPPED_BY_PERSON}
    assert [kept.decision for kept in desk.services.decisions.all(connection.id)] == [Decision.SKIP, Decision.KEEP]
    assert desk.services.decisions.decide([first], Decision.RESUBSCRIBE, 0, why="Oh").left_alone == (first,)


def test_only_the_consent_guards_records_can_be_subscribed_again(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    queue, now = desk.services.queue, desk.clock.now()
    batch_id = queue.open_batch(connection.id, BatchSource(kind="file"), now)
    (donor,) = donors(1)
    why = reason(ReasonCode.BAD_EMAIL, email=donor.email)
    queue.add(connection.id, batch_id, [NewRecord(row=2, donor=donor, state=RecordState.HELD, reason=why)], now)
    queue.close_batch(batch_id)
    (held,) = desk.held(connection)

    assert desk.services.decisions.decide([held], Decision.RESUBSCRIBE, now, why="Yes").left_alone == (held,)
    assert not desk.services.decisions.held(connection.id, by_consent=True)
    assert desk.services.decisions.decide([held], Decision.SKIP, now).done == 1


def test_who_bounces_on_is_held_again_and_the_decision_is_used_up(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.stand("donor0@example.org", MemberStatus.BOUNCED)
    desk.queue(connection, donors(1))
    desk.relay(connection)
    desk.services.decisions.decide(desk.held(connection), Decision.RESUBSCRIBE, desk.clock.now(), why="New mailbox")

    counts = desk.relay(connection)

    assert counts.held == 1
    assert desk.services.database.rows("SELECT resubscribe FROM record") == [(0,)]


def test_a_decision_holds_for_its_list_alone(desk: DeliveryDesk) -> None:
    from dataclasses import replace

    connection = desk.connect()
    for list_id in ("1", "2"):
        desk.stand("donor0@example.org", MemberStatus.UNSUBSCRIBED, list_id)
    desk.queue(connection, donors(1))
    desk.relay(connection)
    desk.services.decisions.decide(desk.held(connection), Decision.RESUBSCRIBE, desk.clock.now(), why="For list 1")
    settings = replace(desk.now_is(connection).settings, list_id="2")
    desk.services.connections.change(connection.id, settings, desk.clock.now())

    assert desk.relay(connection).held == 1
    assert not desk.account.members("2")


def test_the_log_tells_each_decision_with_who_and_why(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    for number in range(4):
        desk.stand(f"donor{number}@example.org", MemberStatus.UNSUBSCRIBED)
    desk.queue(connection, donors(4))
    desk.relay(connection)
    first, second, *others = desk.held(connection)
    decisions, now = desk.services.decisions, desk.clock.now()

    decisions.decide([first], Decision.RESUBSCRIBE, now, why="Asked by letter")
    decisions.decide([second], Decision.KEEP, now)
    decisions.decide(others, Decision.SKIP, now)

    events = [event for event in desk.services.history.events(connection.id) if event.kind is EventKind.DECIDED]
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


def test_a_decision_that_fits_nobody_is_no_event(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(1))
    desk.services.decisions.decide([1], Decision.SKIP, desk.clock.now())
    assert EventKind.DECIDED not in {event.kind for event in desk.services.history.events(connection.id)}


def test_the_held_ones_of_an_address_are_its_connections_alone(desk: DeliveryDesk) -> None:
    connection, other = desk.connect(), desk.connect("Other")
    for number in (0, 1):
        desk.stand(f"donor{number}@example.org", MemberStatus.UNSUBSCRIBED)
    for one in (connection, other):
        desk.queue(one, donors(3))
        desk.relay(one)

    (held,) = desk.services.decisions.held_of(connection.id, "donor1@example.org")

    assert held in desk.held(connection)
    record = desk.services.record_reader.record(held)
    assert record is not None
    assert record.donor.email == "donor1@example.org"
    assert desk.services.decisions.held_of(connection.id, "donor2@example.org") == []
