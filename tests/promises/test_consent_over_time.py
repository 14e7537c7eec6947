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
from tests.delivery.support import LIST_PATH, MEMBERSHIPS_PATH, SYNC_PATH, DeliveryDesk
from tests.harness import donors

OURS: Final = "1"
OTHER: Final = "3"
EMAIL: Final = "donor0@example.org"
WELL: Final = Faults()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeliveryDesk]:
    with DeliveryDesk(tmp_path / "data") as made:
        yield made


def everybody_leaves(desk: DeliveryDesk) -> None:
    for contact in desk.account.contacts():
        desk.account.set_status(contact.id, OURS, MemberStatus.UNSUBSCRIBED)


def list_step_fails(incoming: Incoming) -> Faults:
    return Faults(outage=Outage.ERROR_500) if incoming.path == LIST_PATH else WELL


def the_record(desk: DeliveryDesk, connection: Connection) -> Record:
    (record,) = desk.records(connection)
    return record


def test_a_contact_that_was_created_may_have_left_by_the_time_of_the_next_attempt(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(6))
    desk.account.set_schedule(list_step_fails)
    desk.relay(connection)
    assert desk.now_is(connection).state is ConnectionState.INACTIVE
    assert desk.account.contacts()

    everybody_leaves(desk)
    desk.account.set_schedule(())
    desk.services.connections.reactivate(connection.id, desk.clock.now())
    known = desk.account.contacts()
    counts = desk.relay(connection)

    assert not desk.emails_on_list() & {contact.email for contact in known}
    assert (counts.held, counts.sent) == (len(known), 6 - len(known))


@pytest.mark.parametrize("after_sending", [False, True])
def test_a_kill_between_the_list_call_and_its_answer_leaves_nothing_to_believe(
    desk: DeliveryDesk, *, after_sending: bool
) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(1))
    assert die_relaying(desk, connection, 1, in_bulk=False, after_sending=after_sending)

    everybody_leaves(desk)
    counts = desk.relay(connection)

    assert (counts.held, desk.emails_on_list()) == (1, set())


def test_who_leaves_while_the_relay_is_stopped_before_the_list_step_is_held_after_a_restart(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(1))

    def stop(incoming: Incoming) -> Faults:
        desk.services.engine.halt(connection.id)
        return list_step_fails(incoming)

    desk.account.set_schedule(stop)
    desk.relay(connection)
    desk.restart()
    everybody_leaves(desk)
    desk.account.set_schedule(())
    counts = desk.relay(connection)

    assert (counts.held, desk.emails_on_list()) == (1, set())


def test_a_contact_step_that_is_redone_believes_its_own_answer_alone(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(1))

    def vanish_and_come_back(incoming: Incoming) -> Faults:
        if incoming.path == LIST_PATH and desk.account.contact_by_id("1"):
            desk.account.delete_contact("1")
            again = desk.account.add_contact(EMAIL)
            desk.account.set_status(again.id, OURS, MemberStatus.UNSUBSCRIBED)
        return WELL

    desk.account.set_schedule(vanish_and_come_back)
    counts = desk.relay(connection)

    assert (counts.held, desk.emails_on_list()) == (1, set())
    (attempt,) = desk.services.history.attempts(connection.id)
    assert [step.step for step in attempt.steps] == ["contact", "list", "contact", "memberships"]


def test_who_leaves_while_this_computer_sleeps_in_the_middle_of_an_attempt_is_held(desk: DeliveryDesk) -> None:
    """A lid that is closed between the answer and the list call."""
    connection = desk.connect()
    desk.queue(connection, donors(1))
    asked: list[str] = []

    def sleep_over_night(incoming: Incoming) -> Faults:
        asked.append(incoming.path)
        if incoming.path == LIST_PATH:
            desk.clock.advance(8 * 3600)
            everybody_leaves(desk)
            return Faults(always_busy=True)
        return WELL

    desk.account.set_schedule(sleep_over_night)
    counts = desk.relay(connection)

    assert (counts.held, desk.emails_on_list()) == (1, set())
    assert asked == [SYNC_PATH, LIST_PATH, MEMBERSHIPS_PATH]
    (attempt,) = desk.services.history.attempts(connection.id)
    assert (attempt.outcome, attempt.list_payload) == (Outcome.HELD, None)


