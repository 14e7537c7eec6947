"""Bulk relay: up to 250 donors a request, each of them in the right state at the end, whatever goes wrong."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ac_desktop.model import rules
from ac_desktop.model.donor import Donor
from ac_desktop.model.payload import ContactField
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import Cause, ConnectionState, Decision, Outcome, RecordState, Step
from ac_desktop.practice.faults import Faults, Incoming, Outage, OverLimit, first, nth, on
from ac_desktop.practice.records import MemberStatus
from tests.delivery.support import BULK_PATH, RESULT_PATH, SYNC_PATH, DeliveryDesk, codes
from tests.harness import donors


def test_donors_go_250_a_request_after_one_alone(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(501))

    counts = desk.relay_in_bulk(connection)

    assert (counts.sent, counts.rows) == (501, 501)
    assert desk.account.count(BULK_PATH) == 2
    assert desk.account.count(SYNC_PATH) == 1
    assert desk.emails_on_list() == {donor.email for donor in donors(501)}
    two_hundred = desk.account.contact("donor200@example.org")
    assert two_hundred is not None
    assert (two_hundred.first_name, two_hundred.last_name, two_hundred.phone) == ("First200", "Last200", "2252500200")


def test_who_was_sent_in_bulk_says_so_and_knows_the_request(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(21))

    desk.relay_in_bulk(connection)

    alone, *together = desk.records(connection)
    assert alone.reason is None
    assert codes(together) == {ReasonCode.FOUND_ON_LIST}
    request, page = desk.services.history.attempts_of(together[-1].id)
    assert (request.donors, request.outcome) == (20, Outcome.TAKEN)
    assert (page.donors, page.outcome, page.reason) == (20, Outcome.SENT, together[-1].reason)
    assert desk.services.history.attempts_of(together[0].id) == [request, page]
    assert [attempt.donors for attempt in desk.services.history.attempts(connection.id)] == [1, 20, 20]


def test_the_log_shows_the_real_payload_and_the_answers(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, [*donors(10), Donor(email="bare@example.org")])

    desk.relay_in_bulk(connection)

    _, attempt, page = desk.services.history.attempts(connection.id)
    sent = [json.loads(request.body) for request in desk.account.requests(BULK_PATH)]
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


def test_fewer_than_ten_go_one_by_one(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(10))

    assert desk.relay_in_bulk(connection).sent == 10
    assert desk.account.count(BULK_PATH) == 0


def test_an_address_that_fails_at_the_account_fails_its_record_alone(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    bad = Donor(email="invalid'character@example.com")
    desk.queue(connection, [*donors(15), bad])

    counts = desk.relay_in_bulk(connection)

    assert (counts.sent, counts.failed) == (15, 1)
    (failed,) = desk.records(connection, RecordState.FAILED)
    assert (failed.donor.email, failed.cause) == (bad.email, Cause.DONOR)
    assert codes([failed]) == {ReasonCode.BULK_FAILED_ADDRESS}
    assert desk.now_is(connection).circuit.streak == 0


def test_a_rejected_request_goes_again_without_those_it_names(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    made = donors(30)
    made[7] = Donor(email="nobody")
    made[20] = Donor(email="no one@example.org")
    desk.queue(connection, made)

    counts = desk.relay_in_bulk(connection)

    assert (counts.sent, counts.failed) == (28, 2)
    assert {record.donor.email for record in desk.records(connection, RecordState.FAILED)} == {
        "nobody", "no one@example.org",
    }  # fmt: skip
    assert desk.account.count(BULK_PATH) == 2
    attempt = desk.services.history.attempts(connection.id)[1]
    assert (attempt.outcome, attempt.streak) == (Outcome.TAKEN, 0)
    assert [step.status for step in attempt.steps] == [400, 200, 200]


def test_nobody_fails_where_the_account_counts_otherwise_than_we_think(
    desk: DeliveryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ac_desktop.practice import imports, requests

    def from_one(contacts: list[object]) -> object:
        reasons = [
            {"contact": place + 1, "failureReason": "Field 'email' incorrect format"}
            for place, sent in enumerate(contacts)
            if isinstance(sent, dict) and sent["email"] == "nobody"
        ]
        if reasons:
            raise requests.CallRefused(imports._refused(imports._NOT_VALID, *reasons))
        return well(contacts)

    well = imports._rows
    monkeypatch.setattr(imports, "_rows", from_one)
    connection = desk.connect()
    made = donors(30)
    made[7] = Donor(email="nobody")
    desk.queue(connection, made)

    counts = desk.relay_in_bulk(connection)

    (failed,) = desk.records(connection, RecordState.FAILED)
    assert (counts.sent, failed.donor.email) == (29, "nobody")
    assert desk.account.count(SYNC_PATH) == 30


def test_a_reason_that_quotes_another_address_fails_nobody(desk: DeliveryDesk) -> None:
    from ac_desktop.activecampaign.bulk import ImportRefusalUnclear, ImportRejected, read_taken
    from ac_desktop.activecampaign.requests import Response

    def answer(*reasons: object) -> Response:
        body = json.dumps({"success": 0, "message": "No.", "failureReasons": reasons}).encode()
        return Response(status=400, headers={}, body=body)

    sent = ["a@example.org", "b@example.org"]
    assert isinstance(read_taken(answer({"contact": 1, "failureReason": "b@example.org is bad"}), sent), ImportRejected)
    for odd in (
        {"contact": 1, "failureReason": "a@example.org is bad"},
        {"contact": 2, "failureReason": "bad"},
        {"contact": -1, "failureReason": "bad"},
        {"failureReason": "bad"},
        "bad",
    ):
        assert isinstance(read_taken(answer(odd), sent), ImportRefusalUnclear)
    assert isinstance(read_taken(answer(), sent), ImportRefusalUnclear)
    assert desk.counts(desk.connect()).rows == 0


def test_too_many_imports_a_minute_are_waited_for_and_fail_nobody(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(60))
    for _ in range(100):
        desk.account.bulk.admit(2, desk.clock.now())

    counts = desk.relay_in_bulk(connection)

    assert counts.sent == 60
    attempts = desk.services.history.attempts(connection.id)
    assert {attempt.cause for attempt in attempts} == {None}
    assert desk.account.count(BULK_PATH) == 2


@pytest.mark.parametrize("answer", [OverLimit.RETRY_1, OverLimit.NO_HEADER, OverLimit.RETRY_503])
def test_a_busy_account_is_waited_for_in_bulk_too(desk: DeliveryDesk, answer: OverLimit) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(40))
    desk.account.set_schedule([(first(2, BULK_PATH), Faults(always_busy=True, over_limit=answer))])

    assert desk.relay_in_bulk(connection).sent == 40
    assert {attempt.cause for attempt in desk.services.history.attempts(connection.id)} == {None}


def test_an_interrupted_import_is_sent_again(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(31))
    desk.account.set_schedule([(nth(BULK_PATH, 1), Faults(bulk_interrupted=True))])

    counts = desk.relay_in_bulk(connection)

    assert counts.sent == 31
    assert desk.emails_on_list() == {donor.email for donor in donors(31)}
    _, broken, whole, probe, page = desk.services.history.attempts(connection.id)
    assert (broken.cause, broken.streak, broken.outcome) == (Cause.PASSING, 1, Outcome.WAITING)
    assert broken.reason is not None
    assert broken.reason.code is ReasonCode.BULK_NOT_FINISHED
    assert (whole.outcome, whole.streak) == (Outcome.TAKEN, 1)
    assert (probe.outcome, probe.streak, probe.donors) == (Outcome.SENT, 0, 1)
    assert (page.outcome, page.streak, page.donors) == (Outcome.SENT, 0, 29)
    assert len(desk.services.history.attempts_of(desk.records(connection)[5].id)) == 3


def test_a_request_lost_in_flight_is_sent_again(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(31))
    desk.account.set_schedule([(nth(BULK_PATH, 1), Faults(bulk_lost=True))])

    assert desk.relay_in_bulk(connection).sent == 31
    assert len(desk.account.contacts()) == 31
    assert desk.account.count(BULK_PATH) == 2


def test_exactly_five_failing_requests_reach_an_account_that_refuses_everything(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(2000))
    desk.account.set_schedule([(on(BULK_PATH), Faults(refuse_everything=True))])

    counts = desk.relay_in_bulk(connection)

    assert desk.account.count(BULK_PATH) == 5
    assert desk.now_is(connection).state is ConnectionState.INACTIVE
    assert (counts.sent, counts.waiting) == (1, 1999)


def test_a_result_that_never_comes_lets_the_records_wait_again(
    desk: DeliveryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "BULK_PATIENCE", 60.0)
    connection = desk.connect()
    desk.queue(connection, donors(31))
    began = desk.clock.now()

    def mute(incoming: Incoming) -> Faults | None:
        silent = incoming.path == RESULT_PATH and desk.clock.now() < began + 40
        return Faults(outage=Outage.ERROR_500) if silent else None

    desk.account.set_schedule(mute)
    assert desk.relay_in_bulk(connection).sent == 31
    assert desk.account.count(BULK_PATH) == 1
    assert desk.now_is(connection).circuit.streak == 0

    monkeypatch.setattr(rules, "BULK_PATIENCE", 20.0)
    desk.queue(connection, donors(31, start=100))
    began = desk.clock.now()
    counts = desk.relay_in_bulk(connection)
    assert counts.sent == 62
    reasons = [attempt.reason for attempt in desk.services.history.attempts(connection.id)]
    assert ReasonCode.BULK_NO_RESULT in {why.code for why in reasons if why}


def test_a_refused_key_while_asking_for_a_result_sends_nothing_again(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(31))
    desk.account.set_schedule([(on(RESULT_PATH), Faults(refuse_everything=True))])

    counts = desk.relay_in_bulk(connection)

    assert counts.waiting == 30
    assert {record.step for record in desk.records(connection, RecordState.WAITING)} == {Step.RESULT}
    assert desk.now_is(connection).state is ConnectionState.INACTIVE
    assert (desk.account.count(BULK_PATH), desk.account.count(RESULT_PATH)) == (1, 5)
    desk.account.set_schedule(())
    desk.services.connections.reactivate(connection.id, desk.clock.now())
    assert desk.relay(connection).sent == 31
    assert desk.account.count(BULK_PATH) == 1


def _stop_when(desk: DeliveryDesk, path: str) -> Callable[[Incoming], Faults | None]:
    def stop(incoming: Incoming) -> Faults | None:
        if incoming.path == path:
            desk.services.engine.halt(1)
        return None

    return stop


@pytest.mark.parametrize("bulk_again", [True, False])
def test_what_is_known_to_be_taken_is_never_sent_again(desk: DeliveryDesk, bulk_again: bool) -> None:  # noqa: FBT001
    connection = desk.connect()
    desk.queue(connection, [*donors(30), Donor(email="invalid'character@example.com")])
    desk.account.set_schedule(_stop_when(desk, BULK_PATH))
    desk.relay_in_bulk(connection)
    waiting = desk.records(connection, RecordState.WAITING)
    assert {record.step for record in waiting} == {Step.RESULT}
    assert desk.counts(connection).sending == 0
    assert desk.services.queue.withdraw(waiting[0].batch_id) == 0
    desk.account.set_schedule(())
    desk.restart()

    counts = desk.relay_in_bulk(connection) if bulk_again else desk.relay(connection)

    assert (counts.sent, counts.failed) == (30, 1)
    assert (desk.account.count(BULK_PATH), desk.account.count(SYNC_PATH)) == (1, 1)
    _, attempt, _ = desk.services.history.attempts(connection.id)
    assert attempt.bulk_payload is not None
    assert [step.step for step in attempt.steps] == ["bulk", "result"]


def test_who_was_named_has_failed_even_if_the_result_comes_after_a_restart(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    made = donors(30)
    made[9] = Donor(email="nobody")
    desk.queue(connection, made)
    desk.account.set_schedule(
        lambda incoming: desk.services.engine.halt(1) if incoming.path == BULK_PATH and incoming.of_path == 2 else None
    )
    desk.relay_in_bulk(connection)
    assert desk.counts(connection).failed == 1
    desk.restart()

    counts = desk.relay(connection)

    assert (counts.sent, counts.failed) == (29, 1)
    assert desk.account.count(BULK_PATH) == 2


def test_records_in_a_request_count_as_one_attempt_in_flight(tmp_path: Path) -> None:
    with DeliveryDesk(tmp_path / "data", workers=4) as desk:
        connection = desk.connect()
        desk.queue(connection, donors(2001))
        open_at_once = 0

        def count(_: Incoming) -> None:
            nonlocal open_at_once
            (found,) = desk.services.database.rows(
                "SELECT COUNT(DISTINCT bulk_batch_id) FROM record WHERE state = 'sending'"
            )
            open_at_once = max(open_at_once, found[0])

        desk.account.set_schedule(count)
        assert desk.relay_in_bulk(connection).sent == 2001
        assert open_at_once == 4


def test_nobody_who_left_is_put_back_in_bulk(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    for number in range(5, 10):
        desk.stand(f"donor{number}@example.org", MemberStatus.UNSUBSCRIBED)
    desk.queue(connection, donors(40))

    counts = desk.relay_in_bulk(connection)

    assert (counts.sent, counts.held) == (35, 5)
    left = {contact.email for contact in desk.account.members("1", MemberStatus.UNSUBSCRIBED)}
    assert left == {f"donor{number}@example.org" for number in range(5, 10)}


def test_a_decision_to_subscribe_again_goes_alone_as_bulk_would_not_do_it(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.stand("donor3@example.org", MemberStatus.UNSUBSCRIBED)
    desk.queue(connection, donors(5))
    desk.relay(connection)
    from ac_desktop.model.states import Decision

    desk.services.decisions.decide(desk.held(connection), Decision.RESUBSCRIBE, desk.clock.now(), why="Called us")
    desk.queue(connection, donors(30, start=100))

    counts = desk.relay_in_bulk(connection)

    assert counts.sent == 35
    assert "donor3@example.org" in desk.emails_on_list()


def test_two_gifts_of_one_person_never_share_a_request(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(20))
    desk.queue(connection, donors(20))

    counts = desk.relay_in_bulk(connection)

    assert counts.sent == 40
    for request in desk.account.requests(BULK_PATH):
        emails = [contact["email"] for contact in json.loads(request.body)["contacts"]]
        assert len(emails) == len(set(emails))


def test_a_request_stays_below_the_limit_of_bytes(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    long = "x" * 4_000
    desk.queue(connection, [Donor(email=f"long{n}@example.org", first_name=long) for n in range(300)])

    assert desk.relay_in_bulk(connection).sent == 300
    sizes = [len(request.body) for request in desk.account.requests(BULK_PATH)]
    assert max(sizes) < 400_000
    assert len(sizes) == 3


def test_a_connection_that_keeps_values_relays_one_by_one(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.keeping(connection, ContactField.PHONE)
    desk.queue(connection, donors(12))

    assert desk.relay_in_bulk(connection).sent == 12
    assert desk.account.count(BULK_PATH) == 0


def addresses(*numbers: int) -> set[str]:
    return {f"donor{number}@example.org" for number in numbers}


@pytest.mark.parametrize("status", [MemberStatus.UNCONFIRMED, MemberStatus.UNSUBSCRIBED])
def test_whoever_was_held_or_decided_about_never_goes_in_bulk(desk: DeliveryDesk, status: MemberStatus) -> None:
    connection = desk.connect()
    for number in (5, 6):
        desk.stand(f"donor{number}@example.org", status)
    desk.queue(connection, donors(2, start=5))
    desk.relay(connection)
    _, decided = desk.held(connection)
    desk.services.decisions.decide([decided], Decision.SKIP, desk.clock.now())
    autumn = desk.connect("Autumn")
    desk.queue(autumn, donors(30))

    counts = desk.relay_in_bulk(autumn)

    (request,) = desk.account.requests(BULK_PATH)
    sent = {contact["email"] for contact in json.loads(request.body)["contacts"]}
    assert sent == addresses(*range(1, 30)) - addresses(5, 6), "and the first went ahead alone"
    assert (counts.sent, counts.held) == (28, 2)
    assert {contact.email for contact in desk.account.members("1", status)} == addresses(5, 6)


def test_without_the_guard_nobody_is_asked_about_in_bulk_either(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.stand("donor5@example.org", MemberStatus.UNSUBSCRIBED)
    desk.queue(connection, donors(1, start=5))
    desk.relay(connection)
    unguarded = desk.connect("Autumn", consent_guard=False)
    desk.queue(unguarded, donors(30))
    asked = desk.account.count("contacts/{id}/contactLists")

    counts = desk.relay_in_bulk(unguarded)
    assert (counts.sent, counts.held) == (29, 1), "the list itself says that one of them has left it"
    assert desk.account.count("contacts/{id}/contactLists") == asked
    assert "donor5@example.org" in {contact.email for contact in desk.account.members("1", MemberStatus.UNSUBSCRIBED)}


def test_a_request_whose_contacts_are_all_named_goes_one_by_one(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    (good,) = donors(1)
    desk.queue(connection, [good, *(Donor(email=f"nobody{number}") for number in range(10))])

    counts = desk.relay_in_bulk(connection)

    attempts = desk.services.history.attempts(connection.id)
    assert [attempt.reason.code if attempt.reason else None for attempt in attempts[:3]] == [
        None,
        ReasonCode.BULK_REFUSED,
        ReasonCode.DONOR_REFUSED,
    ]
    assert (desk.account.count(BULK_PATH), counts.sent, counts.rows) == (1, 1, 11)
    assert desk.now_is(connection).state is ConnectionState.INACTIVE


def test_a_refusal_that_names_nobody_fails_nobody_and_all_go_one_by_one(
    desk: DeliveryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ac_desktop.practice import imports, requests

    def refuse(_: list[object]) -> object:
        raise requests.CallRefused(imports._refused("The payload is odd."))

    monkeypatch.setattr(imports, "_rows", refuse)
    connection = desk.connect()
    desk.queue(connection, donors(12))

    assert desk.relay_in_bulk(connection).sent == 12
    assert (desk.account.count(BULK_PATH), desk.account.count(SYNC_PATH)) == (1, 12)
    refused = desk.services.history.attempts(connection.id)[1]
    assert refused.reason is not None
    assert (refused.reason.code, refused.cause) == (ReasonCode.BULK_REFUSED, Cause.ACCOUNT)


def test_a_request_all_of_whose_addresses_fail_at_the_account_is_a_failure(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    (good,) = donors(1)
    desk.queue(connection, [good, *(Donor(email=f"invalid'character{number}@example.com") for number in range(10))])

    counts = desk.relay_in_bulk(connection)

    assert (counts.sent, counts.failed) == (1, 10)
    attempt = desk.services.history.attempts(connection.id)[-1]
    assert (attempt.outcome, attempt.cause, attempt.streak) == (Outcome.FAILED, Cause.DONOR, 1)


def test_a_request_whose_records_were_taken_from_us_meanwhile_counts_nowhere(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(12))

    def take_away(incoming: Incoming) -> None:
        if incoming.path == BULK_PATH and incoming.of_path == 1:
            with desk.services.database.writing() as sql:
                sql.execute("UPDATE record SET state = 'waiting', claim_token = NULL WHERE state = 'sending'")

    desk.account.set_schedule(take_away)

    assert desk.relay_in_bulk(connection).sent == 12
    assert [attempt.donors for attempt in desk.services.history.attempts(connection.id)] == [1, 11, 11]
    assert desk.account.count(BULK_PATH) == 2


def test_the_last_request_of_each_record_is_told_also_where_it_went_in_bulk(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(12))
    desk.relay_in_bulk(connection)
    desk.queue(connection, donors(1, start=50))
    alone, *together, unsent = (record.id for record in desk.records(connection))

    steps = desk.services.history.last_steps([alone, *together, unsent])

    assert steps[alone].path == "/contactLists"
    assert {steps[number].step for number in together} == {"members"}
    assert unsent not in steps
