"""A queue on its way into an office or out of it: how far it is, then the proof. There is no window beside it."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.reporting.move_texts import stage_text
from ac_desktop.store.moving.progress import MoveProgress, MoveStage, Report
from ac_desktop.store.ports import QueryCancelledError, QueryToken
from ac_desktop.ui.base import icons
from ac_desktop.ui.base.dialogs import plain_buttons
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.base.parts.growing_dialog import GrowingDialog
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic

Work = Callable[[Report, QueryToken], Sequence[str]]
"""Does the move on another thread, and returns its proof, a sentence a line."""
CHARACTERS_WIDE = 64


@dataclass(frozen=True)
class _MoveEnd:
    proof: Sequence[str]
    error: Exception | None = None


class _Messenger(QObject):
    """Carries what the other thread says to the dialog's."""

    progressed = Signal(object)
    ended = Signal(object)


class MoveDialog(GrowingDialog):
    """Begins at once; it stays until the person has read how it ended. `error` is what went wrong."""

    def __init__(self, work: Work, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._token = QueryToken()
        self._is_moving = True
        self._messenger = _Messenger(self)
        self.error: Exception | None = None
        self.text = small_label(stage_text(MoveStage.PREPARING))
        self.bar = QProgressBar()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.setWindowTitle(title)
        self.setWindowIcon(icons.icon("app"))
        help_key(self, Topic.OFFICE)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.text.setMinimumWidth(self.fontMetrics().averageCharWidth() * CHARACTERS_WIDE)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        layout.addWidget(self.bar)
        layout.addStretch()
        layout.addWidget(self.buttons)
        plain_buttons(self.buttons)
        self.buttons.rejected.connect(self.reject)
        self.buttons.accepted.connect(self.accept)
        self._messenger.progressed.connect(self._show)
        self._messenger.ended.connect(self._end)

    def start(self) -> None:
        """Begin to move."""
        threading.Thread(target=self._run, name="move", daemon=True).start()

    def reject(self) -> None:
        """Cancel the move, which then leaves everything where it was; where it is too late, wait for its end."""
        if self._is_moving:
            self._token.cancel()
            self.text.setText(tr("Canceling…"))
        else:
            super().reject()

    def _run(self) -> None:
        try:
            ended = _MoveEnd(self._work(self._messenger.progressed.emit, self._token))
        except Exception as error:  # noqa: BLE001  passed on whole to the thread that shows it
            ended = _MoveEnd((), error)
        self._messenger.ended.emit(ended)

    def _show(self, progress: MoveProgress) -> None:
        if not self._token.is_cancelled:
            self.text.setText(stage_text(progress.stage))
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)

    def _end(self, ended: _MoveEnd) -> None:
        self._is_moving = False
        self.error = ended.error
        self.bar.setVisible(False)
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Ok)
        plain_buttons(self.buttons)
        self.text.setText("\n\n".join(ended.proof) or _failure_text(ended.error))
        if ended.error is not None:
            self.accept()


def _failure_text(error: Exception | None) -> str:
    return tr("The move was canceled.") if isinstance(error, QueryCancelledError) else str(error)


def run_move(work: Work, title: str) -> Exception | None:
    """Move with a dialog of its own, between two windows; return what went wrong."""
    stays = QApplication.quitOnLastWindowClosed()
    QApplication.setQuitOnLastWindowClosed(False)
    try:
        dialog = MoveDialog(work, title)
        dialog.start()
        dialog.exec()
        return dialog.error
    finally:
        QApplication.setQuitOnLastWindowClosed(stays)
