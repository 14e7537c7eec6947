"""Paints the cells of the Check page: the result as a pill, and marks at the end of the cells they are about."""

from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemDelegate, QLineEdit, QStyle, QStyleOptionViewItem, QWidget

from ac_desktop.ui.base.cell_delegate import CellDelegate, CellStyle, Index
from ac_desktop.ui.base.formatting import StateLabel
from ac_desktop.ui.base.forms import refuse_drops
from ac_desktop.ui.base.parts.painters import paint_pill
from ac_desktop.ui.base.visual.colors import current_colors
from ac_desktop.ui.base.visual.metrics import FOCUS_WIDTH, SPACE_S, scaled

_STEPS: Final = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}


class FollowsEditor(Protocol):
    """What offers texts under the cell being edited."""

    def follow(self, editor: QLineEdit, index: Index) -> None:
        """Follow an editor that was opened in a cell."""

    def take(self) -> bool:
        """Take the text that is marked; return whether there was one."""

    def close(self) -> bool:
        """Close; return whether anything was offered."""

    def move(self, step: int) -> bool:
        """Mark another text; return False where there is no other one."""


class CheckDelegate(CellDelegate):
    """Paints a cell by its style, and a pill where the cell has a state; an editor has suggestions under it."""

    def __init__(
        self,
        style: Callable[[Index], CellStyle],
        label: Callable[[Index], StateLabel | None],
        short_text: Callable[[Index], str | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(style, parent)
        self._label = label
        self._suggestions: FollowsEditor | None = None
        self._short_text = short_text

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Fill the option; a reason is painted in a few words."""
        super().initStyleOption(option, index)
        short = self._short_text(index)
        if short is not None:
            option.text = short

    def use_suggestions(self, suggestions: FollowsEditor) -> None:
        """Offer suggestions under the cell being edited."""
        self._suggestions = suggestions

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill an editor, and name it as its column for screen readers; it takes no drops."""
        super().setEditorData(editor, index)
        refuse_drops(editor)
        editor.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal)))
        if self._suggestions is not None and isinstance(editor, QLineEdit):
            self._suggestions.follow(editor, index)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Take a suggestion with Tab, mark another one with the arrows, and close them with Esc."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._uses(event):
            return True
        return super().eventFilter(editor, event)

    def _uses(self, event: QKeyEvent) -> bool:
        suggestions, key = self._suggestions, event.key()
        if suggestions is None:
            return False
        if key == Qt.Key.Key_Tab:
            return suggestions.take()
        if key == Qt.Key.Key_Escape:
            return suggestions.close()
        step = _STEPS.get(key)
        return step is not None and suggestions.move(step)

    def end_editing(self, editor: QLineEdit) -> None:
        """Keep what an editor has, and close it."""
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell: its words begin where those of its heading do, and the current one has a ring."""
        own, style, colors = QStyleOptionViewItem(option), option.widget.style(), current_colors()
        label, margin = self._label(index), scaled(SPACE_S, option.font)
        self.initStyleOption(own, index)
        is_current = bool(own.state & QStyle.StateFlag.State_HasFocus)
        own.state &= ~QStyle.StateFlag.State_HasFocus
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, own, painter, own.widget)
        if label is None:
            inner = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, own, own.widget) + 1
            at_end = own.displayAlignment & Qt.AlignmentFlag.AlignRight
            space = max(0, margin - inner)
            own.rect = own.rect.adjusted(0, 0, -space, 0) if at_end else own.rect.adjusted(space, 0, 0, 0)
            style.drawControl(QStyle.ControlElement.CE_ItemViewItem, own, painter, own.widget)
        else:
            paint_pill(painter, option.rect.adjusted(margin, 0, -1, 0), label, option.font, colors)
        if is_current:
            painter.save()
            painter.setPen(QPen(colors.focus, FOCUS_WIDTH))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
            painter.restore()
