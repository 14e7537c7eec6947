"""F6 and Shift+F6: from one pane of the window to the next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


class PaneNavigation:
    """Holds the panes in their order; each is entered at the widget given for it."""

    def __init__(self, panes: Sequence[tuple[QWidget, QWidget]]) -> None:
        self._panes = tuple(panes)

    def go(self, step: int) -> None:
        """Focus the next visible pane, or the previous one."""
        shown = [(pane, entry) for pane, entry in self._panes if pane.isVisible() and entry.isEnabled()]
        if not shown:
            return
        focused = QApplication.focusWidget()
        here = next((at for at, (pane, _) in enumerate(shown) if _is_in(focused, pane)), None)
        if here is None:
            here = -1 if step > 0 else 0
        shown[(here + step) % len(shown)][1].setFocus(Qt.FocusReason.ShortcutFocusReason)


def _is_in(widget: QWidget | None, pane: QWidget) -> bool:
    return widget is not None and (widget is pane or pane.isAncestorOf(widget))
