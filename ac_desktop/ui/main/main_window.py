"""The main window: assembles its parts and passes each of them the window's state."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter

from ac_desktop.language import Language
from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.ui.base import icons, privacy_mask
from ac_desktop.ui.base.actions import Actions
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.theme import Scheme, Theme
from ac_desktop.ui.base.translators import language_of_window, resolved
from ac_desktop.ui.base.window_settings import WindowSettings
from ac_desktop.ui.base.window_state import CurrentState, WindowState
from ac_desktop.ui.importing.drop import FileDropWindow
from ac_desktop.ui.main.banner_rules import choose_banner
from ac_desktop.ui.main.frame import WindowFrame
from ac_desktop.ui.main.narrow import NarrowWindow
from ac_desktop.ui.main.refreshing import Refreshing
from ac_desktop.ui.main.task_bar import TaskBar
from ac_desktop.ui.main.tray.tray_notice import TrayNotice
from ac_desktop.ui.main.tray.tray_running import TrayRunning
from ac_desktop.ui.main.window_title import window_title
from ac_desktop.ui.queue.columns import TABS
from ac_desktop.ui.queue.pane import QueuePane

if TYPE_CHECKING:
    from ac_desktop.ui.base.message_bar import MessageBar
    from ac_desktop.ui.main.deferred_parts import DeferredParts
    from ac_desktop.ui.main.status.progress_card import ProgressCard

FIRST_SIZE: Final = QSize(1240, 800)
TICK_MS: Final = 1000
BUILT_BY_MS: Final = 5000
"""A window that is not painted, such as a minimised one, builds its deferred parts after this time."""


class MainWindow(FileDropWindow):
    """Shows one connection at a time: its connection bar, its queue, its log and its progress.

    It is painted with its queue first and the rest is built then (`deferred_widgets.py`), unless asked to be at once.
    """

    language_chosen = Signal()
    painted = Signal()

    _is_laid_out = False
    _is_painted = False

    def __init__(
        self,
        services: Services,
        *,
        practice: bool,
        build_deferred: "Callable[[MainWindow], DeferredParts]",
        bridge: Bridge,
        settings: WindowSettings,
        theme: Theme,
        tray: TrayNotice,
    ) -> None:
        super().__init__()
        self._services = services
        self._build_deferred = build_deferred
        self.settings = settings
        self._theme = theme
        self.tray = tray
        self.task_bar = TaskBar()
        self.bridge = bridge
        self.actions_ = Actions(len(TABS), self)
        self.queue = QueuePane(services, bridge, settings)
        self.frame = WindowFrame(self.queue, self.actions_, self)
        self.sidebar, self.connection_bar = self.frame.sidebar, self.frame.connection_bar
        self.banner = self.frame.banner
        self.tool_bar = self.frame.connection_bar.tool_bar
        self.panes_splitter, self.details_splitter = self.frame.panes_splitter, self.frame.details_splitter
        self.current = CurrentState(services, practice=practice, connection_id=settings.connection_id or None)
        self.refreshing = Refreshing(services, bridge, self.current, self._show, self.show_store_error, self)
        self._unseen_timer = QTimer(self)
        self._unseen_timer.setSingleShot(True)
        self._pending: list[Callable[[], None]] = []
        self._deferred: DeferredParts | None = None
        self.stop_automation: Callable[[], None] = lambda: None
        self.tray_running = TrayRunning(self)
        self._is_closing = False
        self._may_close = False
        self._is_closed = False
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._lay_out()
        self.narrow = NarrowWindow(self.frame, self.actions_)
        self._is_laid_out = True
        self.refreshing.reached.connect(self.sidebar.show_reached)
        self._tick.timeout.connect(self.refresh)
        self.bridge.changed.connect(self.refresh)
        self._restore()

    def _lay_out(self) -> None:
        self.setWindowIcon(icons.icon("app"))
        self.setCentralWidget(self.frame)
        self.queue.table.setFocus()
        self.actions_.fill_tools(self.tool_bar)
        self.actions_.add_menus(self.menuBar())
        actions = self.actions_
        self.queue.table.addActions(
            (actions.repair, actions.retry, actions.remove, actions.row_menu, actions.show_in_log, actions.copy_email)
        )

    @property
    def deferred(self) -> "DeferredParts":
        """What is built after the first paint. Raises RuntimeError before that."""
        if self._deferred is None:
            raise RuntimeError("The deferred parts are not built yet")
        return self._deferred

    @property
    def message_bar(self) -> "MessageBar":
        """What shows messages over the queue."""
        return self.frame.message_bar

    @property
    def progress(self) -> "ProgressCard":
        """What shows the relay's progress over the queue."""
        return self.frame.progress

    @property
    def is_built(self) -> bool:
        """Whether the deferred parts are there."""
        return self._deferred is not None

    def build_deferred(self) -> None:
        """Build what the first paint does without, if that is not done yet."""
        if self.is_built:
            return
        self._unseen_timer.stop()
        self.actions_.fill_menus()
        self._deferred = self._build_deferred(self)
        self.queue.reader.hold(held=False)
        self.refresh()
        pending, self._pending = self._pending, []
        for task in pending:
            task()

    def when_built(self, task: Callable[[], None]) -> None:
        """Call a function as soon as the deferred widgets are built."""
        if self.is_built:
            task()
        else:
            self._pending.append(task)

    def build_after_paint(self) -> None:
        """Show the first donors, and build the rest as soon as people see the window."""
        self.queue.reader.hold(held=True)
        self.refresh()
        self.painted.connect(partial(QTimer.singleShot, 0, self, self.build_deferred))
        self._unseen_timer.timeout.connect(self.build_deferred)
        self._unseen_timer.start(BUILT_BY_MS)

    def _restore(self) -> None:
        self.resize(FIRST_SIZE)
        self.restoreGeometry(self.settings.layout("window"))
        for name, splitter in self._splitters():
            splitter.restoreState(self.settings.layout(name))
        self.actions_.schemes[self._theme.scheme].setChecked(True)
        self.actions_.languages[self.settings.language].setChecked(True)

    def _splitters(self) -> tuple[tuple[str, QSplitter], ...]:
        return (("panes", self.panes_splitter), ("inspector", self.details_splitter))

    @property
    def state(self) -> WindowState:
        """The state at the last read."""
        return self.current.state

    def refresh(self) -> None:
        """Read the state again and show it in every part; a store that cannot be read is reported."""
        self.refreshing.ask(at_first=not self.is_built)

    def show_store_error(self, error: StoreError) -> None:
        """Show why the store cannot be read or written."""
        self.frame.show_store_error(error, self._services.typed_donors, self.current.connection_id)

    def _show(self, state: WindowState) -> None:
        self.current.keep(state)
        self.frame.show_beginning(has_connection=state.connection is not None)
        self.sidebar.show_state(state)
        self.connection_bar.show_state(state)
        notice = choose_banner(state)
        self.banner.show_notice(replace(notice, text=privacy_mask.mask_text(notice.text)) if notice else None)
        self.queue.show_state(state)
        self.tray.show_state(state)
        self.task_bar.show_state(state)
        self.actions_.show_state(state)
        self.actions_.name_relay(self.connection_bar.relay)
        if self.is_built:
            self._show_below(state)
        title = window_title(state, practice=self.current.practice)
        if title != self.windowTitle():
            self.setWindowTitle(title)
        self._keep_ticking(running=state.is_running)
        self.frame.end_passing_error()

    def _show_below(self, state: WindowState) -> None:
        if self.deferred.log.show_connection(state.connection.id if state.connection else None):
            self.bridge.something_changed()
        self.progress.show_state(state)
        self.deferred.details.refresh()
        self.deferred.activity.show_state(state)
        self.deferred.import_notice.show_state(state)
        self.deferred.import_controller.name_actions()
        self.deferred.automation.notices.show_state(state)

    def choose_connection(self, connection_id: int | None) -> None:
        """Show another connection. Raise StoreError where it cannot be read, as what follows would meet the old one."""
        if connection_id != self.current.connection_id:
            self.deferred.details.clear()
        self.refreshing.choose(connection_id)

    def come_forward(self) -> None:
        """Show the window over the others."""
        self.tray_running.come_back()
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def choose_scheme(self, scheme: Scheme) -> None:
        """Show light or dark, or what the system has, from now on."""
        self.settings.scheme = scheme
        self._theme.choose(scheme)

    def choose_text_size(self, percent: int) -> None:
        """Show every text larger or smaller from now on."""
        self.settings.text_percent = percent
        self._theme.choose_text_size(percent)
        self.narrow.fit()

    def show_end(self, text: str) -> None:
        """Show the end of a relay to a person whose window is not in front, where that is wanted."""
        if self.settings.notifies_of_end:
            self.tray.show_end(text)

    def set_privacy_mask(self, on: bool) -> None:  # noqa: FBT001  Qt's own signal
        """Mask names and addresses everywhere, or show them again."""
        privacy_mask.set_masked(on=on)
        self.queue.show_again()
        self.deferred.log.table.viewport().update()
        self.deferred.details.show_again()
        self.deferred.sheet.show_again()
        self.refresh()

    def choose_language(self, language: Language) -> None:
        """Use another language: this window closes, and another one is opened in its place."""
        if language is self.settings.language:
            return
        if self.would_be_lost():
            self.actions_.languages[self.settings.language].setChecked(True)
            self.message_bar.show_error(tr("Finish or close the open import or form, then choose the language again."))
            return
        self.settings.language = language
        if resolved(language) is language_of_window():
            return
        self._may_close = True
        self.language_chosen.emit()

    def would_be_lost(self) -> bool:
        """Whether anything is open that a person has not finished."""
        from ac_desktop.ui.dialogs.donor_form import AddDonorForm

        forms = self.findChildren(AddDonorForm)
        if self.deferred.flow.is_open or self._is_closing:
            return True
        return self.frame.has_offline_text or any(form.isVisible() and form.has_text for form in forms)

    def _keep_ticking(self, *, running: bool) -> None:
        """Refresh countdowns and the time left while the relay runs."""
        if running != self._tick.isActive():
            if running:
                self._tick.start()
            else:
                self._tick.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Report the first paint as soon as it is done."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette and font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._is_laid_out:
            icons.recolor(self)
            for part in (self.queue.tabs, self.banner):
                part.recolor()
            if self.is_built:
                self.message_bar.recolor()
                self.deferred.import_notice.recolor()

    def drop_text(self, paths: Sequence[Path] = ()) -> str:
        """Return what dropping files will do."""
        if self.deferred.is_for_office(paths):
            return tr("Drop the invitation here to join its office.")
        if (connection := self.current.state.connection) is None:
            return tr("Create a connection first, then drop donor files here.")
        return tr(
            "Drop CSV, Excel, JSON or ZIP files here to add their donors to “{name}”. You can check every row first.",
            name=connection.name,
        )

    def import_dropped(self, paths: list[Path]) -> None:
        """Import the files that were dropped, or join an office by an invitation."""
        self.deferred.open_files(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finish what is being sent, then store the layout and close; corrections of an import are asked about."""
        from ac_desktop.ui.importing.import_state import ImportStage

        self.build_deferred()
        if not self._may_close and not self._is_closing and self.tray_running.keeps_running():
            event.ignore()
            return
        if self.deferred.flow.state.stage is ImportStage.QUEUEING:
            event.ignore()
            from ac_desktop.ui.base.message_bar import SuccessMessage

            self.message_bar.show_message(
                SuccessMessage(tr("Donors are still being added to the queue. Try closing again in a moment."))
            )
            return
        if self.deferred.flow.is_open and self.deferred.flow.state.is_edited:
            event.ignore()
            self.deferred.sheet.ask_to_cancel()
            return
        connections = self.current.state.connections
        if not self._may_close and any(self._services.engine.is_running(one.id) for one in connections):
            event.ignore()
            self._finish_first()
            return
        if self._is_closed:
            return
        self._is_closed = True
        privacy_mask.set_masked(on=False)
        self._save_layout()
        self._tick.stop()
        self.refreshing.close()
        self._theme.close()
        self.deferred.import_controller.folder_watch.stop()
        self.deferred.flow.close()
        self.deferred.readers.close()
        self.queue.reader.forget()
        self.bridge.close()
        self.tray.hide()
        self.task_bar.hide()
        event.accept()

    def _finish_first(self) -> None:
        """Wait for the donors in flight before the window closes; the rest stays in the queue."""
        if self._is_closing:
            return
        self._is_closing = True
        self.frame.setEnabled(False)
        self.progress.show_notice(tr("Finishing the donors being sent now. The rest stay in the queue."))
        self.bridge.run(self._stop_all, self._close_now, self._close_anyway)

    def _stop_all(self) -> bool:
        """Stop what starts relays by itself, and then the relays."""
        self.stop_automation()
        return self._services.engine.stop()

    def _close_now(self, _ended: object) -> None:
        self._may_close = True
        self.close()

    def _close_anyway(self, error: Exception) -> None:
        self._close_now(None)
        raise error

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what there is no space for."""
        super().resizeEvent(event)
        self.narrow.fit()

    def _save_layout(self) -> None:
        self.settings.keep_layout("window", self.saveGeometry())
        for name, splitter in self._splitters():
            self.settings.keep_layout(name, splitter.saveState())
        self.queue.keep_layout()
        self.settings.connection_id = self.current.connection_id or 0
        self.settings.save()
