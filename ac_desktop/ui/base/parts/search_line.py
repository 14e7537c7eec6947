"""The buttons within a search field: Qt makes them without a name."""

from PySide6.QtWidgets import QLineEdit, QToolButton

from ac_desktop.model.wording import tr
from ac_desktop.ui.base import icons


def offer_clearing(line: QLineEdit) -> None:
    """Offer a button that clears a field."""
    line.setClearButtonEnabled(True)
    _name_buttons(line, tr("Clear"))


def show_as_search(line: QLineEdit) -> None:
    """Show that a field searches, and offer to clear it."""
    offer_clearing(line)
    line.addAction(icons.icon("find"), QLineEdit.ActionPosition.LeadingPosition)
    _name_buttons(line, tr("Search"))


def _name_buttons(line: QLineEdit, name: str) -> None:
    """Name the buttons that have no name yet; the text of an action would make them wider than the field gives them."""
    for button in line.findChildren(QToolButton):
        if not button.accessibleName():
            button.setAccessibleName(name)
