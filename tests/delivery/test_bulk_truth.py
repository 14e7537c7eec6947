"""Sent means known to be there: after a bulk relay the account's list decides, not what the result says (rule 17)."""

import contextlib
from dataclasses import replace

import pytest

from ac_desktop.activecampaign import client
from ac_desktop.model.attempts import AttemptLog
from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import ConnectionState, RecordState, Step
from ac_desktop.practice.faults import BulkFailure, Faults, Incoming, Outage, first, nth, on
from ac_desktop.practice.records import MemberStatus
from ac_desktop.store.history.history import EventKind
from ac_desktop.store.queue.claims import PageClaim, PageResult, SeenMember, SingleClaim, SingleResult
from ac_desktop.store.queue.read_back import ReadBackQueue
from ac_desktop.store.queue.resend import ResendKind, ResendRequest
from tests.delivery.support import BULK_PATH, CONTACTS_PATH, MEMBERSHIPS_PATH, RESULT_PATH, DeliveryDesk
from tests.harness import donors

BAD = [Donor(email=f"o'brien{number}@example.org") for number in range(9)]


def sent(desk: DeliveryDesk) -> set[str]:
    """Return whom the program says it sent."""
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


def pages_read(desk: DeliveryDesk) -> list[str]:
    """Return after which contact each page of the list was asked for."""
    queries = [request.query for request in desk.account.requests(CONTACTS_PATH)]
    return [query.partition("id_greater=")[2].partition("&")[0] for query in queries if "id_greater=" in query]


def asked_alone(desk: DeliveryDesk) -> int:
    """Count the look-ups of one address."""
    return sum(request.query.startswith("email=") for request in desk.account.requests(CONTACTS_PATH))


def test_nobody_is_called_sent_before_the_list_shows_them(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(31))
    seen: list[tuple[int, int, int]] = []

    def look(incoming: Incoming) -> None:
        if incoming.path == CONTACTS_PATH:
            counts = desk.counts(connection)
            seen.append((counts.sent, counts.waiting + counts.sending, counts.rows))

    desk.account.set_schedule(look)

    assert desk.relay_in_bulk(connection).sent == 31
    assert seen == [(1, 30, 31)]


def test_a_stop_between_pages_loses_no_page(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(451))
    desk.account.set_schedule(
        lambda incoming: (
            desk.services.engine.halt(connection.id)
            if incoming.path == CONTACTS_PATH and incoming.of_path == 2
            else None
        )
    )

    between = desk.relay_in_bulk(connection)
    desk.account.set_schedule(())
    desk.restart()

    assert (between.sent, between.waiting) == (200, 251)
    assert pages_read(desk) == ["0", "100"]
    assert desk.relay(connection).sent == 451
    assert pages_read(desk) == ["0", "100", "200", "300", "400"]
    assert desk.account.count(BULK_PATH) == 2


def test_a_reading_whose_process_was_killed_goes_on_where_it_was(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(451))
    desk.account.set_schedule(
        lambda incoming: (
            desk.services.engine.halt(connection.id)
            if incoming.path == CONTACTS_PATH and incoming.of_path == 3
            else None
        )
    )
    desk.relay_in_bulk(connection)
    desk.account.set_schedule(())
    with contextlib.closing(desk.open()) as other:
        claim = ReadBackQueue(other.database, other.owners).claim(connection.id, desk.clock.now())
        assert isinstance(claim, PageClaim)
        assert ReadBackQueue(desk.services.database, desk.services.owners).claim(connection.id, 0) is None

    assert desk.relay(connection).sent == 451
    assert pages_read(desk) == ["0", "100", "200", "300", "400"]


