"""Every import: searched and ordered, its result, its rows in the queue, and its undo."""

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.model.wording import ntr, tr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.imports.imports import KnownImport
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.dialogs import ask_before_discarding, plain_buttons
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.base.parts.search_line import offer_clearing
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic
from ac_desktop.ui.importing import import_runner
from ac_desktop.ui.importing.import_runner import UndoResult
from ac_desktop.ui.importing.imports.imports_model import ORDERS, ImportCol, ImportsModel
from ac_desktop.ui.importing.results.result_dialog import ImportResultDialog

_CHARACTERS_WIDE: Final = 165
_LEAST_CHARACTERS: Final = 9
_ROWS_SHOWN: Final = 12
_SEARCH_DELAY_MS: Final = 200
_REFRESH_INTERVAL_MS: Final = 1_000


class ImportsDialog(QDialog):
    """Shows the imports of all connections; `rows_wanted` asks to show the donors of one in the queue."""

    rows_wanted = Signal(object)

    def __init__(self, services: Services, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._here = 0
        self.model = ImportsModel(services, bridge, self)
        self.search = QLineEdit()
        self.table = QTableView()
        self.message = small_label("")
        self.open_result = QPushButton(tr("Import &result…"))
        self.rows = QPushButton(tr("&Show donors"))
        self.undo = QPushButton(tr("&Undo import…"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._typing, self._resting = QTimer(self), QTimer(self)
        self._lay_out()
        self._connect()
        self._name_buttons()
        self.model.refresh()

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Imports"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        help_key(self, Topic.IMPORT)
        plain_buttons(self.buttons)
        self.search.setPlaceholderText(tr("Search imports"))
        self.search.setAccessibleName(tr("Search imports"))
        self.search.setAcceptDrops(False)
        offer_clearing(self.search)
        self._style_table()
        foot = QHBoxLayout()
        for button in (self.open_result, self.rows, self.undo):
            button.setAutoDefault(False)
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(self.search)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.message)
        layout.addLayout(foot)
        available = self.screen().availableSize().width() * 9 // 10
        width = min(self.fontMetrics().averageCharWidth() * _CHARACTERS_WIDE, available)
        self.table.setMinimumWidth(width * 9 // 10)
        self.resize(width, self.sizeHint().height())

    def _style_table(self) -> None:
        table, header = self.table, self.table.horizontalHeader()
        table.setModel(self.model)
        table.setAccessibleName(tr("Imports"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(ImportCol.TIME, Qt.SortOrder.DescendingOrder)
        header.setSectionsClickable(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(ImportCol.FILE, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(table.fontMetrics().averageCharWidth() * _LEAST_CHARACTERS)
        row = table.fontMetrics().height() * 3 // 2
        table.verticalHeader().setDefaultSectionSize(row)
        table.setMinimumHeight(row * _ROWS_SHOWN)

    def _connect(self) -> None:
        self._typing.setSingleShot(True)
        self._typing.setInterval(_SEARCH_DELAY_MS)
        self._typing.timeout.connect(self._search)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REFRESH_INTERVAL_MS)
        self._resting.timeout.connect(self.model.refresh)
        self.search.textChanged.connect(self._typing.start)
        self._bridge.changed.connect(self._note_change)
        header = self.table.horizontalHeader()
        header.sortIndicatorChanged.connect(self._sort)
        self.model.modelAboutToBeReset.connect(self._remember_place)
        self.model.refreshed.connect(self._show_place)
        self.model.failed.connect(self.message.setText)
        self.table.selectionModel().currentChanged.connect(self._name_buttons)
        self.table.doubleClicked.connect(self.show_result)
        self.open_result.clicked.connect(self.show_result)
        self.rows.clicked.connect(self._show_rows)
        self.undo.clicked.connect(self._ask_to_undo)
        self.buttons.rejected.connect(self.reject)

    @property
    def current(self) -> KnownImport | None:
        """The import in focus."""
        return self.model.at(self.table.currentIndex().row())

    def show_result(self) -> None:
        """Open the import result of the import in focus."""
        if self.current is not None:
            ImportResultDialog(self._services, self._bridge, self.current.batch_id, self).open()

    def _note_change(self, *_: object) -> None:
        if not self._resting.isActive():
            self._resting.start()

    def _search(self) -> None:
        self.model.choose(replace(self.model.query, text=self.search.text().strip()))

    def _sort(self, section: int, order: Qt.SortOrder) -> None:
        chosen = ORDERS.get(ImportCol(section))
        if chosen is None:
            self._show_order()
            return
        self.model.choose(replace(self.model.query, order=chosen, descending=order == Qt.SortOrder.DescendingOrder))

    def _show_order(self) -> None:
        """Show the order that is kept, as the numbers of states have none."""
        query = self.model.query
        column = next(column for column, order in ORDERS.items() if order is query.order)
        order = Qt.SortOrder.DescendingOrder if query.descending else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(column, order)

    def _remember_place(self) -> None:
        current = self.current
        self._here = current.batch_id if current is not None else 0

    def _show_place(self) -> None:
        """Keep the focus on its import, and say where there is none."""
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            row = max(0, self.model.row_of(self._here))
            self.table.setCurrentIndex(self.model.index(row, ImportCol.FILE))
        if not self.model.rowCount():
            is_searched = bool(self.model.query.text)
            self.message.setText(tr("No import has these words.") if is_searched else tr("Nothing was imported yet."))
        elif self.message.text() in {tr("No import has these words."), tr("Nothing was imported yet.")}:
            self.message.setText("")
        self._name_buttons()

    def _name_buttons(self, *_: object) -> None:
        current = self.current
        self.open_result.setEnabled(current is not None)
        self.rows.setEnabled(current is not None and current.counts.rows > 0)
        self.undo.setEnabled(current is not None and current.counts.waiting > 0)

    def _show_rows(self) -> None:
        if self.current is not None:
            self.rows_wanted.emit(self.current)
            self.accept()

    def _ask_to_undo(self) -> None:
        current = self.current
        if current is None:
            return
        waiting = current.counts.waiting
        question = ntr(
            "Remove {count} waiting donor of “{file}” from the queue? Donors that were sent stay on the list.",
            "Remove {count} waiting donors of “{file}” from the queue? Donors that were sent stay on the list.",
            waiting,
            file=current.name,
        )
        ask_before_discarding(self, tr("Undo import"), question, partial(self._undo, current.batch_id))

    def _undo(self, batch_id: int) -> None:
        self._bridge.run(partial(import_runner.undo, self._services, (batch_id,)), self._undone, self._fail)

    def _undone(self, undone: UndoResult) -> None:
        self.message.setText(
            ntr("{count} donor removed from the queue.", "{count} donors removed from the queue.", undone.number)
        )
        self._bridge.something_changed()
        self.model.refresh()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, StoreError):
            raise error
        self.message.setText(str(error))
