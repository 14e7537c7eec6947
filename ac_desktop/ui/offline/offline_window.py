"""The window that opens while an office's server is away, and gives way to the real one once it is back."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow

from ac_desktop.model.wording import tr
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.outbox import Outbox
from ac_desktop.ui.base import icons
from ac_desktop.ui.base.dialogs import ask_before_discarding
from ac_desktop.ui.base.visual.metrics import scaled
from ac_desktop.ui.offline.outbox_pane import OutboxPane

BETWEEN_TRIES_MS: Final = 3_000
FIRST_SIZE: Final = QSize(880, 560)


class OfflineWindow(QMainWindow):
    """Stores typed donors, and asks every few seconds, off the UI thread, whether the server is back."""

    answered = Signal(object)

    def __init__(self, outbox: Outbox, reach: Callable[[], None], error: StoreError) -> None:
        """`reach` raises StoreError while the server cannot be worked on."""
        super().__init__()
        self._reach = reach
        self.is_back = False
        """Whether the server was reached, so that the real window is to open."""
        self.problem: StoreError | None = None
        """Why the office cannot be worked on, where that does not pass by itself."""
        self.pane = OutboxPane(outbox)
        self.pane.show_away(str(error))
        self.setCentralWidget(self.pane)
        self.setAcceptDrops(False)
        self.setWindowIcon(icons.icon("app"))
        self.resize(scaled(FIRST_SIZE.width(), self), scaled(FIRST_SIZE.height(), self))
        self.setWindowTitle(tr("Waiting for the office"))
        self._may_close = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(BETWEEN_TRIES_MS)
        self._pause.timeout.connect(self.try_now)
        self.answered.connect(self._take_answer)
        self._pause.start()

    def come_forward(self) -> None:
        """Show the window over the others."""
        self.show()
        self.raise_()
        self.activateWindow()

    def show_files(self, files: Sequence[Path]) -> None:
        """Show the window over the others, and which files will be opened once the server is back."""
        self.come_forward()
        self.pane.show_files(files)

    def try_now(self) -> None:
        """Ask whether the server is back."""
        self._pause.stop()
        threading.Thread(target=self._try, name="office", daemon=True).start()

    def _try(self) -> None:
        try:
            self._reach()
        except StoreError as error:
            self.answered.emit(error)
        else:
            self.answered.emit(None)

    def _take_answer(self, error: StoreError | None) -> None:
        if error is not None and error.may_pass:
            self.pane.show_away(str(error))
            self._pause.start()
            return
        if self.pane.has_text:
            # The person finishes what they type first; it is asked again then.
            self._pause.start()
            return
        self.is_back, self.problem = error is None, error
        self._leave()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close; what was typed is not lost without a question."""
        if self.pane.has_text and not self._may_close:
            event.ignore()
            ask_before_discarding(self, tr("Add donor"), tr("Close without saving what you typed?"), self._leave)
            return
        self._pause.stop()
        super().closeEvent(event)

    def _leave(self) -> None:
        self._may_close = True
        self.close()
