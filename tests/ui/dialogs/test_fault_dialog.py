import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ac_desktop.fault_reports import FaultReports
from ac_desktop.ui.dialogs import fault_dialog
from ac_desktop.ui.dialogs.fault_dialog import CRASH_FILE, FaultDialog, FaultNotifier, QtMessageError


def fail(word: str) -> Exception:
    return ValueError(f"{word} donor@example.org secret-key")


@pytest.fixture
def faults(tmp_path: Path) -> FaultReports:
    return FaultReports(tmp_path, lambda text: pytest.fail(f"told to the terminal: {text}"))


def shown(window: QWidget) -> list[FaultDialog]:
    return [dialog for dialog in window.findChildren(FaultDialog) if dialog.isVisible()]


def test_a_fault_of_any_thread_is_shown_once_on_the_main_thread(qtbot: QtBot, faults: FaultReports) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    teller = FaultNotifier(window, faults)
    error = fail("first")
    for _ in range(2):
        thread = threading.Thread(target=faults.report, args=(error,))
        thread.start()
        thread.join()
    qtbot.waitUntil(lambda: len(shown(window)) == 1)
    dialog = shown(window)[0]
    dialog.copy_button.click()
    report = QGuiApplication.clipboard().text()
    assert "ValueError" in report
    assert "donor@example.org" not in report
    assert "secret-key" not in report
    dialog.reject()
    qtbot.waitUntil(lambda: teller.dialog is None)
    assert shown(window) == []
    teller.close()


def test_faults_wait_for_each_other(qtbot: QtBot, faults: FaultReports) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    teller = FaultNotifier(window, faults)
    faults.report(fail("one"))
    faults.report_text("Qt: two")
    qtbot.waitUntil(lambda: len(shown(window)) == 1)
    first = shown(window)[0]
    first.reject()
    qtbot.waitUntil(lambda: [one.report.toPlainText() for one in shown(window)] == ["Qt: two"])
    shown(window)[0].reject()
    teller.close()


def test_what_a_crash_left_is_offered_once(qtbot: QtBot, faults: FaultReports) -> None:
    faults.folder.mkdir(parents=True)
    (faults.folder / CRASH_FILE).write_text("Fatal Python error: Segmentation fault")
    window = QWidget()
    qtbot.addWidget(window)
    teller = FaultNotifier(window, faults)
    teller.watch_crashes()
    assert "Segmentation fault" in shown(window)[0].report.toPlainText()
    shown(window)[0].reject()
    teller.close()
    assert (faults.folder / CRASH_FILE).read_text() == ""


def test_what_qt_finds_critical_is_a_fault(faults: FaultReports) -> None:
    reported: list[str] = []
    faults.listen(lambda fault: reported.append(fault.report))
    before = qInstallMessageHandler(None)
    QtMessageError(faults)
    take = qInstallMessageHandler(before)
    assert take is not None

    class Place:
        file = "widget.cpp"
        line = 7

    take(QtMsgType.QtWarningMsg, Place(), "not worth telling")  # type: ignore[arg-type]
    take(QtMsgType.QtCriticalMsg, Place(), "a widget in the wrong thread")  # type: ignore[arg-type]
    assert reported == ["Qt: a widget in the wrong thread\nwidget.cpp:7"]
    assert fault_dialog.REPORT_LINES


@pytest.mark.usefixtures("qtbot")
def test_a_window_that_goes_gives_everything_back(faults: FaultReports) -> None:
    before = qInstallMessageHandler(None)
    qInstallMessageHandler(before)
    window = QWidget()
    teller = fault_dialog.install(window, faults)
    assert teller.dialog is None
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
    after = qInstallMessageHandler(None)
    qInstallMessageHandler(before)
    assert after == before
    reported: list[str] = []
    faults.listen(lambda fault: reported.append(fault.sentence))
    faults.report(fail("later"))
    assert len(reported) == 1
