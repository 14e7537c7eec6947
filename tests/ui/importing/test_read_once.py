"""Each file is opened once and each of its rows validated once, from the drop to the receipt."""

from pathlib import Path

import pytest

from ac_desktop.ui.importing.import_runner import ImportRunner
from tests.anedot import donation_rows, write_export
from tests.importing.reading_counts import ReaderInProcess, counted
from tests.ui.importing.support import ImportHarness


def test_a_dropped_file(importing: ImportHarness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    importing.flow._runner = ImportRunner(importing.harness.services, ReaderInProcess)
    path = write_export(tmp_path / "donors.csv", donation_rows(450))
    with counted(path, monkeypatch) as counts:
        importing.take(path)
        importing.until_check()
        importing.queue()
    assert counts.each_once(450), counts
