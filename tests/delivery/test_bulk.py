"""Bulk relay: up to 250 donors a request, each of them in the right state at the end, whatever fails."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ac_desktop.model.donor import Donor
from ac_desktop.model.payload import ContactField
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import Decision, Outcome, RecordState, Step
from ac_desktop.practice.faults import Faults, Incoming
from ac_desktop.practice.records import MemberStatus
from tests.delivery.support import BULK_PATH, SYNC_PATH, DeliveryHarness, codes
from tests.harness import donors


def test_donors_go_250_a_request_after_one_alone(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(501))

    counts = harness.relay_in_bulk(connection)

    assert (counts.sent, counts.rows) == (501, 501)
    assert harness.account.count(BULK_PATH) == 2
    assert harness.account.count(SYNC_PATH) == 1
    assert harness.emails_on_list() == {donor.email for donor in donors(501)}
    two_hundred = harness.account.contact("donor200@example.org")
    assert two_hundred is not None
    assert (two_hundred.first_name, two_hundred.last_name, two_hundred.phone) == ("First200", "Last200", "2252500200")


def test_who_was_sent_in_bulk_says_so_and_knows_the_request(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(21))

    harness.relay_in_bulk(connection)

    alone, *together = harness.records(connection)
    assert alone.reason is None
    assert codes(together) == {ReasonCode.FOUND_ON_LIST}
    request, page = harness.services.history.attempts_of(together[-1].id)
    assert (request.donors, request.outcome) == (20, Outcome.TAKEN)
    assert (page.donors, page.outcome, page.reason) == (20, Outcome.SENT, together[-1].reason)
    assert harness.services.history.attempts_of(together[0].id) == [request, page]
    assert [attempt.donors for attempt in harness.services.history.attempts(connection.id)] == [1, 20, 20]


def test_the_log_shows_the_real_payload_and_the_answers(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, [*donors(10), Donor(email="bare@example.org")])

    harness.relay_in_bulk(connection)

    _, attempt, page = harness.services.history.attempts(connection.id)
    sent = [json.loads(request.body) for request in harness.account.requests(BULK_PATH)]
    assert [attempt.bulk_payload] == sent
    assert attempt.contact_payload == {}
    assert attempt.list_payload is None
    assert [(step.step, step.status) for step in attempt.steps] == [("bulk", 200), ("result", 200)]
    assert [(step.step, step.status, step.response) for step in page.steps] == [("members", 200, "")]
    assert sent[0]["contacts"][0] == {
        "email": "donor1@example.org",
        "first_name": "First1",
        "last_name": "Last1",
        "phone": "2252500001",
        "subscribe": [{"listid": 1}],
    }
    assert sent[0]["contacts"][-1] == {"email": "bare@example.org", "subscribe": [{"listid": 1}]}


def test_fewer_than_ten_go_one_by_one(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(10))

    assert harness.relay_in_bulk(connection).sent == 10
    assert harness.account.count(BULK_PATH) == 0


def _stop_when(harness: DeliveryHarness, path: str) -> Callable[[Incoming], Faults | None]:
    def stop(incoming: Incoming) -> Faults | None:
        if incoming.path == path:
            harness.services.engine.halt(1)
        return None

    return stop


@pytest.mark.parametrize("bulk_again", [True, False])
def test_what_is_known_to_be_taken_is_never_sent_again(harness: DeliveryHarness, bulk_again: bool) -> None:  # noqa: FBT001
    connection = harness.connect()
    harness.queue(connection, [*donors(30), Donor(email="invalid'character@example.com")])
    harness.account.set_schedule(_stop_when(harness, BULK_PATH))
    harness.relay_in_bulk(connection)
    waiting = harness.records(connection, RecordState.WAITING)
    assert {record.step for record in waiting} == {Step.RESULT}
    assert harness.counts(connection).sending == 0
    assert harness.services.queue.withdraw(waiting[0].batch_id) == 0
    harness.account.set_schedule(())
    harness.restart()

    counts = harness.relay_in_bulk(connection) if bulk_again else harness.relay(connection)

    assert (counts.sent, counts.failed) == (30, 1)
    assert (harness.account.count(BULK_PATH), harness.account.count(SYNC_PATH)) == (1, 1)
    _, attempt, _ = harness.services.history.attempts(connection.id)
    assert attempt.bulk_payload is not None
    assert [step.step for step in attempt.steps] == ["bulk", "result"]


def test_who_was_named_has_failed_even_if_the_result_comes_after_a_restart(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    made = donors(30)
    made[9] = Donor(email="nobody")
    harness.queue(connection, made)
    harness.account.set_schedule(
        lambda incoming: (
            harness.services.engine.halt(1) if incoming.path == BULK_PATH and incoming.of_path == 2 else None
        )
    )
    harness.relay_in_bulk(connection)
    assert harness.counts(connection).failed == 1
    harness.restart()

    counts = harness.relay(connection)

    assert (counts.sent, counts.failed) == (29, 1)
    assert harness.account.count(BULK_PATH) == 2


def test_records_in_a_request_count_as_one_attempt_in_flight(tmp_path: Path) -> None:
    with DeliveryHarness(tmp_path / "data", workers=4) as harness:
        connection = harness.connect()
        harness.queue(connection, donors(2001))
        open_at_once = 0

        def count(_: Incoming) -> None:
            nonlocal open_at_once
            ((found,),) = harness.services.database.rows(
                "SELECT COUNT(DISTINCT bulk_batch_id) FROM record WHERE state = 'sending'"
            )
            open_at_once = max(open_at_once, found)

        harness.account.set_schedule(count)
        assert harness.relay_in_bulk(connection).sent == 2001
        assert open_at_once == 4


def test_nobody_who_left_is_put_back_in_bulk(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    for number in range(5, 10):
        harness.stand(f"donor{number}@example.org", MemberStatus.UNSUBSCRIBED)
    harness.queue(connection, donors(40))

    counts = harness.relay_in_bulk(connection)

    assert (counts.sent, counts.held) == (35, 5)
    left = {contact.email for contact in harness.account.members("1", MemberStatus.UNSUBSCRIBED)}
    assert left == {f"donor{number}@example.org" for number in range(5, 10)}


def test_a_decision_to_subscribe_again_goes_alone_as_bulk_would_not_do_it(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.stand("donor3@example.org", MemberStatus.UNSUBSCRIBED)
    harness.queue(connection, donors(5))
    harness.relay(connection)
    from ac_desktop.model.states import Decision

    harness.services.decisions.decide(
        harness.held(connection), Decision.RESUBSCRIBE, harness.clock.now(), why="Called us"
    )
    harness.queue(connection, donors(30, start=100))

    counts = harness.relay_in_bulk(connection)

    assert counts.sent == 35
    assert "donor3@example.org" in harness.emails_on_list()


def test_two_donations_of_one_person_never_share_a_request(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(20))
    harness.queue(connection, donors(20))

    counts = harness.relay_in_bulk(connection)

    assert counts.sent == 40
    for request in harness.account.requests(BULK_PATH):
        emails = [contact["email"] for contact in json.loads(request.body)["contacts"]]
        assert len(emails) == len(set(emails))


def test_a_request_stays_below_the_limit_of_bytes(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    long = "x" * 4_000
    harness.queue(connection, [Donor(email=f"long{n}@example.org", first_name=long) for n in range(300)])

    assert harness.relay_in_bulk(connection).sent == 300
    sizes = [len(request.body) for request in harness.account.requests(BULK_PATH)]
    assert max(sizes) < 400_000
    assert len(sizes) == 3


def test_a_connection_that_keeps_values_relays_one_by_one(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.keeping(connection, ContactField.PHONE)
    harness.queue(connection, donors(12))

    assert harness.relay_in_bulk(connection).sent == 12
    assert harness.account.count(BULK_PATH) == 0


def addresses(*numbers: int) -> set[str]:
    return {f"donor{number}@example.org" for number in numbers}


@pytest.mark.parametrize("status", [MemberStatus.UNCONFIRMED, MemberStatus.UNSUBSCRIBED])
def test_whoever_was_held_or_decided_about_never_goes_in_bulk(harness: DeliveryHarness, status: MemberStatus) -> None:
    connection = harness.connect()
    for number in (5, 6):
        harness.stand(f"donor{number}@example.org", status)
    harness.queue(connection, donors(2, start=5))
    harness.relay(connection)
    _, decided = harness.held(connection)
    harness.services.decisions.decide([decided], Decision.SKIP, harness.clock.now())
    autumn = harness.connect("Autumn")
    harness.queue(autumn, donors(30))

    counts = harness.relay_in_bulk(autumn)

    (request,) = harness.account.requests(BULK_PATH)
    sent = {contact["email"] for contact in json.loads(request.body)["contacts"]}
    assert sent == addresses(*range(1, 30)) - addresses(5, 6), "and the first went ahead alone"
    assert (counts.sent, counts.held) == (28, 2)
    assert {contact.email for contact in harness.account.members("1", status)} == addresses(5, 6)


def test_without_the_guard_nobody_is_asked_about_in_bulk_either(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.stand("donor5@example.org", MemberStatus.UNSUBSCRIBED)
    harness.queue(connection, donors(1, start=5))
    harness.relay(connection)
    unguarded = harness.connect("Autumn", consent_guard=False)
    harness.queue(unguarded, donors(30))
    asked = harness.account.count("contacts/{id}/contactLists")

    counts = harness.relay_in_bulk(unguarded)
    assert (counts.sent, counts.held) == (29, 1), "the list itself says that one of them has left it"
    assert harness.account.count("contacts/{id}/contactLists") == asked
    assert "donor5@example.org" in {
        contact.email for contact in harness.account.members("1", MemberStatus.UNSUBSCRIBED)
    }


def test_the_last_request_of_each_record_is_reported_also_where_it_went_in_bulk(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(12))
    harness.relay_in_bulk(connection)
    harness.queue(connection, donors(1, start=50))
    alone, *together, unsent = (record.id for record in harness.records(connection))

    steps = harness.services.history.last_steps([alone, *together, unsent])

    assert steps[alone].path == "/contactLists"
    assert {steps[number].step for number in together} == {"members"}
    assert unsent not in steps
