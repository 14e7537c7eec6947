"""Where many donors are on the list already, a relay reads its pages, and asks about each of them once, not twice.

What the pages say never puts anybody onto the list, and never counts as sent.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ac_desktop.model.connection import Connection
from ac_desktop.model.payload import ContactField
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.rules import LIST_READ_ABOVE, LIST_SAMPLE
from ac_desktop.model.states import Cause, ConnectionState, RecordState
from ac_desktop.practice.faults import Faults, Incoming, Outage
from ac_desktop.practice.records import MemberStatus
from ac_desktop.relay.list_reading import GOOD_FOR
from ac_desktop.relay.progress import Progress
from tests.harness import Harness, donors

DONORS = 220
PAGE = "contacts"
SYNC = "contact/sync"
MEMBERSHIPS = "contacts/{id}/contactLists"
JOIN = "contactLists"
WELL = Faults()


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    """One worker, so that each request is known beforehand."""
    with Harness(tmp_path / "data", workers=1) as made:
        yield made


def put_on_list(harness: Harness, count: int, *, status: int = MemberStatus.ACTIVE) -> None:
    """Add the first donors to the list, with the values that they have in the queue."""
    for donor in donors(count):
        contact = harness.account.add_contact(
            donor.email, phone=donor.phone, first_name=donor.first_name, last_name=donor.last_name
        )
        harness.account.set_status(contact.id, harness.server.list_id, status)


def queued(harness: Harness, count: int = DONORS) -> Connection:
    """Queue made-up donors on a new connection."""
    connection = harness.connect()
    harness.queue(connection, donors(count))
    return connection


def requests(harness: Harness) -> dict[str, int]:
    """Count the requests by kind."""
    return {path: harness.account.count(path) for path in (PAGE, SYNC, MEMBERSHIPS, JOIN)}


def test_who_is_there_with_the_same_values_takes_one_request_after_the_pages(harness: Harness) -> None:
    put_on_list(harness, DONORS)
    connection = queued(harness)

    counts = harness.relay(connection)

    assert counts.sent == DONORS
    assert requests(harness) == {PAGE: 3, SYNC: LIST_SAMPLE, MEMBERSHIPS: DONORS, JOIN: 0}


def test_other_attempts_wait_until_the_list_is_read(tmp_path: Path) -> None:
    in_flight = 3
    with Harness(tmp_path / "data", workers=in_flight + 1) as harness:
        put_on_list(harness, DONORS)
        connection = queued(harness)

        counts = harness.relay(connection)

        seen = requests(harness)
    assert counts.sent == DONORS
    assert (seen[PAGE], seen[MEMBERSHIPS], seen[JOIN]) == (3, DONORS, 0)
    assert LIST_SAMPLE <= seen[SYNC] <= LIST_SAMPLE + in_flight


def test_who_is_not_there_takes_what_they_always_take(harness: Harness) -> None:
    put_on_list(harness, DONORS // 2)
    connection = queued(harness)

    counts = harness.relay(connection)

    half = DONORS // 2
    assert counts.sent == DONORS
    assert harness.emails_on_list() == {donor.email for donor in donors(DONORS)}
    assert requests(harness) == {PAGE: 2, SYNC: LIST_SAMPLE + half, MEMBERSHIPS: half, JOIN: half}


def test_a_list_that_nobody_of_the_first_donors_is_on_is_not_read(harness: Harness) -> None:
    connection = queued(harness)

    counts = harness.relay(connection)

    assert counts.sent == DONORS
    assert requests(harness) == {PAGE: 0, SYNC: DONORS, MEMBERSHIPS: 0, JOIN: DONORS}


def test_a_list_whose_pages_are_more_than_they_save_is_not_read_further_than_its_first(harness: Harness) -> None:
    put_on_list(harness, DONORS)
    harness.account.add_contacts(20_000, prefix="other", list_id=harness.server.list_id)
    connection = queued(harness)

    counts = harness.relay(connection)

    assert counts.sent == DONORS
    assert requests(harness)[PAGE] == 1


def test_few_donors_are_relayed_without_the_list(harness: Harness) -> None:
    put_on_list(harness, LIST_SAMPLE + LIST_READ_ABOVE)
    connection = queued(harness, LIST_SAMPLE + LIST_READ_ABOVE)

    harness.relay(connection)

    assert requests(harness)[PAGE] == 0


def test_without_the_guard_a_donor_takes_the_integration_pages_two_calls(harness: Harness) -> None:
    put_on_list(harness, DONORS)
    connection = harness.connect(consent_guard=False)
    harness.queue(connection, donors(DONORS))

    harness.relay(connection)

    assert requests(harness) == {PAGE: 0, SYNC: DONORS, MEMBERSHIPS: 0, JOIN: DONORS}


def test_changed_values_are_sent_and_blank_ones_are_not(harness: Harness) -> None:
    put_on_list(harness, DONORS)
    changed, blank = donors(DONORS)[-2:]
    connection = harness.connect()
    given = [*donors(DONORS - 2), replace(changed, first_name="Annie"), replace(blank, phone="", last_name=" ")]
    harness.queue(connection, given)

    harness.relay(connection)

    before, after = harness.account.contact(blank.email), harness.account.contact(changed.email)
    assert after is not None
    assert after.first_name == "Annie"
    assert before is not None
    assert (before.phone, before.last_name) == (blank.phone, blank.last_name)
    assert requests(harness)[SYNC] == LIST_SAMPLE + 1


def test_values_that_the_account_keeps_are_no_change(harness: Harness) -> None:
    put_on_list(harness, DONORS)
    connection = harness.connect()
    harness.services.connections.change(
        connection.id, replace(connection.settings, keep_fields=frozenset({ContactField.PHONE})), harness.clock.now()
    )
    harness.queue(connection, [replace(donor, phone="2255550199") for donor in donors(DONORS)])

    counts = harness.relay(connection)

    assert counts.sent == DONORS
    assert harness.account.contact("donor219@example.org").phone == "2252500219"  # type: ignore[union-attr]
    assert requests(harness)[SYNC] == LIST_SAMPLE


def test_whoever_leaves_after_their_page_was_read_is_held(harness: Harness) -> None:
    put_on_list(harness, DONORS)
    connection = queued(harness)
    last = harness.account.contact(donors(DONORS)[-1].email)
    assert last is not None

    def leaves_at_once(incoming: Incoming) -> Faults:
        if MEMBERSHIPS in incoming.path and requests(harness)[PAGE]:
            harness.account.set_status(last.id, harness.server.list_id, MemberStatus.UNSUBSCRIBED)
        return WELL

    harness.account.set_schedule(leaves_at_once)
    counts = harness.relay(connection)

    assert (counts.sent, counts.held) == (DONORS - 1, 1)
    (held,) = harness.services.record_reader.records(connection.id, state=RecordState.HELD)
    assert held.donor.email == last.email
    assert held.reason is not None
    assert held.reason.code is ReasonCode.UNSUBSCRIBED
    assert requests(harness)[JOIN] == 0


def test_a_contact_that_is_gone_after_its_page_was_read_is_created_again(harness: Harness) -> None:
    put_on_list(harness, DONORS)
    connection = queued(harness)
    last = harness.account.contact(donors(DONORS)[-1].email)
    assert last is not None

    def is_deleted(incoming: Incoming) -> Faults:
        if MEMBERSHIPS in incoming.path and requests(harness)[PAGE] and not harness.account.was_deleted(last.id):
            harness.account.delete_contact(last.id)
        return WELL

    harness.account.set_schedule(is_deleted)
    counts = harness.relay(connection)

    assert counts.sent == DONORS
    assert last.email in harness.emails_on_list()
    assert requests(harness)[SYNC] == LIST_SAMPLE + 1


def test_a_page_that_fails_is_one_failed_attempt_and_the_list_is_read_no_more(harness: Harness) -> None:
    put_on_list(harness, DONORS)
    connection = queued(harness)
    harness.account.set_schedule(lambda incoming: Faults(outage=Outage.ERROR_500) if incoming.path == PAGE else WELL)

    counts = harness.relay(connection)

    assert counts.sent == DONORS
    assert requests(harness) == {PAGE: 1, SYNC: DONORS, MEMBERSHIPS: DONORS, JOIN: 0}
    (failed,) = harness.services.history.attempts(connection.id, failed=True)
    assert failed.cause is Cause.PASSING
    assert [step.step for step in failed.steps] == ["members"]


def test_an_account_that_refuses_from_the_page_on_sees_five_refused_requests(harness: Harness) -> None:
    put_on_list(harness, DONORS)
    connection = queued(harness)
    harness.account.set_schedule(
        lambda incoming: Faults(refuse_everything=incoming.path == PAGE or harness.account.count(PAGE) > 0)
    )

    harness.relay(connection)

    assert harness.now_is(connection).state is ConnectionState.INACTIVE
    assert len(list(harness.services.history.attempts(connection.id, failed=True))) == 5
    assert harness.account.count(PAGE) == 1
    assert harness.account.count(status=403) == 5


def test_pages_without_memberships_save_nothing(harness: Harness) -> None:
    put_on_list(harness, DONORS)
    connection = queued(harness)
    harness.account.faults = Faults(lists_not_included=True)

    counts = harness.relay(connection)

    assert counts.sent == DONORS
    assert requests(harness)[SYNC] == DONORS


def test_a_page_of_some_time_ago_saves_nothing(harness: Harness) -> None:
    put_on_list(harness, DONORS)
    connection = queued(harness)

    def time_passes(incoming: Incoming) -> Faults:
        if MEMBERSHIPS in incoming.path and requests(harness)[MEMBERSHIPS] == DONORS - 50:
            harness.clock.advance(GOOD_FOR + 1)
        return WELL

    harness.account.set_schedule(time_passes)
    harness.relay(connection)

    assert requests(harness)[SYNC] >= LIST_SAMPLE + 45


def test_progress_shows_the_page(harness: Harness) -> None:
    put_on_list(harness, DONORS)
    connection = queued(harness)
    seen: list[Progress] = []

    def look(incoming: Incoming) -> Faults:
        if incoming.path == PAGE:
            seen.append(harness.services.engine.progress(connection.id))
        return WELL

    harness.account.set_schedule(look)
    harness.relay(connection)

    assert [one.list_pages and (one.list_pages.read, one.list_pages.pages) for one in seen] == [None, (1, 3), (2, 3)]
    assert harness.services.engine.progress(connection.id).list_pages is None
