"""What the first paint needs not is loaded after it."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.ui.dialogs.donor_form import AddDonorForm
from ac_desktop.ui.main.window import open_window
from ac_desktop.ui.queue.columns import QueueColumn
from tests.harness import Harness, donors
from tests.ui.conftest import HookCalls

LATER = (
    "requests",
    "keyring",
    "peewee",
    "psycopg",
    "email_validator",
    "python_calamine",
    "concurrent.futures",
    "xml",
    "filelock",
    "_hashlib",
)
LATER_OF_OURS = (
    "relay.engine",
    "importing.formats.table",
    "store.queue.queue",
    "ui.importing.flow",
    "ui.log.pane",
    "ui.main.deferred_widgets",
    "ui.main.first_start",
    "ui.base.parts.toast",
    "ui.automation.status_texts",
    "automation.status",
    "ui.base.message_bar",
    "ui.main.status.progress_card",
    "ui.main.status.status_text",
    "ui.queue.empty_queue",
    "ui.queue.failure_cards",
    "ui.queue.filtering.filter_menus",
    "ui.queue.filtering.saved_views",
)
LATER_OF_QT = ("QStyle.StandardPixmap", "QWizard.WizardButton", "QGradient.Preset", "QAccessible.Role")
"""Each stands for a class of Qt whose many values PySide makes as soon as somebody touches it."""
LIST_MODULES = """
import enum
import gc
import linecache
import sys
from ac_desktop.__main__ import main
from ac_desktop.platform import process

def list_modules():
    return {
        "modules": sorted(sys.modules),
        "sources": sorted(linecache.cache),
        "enumerations": sorted(one.__qualname__ for one in gc.get_objects() if isinstance(one, enum.EnumType)),
    }

process.first_paint_figures = list_modules
sys.exit(main(sys.argv[1:]))
"""


def printed(*words: str, code: tuple[str, ...] = ("-m", "ac_desktop")) -> str:
    ended = subprocess.run(
        [sys.executable, *code, *words],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=True,
    )
    return ended.stdout


def program(*words: str, code: tuple[str, ...] = ("-m", "ac_desktop")) -> dict[str, object]:
    report: dict[str, object] = json.loads(printed(*words, code=code))
    return report


LIST_COLLECTING = """
import gc
import json
import sys
from ac_desktop.__main__ import main
from ac_desktop.platform import process

collected = []
gc.callbacks.append(lambda phase, _: collected.append(phase))

def note():
    return {"collections": len(collected), "is_automatic": gc.isenabled()}

process.first_paint_figures = note
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    with Harness(tmp_path / "data") as harness:
        harness.queue(harness.connect("Spring Appeal"), donors(3))
    return tmp_path / "data"


def test_the_first_paint_is_reported_as_json(filled: Path) -> None:
    ran = program("--data-dir", str(filled), "--first-paint")
    assert ran.keys() == {"first_paint_ms", "rss_mb"}
    assert all(isinstance(value, float) and value > 0 for value in ran.values())


def test_what_the_first_paint_does_not_need_is_loaded_later(filled: Path) -> None:
    modules = program("--data-dir", str(filled), "--first-paint", code=("-c", LIST_MODULES))["modules"]
    assert isinstance(modules, list)
    assert "ac_desktop.ui.queue.pane" in modules
    later = {*LATER, *(f"ac_desktop.{name}" for name in LATER_OF_OURS)}
    assert [name for name in later if find_spec(name) is None] == [], "what is not there is never loaded"
    assert later & set(modules) == set()


def test_classes_of_qt_with_many_values_are_left_alone_until_the_first_paint(filled: Path) -> None:
    made = program("--data-dir", str(filled), "--first-paint", code=("-c", LIST_MODULES))["enumerations"]
    assert isinstance(made, list)
    assert "QEvent.Type" in made
    assert set(LATER_OF_QT) & set(made) == set()


def test_no_source_is_read_to_look_for_names_of_qt_that_nothing_of_ours_uses(filled: Path) -> None:
    sources = program("--data-dir", str(filled), "--first-paint", code=("-c", LIST_MODULES))["sources"]
    assert isinstance(sources, list)
    read_before_it_is_switched_off = {"unread_sources.py"}
    assert {Path(source).name for source in sources if "ac_desktop" in source} <= read_before_it_is_switched_off


def test_no_garbage_is_collected_by_itself_while_the_window_opens(filled: Path) -> None:
    said = program("--data-dir", str(filled), "--first-paint", code=("-c", LIST_COLLECTING))
    assert said["is_automatic"] is False
    assert said["collections"] == 0


def test_the_window_is_painted_with_its_first_donors_and_built_then(
    qtbot: QtBot, harness: Harness, connection: Connection, hook_calls: HookCalls
) -> None:
    harness.queue(connection, donors(3))
    window = open_window(harness.services, openers=hook_calls.openers(), paint_first=True)
    qtbot.addWidget(window)
    painted: list[tuple[bool, object, str]] = []

    def note() -> None:
        email = window.queue.model.index(0, QueueColumn.EMAIL).data()
        painted.append((window.is_built, email, window.queue.tabs.tabText(0)))

    window.painted.connect(note)
    qtbot.waitUntil(lambda: window.is_built)
    assert painted == [(False, donors(1)[0].email, "All (3)")]
    assert window.deferred.log.isVisible()
    assert window.details_splitter.count() == 2


def test_a_window_closed_before_it_was_painted_closes_well(
    qtbot: QtBot, harness: Harness, connection: Connection, hook_calls: HookCalls
) -> None:
    assert connection.id
    window = open_window(harness.services, openers=hook_calls.openers(), paint_first=True)
    qtbot.addWidget(window)
    assert window.close()
    assert not window.isVisible()


def test_a_press_that_comes_before_the_window_is_built_is_not_lost(
    qtbot: QtBot, harness: Harness, connection: Connection, hook_calls: HookCalls
) -> None:
    assert connection.id
    window = open_window(harness.services, openers=hook_calls.openers(), paint_first=True)
    qtbot.addWidget(window)
    assert not window.is_built

    button = window.tool_bar.widgetForAction(window.actions_.add_donor)
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=button.mapTo(window, button.rect().center()))

    form = window.findChild(AddDonorForm)
    assert form is not None
    form.close()
    window.close()
