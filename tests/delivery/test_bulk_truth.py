"""Sent means known to be there: after a bulk relay the account's list decides, not what the result says (rule 17)."""

import contextlib
from dataclasses import replace

import pytest

from ac_desktop.activecampaign import bulk
from ac_desktop.activecampaign.client import Client
from ac_desktop.model.attempts import AttemptLog
from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import ConnectionState, RecordState, Step
from ac_desktop.practice.faults import BulkFailure, Faults, Incoming, Outage, first, nth, on
from ac_desktop.practice.records import MemberStatus
from ac_desktop.store.history.history import EventKind
from ac_desktop.store.queue.bulk_changes import ResendKind, ResendRequest
from ac_desktop.store.queue.claims import PageClaim, PageResult, SeenMember, SingleClaim, SingleResult
from ac_desktop.store.queue.read_back import ReadBackQueue
from tests.delivery.support import BULK_PATH, CONTACTS_PATH, MEMBERSHIPS_PATH, RESULT_PATH, DeliveryHarness
from tests.harness import donors
from tests.store.plain_rows import plain_rows

BAD = [Donor(email=f"o'brien{number}@example.org") for number in range(9)]


def sent(harness: DeliveryHarness) -> set[str]:
    """Return whom the program says it sent."""
    rows = harness.services.database.rows("SELECT email FROM record WHERE state = 'sent'")
    return {email for (email,) in rows}


@pytest.mark.parametrize("shape", BulkFailure)
def test_whoever_did_not_arrive_is_not_sent_whatever_the_result_looks_like(
    harness: DeliveryHarness, shape: BulkFailure
) -> None:
    connection = harness.connect()
    harness.queue(connection, [*donors(21), *BAD])
    harness.account.faults = Faults(bulk_failure=shape)

    counts = harness.relay_in_bulk(connection)

    assert sent(harness) == harness.emails_on_list() == {donor.email for donor in donors(21)}
    assert (counts.sent, counts.failed + counts.held, counts.rows) == (21, 9, 30)


def test_whoever_the_account_leaves_out_without_a_word_is_held(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(40))
    harness.account.exclude("donor7@example.org")
    harness.account.set_schedule([(on(BULK_PATH), Faults(bulk_drops_every=5))])

    counts = harness.relay_in_bulk(connection)

    assert sent(harness) == harness.emails_on_list()
    held = harness.records(connection, RecordState.HELD)
    assert (counts.sent, counts.held) == (40 - len(held), len(held))
    assert {record.reason.code for record in held if record.reason} == {ReasonCode("not_on_list")}


def test_an_import_that_says_it_is_done_and_did_half_is_found_out(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(601))
    harness.account.set_schedule([(on(BULK_PATH), Faults(bulk_half_applied=True))])

    counts = harness.relay_in_bulk(connection)

    assert (counts.sent, counts.held) == (301, 300)
    assert sent(harness) == harness.emails_on_list()


