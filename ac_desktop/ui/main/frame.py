"""The window's layout: sidebar, header, queue with its card and banner, log below it, and inspector at the right."""

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.store.errors import StoreError
from ac_desktop.ui.base.actions import Actions
from ac_desktop.ui.base.visual.kinds import FrameKind, set_frame_kind
from ac_desktop.ui.base.visual.metrics import SPACE_L, SPACE_M, SPACE_S, scaled
from ac_desktop.ui.main.banner import Banner
from ac_desktop.ui.main.header.connection_bar import ConnectionBar
from ac_desktop.ui.main.header.connection_menu import ConnectionMenu
from ac_desktop.ui.main.row_snap import RowSnap
from ac_desktop.ui.main.sidebar.sidebar import Sidebar
from ac_desktop.ui.queue.columns import TABS
from ac_desktop.ui.queue.pane import QueuePane

if TYPE_CHECKING:
    from ac_desktop.importing.typed_donors import TypedDonors
    from ac_desktop.store.office.outbox import Outbox
    from ac_desktop.ui.base.message_bar import MessageBar
    from ac_desktop.ui.base.parts.toast import Toast
    from ac_desktop.ui.main.first_start import FirstStart
    from ac_desktop.ui.main.status.progress_card import ProgressCard
    from ac_desktop.ui.offline.outbox_pane import OutboxPane

LEAST: Final = QSize(480, 320)
_MOVING: Final = frozenset({QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Move})
INSPECTOR: Final = 364
LOG: Final = 196


