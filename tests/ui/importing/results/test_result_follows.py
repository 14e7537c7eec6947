"""The receipts that are shown follow the queue."""

from pathlib import Path

from ac_desktop.model.import_result import ImportResult
from ac_desktop.ui.importing.import_state import ImportStage
from tests.anedot import donation_rows, write_export
from tests.harness import PATIENCE
from tests.ui.importing.support import ImportHarness


def _shown(importing: ImportHarness) -> ImportResult:
    return importing.flow.state.queued[0].result


def test_a_receipt_that_is_shown_follows_the_relay(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(write_export(tmp_path / "gifts.csv", donation_rows(40)))
    importing.until_check()
    importing.queue()
    assert (_shown(importing).sent, _shown(importing).waiting) == (0, 40)
    assert importing.sheet.result.message.text() == "Added to the queue. Nothing is sent until you click Relay."
    engine = importing.harness.services.engine
    engine.subscribe(importing.bridge.something_changed)

    engine.start(importing.connection.id, in_bulk=True)
    assert engine.join(importing.connection.id, PATIENCE)

    importing.until(lambda: _shown(importing).sent == 40)
    assert _shown(importing).balances
    assert "40 rows = 40 sent + 0 waiting" in importing.sheet.result.view.toPlainText()
    assert "found on the list" in importing.sheet.result.view.toPlainText()
    assert importing.sheet.result.message.text() == "These numbers change while donors are sent."
    assert not importing.sheet.result.undo.isEnabled()


def test_nothing_is_followed_once_the_receipts_are_put_away(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(write_export(tmp_path / "gifts.csv", donation_rows(3)))
    importing.until_check()
    importing.queue()
    importing.until(lambda: not importing.bridge.is_busy)

    importing.flow.dismiss()
    importing.bridge.something_changed()
    with importing.qtbot.waitSignal(importing.bridge.changed):
        pass

    assert not importing.bridge.is_busy
    assert importing.flow.state.stage is ImportStage.IDLE