def test_donors_whose_page_shows_no_membership_are_asked_about_alone(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.stand("donor4@example.org", MemberStatus.UNSUBSCRIBED)
    desk.queue(connection, donors(40))
    desk.account.set_schedule([
        (on(BULK_PATH), Faults(bulk_drops_every=10)),
        (on(CONTACTS_PATH), Faults(lists_not_included=True)),
    ])  # fmt: skip

    counts = desk.relay_in_bulk(connection)

    assert sent(desk) == desk.emails_on_list()
    assert (counts.sent, counts.held) == (36, 4)
    assert (desk.account.count(MEMBERSHIPS_PATH), asked_alone(desk)) == (36, 3)


def test_a_page_that_is_too_long_with_memberships_is_asked_for_without_them(
    desk: DeliveryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(41))
    monkeypatch.setattr(client, "LARGEST_BODY", 100_000)

    assert desk.relay_in_bulk(connection).sent == 41
    assert (pages_read(desk), desk.account.count(MEMBERSHIPS_PATH)) == (["0", "0", "41"], 40)


def test_an_account_that_ignores_every_filter_confirms_nobody(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.account.add_contacts(120, list_id="2", prefix="other")
    desk.queue(connection, donors(40))
    desk.account.set_schedule([(on(CONTACTS_PATH), Faults(filters_ignored=True))])

    counts = desk.relay_in_bulk(connection)

    assert pages_read(desk) == ["0", "100"]
    assert (counts.sent, counts.held) == (1, 39)


def test_a_few_donors_on_a_long_list_are_asked_about_alone(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.account.add_contacts(3_000, list_id="1", prefix="member")
    desk.queue(connection, donors(12))

    assert desk.relay_in_bulk(connection).sent == 12
    assert (len(pages_read(desk)), asked_alone(desk)) == (1, 11)
    codes = {record.reason.code for record in desk.records(connection) if record.reason}
    assert codes == {ReasonCode.CONFIRMED_ALONE}


def test_very_many_who_were_not_found_are_held_unasked(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(601))
    desk.account.set_schedule([(on(BULK_PATH), Faults(bulk_drops_every=2))])

    counts = desk.relay_in_bulk(connection)

    assert (counts.sent, counts.held) == (301, 300)
    assert asked_alone(desk) == 0
    event = desk.services.history.events(connection.id)[-1]
    assert (event.kind, event.details) == (
        EventKind.READ_BACK, {"confirmed": "300", "not_active": "0", "missing": "300"},
    )  # fmt: skip


def test_an_account_that_refuses_the_list_is_asked_five_times_and_nobody_is_sent(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(31))
    desk.account.set_schedule([(on(CONTACTS_PATH), Faults(refuse_everything=True))])

    counts = desk.relay_in_bulk(connection)

    assert (counts.sent, counts.waiting) == (1, 30)
    assert desk.account.count(CONTACTS_PATH) == 5
    assert desk.now_is(connection).state is ConnectionState.INACTIVE
    assert desk.services.queue.withdraw(desk.records(connection)[-1].batch_id) == 0
    desk.account.set_schedule(())
    desk.services.connections.reactivate(connection.id, desk.clock.now())
    assert desk.relay(connection).sent == 31
    assert desk.account.count(BULK_PATH) == 1


def test_passing_trouble_while_the_list_is_read_is_waited_for(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(31))
    desk.account.set_schedule([(first(6, CONTACTS_PATH), Faults(outage=Outage.ERROR_500))])

    assert desk.relay_in_bulk(connection).sent == 31
    assert {attempt.cause for attempt in desk.services.history.attempts(connection.id)} == {None}


def test_failures_around_requests_that_were_worked_off_are_in_a_row(desk: DeliveryDesk) -> None:
    """A request that was worked off is no success: a donor found on the list is."""
    connection = desk.connect()
    desk.queue(connection, donors(2_501))
    failing = {number for number in range(2, 20) if number % 2}
    desk.account.set_schedule([
        (nth(BULK_PATH, *failing), Faults(refuse_everything=True)),
        (on(BULK_PATH), Faults(bulk_drops_every=1)),
    ])  # fmt: skip

    desk.relay_in_bulk(connection)

    attempts = list(desk.services.history.all_attempts(connection.id))
    assert max(attempt.streak for attempt in attempts) == 5
    assert sum(attempt.cause is not None for attempt in attempts) == 5
    assert desk.now_is(connection).state is ConnectionState.INACTIVE
    assert sent(desk) == {"donor0@example.org"}


def test_another_list_is_relayed_to_anew(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(31))
    desk.account.set_schedule([(on(CONTACTS_PATH), Faults(refuse_everything=True))])
    desk.relay_in_bulk(connection)
    desk.account.set_schedule(())

    settings = replace(desk.now_is(connection).settings, list_id="2", list_name="Volunteers")
    desk.services.connections.change(connection.id, settings, desk.clock.now())
    desk.services.connections.reactivate(connection.id, desk.clock.now())

    assert {record.step for record in desk.records(connection, RecordState.WAITING)} == {Step.CONTACT}
    assert desk.relay(connection).sent == 31
    assert len(desk.account.members("2")) == 30


def test_a_page_of_the_list_leaves_nobody_elses_data_in_the_log(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.account.add_contacts(50, list_id="1", prefix="member")
    desk.queue(connection, donors(31))

    desk.relay_in_bulk(connection)

    pages = [
        step
        for attempt in desk.services.history.attempts(connection.id)
        for step in attempt.steps
        if step.step == "members"
    ]
    assert [(step.status, step.response, step.cut) for step in pages] == [(200, "", True)]


def test_a_donor_who_was_not_found_goes_alone_next_time(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(31))
    desk.account.set_schedule([(on(BULK_PATH), Faults(bulk_drops_every=2))])
    assert desk.relay_in_bulk(connection).held == 15
    pushing = desk.services.pushing
    found = pushing.find(ResendRequest(connection_id=connection.id, which=ResendKind.HELD))

    assert pushing.push(connection.id, found, desk.clock.now()) == 15
    assert desk.relay_in_bulk(connection).sent == 31
    assert desk.account.count(BULK_PATH) == 1


def test_a_donor_asked_about_alone_waits_while_the_account_refuses(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(31))
    desk.account.set_schedule([
        (on(CONTACTS_PATH), Faults(lists_not_included=True)),
        (on(MEMBERSHIPS_PATH), Faults(refuse_everything=True)),
    ])  # fmt: skip

    counts = desk.relay_in_bulk(connection)

    assert (counts.sent, counts.waiting) == (1, 30)
    assert desk.account.count(MEMBERSHIPS_PATH) == 5
    assert desk.now_is(connection).state is ConnectionState.INACTIVE
    desk.account.set_schedule(())
    desk.services.connections.reactivate(connection.id, desk.clock.now())
    assert desk.relay(connection).sent == 31


@pytest.mark.parametrize("path", [CONTACTS_PATH, MEMBERSHIPS_PATH])
def test_a_stop_while_trouble_is_waited_for_gives_the_question_back(desk: DeliveryDesk, path: str) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(31))

    def stop(incoming: Incoming) -> Faults | None:
        if incoming.path == path:
            desk.services.engine.halt(connection.id)
            return Faults(outage=Outage.ERROR_500)
        return Faults(lists_not_included=True) if incoming.path == CONTACTS_PATH else None

    desk.account.set_schedule(stop)
    counts = desk.relay_in_bulk(connection)
    desk.account.set_schedule(())

    assert (counts.sent, counts.waiting, counts.sending) == (1, 30, 0)
    assert desk.services.database.rows("SELECT owner FROM list_reading") == [(None,)]
    assert desk.relay(connection).sent == 31
    assert {attempt.cause for attempt in desk.services.history.attempts(connection.id)} == {None}


def test_nothing_is_kept_of_a_question_whose_claim_is_gone(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(31))
    desk.account.set_schedule(
        lambda incoming: desk.services.engine.halt(connection.id) if incoming.path == RESULT_PATH else None
    )
    desk.relay_in_bulk(connection)
    queue, now = ReadBackQueue(desk.services.database, desk.services.owners), desk.clock.now()
    page = queue.claim(connection.id, now)
    assert isinstance(page, PageClaim)
    assert queue.renew(page, now)
    assert queue.release(page, now)
    log = AttemptLog(started_at=now, duration_ms=1, contact_payload=None, list_payload=None)
    assert queue.finish_page(page, PageResult(log=log, check_singly=True), now) is None
    again = queue.claim(connection.id, now)
    assert isinstance(again, PageClaim)
    assert queue.finish_page(again, PageResult(log=log, check_singly=True), now) == {}
    check_singly = queue.claim(connection.id, now)
    assert isinstance(check_singly, SingleClaim)
    assert queue.renew(check_singly, now)
    assert queue.release(check_singly, now)
    seen = SeenMember(email=check_singly.email, contact_id=None, is_sent=True, why=None)
    assert queue.finish_single(check_singly, SingleResult(log=log, seen=seen), now) is None
    assert queue.finish_single(check_singly, SingleResult(log=log), now) is None
    assert desk.counts(connection).sent == 1
