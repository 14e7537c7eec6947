"""The receipts that are shown follow the queue."""

from pathlib import Path

from ac_desktop.model.import_result import ImportResult
from ac_desktop.ui.importing.import_state import ImportStage
from tests.anedot import gifts, write_export
from tests.harness import PATIENCE
from tests.ui.importing.support import Office


def _shown(office: Office) -> ImportResult:
    return office.flow.state.queued[0].receipt


def test_a_receipt_that_is_shown_follows_the_relay(office: Office, tmp_path: Path) -> None:
    office.take(write_export(tmp_path / "gifts.csv", gifts(40)))
    office.until_check()
    office.queue()
    assert (_shown(office).sent, _shown(office).waiting) == (0, 40)
    assert office.sheet.receipt.message.text() == "Queued. Nothing is sent until you press Relay."
    engine = office.desk.services.engine
    engine.subscribe(office.bridge.something_changed)

    engine.start(office.connection.id, in_bulk=True)
    assert engine.join(office.connection.id, PATIENCE)

    office.until(lambda: _shown(office).sent == 40)
    assert _shown(office).balances
    assert "40 rows = 40 sent + 0 waiting" in office.sheet.receipt.view.toPlainText()
    assert "found on the list" in office.sheet.receipt.view.toPlainText()
    assert office.sheet.receipt.message.text() == "These numbers change while donors are relayed."
    assert not office.sheet.receipt.undo.isEnabled()


def test_nothing_is_followed_once_the_receipts_are_put_away(office: Office, tmp_path: Path) -> None:
    office.take(write_export(tmp_path / "gifts.csv", gifts(3)))
    office.until_check()
    office.queue()
    office.until(lambda: not office.bridge.is_busy)

    office.flow.dismiss()
    office.bridge.something_changed()
    with office.qtbot.waitSignal(office.bridge.changed):
        pass

    assert not office.bridge.is_busy
    assert office.flow.state.stage is ImportStage.IDLE
