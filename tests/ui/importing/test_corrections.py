"""A report corrected and dropped back into the window: what is corrected replaces, and the rest is told."""

import csv
from pathlib import Path

from ac_desktop.model.states import RecordState
from ac_desktop.reporting.report import write_report
from ac_desktop.ui.importing.check_model import CheckCol
from ac_desktop.ui.importing.import_state import ImportStage
from tests.ui.importing.support import Office, donors_csv


def corrected(office: Office, path: Path, **changes: str) -> Path:
    """Export what is held, correct the first row, and save it."""
    states = (RecordState.FAILED, RecordState.HELD)
    write_report(path, office.desk.services.reports.of_states(office.connection.id, states))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0].update(changes)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_corrected_report_replaces_what_it_came_from(office: Office, tmp_path: Path) -> None:
    office.take(donors_csv(tmp_path, ["ann@,Ann,Dot,", "bea@,Bea,Dot,"]))
    office.until_check()
    office.queue()
    office.flow.dismiss()
    office.take(corrected(office, tmp_path / "failed.csv", Email="ann@example.org"))
    office.until_check()
    assert office.cells(CheckCol.EMAIL) == ["ann@example.org"]
    assert "1 row without a correction left as is" in office.sheet.check.message.text()
    assert office.desk.counts(office.connection).held == 2
    office.queue()
    counts = office.desk.counts(office.connection)
    assert (counts.waiting, counts.held, counts.skipped) == (1, 1, 1)
    receipt = office.flow.state.queued[0].receipt
    assert receipt.balances
    assert (receipt.rows, receipt.waiting) == (1, 1)
    office.sheet.receipt.undo.click()
    office.until(lambda: office.desk.counts(office.connection).held == 2)
    assert office.desk.counts(office.connection).skipped == 0


def test_a_report_that_nobody_corrected_is_told(office: Office, tmp_path: Path) -> None:
    office.take(donors_csv(tmp_path, ["ann@,Ann,Dot,"]))
    office.until_check()
    office.queue()
    office.flow.dismiss()
    office.take(corrected(office, tmp_path / "failed.csv"))
    office.until_stage(ImportStage.REFUSED)
    assert "No row of the report" in office.flow.state.text
    assert office.desk.counts(office.connection).rows == 1
