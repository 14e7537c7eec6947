"""What files and accounts say is shown as it is in the window: no HTML, no turned direction, no control character."""

import pytest
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import escape_control_characters
from ac_desktop.store.queue.records import BatchSource, NewRecord
from ac_desktop.ui.base import formatting
from ac_desktop.ui.log.details import DetailsTab
from ac_desktop.ui.main.main_window import MainWindow
from tests.harness import Harness

HTML = '<img src="file:///etc/passwd"><b>Ann</b>'
TURNED = "gro.elpmaxe\u202emoc"
FILE = f"donors\u202evsc.exe {HTML}.csv"


@pytest.fixture
def hostile(harness: Harness, connection: Connection, window: MainWindow, qtbot: QtBot) -> MainWindow:
    queue, now = harness.services.queue, harness.clock.now()
    why = reason(ReasonCode.BAD_EMAIL, email=f"{TURNED}{HTML}\x1b[2J")
    who = Donor(email="ann@example.org", first_name=HTML, last_name=HTML, page_name=HTML, page=TURNED)
    batch = queue.open_batch(
        connection.id, BatchSource(kind="file", file_name=FILE, sheet=HTML, header=(HTML, TURNED)), now
    )
    record = NewRecord(row=2, donor=who, state=RecordState.HELD, reason=why, cells=(HTML, f"{TURNED}\x1b[2J"))
    queue.add(connection.id, batch, [record], now)
    queue.close_batch(batch, 1)
    window.refresh()
    qtbot.waitUntil(lambda: window.queue.model.rowCount() == 1)
    window.queue.table.selectRow(0)
    qtbot.waitUntil(lambda: not window.bridge.is_busy)
    return window


def rich_labels(root: QWidget) -> list[str]:
    """Find the labels that would take their text for HTML."""
    return [
        label.text()
        for label in root.findChildren(QLabel)
        if label.textFormat() is not Qt.TextFormat.PlainText and Qt.mightBeRichText(label.text())
    ]


def test_no_cell_and_no_tooltip_turns_steers_or_is_html(hostile: MainWindow) -> None:
    model = hostile.queue.model
    for column in range(model.columnCount()):
        index = model.index(0, column)
        shown = str(model.data(index) or "")
        assert escape_control_characters(shown) == shown
        tip = str(model.data(index, Qt.ItemDataRole.ToolTipRole) or "")
        assert escape_control_characters(tip) == tip
        assert "<img" not in tip
        assert "<b>" not in tip


def test_no_label_of_the_window_and_its_dialogs_takes_it_for_html(hostile: MainWindow, qtbot: QtBot) -> None:
    for tab in DetailsTab:
        hostile.deferred.details.open_tab(tab)
    hostile.deferred.queue_controller.decisions.decide(hostile.queue.table.selected_ids())
    hostile.deferred.privacy_controller.erase_chosen()
    qtbot.waitUntil(lambda: not hostile.bridge.is_busy)
    assert rich_labels(hostile) == []


def test_the_source_row_is_shown_without_its_steering_characters(hostile: MainWindow) -> None:
    hostile.deferred.details.open_tab(DetailsTab.SOURCE)
    shown = hostile.deferred.details.source.text()
    assert "<img" in shown, "it is shown as it is"
    assert escape_control_characters(shown) == shown


def test_a_plain_tooltip_stays_as_it_is() -> None:
    assert formatting.tip("2 < 3 & 5") == "2 < 3 & 5"
    assert formatting.tip("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>"
