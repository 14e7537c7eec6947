"""What a narrow or low window leaves out, in order: tool words, facts, switch, inspector, log, at last the sidebar."""

from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QAction, QShortcut

from ac_desktop.ui.base.actions import Actions
from ac_desktop.ui.base.visual.metrics import SPACE_L, SPACE_S, scaled
from ac_desktop.ui.main.frame import WindowFrame

INSPECTOR_FROM: Final = 960
"""Widths and heights at the usual text size from which a part has a place of its own."""
SIDEBAR_FROM: Final = 720
FACTS_FROM: Final = 780
SWITCH_FROM: Final = 620
LOG_FROM: Final = 520
_TOOL_PADDING: Final = 34


class NarrowWindow:
    """Shows and hides the parts by the window's size, and remembers which of them a person wants."""

    def __init__(self, frame: WindowFrame, actions: Actions) -> None:
        self._frame = frame
        self._actions = actions
        self._wants_inspector = self._wants_log = True
        self._opened_inspector = self._opened_log = False
        actions.details.toggled.connect(self._choose_inspector)
        actions.log.toggled.connect(self._choose_log)
        self._back = QShortcut(Qt.Key.Key_Escape, frame.inspector_slot)
        self._back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._back.activated.connect(self._leave_inspector)
        frame.queue.table.activated.connect(self._open_inspector)

    @property
    def is_narrow(self) -> bool:
        """Whether the inspector is a page over the queue."""
        return self._frame.width() < scaled(INSPECTOR_FROM, self._frame)

    @property
    def is_low(self) -> bool:
        """Whether there is no space for the log below the queue."""
        return self._frame.height() < scaled(LOG_FROM, self._frame)

    def fit(self) -> None:
        """Follow the window's size."""
        frame = self._frame
        has_sidebar = frame.width() >= scaled(SIDEBAR_FROM, frame)
        frame.sidebar.setVisible(has_sidebar)
        frame.connection_bar.chooser.setVisible(not has_sidebar)
        frame.queue.tabs.setVisible(not has_sidebar)
        width = frame.width() - (frame.sidebar.width() if has_sidebar else 0)
        frame.connection_bar.show_short(
            words=width >= self._width_with_words(),
            facts=width >= scaled(FACTS_FROM, frame),
            switch=width >= scaled(SWITCH_FROM, frame),
        )
        self._show_parts()

    def _width_with_words(self) -> int:
        """Return the width of the header with words beside the icons of its tools."""
        bar = self._frame.connection_bar
        metrics = bar.tool_bar.fontMetrics()
        icon = bar.tool_bar.iconSize().width()
        tools = sum(
            metrics.horizontalAdvance(action.iconText()) + icon + scaled(_TOOL_PADDING, bar)
            for action in bar.tool_bar.actions()
            if action.isVisible()
        )
        others = (bar.title, bar.state, bar.more, bar.relay)
        return sum(part.sizeHint().width() for part in others) + tools + 2 * SPACE_L + 7 * SPACE_S

    def _show_parts(self) -> None:
        is_page = self.is_narrow and self._opened_inspector
        has_inspector = is_page if self.is_narrow else self._wants_inspector
        has_log = self._opened_log if self.is_low else self._wants_log
        self._frame.panes_splitter.setVisible(not is_page)
        self._frame.inspector_slot.setVisible(has_inspector)
        self._frame.open_log(is_open=has_log)
        _check(self._actions.details, checked=has_inspector)
        _check(self._actions.log, checked=has_log)

    def _choose_inspector(self, wanted: bool) -> None:  # noqa: FBT001  Qt's own signal
        if self.is_narrow:
            self._opened_inspector = wanted
        else:
            self._wants_inspector = wanted
        self._show_parts()

    def _choose_log(self, wanted: bool) -> None:  # noqa: FBT001  Qt's own signal
        if self.is_low:
            self._opened_log = wanted
        else:
            self._wants_log = wanted
        self._show_parts()

    def _open_inspector(self) -> None:
        if self.is_narrow:
            self._actions.details.setChecked(True)

    def _leave_inspector(self) -> None:
        if self.is_narrow and self._opened_inspector:
            self._actions.details.setChecked(False)
            self._frame.queue.table.setFocus()


def _check(action: QAction, *, checked: bool) -> None:
    blocker = QSignalBlocker(action)
    action.setChecked(checked)
    blocker.unblock()
