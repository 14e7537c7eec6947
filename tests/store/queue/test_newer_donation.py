"""Of one person's donations the newest counts, in whatever order files come."""

from dataclasses import replace

import pytest

from ac_desktop.model.rules import BULK_PATIENCE, Success
from ac_desktop.model.states import RecordState
from ac_desktop.store.queue import bulk_queue
from ac_desktop.store.queue.claims import Claim, IdleReason, NoClaim
from ac_desktop.store.queue.newer_donation import is_older
from ac_desktop.store.queue.records import NewRecord
from tests.made_up import ADDRESS, NOW, Store, donor, new_record, settings

ACCOUNT = ADDRESS.removeprefix("https://")


def gift(row: int, when: str, who: int = 1) -> NewRecord:
    return replace(new_record(row, donor(who)), donated_at=when)


@pytest.mark.parametrize(
    ("one", "other", "older"),
    [
        ("2026-08-01", "2026-08-02", True),
        ("2026-08-02", "2026-08-01", False),
        ("2026-08-02", "2026-08-02", False),
        ("2026-08-02", "2026-08-02T23:00:00", False),
        ("2026-08-01T23:00:00", "2026-08-02", True),
        ("2026-08-02T10:00:00", "2026-08-02T11:00:00", True),
        ("2026-08-02T10:00:00-05:00", "2026-08-02T11:00:00", True),
        ("soon", "2026-08-02", False),
        ("2026-08-02", "", False),
    ],
)
def test_one_donation_is_older_as_far_as_both_dates_say(one: str, other: str, *, older: bool) -> None:
    assert is_older(one, other) is older


def test_an_older_donation_that_goes_later_knows_that_it_is_outdated(store: Store) -> None:
    connection, elsewhere = store.connect(), store.connect(settings("Other", address="other.api-us1.com"))
    store.fill(elsewhere, [gift(2, "2027-01-01")])
    store.fill(connection, [gift(2, "2026-08-02"), gift(3, "", 7)])
    for outdated in (False, False):
        claim = store.claim(connection)
        assert claim.outdated is outdated, claim.donor
        store.end(claim, Success())
    store.fill(connection, [gift(2, "2026-08-01"), gift(3, "2026-08-03")])

    records = store.views.records(connection.id)
    assert store.views.outdated_among(records, ACCOUNT) == {records[0].id, records[2].id}
    late = store.claim(connection)
    assert late.outdated
    assert isinstance(store.queue.claim(connection.id, NOW), object)
    store.end(late, Success())
    newest = store.queue.claim(connection.id, NOW)
    assert isinstance(newest, Claim)
    assert not newest.outdated


def test_the_newest_record_of_an_address_is_found(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, [gift(2, "", 1), gift(3, "", 2)])
    store.fill(connection, [gift(2, "", 1)])

    latest = store.views.latest_of(connection.id, "donor1@example.org")

    assert latest is not None
    assert latest.id == store.queue.last_record(connection.id)
    assert store.views.latest_of(connection.id, "nobody@example.org") is None


def test_the_share_of_donors_whom_the_account_knew_is_reported(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 5)
    assert store.views.known_share(connection.id) == 0.0
    for number, was_new in enumerate((False, True, True, True, None)):
        claim = store.claim(connection)
        store.queue.store_contact(claim, str(number + 1), now=NOW)
        store.end(claim, Success(), was_new=was_new)

    assert store.views.known_share(connection.id) == 0.25


def test_a_person_goes_through_one_connection_of_an_account_at_a_time(store: Store) -> None:
    spring, autumn = store.connect(), store.connect(settings("Autumn"))
    elsewhere = store.connect(settings("Other", address="other.api-us1.com"))
    store.fill(spring, [gift(2, "2026-08-01")])
    older = store.claim(spring)
    store.fill(autumn, [gift(2, "2026-08-02"), gift(3, "2026-08-02", 7)])
    store.fill(elsewhere, [gift(2, "2026-08-02")])

    assert not older.outdated, "the newer donation came while it was on its way"
    assert store.claim(elsewhere).donor == older.donor
    other = store.claim(autumn)
    assert other.donor == donor(7)
    assert store.queue.claim(autumn.id, NOW) == NoClaim(IdleReason.OTHERS)
    store.end(other, Success())
    assert store.queue.claim(autumn.id, NOW) == NoClaim(IdleReason.OTHERS)
    store.end(older, Success())
    newer = store.claim(autumn)
    assert (newer.donor, newer.outdated) == (older.donor, False)


def test_what_a_dead_process_held_on_another_connection_holds_nobody_up(store: Store) -> None:
    spring, autumn = store.connect(), store.connect(settings("Autumn"))
    store.fill(spring, [gift(2, "2026-08-01")])
    dead = store.another()
    claim = dead.claim(spring)
    store.fill(autumn, [gift(2, "2026-08-02")])
    assert store.queue.claim(autumn.id, NOW) == NoClaim(IdleReason.OTHERS)

    dead.owners.close()
    store.queue.claim(autumn.id, NOW)

    assert store.claim(autumn).donor == claim.donor
    assert store.states(spring) == [RecordState.WAITING]
    dead.close()


def test_a_bulk_request_that_was_taken_is_under_way_while_nobody_asks_for_its_result(store: Store) -> None:
    spring, autumn = store.connect(), store.connect(settings("Autumn"))
    store.fill(spring, [gift(2, "2026-08-01")])
    requests = bulk_queue.BulkQueue(store.database, store.owners)
    taken = requests.claim(spring.id, NOW, lambda _: [0], 250)
    assert taken is not None
    assert requests.store_accepted(taken, "batch-1", {}, (), NOW)
    assert requests.release(taken, NOW)
    store.fill(autumn, [gift(2, "2026-08-02")])

    assert store.queue.claim(autumn.id, NOW + 60) == NoClaim(IdleReason.OTHERS)
    assert store.claim(autumn, NOW + BULK_PATIENCE).donor == donor(1)
