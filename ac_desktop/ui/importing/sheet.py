"""The import as a sheet in the window: Read, Match, Check, Result, each skipped where nothing is open."""

from collections.abc import Callable
from enum import IntEnum
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.importing.corrections.known_pages import read_known_pages
from ac_desktop.model.wording import ntr, tr
from ac_desktop.services import Services
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.dialogs import ask_before_discarding
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.base.labels import ElidedLabel
from ac_desktop.ui.base.parts.primary_button import PrimaryButton
from ac_desktop.ui.base.visual.kinds import FrameKind, set_frame_kind
from ac_desktop.ui.base.visual.metrics import PAGE_TITLE, SPACE_L, SPACE_M, scaled, sized_font
from ac_desktop.ui.importing.checking.check_page import CheckPage
from ac_desktop.ui.importing.flow import ImportFlow
from ac_desktop.ui.importing.import_state import ImportStage, ImportState
from ac_desktop.ui.importing.match_page import MatchPage
from ac_desktop.ui.importing.read_page import ReadPage
from ac_desktop.ui.importing.results.result_page import ResultPage

_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_REDO: Final = (QKeyCombination(_CTRL, Qt.Key.Key_Y), QKeyCombination(_CTRL | _SHIFT, Qt.Key.Key_Z))


class ImportPageId(IntEnum):
    """The pages, in their order."""

    READ = 0
    MATCH = 1
    CHECK = 2
    RESULT = 3


