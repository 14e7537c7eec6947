import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ac_desktop.fault_reports import FaultReports
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.errors import StoreError, StoreProblem
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


def test_an_office_that_is_away_is_no_fault(qtbot: QtBot, faults: FaultReports) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    teller = FaultNotifier(window, faults)
    away = StoreError(StoreProblem.AWAY, StoreMessage.OFFICE_AWAY, server="office.example.org", detail="no answer")
    with qtbot.waitSignal(teller.store_is_away) as told:
        faults.report(away)
    assert told.args == [away]
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


OF_COM = "Windows fatal exception: code 0x8001010d\n\nThread 0x1 (most recent call first):\n"
OF_A_CRASH = "Windows fatal exception: access violation\n\nThread 0x1 (most recent call first):\n"


@pytest.mark.parametrize(
    ("left", "is_crash"),
    [
        (OF_COM, False),
        (OF_COM * 2, False),
        (OF_A_CRASH, True),
        (OF_COM + OF_A_CRASH, True),
        ("Windows fatal exception: code 0xc0000374\n", True),
        (OF_COM + "Fatal Python error: Aborted\n", True),
    ],
)
def test_an_exception_that_windows_handled_is_no_crash(
    qtbot: QtBot, faults: FaultReports, left: str, *, is_crash: bool
) -> None:
    faults.folder.mkdir(parents=True)
    (faults.folder / CRASH_FILE).write_text(left)
    window = QWidget()
    qtbot.addWidget(window)
    teller = FaultNotifier(window, faults)
    teller.watch_crashes()
    assert bool(shown(window)) == is_crash
    teller.close()


@pytest.mark.usefixtures("qtbot")
def test_a_clean_end_empties_the_log_of_crashes_and_holds_it_no_longer(faults: FaultReports) -> None:
    faults.folder.mkdir(parents=True)
    crash_file = faults.folder / CRASH_FILE
    teller = FaultNotifier(QWidget(), faults)
    teller.watch_crashes()
    with crash_file.open("a", encoding="utf-8") as file:
        file.write(OF_A_CRASH)
    teller.close()
    teller.close()
    assert crash_file.read_text() == ""
    crash_file.unlink()


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
