"""Connects the queue's menus, filter and actions with what they do."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from ac_desktop.importing.corrections import edits
from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.validation.row_validator import ValidatedRow
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.queries.record_query import CauseGroup, of_cause
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.message_bar import Notifier
from ac_desktop.ui.log.details import DetailsPane, DetailsTab
from ac_desktop.ui.log.menu import LogActions
from ac_desktop.ui.log.pane import LogPane
from ac_desktop.ui.queue.bulk_actions import BulkActions
from ac_desktop.ui.queue.clipboard import RecordClipboard, copy_text
from ac_desktop.ui.queue.decision_controller import DecisionController
from ac_desktop.ui.queue.export import QueueExport
from ac_desktop.ui.queue.menus import RowActions, SelectedRecords, TabActions, fill_tab_menu, row_menu
from ac_desktop.ui.queue.pane import QueuePane

if TYPE_CHECKING:
    from ac_desktop.ui.base.actions import Actions
    from ac_desktop.ui.base.window_state import CurrentState

MOST_READ_AT_ONCE: Final = 2_000
"""For more donors than this, the states are taken from the tab instead of being read."""
MOST_OF_A_CAUSE: Final = 50_000
"""Among more failed donors than this, those of one cause are not counted while a menu opens."""
_ALL: Final = frozenset(RecordState)


class ShowDone(Protocol):
    """Shows what was just done; `undo` is offered beside it."""

    def __call__(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Show it."""


