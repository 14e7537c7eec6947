"""The buttons within a search field: Qt makes them without a name."""

from typing import Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from ac_desktop.model.wording import tr
from ac_desktop.ui.base import icons

_CLEAR: Final = "_q_qlineeditclearaction"
"""Qt's own name of the action behind the button that clears a field."""


def offer_clearing(line: QLineEdit) -> None:
    """Offer a button that clears a field."""
    line.setClearButtonEnabled(True)
    action = line.findChild(QAction, _CLEAR)
    if isinstance(action, QAction):
        action.setText(tr("Clear"))


def show_as_search(line: QLineEdit) -> None:
    """Show that a field searches, and offer to clear it."""
    offer_clearing(line)
    action = line.addAction(icons.icon("find"), QLineEdit.ActionPosition.LeadingPosition)
    action.setText(tr("Search"))
