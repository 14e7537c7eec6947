"""Comparing reads, and only reads: who is new, what would change, who has left."""

import pytest

from ac_desktop.model.donor import Donor
from ac_desktop.model.payload import ContactField
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.practice.faults import Faults
from ac_desktop.practice.records import MemberStatus
from ac_desktop.relay.compare import Change, Compared, CompareError, Difference, Wanted
from tests.delivery.support import DeliveryDesk

ANNIE = Donor(email="annie@example.org", first_name="Annie", last_name="Dot")


def _compare(desk: DeliveryDesk, *made: Donor, outdated: bool = False) -> list[Compared]:
    (connection,) = desk.services.connections.all()
    wanted = [Wanted(key=key, donor=donor, outdated=outdated) for key, donor in enumerate(made)]
    return list(desk.services.comparison.compare(connection, desk.server.key, wanted))


def test_new_changed_same_and_gone_are_told_apart(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.account.add_contact("annie@example.org", first_name="A.", last_name="Dot", phone="999")
    desk.account.add_contact("ben@example.org", first_name="Ben")
    desk.stand("ben@example.org", MemberStatus.ACTIVE)
    desk.stand("carla@example.org", MemberStatus.UNSUBSCRIBED)
    before = desk.account.contacts()

    new, changed, same, gone = _compare(
        desk,
        Donor(email="dev@example.org", first_name="Dev"),
        ANNIE,
        Donor(email="ben@example.org", first_name="Ben"),
        Donor(email="carla@example.org"),
    )

    assert new.difference is Difference.NEW
    assert changed.difference is Difference.CHANGES
    assert changed.changes == (Change(ContactField.FIRST_NAME, "A.", "Annie"),)
    assert (same.difference, same.on_list) == (Difference.SAME, True)
    assert gone.difference is Difference.UNSUBSCRIBED
    assert gone.held is not None
    assert gone.held.code is ReasonCode.UNSUBSCRIBED
    assert {request.method for request in desk.account.requests()} == {"GET"}
    assert len(desk.account.requests()) == 7
    assert desk.account.contacts() == before
    assert desk.counts(connection).rows == 0


def test_it_tells_what_the_relay_then_does(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.keeping(connection, ContactField.LAST_NAME)
    desk.account.add_contact("annie@example.org", last_name="Kept")
    (told,) = _compare(desk, ANNIE)
    desk.queue(connection, [ANNIE])
    desk.relay(connection)

    contact = desk.account.contact("annie@example.org")
    assert contact is not None
    assert told.changes == (Change(ContactField.FIRST_NAME, "", "Annie"),)
    assert (contact.first_name, contact.last_name) == ("Annie", "Kept")
    assert _compare(desk, ANNIE)[0].difference is Difference.SAME


def test_an_outdated_donation_changes_nothing(desk: DeliveryDesk) -> None:
    desk.connect()
    desk.account.add_contact("annie@example.org", first_name="A.")
    assert _compare(desk, ANNIE, outdated=True)[0].difference is Difference.SAME


def test_a_refused_key_is_told(desk: DeliveryDesk) -> None:
    desk.connect()
    desk.account.faults = Faults(refuse_everything=True)
    with pytest.raises(CompareError) as told:
        _compare(desk, ANNIE)
    assert told.value.reason.code is ReasonCode.KEY_REFUSED
