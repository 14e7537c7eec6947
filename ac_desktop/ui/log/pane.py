"""The log: follows the newest line while it is visible, and keeps its position otherwise."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.importing.errors import ImportFileError
from ac_desktop.model.wording import ntr, tr
from ac_desktop.reporting.csv_files import write_log
from ac_desktop.services import Services
from ac_desktop.ui.base import formatting, icons
from ac_desktop.ui.base.file_dialogs import save_dialog
from ac_desktop.ui.base.visual.metrics import SPACE_L, SPACE_M
from ac_desktop.ui.log.drawer_bar import DrawerBar
from ac_desktop.ui.log.feed import LogFeed
from ac_desktop.ui.log.lines import LogLine
from ac_desktop.ui.log.menu import LogActions, log_menu
from ac_desktop.ui.log.model import IN_TIME, LINE_ROLE, LogColumn, LogFilter, LogModel, LogOrder

ROW_HEIGHT: Final = 1.6
"""In heights of the font."""
LEAST_ROWS: Final = 2
_NO_LIMIT: Final = 16_777_215
"""Qt's own largest size of a widget."""
WIDTHS: Final[dict[LogColumn, int]] = {LogColumn.TIME: 13, LogColumn.LEVEL: 13, LogColumn.DONOR: 24}
_TYPING_MS: Final = 150
_BETWEEN_PORTIONS_MS: Final = 20
"""A pane that is shown again reads what it missed in portions, between which the window stays responsive."""


