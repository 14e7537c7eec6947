"""Bulk relay where requests fail: nobody fails who was not named, and what is known to be taken is not sent again."""

import json

import pytest

from ac_desktop.model import rules
from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import Cause, ConnectionState, Outcome, RecordState, Step
from ac_desktop.practice.faults import Faults, Incoming, Outage, OverLimit, first, nth, on
from tests.delivery.support import BULK_PATH, RESULT_PATH, SYNC_PATH, DeliveryHarness, codes
from tests.harness import donors


def test_an_address_that_fails_at_the_account_fails_its_record_alone(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    bad = Donor(email="invalid'character@example.com")
    harness.queue(connection, [*donors(15), bad])

    counts = harness.relay_in_bulk(connection)

    assert (counts.sent, counts.failed) == (15, 1)
    (failed,) = harness.records(connection, RecordState.FAILED)
    assert (failed.donor.email, failed.cause) == (bad.email, Cause.DONOR)
    assert codes([failed]) == {ReasonCode.BULK_FAILED_ADDRESS}
    assert harness.now_is(connection).circuit.streak == 0


def test_a_rejected_request_goes_again_without_those_it_names(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    made = donors(30)
    made[7] = Donor(email="nobody")
    made[20] = Donor(email="no one@example.org")
    harness.queue(connection, made)

    counts = harness.relay_in_bulk(connection)

    assert (counts.sent, counts.failed) == (28, 2)
    assert {record.donor.email for record in harness.records(connection, RecordState.FAILED)} == {
        "nobody", "no one@example.org",
    }  # fmt: skip
    assert harness.account.count(BULK_PATH) == 2
    attempt = harness.services.history.attempts(connection.id)[1]
    assert (attempt.outcome, attempt.streak) == (Outcome.TAKEN, 0)
    assert [step.status for step in attempt.steps] == [400, 200, 200]


def test_nobody_fails_where_the_account_counts_otherwise_than_we_think(
    harness: DeliveryHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ac_desktop.practice import imports, requests

    def from_one(contacts: list[object]) -> object:
        reasons = [
            {"contact": place + 1, "failureReason": "Field 'email' incorrect format"}
            for place, sent in enumerate(contacts)
            if isinstance(sent, dict) and sent["email"] == "nobody"
        ]
        if reasons:
            raise requests.CallRefused(imports.refused(imports.NOT_VALID, *reasons))
        return well(contacts)

    well = imports.import_rows
    monkeypatch.setattr(imports, "import_rows", from_one)
    connection = harness.connect()
    made = donors(30)
    made[7] = Donor(email="nobody")
    harness.queue(connection, made)

    counts = harness.relay_in_bulk(connection)

    (failed,) = harness.records(connection, RecordState.FAILED)
    assert (counts.sent, failed.donor.email) == (29, "nobody")
    assert harness.account.count(SYNC_PATH) == 30


def test_a_reason_that_quotes_another_address_fails_nobody(harness: DeliveryHarness) -> None:
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
    assert harness.counts(harness.connect()).rows == 0


def test_too_many_imports_a_minute_are_waited_for_and_fail_nobody(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(60))
    for _ in range(100):
        harness.account.bulk.admit(2, harness.clock.now())

    counts = harness.relay_in_bulk(connection)

    assert counts.sent == 60
    attempts = harness.services.history.attempts(connection.id)
    assert {attempt.cause for attempt in attempts} == {None}
    assert harness.account.count(BULK_PATH) == 2


@pytest.mark.parametrize("answer", [OverLimit.RETRY_1, OverLimit.NO_HEADER, OverLimit.RETRY_503])
def test_a_busy_account_is_waited_for_in_bulk_too(harness: DeliveryHarness, answer: OverLimit) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(40))
    harness.account.set_schedule([(first(2, BULK_PATH), Faults(always_busy=True, over_limit=answer))])

    assert harness.relay_in_bulk(connection).sent == 40
    assert {attempt.cause for attempt in harness.services.history.attempts(connection.id)} == {None}


def test_an_interrupted_import_is_sent_again(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(31))
    harness.account.set_schedule([(nth(BULK_PATH, 1), Faults(bulk_interrupted=True))])

    counts = harness.relay_in_bulk(connection)

    assert counts.sent == 31
    assert harness.emails_on_list() == {donor.email for donor in donors(31)}
    _, broken, whole, probe, page = harness.services.history.attempts(connection.id)
    assert (broken.cause, broken.streak, broken.outcome) == (Cause.PASSING, 1, Outcome.WAITING)
    assert broken.reason is not None
    assert broken.reason.code is ReasonCode.BULK_NOT_FINISHED
    assert (whole.outcome, whole.streak) == (Outcome.TAKEN, 1)
    assert (probe.outcome, probe.streak, probe.donors) == (Outcome.SENT, 0, 1)
    assert (page.outcome, page.streak, page.donors) == (Outcome.SENT, 0, 29)
    assert len(harness.services.history.attempts_of(harness.records(connection)[5].id)) == 3


def test_a_request_lost_in_flight_is_sent_again(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(31))
    harness.account.set_schedule([(nth(BULK_PATH, 1), Faults(bulk_lost=True))])

    assert harness.relay_in_bulk(connection).sent == 31
    assert len(harness.account.contacts()) == 31
    assert harness.account.count(BULK_PATH) == 2


def test_exactly_five_failing_requests_reach_an_account_that_refuses_everything(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(2000))
    harness.account.set_schedule([(on(BULK_PATH), Faults(refuse_everything=True))])

    counts = harness.relay_in_bulk(connection)

    assert harness.account.count(BULK_PATH) == 5
    assert harness.now_is(connection).state is ConnectionState.INACTIVE
    assert (counts.sent, counts.waiting) == (1, 1999)


def test_a_result_that_never_comes_lets_the_records_wait_again(
    harness: DeliveryHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "BULK_PATIENCE", 60.0)
    connection = harness.connect()
    harness.queue(connection, donors(31))
    began = harness.clock.now()

    def mute(incoming: Incoming) -> Faults | None:
        silent = incoming.path == RESULT_PATH and harness.clock.now() < began + 40
        return Faults(outage=Outage.ERROR_500) if silent else None

    harness.account.set_schedule(mute)
    assert harness.relay_in_bulk(connection).sent == 31
    assert harness.account.count(BULK_PATH) == 1
    assert harness.now_is(connection).circuit.streak == 0

    monkeypatch.setattr(rules, "BULK_PATIENCE", 20.0)
    harness.queue(connection, donors(31, start=100))
    began = harness.clock.now()
    counts = harness.relay_in_bulk(connection)
    assert counts.sent == 62
    reasons = [attempt.reason for attempt in harness.services.history.attempts(connection.id)]
    assert ReasonCode.BULK_NO_RESULT in {why.code for why in reasons if why}


def test_a_refused_key_while_asking_for_a_result_sends_nothing_again(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(31))
    harness.account.set_schedule([(on(RESULT_PATH), Faults(refuse_everything=True))])

    counts = harness.relay_in_bulk(connection)

    assert counts.waiting == 30
    assert {record.step for record in harness.records(connection, RecordState.WAITING)} == {Step.RESULT}
    assert harness.now_is(connection).state is ConnectionState.INACTIVE
    assert (harness.account.count(BULK_PATH), harness.account.count(RESULT_PATH)) == (1, 5)
    harness.account.set_schedule(())
    harness.services.connections.reactivate(connection.id, harness.clock.now())
    assert harness.relay(connection).sent == 31
    assert harness.account.count(BULK_PATH) == 1


def test_a_request_whose_contacts_are_all_named_goes_one_by_one(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    (good,) = donors(1)
    harness.queue(connection, [good, *(Donor(email=f"nobody{number}") for number in range(10))])

    counts = harness.relay_in_bulk(connection)

    attempts = harness.services.history.attempts(connection.id)
    assert [attempt.reason.code if attempt.reason else None for attempt in attempts[:3]] == [
        None,
        ReasonCode.BULK_REFUSED,
        ReasonCode.DONOR_REFUSED,
    ]
    assert (harness.account.count(BULK_PATH), counts.sent, counts.rows) == (1, 1, 11)
    assert harness.now_is(connection).state is ConnectionState.INACTIVE


def test_a_refusal_that_names_nobody_fails_nobody_and_all_go_one_by_one(
    harness: DeliveryHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ac_desktop.practice import imports, requests

    def refuse(_: list[object]) -> object:
        raise requests.CallRefused(imports.refused("The payload is odd."))

    monkeypatch.setattr(imports, "import_rows", refuse)
    connection = harness.connect()
    harness.queue(connection, donors(12))

    assert harness.relay_in_bulk(connection).sent == 12
    assert (harness.account.count(BULK_PATH), harness.account.count(SYNC_PATH)) == (1, 12)
    refused = harness.services.history.attempts(connection.id)[1]
    assert refused.reason is not None
    assert (refused.reason.code, refused.cause) == (ReasonCode.BULK_REFUSED, Cause.ACCOUNT)


def test_a_request_all_of_whose_addresses_fail_at_the_account_is_a_failure(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    (good,) = donors(1)
    harness.queue(connection, [good, *(Donor(email=f"invalid'character{number}@example.com") for number in range(10))])

    counts = harness.relay_in_bulk(connection)

    assert (counts.sent, counts.failed) == (1, 10)
    attempt = harness.services.history.attempts(connection.id)[-1]
    assert (attempt.outcome, attempt.cause, attempt.streak) == (Outcome.FAILED, Cause.DONOR, 1)


def test_a_request_whose_records_were_taken_from_us_meanwhile_counts_nowhere(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(12))

    def take_away(incoming: Incoming) -> None:
        if incoming.path == BULK_PATH and incoming.of_path == 1:
            with harness.services.database.writing() as sql:
                sql.execute("UPDATE record SET state = 'waiting', claim_token = NULL WHERE state = 'sending'")

    harness.account.set_schedule(take_away)

    assert harness.relay_in_bulk(connection).sent == 12
    assert [attempt.donors for attempt in harness.services.history.attempts(connection.id)] == [1, 11, 11]
    assert harness.account.count(BULK_PATH) == 2
