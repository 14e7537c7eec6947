"""An older donation never overwrites what a newer one says; and values can be left as the account has them."""

import json
from dataclasses import replace

import pytest

from ac_desktop.model.donor import Donor
from ac_desktop.model.payload import ContactField
from ac_desktop.model.states import Cause
from ac_desktop.practice.faults import Faults, Outage, first
from ac_desktop.practice.records import MemberStatus
from ac_desktop.store.queue.newer_donation import is_older
from tests.delivery.support import BULK_PATH, SYNC_PATH, DeliveryHarness
from tests.harness import donors

OLD = Donor(email="annie@example.org", first_name="A.", last_name="Dott", phone="1112223333")
NEW = Donor(email="annie@example.org", first_name="Annie", last_name="Dot", phone="2252501301")


def _sent(harness: DeliveryHarness) -> list[object]:
    return [json.loads(request.body)["contact"] for request in harness.account.requests(SYNC_PATH)]


def _name(harness: DeliveryHarness) -> tuple[str, str, str]:
    contact = harness.account.contact("annie@example.org")
    assert contact is not None
    return contact.first_name, contact.last_name, contact.phone


def test_an_older_donation_of_a_later_batch_carries_the_address_alone(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue_dated(connection, (NEW, "2026-05-01 10:00:00"))
    harness.relay(connection)
    harness.queue_dated(connection, (OLD, "2026-04-01 10:00:00"))
    counts = harness.relay(connection)

    assert counts.sent == 2
    assert _sent(harness)[1] == {"email": "annie@example.org"}
    assert _name(harness) == ("Annie", "Dot", "2252501301")


@pytest.mark.parametrize("same_connection", [True, False])
def test_a_newer_donation_that_still_waits_wins_too(harness: DeliveryHarness, same_connection: bool) -> None:  # noqa: FBT001
    connection = harness.connect()
    other = connection if same_connection else harness.connect("Autumn", list_id="2")
    harness.queue_dated(connection, (OLD, "2026-04-01"))
    harness.queue_dated(other, (NEW, "2026-05-01"))

    harness.relay(connection)
    harness.relay(other)

    assert _sent(harness)[0] == {"email": "annie@example.org"}
    assert _name(harness) == ("Annie", "Dot", "2252501301")


@pytest.mark.parametrize("date", ["", "2026-05-01", "2026-05-01 10:00:00"])
def test_a_donation_that_is_not_known_to_be_older_is_sent_whole(harness: DeliveryHarness, date: str) -> None:
    connection = harness.connect()
    harness.queue_dated(connection, (OLD, "2026-05-01 10:00:00"))
    harness.relay(connection)
    harness.queue_dated(connection, (NEW, date))
    harness.relay(connection)

    assert _name(harness) == ("Annie", "Dot", "2252501301")


def test_a_donation_that_was_withdrawn_outdates_nothing(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue_dated(connection, (OLD, "2026-04-01"))
    harness.services.queue.withdraw(harness.queue_dated(connection, (NEW, "2026-05-01")))
    harness.relay(connection)

    assert _name(harness) == ("A.", "Dott", "1112223333")


def test_a_newer_donation_that_is_held_has_given_its_name_already(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.stand("annie@example.org", MemberStatus.UNSUBSCRIBED)
    harness.queue_dated(connection, (NEW, "2026-05-01"))
    harness.relay(connection)
    harness.queue_dated(connection, (OLD, "2026-04-01"))
    counts = harness.relay(connection)

    assert counts.held == 2
    assert _name(harness) == ("Annie", "Dot", "2252501301")


def test_a_newer_donation_whose_answers_were_lost_may_have_given_its_name(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue_dated(connection, (NEW, "2026-05-01"))
    harness.account.faults = Faults(outage=Outage.RESET_AFTER)
    assert harness.relay(connection).failed == 1
    harness.account.faults = Faults()
    harness.services.connections.reactivate(connection.id, harness.clock.now())
    harness.queue_dated(connection, (OLD, "2026-04-01"))
    harness.relay(connection)

    assert _name(harness) == ("Annie", "Dot", "2252501301")


def test_donations_side_by_side_never_race(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    for number in range(12):
        gift = Donor(email="annie@example.org", first_name=f"Name{number}")
        harness.queue_dated(connection, (gift, f"2026-05-{number + 1:02}"))

    assert harness.relay(connection).sent == 12
    assert _name(harness)[0] == "Name11"
    assert sum("firstName" in str(body) for body in _sent(harness)) == 1


def test_bulk_too_sends_the_address_alone(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue_dated(connection, (NEW, "2026-05-01"))
    harness.relay(connection)
    harness.queue_dated(connection, *((donor, "2026-04-01") for donor in donors(20)), (OLD, "2026-04-01"))
    harness.relay_in_bulk(connection)

    (request,) = harness.account.requests(BULK_PATH)
    (annie,) = [sent for sent in json.loads(request.body)["contacts"] if sent["email"] == OLD.email]
    assert annie == {"email": OLD.email, "subscribe": [{"listid": 1}]}
    assert _name(harness) == ("Annie", "Dot", "2252501301")


@pytest.mark.parametrize(
    ("one", "other", "older"),
    [
        ("2026-04-01", "2026-04-02", True),
        ("2026-04-01", "2026-04-01 10:00:00", False),
        ("2026-04-01 10:00:00", "2026-04-01", False),
        ("2026-04-01 10:00:00", "2026-04-01 10:00:01", True),
        ("2026-04-01T10:00:00", "2026-04-01 10:00:01", True),
        ("2026-04-02", "2026-04-01 23:59:59", False),
        ("", "2026-04-01", False),
        ("some day", "2026-04-01", False),
    ],
)
def test_dates_are_compared_as_far_as_both_say(one: str, other: str, older: bool) -> None:  # noqa: FBT001
    assert is_older(one, other) is older


def test_values_the_account_has_are_left_where_the_connection_wants_it(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.keeping(connection, ContactField.PHONE, ContactField.FIRST_NAME)
    harness.account.add_contact("annie@example.org", phone="999", last_name="Old")
    harness.queue(connection, [NEW, *donors(1)])

    counts = harness.relay(connection)

    assert counts.sent == 2
    assert sorted(_sent(harness), key=str) == [
        {"email": "annie@example.org", "lastName": "Dot", "firstName": "Annie"},
        {"email": "donor0@example.org", "phone": "2252500000", "lastName": "Last0", "firstName": "First0"},
    ]
    assert _name(harness) == ("Annie", "Dot", "999")


def test_nothing_is_asked_where_there_is_nothing_to_leave(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.keeping(connection, ContactField.PHONE)
    harness.queue(connection, [Donor(email="annie@example.org", first_name="Annie")])

    assert harness.relay(connection).sent == 1
    assert harness.account.count("contacts") == 0


def test_kept_fields_stay_with_the_connection(harness: DeliveryHarness) -> None:
    connection = harness.keeping(harness.connect(), ContactField.PHONE, ContactField.LAST_NAME)
    harness.restart()
    assert harness.now_is(connection).settings.keep_fields == {ContactField.PHONE, ContactField.LAST_NAME}


def test_a_corrected_address_is_known_by_its_new_name(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue_dated(connection, (replace(NEW, email=""), "2026-05-01"), (OLD, "2026-04-01"))
    with harness.services.database.writing() as sql:
        sql.execute("UPDATE record SET email = ? WHERE email = ''", (OLD.email,))
    harness.relay(connection)

    assert _name(harness) == ("Annie", "Dot", "2252501301")


def test_nothing_is_sent_where_what_the_account_has_cannot_be_read(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.keeping(connection, ContactField.FIRST_NAME)
    harness.queue(connection, donors(1))
    harness.account.set_schedule([(first(1), Faults(outage=Outage.ERROR_502))])

    assert harness.relay(connection).sent == 1

    failed, sent = harness.services.history.attempts(connection.id)
    assert [step.step for step in failed.steps] == ["look"]
    assert failed.cause is Cause.PASSING
    assert [step.step for step in sent.steps][:2] == ["look", "contact"]
