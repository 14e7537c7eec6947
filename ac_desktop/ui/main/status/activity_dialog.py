"""The activity of a connection: a chart and the same figures in a table, by hour, day or month."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDateTime, QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.importing.errors import ImportFileError
from ac_desktop.model.wording import tr
from ac_desktop.reporting.csv_files import write_log
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.history.activity import LAST_DAYS, ActivityBar, ActivitySpan, activity
from ac_desktop.store.queries.record_query import Period
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.file_dialogs import save_dialog
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.base.parts.check_toggle import CheckToggle
from ac_desktop.ui.base.visual.metrics import CARD_TITLE, DIALOG_TITLE, SPACE_L, SPACE_S, SPACE_XL, scaled, sized_font
from ac_desktop.ui.base.window_state import WindowState
from ac_desktop.ui.main.status.activity_chart import ActivityChart
from ac_desktop.ui.main.status.activity_model import COLUMNS, ActivityModel
from ac_desktop.ui.main.status.activity_texts import span_title, span_word, text

BETWEEN_READS_MS: Final = 5_000
FIRST_SIZE: Final = (980, 500)
_ACROSS: Final = Qt.Orientation.Horizontal


class ActivityDialog(QDialog):
    """Shows relays over time; reads nothing while hidden. A bar and its row are chosen together."""

    period_wanted = Signal(object)
    failed = Signal(str)
    closed = Signal(bool)
    """Carries False, as the action that shows the dialog is then switched off."""

    def __init__(self, services: Services, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._connection_id: int | None = None
        self._is_stale = True
        self.title = QLabel()
        self.text = small_label("")
        self.heading = QLabel()
        self.chart = ActivityChart()
        self.model = ActivityModel(self)
        self.table = QTableView()
        self.spans = {span: CheckToggle(span_word(span), span_title(span)) for span in ActivitySpan}
        self.show_donors = QPushButton(tr("Show donors"))
        self.save = QPushButton(tr("Save table…"))
        self.close_button = QPushButton(tr("Close"))
        self._lay_out()
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(BETWEEN_READS_MS)
        self._due.timeout.connect(self._read_if_stale)
        self._connect()

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Activity"))
        group = QButtonGroup(self)
        head = QHBoxLayout()
        who = QVBoxLayout()
        who.addWidget(self.title)
        who.addWidget(self.text)
        head.addLayout(who, 1)
        for button in self.spans.values():
            group.addButton(button)
            head.addWidget(button)
        self.spans[LAST_DAYS].setChecked(True)
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName(tr("Figures of the chart"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.setMinimumWidth(table.fontMetrics().horizontalAdvance("0") * 40)
        left = QVBoxLayout()
        left.addWidget(self.heading)
        left.addWidget(self.chart, 1)
        body = QHBoxLayout()
        body.setSpacing(SPACE_XL)
        body.addLayout(left, 1)
        body.addWidget(table)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_S)
        foot.addWidget(small_label(tr("Choose a bar or a row to see its donors.")), 1)
        for button_ in (self.save, self.show_donors, self.close_button):
            foot.addWidget(button_)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_L, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        layout.addLayout(head)
        layout.addLayout(body, 1)
        layout.addLayout(foot)
        self.title.setFont(sized_font(self.font(), DIALOG_TITLE, QFont.Weight.DemiBold))
        self.heading.setFont(sized_font(self.font(), CARD_TITLE, QFont.Weight.DemiBold))
        self.close_button.setDefault(True)
        self.show_donors.setEnabled(False)
        wanted = QSize(scaled(FIRST_SIZE[0], self), scaled(FIRST_SIZE[1], self))
        self.resize(wanted.boundedTo(self.screen().availableSize()))

    def _connect(self) -> None:
        for button in self.spans.values():
            button.toggled.connect(self._read)
        self.chart.chosen.connect(self._choose_bar)
        self.table.selectionModel().currentRowChanged.connect(self._choose_row)
        self.table.doubleClicked.connect(self._show_donors)
        self.show_donors.clicked.connect(self._show_donors)
        self.save.clicked.connect(self._ask_where)
        self.close_button.clicked.connect(self.reject)

    @property
    def span(self) -> ActivitySpan:
        """The period that is shown."""
        return next(span for span, button in self.spans.items() if button.isChecked())

    def show_state(self, state: WindowState) -> None:
        """Mark the chart as stale; it is read at once for another connection, else within seconds."""
        connection_id = state.connection.id if state.connection else None
        is_other, self._connection_id = connection_id != self._connection_id, connection_id
        self.title.setText(state.connection.name if state.connection else "")
        self._is_stale = True
        if is_other or not self._due.isActive():
            self._read_if_stale()

    def export(self, name: str) -> None:
        """Write the table to a file."""
        columns = range(COLUMNS)
        head = [str(self.table.model().headerData(at, _ACROSS) or "") for at in columns]
        rows = [[str(self.model.index(row, at).data() or "") for at in columns] for row in range(self.model.rowCount())]
        try:
            write_log(Path(name), head, rows, self._services.redactor)
        except ImportFileError as error:
            self.failed.emit(str(error))

    def reject(self) -> None:
        """Close."""
        super().reject()
        self.closed.emit(False)  # noqa: FBT003  a signal's argument

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while hidden."""
        super().showEvent(event)
        self._read_if_stale()

    def _read_if_stale(self) -> None:
        if self._is_stale and self.isVisible():
            self._read()

    def _read(self) -> None:
        self._is_stale = False
        self._due.start()
        if self._connection_id is None:
            self._show(self.span, self._connection_id, [])
            return
        now = self._services.clock.now()
        offset = QDateTime.fromMSecsSinceEpoch(round(now * 1000)).offsetFromUtc()
        read = partial(activity, self._services.database, self._connection_id, self.span, now, float(offset))
        self._bridge.run(read, partial(self._show, self.span, self._connection_id), self._fail)

    def _show(self, span: ActivitySpan, connection_id: int | None, bars: list[ActivityBar]) -> None:
        if (span, connection_id) != (self.span, self._connection_id):
            return
        chosen = self.model.bar(self.table.currentIndex().row())
        self.heading.setText(span_title(span))
        self.chart.show_bars(span, bars)
        self.model.show_bars(span, bars)
        self.text.setText(text(span, bars))
        row = -1 if chosen is None else self.model.row_at(chosen.at)
        if row >= 0:
            self.table.selectRow(row)
        else:
            self._choose_row(QModelIndex(), QModelIndex())

    def _choose_bar(self, bar: ActivityBar) -> None:
        self.table.selectRow(self.model.row_at(bar.at))

    def _choose_row(self, current: QModelIndex, _previous: QModelIndex) -> None:
        bar = self.model.bar(current.row())
        self.chart.choose(bar)
        self.show_donors.setEnabled(bar is not None)

    def _show_donors(self) -> None:
        bar = self.model.bar(self.table.currentIndex().row())
        if bar is not None:
            self.period_wanted.emit(Period(bar.at, bar.until))

    def _ask_where(self) -> None:
        filters = (tr("CSV files (*.csv)"),)
        name = tr("activity.csv")
        save_dialog(self, tr("Export"), name=name, name_filters=filters, suffix="csv", save=self.export).open()

    def _fail(self, error: Exception) -> None:
        self._is_stale = True
        if not isinstance(error, StoreError):
            raise error