def join_lists(desk: DeliveryDesk, count: int) -> None:
    """Make a contact that is on so many lists, but not on ours."""
    contact = desk.account.add_contact(EMAIL)
    for one in desk.account.add_lists(count):
        desk.account.set_status(contact.id, one.id, MemberStatus.ACTIVE)


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
    desk: DeliveryDesk, pages: MembershipPages, asked: int
) -> None:
    connection = desk.connect()
    join_lists(desk, 149)
    desk.stand(EMAIL, MemberStatus.UNSUBSCRIBED)
    desk.account.faults = Faults(membership_pages=pages)
    desk.queue(connection, donors(1))

    counts = desk.relay(connection)

    assert (counts.held, desk.account.count(LIST_PATH)) == (1, 0)
    assert desk.account.count(MEMBERSHIPS_PATH) == asked
    (attempt,) = desk.services.history.attempts(connection.id)
    assert [step.step for step in attempt.steps] == ["contact", *["memberships"] * asked]
    assert len({step.path for step in attempt.steps}) == asked + 1


@pytest.mark.parametrize("pages", [MembershipPages.REPEATED, MembershipPages.UNPAGED, MembershipPages.ENDLESS])
def test_pages_that_repeat_themselves_or_never_end_are_no_consent(desk: DeliveryDesk, pages: MembershipPages) -> None:
    connection = desk.connect()
    join_lists(desk, 149)
    desk.account.faults = Faults(membership_pages=pages)
    desk.queue(connection, donors(1))

    counts = desk.relay(connection)

    assert (counts.sent, desk.account.count(LIST_PATH)) == (0, 0)
    record = the_record(desk, connection)
    assert record.cause is Cause.PASSING
    assert record.reason is not None
    assert record.reason.code is ReasonCode.MEMBERSHIPS_UNCLEAR
    assert desk.account.count(MEMBERSHIPS_PATH) <= 5 * 50


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
    desk: DeliveryDesk, rows: MembershipRows, status: MemberStatus
) -> None:
    connection = desk.connect()
    desk.stand(EMAIL, status)
    desk.account.faults = Faults(membership_rows=rows)
    desk.queue(connection, donors(1))

    counts = desk.relay(connection)

    assert (counts.sent, counts.held, desk.account.count(LIST_PATH)) == (0, 0, 0)
    record = the_record(desk, connection)
    assert record.cause is Cause.PASSING
    assert record.reason is not None
    assert record.reason.code is ReasonCode.MEMBERSHIPS_UNCLEAR
    attempt = desk.services.history.attempts(connection.id)[0]
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
def test_every_spelling_of_a_number_is_understood(desk: DeliveryDesk, rows: MembershipRows, list_id: str) -> None:
    connection = desk.connect()
    desk.stand(EMAIL, MemberStatus.UNSUBSCRIBED, list_id)
    desk.account.faults = Faults(membership_rows=rows)
    desk.queue(connection, donors(1))

    counts = desk.relay(connection)

    assert (counts.held, counts.sent) == ((1, 0) if list_id == OURS else (0, 1))


@pytest.mark.parametrize("status", [*MemberStatus, 7])
def test_ids_as_numbers_mean_the_same(desk: DeliveryDesk, status: int) -> None:
    connection = desk.connect()
    desk.account.faults = Faults(integer_ids=True)
    desk.account.set_status(desk.account.add_contact(EMAIL).id, OURS, status)
    desk.queue(connection, donors(2))

    counts = desk.relay(connection)

    assert (counts.sent, counts.held) == ((2, 0) if status == MemberStatus.ACTIVE else (1, 1))


@pytest.mark.parametrize("status", [*MemberStatus, 7, 4_711])
def test_how_someone_stands_on_another_list_never_matters(desk: DeliveryDesk, status: int) -> None:
    connection = desk.connect()
    for donor in donors(8):
        desk.account.set_status(desk.account.add_contact(donor.email).id, OTHER, status)
    desk.queue(connection, donors(8))

    counts = desk.relay(connection)

    assert (counts.sent, desk.now_is(connection).state) == (8, ConnectionState.ACTIVE)


