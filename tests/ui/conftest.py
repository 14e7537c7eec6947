"""A window over a harness: real services, a virtual clock and a practice account on a real socket."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import getAllValidWrappers

from ac_desktop.model.connection import Connection
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.dialogs.dialog_openers import DialogOpeners
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.main.window import open_window
from tests.harness import Harness
from tests.ui.loaded_readers import loaded_readers
from tests.ui.patient_bot import PatientBot

OFFSCREEN_SAYS = "This plugin does not support propagateSizeHints"
"""The offscreen platform says this of every window that has a least size; it means nothing."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_SAYS, extend=True))


class HookCalls:
    """Notes which dialog the window asked for."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, int]] = []

    def openers(self) -> DialogOpeners:
        return DialogOpeners(
            new_connection=self._new,
            edit_connection=self._noting("edit"),
            edit_address=self._noting("address"),
            edit_key=self._noting("key"),
            choose_list=self._noting("list"),
            reactivate=self._noting("reactivate"),
            test=self._noting("test"),
            directory=self._directory,
        )

    def _new(self, _parent: QWidget) -> None:
        self.calls.append(("new", 0))

    def _directory(self, _parent: QWidget) -> None:
        self.calls.append(("directory", 0))

    def _noting(self, name: str) -> "Noting":
        return Noting(self.calls, name)


class Noting:
    def __init__(self, calls: list[tuple[str, int]], name: str) -> None:
        self._calls = calls
        self._name = name

    def __call__(self, _parent: QWidget, connection_id: int) -> None:
        self._calls.append((self._name, connection_id))


_known_timers: list[QTimer] = []
"""The timers that ran after the test before: all of Qt's objects are gone through once a test."""


@pytest.fixture(autouse=True)
def _nothing_left(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a window in sight or a timer running; threads are checked everywhere."""
    windows = set(qapp.topLevelWidgets())
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    left = [type(one).__name__ for one in qapp.topLevelWidgets() if one.isVisible() and one not in windows]
    assert not left, f"windows left open: {left}"
    running = _running_timers()
    new = [timer for timer in running if timer not in _known_timers]
    _known_timers[:] = running
    assert not new, f"timers left running: {[timer.parent() for timer in new]}"


def _running_timers() -> list[QTimer]:
    return [one for one in getAllValidWrappers() if type(one) is QTimer and one.isActive()]


@pytest.fixture(autouse=True)
def _loaded_readers() -> Iterator[None]:
    with loaded_readers():
        yield


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    with Harness(tmp_path / "data") as made:
        yield made


@pytest.fixture
def connection(harness: Harness) -> Connection:
    return harness.connect("Spring Appeal")


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Return pytest-qt's robot with the patience that a loaded machine needs."""
    assert qapp is not None
    return PatientBot(request)


@pytest.fixture
def bridge(harness: Harness, qtbot: QtBot) -> Iterator[Bridge]:
    made = Bridge(harness.services.database)
    yield made
    qtbot.waitUntil(lambda: not made.is_busy)
    made.close()


@pytest.fixture
def hook_calls() -> HookCalls:
    return HookCalls()


@pytest.fixture
def window(qtbot: QtBot, harness: Harness, connection: Connection, hook_calls: HookCalls) -> Iterator[MainWindow]:
    assert connection.id
    made = open_window(harness.services, openers=hook_calls.openers())
    with qtbot.waitExposed(made):
        pass
    yield made
    harness.services.engine.stop()
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible())
    made.deleteLater()
