"""How days that were fetched are named: in the queue, in a reason, in the log, and where donors are filtered."""

from pathlib import Path

import pytest

from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.wording import source_name, source_of
from ac_desktop.store.queries.listing import filter_choices
from ac_desktop.store.queries.record_query import SourceFilter
from tests.importing.sources.anedot_support import DAY, NEXT_DAY, donation, fetching


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("2026-11-27/2026-11-27", "Anedot, Nov 27, 2026"),
        ("2026-11-27/2026-11-28", "Anedot, Nov 27, 2026 to Nov 28, 2026"),
        ("", "Anedot"),
    ],
)
def test_the_days_are_stored_and_named_in_the_language(stored: str, shown: str) -> None:
    assert source_name("fetch", stored) == shown


def test_a_reason_names_the_fetch_that_brought_a_donor_before() -> None:
    found = reason(ReasonCode.ALREADY_QUEUED, date="2026-11-28", row="3", file="2026-11-27/2026-11-28")

    assert "Anedot, Nov 27, 2026 to Nov 28, 2026" in found.text
    assert source_of("") == "Pasted text"
    assert source_of("2026-11-27.csv") == "2026-11-27.csv"


def test_a_fetch_is_one_of_the_sources_that_donors_are_filtered_by_and_can_be_undone(tmp_path: Path) -> None:
    with fetching(tmp_path / "data") as here:
        here.accounts.donate(donation(1))
        outcome = here.fetch(DAY, NEXT_DAY)
        choices = filter_choices(here.services.database, here.connection.id)
        (facts,) = here.services.staging.batches(here.connection.id)

        assert choices.sources == (SourceFilter("fetch", "2026-11-27/2026-11-28"),)
        assert facts.id == outcome.batch_id
        assert here.services.staging.withdraw(facts.id, here.clock.now()) == 1
        assert here.fetch(DAY, NEXT_DAY).import_result is not None, "what was undone is not known"


def test_deleting_the_connection_deletes_its_anedot_key(tmp_path: Path) -> None:
    with fetching(tmp_path / "data") as here:
        account = here.services.anedot.accounts.of(here.connection.id)
        assert account is not None
        assert here.keys.get(account.key_name) == here.server.key
        here.services.remove_connection(here.connection.id)

        assert here.keys.get(account.key_name) is None
        assert here.services.anedot.accounts.of(here.connection.id) is None
