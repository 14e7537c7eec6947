"""The directory of connections, against real services."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ac_desktop.model.states import ConnectionState
from ac_desktop.ui.connection.delete_dialog import DeleteDialog
from ac_desktop.ui.connection.directory_dialog import DirectoryDialog, open_directory
from ac_desktop.ui.connection.directory_model import COL_LAST, COL_NAME, COL_STATE, COL_WAITING
from ac_desktop.ui.connection.settings.pages import ConnectionPageId
from ac_desktop.ui.connection.settings.settings_dialog import ConnectionSettingsDialog
from ac_desktop.ui.connection.wizard.answers import WizardPageId
from ac_desktop.ui.connection.wizard.list_model import ListModel
from ac_desktop.ui.connection.wizard.wizard import ConnectionWizard
from tests.harness import donors
from tests.ui.connection.support import KEY, FakeCheck, UiHarness, mnemonics, unnamed

Open = Callable[..., DirectoryDialog]


@pytest.fixture
def opened(ui: UiHarness) -> Iterator[Open]:
    made: list[DirectoryDialog] = []

    def make(**wanted: object) -> DirectoryDialog:
        dialog = open_directory(None, ui.with_check(FakeCheck()), ui.bridge, **wanted)  # type: ignore[arg-type]
        made.append(dialog)
        return dialog

    yield make
    for dialog in made:
        dialog.close()


def wizard_over(dialog: QWidget) -> ConnectionWizard:
    return next(one for one in dialog.findChildren(ConnectionWizard) if one.isVisible())


def cell(dialog: DirectoryDialog, row: int, column: int, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    return dialog.panel.model.index(row, column).data(role)


def test_each_connection_with_its_state_waiting_count_and_last_relay(ui: UiHarness, opened: Open) -> None:
    spring = ui.connection("Spring")
    ui.connection("Autumn")
    ui.harness.queue(spring, donors(12))
    with ui.services.database.writing() as sql:
        sql.execute("UPDATE connection SET relayed_at = ? WHERE id = ?", (ui.services.clock.now(), spring.id))
    dialog = opened()
    QAbstractItemModelTester(dialog.panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert [cell(dialog, row, COL_NAME) for row in range(2)] == ["Autumn", "Spring"]
    assert cell(dialog, 1, COL_WAITING) == "12"
    assert cell(dialog, 0, COL_LAST) == "never"
    assert cell(dialog, 1, COL_LAST) != "never"
    assert cell(dialog, 1, COL_STATE) == "Active"
    assert cell(dialog, 1, COL_STATE, Qt.ItemDataRole.DecorationRole) is not None
    assert str(cell(dialog, 1, COL_NAME, Qt.ItemDataRole.AccessibleTextRole)).startswith("Spring, Active, 12 waiting")


def test_pause_and_resume(ui: UiHarness, opened: Open, qtbot: QtBot) -> None:
    ui.connection("Spring")
    heard: list[object] = []
    dialog = opened(on_changed=heard.append)
    dialog.panel.pause.click()
    qtbot.waitUntil(lambda: cell(dialog, 0, COL_STATE) == "Paused")
    assert dialog.panel.pause.text() == "Re&sume"
    dialog.panel.pause.click()
    qtbot.waitUntil(lambda: cell(dialog, 0, COL_STATE) == "Active")
    assert len(heard) == 2


def test_an_inactive_one_can_only_be_reactivated(ui: UiHarness, opened: Open) -> None:
    ui.connection("Spring")
    with ui.services.database.writing() as sql:
        sql.execute("UPDATE connection SET state = 'inactive', streak = 5")
    dialog = opened()
    assert not dialog.panel.pause.isEnabled()
    assert dialog.panel.pause.toolTip()
    assert dialog.panel.reactivate.isEnabled()


def test_deleting_needs_the_name_and_takes_records_and_key(ui: UiHarness, opened: Open, qtbot: QtBot) -> None:
    spring = ui.connection("Spring Appeal")
    ui.harness.queue(spring, donors(3))
    key_name = ui.services.connections.key_name(spring.id)
    dialog = opened()
    dialog.panel.delete.click()
    (asks,) = dialog.findChildren(DeleteDialog)
    assert "3 donors" in asks.warning.text
    assert "Waiting: 3." in asks.warning.text
    assert not asks.delete.isEnabled()
    QTest.keyClicks(asks.name, "spring appeal")
    assert not asks.delete.isEnabled()
    asks.name.setText(" Spring Appeal ")
    assert unnamed(asks) == []
    asks.delete.click()
    qtbot.waitUntil(lambda: ui.services.connections.all() == [])
    qtbot.waitUntil(lambda: not dialog.panel.model.rows)
    assert ui.services.keys.get(key_name) is None
    assert dialog.panel.empty.isVisible()
    assert "was deleted" in dialog.panel.status.text


def test_editing_opens_any_page_directly(ui: UiHarness, opened: Open) -> None:
    ui.connection("Spring")
    dialog = opened()
    for action in dialog.panel.menu.actions():
        if action.isSeparator():
            continue
        action.trigger()
        settings = next(one for one in dialog.findChildren(ConnectionSettingsDialog) if one.isVisible())
        expected = {
            "&L": ConnectionPageId.LIST,
            "Ac": ConnectionPageId.PAGES,
            "&T": ConnectionPageId.TEAM,
            "&D": ConnectionPageId.DONOR_DATA,
            "&N": ConnectionPageId.NAME,
        }
        assert settings.shown_page == expected.get(action.text()[:2], ConnectionPageId.ACCOUNT)
        settings.done(0)


def test_a_duplicate_begins_with_everything_and_takes_the_key_along(ui: UiHarness, opened: Open, qtbot: QtBot) -> None:
    ui.connection("Spring")
    dialog = opened()
    dialog.panel.duplicate.click()
    wizard = wizard_over(dialog)
    qtbot.waitUntil(lambda: wizard.state.proof is not None)
    for number in (WizardPageId.LIST, WizardPageId.PAGES, WizardPageId.TEAM, WizardPageId.SUMMARY):
        wizard.next()
        assert wizard.currentId() == number
    wizard.accept()
    qtbot.waitUntil(lambda: len(ui.services.connections.all()) == 2)
    qtbot.waitUntil(lambda: len(dialog.panel.model.rows) == 2)
    copy = next(one for one in ui.services.connections.all() if one.name != "Spring")
    assert copy.name == "Donors"
    assert ui.services.keys.get(ui.services.connections.key_name(copy.id)) == KEY
    assert dialog.panel.current is not None
    assert dialog.panel.current.connection.id == copy.id


def test_enter_chooses_a_connection_for_the_window(ui: UiHarness, opened: Open) -> None:
    kept = ui.connection("Spring")
    chosen: list[object] = []
    dialog = opened(on_chosen=chosen.append)
    dialog.panel.table.setFocus()
    QTest.keyClick(dialog.panel.table, Qt.Key.Key_Return)
    assert chosen == [kept.id]


def test_a_refresh_keeps_the_selection_on_the_same_connection(ui: UiHarness, opened: Open) -> None:
    kept = ui.connection("Spring")
    dialog = opened()
    ui.connection("Autumn")
    dialog.refresh()
    assert dialog.panel.current is not None
    assert dialog.panel.current.connection.id == kept.id


def test_controls_have_names_and_letters_of_their_own(ui: UiHarness, opened: Open) -> None:
    ui.connection("Spring")
    dialog = opened()
    assert unnamed(dialog) == []
    letters = mnemonics(dialog)
    assert len(letters) == len(set(letters))
    assert ui.services.connections.all()[0].state is ConnectionState.ACTIVE


def test_the_table_of_lists_is_a_good_model(qtbot: QtBot) -> None:
    model = ListModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    lists = FakeCheck().lists_say
    assert isinstance(lists, tuple)
    with qtbot.waitSignal(model.modelReset):
        model.show_lists(lists)
    assert model.rowCount() == 1
