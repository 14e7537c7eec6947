"""How donors are added and corrected: import, paste, typed entry, repair in place, and pushing unsent."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ac_desktop.importing.corrections import edits
from ac_desktop.importing.formats.table import READABLE
from ac_desktop.model.wording import ntr, tr
from ac_desktop.services import Services
from ac_desktop.store.imports.imports import KnownImport
from ac_desktop.store.queries.record_query import SourceFilter
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.file_dialogs import begin_in_documents
from ac_desktop.ui.base.message_bar import Notifier, SuccessMessage
from ac_desktop.ui.base.window_settings import WindowSettings
from ac_desktop.ui.dialogs.donor_form import AddDonorForm
from ac_desktop.ui.importing.flow import ImportFlow
from ac_desktop.ui.importing.imports.recent_files import RecentFiles
from ac_desktop.ui.importing.sheet import ImportSheet
from ac_desktop.ui.importing.watching.folder_watch import FolderWatch
from ac_desktop.ui.queue.edit_dialog import EditDialog
from ac_desktop.ui.queue.filtering.queue_filter import FilterValues, QueueFilter
from ac_desktop.ui.queue.resend_dialog import ResendDialog
from ac_desktop.ui.queue.table import QueueTable

if TYPE_CHECKING:
    from ac_desktop.model.connection import Connection
    from ac_desktop.ui.base.actions import Actions
    from ac_desktop.ui.base.window_state import CurrentState
    from ac_desktop.ui.importing.watching.sources_page import SourcesPage


class ImportController(QObject):
    """Connects the actions that add and correct donors with what they do."""

    def __init__(
        self,
        services: Services,
        bridge: Bridge,
        notifier: Notifier,
        current: "CurrentState",
        actions: "Actions",
        flow: ImportFlow,
        sheet: ImportSheet,
        panes: QWidget,
        table: QueueTable,
        filters: QueueFilter,
        settings: WindowSettings,
        choose_connection: Callable[[int], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._notifier = notifier
        self._current = current
        self._actions = actions
        self._flow = flow
        self._sheet = sheet
        self._panes = panes
        self._table = table
        self._filters = filters
        self._choose_connection = choose_connection
        self._parent = parent
        self._recent_files = RecentFiles(settings, actions.recent_files, self.import_files, self)
        actions.import_files.triggered.connect(self.choose_files)
        actions.paste.triggered.connect(self.paste)
        actions.add_donor.triggered.connect(self.add_donor)
        actions.repair.triggered.connect(self.repair)
        actions.push.triggered.connect(self.push)
        actions.watch.triggered.connect(self.watch)
        actions.fetch.triggered.connect(self.fetch)
        actions.layouts.triggered.connect(self.show_layouts)
        actions.imports.triggered.connect(self.show_imports)
        flow.changed.connect(self.name_actions)
        flow.failed.connect(notifier.show_error)
        sheet.shown_changed.connect(self._show_sheet)
        table.selectionModel().currentRowChanged.connect(self._name_repair)
        self.folder_watch = FolderWatch(services, bridge, notifier, flow, choose_connection, self)
        self.name_actions()

    def import_files(self, paths: Sequence[Path]) -> None:
        """Import files into the queue of the connection shown, through the sheet."""
        connection = self._current.connection
        if connection is None:
            self._notifier.show_error(tr("Create a connection first, then drop the files again. Nothing was queued."))
            return
        self._recent_files.remember(paths)
        self._flow.add_files(connection.id, paths)

    def choose_files(self) -> None:
        """Ask a person which files to import."""
        dialog = QFileDialog(self._parent, tr("Import donor files"))
        begin_in_documents(dialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        endings = " ".join(f"*{ending}" for ending in READABLE)
        dialog.setNameFilters(
            [tr("Donor files ({endings})", endings=endings), tr("All files (*)")],
        )
        dialog.filesSelected.connect(self._import_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def paste(self) -> None:
        """Import rows copied from a spreadsheet, or files copied in a file manager."""
        mime = QGuiApplication.clipboard().mimeData()
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        connection = self._current.connection
        if connection is None or paths:
            self.import_files(paths)
        elif mime.hasText():
            self._flow.add_text(connection.id, mime.text())

    def add_donor(self) -> None:
        """Open the form for donors typed in."""
        connection = self._current.connection
        if connection is None:
            return
        form = AddDonorForm(self._services, self._bridge, connection, self._parent)
        form.saved.connect(self._bridge.something_changed)
        self._actions.privacy_mask.toggled.connect(form.follow_privacy_mask)
        form.show()

    def repair(self) -> None:
        """Correct the donor under the cursor."""
        record = self._table.current_record()
        connection = self._services.connections.get(record.connection_id) if record else None
        if record is None or connection is None or not edits.can_be_edited(record):
            return
        dialog = EditDialog(self._services, self._bridge, record, connection, self._parent)
        dialog.open()

    def push(self) -> None:
        """Choose which donors are sent again."""
        connection = self._current.connection
        if connection is not None:
            dialog = ResendDialog(self._services, self._bridge, connection, self._parent)
            dialog.pushed.connect(self._show_pushed)
            dialog.open()

    def watch(self) -> None:
        """Choose the folder that the connection watches."""
        from ac_desktop.ui.importing.watching.watch_panel import WatchDialog

        connection = self._current.connection
        if connection is not None:
            dialog = WatchDialog(self._services, self._bridge, connection, self._parent)
            dialog.changed.connect(self.folder_watch.begin)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def sources_page(self, connection: "Connection") -> "SourcesPage":
        """Return the page about the sources in a connection's settings."""
        from ac_desktop.ui.importing.watching.sources_page import SourcesPage

        page = SourcesPage(self._services, connection)
        page.saved.connect(self.folder_watch.begin)
        return page

    def fetch(self) -> None:
        """Fetch donations from Anedot for the connection shown, and check them."""
        from ac_desktop.ui.importing.fetch_dialog import FetchDialog

        connection = self._current.connection
        if connection is not None:
            dialog = FetchDialog(self._services, self._bridge, connection, self._parent)
            dialog.fetched.connect(partial(self._flow.add_fetched, connection.id))
            dialog.open()

    def show_layouts(self) -> None:
        """Show the layouts of files that people matched."""
        from ac_desktop.ui.importing.layouts_dialog import LayoutsDialog

        LayoutsDialog(self._services, self._bridge, self._parent).open()

    def show_imports(self) -> None:
        """Show every import of every connection."""
        from ac_desktop.ui.importing.imports.imports_dialog import ImportsDialog

        dialog = ImportsDialog(self._services, self._bridge, self._parent)
        dialog.rows_wanted.connect(self._show_rows)
        dialog.open()

    def _show_rows(self, one: KnownImport) -> None:
        """Show the donors of an import in the queue, in every state."""
        self._choose_connection(one.connection_id)
        self._filters.choose_state(None)
        self._filters.choose(FilterValues(source=SourceFilter(one.kind, one.file_name)))

    def _import_chosen(self, names: list[str]) -> None:
        self.import_files([Path(name) for name in names])

    def _show_pushed(self, number: int) -> None:
        self._notifier.show_message(
            SuccessMessage(ntr("{count} donor put back in the queue.", "{count} donors put back in the queue.", number))
        )

    def _name_repair(self, *_: object) -> None:
        record = self._table.current_record()
        self._actions.repair.setEnabled(record is not None and edits.can_be_edited(record))

    def _show_sheet(self, shown: bool) -> None:  # noqa: FBT001  a signal's argument
        """Swap sheet and panes; never both at once, or the window would grow to hold both."""
        parts: list[QWidget] = [self._sheet, self._panes]
        to_hide, to_show = reversed(parts) if shown else parts
        to_hide.hide()
        to_show.show()
        if not shown:
            self._table.setFocus()
            self._bridge.something_changed()

    def name_actions(self, *_: object) -> None:
        """Enable what can be done now.

        Nobody types donors in while a file is being imported, so that a relay started meanwhile never includes the
        file.
        """
        free = not self._flow.is_open and self._current.connection is not None
        self._actions.add_donor.setEnabled(free)
        self._name_repair()
