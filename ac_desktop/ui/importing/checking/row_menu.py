"""The menu of the rows on the Check page: what can be done with the chosen cells, by pointer and by keys."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from ac_desktop.model.wording import ntr, tr
from ac_desktop.store.imports.staged_order import StagedColumn, StagedOrder
from ac_desktop.ui.base import icons, privacy_mask
from ac_desktop.ui.importing.checking.alike import AlikeNotice, suggested
from ac_desktop.ui.importing.checking.check_model import SORTED_BY, CheckCol, CheckModel
from ac_desktop.ui.importing.checking.check_table import CheckTable
from ac_desktop.ui.importing.checking.corrections import RowCorrections

Do = Callable[[], None]


class RowMenu(QObject):
    """Builds the menu of the chosen cells; `suggestion_taken` is about the current row."""

    suggestion_taken = Signal()
    order_chosen = Signal(object)

    def __init__(self, table: CheckTable, model: CheckModel, alike: AlikeNotice, corrections: RowCorrections) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._alike = alike
        self._corrections = corrections
        self._order: StagedOrder | None = None

    def show_order(self, order: StagedOrder | None) -> None:
        """Take the order in which the rows are shown; None is that of the file."""
        self._order = order

    def open_at(self, at: QPoint) -> None:
        """Open the menu at a place on the screen."""
        self.menu().popup(at)

    def menu(self) -> QMenu:
        """Build the menu: what does not apply is disabled, and suggestions are there where a row has one."""
        menu = _CellMenu(self._table)
        self._add_suggestion(menu)
        self._add_cells(menu)
        menu.addSeparator()
        undo, redo = self._corrections.undo, self._corrections.redo
        menu.add(tr("Undo"), undo, "undo", keys="Ctrl+Z", enabled=self._corrections.can_undo)
        menu.add(tr("Redo"), redo, "redo", keys="Ctrl+Y", enabled=self._corrections.can_redo)
        menu.addSeparator()
        self._add_orders(menu)
        return menu

    def _add_suggestion(self, menu: "_CellMenu") -> None:
        record = self._model.record_at(self._table.currentIndex().row())
        meant = suggested(record)
        if record is None or not meant or not self._model.is_editable(record):
            return
        use = tr("Use {address}", address=privacy_mask.mask_text(meant))
        menu.add(use, self.suggestion_taken.emit, "check", keys="Tab")
        alike = self._alike.rows_of(record.id)
        if alike is not None:
            number = len(alike.changes)
            fix = ntr("Fix {count} row like this", "Fix all {count} rows like this", number)
            menu.add(fix, partial(self._alike.fix_rows, alike))
        menu.addSeparator()

    def _add_cells(self, menu: "_CellMenu") -> None:
        table, can_change = self._table, self._table.can_change()
        number, has_text = len(table.selectedIndexes()), bool(QGuiApplication.clipboard().text())
        menu.add(tr("Copy"), table.copy, "copy", keys="Ctrl+C", enabled=number > 0)
        menu.add(tr("Paste"), table.paste, keys="Ctrl+V", enabled=can_change and has_text)
        clear = ntr("Clear {count} cell", "Clear {count} cells", number)
        menu.add(clear, table.clear, keys="Del", enabled=can_change)

    def _add_orders(self, menu: "_CellMenu") -> None:
        index = self._table.currentIndex()
        column = SORTED_BY.get(CheckCol(index.column())) if index.isValid() else None
        if column is not None:
            heading = self._model.title(CheckCol(index.column()))
            up, down = partial(self._sort, column, is_descending=False), partial(self._sort, column, is_descending=True)
            menu.add(tr("Sort by {column}, ascending", column=heading), up)
            menu.add(tr("Sort by {column}, descending", column=heading), down)
        as_file = partial(self.order_chosen.emit, None)
        menu.add(tr("Sort as in the file"), as_file, enabled=self._order is not None)

    def _sort(self, column: StagedColumn, *, is_descending: bool) -> None:
        self.order_chosen.emit(StagedOrder(column, is_descending))


class _CellMenu(QMenu):
    """A menu that is deleted when it is closed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def add(self, text: str, do: Do, icon: str = "", *, keys: str = "", enabled: bool = True) -> None:
        """Add an entry."""
        action = self.addAction(f"{text}\t{keys}" if keys else text)
        if icon:
            icons.set_icon(action, icon)
        action.setEnabled(enabled)
        action.triggered.connect(partial(_ignore_arguments, do))


def _ignore_arguments(do: Do, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's own signal
    do()
