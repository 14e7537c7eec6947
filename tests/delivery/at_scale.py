"""What delivery must show: thousands of people, none put back against their will, and no request too many."""

import itertools
import json
from collections.abc import Iterable

from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import Cause, RecordState
from ac_desktop.practice.faults import Faults, nth
from ac_desktop.practice.records import MemberStatus
from tests.delivery.support import (
    BULK_PATH,
    CONTACTS_PATH,
    LIST_PATH,
    MEMBERSHIPS_PATH,
    RESULT_PATH,
    SYNC_PATH,
    DeliveryHarness,
    codes,
)
from tests.harness import donors

UNSUBSCRIBED, BOUNCED, GONE_ELSEWHERE, ACTIVE, NOT_LISTED = range(300), range(300, 350), range(350, 550), range(550, 1550), range(1550, 2000)  # fmt: skip  # noqa: E501


def _addresses(numbers: Iterable[int]) -> set[str]:
    return {f"donor{number}@example.org" for number in numbers}


def test_2000_known_people_are_relayed_and_nobodys_leaving_is_undone(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    for numbers, status, list_id in (
        (UNSUBSCRIBED, MemberStatus.UNSUBSCRIBED, "1"),
        (BOUNCED, MemberStatus.BOUNCED, "1"),
        (GONE_ELSEWHERE, MemberStatus.UNSUBSCRIBED, "2"),
        (ACTIVE, MemberStatus.ACTIVE, "1"),
    ):
        for number in numbers:
            harness.stand(f"donor{number}@example.org", status, list_id)
    for number in NOT_LISTED:
        harness.account.add_contact(f"donor{number}@example.org")
    assert len(harness.account.contacts()) == 2000
    harness.queue(connection, donors(2000))

    counts = harness.relay(connection)

    assert (counts.held, counts.sent) == (350, 1650)
    by_code = [record.reason.code for record in harness.records(connection, RecordState.HELD) if record.reason]
    assert (by_code.count(ReasonCode.UNSUBSCRIBED), by_code.count(ReasonCode.BOUNCED)) == (300, 50)
    for list_id, numbers, status in (
        ("1", UNSUBSCRIBED, MemberStatus.UNSUBSCRIBED),
        ("1", BOUNCED, MemberStatus.BOUNCED),
        ("2", GONE_ELSEWHERE, MemberStatus.UNSUBSCRIBED),
        ("1", range(350, 2000), MemberStatus.ACTIVE),
    ):
        assert {contact.email for contact in harness.account.members(list_id, status)} == _addresses(numbers)
    least = 2 * 2000 + len(GONE_ELSEWHERE) + len(NOT_LISTED)
    made = harness.account.count()
    print(f"\nrequests: {made}, the least possible: {least}")  # noqa: T201  a figure for the reader
    assert least <= made <= least * 1.01
    assert (harness.account.count(SYNC_PATH), harness.account.count(MEMBERSHIPS_PATH)) == (2000, 2000)
    assert harness.account.count(LIST_PATH) == 650
    assert harness.now_is(connection).circuit.streak == 0


def test_with_the_guard_off_each_donor_costs_the_pages_two_requests_byte_for_byte(harness: DeliveryHarness) -> None:
    connection = harness.connect(consent_guard=False)
    for number in range(0, 300, 3):
        harness.account.add_contact(f"donor{number}@example.org")
    harness.account.log.keep(5_000)
    harness.queue(connection, donors(300))

    counts = harness.relay(connection)

    assert counts.sent == 300
    requests = harness.account.requests()
    assert len(requests) == 600
    numbers = {contact.email: contact.id for contact in harness.account.contacts()}
    wanted: set[bytes] = set()
    for donor in donors(300):
        wanted.add(
            f'{{"contact":{{"email":"{donor.email}","phone":"{donor.phone}","lastName":"{donor.last_name}",'
            f'"firstName":"{donor.first_name}"}}}}'.encode()
        )
        wanted.add(f'{{"contactList":{{"list":"1","status":1,"contact":"{numbers[donor.email]}"}}}}'.encode())
    assert {request.body for request in requests} == wanted


def _many(count: int, every_bad: int) -> Iterable[Donor]:
    for number in range(count):
        bad = number % every_bad == every_bad - 1
        email = f"o'donor{number}@example.org" if bad else f"donor{number}@example.org"
        yield Donor(email=email, first_name=f"First{number}", last_name=f"Last{number}", phone="2252501301")


def test_20000_donors_in_bulk_end_right_with_80_requests_and_what_the_faults_force(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    for number in range(100, 199):
        harness.stand(f"donor{number}@example.org", MemberStatus.UNSUBSCRIBED)
    harness.queue_many(connection, _many(20_000, every_bad=100))
    harness.account.set_schedule([
        (nth(BULK_PATH, 11), Faults(bulk_lost=True)),
        (nth(BULK_PATH, 42), Faults(bulk_interrupted=True)),
    ])  # fmt: skip

    counts = harness.relay_in_bulk(connection)

    print(  # noqa: T201  a figure for the reader
        f"\nbulk requests: {harness.account.count(BULK_PATH)}, results asked for: {harness.account.count(RESULT_PATH)},"
        f" one by one: {harness.account.count(SYNC_PATH)}, pages of the list: {harness.account.count(CONTACTS_PATH)},"
        f" asked about alone: {harness.account.count(MEMBERSHIPS_PATH)}"
    )
    assert (counts.sent, counts.held, counts.failed, counts.rows) == (19_701, 99, 200, 20_000)
    failed = harness.records(connection, RecordState.FAILED)
    assert {record.cause for record in failed} == {Cause.DONOR}
    assert codes(failed) == {ReasonCode.BULK_FAILED_ADDRESS}
    assert all("'" in record.donor.email for record in failed)
    good = {donor.email: donor for donor in _many(20_000, every_bad=100) if "'" not in donor.email}
    contacts = {contact.email: contact for contact in harness.account.contacts()}
    assert set(contacts) == set(good)
    assert all(contact.first_name == good[email].first_name for email, contact in contacts.items())
    left = {contact.email for contact in harness.account.members("1", MemberStatus.UNSUBSCRIBED)}
    assert len(left) == 99
    assert harness.emails_on_list() == set(good) - left
    assert {record.donor.email for record in harness.records(connection, RecordState.SENT)} == harness.emails_on_list()
    held = harness.records(connection, RecordState.HELD)
    assert {record.donor.email for record in held} == left
    assert codes(held) == {ReasonCode.UNSUBSCRIBED_UNDATED}
    _check_requests_for_the_list(harness)
    assert harness.account.count(BULK_PATH) <= 80 + 2
    attempts = list(harness.services.history.all_attempts(connection.id))
    assert sum(attempt.cause is not None for attempt in attempts) == 2
    assert max(itertools.chain((attempt.donors for attempt in attempts), [0])) == 250
    for request in harness.account.requests(BULK_PATH):
        assert len(request.body) < 400_000
        assert '""' not in request.body.decode()
        assert len(json.loads(request.body)["contacts"]) <= 250


def _check_requests_for_the_list(harness: DeliveryHarness) -> None:
    """Each hundred of the 19,800 on the list costs a page; the last of them shows the last donor sought.

    A request that failed is followed by the two questions about one donor that end its streak, unless the same donor
    ended that of both.
    """
    asked_alone = harness.account.count(MEMBERSHIPS_PATH)
    assert asked_alone in {1, 2}
    assert harness.account.count(CONTACTS_PATH) == 198 + asked_alone
