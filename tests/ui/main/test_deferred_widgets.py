"""What is built after the first paint loads ahead what is needed next, and lets the window go first."""

import sys

from pytestqt.qtbot import QtBot

from ac_desktop.ui.main.main_window import MainWindow
from tests.harness import Harness


def test_what_the_first_relay_needs_is_loaded_while_the_window_is_idle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.bridge.is_busy)
    assert {
        "ac_desktop.activecampaign.client",
        "ac_desktop.store.queries.record_sql",
        "platformdirs",
    } <= sys.modules.keys()


def test_a_relay_beside_a_window_goes_last(harness: Harness, window: MainWindow) -> None:
    assert window.is_built
    assert harness.services.engine.lowers_priority
