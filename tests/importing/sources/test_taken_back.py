"""What a person took out of the queue, or erased, no automatic fetch brings back; a person's own fetch may."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.importing.sources.anedot_support import Fetching, donation, fetching


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Fetching]:
    with fetching(tmp_path / "data") as made:
        yield made


def an_hour_later(here: Fetching) -> None:
    here.clock.advance(3_600)


@pytest.mark.parametrize("by_itself", [True, False])
def test_a_batch_that_was_undone_comes_back_only_where_a_person_fetches(here: Fetching, *, by_itself: bool) -> None:
    here.accounts.donate(donation(1))
    first = here.fetch(by_itself=by_itself)
    assert here.services.staging.withdraw(first.batch_id or 0, here.clock.now()) == 1
    an_hour_later(here)

    automatic, by_a_person = here.fetch(by_itself=True), here.fetch()

    assert (automatic.batch_id, automatic.known) == (None, 1)
    assert by_a_person.import_result is not None
    assert by_a_person.import_result.waiting == 1


def test_an_erased_person_is_not_stored_again_by_itself(here: Fetching) -> None:
    here.accounts.donate(donation(1))
    here.fetch(by_itself=True)
    here.services.erasure.erase("donor1@example.org", here.clock.now())
    an_hour_later(here)

    assert here.fetch(by_itself=True).batch_id is None
    assert [record.donor.email for record in here.records()] in ([], [""])


def test_a_donation_that_was_pending_when_it_was_undone_still_comes_in_when_it_is_completed(here: Fetching) -> None:
    here.accounts.donate(donation(1, status="pending"))
    here.fetch(by_itself=True)
    here.services.connections.delete(here.connect("Other").id)
    an_hour_later(here)
    here.accounts.set_status(donation(1).id, "completed")

    completed = here.fetch(by_itself=True)
    an_hour_later(here)

    assert completed.import_result is not None
    assert completed.import_result.waiting == 1
    assert here.fetch(by_itself=True).batch_id is None


def test_another_connection_fetches_the_same_donations_for_its_own_list(here: Fetching) -> None:
    here.accounts.donate(donation(1))
    here.fetch(by_itself=True)
    an_hour_later(here)

    other = here.fetch(by_itself=True, connection=here.connect("Autumn"))

    assert other.import_result is not None
    assert other.import_result.waiting == 1


def test_the_ids_of_fetched_donations_are_kept_as_hashes_alone(here: Fetching) -> None:
    here.accounts.donate(donation(1))
    here.fetch()
    rows = here.services.database.rows("SELECT donation_hash, left_out FROM fetched_donation")

    assert len(rows) == 1
    assert isinstance(rows[0]["donation_hash"], int)