class QueueController(QObject):
    """Connects the queue with what can be done there."""

    def __init__(
        self,
        services: Services,
        bridge: Bridge,
        notifier: Notifier,
        show_done: ShowDone,
        current: "CurrentState",
        actions: "Actions",
        queue: QueuePane,
        log: LogPane,
        details: DetailsPane,
        erase: Callable[[Record], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._notifier = notifier
        self._show_done = show_done
        self._current = current
        self._actions = actions
        self._queue = queue
        self._log = log
        self._details = details
        self._erase = erase
        self._parent = parent
        self._changes = services.bulk_changes
        self.bulk_actions = BulkActions(services, bridge, self)
        self.clipboard = RecordClipboard(services, bridge, self._fail)
        self.export = QueueExport(services, bridge, current, show_done, self._fail, parent)
        self.decisions = DecisionController(services, bridge, queue.table.current_record, show_done, self._fail, parent)
        self._row_actions = self._build_row_actions()
        self._tab_actions = self._build_tab_actions()
        self._connect()
        self._name_undo()
        self.bulk_actions.purge()

    def _connect(self) -> None:
        queue, actions = self._queue, self._actions
        queue.table.menu_wanted.connect(self._open_menu)
        queue.table.decide_wanted.connect(self._decide_selected)
        queue.causes.retry_wanted.connect(self._retry_cause)
        queue.causes.show_wanted.connect(self._show_cause)
        actions.find.triggered.connect(queue.filter.focus)
        actions.retry.triggered.connect(self._retry_selected)
        actions.remove.triggered.connect(self._remove_selected)
        actions.undo.triggered.connect(self.bulk_actions.undo)
        actions.copy_email.triggered.connect(self._copy_selected_emails)
        actions.row_menu.triggered.connect(self._open_menu_at_row)
        actions.export_shown.triggered.connect(self._export_all_shown)
        actions.export_failed.triggered.connect(self.export.export_failed)
        actions.shown_menu.aboutToShow.connect(self._fill_shown_menu)
        queue.tabs.menu_wanted.connect(self._open_tab_menu)
        self._log.menu_wanted.connect(self._open_log_menu)
        queue.table.empty.import_wanted.connect(actions.import_files.trigger)
        queue.table.empty.add_wanted.connect(actions.add_donor.trigger)
        fix = self._details.overview.fix
        fix.put_back_wanted.connect(self._put_back)
        fix.correction_wanted.connect(self._correct)
        fix.decide_wanted.connect(self._decide_about)
        fix.remove_wanted.connect(self._remove_one)
        fix.edit_wanted.connect(self._edit)
        self.bulk_actions.undo_changed.connect(self._name_undo)
        self.bulk_actions.message.connect(self._show_message)
        self.bulk_actions.failed.connect(self._notifier.show_error)

    def _build_row_actions(self) -> RowActions:
        return RowActions(
            retry=self.bulk_actions.retry,
            retry_from_start=partial(self.bulk_actions.retry, from_the_start=True),
            hold=self.bulk_actions.hold,
            release=self.bulk_actions.release,
            remove=self.bulk_actions.remove,
            decide=self.decisions.decide,
            select_like=self.select_like,
            copy_emails=self.clipboard.copy_emails,
            copy_csv=self.clipboard.copy_csv,
            copy_curl=self.clipboard.copy_curl,
            copy_for_admin=self.clipboard.copy_for_admin,
            show_in_log=self.show_in_log,
            show_source=partial(self.show_details, DetailsTab.SOURCE),
            why_not_sent=partial(self.show_details, DetailsTab.OVERVIEW),
            open_contact=self.clipboard.open_contact,
            erase=self._erase,
        )

    def _build_tab_actions(self) -> TabActions:
        return TabActions(
            retry=self.bulk_actions.retry,
            retry_from_start=partial(self.bulk_actions.retry, from_the_start=True),
            hold=self.bulk_actions.hold,
            release=self.bulk_actions.release,
            remove=self.bulk_actions.remove,
            export=self.export.export,
            export_failed=self.export.export_failed,
            select_all=self._queue.table.selectAll,
            columns=self._actions.columns.trigger,
        )

    def selected(self) -> SelectedRecords:
        """Return the selected donors, frozen."""
        ids = self._queue.table.selected_ids()
        current = self._queue.table.current_record() if ids else None
        return SelectedRecords(ids, self._states_of(ids), current, self._same_cause(current))

    def shown(self) -> SelectedRecords:
        """Return all donors shown, frozen."""
        ids = self._queue.model.ids()
        return SelectedRecords(ids, self._states_of(ids))

    def menu_of_selected(self) -> QMenu:
        """Build the menu of the selected donors."""
        return row_menu(self._parent, self.selected(), self._row_actions, self._actions.repair)

    def menu_of_shown(self) -> QMenu:
        """Build the menu of all donors shown."""
        menu = QMenu(self._parent)
        menu.setToolTipsVisible(True)
        fill_tab_menu(menu, self.shown(), self._tab_actions)
        return menu

    def _states_of(self, ids: Sequence[int]) -> frozenset[RecordState]:
        state = self._queue.filters.state
        if len(ids) <= MOST_READ_AT_ONCE:
            return self._changes.states_of(ids)
        return _ALL if state is None else frozenset({state})

    def _same_cause(self, current: Record | None) -> Sequence[int]:
        if current is None or current.state is not RecordState.FAILED or current.reason is None:
            return ()
        if self._current.state.counts.failed > MOST_OF_A_CAUSE:
            return ()
        return self._queue.listing.ids(of_cause(current.connection_id, current.reason.code))

    def _open_menu(self, at: QPoint) -> None:
        self.menu_of_selected().popup(at)

    def _open_menu_at_row(self) -> None:
        table = self._queue.table
        rect = table.visualRect(table.currentIndex())
        self._open_menu(table.viewport().mapToGlobal(rect.bottomLeft()))

    def _open_tab_menu(self, at: QPoint) -> None:
        menu = self.menu_of_shown()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def menu_of_log(self) -> QMenu:
        """Build the menu over the line of the log under the cursor."""
        show_details = self._details.show_line
        return self._log.menu(LogActions(go_to_donor=self._go_to_donor, show_details=show_details, copy=copy_text))

    def _open_log_menu(self, at: QPoint) -> None:
        self.menu_of_log().popup(at)

    def _go_to_donor(self, record_id: int) -> None:
        record = self._services.record_reader.record(record_id)
        if record is not None:
            self._queue.go_to(record)
            self._queue.table.setFocus()

    def _fill_shown_menu(self) -> None:
        menu = self._actions.shown_menu
        menu.clear()
        fill_tab_menu(menu, self.shown(), self._tab_actions)

    def _retry_selected(self) -> None:
        self.bulk_actions.retry(self._queue.table.selected_ids())

    def _remove_selected(self) -> None:
        self.bulk_actions.remove(self._queue.table.selected_ids())

    def _copy_selected_emails(self) -> None:
        self.clipboard.copy_emails(self._queue.table.selected_ids())

    def _show_message(self, text: str, can_undo: bool) -> None:  # noqa: FBT001  a signal's argument
        """Show what was done, and offer to undo it at once where that is possible."""
        self._show_done(text, self.bulk_actions.undo if can_undo else None)

    def _name_undo(self) -> None:
        self._actions.name_undo(self.bulk_actions.can_undo)

    def _retry_cause(self, group: CauseGroup) -> None:
        connection = self._current.connection
        if connection is not None:
            query = of_cause(connection.id, group.code)
            self._bridge.run(partial(self._queue.listing.ids, query), self.bulk_actions.retry, self._fail)

    def _show_cause(self, code: ReasonCode) -> None:
        self._queue.filters.choose_reason(code)
        self._queue.table.setFocus()

    def select_like(self, record: Record) -> None:
        """Show and select the donors in the same state, and of the same cause where there is one."""
        if self._queue.filters.state is None:
            self._queue.filters.choose_state(record.state)
        if record.reason is not None:
            self._queue.filters.choose_reason(record.reason.code)
        self._queue.select_all_when_read()

    def show_in_log(self, record: Record) -> None:
        """Show the donor's newest line of the log."""
        self._actions.log.setChecked(True)
        self._log.go_to_record(record.id)

    def show_details(self, tab: DetailsTab, record: Record) -> None:
        """Show a donor's details at one of their tabs."""
        self._actions.details.setChecked(True)
        self._details.show_record(record)
        self._details.open_tab(tab)

    def _put_back(self, record: Record) -> None:
        """Make a failed donor ready to be sent, and release one whom a person held."""
        if record.state is RecordState.HELD:
            self.bulk_actions.release([record.id])
        else:
            self.bulk_actions.retry([record.id])

    def _correct(self, record: Record, email: str) -> None:
        """Store a corrected address; the donor waits again, and the original row is kept."""
        connection = self._services.connections.get(record.connection_id)
        if connection is None:
            return
        save = partial(
            edits.save_edit,
            self._services.record_edits,
            record,
            {"email": email},
            connection,
            self._services.clock.now(),
        )
        self._bridge.run(save, self._show_corrected, self._fail)

    def _show_corrected(self, row: ValidatedRow | None) -> None:
        self._bridge.something_changed()
        if row is None:
            self._notifier.show_error(tr("This donor changed meanwhile, so nothing was changed. Look again."))
        else:
            self._show_done(tr("The email is fixed. The donor is back in the queue."))

    def _decide_about(self, record: Record) -> None:
        self.decisions.decide([record.id])

    def _remove_one(self, record: Record) -> None:
        self.bulk_actions.remove([record.id])

    def _edit(self, record: Record) -> None:
        self._go_to_donor(record.id)
        self._actions.repair.trigger()

    def _decide_selected(self) -> None:
        self.decisions.decide(self._queue.table.selected_ids())

    def _export_all_shown(self) -> None:
        self.export.export(self._queue.model.ids())

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, StoreError | ImportFileError):
            raise error
        self._notifier.show_error(str(error))
