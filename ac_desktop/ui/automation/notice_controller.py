"""Shows new notices about what runs by itself, in the window and in the tray; a click opens what they are about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ac_desktop.automation.status import AutomationControl
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.store.errors import StoreError
from ac_desktop.store.history.notices import Notice, NoticeCode
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.message_bar import ActionMessage, Notifier
from ac_desktop.ui.base.window_state import WindowState

ShowInTray = Callable[[str, str, Callable[[], None]], None]
"""Shows a title and a text outside the window; a click brings the window forward and calls the function."""


@dataclass(frozen=True, kw_only=True)
class NoticePlaces:
    """What opens the places that notices are about, for the connection that is shown."""

    choose_connection: Callable[[int], None]
    show_donors: Callable[[RecordState], None]
    import_file: Callable[[], None]
    fetch: Callable[[], None]
    watch: Callable[[], None]
    replace_key: Callable[[], None]
    reactivate: Callable[[], None]


class NoticeController(QObject):
    """Shows each open notice once a start; opening its place closes it."""

    def __init__(
        self,
        control: AutomationControl,
        bridge: Bridge,
        notifier: Notifier,
        show_in_tray: ShowInTray,
        places: NoticePlaces,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._control = control
        self._bridge = bridge
        self._notifier = notifier
        self._show_in_tray = show_in_tray
        self._places = places
        self._window = window
        self._shown: frozenset[int] = frozenset()

    def show_state(self, state: WindowState) -> None:
        """Show the newest of the notices that were not shown yet; the others are open behind it."""
        names = {one.id: one.name for one in state.connections}
        fresh = [one for one in state.notices if one.id not in self._shown and self._is_told_here(one, names)]
        self._shown = frozenset(one.id for one in state.notices)
        if fresh:
            newest = fresh[-1]
            self.show_text(notice_text(newest, names[newest.connection_id]), partial(self._open, newest))

    def show_text(self, text: str, action: Callable[[], None]) -> None:
        """Show a sentence and what opens its place, outside the window too where that is not in front."""
        self._notifier.show_message(ActionMessage(text, action))
        self.show_outside(text, action)

    def show_outside(self, text: str, action: Callable[[], None]) -> None:
        """Show a sentence in the tray, where the window is not in front."""
        if not self._window.isActiveWindow():
            self._show_in_tray(tr("AC Desktop needs you"), text, action)

    def _is_told_here(self, notice: Notice, names: Mapping[int, str]) -> bool:
        """Whether a notice is shown: the banner and the tray have their own about an inactive connection."""
        return notice.code is not NoticeCode.SWITCHED_OFF and notice.connection_id in names

    def _open(self, notice: Notice) -> None:
        places = self._places
        places.choose_connection(notice.connection_id)
        match notice.code:
            case NoticeCode.HELD_WAITING:
                places.show_donors(RecordState.HELD)
            case NoticeCode.DONE_WITH_FAILURES:
                places.show_donors(RecordState.FAILED)
            case NoticeCode.IMPORT_NEEDS_ANSWER if notice.details.get("file"):
                places.import_file()
            case NoticeCode.IMPORT_NEEDS_ANSWER | NoticeCode.FETCH_FAILED:
                places.fetch()
            case NoticeCode.KEY_MISSING:
                places.replace_key()
            case NoticeCode.FOLDER_UNREADABLE:
                places.watch()
            case NoticeCode.SWITCHED_OFF:
                places.reactivate()
        self._bridge.run(partial(self._control.close_notice, notice), self._closed, self._not_closed)

    def _closed(self, _nothing: None) -> None:
        self._bridge.something_changed()

    def _not_closed(self, error: Exception) -> None:
        if not isinstance(error, StoreError):
            raise error
        self._notifier.show_error(str(error))


def notice_text(notice: Notice, connection: str) -> str:
    """Return what a person should know, and of which connection."""
    details = notice.details
    match notice.code:
        case NoticeCode.SWITCHED_OFF:
            return tr("{name}: the connection is inactive after five failures in a row.", name=connection)
        case NoticeCode.HELD_WAITING:
            return tr(
                "{name}: held donors wait for your decision. Held: {count}.",
                name=connection,
                count=details.get("count", ""),
            )
        case NoticeCode.IMPORT_NEEDS_ANSWER if details.get("file"):
            return tr(
                "{name}: “{file}” wasn't queued. Import it yourself and decide what is unclear.",
                name=connection,
                file=details["file"],
            )
        case NoticeCode.IMPORT_NEEDS_ANSWER:
            return tr(
                "{name}: donations from Anedot weren't queued. Fetch them yourself and decide what is unclear.",
                name=connection,
            )
        case NoticeCode.DONE_WITH_FAILURES:
            return tr(
                "{name}: the relay ended with failed donors. Failed: {count}.",
                name=connection,
                count=details.get("count", ""),
            )
        case NoticeCode.KEY_MISSING:
            return tr("{name}: there is no API key, so no donor is sent.", name=connection)
        case NoticeCode.FETCH_FAILED:
            return tr("{name}: donations couldn't be fetched from Anedot.", name=connection)
        case NoticeCode.FOLDER_UNREADABLE:
            return tr("{name}: the watched folder can't be read.", name=connection)
