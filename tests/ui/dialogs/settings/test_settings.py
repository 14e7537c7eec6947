"""The settings: each change applies at once and is remembered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ac_desktop.language import Language
from ac_desktop.model.connection import Connection
from ac_desktop.platform.login_start import AutostartEntry
from ac_desktop.ui.base.theme import Scheme
from ac_desktop.ui.base.visual.colors import is_dark
from ac_desktop.ui.base.visual.metrics import text_pixels
from ac_desktop.ui.base.window_settings import WindowSettings
from ac_desktop.ui.dialogs.settings.access import LoginSetting, SettingsAccess
from ac_desktop.ui.dialogs.settings.general_page import GeneralPage
from ac_desktop.ui.dialogs.settings.other_pages import NoticesPage
from ac_desktop.ui.dialogs.settings.settings_dialog import SettingsDialog
from ac_desktop.ui.main.main_window import MainWindow
from tests.harness import Harness


@pytest.fixture
def dialog(window: MainWindow) -> Iterator[SettingsDialog]:
    window.actions_.settings.trigger()
    made = window.findChild(SettingsDialog)
    assert made is not None
    yield made
    made.reject()
    window.choose_text_size(100)
    window.choose_scheme(Scheme.SYSTEM)


def choose(page: GeneralPage, box: str, value: object) -> None:
    combo = getattr(page, box)
    at = combo.findData(value)
    combo.setCurrentIndex(at)
    combo.activated.emit(at)


def test_colors_and_text_size_apply_at_once_and_are_remembered(
    dialog: SettingsDialog, window: MainWindow, harness: Harness
) -> None:
    before = text_pixels(window.queue.table.font())
    choose(dialog.general, "scheme", Scheme.DARK)
    assert is_dark(window.palette())
    choose(dialog.general, "text_size", 150)
    assert text_pixels(window.queue.table.font()) == pytest.approx(before * 1.5, abs=1)
    window.settings.save()
    again = WindowSettings(harness.folder)
    assert (again.scheme, again.text_percent) == (Scheme.DARK, 150)


def test_another_language_is_wanted_at_once(qtbot: QtBot, dialog: SettingsDialog, window: MainWindow) -> None:
    with qtbot.waitSignal(window.language_chosen):
        choose(dialog.general, "language", Language.SPANISH)
    assert window.settings.language is Language.SPANISH


def test_names_are_hidden_and_shown(dialog: SettingsDialog, window: MainWindow) -> None:
    dialog.general.hides_names.click()
    assert window.actions_.privacy_mask.isChecked()
    dialog.general.hides_names.click()
    assert not window.actions_.privacy_mask.isChecked()


def test_the_notice_at_the_end_of_a_relay_can_be_switched_off(
    dialog: SettingsDialog, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(window.tray, "show_end", shown.append)
    window.show_end("Done: 3 sent.")
    page = dialog.pages[1]
    assert isinstance(page, NoticesPage)
    page.at_end.click()
    window.show_end("Done: 4 sent.")
    assert shown == ["Done: 3 sent."]


def test_the_page_of_data_says_for_how_long_it_is_kept(
    dialog: SettingsDialog, harness: Harness, connection: Connection
) -> None:
    assert connection.id
    harness.services.retention.set_days(0)
    dialog.list.setCurrentRow(2)
    assert dialog.data.kept.text().endswith("kept indefinitely.")
    harness.services.retention.set_days(30)
    dialog.data.show_settings()
    assert dialog.data.kept.text().endswith("kept for 30 days.")


def test_a_copy_that_knows_nobody_to_ask_says_so(dialog: SettingsDialog) -> None:
    dialog.list.setCurrentRow(4)
    assert dialog.stack.currentIndex() == 4


class Login:
    """Stands for the system's list of what starts at sign-in."""

    def __init__(self) -> None:
        self.on = False
        self.problem: OSError | None = None

    def is_on(self) -> bool:
        return self.on

    def set_on(self, *, on: bool) -> None:
        if self.problem is not None:
            raise self.problem
        self.on = on


def test_starting_at_sign_in_is_offered_where_the_system_can(qtbot: QtBot, window: MainWindow) -> None:
    login = Login()
    actions = window.actions_
    access = SettingsAccess(
        settings=window.settings,
        choose_language=window.choose_language,
        choose_scheme=window.choose_scheme,
        choose_text_size=window.choose_text_size,
        kept_days=lambda: None,
        privacy_mask=actions.privacy_mask,
        retention=actions.retention,
        erase=actions.erase,
        updates=actions.updates,
        can_check_for_updates=lambda: False,
        start_at_login=login,
    )
    page = GeneralPage(access)
    qtbot.addWidget(page)
    assert not page.starts_at_login.isHidden()
    page.starts_at_login.click()
    assert login.on
    login.problem = PermissionError(13, "Access is denied")
    page.starts_at_login.click()
    assert page.starts_at_login.isChecked(), "it is as the system left it"
    assert "(Access is denied)" in page.login_problem.text()
    login.problem = None
    page.starts_at_login.click()
    assert not login.on
    assert page.login_problem.isHidden()


def test_the_login_starts_the_window_on_this_data_folder(tmp_path: Path) -> None:
    entry = AutostartEntry(tmp_path)
    setting = LoginSetting(entry, tmp_path / "data")
    setting.set_on(on=True)
    assert setting.is_on()
    command = (tmp_path / "ac-desktop.desktop").read_text(encoding="utf-8").replace("\\" * 4, "\\")
    assert "--data-dir" in command
    assert str(tmp_path / "data") in command, "a backslash is written as four there"
    setting.set_on(on=False)
    assert not setting.is_on()


def test_the_defaults_of_a_page_are_restored_and_of_no_other(
    qtbot: QtBot, dialog: SettingsDialog, window: MainWindow
) -> None:
    notices = dialog.pages[1]
    assert isinstance(notices, NoticesPage)
    notices.at_end.setChecked(False)
    choose(dialog.general, "scheme", Scheme.DARK)
    choose(dialog.general, "text_size", 150)
    dialog.general.hides_names.click()
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)  # type: ignore[no-untyped-call]
    assert (window.settings.scheme, window.settings.text_percent) == (Scheme.SYSTEM, 100)
    assert dialog.general.scheme.currentData() == Scheme.SYSTEM
    assert dialog.general.text_size.currentData() == 100
    assert window.actions_.privacy_mask.isChecked(), "nobody comes into sight while a screen is shared"
    window.actions_.privacy_mask.trigger()
    assert not window.settings.notifies_of_end, "another page"
    dialog.list.setCurrentRow(1)
    dialog.restore.click()
    assert window.settings.notifies_of_end
    assert notices.at_end.isChecked()


def test_the_page_of_data_has_nothing_to_restore(dialog: SettingsDialog, harness: Harness) -> None:
    harness.services.retention.set_days(30)
    dialog.list.setCurrentRow(2)
    assert not dialog.restore.isEnabled()
    assert dialog.restore.toolTip() == "Nothing on this page has a default."
    dialog.restore.click()
    assert harness.services.retention.days() == 30
    dialog.list.setCurrentRow(0)
    assert dialog.restore.isEnabled()


def test_the_language_of_the_system_is_restored_last(window: MainWindow, dialog: SettingsDialog) -> None:
    window.settings.language = Language.ENGLISH
    choose(dialog.general, "text_size", 125)
    dialog.restore.click()
    assert window.settings.language is Language.SYSTEM
    assert window.settings.text_percent == 100
