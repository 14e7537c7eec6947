"""A state's pill as a widget: its icon and its word on the state's fill. It cannot be clicked."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ac_desktop.ui.base.formatting import StateLabel
from ac_desktop.ui.base.parts.painters import paint_pill, pill_size
from ac_desktop.ui.base.visual.colors import current_colors


class StatePill(QWidget):
    """Shows one state label; color is never the only carrier of a meaning."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label: StateLabel | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def word(self) -> str:
        """The word shown."""
        return self._label.word if self._label else ""

    def show_label(self, label: StateLabel | None) -> None:
        """Show another label; None shows nothing."""
        if label == self._label:
            return
        self._label = label
        self.setVisible(label is not None)
        self.setAccessibleName(self.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the pill."""
        return pill_size(self._label, self.font()) if self._label else QSize()

    def minimumSizeHint(self) -> QSize:
        """Return the size of the pill: it is never cut."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint."""
        if self._label is not None:
            painter = QPainter(self)
            paint_pill(painter, self.rect(), self._label, self.font(), current_colors())
            painter.end()
