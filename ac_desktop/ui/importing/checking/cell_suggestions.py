"""What may have been meant in a cell, offered under the current one and under the one being edited."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPersistentModelIndex, QRect
from PySide6.QtWidgets import QLineEdit, QTableView

from ac_desktop.importing.values.email_address import check_email
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base.cell_delegate import Index
from ac_desktop.ui.importing.checking.alike import suggested
from ac_desktop.ui.importing.checking.check_model import CheckCol, CheckModel
from ac_desktop.ui.importing.checking.suggestion_list import SuggestionList


class CellSuggestions(QObject):
    """Follows the current cell and its editor; `take` ends editing where there is an editor, and never moves."""

    def __init__(self, table: QTableView, model: CheckModel, end_editing: Callable[[QLineEdit], None]) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._end_editing = end_editing
        self._pages: tuple[str, ...] = ()
        self._editor: QLineEdit | None = None
        self._at = QPersistentModelIndex()
        self._is_typed = self._is_closed = False
        self.list = SuggestionList(table.viewport())
        self.list.taken.connect(self._take)
        table.installEventFilter(self)
        table.viewport().installEventFilter(self)
        table.selectionModel().currentChanged.connect(self._begin)
        for bar in (table.horizontalScrollBar(), table.verticalScrollBar()):
            bar.valueChanged.connect(self.refresh)
        model.dataChanged.connect(self.refresh)
        model.modelReset.connect(self._begin)

    def offer_pages(self, pages: Sequence[str]) -> None:
        """Offer these action pages in the cells of pages."""
        self._pages = tuple(pages)

    def follow(self, editor: QLineEdit, index: Index) -> None:
        """Follow an editor that was opened in a cell."""
        if editor is not self._editor:
            self._editor, self._at = editor, QPersistentModelIndex(index)
            self._is_typed = self._is_closed = False
            editor.textEdited.connect(self._follow_text)
        self.refresh()

    def leave(self) -> None:
        """Follow no editor any more."""
        self._editor = None
        self.list.close_list()

    def take(self) -> bool:
        """Take the text that is marked; return whether there was one."""
        text = self.list.marked
        if text:
            self._take(text)
        return bool(text)

    def close(self) -> bool:
        """Close the list until something else is typed or chosen; return whether it was open."""
        was_open = bool(self.list.texts)
        self._is_closed = True
        self.list.close_list()
        return was_open

    def move(self, step: int) -> bool:
        """Mark another text; return False where there is no other one."""
        if len(self.list.texts) < 2 and (self.list.marked or not self.list.texts):  # noqa: PLR2004
            return False
        self.list.move_mark(step)
        return True

    def refresh(self, *_: object) -> None:
        """Show what may be meant now, where the cell is now."""
        texts = [] if self._is_closed else self._texts()
        cell = self._cell()
        if texts and cell.isValid() and self._table.viewport().rect().intersects(cell):
            self.list.show_under(cell, texts, mark_first=self._is_typed or not self._is_of_page())
        else:
            self.list.close_list()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Show the list while the table has the focus, at the place of the cell."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Resize}:
            self.refresh()
        return False

    def _begin(self, *_: object) -> None:
        self._is_closed = False
        self.refresh()

    def _follow_text(self, _text: str) -> None:
        self._is_typed, self._is_closed = True, False
        self.refresh()

    def _index(self) -> Index:
        return self._table.currentIndex() if self._editor is None else self._at

    def _is_of_page(self) -> bool:
        index = self._index()
        return index.isValid() and CheckCol(index.column()) is CheckCol.PAGE

    def _cell(self) -> QRect:
        if self._editor is not None:
            return self._editor.geometry()
        return self._table.visualRect(self._table.currentIndex())

    def _texts(self) -> list[str]:
        index = self._index()
        record = self._model.record_at(index.row()) if index.isValid() else None
        if record is None:
            return []
        column = CheckCol(index.column())
        if self._editor is not None:
            return self._of_editor(column, self._editor.text().strip())
        return self._of_cell(column, record) if self._table.hasFocus() else []

    def _of_cell(self, column: CheckCol, record: Record) -> list[str]:
        meant = suggested(record) if column is CheckCol.EMAIL else ""
        return [meant] if meant and self._model.is_editable(record) else []

    def _of_editor(self, column: CheckCol, text: str) -> list[str]:
        match column:
            case CheckCol.EMAIL:
                meant = check_email(text).suggestion if text else ""
                return [meant] if meant and meant != text else []
            case CheckCol.PAGE:
                wanted = text.casefold() if self._is_typed else ""
                found = [page for page in self._pages if wanted in page.casefold()]
                return [] if found == [text] else found
            case _:
                return []

    def _take(self, text: str) -> None:
        editor = self._editor
        self.close()
        if editor is not None:
            editor.setText(text)
            self._end_editing(editor)
        else:
            self._model.set_cells([(self._table.currentIndex(), text)])
