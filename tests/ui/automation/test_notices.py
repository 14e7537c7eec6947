"""Notices about what runs by itself: each is shown once, in the tray where the window is not in front, and opens its
place.
"""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ac_desktop.automation.events import AutomationCode, AutomationEvent
from ac_desktop.automation.status import AutomationControl
from ac_desktop.model.connection import Connection
from ac_desktop.model.states import RecordState
from ac_desktop.store.history.notices import Notice, NoticeCode
from ac_desktop.ui.automation.notice_controller import NoticeController, NoticePlaces, notice_text
from ac_desktop.ui.importing.fetch_dialog import FetchDialog
from ac_desktop.ui.importing.watching.watch_panel import WatchDialog
from ac_desktop.ui.main.main_window import MainWindow
from tests.harness import Harness
from tests.ui.conftest import HookCalls


def post(harness: Harness, connection: Connection, code: NoticeCode, **details: str) -> None:
    harness.services.notices.post(connection.id, code, harness.clock.now(), **details)


def press(window: MainWindow) -> None:
    """Open what the message in the window is about."""
    buttons = [one for one in window.message_bar.findChildren(QPushButton) if one.isVisible()]
    buttons[0].click()


def is_closed(harness: Harness) -> bool:
    return not harness.services.notices.open()


@pytest.mark.parametrize(
    ("code", "state"),
    [(NoticeCode.HELD_WAITING, RecordState.HELD), (NoticeCode.DONE_WITH_FAILURES, RecordState.FAILED)],
)
def test_a_notice_about_donors_shows_them(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection, code: NoticeCode, state: RecordState
) -> None:
    other = harness.connect("Autumn")
    window.refresh()
    window.choose_connection(other.id)
    post(harness, connection, code, count="2")
    window.refresh()
    press(window)
    assert window.current.connection_id == connection.id
    assert window.queue.tabs.state is state
    qtbot.waitUntil(lambda: is_closed(harness))


def test_a_notice_about_a_fetch_opens_it(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection
) -> None:
    post(harness, connection, NoticeCode.IMPORT_NEEDS_ANSWER, source="fetch", why="question")
    window.refresh()
    press(window)
    dialog = window.findChild(FetchDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: is_closed(harness) and not window.bridge.is_busy)
    dialog.reject()


def test_a_notice_about_the_folder_opens_it(
    qtbot: QtBot, harness: Harness, window: MainWindow, connection: Connection
) -> None:
    post(harness, connection, NoticeCode.FOLDER_UNREADABLE)
    window.refresh()
    press(window)
    dialog = window.findChild(WatchDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: is_closed(harness))
    dialog.reject()


def test_each_notice_is_shown_once_and_outside_only_where_the_window_is_not_in_front(
    harness: Harness, window: MainWindow, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside: list[str] = []
    controller = NoticeController(
        AutomationControl(harness.services),
        window.bridge,
        window.message_bar,
        lambda _title, text, _on_click: outside.append(text),
        _no_places(),
        window,
    )
    is_front = [True]
    monkeypatch.setattr(window, "isActiveWindow", lambda: is_front[0])
    post(harness, connection, NoticeCode.KEY_MISSING)
    window.refresh()
    controller.show_state(window.state)
    assert outside == []
    is_front[0] = False
    controller.show_state(window.state)
    assert outside == [], "shown before"
    post(harness, connection, NoticeCode.SWITCHED_OFF)
    post(harness, connection, NoticeCode.FETCH_FAILED, problem="key_refused")
    window.refresh()
    controller.show_state(window.state)
    assert outside == ["Spring Appeal: donations couldn't be fetched from Anedot."]


def _no_places() -> NoticePlaces:
    def nothing(*_: object) -> None:
        """Open nothing."""

    nowhere: Callable[..., None] = nothing
    return NoticePlaces(
        choose_connection=nowhere,
        show_donors=nowhere,
        import_file=nowhere,
        fetch=nowhere,
        watch=nowhere,
        replace_key=nowhere,
        reactivate=nowhere,
    )


@pytest.mark.parametrize("code", list(NoticeCode))
def test_every_notice_names_its_connection(code: NoticeCode) -> None:
    for details in ({}, {"file": "gifts.csv", "count": "3"}):
        text = notice_text(Notice(id=1, connection_id=1, at=0.0, code=code, details=details), "Spring")
        assert text.startswith("Spring: ")
        assert text.endswith(".")


def test_a_replaced_key_is_told_at_the_computer_that_lacks_it_and_asked_for_there(
    harness: Harness, window: MainWindow, connection: Connection, hook_calls: HookCalls
) -> None:
    other = harness.connect("Autumn")
    window.refresh()
    window.choose_connection(other.id)
    texts = {"person": "ana", "date": "2026-11-03"}
    replaced = AutomationEvent(at=0.0, code=AutomationCode.KEY_OUTDATED, connection=connection.name, texts=texts)
    window.deferred.automation.show_event(replaced)

    text = f"{connection.name}: The key was replaced by ana on Nov 3, 2026. Enter the new one to relay here."
    assert window.message_bar.text.text().startswith(text)
    press(window)
    assert window.current.connection_id == connection.id
    assert ("key", connection.id) in hook_calls.calls
