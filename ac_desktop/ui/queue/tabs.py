"""The tabs over the table: one for each state, with its live count."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import QTabBar, QWidget

from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.store.queue.records import StateCounts
from ac_desktop.ui.base import formatting, icons
from ac_desktop.ui.queue.columns import TABS


class QueueTabs(QTabBar):
    """All, Waiting, Sending, Held, Failed, Sent and Skipped."""

    chosen = Signal(object)
    menu_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Queue"))
        self.setDocumentMode(True)
        self.setExpanding(False)
        self.setDrawBase(False)
        for state in TABS:
            self.addTab(self._word(state))
        self.recolor()
        self.setIconSize(icons.size_for(self))
        self.show_counts(StateCounts())
        self.currentChanged.connect(self._emit_state)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_for_menu)

    @property
    def state(self) -> RecordState | None:
        """The state of the current tab; None for all."""
        return TABS[self.currentIndex()]

    def show_counts(self, counts: StateCounts) -> None:
        """Show the counts in the titles."""
        for at, state in enumerate(TABS):
            number = counts.rows if state is None else counts.of(state)
            title = self._word(state)
            if number:
                title = tr("{title} ({number})", title=title, number=formatting.count(number))
            if self.tabText(at) != title:
                self.setTabText(at, title)

    def choose(self, state: RecordState | None) -> None:
        """Select a state's tab."""
        self.setCurrentIndex(TABS.index(state))

    def recolor(self) -> None:
        """Recolor the icons, as the palette may have changed."""
        for at, state in enumerate(TABS):
            if state is not None:
                label = formatting.record_label(state)
                self.setTabIcon(at, icons.icon(label.icon, label.tone))

    def changeEvent(self, event: QEvent) -> None:
        """Scale the icons with the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setIconSize(icons.size_for(self))

    def _ask_for_menu(self, at: QPoint) -> None:
        """Ask for the menu of the tab under the pointer."""
        tab = self.tabAt(at)
        if tab >= 0:
            self.setCurrentIndex(tab)
        self.menu_wanted.emit(self.mapToGlobal(at))

    def _word(self, state: RecordState | None) -> str:
        return tr("All") if state is None else formatting.record_label(state).word

    def _emit_state(self, at: int) -> None:
        self.chosen.emit(TABS[at])
