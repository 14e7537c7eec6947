"""Donations fetched from a stand-in Anedot: once each, with those left out that files leave out, all days or none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.importing.sources.anedot.support import NEXT_DAY, Fetching, donation, fetching


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Fetching]:
    with fetching(tmp_path / "data") as made:
        yield made


def test_a_day_is_queued_as_one_batch_with_page_date_and_id(here: Fetching) -> None:
    here.accounts.donate(donation(1))
    here.accounts.donate(donation(2))
    here.accounts.donate(donation(3, NEXT_DAY))

    outcome = here.fetch()

    assert outcome.import_result is not None
    assert (outcome.import_result.rows, outcome.import_result.waiting) == (2, 2)
    assert (outcome.problem, outcome.needs_answer, outcome.known) == (None, False, 0)
    record = here.records()[0]
    assert record.donor.email == "donor1@example.org"
    assert (record.donor.first_name, record.donor.last_name, record.donor.phone) == ("First1", "Dot", "2252501301")
    assert (record.donor.page, record.donor.page_name) == ("c00000000000000000001", "/demo/donate")
    stored = here.services.database.row("SELECT donation_id, donated_at FROM record WHERE id = ?", (record.id,))
    assert stored is not None
    assert tuple(stored) == ("d00000000000000000001", "2026-11-27 20:45:23")
    facts = here.services.staging.facts(outcome.batch_id or 0)
    assert facts is not None
    assert (facts.kind, facts.file_name, facts.recognised_as) == ("fetch", "Anedot, 2026-11-27", "Anedot API")


def test_a_day_fetched_again_brings_nothing_new(here: Fetching) -> None:
    here.accounts.donate(donation(1))
    here.fetch()
    here.accounts.donate(donation(2))

    second, third = here.fetch(), here.fetch()

    assert second.import_result is not None
    assert (second.import_result.rows, second.known) == (1, 1)
    assert (third.batch_id, third.problem, third.known) == (None, None, 2)
    assert [record.donor.email for record in here.records()] == ["donor1@example.org", "donor2@example.org"]
    assert here.batches() == 2
