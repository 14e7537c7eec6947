"""Consent over time: what was known of a person in one attempt is nothing in the next one, whatever lies between."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import Cause, ConnectionState, Outcome
from ac_desktop.practice.consent_faults import (
    MembershipPages,
    MembershipRows,
    MergedContact,
    OtherStatus,
    SyncContact,
)
from ac_desktop.practice.faults import Faults, Incoming, Outage
from ac_desktop.practice.records import MemberStatus
from ac_desktop.store.queue.records import Record
from tests.delivery.dying import die_relaying
from tests.delivery.support import LIST_PATH, MEMBERSHIPS_PATH, SYNC_PATH, DeliveryHarness
from tests.harness import donors

OURS: Final = "1"
OTHER: Final = "3"
EMAIL: Final = "donor0@example.org"
WELL: Final = Faults()


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[DeliveryHarness]:
    with DeliveryHarness(tmp_path / "data") as made:
        yield made


def everybody_leaves(harness: DeliveryHarness) -> None:
    for contact in harness.account.contacts():
        harness.account.set_status(contact.id, OURS, MemberStatus.UNSUBSCRIBED)


def list_step_fails(incoming: Incoming) -> Faults:
    return Faults(outage=Outage.ERROR_500) if incoming.path == LIST_PATH else WELL


def the_record(harness: DeliveryHarness, connection: Connection) -> Record:
    (record,) = harness.records(connection)
    return record


def test_a_contact_that_was_created_may_have_left_by_the_time_of_the_next_attempt(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(6))
    harness.account.set_schedule(list_step_fails)
    harness.relay(connection)
    assert harness.now_is(connection).state is ConnectionState.INACTIVE
    assert harness.account.contacts()

    everybody_leaves(harness)
    harness.account.set_schedule(())
    harness.services.connections.reactivate(connection.id, harness.clock.now())
    known = harness.account.contacts()
    counts = harness.relay(connection)

    assert not harness.emails_on_list() & {contact.email for contact in known}
    assert (counts.held, counts.sent) == (len(known), 6 - len(known))


@pytest.mark.parametrize("after_sending", [False, True])
def test_a_kill_between_the_list_call_and_its_answer_leaves_nothing_to_believe(
    harness: DeliveryHarness, *, after_sending: bool
) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(1))
    assert die_relaying(harness, connection, 1, in_bulk=False, after_sending=after_sending)

    everybody_leaves(harness)
    counts = harness.relay(connection)

    assert (counts.held, harness.emails_on_list()) == (1, set())


def test_who_leaves_while_the_relay_is_stopped_before_the_list_step_is_held_after_a_restart(
    harness: DeliveryHarness,
) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(1))

    def stop(incoming: Incoming) -> Faults:
        harness.services.engine.halt(connection.id)
        return list_step_fails(incoming)

    harness.account.set_schedule(stop)
    harness.relay(connection)
    harness.restart()
    everybody_leaves(harness)
    harness.account.set_schedule(())
    counts = harness.relay(connection)

    assert (counts.held, harness.emails_on_list()) == (1, set())


def test_a_contact_step_that_is_redone_believes_its_own_answer_alone(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(1))

    def vanish_and_come_back(incoming: Incoming) -> Faults:
        if incoming.path == LIST_PATH and harness.account.contact_by_id("1"):
            harness.account.delete_contact("1")
            again = harness.account.add_contact(EMAIL)
            harness.account.set_status(again.id, OURS, MemberStatus.UNSUBSCRIBED)
        return WELL

    harness.account.set_schedule(vanish_and_come_back)
    counts = harness.relay(connection)

    assert (counts.held, harness.emails_on_list()) == (1, set())
    (attempt,) = harness.services.history.attempts(connection.id)
    assert [step.step for step in attempt.steps] == ["contact", "list", "contact", "memberships"]


def test_who_leaves_while_this_computer_sleeps_in_the_middle_of_an_attempt_is_held(harness: DeliveryHarness) -> None:
    """A lid that is closed between the answer and the list call."""
    connection = harness.connect()
    harness.queue(connection, donors(1))
    asked: list[str] = []

    def sleep_over_night(incoming: Incoming) -> Faults:
        asked.append(incoming.path)
        if incoming.path == LIST_PATH:
            harness.clock.advance(8 * 3600)
            everybody_leaves(harness)
            return Faults(always_busy=True)
        return WELL

    harness.account.set_schedule(sleep_over_night)
    counts = harness.relay(connection)

    assert (counts.held, harness.emails_on_list()) == (1, set())
    assert asked == [SYNC_PATH, LIST_PATH, MEMBERSHIPS_PATH]
    (attempt,) = harness.services.history.attempts(connection.id)
    assert (attempt.outcome, attempt.list_payload) == (Outcome.HELD, None)


def join_lists(harness: DeliveryHarness, count: int) -> None:
    """Make a contact that is on so many lists, but not on ours."""
    contact = harness.account.add_contact(EMAIL)
    for one in harness.account.add_lists(count):
        harness.account.set_status(contact.id, one.id, MemberStatus.ACTIVE)


@pytest.mark.parametrize(
    ("pages", "asked"),
    [
        (MembershipPages.PAGED, 2),
        (MembershipPages.WITH_TOTAL, 2),
        (MembershipPages.WRONG_TOTAL, 2),
        (MembershipPages.ALWAYS_20, 8),
    ],
)
def test_who_left_is_found_on_the_last_page_of_150_memberships(
    harness: DeliveryHarness, pages: MembershipPages, asked: int
) -> None:
    connection = harness.connect()
    join_lists(harness, 149)
    harness.stand(EMAIL, MemberStatus.UNSUBSCRIBED)
    harness.account.faults = Faults(membership_pages=pages)
    harness.queue(connection, donors(1))

    counts = harness.relay(connection)

    assert (counts.held, harness.account.count(LIST_PATH)) == (1, 0)
    assert harness.account.count(MEMBERSHIPS_PATH) == asked
    (attempt,) = harness.services.history.attempts(connection.id)
    assert [step.step for step in attempt.steps] == ["contact", *["memberships"] * asked]
    assert len({step.path for step in attempt.steps}) == asked + 1


@pytest.mark.parametrize("pages", [MembershipPages.REPEATED, MembershipPages.UNPAGED, MembershipPages.ENDLESS])
def test_pages_that_repeat_themselves_or_never_end_are_no_consent(
    harness: DeliveryHarness, pages: MembershipPages
) -> None:
    connection = harness.connect()
    join_lists(harness, 149)
    harness.account.faults = Faults(membership_pages=pages)
    harness.queue(connection, donors(1))

    counts = harness.relay(connection)

    assert (counts.sent, harness.account.count(LIST_PATH)) == (0, 0)
    record = the_record(harness, connection)
    assert record.cause is Cause.PASSING
    assert record.reason is not None
    assert record.reason.code is ReasonCode.MEMBERSHIPS_UNCLEAR
    assert harness.account.count(MEMBERSHIPS_PATH) <= 5 * 50


@pytest.mark.parametrize(
    "rows",
    [
        MembershipRows.LIST_AS_WORD,
        MembershipRows.LIST_NULL,
        MembershipRows.LIST_MISSING,
        MembershipRows.CONTACT_NULL,
        MembershipRows.CONTACT_OTHER,
        MembershipRows.STATUS_AS_WORD,
        MembershipRows.STATUS_NULL,
    ],
)
@pytest.mark.parametrize("status", [MemberStatus.UNSUBSCRIBED, MemberStatus.ACTIVE])
def test_a_row_that_could_be_ours_and_is_not_understood_fails_the_step(
    harness: DeliveryHarness, rows: MembershipRows, status: MemberStatus
) -> None:
    connection = harness.connect()
    harness.stand(EMAIL, status)
    harness.account.faults = Faults(membership_rows=rows)
    harness.queue(connection, donors(1))

    counts = harness.relay(connection)

    assert (counts.sent, counts.held, harness.account.count(LIST_PATH)) == (0, 0, 0)
    record = the_record(harness, connection)
    assert record.cause is Cause.PASSING
    assert record.reason is not None
    assert record.reason.code is ReasonCode.MEMBERSHIPS_UNCLEAR
    attempt = harness.services.history.attempts(connection.id)[0]
    assert "contactLists" in attempt.steps[-1].response, "the answer stands in the log"


@pytest.mark.parametrize(
    "rows",
    [
        MembershipRows.LIST_AS_FLOAT,
        MembershipRows.LIST_AS_DECIMAL,
        MembershipRows.LIST_PADDED,
        MembershipRows.LIST_SPACED,
        MembershipRows.LIST_AS_OBJECT,
    ],
)
@pytest.mark.parametrize("list_id", [OURS, OTHER])
def test_every_spelling_of_a_number_is_understood(harness: DeliveryHarness, rows: MembershipRows, list_id: str) -> None:
    connection = harness.connect()
    harness.stand(EMAIL, MemberStatus.UNSUBSCRIBED, list_id)
    harness.account.faults = Faults(membership_rows=rows)
    harness.queue(connection, donors(1))

    counts = harness.relay(connection)

    assert (counts.held, counts.sent) == ((1, 0) if list_id == OURS else (0, 1))


@pytest.mark.parametrize("status", [*MemberStatus, 7])
def test_ids_as_numbers_mean_the_same(harness: DeliveryHarness, status: int) -> None:
    connection = harness.connect()
    harness.account.faults = Faults(integer_ids=True)
    harness.account.set_status(harness.account.add_contact(EMAIL).id, OURS, status)
    harness.queue(connection, donors(2))

    counts = harness.relay(connection)

    assert (counts.sent, counts.held) == ((2, 0) if status == MemberStatus.ACTIVE else (1, 1))


@pytest.mark.parametrize("status", [*MemberStatus, 7, 4_711])
def test_the_status_on_another_list_never_matters(harness: DeliveryHarness, status: int) -> None:
    connection = harness.connect()
    for donor in donors(8):
        harness.account.set_status(harness.account.add_contact(donor.email).id, OTHER, status)
    harness.queue(connection, donors(8))

    counts = harness.relay(connection)

    assert (counts.sent, harness.now_is(connection).state) == (8, ConnectionState.ACTIVE)


@pytest.mark.parametrize(
    ("status", "code"),
    [(91, ReasonCode.REMOVED_FROM_LIST), (7, ReasonCode.STATUS_UNKNOWN), (-1, ReasonCode.STATUS_UNKNOWN)],
)
@pytest.mark.parametrize("guard", [True, False])
def test_another_status_on_our_list_is_held_with_its_number_named(
    harness: DeliveryHarness, status: int, code: ReasonCode, *, guard: bool
) -> None:
    """Without the guard the answer to the list call says it."""
    connection = harness.connect(consent_guard=guard)
    harness.account.set_status(harness.account.add_contact(EMAIL).id, OURS, status)
    harness.account.faults = Faults(other_status=OtherStatus.STAYS)
    harness.queue(connection, donors(1))

    counts = harness.relay(connection)

    record = the_record(harness, connection)
    assert (counts.held, harness.account.count(LIST_PATH)) == (1, 0 if guard else 1)
    assert record.reason is not None
    assert (record.reason.code, record.reason.values) == (code, {"list": "Donors", "status": str(status)})
    assert str(status) in record.reason.text
    assert harness.now_is(connection).circuit.streak == 0
    assert harness.services.decisions.held(connection.id, by_consent=True) == [record.id]


@pytest.mark.parametrize("answer", list(MergedContact))
def test_a_contact_merged_into_one_that_left_is_not_put_back(harness: DeliveryHarness, answer: MergedContact) -> None:
    """The number that the first attempt kept leads to the contact that is left, which has another number."""
    connection = harness.connect()
    harness.queue(connection, donors(1))
    other = harness.account.add_contact("another@example.org")
    harness.account.set_status(other.id, OURS, MemberStatus.UNSUBSCRIBED)
    assert die_relaying(harness, connection, 1, in_bulk=False, after_sending=False)
    ours = harness.account.contact(EMAIL)
    assert ours is not None

    harness.account.merge(ours.id, into=other.id)
    harness.account.change(other.id, {"email": EMAIL})
    harness.account.faults = Faults(merged_contact=answer)
    counts = harness.relay(connection)

    assert (counts.held, harness.emails_on_list()) == (1, set())


@pytest.mark.parametrize("how", [SyncContact.WITHOUT_EMAIL, SyncContact.OTHERS_ID, SyncContact.OTHERS_CONTACT])
@pytest.mark.parametrize("status", [None, MemberStatus.UNSUBSCRIBED])
@pytest.mark.parametrize("guard", [True, False])
def test_an_answer_without_our_address_is_not_believed(
    harness: DeliveryHarness, how: SyncContact, status: MemberStatus | None, *, guard: bool
) -> None:
    connection = harness.connect(consent_guard=guard)
    stranger = harness.account.add_contact("stranger@example.org")
    if status is not None:
        harness.stand(EMAIL, status)
    harness.account.faults = Faults(sync_contact=how)
    harness.queue(connection, donors(1))

    counts = harness.relay(connection)

    assert harness.account.membership(stranger.id, OURS) is None, "somebody else was subscribed"
    assert (counts.held, counts.sent) == ((1, 0) if guard and status else (0, 1))
    assert the_record(harness, connection).was_new is None, "nobody can say whether the contact was new"
    (attempt,) = harness.services.history.attempts(connection.id)
    held = ["contact", "look", "memberships"]
    asked = held if guard else held[:2]
    assert [step.step for step in attempt.steps] == (asked if guard and status else [*asked, "list"])


def test_an_answer_without_our_address_goes_nowhere_where_nobody_has_it(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.account.add_contact("stranger@example.org")
    harness.queue(connection, donors(1))

    def gone_again(incoming: Incoming) -> Faults:
        found = harness.account.contact(EMAIL)
        if incoming.path == "contacts" and found:
            harness.account.delete_contact(found.id)
        return Faults(sync_contact=SyncContact.OTHERS_ID)

    harness.account.set_schedule(gone_again)
    counts = harness.relay(connection)

    assert (counts.sent, harness.account.count(LIST_PATH), harness.account.count(MEMBERSHIPS_PATH)) == (0, 0, 0)
    record = the_record(harness, connection)
    assert record.cause is Cause.PASSING
    assert record.reason is not None
    assert record.reason.code is ReasonCode.CONTACT_NOT_CONFIRMED


def test_a_retry_by_a_person_asks_too(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(1))
    harness.account.set_schedule(list_step_fails)
    harness.relay(connection)
    harness.account.set_schedule(())
    everybody_leaves(harness)
    harness.services.bulk_changes.retry([the_record(harness, connection).id], harness.clock.now())
    harness.services.connections.reactivate(connection.id, harness.clock.now())

    assert harness.relay(connection).held == 1
