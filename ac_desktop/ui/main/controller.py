"""What the window's actions do."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QObject
from PySide6.QtWidgets import QWidget

from ac_desktop.model.reason_codes import Remedy
from ac_desktop.model.states import ConnectionState, RecordState
from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.actions import Actions
from ac_desktop.ui.base.message_bar import Notifier
from ac_desktop.ui.base.pane_navigation import PaneNavigation
from ac_desktop.ui.base.window_state import CurrentState
from ac_desktop.ui.dialogs.bulk_offer_dialog import OfferDialog, OfferedBulk
from ac_desktop.ui.dialogs.dialog_openers import DialogOpeners, ForConnection
from ac_desktop.ui.importing.sheet import ImportSheet
from ac_desktop.ui.log.details import DetailsPane
from ac_desktop.ui.log.pane import LogPane
from ac_desktop.ui.main.banner import Banner
from ac_desktop.ui.main.header.connection_bar import ConnectionBar
from ac_desktop.ui.main.header.relay_button import RelayAction
from ac_desktop.ui.main.relay_controller import RelayController
from ac_desktop.ui.main.sidebar.sidebar import Sidebar
from ac_desktop.ui.queue.columns import TABS
from ac_desktop.ui.queue.pane import QueuePane


class WindowController(QObject):
    """Connects the window's actions, buttons and banners with what they do."""

    def __init__(
        self,
        services: Services,
        openers: DialogOpeners,
        notifier: Notifier,
        current: CurrentState,
        actions: Actions,
        sidebar: Sidebar,
        connection_bar: ConnectionBar,
        banner: Banner,
        queue: QueuePane,
        log: LogPane,
        details: DetailsPane,
        relay: RelayController,
        sheet: ImportSheet,
        why_five: Callable[[], None],
        refresh: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._openers = openers
        self._notifier = notifier
        self._current = current
        self._actions = actions
        self._queue = queue
        self._log = log
        self._relay_controller = relay
        self._why_five = why_five
        self._refresh = refresh
        self._parent = parent
        self._pane_navigation = PaneNavigation(
            (
                (sidebar, sidebar.list),
                (connection_bar, connection_bar.tool_bar.widgetForAction(actions.import_files)),
                (queue, queue.table),
                (log, log.table),
                (details, details.tabBar()),
                *sheet.panes,
            )
        )
        self._connect_parts(connection_bar, banner, details)
        self._connect_actions()
        self._name_actions()
        actions.name_tabs(formatting.record_label(state).word if state else tr("All") for state in TABS)

    def _connect_actions(self) -> None:
        actions, openers = self._actions, self._openers
        actions.new_connection.triggered.connect(self._new_connection)
        actions.all_connections.triggered.connect(self._open_directory)
        for action, opener in (
            (actions.edit, openers.edit_connection),
            (actions.replace_key, openers.edit_key),
            (actions.choose_list, openers.choose_list),
            (actions.test, openers.test),
            (actions.reactivate, openers.reactivate),
        ):
            action.triggered.connect(partial(self._open_for_connection, opener))
        actions.pause.triggered.connect(self._pause_or_resume)
        actions.columns.triggered.connect(self._choose_columns)
        actions.show_in_log.triggered.connect(self._show_in_log)
        actions.next_pane.triggered.connect(partial(self._focus_next_pane, 1))
        actions.previous_pane.triggered.connect(partial(self._focus_next_pane, -1))
        for action, state in zip(actions.tabs, TABS, strict=True):
            action.triggered.connect(partial(self._choose_tab, state))

    def _connect_parts(self, connection_bar: ConnectionBar, banner: Banner, details: DetailsPane) -> None:
        connection_bar.relay_pressed.connect(self._relay)
        connection_bar.failures_pressed.connect(self._open_streak)
        banner.remedy_wanted.connect(self._apply_remedy)
        self._queue.selection_changed.connect(self._name_actions)
        self._relay_controller.failed.connect(self._notifier.show_error)
        self._relay_controller.offered.connect(self._offer_bulk)
        self._relay_controller.reactivation_wanted.connect(self._reactivate)
        details.failed.connect(self._notifier.show_error)
        self._queue.reader.failed.connect(self._notifier.show_error)
        self._queue.causes.remedy_wanted.connect(self._apply_remedy)

    def _new_connection(self) -> None:
        self._openers.new_connection(self._parent)
        self._refresh()

    def _open_directory(self) -> None:
        self._openers.directory(self._parent)

    def _open_for_connection(self, opener: ForConnection) -> None:
        connection = self._current.connection
        if connection is not None:
            opener(self._parent, connection.id)
            self._refresh()

    def _reactivate(self) -> None:
        self._open_for_connection(self._openers.reactivate)

    def _relay(self, action: RelayAction) -> None:
        connection = self._current.connection
        if connection is not None:
            self._relay_controller.do(action, connection.id)

    def _offer_bulk(self, offered: OfferedBulk) -> None:
        dialog = OfferDialog(offered, self._parent)
        dialog.one_by_one_chosen.connect(self._relay_controller.one_by_one)
        dialog.bulk_chosen.connect(self._relay_controller.in_bulk)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _pause_or_resume(self) -> None:
        paused = self._current.state.connection_state is ConnectionState.PAUSED
        self._relay(RelayAction.RESUME if paused else RelayAction.PAUSE)

    def _apply_remedy(self, remedy: Remedy) -> None:
        openers = self._openers
        match remedy:
            case Remedy.REPLACE_KEY:
                self._open_for_connection(openers.edit_key)
            case Remedy.CHOOSE_LIST:
                self._open_for_connection(openers.choose_list)
            case Remedy.EDIT:
                self._open_for_connection(openers.edit_address)
            case Remedy.TEST:
                self._open_for_connection(openers.test)
            case Remedy.REACTIVATE:
                self._open_for_connection(openers.reactivate)
            case Remedy.OPEN_DONORS:
                self._open_streak()
            case Remedy.RESUME:
                self._relay(RelayAction.RESUME)
            case Remedy.EXPLAIN:
                self._why_five()

    def _open_streak(self) -> None:
        """Show and select the donors that failed in a row, in the tab of their state."""
        found = (self._services.record_reader.record(one.record_id) for one in self._current.state.streak)
        records = [record for record in found if record is not None]
        if not records:
            self._queue.tabs.choose(RecordState.FAILED)
        else:
            states = {record.state for record in records}
            if self._queue.tabs.state is not None and states != {self._queue.tabs.state}:
                self._queue.tabs.choose(states.pop() if len(states) == 1 else None)
            self._queue.go_to(records[-1])
            self._select([record.id for record in records])
        self._queue.table.setFocus()

    def _select(self, ids: Sequence[int]) -> None:
        """Select rows beside the one under the cursor, as far as they are shown."""
        flags = QItemSelectionModel.SelectionFlag
        for record_id in ids:
            row = self._queue.model.row_of(record_id)
            if row is not None:
                index = self._queue.model.index(row, 0)
                self._queue.table.selectionModel().select(index, flags.Select | flags.Rows)

    def _name_actions(self) -> None:
        number = self._queue.table.selected_count()
        self._actions.name_retry(number)
        self._actions.copy_email.setEnabled(number > 0)

    def _show_in_log(self) -> None:
        """Jump from a donor to its newest log line, and from a log line to its donor."""
        if self._log.table.hasFocus():
            line = self._log.current_line()
            record = self._services.record_reader.record(line.record_id) if line and line.record_id else None
            if record is not None:
                self._queue.go_to(record)
                self._queue.table.setFocus()
            return
        current = self._queue.table.current_record()
        if current is not None:
            self._actions.log.setChecked(True)
            self._log.go_to_record(current.id)

    def _choose_tab(self, state: RecordState | None) -> None:
        self._queue.tabs.choose(state)
        self._queue.table.setFocus()

    def _choose_columns(self) -> None:
        table = self._queue.table
        table.columns_menu().popup(table.mapToGlobal(table.rect().topLeft()))

    def _focus_next_pane(self, step: int) -> None:
        self._pane_navigation.go(step)
