"""Of one person's donations the newest counts, in whatever order files come."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ac_desktop.model.rules import Success
from ac_desktop.store.claims import Claim
from ac_desktop.store.freshness import is_older
from ac_desktop.store.records import NewRecord
from tests.made_up import ADDRESS, NOW, Store, donor, new_record, settings

ACCOUNT = ADDRESS.removeprefix("https://")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as made:
        yield made


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


def test_the_share_of_donors_whom_the_account_knew_is_told(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 4)
    assert store.views.known_share(connection.id) == 0.0
    for number in range(4):
        claim = store.claim(connection)
        store.queue.keep_contact(claim, str(number + 1), created=number != 0, now=NOW)
        store.end(claim, Success())

    assert store.views.known_share(connection.id) == 0.25
