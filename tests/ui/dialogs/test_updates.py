"""Check for updates: what is sent is said first, nobody is asked before a person wishes so, nothing is installed."""

import json

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from ac_desktop import __version__
from ac_desktop.ui.dialogs.update_controller import BETWEEN, UpdateController
from ac_desktop.ui.dialogs.update_dialog import UpdatesDialog
from ac_desktop.ui.main.main_window import MainWindow
from tests.activecampaign.servers import Server, answer, says
from tests.harness import Harness

PAGE = "https://example.org/99.2.0"


def _server(version: str = "99.2.0") -> Server:
    return Server(says(answer(json.dumps({"tag_name": f"v{version}", "html_url": PAGE}).encode())))


def _conduct(window: MainWindow, harness: Harness, server: Server, *, practice: bool = False) -> UpdateController:
    return UpdateController(
        harness.services,
        window.bridge,
        window.settings,
        window.message_bar,
        window.actions_,
        window,
        practice=practice,
        feed=lambda: f"http://127.0.0.1:{server.port}/latest",
    )


def _dialog(window: MainWindow) -> UpdatesDialog:
    found = window.findChild(UpdatesDialog)
    assert isinstance(found, UpdatesDialog)
    return found


def test_a_program_built_without_a_feed_does_not_offer_to_ask(window: MainWindow) -> None:
    window.actions_.help_menu.aboutToShow.emit()
    assert not window.actions_.updates.isVisible()


def test_what_is_sent_is_said_and_nothing_is_sent_before_the_button(
    qtbot: QtBot, window: MainWindow, harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    with _server() as server:
        conduct = _conduct(window, harness, server)
        window.actions_.help_menu.aboutToShow.emit()
        conduct.open()
        dialog = _dialog(window)
        assert f"asks 127.0.0.1 for the latest version number. It sends your version, {__version__}, and nothing" in (
            dialog.what_is_sent.text()
        )
        assert server.requests == []
        dialog.check.click()
        qtbot.waitUntil(lambda: "Version 99.2.0 is available" in dialog.answer.text())
        assert len(server.requests) == 1
    assert opened == []
    dialog.open_page.click()
    assert [url.toString() for url in opened] == [PAGE]


def test_having_the_newest_is_reported_and_leads_nowhere(qtbot: QtBot, window: MainWindow, harness: Harness) -> None:
    with _server(__version__) as server:
        conduct = _conduct(window, harness, server)
        window.actions_.help_menu.aboutToShow.emit()
        conduct.open()
        _dialog(window).check.click()
        qtbot.waitUntil(lambda: _dialog(window).answer.text() == "You have the latest version.")
    assert _dialog(window).open_page.isHidden()


def test_who_cannot_be_asked_is_named_calmly(qtbot: QtBot, window: MainWindow, harness: Harness) -> None:
    with Server(says(answer(status="500 Internal Server Error"))) as server:
        conduct = _conduct(window, harness, server)
        window.actions_.help_menu.aboutToShow.emit()
        conduct.open()
        _dialog(window).check.click()
        qtbot.waitUntil(lambda: "127.0.0.1 didn't report a version" in _dialog(window).answer.text())
    assert _dialog(window).check.isEnabled()


def test_nobody_is_asked_unprompted_before_a_person_wishes_so(
    qtbot: QtBot, window: MainWindow, harness: Harness
) -> None:
    with _server() as server:
        conduct = _conduct(window, harness, server)
        conduct.ask_if_due()
        qtbot.waitUntil(lambda: not window.bridge.is_busy)
        assert server.connections == 0


def test_once_wished_it_asks_once_a_week_and_reports_only_what_is_newer(
    qtbot: QtBot, window: MainWindow, harness: Harness
) -> None:
    with _server() as server:
        conduct = _conduct(window, harness, server)
        window.actions_.help_menu.aboutToShow.emit()
        conduct.open()
        _dialog(window).weekly.click()
        _dialog(window).close()
        assert window.settings.asks_for_updates
        for _ in range(2):
            conduct.ask_if_due()
            qtbot.waitUntil(lambda: not window.bridge.is_busy)
        assert len(server.requests) == 1
        assert "AC Desktop 99.2.0 is available. It isn't installed automatically." in window.message_bar.text.text()
        window.settings.updates_asked_at -= BETWEEN
        conduct.ask_if_due()
        qtbot.waitUntil(lambda: not window.bridge.is_busy)
        assert len(server.requests) == 2
    window.message_bar.action_button.click()
    assert "Version 99.2.0 is available" in _dialog(window).answer.text()


def test_a_practice_window_never_asks(qtbot: QtBot, window: MainWindow, harness: Harness) -> None:
    window.settings.asks_for_updates = True
    with _server() as server:
        conduct = _conduct(window, harness, server, practice=True)
        conduct.ask_if_due()
        qtbot.waitUntil(lambda: not window.bridge.is_busy)
        assert server.connections == 0
        assert not window.actions_.updates.isVisible()
