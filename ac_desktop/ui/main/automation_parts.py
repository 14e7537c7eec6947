"""Connects what runs by itself with the window: the switch, its page, and the notices."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ac_desktop.automation.events import AutomationCode, AutomationEvent
from ac_desktop.automation.status import AutomationControl
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.reporting.office_texts import visit_texts
from ac_desktop.services import Services
from ac_desktop.ui.automation.notice_controller import NoticeController, NoticePlaces, ShowInTray
from ac_desktop.ui.automation.switch_controller import SwitchController
from ac_desktop.ui.base.actions import Actions
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.message_bar import ErrorMessage, Notifier, SuccessMessage
from ac_desktop.ui.base.window_state import CurrentState
from ac_desktop.ui.connection.settings.added_page import AddedPage
from ac_desktop.ui.importing.controller import ImportController
from ac_desktop.ui.main.header.connection_bar import ConnectionBar
from ac_desktop.ui.queue.pane import QueuePane


class AutomationParts(QObject):
    """The controllers of what runs by itself."""

    def __init__(
        self,
        services: Services,
        bridge: Bridge,
        notifier: Notifier,
        show_in_tray: ShowInTray,
        current: CurrentState,
        actions: Actions,
        connection_bar: ConnectionBar,
        queue: QueuePane,
        importing: ImportController,
        choose_connection: Callable[[int], None],
        refresh: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._importing = importing
        self._current = current
        self._queue = queue
        self._notifier = notifier
        self._choose_connection = choose_connection
        self._open_key = actions.replace_key.trigger
        self.switch = SwitchController(services, bridge, parent)
        self.notices = NoticeController(
            AutomationControl(services),
            bridge,
            notifier,
            show_in_tray,
            NoticePlaces(
                choose_connection=choose_connection,
                show_donors=self._show_donors,
                import_file=importing.choose_files,
                fetch=importing.fetch,
                watch=importing.watch,
                replace_key=actions.replace_key.trigger,
                reactivate=actions.reactivate.trigger,
            ),
            parent,
        )
        connection_bar.automatic_chosen.connect(self._choose)
        actions.automatic.triggered.connect(self._open_page)
        self.switch.changed.connect(refresh)
        self.switch.failed.connect(notifier.show_error)
        importing.folder_watch.asked.connect(self.notices.show_outside)

    def settings_pages(self, connection_id: int) -> Sequence[AddedPage]:
        """Return the pages about sources and about what runs by itself in a connection's settings."""
        connection = self._services.connections.get(connection_id)
        if connection is None:
            return ()
        return self._importing.sources_page(connection), self.switch.page(connection)

    def show_event(self, event: AutomationEvent) -> None:
        """Show what concerns this computer alone: a key that was replaced, and what became of who waited here."""
        if event.code is AutomationCode.OUTBOX_PUSHED:
            text = " ".join(visit_texts(**event.numbers))
            self._notifier.show_message(ErrorMessage(text) if event.numbers["left"] else SuccessMessage(text))
        if event.code is AutomationCode.KEY_OUTDATED:
            why = reason(ReasonCode.KEY_OUTDATED, **event.texts).text
            text = tr("{name}: {reason}", name=event.connection, reason=why)
            self.notices.show_text(text, partial(self._replace_key, event.connection))

    def _replace_key(self, name: str) -> None:
        named = (one for one in self._current.state.connections if one.name == name)
        connection = next(named, None)
        if connection is not None:
            self._choose_connection(connection.id)
            self._open_key()

    def _show_donors(self, state: RecordState) -> None:
        self._queue.tabs.choose(state)
        self._queue.table.setFocus()

    def _choose(self, wanted: bool) -> None:  # noqa: FBT001  a signal's argument
        connection = self._current.connection
        if connection is not None:
            self.switch.choose(connection, on=wanted)

    def _open_page(self) -> None:
        connection = self._current.connection
        if connection is not None:
            self.switch.open_page(connection)
