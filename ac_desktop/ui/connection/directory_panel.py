"""The directory as a widget: the connections, and what can be done with each."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, QSize, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.model.connection import Connection
from ac_desktop.model.states import ConnectionState
from ac_desktop.model.wording import tr
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.connection.connection_service import ConnectionService, ConnectionTasks, Runner, SavedConnection
from ac_desktop.ui.connection.delete_dialog import DeleteDialog
from ac_desktop.ui.connection.directory_model import COL_NAME, DirectoryModel
from ac_desktop.ui.connection.settings.added_page import AddedPages
from ac_desktop.ui.connection.settings.pages import ConnectionPageId
from ac_desktop.ui.connection.settings.settings_dialog import open_settings
from ac_desktop.ui.connection.test_dialog import open_reactivate, open_test
from ac_desktop.ui.connection.wizard.answers import Prefill
from ac_desktop.ui.connection.wizard.check_line import CheckLine, CheckStatus
from ac_desktop.ui.connection.wizard.refusals import refusal, unexpected
from ac_desktop.ui.connection.wizard.wizard import run_wizard

ROWS_SHOWN: Final = 6


class DirectoryPanel(QWidget):
    """Shows every connection; `changed` carries which was made, changed or, with None, deleted."""

    changed = Signal(object)
    chosen = Signal(object)

    def __init__(
        self,
        service: ConnectionService,
        runner: Runner,
        added_pages: AddedPages = lambda _: (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._added_pages = added_pages
        self._service = service
        self._runner = runner
        self._tasks = ConnectionTasks(runner)
        self.model = DirectoryModel(service.clock.now, self)
        self._build()
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.activated.connect(self._on_activated)
        self.new.clicked.connect(self._on_new)
        self.duplicate.clicked.connect(self._on_duplicate)
        self.pause.clicked.connect(self._on_pause)
        self.test.clicked.connect(self._on_test)
        self.reactivate.clicked.connect(self._on_reactivate)
        self.delete.clicked.connect(self._on_delete)
        self.refresh()

    def _build(self) -> None:
        self.table = QTableView()
        self.empty = small_label(tr("No connections yet. To connect ActiveCampaign, choose “New…”."))
        self.status = CheckLine()
        self.new = QPushButton(tr("&New…"))
        self.edit = QPushButton(tr("&Edit"))
        self.duplicate = QPushButton(tr("D&uplicate…"))
        self.pause = QPushButton(tr("&Pause"))
        self.test = QPushButton(tr("&Test…"))
        self.reactivate = QPushButton(tr("Test and react&ivate…"))
        self.delete = QPushButton(tr("&Delete…"))
        self.menu = QMenu(self)
        for text, page in (
            (tr("&Account and key…"), ConnectionPageId.ACCOUNT),
            (tr("&List…"), ConnectionPageId.LIST),
            (tr("Action &pages…"), ConnectionPageId.PAGES),
            (tr("&Team…"), ConnectionPageId.TEAM),
            (tr("&Donor data…"), ConnectionPageId.DONOR_DATA),
            (tr("&Name, speed and more…"), ConnectionPageId.NAME),
        ):
            self.menu.addAction(text).triggered.connect(partial(self._on_edit, page))
        self.edit.setMenu(self.menu)
        self._style_table()
        buttons = QVBoxLayout()
        for button in (
            self.new,
            self.edit,
            self.duplicate,
            self.pause,
            self.test,
            self.reactivate,
            self.delete,
        ):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(self.empty)
        left.addWidget(self.table, 1)
        left.addWidget(self.status)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(left, 1)
        layout.addLayout(buttons)
        self.status.hide()

    def _style_table(self) -> None:
        self.table.setModel(self.model)
        self.table.setAccessibleName(tr("Connections"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        metrics = self.table.fontMetrics()
        row = metrics.height() * 3 // 2
        self.table.setIconSize(QSize(metrics.height(), metrics.height()))
        self.table.verticalHeader().setDefaultSectionSize(row)
        self.table.setMinimumHeight(row * (ROWS_SHOWN + 1))

    @property
    def current(self) -> SavedConnection | None:
        """The connection in focus."""
        row = self.table.currentIndex().row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def refresh(self, _news: object = None) -> None:
        """Read the store again; focus and selection stay on the same connection."""
        here = self.current.connection.id if self.current else None
        self.model.show_rows(self._service.directory())
        self.select(here)
        self._show()

    def select(self, connection_id: int | None) -> None:
        """Focus the table on a connection, else on the first."""
        row = max(self.model.row_of(connection_id), 0)
        if self.model.rows and self.table.currentIndex().row() != row:
            self.table.setCurrentIndex(self.model.index(row, COL_NAME))

    def close_tasks(self) -> None:
        """Accept no late results any more."""
        self._tasks.close()

    def _show(self) -> None:
        kept = self.current
        state = kept.connection.state if kept else None
        self.empty.setVisible(not self.model.rows)
        self.table.setVisible(bool(self.model.rows))
        for button in (self.edit, self.duplicate, self.test, self.delete):
            button.setEnabled(kept is not None)
        self.pause.setText(tr("Re&sume") if state is ConnectionState.PAUSED else tr("&Pause"))
        self.pause.setEnabled(state in {ConnectionState.ACTIVE, ConnectionState.PAUSED})
        self.pause.setToolTip(
            tr("To use an inactive connection again, choose “Test and reactivate…”.")
            if state is ConnectionState.INACTIVE
            else ""
        )
        self.reactivate.setEnabled(state is ConnectionState.INACTIVE)
        self.reactivate.setToolTip(
            "" if state is ConnectionState.INACTIVE else tr("Only inactive connections can be reactivated.")
        )

    def _on_row(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self._show()

    def _on_activated(self, _index: QModelIndex) -> None:
        if self.current is not None:
            self.chosen.emit(self.current.connection.id)

    def _on_new(self) -> None:
        run_wizard(self.window(), self._service, self._runner, self._on_changed)

    def _on_edit(self, page: ConnectionPageId, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal
        self._with(
            lambda kept: open_settings(
                self.window(),
                self._service,
                self._runner,
                self._on_changed,
                kept.connection.id,
                page,
                added=self._added_pages(kept.connection.id),
            )
        )

    def _on_duplicate(self) -> None:
        self._with(
            lambda kept: run_wizard(
                self.window(), self._service, self._runner, self._on_changed, prefill=copy_of(kept.connection)
            )
        )

    def _on_pause(self) -> None:
        kept = self.current
        if kept is None:
            return
        pause = kept.connection.state is ConnectionState.ACTIVE
        number = kept.connection.id
        self._tasks.run(lambda: self._service.pause_or_resume(number, pause=pause), self._on_changed, self._on_refused)

    def _on_test(self) -> None:
        self._with(
            lambda kept: open_test(self.window(), self._service, self._runner, kept.connection.id, self._on_changed)
        )

    def _on_reactivate(self) -> None:
        self._with(
            lambda kept: open_reactivate(
                self.window(), self._service, self._runner, kept.connection.id, self._on_changed
            )
        )

    def _on_delete(self) -> None:
        kept = self.current
        if kept is None:
            return
        dialog = DeleteDialog(kept, self.window())
        dialog.accepted.connect(partial(self._delete, kept.connection))
        dialog.open()

    def _delete(self, connection: Connection) -> None:
        self.status.show_status(CheckStatus.ASKING, tr("Deleting {name}…", name=connection.name))
        self._tasks.run(
            lambda: self._service.delete(connection.id), partial(self._on_deleted, connection), self._on_refused
        )

    def _on_deleted(self, connection: Connection, _nothing: None) -> None:
        self.refresh()
        self.status.show_status(CheckStatus.GOOD, tr("{name} was deleted.", name=connection.name))
        self.changed.emit(None)

    def _on_changed(self, connection: Connection) -> None:
        self.status.show_status(CheckStatus.GOOD, "")
        self.refresh()
        self.select(connection.id)
        self.changed.emit(connection)

    def _on_refused(self, error: Exception) -> None:
        self.status.show_status(CheckStatus.BAD, (refusal(error) or unexpected()).full_text)
        if refusal(error) is None:
            raise error

    def _with(self, act: Callable[[SavedConnection], object]) -> None:
        if self.current is not None:
            act(self.current)


def copy_of(connection: Connection) -> Prefill:
    """Return what a duplicate starts with: the same settings and key, and a name of its own."""
    return Prefill(replace(connection.settings), key_from=connection.id)
