"""Dialogs that grow with what they say."""

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox


def make_room(dialog: QDialog) -> None:
    """Let a dialog grow to what its wrapped texts need by now; it never shrinks under a person's hands."""
    layout = dialog.layout()
    if layout is None:
        return
    layout.activate()
    wanted = max(layout.totalHeightForWidth(dialog.width()), layout.totalMinimumSize().height())
    if wanted > dialog.height():
        dialog.resize(dialog.width(), wanted)


def plain_buttons(box: QDialogButtonBox) -> None:
    """Leave a dialog's buttons without the style's own icons."""
    for button in box.buttons():
        button.setIcon(QIcon())