@pytest.mark.parametrize(
    ("status", "code"),
    [(91, ReasonCode.REMOVED_FROM_LIST), (7, ReasonCode.STATUS_UNKNOWN), (-1, ReasonCode.STATUS_UNKNOWN)],
)
@pytest.mark.parametrize("guard", [True, False])
def test_another_status_on_our_list_is_held_with_its_number_named(
    desk: DeliveryDesk, status: int, code: ReasonCode, *, guard: bool
) -> None:
    """Without the guard the answer to the list call says it."""
    connection = desk.connect(consent_guard=guard)
    desk.account.set_status(desk.account.add_contact(EMAIL).id, OURS, status)
    desk.account.faults = Faults(other_status=OtherStatus.STAYS)
    desk.queue(connection, donors(1))

    counts = desk.relay(connection)

    record = the_record(desk, connection)
    assert (counts.held, desk.account.count(LIST_PATH)) == (1, 0 if guard else 1)
    assert record.reason is not None
    assert (record.reason.code, record.reason.values) == (code, {"list": "Donors", "status": str(status)})
    assert str(status) in record.reason.text
    assert desk.now_is(connection).circuit.streak == 0
    assert desk.services.decisions.held(connection.id, by_consent=True) == [record.id]


@pytest.mark.parametrize("answer", list(MergedContact))
def test_a_contact_merged_into_one_that_left_is_not_put_back(desk: DeliveryDesk, answer: MergedContact) -> None:
    """The number that the first attempt kept leads to the contact that is left, which goes by another number."""
    connection = desk.connect()
    desk.queue(connection, donors(1))
    other = desk.account.add_contact("another@example.org")
    desk.account.set_status(other.id, OURS, MemberStatus.UNSUBSCRIBED)
    assert die_relaying(desk, connection, 1, in_bulk=False, after_sending=False)
    ours = desk.account.contact(EMAIL)
    assert ours is not None

    desk.account.merge(ours.id, into=other.id)
    desk.account.change(other.id, {"email": EMAIL})
    desk.account.faults = Faults(merged_contact=answer)
    counts = desk.relay(connection)

    assert (counts.held, desk.emails_on_list()) == (1, set())


@pytest.mark.parametrize("how", [SyncContact.WITHOUT_EMAIL, SyncContact.OTHERS_ID, SyncContact.OTHERS_CONTACT])
@pytest.mark.parametrize("status", [None, MemberStatus.UNSUBSCRIBED])
@pytest.mark.parametrize("guard", [True, False])
def test_an_answer_without_our_address_is_not_believed(
    desk: DeliveryDesk, how: SyncContact, status: MemberStatus | None, *, guard: bool
) -> None:
    connection = desk.connect(consent_guard=guard)
    stranger = desk.account.add_contact("stranger@example.org")
    if status is not None:
        desk.stand(EMAIL, status)
    desk.account.faults = Faults(sync_contact=how)
    desk.queue(connection, donors(1))

    counts = desk.relay(connection)

    assert desk.account.membership(stranger.id, OURS) is None, "somebody else was subscribed"
    assert (counts.held, counts.sent) == ((1, 0) if guard and status else (0, 1))
    (attempt,) = desk.services.history.attempts(connection.id)
    held = ["contact", "look", "memberships"]
    asked = held if guard else held[:2]
    assert [step.step for step in attempt.steps] == (asked if guard and status else [*asked, "list"])


def test_an_answer_without_our_address_goes_nowhere_where_nobody_has_it(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.account.add_contact("stranger@example.org")
    desk.queue(connection, donors(1))

    def gone_again(incoming: Incoming) -> Faults:
        found = desk.account.contact(EMAIL)
        if incoming.path == "contacts" and found:
            desk.account.delete_contact(found.id)
        return Faults(sync_contact=SyncContact.OTHERS_ID)

    desk.account.set_schedule(gone_again)
    counts = desk.relay(connection)

    assert (counts.sent, desk.account.count(LIST_PATH), desk.account.count(MEMBERSHIPS_PATH)) == (0, 0, 0)
    record = the_record(desk, connection)
    assert record.cause is Cause.PASSING
    assert record.reason is not None
    assert record.reason.code is ReasonCode.CONTACT_NOT_CONFIRMED


def test_a_retry_by_a_person_asks_too(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(1))
    desk.account.set_schedule(list_step_fails)
    desk.relay(connection)
    desk.account.set_schedule(())
    everybody_leaves(desk)
    desk.services.changes.retry([the_record(desk, connection).id], desk.clock.now())
    desk.services.connections.reactivate(connection.id, desk.clock.now())

    assert desk.relay(connection).held == 1
