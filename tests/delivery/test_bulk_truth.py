"""Sent means known to be there: after a bulk relay the account's list decides, not what the result says (rule 17)."""

import pytest

from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import RecordState
from ac_desktop.practice.faults import BulkFailure, Faults, on
from ac_desktop.practice.records import MemberStatus
from tests.delivery.support import BULK_PATH, DeliveryDesk
from tests.desk import donors

BAD = [Donor(email=f"o'brien{number}@example.org") for number in range(9)]


def sent(desk: DeliveryDesk) -> set[str]:
    """Give whom the program says it sent."""
    rows = desk.services.database.rows("SELECT email FROM record WHERE state = 'sent'")
    return {email for (email,) in rows}


@pytest.mark.parametrize("shape", BulkFailure)
def test_whoever_did_not_arrive_is_not_sent_whatever_the_result_looks_like(
    desk: DeliveryDesk, shape: BulkFailure
) -> None:
    connection = desk.connect()
    desk.queue(connection, [*donors(21), *BAD])
    desk.account.faults = Faults(bulk_failure=shape)

    counts = desk.relay_in_bulk(connection)

    assert sent(desk) == desk.emails_on_list() == {donor.email for donor in donors(21)}
    assert (counts.sent, counts.failed + counts.held, counts.rows) == (21, 9, 30)


def test_whoever_the_account_leaves_out_without_a_word_is_held(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(40))
    desk.account.exclude("donor7@example.org")
    desk.account.set_schedule([(on(BULK_PATH), Faults(bulk_drops_every=5))])

    counts = desk.relay_in_bulk(connection)

    assert sent(desk) == desk.emails_on_list()
    held = desk.records(connection, RecordState.HELD)
    assert (counts.sent, counts.held) == (40 - len(held), len(held))
    assert {record.reason.code for record in held if record.reason} == {ReasonCode("not_on_list")}


def test_an_import_that_says_it_is_done_and_did_half_is_found_out(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(601))
    desk.account.set_schedule([(on(BULK_PATH), Faults(bulk_half_applied=True))])

    counts = desk.relay_in_bulk(connection)

    assert (counts.sent, counts.held) == (301, 300)
    assert sent(desk) == desk.emails_on_list()


def test_whoever_left_the_list_is_held_as_having_left_it(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    standing = {
        3: (MemberStatus.UNSUBSCRIBED, ReasonCode.UNSUBSCRIBED_UNDATED),
        4: (MemberStatus.BOUNCED, ReasonCode.BOUNCED),
    }
    for number, (status, _) in standing.items():
        desk.stand(f"donor{number}@example.org", status)
    desk.stand("donor5@example.org", MemberStatus.UNSUBSCRIBED, "2")
    desk.queue(connection, donors(40))

    counts = desk.relay_in_bulk(connection)

    assert (counts.sent, counts.held) == (38, 2)
    assert sent(desk) == desk.emails_on_list()
    codes = {record.donor.email: record.reason.code for record in desk.records(connection) if record.reason}
    for number, (_, code) in standing.items():
        assert codes[f"donor{number}@example.org"] in {code, ReasonCode.UNSUBSCRIBED}