class WindowFrame(QWidget):
    """Holds the parts in their places; `inspector_slot` and `log_slot` are filled after the first paint."""

    log_opened = Signal(bool)

    def __init__(self, queue: QueuePane, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.queue = queue
        self.sidebar = Sidebar(TABS, actions.new_connection, actions.settings)
        self.connection_menu = ConnectionMenu(actions, self)
        self.connection_bar = ConnectionBar()
        self.banner = Banner()
        self._message_bar: MessageBar | None = None
        self._progress: ProgressCard | None = None
        self._has_messages_over_all = False
        self._actions = actions
        self._first_start: FirstStart | None = None
        self._toast: Toast | None = None
        self._outbox_pane: OutboxPane | None = None
        self.queue_column = QFrame()
        self.log_slot, self.inspector_slot = Slot(), Slot()
        self.panes_splitter = QSplitter(Qt.Orientation.Vertical)
        self.details_splitter = QSplitter(Qt.Orientation.Horizontal)
        self.column = QVBoxLayout()
        self.is_log_open = True
        self._notices = QVBoxLayout()
        self._lay_out()
        self._row_snap = RowSnap(self.panes_splitter, queue.table, self)
        self._connect()

    def _lay_out(self) -> None:
        """Put the parts into their places from outside to inside: a part that moves takes all that is in it along."""
        set_frame_kind(self.queue_column, FrameKind.PANE)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.sidebar)
        layout.addWidget(_line(vertical=True))
        content = QVBoxLayout()
        content.setSpacing(0)
        layout.addLayout(content, 1)
        content.addWidget(self.connection_bar)
        content.addWidget(_line(vertical=False))
        content.addLayout(self.column, 1)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.details_splitter, 1)
        for splitter, parts in (
            (self.details_splitter, (self.panes_splitter, self.inspector_slot)),
            (self.panes_splitter, (self.queue_column, self.log_slot)),
        ):
            splitter.setChildrenCollapsible(False)
            for part in parts:
                splitter.addWidget(part)
        above = QVBoxLayout(self.queue_column)
        above.setContentsMargins(0, SPACE_M, 0, 0)
        above.setSpacing(SPACE_S)
        above.addLayout(self._notices)
        self._notices.setContentsMargins(SPACE_L, 0, SPACE_L, 0)
        self._notices.setSpacing(SPACE_S)
        self._notices.addWidget(self.banner)
        above.addWidget(self.queue, 1)
        # The parts that a narrow window leaves out must not keep it from becoming narrow.
        self.setMinimumSize(scaled(LEAST.width(), self), scaled(LEAST.height(), self))
        self.details_splitter.setStretchFactor(0, 1)
        self.panes_splitter.setStretchFactor(0, 1)
        self.details_splitter.setSizes([10 * scaled(INSPECTOR), scaled(INSPECTOR)])
        self.panes_splitter.setSizes([10 * scaled(LOG), scaled(LOG)])

    def _connect(self) -> None:
        self.sidebar.state_chosen.connect(self.queue.tabs.choose)
        self.queue.tabs.chosen.connect(self.sidebar.show_chosen)
        self.sidebar.menu_wanted.connect(self.queue.tabs.menu_wanted)
        self.sidebar.connection_menu_wanted.connect(self.connection_menu.popup)
        self.connection_bar.more.setMenu(self.connection_menu)
        self.log_opened.connect(self._row_snap.set_on)
        self.connection_bar.left_out.connect(self.connection_menu.show_facts)

    @property
    def message_bar(self) -> "MessageBar":
        """What shows messages; built when it is first needed."""
        if self._message_bar is None:
            from ac_desktop.ui.base.message_bar import MessageBar

            self._message_bar = MessageBar()
            self._place_messages(over_all=self._has_messages_over_all)
            bar = self._message_bar
            _set_tab_order(self.banner.text, bar.action_button, bar.close_button)
        return self._message_bar

    def show_store_error(self, error: StoreError, typed: "TypedDonors | None", connection_id: int | None) -> None:
        """Show why the store cannot be read; while an office's server is away, who waits for it on this computer.

        An import that is being checked, or the first start, stays in sight under a message.
        """
        is_pane_shown = self._outbox_pane is not None and not self._outbox_pane.isHidden()
        if typed is None or not error.may_pass or (self.details_splitter.isHidden() and not is_pane_shown):
            self.message_bar.show_error(str(error), until_it_passes=error.may_pass)
            return
        pane = self._outbox_pane or self._add_outbox_pane(typed.outbox)
        if not is_pane_shown:
            pane.choose(connection_id)
            pane.show()
        self.details_splitter.hide()
        pane.show_away(str(error))

    def _add_outbox_pane(self, outbox: "Outbox") -> "OutboxPane":
        from ac_desktop.ui.offline.outbox_pane import OutboxPane

        pane = self._outbox_pane = OutboxPane(outbox)
        pane.hide()
        self.column.addWidget(pane, 1)
        self._actions.privacy_mask.toggled.connect(pane.follow_privacy_mask)
        return pane

    @property
    def has_offline_text(self) -> bool:
        """Whether a donor is being typed while the server is away."""
        return self._outbox_pane is not None and not self._outbox_pane.isHidden() and self._outbox_pane.has_text

    def _show_back(self) -> None:
        """Show queue and log again, once a person has finished what they type."""
        pane = self._outbox_pane
        if pane is not None and not pane.isHidden() and not pane.has_text:
            pane.hide()
            self.details_splitter.show()

    def end_passing_error(self) -> None:
        """Hide what was shown of an error that is over."""
        self._show_back()
        if self._message_bar is not None:
            self._message_bar.end_passing_error()

    @property
    def progress(self) -> "ProgressCard":
        """How far the relay is; built when it is first needed."""
        if self._progress is None:
            from ac_desktop.ui.main.status.progress_card import ProgressCard

            self._progress = ProgressCard()
            self._notices.insertWidget(self._notices.indexOf(self.message_bar) + 1, self._progress)
            _set_tab_order(self.message_bar.close_button, self._progress.close_button)
        return self._progress

    @property
    def first_start(self) -> "FirstStart":
        """What is shown before there is a connection; built when it is first needed."""
        if self._first_start is None:
            from ac_desktop.ui.main.first_start import FirstStart

            self._first_start = FirstStart(self._actions.new_connection, self._actions.practice)
            self._first_start.hide()
            self.column.addWidget(self._first_start, 1)
        return self._first_start

    @property
    def toast(self) -> "Toast":
        """What was just done; built when it is first needed."""
        if self._toast is None:
            from ac_desktop.ui.base.parts.toast import Toast

            self._toast = Toast(self.queue_column)
        return self._toast

    def show_done(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Show for some seconds what was just done, and how to undo it."""
        from ac_desktop.ui.base.parts.toast import ToastAction

        self.toast.show_text(text, ToastAction(tr("Undo"), undo) if undo is not None else None)

    def open_log(self, *, is_open: bool) -> None:
        """Open the log, or leave its bar alone."""
        self.is_log_open = is_open
        self.log_opened.emit(is_open)

    def show_beginning(self, *, has_connection: bool) -> None:
        """Show how to begin while there is no connection."""
        is_shown = self._first_start is not None and not self._first_start.isHidden()
        if is_shown is not has_connection:
            return
        self.connection_bar.setVisible(has_connection)
        self.details_splitter.setVisible(has_connection)
        self.first_start.setVisible(not has_connection)
        self._place_messages(over_all=not has_connection)
        if has_connection:
            self.queue.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def place_notice(self, notice: QWidget) -> None:
        """Put another notice over the queue."""
        self._notices.addWidget(notice)

    def show_sheet(self, shown: bool) -> None:  # noqa: FBT001  a signal's argument
        """Make space for the sheet of an import: it has the window's one accented button."""
        self.connection_bar.setVisible(not shown)
        self.sidebar.show_states(shown=not shown)
        self._place_messages(over_all=shown)

    def _place_messages(self, *, over_all: bool) -> None:
        """Keep messages in sight, also while the queue is hidden."""
        self._has_messages_over_all = over_all
        if self._message_bar is None:
            return
        if over_all:
            self.column.insertWidget(0, self._message_bar)
        else:
            self._notices.insertWidget(1, self._message_bar)


class Slot(QFrame):
    """A place in a splitter for a part that is built later."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_frame_kind(self, FrameKind.PANE)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        # A part that limits its own height limits its place: a closed log is as high as its bar.
        self._layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetMinAndMaxSize)

    def event(self, event: QEvent) -> bool:
        """Make the splitter follow a part that limits its own height, which it asks for while it is dragged alone."""
        handled = super().event(event)
        splitter = self.parentWidget()
        if event.type() in _MOVING and isinstance(splitter, QSplitter) and splitter.count() > 1:
            sizes = splitter.sizes()
            if splitter.orientation() is Qt.Orientation.Vertical and sizes[1] > self.maximumHeight():
                splitter.setSizes([sum(sizes) - self.maximumHeight(), self.maximumHeight()])
        return handled

    def fill(self, part: QWidget) -> None:
        """Put a part into the place."""
        self._layout.addWidget(part)


def _set_tab_order(*widgets: QWidget) -> None:
    """Set the order in which Tab reaches widgets, one after the other, whichever was built first."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)


def _line(*, vertical: bool) -> QFrame:
    line = QFrame()
    set_frame_kind(line, FrameKind.UPRIGHT if vertical else FrameKind.LINE)
    return line
