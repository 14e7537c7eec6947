"""A dialog that asks an office's server: while it waits nothing in it can be changed, and a refusal is a sentence."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ac_desktop.model.wording import tr
from ac_desktop.store.errors import StoreError
from ac_desktop.ui.base.parts.growing_dialog import GrowingDialog
from ac_desktop.ui.connection.connection_service import Runner
from ac_desktop.ui.connection.wizard.check_line import CheckLine, CheckStatus

T = TypeVar("T")


class AskingDialog(GrowingDialog):
    """`locked` are the parts that cannot be used meanwhile; the focus is where it was afterwards."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._focused: QWidget | None = None
        self.locked: Sequence[QWidget] = ()
        self.status = CheckLine()
        self.status.hide()

    def ask(self, question: Callable[[], T], on_answer: Callable[[T], None]) -> None:
        """Ask off the window's thread."""
        self._focused = self.focusWidget()
        for part in self.locked:
            part.setEnabled(False)
        self.status.show_status(CheckStatus.ASKING, tr("Asking the office's server…"))
        self._runner.run(question, partial(self._pass_on, on_answer), self._end_refused)

    def refuse(self, error: StoreError) -> None:
        """Show what the server refused, and why."""
        self.status.show_status(CheckStatus.BAD, str(error))

    def _pass_on(self, on_answer: Callable[[T], None], answer: T) -> None:
        self._unlock()
        on_answer(answer)

    def _end_refused(self, error: Exception) -> None:
        self._unlock()
        if not isinstance(error, StoreError):
            raise error
        self.refuse(error)

    def _unlock(self) -> None:
        for part in self.locked:
            part.setEnabled(True)
        self.status.show_status(CheckStatus.GOOD, "")
        if self._focused is not None:
            self._focused.setFocus(Qt.FocusReason.OtherFocusReason)
