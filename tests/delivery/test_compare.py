"""Comparing reads, and only reads: who is new, what would change, who has left."""

import pytest

from ac_desktop.model.donor import Donor
from ac_desktop.model.payload import ContactField
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.practice.faults import Faults, Incoming, Outage, OverLimit
from ac_desktop.practice.records import MemberStatus
from ac_desktop.relay.comparison import ComparedDonor, ComparisonResult, Difference, DonorChange
from ac_desktop.relay.request_runner import AccountReadError
from tests.delivery.support import DeliveryHarness

ANNIE = Donor(email="annie@example.org", first_name="Annie", last_name="Dot")


def _compare(harness: DeliveryHarness, *made: Donor, outdated: bool = False) -> list[ComparisonResult]:
    (connection,) = harness.services.connections.all()
    wanted = [ComparedDonor(key=key, donor=donor, outdated=outdated) for key, donor in enumerate(made)]
    return list(harness.services.comparison.compare(connection, harness.server.key, wanted))


def test_new_changed_same_and_gone_are_distinguished(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.account.add_contact("annie@example.org", first_name="A.", last_name="Dot", phone="999")
    harness.account.add_contact("ben@example.org", first_name="Ben")
    harness.stand("ben@example.org", MemberStatus.ACTIVE)
    harness.stand("carla@example.org", MemberStatus.UNSUBSCRIBED)
    before = harness.account.contacts()

    new, changed, same, gone = _compare(
        harness,
        Donor(email="dev@example.org", first_name="Dev"),
        ANNIE,
        Donor(email="ben@example.org", first_name="Ben"),
        Donor(email="carla@example.org"),
    )

    assert new.difference is Difference.NEW
    assert new.changes == (DonorChange(ContactField.FIRST_NAME, "", "Dev"),)
    assert changed.difference is Difference.CHANGES
    assert changed.changes == (DonorChange(ContactField.FIRST_NAME, "A.", "Annie"),)
    assert (same.difference, same.on_list) == (Difference.SAME, True)
    assert gone.difference is Difference.UNSUBSCRIBED
    assert gone.held is not None
    assert gone.held.code is ReasonCode.UNSUBSCRIBED
    assert {request.method for request in harness.account.requests()} == {"GET"}
    assert len(harness.account.requests()) == 7
    assert harness.account.contacts() == before
    assert harness.counts(connection).rows == 0


def test_it_shows_what_the_relay_then_does(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.keeping(connection, ContactField.LAST_NAME)
    harness.account.add_contact("annie@example.org", last_name="Kept")
    (reported,) = _compare(harness, ANNIE)
    harness.queue(connection, [ANNIE])
    harness.relay(connection)

    contact = harness.account.contact("annie@example.org")
    assert contact is not None
    assert reported.changes == (DonorChange(ContactField.FIRST_NAME, "", "Annie"),)
    assert (contact.first_name, contact.last_name) == ("Annie", "Kept")
    assert _compare(harness, ANNIE)[0].difference is Difference.SAME


def test_an_outdated_donation_changes_nothing(harness: DeliveryHarness) -> None:
    harness.connect()
    harness.account.add_contact("annie@example.org", first_name="A.")
    assert _compare(harness, ANNIE, outdated=True)[0].difference is Difference.SAME


def test_a_refused_key_is_reported(harness: DeliveryHarness) -> None:
    harness.connect()
    harness.account.faults = Faults(refuse_everything=True)
    with pytest.raises(AccountReadError) as raised:
        _compare(harness, ANNIE)
    assert raised.value.reason.code is ReasonCode.KEY_REFUSED


def test_a_question_about_the_list_that_fails_is_reported(harness: DeliveryHarness) -> None:
    harness.connect()
    harness.stand("annie@example.org", MemberStatus.ACTIVE)

    def fail(incoming: Incoming) -> Faults:
        return Faults(outage=Outage.ERROR_502 if incoming.path.endswith("contactLists") else Outage.OFF)

    harness.account.set_schedule(fail)
    with pytest.raises(AccountReadError) as raised:
        _compare(harness, ANNIE)
    assert raised.value.reason.code is ReasonCode.SERVER_TROUBLE


def test_a_contact_that_vanishes_between_two_questions_is_on_no_list(harness: DeliveryHarness) -> None:
    harness.connect()
    harness.stand("annie@example.org", MemberStatus.UNSUBSCRIBED)
    contact = harness.account.contact("annie@example.org")
    assert contact is not None

    def vanish(incoming: Incoming) -> None:
        if incoming.path.endswith("contactLists"):
            harness.account.delete_contact(contact.id)

    harness.account.set_schedule(vanish)
    (compared,) = _compare(harness, ANNIE)
    assert (compared.difference, compared.held, compared.on_list) == (Difference.CHANGES, None, False)


def test_an_account_that_stays_busy_is_reported(harness: DeliveryHarness) -> None:
    harness.connect()
    harness.account.faults = Faults(always_busy=True, over_limit=OverLimit.RETRY_30)
    with pytest.raises(AccountReadError) as raised:
        _compare(harness, ANNIE)
    assert raised.value.reason.code is ReasonCode.BUSY_TOO_LONG


def test_it_ends_when_it_is_stopped_and_what_was_found_stays(harness: DeliveryHarness) -> None:
    connection, reported = harness.connect(), list[ComparisonResult]()
    wanted = [ComparedDonor(key=key, donor=Donor(email=f"d{key}@example.org")) for key in range(3)]
    comparing = harness.services.comparison.compare(connection, harness.server.key, wanted, lambda: len(reported) == 2)
    for compared in comparing:
        reported.append(compared)
    assert [compared.key for compared in reported] == [0, 1]
    assert len(harness.account.requests()) == 2
