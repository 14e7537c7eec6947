"""A report corrected and dropped back into the window: what is corrected replaces, and the rest is reported."""

import csv
from pathlib import Path

from ac_desktop.model.states import RecordState
from ac_desktop.reporting.report import write_report
from ac_desktop.ui.importing.checking.check_model import CheckCol
from ac_desktop.ui.importing.import_state import ImportStage
from tests.ui.importing.support import ImportHarness, donors_csv


def corrected(importing: ImportHarness, path: Path, **changes: str) -> Path:
    """Export what is held, correct the first row, and save it."""
    states = (RecordState.FAILED, RecordState.HELD)
    write_report(path, importing.harness.services.reports.of_states(importing.connection.id, states))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0].update(changes)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_corrected_report_replaces_what_it_came_from(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, ["ann@,Ann,Dot,", "bea@,Bea,Dot,"]))
    importing.until_check()
    importing.queue()
    importing.flow.dismiss()
    importing.take(corrected(importing, tmp_path / "failed.csv", Email="ann@example.org"))
    importing.until_check()
    assert importing.cells(CheckCol.EMAIL) == ["ann@example.org"]
    assert "1 row without a correction left unchanged" in importing.sheet.check.message.text()
    assert importing.harness.counts(importing.connection).held == 2
    importing.queue()
    counts = importing.harness.counts(importing.connection)
    assert (counts.waiting, counts.held, counts.skipped) == (1, 1, 1)
    receipt = importing.flow.state.queued[0].result
    assert receipt.balances
    assert (receipt.rows, receipt.waiting) == (1, 1)
    importing.sheet.result.undo.click()
    importing.until(lambda: importing.harness.counts(importing.connection).held == 2)
    assert importing.harness.counts(importing.connection).skipped == 0


def test_a_report_that_nobody_corrected_is_reported(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, ["ann@,Ann,Dot,"]))
    importing.until_check()
    importing.queue()
    importing.flow.dismiss()
    importing.take(corrected(importing, tmp_path / "failed.csv"))
    importing.until_stage(ImportStage.REFUSED)
    assert "No rows of the report" in importing.flow.state.text
    assert importing.harness.counts(importing.connection).rows == 1
