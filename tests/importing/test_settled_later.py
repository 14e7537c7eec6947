"""A donation that was left out because it was not completed is queued when a later export says that it is."""

from pathlib import Path

import pytest

from ac_desktop.importing.pipeline import import_table
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.store.imports.row_hashes import RowHashes
from tests.made_up import NOW, Store


@pytest.mark.parametrize("before", ["Pending", "Failed", "Refunded"])
def test_a_donation_that_is_completed_since_is_queued_once(tmp_path: Path, before: str) -> None:
    path = tmp_path / "export.csv"
    with Store(tmp_path / "data") as store:
        connection, hashes = store.connect(), RowHashes(store.database)
        states = []
        for status in (before, before, "Completed", "Completed"):
            path.write_text(f"Email,First Name,Payment Status\nannie@example.org,Annie,{status}\n", encoding="utf-8")
            (batch,) = import_table(store.queue, hashes, connection, [path], load_profiles(), now=NOW)
            states.append((batch.result.waiting, batch.result.skipped))

        assert states == [(0, 1), (0, 1), (1, 0), (0, 1)]
