"""The log pane: follows the newest line while it is visible, and keeps its position otherwise."""

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.ui.base import icons
from ac_desktop.ui.log.feed import LogFeed
from ac_desktop.ui.log.lines import LogLevel, LogLine, level_label
from ac_desktop.ui.log.menu import LogActions, log_menu
from ac_desktop.ui.log.model import LINE_ROLE, LogColumn, LogFilter, LogModel

WIDTHS: Final[dict[LogColumn, int]] = {LogColumn.TIME: 13, LogColumn.LEVEL: 13, LogColumn.DONOR: 24}
_TYPING_MS: Final = 150
_BETWEEN_PORTIONS_MS: Final = 20
"""A pane that is shown again reads what it missed in portions, between which the window stays responsive."""


class LogPane(QWidget):
    """Shows what happens to one connection."""

    line_chosen = Signal(object)
    menu_wanted = Signal(object)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._feed = LogFeed(services.history, services.redactor)
        self._connection_id: int | None = None
        self._has_begun = False
        self._is_stale = False
        self._follows = True
        self.model = LogModel(parent=self)
        self._filter = LogFilter(self)
        self._filter.setSourceModel(self.model)
        self.table = QTableView()
        self.search = QLineEdit()
        self.levels = {level: QToolButton() for level in LogLevel}
        self._empty = QLabel(tr("Requests and responses appear here as they happen. API keys are hidden."))
        self._lay_out()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._choose)
        self.search.textChanged.connect(self._typing.start)
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
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.search.setPlaceholderText(tr("Search the log"))
        self.search.setAccessibleName(tr("Search the log"))
        self.search.setClearButtonEnabled(True)
        self.search.setAcceptDrops(False)
        self._empty.setWordWrap(True)
        self._empty.setMargin(8)
        bar = QHBoxLayout()
        for level, button in self.levels.items():
            label = level_label(level)
            button.setText(label.word)
            icons.set_icon(button, label.icon, label.tone)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setCheckable(True)
            button.setChecked(True)
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(tr("Show entries of kind {kind}", kind=label.word))
            button.toggled.connect(self._choose)
            bar.addWidget(button)
        bar.addWidget(self.search, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(bar)
        layout.addWidget(self._empty)
        layout.addWidget(table, 1)
        self._fit_to_font()

    def show_connection(self, connection_id: int | None) -> bool:
        """Show what is new; True where more is left for the next time. Does nothing while hidden."""
        if connection_id != self._connection_id or not self._has_begun:
            self._connection_id, self._has_begun = connection_id, True
            self.model.replace_all(self._feed.latest(connection_id))
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

    def _show_missed(self) -> None:
        if self._show_newer():
            QTimer.singleShot(_BETWEEN_PORTIONS_MS, self, self._show_missed)

    def _show_newer(self) -> bool:
        lines, is_more = self._feed.newer()
        if lines:
            self.model.append(lines)
            self._show_empty()
        return is_more

    def _record_place(self, place: int) -> None:
        self._follows = place >= self.table.verticalScrollBar().maximum()

    def _keep_place(self, _lowest: int, highest: int) -> None:
        """Stay at the newest line when lines are added or the pane shrinks, if it was visible."""
        if self._follows:
            self.table.verticalScrollBar().setValue(highest)

    def _show_empty(self) -> None:
        has_lines = self.model.rowCount() > 0
        self._empty.setVisible(not has_lines)

    def _show_everything(self) -> None:
        self.search.clear()
        for button in self.levels.values():
            button.setChecked(True)
        self._choose()

    def _choose(self) -> None:
        shown = frozenset(level for level, button in self.levels.items() if button.isChecked())
        self._filter.choose(shown, self.search.text().strip())

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
        height = round(self.fontMetrics().height() * 1.35)
        self.table.verticalHeader().setMinimumSectionSize(height)
        self.table.verticalHeader().setDefaultSectionSize(height)
        self.table.setIconSize(icons.size_for(self))
        for button in self.levels.values():
            button.setIconSize(icons.size_for(self))
