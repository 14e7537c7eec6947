"""A table whose cells are read and edited by keyboard as in a spreadsheet."""

from typing import Final, Protocol

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from ac_desktop.ui.base.parts.current_row import follow_selection
from ac_desktop.ui.base.visual.metrics import scaled

_ROW_HEIGHT: Final = 31
_LEAST_MARGIN: Final = 6
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_TABS: Final = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab})
_EDIT_ROLE: Final = Qt.ItemDataRole.EditRole
Hint = QAbstractItemDelegate.EndEditHint
Move = QAbstractItemView.CursorAction


class TakesCells(Protocol):
    """A model that takes the texts of several cells as one step."""

    def set_cells(self, cells: list[tuple[QModelIndex, str]]) -> None:
        """Change the cells that can be edited."""


class OffersText(Protocol):
    """What offers texts under the current cell."""

    def take(self) -> bool:
        """Take the text that is marked; return whether there was one."""

    def close(self) -> bool:
        """Close; return whether anything was offered."""

    def leave(self) -> None:
        """Follow no editor any more."""


class CheckTable(QTableView):
    """Moves with Enter and Tab, begins editing by typing, and copies, pastes and empties cells."""

    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(False)
        self.setTabKeyNavigation(True)
        self.setShowGrid(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.verticalHeader().hide()
        self.setFrameShape(QTableView.Shape.NoFrame)
        # Sorting is up to the page; this only keeps a click on a heading from choosing a whole column.
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._is_dense = False
        self._suggestions: OffersText | None = None
        self._fit_rows()

    def use_suggestions(self, suggestions: OffersText) -> None:
        """Use the suggestions under the current cell: Tab takes one, and Esc closes them."""
        self._suggestions = suggestions

    def set_dense(self, *, dense: bool) -> None:
        """Show the rows as low as their text allows, or with room around it."""
        if dense is not self._is_dense:
            self._is_dense = dense
            self._fit_rows()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model; the current cell follows what is selected."""
        super().setModel(model)
        follow_selection(self)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit_rows()

    def event(self, event: QEvent) -> bool:
        """Take the keys for copying, pasting and deleting from the window's menu."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own_key(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, copy, paste and delete as a spreadsheet does."""
        if self.state() is QAbstractItemView.State.EditingState:
            # The editor passes on the keys that it doesn't use, such as the Enter that ends it.
            super().keyPressEvent(event)
        elif self._is_of_suggestions(event):
            event.accept()
        elif event.key() in _ENTER:
            self._move(Move.MoveUp if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else Move.MoveDown)
        elif event.key() in _TABS:
            if not self._move_in_row(backward=event.key() == Qt.Key.Key_Backtab):
                event.ignore()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: Hint) -> None:
        """End editing; Enter goes down and Tab goes right, and neither begins to edit there."""
        if self._suggestions is not None:
            self._suggestions.leave()
        super().closeEditor(editor, Hint.NoHint)
        if hint is Hint.SubmitModelCache:
            self._move(Move.MoveDown)
        elif hint in {Hint.EditNextItem, Hint.EditPreviousItem}:
            self._move_in_row(backward=hint is Hint.EditPreviousItem)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu: at the pointer, or under the current cell where it comes by a key."""
        at = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_wanted.emit(at)
        event.accept()

    def can_change(self) -> bool:
        """Whether any of the chosen cells can be edited."""
        return any(index.flags() & Qt.ItemFlag.ItemIsEditable for index in self.selectedIndexes())

    def clear(self) -> None:
        """Empty the chosen cells."""
        self._set_cells([(index, "") for index in self.selectedIndexes()])

    def copy(self) -> None:
        """Copy the chosen cells, with tabs and line ends between them."""
        lines: dict[int, list[tuple[int, str]]] = {}
        for index in self.selectedIndexes():
            place = self.horizontalHeader().visualIndex(index.column())
            lines.setdefault(index.row(), []).append((place, str(index.data(_EDIT_ROLE))))
        if lines:
            rows = ("\t".join(text for _, text in sorted(lines[row])) for row in sorted(lines))
            QGuiApplication.clipboard().setText("\n".join(rows))

    def paste(self) -> None:
        """Paste cells from the current one on; one copied text fills every chosen cell."""
        text = QGuiApplication.clipboard().text().rstrip("\r\n")
        start = self.currentIndex()
        if not text or not start.isValid():
            return
        lines = [line.split("\t") for line in text.splitlines()]
        if len(lines) == len(lines[0]) == 1:
            self._set_cells([(index, text) for index in self.selectedIndexes()])
            return
        header = self.horizontalHeader()
        columns = [
            at for place in range(header.count()) if not header.isSectionHidden(at := header.logicalIndex(place))
        ]
        columns = columns[columns.index(start.column()) :]
        self._set_cells(
            [
                (self.model().index(start.row() + down, column), one)
                for down, line in enumerate(lines)
                for column, one in zip(columns, line, strict=False)
            ]
        )

    def _set_cells(self, cells: list[tuple[QModelIndex, str]]) -> None:
        model: QAbstractItemModel | TakesCells = self.model()
        is_editable = Qt.ItemFlag.ItemIsEditable
        wanted = [(index, text) for index, text in cells if index.isValid() and index.flags() & is_editable]
        if wanted:
            model.set_cells(wanted)  # type: ignore[union-attr]  # the page sets a model that takes cells

    def _move(self, action: Move) -> bool:
        before = self.currentIndex()
        after = self.moveCursor(action, Qt.KeyboardModifier.NoModifier)
        if not after.isValid() or after == before:
            return False
        self.setCurrentIndex(after)
        return True

    def _move_in_row(self, *, backward: bool) -> bool:
        """Move to the next cell of the row; return False at its end, where Tab leaves the table."""
        return self._move(Move.MoveLeft if backward else Move.MoveRight)

    def _is_of_suggestions(self, event: QKeyEvent) -> bool:
        """Pass a key on to the suggestions; return whether they used it."""
        if self._suggestions is None:
            return False
        if event.key() == Qt.Key.Key_Tab:
            return self._suggestions.take()
        return event.key() == Qt.Key.Key_Escape and self._suggestions.close()

    @staticmethod
    def _is_own_key(event: QKeyEvent) -> bool:
        own = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Paste)
        return event.key() == Qt.Key.Key_Delete or any(event.matches(key) for key in own)

    def _fit_rows(self) -> None:
        least = self.fontMetrics().height() + _LEAST_MARGIN
        self.verticalHeader().setMinimumSectionSize(least)
        self.verticalHeader().setDefaultSectionSize(least if self._is_dense else max(scaled(_ROW_HEIGHT, self), least))
