"""The main window: puts the parts together and lets each show its share of one glance."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMainWindow, QSplitter, QToolBar, QVBoxLayout, QWidget

from ac_desktop.language import Language
from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.ui.base import icons, privacy_mask
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.theme import Scheme, Theme
from ac_desktop.ui.base.translators import language_of_window, resolved
from ac_desktop.ui.base.window_settings import WindowSettings
from ac_desktop.ui.importing.drop import DropOverlay, answer_with_copy, dropped_files
from ac_desktop.ui.importing.message_bar import ImportMessageBar, ImportNote, ImportRefusal
from ac_desktop.ui.main.actions import Actions
from ac_desktop.ui.main.banner import Banner
from ac_desktop.ui.main.banner_rules import choose_banner
from ac_desktop.ui.main.connection_bar import ConnectionBar
from ac_desktop.ui.main.dialog_openers import DialogOpeners
from ac_desktop.ui.main.status.status_line import StatusLine
from ac_desktop.ui.main.status.status_text import done_share
from ac_desktop.ui.main.task_bar import TaskBar
from ac_desktop.ui.main.tray_notice import TrayNotice
from ac_desktop.ui.main.window_state import WindowState, read_window_state
from ac_desktop.ui.queue.pane import QueuePane

if TYPE_CHECKING:
    from ac_desktop.ui.dialogs.privacy_controller import PrivacyController
    from ac_desktop.ui.dialogs.update_controller import UpdateController
    from ac_desktop.ui.dialogs.verify_controller import VerifyConduct
    from ac_desktop.ui.importing.controller import ImportController
    from ac_desktop.ui.importing.flow import ImportFlow
    from ac_desktop.ui.importing.sheet import ImportSheet
    from ac_desktop.ui.log.details import DetailsPane
    from ac_desktop.ui.log.lines import LogLine
    from ac_desktop.ui.log.pane import LogPane
    from ac_desktop.ui.main.controller import WindowController
    from ac_desktop.ui.main.help_controller import HelpController
    from ac_desktop.ui.main.relay_controller import RelayController
    from ac_desktop.ui.main.status.activity_pane import ActivityPane
    from ac_desktop.ui.queue.controller import QueueController

FIRST_SIZE: Final = QSize(1240, 800)
TICK_MS: Final = 1000
FURNISHED_BY_MS: Final = 5000
"""A window that nobody sees, such as one opened as an icon, is furnished after so long."""


class MainWindow(QMainWindow):
    """One connection at a time: its strip, its queue, its log and its progress.

    It is painted with its queue first and furnished with the rest then (`furnishing.py`), unless asked to be at once.
    """

    veil_changed = Signal(bool)
    language_chosen = Signal()
    painted = Signal()

    log: "LogPane"
    details: "DetailsPane"
    activity: "ActivityPane"
    relaying: "RelayController"
    flow: "ImportFlow"
    sheet: "ImportSheet"
    conduct: "WindowController"
    queue_conduct: "QueueController"
    intake: "ImportController"
    help: "HelpController"
    updates: "UpdateController"
    privacy: "PrivacyController"
    verify: "VerifyConduct"

    _is_made = False
    _is_painted = False
    is_furnished = False

    def __init__(
        self,
        services: Services,
        *,
        practice: bool,
        hooks: DialogOpeners,
        bridge: Bridge,
        settings: WindowSettings,
        theme: Theme,
        tray: TrayNotice,
    ) -> None:
        super().__init__()
        self._services = services
        self._hooks = hooks
        self.practice = practice
        self.settings = settings
        self._theme = theme
        self.tray = tray
        self.task_bar = TaskBar()
        self.bridge = bridge
        self.actions_ = Actions(self)
        self.strip = ConnectionBar()
        self.banner = Banner()
        self.import_bar = ImportMessageBar()
        self.queue = QueuePane(services, bridge, settings)
        self.progress = StatusLine()
        self.drop_sheet = DropOverlay(self)
        self._connection_id: int | None = settings.connection_id or None
        self._glance = WindowState(now=services.clock.now(), practice=practice)
        self._unseen = QTimer(self)
        self._unseen.setSingleShot(True)
        self._deeds: list[Callable[[], None]] = []
        self._is_closing = False
        self._may_go = False
        self._is_closed = False
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._lay_out()
        self._is_made = True
        self._tick.timeout.connect(self.refresh)
        self.bridge.changed.connect(self.refresh)
        self._restore()

    def _lay_out(self) -> None:
        self.setWindowIcon(icons.icon("app"))
        self.setAcceptDrops(True)
        self.lower_half = QSplitter(Qt.Orientation.Horizontal)
        self.upper_half = QSplitter(Qt.Orientation.Vertical)
        self.upper_half.addWidget(self.queue)
        self.upper_half.addWidget(self.lower_half)
        self.upper_half.setStretchFactor(0, 3)
        self.upper_half.setStretchFactor(1, 2)
        for splitter in (self.lower_half, self.upper_half):
            splitter.setChildrenCollapsible(False)
        self.centre = QWidget()
        self.column = layout = QVBoxLayout(self.centre)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(6)
        for part in (self.strip, self.banner, self.import_bar):
            layout.addWidget(part)
        layout.addWidget(self.upper_half, 1)
        self.setCentralWidget(self.centre)
        self.setStatusBar(self.progress)
        self.tools = QToolBar(tr("Tools"))
        self.tools.setObjectName("tools")
        self.tools.setMovable(False)
        self.tools.setIconSize(icons.size_for(self.tools, 1.2))
        self.tools.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.tools.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.addToolBar(self.tools)
        self.actions_.fill_tools(self.tools)
        self.actions_.fill_menus(self.menuBar())
        actions = self.actions_
        row_actions = (
            actions.repair,
            actions.retry,
            actions.remove,
            actions.row_menu,
            actions.show_in_log,
            actions.copy_email,
        )
        self.queue.table.addActions(row_actions)

    def furnish(self) -> None:
        """Put in what the first paint does without, if that is not done yet."""
        if self.is_furnished:
            return
        self._unseen.stop()
        from ac_desktop.ui.main.deferred_widgets import build_deferred

        build_deferred(self, self._services, self._hooks)
        self.is_furnished = True
        self.queue.reader.hold(held=False)
        self.lower_half.restoreState(self.settings.layout("lower"))
        self.refresh()
        deeds, self._deeds = self._deeds, []
        for deed in deeds:
            deed()

    def when_furnished(self, deed: Callable[[], None]) -> None:
        """Do something as soon as everything is in its place."""
        if self.is_furnished:
            deed()
        else:
            self._deeds.append(deed)

    def furnish_after_paint(self) -> None:
        """Show the first donors, and furnish as soon as people see the window."""
        self.queue.reader.hold(held=True)
        self.refresh()
        self.painted.connect(partial(QTimer.singleShot, 0, self, self.furnish))
        self._unseen.timeout.connect(self.furnish)
        self._unseen.start(FURNISHED_BY_MS)

    def _restore(self) -> None:
        self.resize(FIRST_SIZE)
        self.restoreGeometry(self.settings.layout("window"))
        for name, splitter in self._splitters():
            splitter.restoreState(self.settings.layout(name))
        self.actions_.schemes[self._theme.scheme].setChecked(True)
        self.actions_.languages[self.settings.language].setChecked(True)

    def _splitters(self) -> tuple[tuple[str, QSplitter], ...]:
        return (("upper", self.upper_half), ("lower", self.lower_half))

    @property
    def glance(self) -> WindowState:
        """How things stood at the last look."""
        return self._glance

    def refresh(self) -> None:
        """Look again and let every part show its share; a store that cannot be read is told."""
        self._services.ui_yield.mark_busy()
        try:
            self._show(self._look())
        except StoreError as error:
            self.import_bar.show_told(ImportRefusal(str(error)))

    def _show(self, glance: WindowState) -> None:
        self._glance = glance
        self.strip.show_glance(glance)
        notice = choose_banner(glance)
        self.banner.show_notice(replace(notice, text=privacy_mask.text(notice.text)) if notice else None)
        self.queue.show_glance(glance)
        self.tray.show_glance(glance)
        self.task_bar.show_glance(glance)
        self.progress.show_glance(glance)
        self.actions_.show_glance(glance)
        if self.is_furnished:
            self._show_below(glance)
        self._show_title(glance)
        self._keep_ticking(running=glance.is_running)

    def _show_below(self, glance: WindowState) -> None:
        if self.log.show_connection(glance.connection.id if glance.connection else None):
            self.bridge.something_changed()
        self.details.refresh()
        self.activity.show_glance(glance)
        self.intake.name_actions()

    def choose_connection(self, connection_id: int | None) -> None:
        """Show another connection."""
        if connection_id != self._connection_id:
            self._connection_id = connection_id
            self.details.clear()
        self.refresh()

    def come_forward(self) -> None:
        """Show the window over the others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def choose_scheme(self, scheme: Scheme) -> None:
        """Show light or dark, or what the system says, from now on."""
        self.settings.scheme = scheme
        self._theme.choose(scheme)

    def choose_veil(self, *, down: bool) -> None:
        """Mask names and addresses everywhere, or show them again."""
        privacy_mask.lower(down=down)
        self.queue.show_again()
        self.log.table.viewport().update()
        self.details.show_again()
        self.sheet.show_again()
        self.veil_changed.emit(down)
        self.refresh()

    def choose_language(self, language: Language) -> None:
        """Speak another language: the window goes, and another one is opened in its place."""
        if language is self.settings.language:
            return
        if self._would_be_lost:
            self.actions_.languages[self.settings.language].setChecked(True)
            text = tr("An import or a form is open. Finish it or close it; then choose the language again.")
            self.import_bar.show_told(ImportRefusal(text))
            return
        self.settings.language = language
        if resolved(language) is language_of_window():
            return
        self._may_go = True
        self.language_chosen.emit()

    @property
    def _would_be_lost(self) -> bool:
        """Whether anything is open that a person has not finished."""
        from ac_desktop.ui.dialogs.donor_form import AddDonorForm

        forms = self.findChildren(AddDonorForm)
        return self.flow.is_open or self._is_closing or any(form.isVisible() and form.has_text for form in forms)

    def _look(self) -> WindowState:
        see = partial(read_window_state, self._services, practice=self.practice, at_first=not self.is_furnished)
        glance = see(self._connection_id)
        if glance.connection is None and glance.connections:
            self._connection_id = glance.connections[0].id
            return see(self._connection_id)
        return glance

    def show_line(self, line: "LogLine") -> None:
        """Show the details of what a line of the log tells of."""
        if line.attempt_id:
            self.details.show_attempt(line.attempt_id)
        elif line.record_id:
            self.details.show_record(self._services.views.record(line.record_id))

    def _show_title(self, glance: WindowState) -> None:
        title = tr("AC Desktop")
        if self.practice:
            title = tr("Practice: {title}", title=title)
        share = done_share(glance)
        if share is not None:
            title = tr("{share} %: {title}", share=share, title=title)
        if glance.inactive:
            names = ", ".join(one.name for one in glance.inactive)
            title = tr("⚠ Inactive: {names} | {title}", names=names, title=title)
        if title != self.windowTitle():
            self.setWindowTitle(title)

    def _keep_ticking(self, *, running: bool) -> None:
        """Let countdowns and the time left go on while the relay runs."""
        if running != self._tick.isActive():
            if running:
                self._tick.start()
            else:
                self._tick.stop()

    def event(self, event: QEvent) -> bool:
        """Say that the window is at work before it lays out and paints what is in it."""
        if self._is_made and event.type() in {QEvent.Type.UpdateRequest, QEvent.Type.LayoutRequest}:
            self._services.ui_yield.mark_busy()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first paint as soon as it is done."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette and font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._is_made:
            icons.recolour(self)
            for part in (self.queue.tabs, self.strip, self.banner, self.import_bar):
                part.redress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sheet as large as the window."""
        super().resizeEvent(event)
        self.drop_sheet.setGeometry(self.rect())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files wherever they are held."""
        if dropped_files(event.mimeData()) and answer_with_copy(event):
            self.drop_sheet.show_over(self.drop_text())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Go on welcoming them."""
        answer_with_copy(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the sheet away again."""
        self.drop_sheet.hide()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files in."""
        self.drop_sheet.hide()
        paths = dropped_files(event.mimeData())
        if paths and answer_with_copy(event):
            self.intake.take_files(paths)

    def drop_text(self) -> str:
        """Say what dropping files will do."""
        connection = self._glance.connection
        if connection is None:
            return tr("Set up a connection first; then drop donor files here.")
        return tr(
            (
                "Drop donor files here, CSV, Excel, JSON or ZIP, to check and queue their donors "
                "for “{name}”. Nothing is sent until you press Relay."
            ),
            name=connection.name,
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finish what is being sent, then remember the layout and go; corrections of an import are asked about."""
        from ac_desktop.ui.importing.import_state import ImportStage

        self.furnish()
        if self.flow.standing.stage is ImportStage.QUEUEING:
            event.ignore()
            self.import_bar.show_told(ImportNote(tr("The donors are just being queued. Close again in a moment.")))
            return
        if self.flow.is_open and self.flow.standing.is_edited:
            event.ignore()
            self.sheet.ask_to_cancel()
            return
        if not self._may_go and any(self._services.engine.is_running(one.id) for one in self._glance.connections):
            event.ignore()
            self._finish_first()
            return
        if self._is_closed:
            return
        self._is_closed = True
        privacy_mask.lower(down=False)
        self._keep()
        self._tick.stop()
        self._theme.close()
        self.intake.folder_watch.stop()
        self.flow.close()
        self.queue.reader.forget()
        self.bridge.close()
        self.tray.hide()
        self.task_bar.hide()
        event.accept()

    def _finish_first(self) -> None:
        """Let donors in flight arrive before the window goes; the rest stays in the queue."""
        if self._is_closing:
            return
        self._is_closing = True
        self.centre.setEnabled(False)
        self.progress.text.show_text(tr("Finishing the donors that are being sent. The others stay in the queue."))
        self.bridge.run(self._services.engine.stop, self._close_now, self._close_anyway)

    def _close_now(self, _ended: object) -> None:
        self._may_go = True
        self.close()

    def _close_anyway(self, error: Exception) -> None:
        self._close_now(None)
        raise error

    def _keep(self) -> None:
        self.settings.keep_layout("window", self.saveGeometry())
        for name, splitter in self._splitters():
            self.settings.keep_layout(name, splitter.saveState())
        self.queue.keep_layout()
        self.settings.connection_id = self._connection_id or 0
        self.settings.save()
