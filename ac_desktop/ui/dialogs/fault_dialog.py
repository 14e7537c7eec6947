"""Faults of ours, reported calmly: one dialog at a time, each fault once, with the report as it would be sent."""

import faulthandler
import os
import re
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, QUrl, Signal, qInstallMessageHandler
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from ac_desktop.fault_reports import Fault, FaultReports
from ac_desktop.model.wording import tr
from ac_desktop.platform.private_files import make_private_subfolder, open_private
from ac_desktop.ui.base.dialogs import plain_buttons
from ac_desktop.ui.base.forms import small_label

CRASH_FILE: Final = "crash.txt"
_REPORTED_TYPES: Final = frozenset({QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg})
_LONGEST_CRASH: Final = 20_000
_HEADING: Final = re.compile(r"^(?:Windows fatal exception|Fatal Python error): (.*)$", re.MULTILINE)
_OF_COM: Final = re.compile(r"code 0x8")
REPORT_LINES: Final = 14


class FaultDialog(QDialog):
    """Shows a fault and its report, to be copied."""

    def __init__(self, fault: Fault, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self.setWindowTitle(tr("AC Desktop ran into an error") if fault.report else "AC Desktop")
        self.report = QPlainTextEdit(fault.report)
        self.report.setAcceptDrops(False)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName(tr("Report"))
        self.report.setMinimumHeight(self.report.fontMetrics().height() * REPORT_LINES)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = self.buttons.addButton(tr("&Copy the report"), QDialogButtonBox.ButtonRole.ActionRole)
        self.open_button = self.buttons.addButton(tr("&Open the folder"), QDialogButtonBox.ButtonRole.ActionRole)
        plain_buttons(self.buttons)
        self.copy_button.clicked.connect(self.copy)
        self.open_button.clicked.connect(self._open_folder)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(small_label(fault.sentence))
        whole = small_label(tr("This is the full report. It contains no donor data and no API key."))
        layout.addWidget(whole)
        layout.addWidget(self.report, 1)
        for widget in (whole, self.report, self.copy_button, self.open_button):
            widget.setVisible(bool(fault.report))
        layout.addWidget(self.buttons)
        self.resize(self.fontMetrics().horizontalAdvance("0") * 90, self.sizeHint().height())

    def copy(self) -> None:
        """Copy the report."""
        QGuiApplication.clipboard().setText(self.report.toPlainText())

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


class FaultNotifier(QObject):
    """Delivers faults of all threads to the main one and shows them, one after the other."""

    store_is_away = Signal(object)
    """With the StoreError, which may pass: no fault, though nobody met it where it was raised."""
    _came = Signal(object)

    def __init__(self, window: QWidget, faults: FaultReports) -> None:
        super().__init__(window)
        self._window = window
        self._faults = faults
        self._waiting: deque[Fault] = deque()
        self._crash_log: int | None = None
        self.dialog: FaultDialog | None = None
        self._came.connect(self._take)
        faults.listen(self._came.emit, self.store_is_away.emit)

    def watch_crashes(self) -> None:
        """Offer the report of a crash of the last run, and record the next one."""
        path = self._faults.folder / CRASH_FILE
        left = _read(path)
        if _is_crash(left):
            sentence = tr(
                "AC Desktop closed unexpectedly last time. Your donors are safe in the queue. Sending continues "
                "where it stopped."
            )
            self._take(Fault(sentence, self._faults.redactor(left)))
        try:
            make_private_subfolder(path.parent)
            self._crash_log = open_private(path, empty=True)
        except OSError:
            return
        faulthandler.enable(self._crash_log)

    def close(self) -> None:
        """Stop listening, and empty the log of crashes: whoever comes this far did not crash."""
        self._faults.listen(None)
        if self._crash_log is not None:
            faulthandler.disable()
            os.ftruncate(self._crash_log, 0)
            os.close(self._crash_log)
            self._crash_log = None

    def _take(self, fault: Fault) -> None:
        self._waiting.append(fault)
        if self.dialog is None:
            self._show_next()

    def _show_next(self) -> None:
        self.dialog = None
        if not self._waiting:
            return
        self.dialog = FaultDialog(self._waiting.popleft(), self._faults.folder, self._window)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.finished.connect(self._show_next)
        self.dialog.open()


class QtMessageError:
    """Receives Qt's own messages: what is critical is a fault of ours, the rest is not shown."""

    def __init__(self, faults: FaultReports) -> None:
        self._faults = faults
        self._before = qInstallMessageHandler(self._take)

    def close(self) -> None:
        """Restore the previous message handler."""
        qInstallMessageHandler(self._before)

    def _take(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind in _REPORTED_TYPES:
            self._faults.report_text(f"Qt: {message}\n{context.file or ''}:{context.line}")


def install(window: QWidget, faults: FaultReports) -> FaultNotifier:
    """Show faults over a window from now on, and offer the report of the last crash."""
    notifier = FaultNotifier(window, faults)
    qt_messages = QtMessageError(faults)
    for ends in (qt_messages.close, notifier.close):
        window.destroyed.connect(partial(_end, ends))
    notifier.watch_crashes()
    return notifier


def _is_crash(log: str) -> bool:
    """Whether a log of crashes is that of a crash.

    On Windows Python also logs exceptions that are then handled. COM's have the codes of an HRESULT that failed, 0x8…;
    those that end a process have a name, or the code of an NTSTATUS that failed, 0xC… (winerror.h, ntstatus.h).
    """
    headings = _HEADING.findall(log)
    return not all(_OF_COM.match(heading) for heading in headings) if headings else bool(log.strip())


def _end(end: Callable[[], None], *_: object) -> None:
    end()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")[:_LONGEST_CRASH]
    except OSError:
        return ""
