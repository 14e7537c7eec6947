"""What all dialogs have in common: buttons without pictures, and room for what appears later."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialogButtonBox, QWidget


def plain_buttons(box: QDialogButtonBox) -> None:
    """Take the style's pictures off the buttons: some styles bring them, and they say nothing."""
    for button in box.buttons():
        button.setIcon(QIcon())


def make_room(dialog: QWidget) -> None:
    """Grow a dialog so that what has just appeared in it fits; it never shrinks under the person's hand."""
    layout = dialog.layout()
    if layout is None:
        return
    layout.activate()
    wanted = layout.totalSizeHint()
    if layout.hasHeightForWidth():
        wanted = QSize(wanted.width(), layout.totalHeightForWidth(max(dialog.width(), wanted.width())))
    dialog.resize(dialog.size().expandedTo(wanted))