def test_whoever_left_the_list_is_held_as_having_left_it(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    standing = {
        3: (MemberStatus.UNSUBSCRIBED, ReasonCode.UNSUBSCRIBED_UNDATED),
        4: (MemberStatus.BOUNCED, ReasonCode.BOUNCED),
    }
    for number, (status, _) in standing.items():
        harness.stand(f"donor{number}@example.org", status)
    harness.stand("donor5@example.org", MemberStatus.UNSUBSCRIBED, "2")
    harness.queue(connection, donors(40))

    counts = harness.relay_in_bulk(connection)

    assert (counts.sent, counts.held) == (38, 2)
    assert sent(harness) == harness.emails_on_list()
    codes = {record.donor.email: record.reason.code for record in harness.records(connection) if record.reason}
    for number, (_, code) in standing.items():
        assert codes[f"donor{number}@example.org"] in {code, ReasonCode.UNSUBSCRIBED}


def pages_read(harness: DeliveryHarness) -> list[str]:
    """Return after which contact each page of the list was asked for."""
    queries = [request.query for request in harness.account.requests(CONTACTS_PATH)]
    return [query.partition("id_greater=")[2].partition("&")[0] for query in queries if "id_greater=" in query]


def asked_alone(harness: DeliveryHarness) -> int:
    """Return the number of look-ups of one address."""
    return sum(request.query.startswith("email=") for request in harness.account.requests(CONTACTS_PATH))


def test_nobody_is_called_sent_before_the_list_shows_them(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(31))
    seen: list[tuple[int, int, int]] = []

    def look(incoming: Incoming) -> None:
        if incoming.path == CONTACTS_PATH:
            counts = harness.counts(connection)
            seen.append((counts.sent, counts.waiting + counts.sending, counts.rows))

    harness.account.set_schedule(look)

    assert harness.relay_in_bulk(connection).sent == 31
    assert seen == [(1, 30, 31)]


def test_a_stop_between_pages_loses_no_page(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(451))
    harness.account.set_schedule(
        lambda incoming: (
            harness.services.engine.halt(connection.id)
            if incoming.path == CONTACTS_PATH and incoming.of_path == 2
            else None
        )
    )

    between = harness.relay_in_bulk(connection)
    harness.account.set_schedule(())
    harness.restart()

    assert (between.sent, between.waiting) == (200, 251)
    assert pages_read(harness) == ["0", "100"]
    assert harness.relay(connection).sent == 451
    assert pages_read(harness) == ["0", "100", "200", "300", "400"]
    assert harness.account.count(BULK_PATH) == 2


def test_a_reading_whose_process_was_killed_goes_on_where_it_was(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(451))
    harness.account.set_schedule(
        lambda incoming: (
            harness.services.engine.halt(connection.id)
            if incoming.path == CONTACTS_PATH and incoming.of_path == 3
            else None
        )
    )
    harness.relay_in_bulk(connection)
    harness.account.set_schedule(())
    with contextlib.closing(harness.open()) as other:
        claim = ReadBackQueue(other.database, other.owners).claim(connection.id, harness.clock.now())
        assert isinstance(claim, PageClaim)
        assert ReadBackQueue(harness.services.database, harness.services.owners).claim(connection.id, 0) is None

    assert harness.relay(connection).sent == 451
    assert pages_read(harness) == ["0", "100", "200", "300", "400"]


def test_donors_whose_page_shows_no_membership_are_asked_about_alone(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.stand("donor4@example.org", MemberStatus.UNSUBSCRIBED)
    harness.queue(connection, donors(40))
    harness.account.set_schedule([
        (on(BULK_PATH), Faults(bulk_drops_every=10)),
        (on(CONTACTS_PATH), Faults(lists_not_included=True)),
    ])  # fmt: skip

    counts = harness.relay_in_bulk(connection)

    assert sent(harness) == harness.emails_on_list()
    assert (counts.sent, counts.held) == (36, 4)
    assert (harness.account.count(MEMBERSHIPS_PATH), asked_alone(harness)) == (36, 3)


def test_a_page_that_is_too_long_with_memberships_is_asked_for_without_them(
    harness: DeliveryHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(41))
    defaults = Client.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "largest_body", 100_000)

    assert harness.relay_in_bulk(connection).sent == 41
    assert (pages_read(harness), harness.account.count(MEMBERSHIPS_PATH)) == (["0", "0", "41"], 40)


def test_an_account_that_ignores_every_filter_confirms_nobody(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.account.add_contacts(120, list_id="2", prefix="other")
    harness.queue(connection, donors(40))
    harness.account.set_schedule([(on(CONTACTS_PATH), Faults(filters_ignored=True))])

    counts = harness.relay_in_bulk(connection)

    assert pages_read(harness) == ["0", "100"]
    assert (counts.sent, counts.held) == (1, 39)


def test_a_few_donors_on_a_long_list_are_asked_about_alone(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.account.add_contacts(3_000, list_id="1", prefix="member")
    harness.queue(connection, donors(12))

    assert harness.relay_in_bulk(connection).sent == 12
    assert (len(pages_read(harness)), asked_alone(harness)) == (1, 11)
    codes = {record.reason.code for record in harness.records(connection) if record.reason}
    assert codes == {ReasonCode.CONFIRMED_ALONE}


def test_very_many_who_were_not_found_are_held_unasked(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(601))
    harness.account.set_schedule([(on(BULK_PATH), Faults(bulk_drops_every=2))])

    counts = harness.relay_in_bulk(connection)

    assert (counts.sent, counts.held) == (301, 300)
    assert asked_alone(harness) == 0
    event = harness.services.history.events(connection.id)[-1]
    assert (event.kind, event.details) == (
        EventKind.READ_BACK, {"confirmed": "300", "not_active": "0", "missing": "300"},
    )  # fmt: skip


def test_an_account_that_refuses_the_list_is_asked_five_times_and_nobody_is_sent(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(31))
    harness.account.set_schedule([(on(CONTACTS_PATH), Faults(refuse_everything=True))])

    counts = harness.relay_in_bulk(connection)

    assert (counts.sent, counts.waiting) == (1, 30)
    assert harness.account.count(CONTACTS_PATH) == 5
    assert harness.now_is(connection).state is ConnectionState.INACTIVE
    assert harness.services.queue.withdraw(harness.records(connection)[-1].batch_id) == 0
    harness.account.set_schedule(())
    harness.services.connections.reactivate(connection.id, harness.clock.now())
    assert harness.relay(connection).sent == 31
    assert harness.account.count(BULK_PATH) == 1


def test_passing_trouble_while_the_list_is_read_is_waited_for(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(31))
    harness.account.set_schedule([(first(6, CONTACTS_PATH), Faults(outage=Outage.ERROR_500))])

    assert harness.relay_in_bulk(connection).sent == 31
    assert {attempt.cause for attempt in harness.services.history.attempts(connection.id)} == {None}


def test_failures_around_requests_that_were_worked_off_are_in_a_row(
    harness: DeliveryHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A request that was worked off is no success: a donor found on the list is."""
    monkeypatch.setattr(bulk, "MOST_CONTACTS", 25)
    connection = harness.connect()
    harness.queue(connection, donors(201))
    failing = {number for number in range(2, 20) if number % 2}
    harness.account.set_schedule([
        (nth(BULK_PATH, *failing), Faults(refuse_everything=True)),
        (on(BULK_PATH), Faults(bulk_drops_every=1)),
    ])  # fmt: skip

    harness.relay_in_bulk(connection)

    attempts = list(harness.services.history.all_attempts(connection.id))
    assert max(attempt.streak for attempt in attempts) == 5
    assert sum(attempt.cause is not None for attempt in attempts) == 5
    assert harness.now_is(connection).state is ConnectionState.INACTIVE
    assert sent(harness) == {"donor0@example.org"}


def test_another_list_is_relayed_to_anew(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(31))
    harness.account.set_schedule([(on(CONTACTS_PATH), Faults(refuse_everything=True))])
    harness.relay_in_bulk(connection)
    harness.account.set_schedule(())

    settings = replace(harness.now_is(connection).settings, list_id="2", list_name="Volunteers")
    harness.services.connections.change(connection.id, settings, harness.clock.now())
    harness.services.connections.reactivate(connection.id, harness.clock.now())

    assert {record.step for record in harness.records(connection, RecordState.WAITING)} == {Step.CONTACT}
    assert harness.relay(connection).sent == 31
    assert len(harness.account.members("2")) == 30


def test_a_page_of_the_list_leaves_nobody_elses_data_in_the_log(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.account.add_contacts(50, list_id="1", prefix="member")
    harness.queue(connection, donors(31))

    harness.relay_in_bulk(connection)

    pages = [
        step
        for attempt in harness.services.history.attempts(connection.id)
        for step in attempt.steps
        if step.step == "members"
    ]
    assert [(step.status, step.response, step.cut) for step in pages] == [(200, "", True)]


def test_a_donor_who_was_not_found_goes_alone_next_time(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(31))
    harness.account.set_schedule([(on(BULK_PATH), Faults(bulk_drops_every=2))])
    assert harness.relay_in_bulk(connection).held == 15
    pushing = harness.services.resends
    found = pushing.find(ResendRequest(connection_id=connection.id, which=ResendKind.HELD))

    assert pushing.push(connection.id, found, harness.clock.now()) == 15
    assert harness.relay_in_bulk(connection).sent == 31
    assert harness.account.count(BULK_PATH) == 1


def test_a_donor_asked_about_alone_waits_while_the_account_refuses(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(31))
    harness.account.set_schedule([
        (on(CONTACTS_PATH), Faults(lists_not_included=True)),
        (on(MEMBERSHIPS_PATH), Faults(refuse_everything=True)),
    ])  # fmt: skip

    counts = harness.relay_in_bulk(connection)

    assert (counts.sent, counts.waiting) == (1, 30)
    assert harness.account.count(MEMBERSHIPS_PATH) == 5
    assert harness.now_is(connection).state is ConnectionState.INACTIVE
    harness.account.set_schedule(())
    harness.services.connections.reactivate(connection.id, harness.clock.now())
    assert harness.relay(connection).sent == 31


@pytest.mark.parametrize("path", [CONTACTS_PATH, MEMBERSHIPS_PATH])
def test_a_stop_while_trouble_is_waited_for_gives_the_question_back(harness: DeliveryHarness, path: str) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(31))

    def stop(incoming: Incoming) -> Faults | None:
        if incoming.path == path:
            harness.services.engine.halt(connection.id)
            return Faults(outage=Outage.ERROR_500)
        return Faults(lists_not_included=True) if incoming.path == CONTACTS_PATH else None

    harness.account.set_schedule(stop)
    counts = harness.relay_in_bulk(connection)
    harness.account.set_schedule(())

    assert (counts.sent, counts.waiting, counts.sending) == (1, 30, 0)
    assert plain_rows(harness.services.database.rows("SELECT owner FROM list_reading")) == [(None,)]
    assert harness.relay(connection).sent == 31
    assert {attempt.cause for attempt in harness.services.history.attempts(connection.id)} == {None}


def test_nothing_is_kept_of_a_question_whose_claim_is_gone(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(31))
    harness.account.set_schedule(
        lambda incoming: harness.services.engine.halt(connection.id) if incoming.path == RESULT_PATH else None
    )
    harness.relay_in_bulk(connection)
    queue, now = ReadBackQueue(harness.services.database, harness.services.owners), harness.clock.now()
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
    assert harness.counts(connection).sent == 1
