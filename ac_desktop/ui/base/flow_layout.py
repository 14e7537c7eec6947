"""A layout that wraps: items that do not fit on a line are placed on the next, whatever the font."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QStyle, QWidget


class FlowLayout(QLayout):
    """Lays its items out from left to right in as many lines as they need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Append an item."""
        self._items.append(item)

    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or None beyond the last one."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return an item, or None beyond the last one."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Ask for no more space than the items need."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Whether the height depends on the width: fewer fit in a narrow line."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at a width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """Return the size in a single line."""
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        gaps = self._gap(Qt.Orientation.Horizontal) * max(0, len(shown) - 1)
        return QSize(sum(hint.width() for hint in shown) + gaps, max((hint.height() for hint in shown), default=0))

    def minimumSize(self) -> QSize:
        """Return the size of the largest item: each may have a line to itself."""
        smallest = QSize()
        for item in self._items:
            smallest = smallest.expandedTo(item.minimumSize())
        return smallest

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _gap(self, orientation: Qt.Orientation) -> int:
        owner = self.parentWidget()
        if self.spacing() >= 0 or owner is None:
            return max(0, self.spacing())
        metric = QStyle.PixelMetric.PM_LayoutHorizontalSpacing
        if orientation is Qt.Orientation.Vertical:
            metric = QStyle.PixelMetric.PM_LayoutVerticalSpacing
        found = owner.style().pixelMetric(metric, None, owner)
        button = QSizePolicy.ControlType.PushButton
        return found if found >= 0 else max(0, owner.style().layoutSpacing(button, button, orientation))

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Break the items into lines and return their height; `move` places them."""
        across, on = self._gap(Qt.Orientation.Horizontal), self._gap(Qt.Orientation.Vertical)
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if x > rect.x() and x + hint.width() > rect.x() + rect.width():
                x, y, line = rect.x(), y + line + on, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), hint))
            x, line = x + hint.width() + across, max(line, hint.height())
        return y + line - rect.y()
