"""The window reports when it is busy, so that the relay yields to it; and it loads ahead what is needed next."""

import sys

from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from ac_desktop.ui.main.main_window import MainWindow
from tests.harness import Harness


def test_the_window_is_at_work_while_it_looks_and_before_it_paints(window: MainWindow, harness: Harness) -> None:
    waited: list[float] = []
    ui_yield = harness.services.ui_yield
    ui_yield._now, ui_yield._sleep = lambda: sum(waited), waited.append
    ui_yield._until = 0.0
    ui_yield.wait_while_busy()
    assert waited == []
    window.refresh()
    ui_yield.wait_while_busy()
    assert len(waited) == 1
    QCoreApplication.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))
    ui_yield.wait_while_busy()
    assert len(waited) == 2


def test_what_the_first_relay_needs_is_loaded_while_the_window_is_idle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.bridge.is_busy)
    assert {
        "ac_desktop.activecampaign.client",
        "ac_desktop.store.queries.record_sql",
        "platformdirs",
    } <= sys.modules.keys()