class ImportSheet(QWidget):
    """Shows the page that the import has reached; `shown_changed` reports whether the sheet is to be shown."""

    shown_changed = Signal(bool)

    def __init__(self, services: Services, bridge: Bridge, flow: ImportFlow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._flow = flow
        self.title = ElidedLabel()
        self.refusal = small_label("")
        self.pages = QStackedWidget()
        self.steps = QButtonGroup(self)
        self.cancel = QPushButton(tr("Cancel"))
        self.leave_out = QPushButton(tr("&Leave this file out"))
        self.back = QPushButton(tr("Back"))
        self.go_on = PrimaryButton()
        self._is_shown = self._wants_result = self._has_focus_to_give = False
        self._chosen: ImportPageId | None = None
        self._stage = ImportStage.IDLE
        self._footer = QFrame()
        self._lay_out()
        self.read, self.match = ReadPage(self.pages), MatchPage(self.pages)
        self.check = CheckPage(services, bridge, flow.comparing, flow.corrections, self.pages)
        self.result = ResultPage(services, self.pages)
        self._lay_out_pages()
        self._connect()
        self.show_state(flow.state)

    def _lay_out(self) -> None:
        """Put the parts into their places from outside to inside: a part that moves takes all that is in it along."""
        self.title.setFont(sized_font(self.title.font(), PAGE_TITLE, QFont.Weight.DemiBold))
        self.refusal.setTextFormat(Qt.TextFormat.PlainText)
        margin = scaled(SPACE_L, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(SPACE_M, self))
        head = QHBoxLayout()
        layout.addLayout(head)
        layout.addWidget(self.refusal)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self._footer)
        head.setContentsMargins(margin, margin, margin, 0)
        head.addWidget(self.title, 1)
        for number, name in enumerate((tr("Read"), tr("Match"), tr("Check"), tr("Result"))):
            step = QToolButton()
            step.setText(tr("{number} {name}", number=number + 1, name=name))
            step.setAccessibleName(tr("Step {number}: {name}", number=number + 1, name=name))
            step.setCheckable(True)
            step.setAutoRaise(True)
            step.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.steps.addButton(step, number)
            head.addWidget(step)

    def _lay_out_pages(self) -> None:
        for page in (self.read, self.match, self.check, self.result):
            self.pages.addWidget(page)
        set_frame_kind(self._footer, FrameKind.FOOTER)
        margin = scaled(SPACE_L, self)
        foot = QHBoxLayout(self._footer)
        foot.setContentsMargins(margin, scaled(SPACE_M, self), margin, scaled(SPACE_M, self))
        foot.addWidget(self.check.message, 1)
        foot.addStretch()
        for button in (self.leave_out, self.cancel, self.back, self.go_on):
            foot.addWidget(button)

    def _narrow_to(self, shown: ImportPageId) -> None:
        """Take the least width from the page in sight alone: another may need more."""
        for place, page in enumerate((self.read, self.match, self.check, self.result)):
            across = QSizePolicy.Policy.Preferred if place == shown else QSizePolicy.Policy.Ignored
            page.setSizePolicy(across, page.sizePolicy().verticalPolicy())

    def _connect(self) -> None:
        self._flow.changed.connect(self.show_state)
        self._flow.rows_edited.connect(self.check.rows_edited)
        self.read.options_changed.connect(self._read_again)
        self.match.changed.connect(self._name_buttons)
        self.check.chosen_new.connect(self._choose_new)
        self.result.undo_wanted.connect(self._flow.undo)
        self.steps.idClicked.connect(self._choose_page)
        self.go_on.clicked.connect(self.proceed)
        self.back.clicked.connect(self._go_back)
        self.cancel.clicked.connect(self.ask_to_cancel)
        self.leave_out.clicked.connect(self._flow.leave_out)

    @property
    def page(self) -> ImportPageId:
        """The page shown."""
        return ImportPageId(self.pages.currentIndex())

    @property
    def panes(self) -> tuple[tuple[QWidget, QWidget], ...]:
        """The parts that F6 goes through, each with what has the focus first."""
        tables = ((page, page.table) for page in (self.read, self.match, self.check))
        return (*tables, (self._footer, self.go_on))

    def show_state(self, state: ImportState) -> None:
        """Show the state of the import."""
        if state.stage is not self._stage:
            leaves_manual_check = state.stage is ImportStage.CHECKING and state.by_hand
            self._chosen = ImportPageId.READ if leaves_manual_check and self._stage is ImportStage.READING else None
            self._stage = state.stage
            if state.stage is ImportStage.ASKING:
                self._read_pages(state.connection_id)
        self.title.show_text(self._title(state))
        refused = state.stage is ImportStage.REFUSED
        self.refusal.setVisible(refused)
        self.refusal.setText(state.text if refused else "")
        self.read.show_state(state)
        self.match.show_state(state)
        self.check.show_state(state)
        if state.stage is ImportStage.RESULT:
            self.result.show_state(state)
        self._turn_to(self._page_for(state.stage) if self._chosen is None else self._chosen)
        self._name_buttons()
        if state.stage is not ImportStage.RESULT:
            self._wants_result = False
        is_at_rest = state.stage is ImportStage.IDLE or (state.stage is ImportStage.RESULT and not self._wants_result)
        shown = not is_at_rest and not state.is_quiet
        if shown != self._is_shown:
            self._is_shown = shown
            self.shown_changed.emit(shown)
            if shown:
                self._has_focus_to_give = True
        self._give_focus()

    def _give_focus(self) -> None:
        """Focus the button on the right once it can be used: while a file is read, *Cancel* alone can."""
        if self._is_shown and self._has_focus_to_give and self.go_on.isEnabled():
            self._has_focus_to_give = False
            self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read_pages(self, connection_id: int) -> None:
        """Read the action pages to offer where the person is asked for one."""
        connection = self._services.connections.get(connection_id)
        if connection is not None:
            read = partial(read_known_pages, self._services.database, connection)
            self._bridge.run(read, self.match.page.offer)

    def show_result(self) -> None:
        """Open the results of the files just queued."""
        self._wants_result = True
        self.show_state(self._flow.state)

    def show_again(self) -> None:
        """Show the same again, as the privacy mask has changed."""
        self.read.model.show_again()
        self.match.show_again()
        self.check.show_again()

    def proceed(self) -> None:
        """Do what the button on the right says."""
        match self._flow.state.stage:
            case ImportStage.CHECKING if self.page is ImportPageId.READ:
                self._choose_page(ImportPageId.CHECK)
            case ImportStage.ASKING | ImportStage.CHECKING if (
                self.page is ImportPageId.MATCH and self.match.is_complete
            ):
                self._flow.answer(self.match.columns, self.match.date_order, self.match.page.text().strip())
            case ImportStage.ASKING if self.page is ImportPageId.READ:
                self._choose_page(ImportPageId.MATCH)
            case ImportStage.CHECKING:
                self._flow.queue()
            case ImportStage.RESULT:
                self._flow.dismiss()
            case ImportStage.REFUSED:
                self._flow.leave_out()
            case _:
                pass

    def ask_to_cancel(self) -> None:
        """Close the import; what was corrected here is not lost without a question."""
        state = self._flow.state
        if state.stage is ImportStage.QUEUEING:
            return
        if not state.is_edited:
            self._cancel()
            return
        question = tr("Leave without adding this file to the queue? Your corrections will be lost.")
        ask_before_discarding(self, tr("Cancel import"), question, self._cancel)

    def event(self, event: QEvent) -> bool:
        """Take the keys for undo, redo and search from the window's menu."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._step_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc; undo and redo corrections, and search."""
        if event.key() == Qt.Key.Key_Escape:
            self.ask_to_cancel()
        elif step := self._step_of(event):
            step()
        else:
            super().keyPressEvent(event)

    def _step_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        """Return what a key does on the Check page; None where it is another key or another page."""
        if self.page is not ImportPageId.CHECK:
            return None
        if event.matches(QKeySequence.StandardKey.Undo):
            return self._flow.corrections.undo
        if event.matches(QKeySequence.StandardKey.Find):
            return self.check.search.focus
        if event.key() == Qt.Key.Key_F3:
            search, is_back = self.check.search, event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            return search.go_back if is_back else search.go_on
        is_redo = event.keyCombination() in _REDO or event.matches(QKeySequence.StandardKey.Redo)
        return self._flow.corrections.redo if is_redo else None

    def _cancel(self) -> None:
        if self._flow.state.stage is ImportStage.RESULT:
            self._flow.dismiss()
        else:
            self._flow.cancel()

    def _read_again(self, options: dict[str, object]) -> None:
        self._flow.read_again(**options)

    def _choose_new(self, only_new: bool) -> None:  # noqa: FBT001  a signal's argument
        self._flow.choose_new(only_new=only_new)

    def _choose_page(self, number: int) -> None:
        self._chosen = ImportPageId(number)
        self._turn_to(self._chosen)
        self._name_buttons()

    def _go_back(self) -> None:
        before = self._page_before()
        if before is not None:
            self._choose_page(before)

    def _page_before(self) -> ImportPageId | None:
        """Return the page before the one shown; None where a person can't go back."""
        before = self.page - 1
        is_open = self.page in {ImportPageId.MATCH, ImportPageId.CHECK} and self.steps.button(before).isEnabled()
        return ImportPageId(before) if is_open else None

    def _turn_to(self, page: ImportPageId) -> None:
        self.pages.setCurrentIndex(page)
        self._narrow_to(page)
        state = self._flow.state
        open_ = {
            ImportPageId.READ: state.preview is not None,
            ImportPageId.MATCH: state.preview is not None,
            ImportPageId.CHECK: state.checked is not None,
            ImportPageId.RESULT: state.stage is ImportStage.RESULT,
        }
        for number, is_open in open_.items():
            step = self.steps.button(number)
            step.setEnabled(is_open and state.stage not in {ImportStage.QUEUEING, ImportStage.REFUSED})
            step.setChecked(number is page)

    @staticmethod
    def _page_for(stage: ImportStage) -> ImportPageId:
        match stage:
            case ImportStage.ASKING:
                return ImportPageId.MATCH
            case ImportStage.CHECKING | ImportStage.QUEUEING:
                return ImportPageId.CHECK
            case ImportStage.RESULT:
                return ImportPageId.RESULT
            case _:
                return ImportPageId.READ

    def _name_buttons(self) -> None:
        state, page = self._flow.state, self.page
        self.leave_out.setVisible(state.total > state.number and state.stage is not ImportStage.RESULT)
        self.back.setVisible(self._page_before() is not None)
        self.check.message.setVisible(page is ImportPageId.CHECK)
        self.cancel.setVisible(state.stage not in {ImportStage.RESULT, ImportStage.REFUSED})
        self.go_on.setEnabled(state.stage not in {ImportStage.READING, ImportStage.QUEUEING} and not state.is_busy)
        if state.stage is ImportStage.RESULT:
            self.go_on.setText(tr("&Done"))
        elif state.stage is ImportStage.REFUSED:
            more = state.total > state.number
            self.go_on.setText(tr("&Next file") if more else tr("&Close"))
        elif state.stage is ImportStage.QUEUEING:
            self.go_on.setText(tr("Adding to queue…"))
        elif page is ImportPageId.CHECK and state.checked is not None:
            waiting = state.checked.kinds.counts.waiting
            self.go_on.setText(ntr("&Add {count} donor to queue", "&Add {count} donors to queue", waiting))
        else:
            self.go_on.setText(tr("&Next"))
            if page is ImportPageId.MATCH:
                self.go_on.setEnabled(self.go_on.isEnabled() and self.match.is_complete)

    def _title(self, state: ImportState) -> str:
        name = state.source.name
        match state.stage:
            case ImportStage.RESULT | ImportStage.IDLE:
                return tr("Import")
            case _ if state.total > 1:
                return tr("Import file {number} of {total}: {name}", number=state.number, total=state.total, name=name)
            case _:
                return tr("Import: {name}", name=name)
