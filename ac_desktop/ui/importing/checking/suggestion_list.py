"""The suggestions that lie under a cell; they never take the focus from it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.ui.base import privacy_mask
from ac_desktop.ui.base.parts.announcing import announce
from ac_desktop.ui.base.visual.colors import current_colors
from ac_desktop.ui.base.visual.metrics import RADIUS_CONTROL, SPACE_S, scaled

_MOST_SHOWN: Final = 6
_ROW_HEIGHT: Final = 26


class SuggestionList(QFrame):
    """Shows a few texts with one of them marked; `taken` carries the one that is clicked."""

    taken = Signal(str)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._texts: tuple[str, ...] = ()
        self._marked = 0
        self._told = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAutoFillBackground(False)
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """What is offered; empty while the list is hidden."""
        return () if self.isHidden() else self._texts

    @property
    def marked(self) -> str:
        """The text that Tab takes; "" where none is marked."""
        return self.texts[self._marked] if self.texts and self._marked >= 0 else ""

    def show_under(self, cell: QRect, texts: Sequence[str], *, mark_first: bool = True) -> None:
        """Show texts under a cell, above it where there is no room below; screen readers hear of them once."""
        if tuple(texts) != self._texts or self.isHidden():
            self._texts, self._marked = tuple(texts), 0 if mark_first else -1
        self._place(cell)
        self.show()
        self.raise_()
        self.update()
        self._announce()

    def close_list(self) -> None:
        """Hide the list."""
        self._told = ""
        self.hide()

    def move_mark(self, step: int) -> None:
        """Mark the next text, or the one before; the ends do not join."""
        self._marked = min(max(0, self._marked + step), len(self._texts) - 1)
        self.update()
        self._tell(privacy_mask.mask_text(self.marked))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the text that is clicked."""
        place = self._first + int(event.position().y() // self._row_height)
        if place < len(self._texts):
            self.taken.emit(self._texts[place])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the texts, and the key that takes the marked one."""
        colors, gap, height = current_colors(), scaled(SPACE_S, self), self._row_height
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colors.fieldline, 1))
        painter.setBrush(colors.card)
        radius = scaled(RADIUS_CONTROL, self)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        metrics, hint = self.fontMetrics(), tr("Tab")
        for line in range(self._lines):
            place = self._first + line
            row = QRect(0, line * height, self.width(), height)
            is_marked = place == self._marked
            if is_marked and len(self._texts) > 1:
                painter.fillRect(row.adjusted(1, 1, -1, -1), colors.selection)
            area = row.adjusted(gap, 0, -gap, 0)
            if is_marked:
                painter.setPen(colors.text2)
                painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, hint)
            area.setRight(area.right() - metrics.horizontalAdvance(hint) - gap)
            shown = privacy_mask.mask_text(self._texts[place])
            painter.setPen(colors.on_selection if is_marked and len(self._texts) > 1 else colors.text)
            text = metrics.elidedText(shown, Qt.TextElideMode.ElideMiddle, area.width())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()

    @property
    def _row_height(self) -> int:
        return max(scaled(_ROW_HEIGHT, self), self.fontMetrics().height() + 4)

    @property
    def _lines(self) -> int:
        return min(len(self._texts), _MOST_SHOWN)

    @property
    def _first(self) -> int:
        return max(0, self._marked - self._lines + 1)

    def _place(self, cell: QRect) -> None:
        room, metrics, gap = self._over.rect(), self.fontMetrics(), scaled(SPACE_S, self)
        widest = max(metrics.horizontalAdvance(privacy_mask.mask_text(text)) for text in self._texts)
        width = min(max(cell.width(), widest + metrics.horizontalAdvance(tr("Tab")) + 4 * gap), room.width())
        height = self._lines * self._row_height
        left = max(room.left(), min(cell.left(), room.right() + 1 - width))
        fits_below = cell.bottom() + height <= room.bottom() or cell.top() - height < room.top()
        top = cell.bottom() + 1 if fits_below else cell.top() - height
        self.setGeometry(left, top, width, height)

    def _announce(self) -> None:
        shown = [privacy_mask.mask_text(text) for text in self._texts]
        if self._marked >= 0:
            text = tr("Suggestion: {text}. Press Tab to use it, or Esc to close.", text=shown[self._marked])
        else:
            text = tr("Known pages: {pages}. Press the Down arrow key to choose one.", pages=", ".join(shown))
        self._tell(text)

    def _tell(self, text: str) -> None:
        if text != self._told:
            self._told = text
            self.setAccessibleName(text)
            announce(self, text)