class LogPane(QWidget):
    """Shows what happens to one connection."""

    line_chosen = Signal(object)
    menu_wanted = Signal(object)
    toggle_wanted = Signal()
    exported = Signal(str)
    failed = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.feed = LogFeed(services.history, services.redactor)
        self._redactor = services.redactor
        self._connection_id: int | None = None
        self._has_begun = False
        self._is_stale = False
        self._follows = True
        self.model = LogModel(parent=self)
        self._filter = LogFilter(self)
        self._filter.setSourceModel(self.model)
        self.table = QTableView()
        self.bar = DrawerBar()
        self.search, self.levels = self.bar.search, self.bar.levels
        self._is_open = True
        self._open_height = 0
        self._empty = QLabel(tr("Requests and responses appear here as they happen. API keys are hidden."))
        self._lay_out()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._choose)
        self.search.textChanged.connect(self._typing.start)
        for button in self.levels.values():
            button.toggled.connect(self._choose)
        self.bar.toggle_wanted.connect(self.toggle_wanted)
        self.bar.export_wanted.connect(self._ask_where)
        self.table.selectionModel().currentRowChanged.connect(self._emit_line)
        self.table.customContextMenuRequested.connect(self._want_menu)
        bar = self.table.verticalScrollBar()
        bar.valueChanged.connect(self._record_place)
        bar.rangeChanged.connect(self._keep_place)

    def _lay_out(self) -> None:
        table = self.table
        table.setModel(self._filter)
        table.setAccessibleName(tr("Log"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.verticalHeader().hide()
        table.setFrameShape(QFrame.Shape.NoFrame)
        head = table.horizontalHeader()
        head.setStretchLastSection(True)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.sectionClicked.connect(self._choose_order)
        self._show_order()
        self._empty.setWordWrap(True)
        self._empty.setMargin(SPACE_L)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.bar, self._empty):
            layout.addWidget(part)
        lines = QHBoxLayout()
        lines.setContentsMargins(SPACE_M, 0, 0, 0)
        lines.addWidget(table)
        layout.addLayout(lines, 1)
        self._fit_to_font()

    @property
    def is_open(self) -> bool:
        """Whether the lines are shown."""
        return self._is_open

    def set_open(self, on: bool) -> None:  # noqa: FBT001  Qt's own signal
        """Show the lines, or the bar alone with the last of them."""
        if on == self._is_open:
            return
        if not on:
            self._open_height = self.height()
        self._is_open = on
        self.bar.set_open(on=on)
        self._show_empty()
        self._fit_height()
        if on and self._is_stale:
            self._is_stale = False
            self._show_missed()

    def show_connection(self, connection_id: int | None) -> bool:
        """Show what is new; True where more is left for the next time. Does nothing while hidden."""
        if connection_id != self._connection_id or not self._has_begun:
            self._connection_id, self._has_begun = connection_id, True
            self.model.replace_all(self.feed.latest(connection_id))
            self._follows = True
            self.table.scrollToBottom()
            self._show_empty()
            return False
        if not self.isVisible():
            self._is_stale = True
            return False
        return self._show_newer()

    def go_to_record(self, record_id: int) -> bool:
        """Select a record's newest line; False where the log holds none."""
        row = self.model.last_row_of(record_id)
        if row is None:
            return False
        index = self._filter.mapFromSource(self.model.index(row, 0))
        if not index.isValid():
            self._show_everything()
            index = self._filter.mapFromSource(self.model.index(row, 0))
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def current_line(self) -> LogLine | None:
        """Return the line under the cursor."""
        line = self.table.currentIndex().data(LINE_ROLE)
        return line if isinstance(line, LogLine) else None

    def menu(self, actions: LogActions) -> QMenu:
        """Build the menu over the line under the cursor."""
        return log_menu(self, self._filter, self.table.currentIndex().row(), self.current_line(), actions)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what happened while hidden."""
        super().showEvent(event)
        if self._is_stale:
            self._is_stale = False
            self._show_missed()

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette and font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_font()
            # The bar takes the font over after this.
            QTimer.singleShot(0, self, self._fit_height)

    def _show_missed(self) -> None:
        if self._show_newer():
            QTimer.singleShot(_BETWEEN_PORTIONS_MS, self, self._show_missed)

    def _show_newer(self) -> bool:
        lines, is_more = self.feed.newer()
        if lines:
            self.model.append(lines)
            self._show_empty()
        return is_more

    def _record_place(self, place: int) -> None:
        self._follows = self._is_in_time and place >= self.table.verticalScrollBar().maximum()

    def _keep_place(self, _lowest: int, highest: int) -> None:
        """Stay at the newest line when lines are added or the pane shrinks, if it was visible."""
        if self._follows:
            self.table.verticalScrollBar().setValue(highest)

    def _show_empty(self) -> None:
        has_lines = self.model.rowCount() > 0
        self._empty.setVisible(self._is_open and not has_lines)
        self.table.setVisible(self._is_open)
        self.bar.show_last(self.model.newest())

    def _show_everything(self) -> None:
        self.search.clear()
        for button in self.levels.values():
            button.setChecked(True)
        self._choose()

    def _choose(self) -> None:
        shown = frozenset(level for level, button in self.levels.items() if button.isChecked())
        self._filter.choose(shown, self.search.text().strip())

    def _choose_order(self, section: int) -> None:
        """Order by a column, and the other way round by a second click."""
        column, order = LogColumn(section), self.model.order
        self.model.choose_order(LogOrder(column, descending=order.column is column and not order.descending))
        self._show_order()
        self._follows = self._is_in_time
        if self._follows:
            self.table.scrollToBottom()

    def _show_order(self) -> None:
        order = self.model.order
        direction = Qt.SortOrder.DescendingOrder if order.descending else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(order.column, direction)

    @property
    def _is_in_time(self) -> bool:
        return self.model.order == IN_TIME

    def _ask_where(self) -> None:
        filters = (tr("CSV files (*.csv)"),)
        save_dialog(self, tr("Export"), name=tr("log.csv"), name_filters=filters, suffix="csv", save=self.export).open()

    def export(self, name: str) -> None:
        """Write the lines that are shown to a file, as they are shown."""
        head = [str(self._filter.headerData(at, Qt.Orientation.Horizontal) or "") for at in LogColumn]
        rows = [self._exported_row(row) for row in range(self._filter.rowCount())]
        try:
            number = write_log(Path(name), head, rows, self._redactor)
        except ImportFileError as error:
            self.failed.emit(str(error))
            return
        file = Path(name).name
        self.exported.emit(ntr("{count} line saved in {file}.", "{count} lines saved in {file}.", number, file=file))

    def _exported_row(self, row: int) -> list[str]:
        line = self._filter.index(row, 0).data(LINE_ROLE)
        cells = [str(self._filter.index(row, column).data() or "") for column in LogColumn]
        if isinstance(line, LogLine):
            cells[LogColumn.TIME] = formatting.exact(line.at)
        return cells

    def _want_menu(self, at: QPoint) -> None:
        self.menu_wanted.emit(self.table.viewport().mapToGlobal(at))

    def _emit_line(self, current: QModelIndex, _previous: QModelIndex) -> None:
        line = current.data(LINE_ROLE)
        if isinstance(line, LogLine):
            self.line_chosen.emit(line)

    def _fit_to_font(self) -> None:
        digit = self.fontMetrics().horizontalAdvance("0")
        for column, width in WIDTHS.items():
            self.table.setColumnWidth(column, digit * width)
        height = round(self.fontMetrics().height() * ROW_HEIGHT)
        self.table.verticalHeader().setMinimumSectionSize(height)
        self.table.verticalHeader().setDefaultSectionSize(height)
        self.table.setIconSize(icons.size_for(self))
        self.table.setMinimumHeight(self.table.horizontalHeader().sizeHint().height() + LEAST_ROWS * height)
        self._fit_height()

    def _fit_height(self) -> None:
        """Take the bar's height alone while closed, and the height from before when it opens."""
        bar = self.bar.height_needed()
        if not self._is_open:
            self.setFixedHeight(bar)
            return
        self.setMaximumHeight(_NO_LIMIT)
        self.setMinimumHeight(max(self._open_height, bar + self.table.minimumHeight()))
        QTimer.singleShot(0, self, self._free_height)

    def _free_height(self) -> None:
        if self._is_open:
            self.setMinimumHeight(0)
