"""Telling screen readers what has just happened."""

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str) -> None:
    """Announce a text to screen readers on behalf of a widget."""
    # The first paint has nothing to say, and does without the 150 values of these classes' enumerations.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
