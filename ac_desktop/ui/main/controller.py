"""What the window's actions do."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ac_desktop.language import Language
from ac_desktop.model.states import ConnectionState, RecordState
from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.message_bar import ErrorMessage
from ac_desktop.ui.base.pane_navigation import PaneNavigation
from ac_desktop.ui.base.theme import Scheme
from ac_desktop.ui.dialogs.bulk_offer_dialog import OfferDialog
from ac_desktop.ui.main.banner_rules import Remedy
from ac_desktop.ui.main.dialog_openers import DialogOpeners, ForConnection
from ac_desktop.ui.main.relay_button import RelayAction
from ac_desktop.ui.main.relay_controller import OfferedBulk
from ac_desktop.ui.queue.columns import TABS

if TYPE_CHECKING:
    from ac_desktop.ui.main.main_window import MainWindow


class WindowController(QObject):
    """Connects the window's actions, buttons and banners with what they do."""

    def __init__(self, window: "MainWindow", services: Services, openers: DialogOpeners) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._openers = openers
        self._pane_navigation = PaneNavigation(
            (
                (window.connection_bar, window.connection_bar.picker),
                (window.queue, window.queue.table),
                (window.log, window.log.table),
                (window.details, window.details.tabBar()),
            )
        )
        self._connect_actions()
        self._connect_parts()
        self._name_actions()
        window.actions_.name_tabs(formatting.record_label(state).word if state else tr("All") for state in TABS)

    def _connect_actions(self) -> None:
        actions, openers = self._window.actions_, self._openers
        actions.quit.triggered.connect(self._window.close)
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
        actions.privacy_mask.toggled.connect(self._set_privacy_mask)
        actions.next_pane.triggered.connect(partial(self._focus_next_pane, 1))
        actions.previous_pane.triggered.connect(partial(self._focus_next_pane, -1))
        for action, state in zip(actions.tabs, TABS, strict=True):
            action.triggered.connect(partial(self._choose_tab, state))
        for language, action in actions.languages.items():
            action.triggered.connect(partial(self._choose_language, language))
        for scheme, action in actions.schemes.items():
            action.triggered.connect(partial(self._choose_scheme, scheme))

    def _connect_parts(self) -> None:
        window = self._window
        window.connection_bar.relay_pressed.connect(self._relay)
        window.connection_bar.failures_pressed.connect(self._open_streak)
        window.banner.remedy_wanted.connect(self._apply_remedy)
        window.queue.selection_changed.connect(self._name_actions)
        window.relay_controller.failed.connect(self.show_error)
        window.relay_controller.offered.connect(self._offer_bulk)
        window.details.failed.connect(self.show_error)
        window.queue.reader.failed.connect(self.show_error)
        window.queue.causes.remedy_wanted.connect(self._apply_remedy)

    def show_error(self, text: str) -> None:
        """Show what went wrong, in a sentence."""
        self._window.message_bar.show_message(ErrorMessage(text))

    def _new_connection(self) -> None:
        self._openers.new_connection(self._window)
        self._window.refresh()

    def _open_directory(self) -> None:
        self._openers.directory(self._window)

    def _open_for_connection(self, opener: ForConnection) -> None:
        connection = self._window.state.connection
        if connection is not None:
            opener(self._window, connection.id)
            self._window.refresh()

    def _relay(self, action: RelayAction) -> None:
        connection = self._window.state.connection
        if connection is not None:
            self._window.relay_controller.do(action, connection.id)

    def _offer_bulk(self, offered: OfferedBulk) -> None:
        dialog = OfferDialog(offered, self._window)
        dialog.one_by_one_chosen.connect(self._window.relay_controller.one_by_one)
        dialog.bulk_chosen.connect(self._window.relay_controller.in_bulk)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _pause_or_resume(self) -> None:
        paused = self._window.state.connection_state is ConnectionState.PAUSED
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
                self._window.help_controller.why_five()

    def _open_streak(self) -> None:
        """Show the donor that failed last, in the tab of its current state."""
        streak = self._window.state.streak
        record = self._services.views.record(streak[-1].record_id) if streak else None
        if record is None:
            self._window.queue.tabs.choose(RecordState.FAILED)
        else:
            self._window.queue.go_to(record)
        self._window.queue.table.setFocus()

    def _name_actions(self) -> None:
        number = self._window.queue.table.selected_count()
        self._window.actions_.name_retry(number)
        self._window.actions_.copy_email.setEnabled(number > 0)

    def _show_in_log(self) -> None:
        """Jump from a donor to its newest log line, and from a log line to its donor."""
        window = self._window
        if window.log.table.hasFocus():
            line = window.log.current_line()
            record = self._services.views.record(line.record_id) if line and line.record_id else None
            if record is not None:
                window.queue.go_to(record)
                window.queue.table.setFocus()
            return
        current = window.queue.table.current_record()
        if current is not None:
            window.actions_.log.setChecked(True)
            window.log.go_to_record(current.id)

    def _choose_tab(self, state: RecordState | None) -> None:
        self._window.queue.tabs.choose(state)
        self._window.queue.table.setFocus()

    def _choose_columns(self) -> None:
        table = self._window.queue.table
        table.columns_menu().popup(table.mapToGlobal(table.rect().topLeft()))

    def _set_privacy_mask(self, on: bool) -> None:  # noqa: FBT001  Qt's own signal
        self._window.set_privacy_mask(on=on)

    def _choose_language(self, language: Language) -> None:
        self._window.choose_language(language)

    def _choose_scheme(self, scheme: Scheme) -> None:
        self._window.choose_scheme(scheme)

    def _focus_next_pane(self, step: int) -> None:
        self._pane_navigation.go(step)
