"""The head of the queue's table: columns by choice, widths that are kept, and the reason in the room that is left."""

from typing import Final

from PySide6.QtCore import QByteArray, QItemSelectionModel, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.parts.painters import fill, pill_size
from ac_desktop.ui.base.visual.colors import current_colors
from ac_desktop.ui.base.visual.kinds import HeadingKind, set_heading_kind
from ac_desktop.ui.base.visual.metrics import SPACE_L, SPACE_S, scaled
from ac_desktop.ui.queue import columns
from ac_desktop.ui.queue.columns import (
    ALWAYS_SHOWN,
    COLLAPSED_FIRST,
    FEWEST_REASON_DIGITS,
    SHOWN,
    WIDTHS,
    QueueColumn,
)

TITLE_HEIGHT: Final = 2.0
"""In heights of the font."""


class ColumnHeader(QHeaderView):
    """Shows the columns that a person chose, and fewer of them while there is no room for the reason."""

    menu_wanted = Signal(object)

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self._chosen = set(SHOWN)
        self._height = round(self.fontMetrics().height() * TITLE_HEIGHT)

    def set_up(self) -> None:
        """Make the head ready; the table has its model by now."""
        # To paint a head, Qt asks whether every single row of its column is selected; with none of its own it need not.
        self.setSelectionModel(QItemSelectionModel(self.model(), self))
        set_heading_kind(self, HeadingKind.WIDE)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(False)
        self.setSectionResizeMode(QueueColumn.REASON, QHeaderView.ResizeMode.Stretch)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setSectionsClickable(True)
        self.setSortIndicatorShown(True)
        self.setSortIndicatorClearable(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_for_menu)
        self.arrange(QByteArray())

    def arrange(self, kept: QByteArray) -> None:
        """Show the columns as a person left them, else by default."""
        if not kept.isEmpty() and self.restoreState(kept):
            self._chosen = {column for column in QueueColumn if not self.isSectionHidden(column)} | ALWAYS_SHOWN
            self.setSectionResizeMode(QueueColumn.REASON, QHeaderView.ResizeMode.Stretch)
        else:
            self._chosen = set(SHOWN)
            self._use_default_widths()
            for column in QueueColumn:
                self.moveSection(self.visualIndex(column), column)
            for at, column in enumerate(SHOWN):
                self.moveSection(self.visualIndex(column), at)
        self.fit_to_width()

    def arrangement(self) -> QByteArray:
        """Return the columns as a person left them."""
        self._show_sections(self._chosen)
        kept = self.saveState()
        self.fit_to_width()
        return kept

    def fit_to_width(self) -> None:
        """Hide the columns that give way while the reason would have too little room."""
        shown = set(self._chosen)
        room = self._table.viewport().width() - self.fontMetrics().horizontalAdvance("0") * FEWEST_REASON_DIGITS
        for column in COLLAPSED_FIRST:
            if sum(self._width_of(one) for one in shown if one is not QueueColumn.REASON) <= room:
                break
            shown.discard(column)
        self._show_sections(shown)

    def menu(self) -> QMenu:
        """Return a menu that shows and hides columns."""
        menu = QMenu(tr("Columns"), self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in QueueColumn:
            action = menu.addAction(columns.title(column))
            action.setCheckable(True)
            action.setChecked(column in self._chosen)
            action.setEnabled(column not in ALWAYS_SHOWN)
            action.setData(int(column))
        menu.triggered.connect(self._toggle)
        return menu

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint a title; the first one begins where the other parts of the window begin."""
        if self.visualIndex(logical) != self.first_visual():
            super().paintSection(painter, rect, logical)
            return
        colors = current_colors()
        painter.save()
        fill(painter, rect, colors.base)
        fill(painter, QRect(rect.left(), rect.bottom(), rect.width(), 1), colors.line)
        painter.restore()
        super().paintSection(painter, rect.adjusted(scaled(SPACE_L - SPACE_S, self), 0, 0, 0), logical)

    def first_visual(self) -> int:
        """Return the place of the first column that is shown."""
        shown = (at for at in range(self.count()) if not self.isSectionHidden(self.logicalIndex(at)))
        return next(shown, 0)

    def sizeHint(self) -> QSize:
        """Return the height of the head; Qt would read every title for it, whenever a column is shown or hidden."""
        return QSize(self.length(), self._height)

    def fit_to_font(self) -> None:
        """Set every column to its width in the table's font."""
        self._height = round(self.fontMetrics().height() * TITLE_HEIGHT)
        self.setFixedHeight(self._height)
        self._use_default_widths()
        self.fit_to_width()

    def _use_default_widths(self) -> None:
        digit = self.fontMetrics().horizontalAdvance("0")
        for column, digits in WIDTHS.items():
            if column is not QueueColumn.REASON:
                self.resizeSection(column, max(digit * digits, self._least_width(column)))

    def _least_width(self, column: QueueColumn) -> int:
        if column is QueueColumn.STATE:
            widest = max(pill_size(formatting.record_label(state), self.font()).width() for state in RecordState)
            return widest + scaled(SPACE_L + SPACE_S, self)
        return 0

    def _width_of(self, column: QueueColumn) -> int:
        width = self.sectionSize(column)
        # A hidden section has no size of its own.
        return width or self.fontMetrics().horizontalAdvance("0") * WIDTHS[column]

    def _show_sections(self, shown: set[QueueColumn]) -> None:
        for column in QueueColumn:
            if self.isSectionHidden(column) is (column in shown):
                self.setSectionHidden(column, column not in shown)

    def _ask_for_menu(self, at: QPoint) -> None:
        self.menu_wanted.emit(self.mapToGlobal(at))

    def _toggle(self, action: QAction) -> None:
        if action.data() is None:  # the table's own entry
            return
        column = QueueColumn(action.data())
        if action.isChecked():
            self._chosen.add(column)
        else:
            self._chosen.discard(column)
        self.fit_to_width()
