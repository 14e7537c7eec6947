"""What all dialogs have in common: buttons without icons, and space for what appears later."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QMessageBox, QPushButton, QWidget


def plain_buttons(box: QDialogButtonBox) -> None:
    """Remove the style's icons from the buttons: some styles add them, and they carry no meaning."""
    for button in box.buttons():
        button.setIcon(QIcon())


def action_buttons(
    dialog: QDialog,
    action: QPushButton,
    way_out: QDialogButtonBox.StandardButton = QDialogButtonBox.StandardButton.Cancel,
) -> QDialogButtonBox:
    """Return the buttons of a dialog that does one thing: Enter does it, and the other button leaves."""
    buttons = QDialogButtonBox(way_out)
    buttons.addButton(action, QDialogButtonBox.ButtonRole.AcceptRole)
    plain_buttons(buttons)
    buttons.button(way_out).setAutoDefault(False)
    buttons.rejected.connect(dialog.reject)
    action.setDefault(True)
    return buttons


def grow_to_fit(dialog: QWidget) -> None:
    """Grow a dialog so that what has just appeared in it fits; it never shrinks."""
    layout = dialog.layout()
    if layout is None:
        return
    for part in reversed(dialog.findChildren(QWidget)):
        # A layout asks the parts within it for their size only once they have learnt of it themselves.
        if (inner := part.layout()) is not None:
            inner.activate()
    layout.activate()
    wanted = layout.totalSizeHint()
    if layout.hasHeightForWidth():
        wanted = QSize(wanted.width(), layout.totalHeightForWidth(max(dialog.width(), wanted.width())))
    dialog.resize(dialog.size().expandedTo(wanted))


def ask_before_discarding(dialog: QWidget, title: str, question: str, discard: Callable[[], None]) -> None:
    """Ask whether what was typed may be discarded; call `discard` on yes."""
    _ask(dialog, title, question, "discard", QMessageBox.StandardButton.Discard, discard)


def ask_before_repeating(dialog: QWidget, title: str, question: str, repeat: Callable[[], None]) -> None:
    """Ask whether to do again what was done before; call `repeat` on yes. No is the default."""
    _ask(dialog, title, question, "repeat", QMessageBox.StandardButton.Yes, repeat)


def _ask(
    dialog: QWidget,
    title: str,
    question: str,
    name: str,
    agree: QMessageBox.StandardButton,
    agreed: Callable[[], None],
) -> None:
    ask = QMessageBox(QMessageBox.Icon.Question, title, question, agree | QMessageBox.StandardButton.Cancel, dialog)
    ask.setObjectName(name)
    ask.setTextFormat(Qt.TextFormat.PlainText)
    ask.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for button in ask.buttons():
        button.setIcon(QIcon())
    ask.setDefaultButton(QMessageBox.StandardButton.Cancel)
    ask.button(agree).clicked.connect(agreed)
    ask.open()
