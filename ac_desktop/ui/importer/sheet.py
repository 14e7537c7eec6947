"""The import as a sheet in the window: Read, Match, Check, Receipt, each skipped where nothing is open."""

from enum import IntEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.services import Services
from ac_desktop.ui.bridge import Bridge
from ac_desktop.ui.dialogs import ask_before_discarding
from ac_desktop.ui.forms import small_label
from ac_desktop.ui.importer.check_page import CheckPage
from ac_desktop.ui.importer.flow import ImportFlow
from ac_desktop.ui.importer.match_page import MatchPage
from ac_desktop.ui.importer.read_page import ReadPage
from ac_desktop.ui.importer.receipt_page import ReceiptPage
from ac_desktop.ui.importer.standing import Stage, Standing


class PageId(IntEnum):
    """The pages, in their order."""

    READ = 0
    MATCH = 1
    CHECK = 2
    RECEIPT = 3


class ImportSheet(QWidget):
    """Shows the page that the import has come to; `shown_changed` tells the window to make room for it or not."""

    shown_changed = Signal(bool)

    def __init__(self, services: Services, bridge: Bridge, flow: ImportFlow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
        self.title = QLabel()
        self.refusal = small_label("")
        self.read, self.match = ReadPage(), MatchPage()
        self.check, self.receipt = CheckPage(services, bridge, flow.comparing), ReceiptPage(services)
        self.pages = QStackedWidget()
        self.steps = QButtonGroup(self)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.leave_out = QPushButton(self.tr("&Leave this file out"))
        self.go_on = QPushButton()
        self._is_shown = False
        self._chosen: PageId | None = None
        self._stage = Stage.IDLE
        self._lay_out()
        self._connect()
        self.show_standing(flow.standing)

    def _lay_out(self) -> None:
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.refusal.setTextFormat(Qt.TextFormat.PlainText)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        for number, name in enumerate((self.tr("Read"), self.tr("Match"), self.tr("Check"), self.tr("Receipt"))):
            step = QToolButton()
            step.setText(self.tr("{number} {name}").format(number=number + 1, name=name))
            step.setCheckable(True)
            step.setAutoRaise(True)
            step.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.steps.addButton(step, number)
            head.addWidget(step)
        for page in (self.read, self.match, self.check, self.receipt):
            self.pages.addWidget(page)
        self.go_on.setDefault(True)
        foot = QHBoxLayout()
        foot.addWidget(self.leave_out)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go_on)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 6)
        layout.addLayout(head)
        layout.addWidget(self.refusal)
        layout.addWidget(self.pages, 1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self._flow.changed.connect(self.show_standing)
        self._flow.row_edited.connect(self.check.row_edited)
        self.read.wished.connect(self._reread)
        self.match.changed.connect(self._name_buttons)
        self.check.edited.connect(self._flow.edit)
        self.check.chosen_new.connect(self._choose_new)
        self.receipt.undo_wanted.connect(self._flow.undo)
        self.steps.idClicked.connect(self._choose_page)
        self.go_on.clicked.connect(self.proceed)
        self.cancel.clicked.connect(self.ask_to_cancel)
        self.leave_out.clicked.connect(self._flow.leave_out)

    @property
    def page(self) -> PageId:
        """The page shown."""
        return PageId(self.pages.currentIndex())

    def show_standing(self, standing: Standing) -> None:
        """Show how the import stands."""
        if standing.stage is not self._stage:
            leaves_hand = standing.stage is Stage.CHECKING and standing.by_hand
            self._chosen = PageId.READ if leaves_hand and self._stage is Stage.READING else None
            self._stage = standing.stage
        self.title.setText(self._title(standing))
        refused = standing.stage is Stage.REFUSED
        self.refusal.setVisible(refused)
        self.refusal.setText(standing.text if refused else "")
        self.read.show_standing(standing)
        self.match.show_standing(standing)
        self.check.show_standing(standing)
        if standing.stage is Stage.RECEIPT:
            self.receipt.show_standing(standing)
        self._turn_to(self._page_for(standing.stage) if self._chosen is None else self._chosen)
        self._name_buttons()
        shown = standing.stage is not Stage.IDLE and not standing.is_quiet
        if shown != self._is_shown:
            self._is_shown = shown
            self.shown_changed.emit(shown)
            if shown:
                self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_again(self) -> None:
        """Show the same anew, as the veil has changed."""
        self.read.model.show_again()
        self.match.show_again()
        self.check.show_again()

    def proceed(self) -> None:
        """Do what the button on the right says."""
        match self._flow.standing.stage:
            case Stage.CHECKING if self.page is PageId.READ:
                self._choose_page(PageId.CHECK)
            case Stage.ASKING | Stage.CHECKING if self.page is PageId.MATCH and self.match.is_complete:
                self._flow.answer(self.match.columns, self.match.date_order, self.match.page.text().strip())
            case Stage.ASKING if self.page is PageId.READ:
                self._choose_page(PageId.MATCH)
            case Stage.CHECKING:
                self._flow.queue()
            case Stage.RECEIPT:
                self._flow.dismiss()
            case Stage.REFUSED:
                self._flow.leave_out()
            case _:
                pass

    def ask_to_cancel(self) -> None:
        """Leave the import; what was corrected here is not lost without a question."""
        standing = self._flow.standing
        if standing.stage is Stage.QUEUEING:
            return
        if not standing.is_edited:
            self._leave()
            return
        question = self.tr("You corrected rows of this file. Leave without queueing it? The corrections are lost.")
        ask_before_discarding(self, self.tr("Cancel import"), question, self._leave)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.ask_to_cancel()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        if self._flow.standing.stage is Stage.RECEIPT:
            self._flow.dismiss()
        else:
            self._flow.cancel()

    def _reread(self, wishes: dict[str, object]) -> None:
        self._flow.reread(**wishes)

    def _choose_new(self, only_new: bool) -> None:  # noqa: FBT001  a signal's argument
        self._flow.choose_new(only_new=only_new)

    def _choose_page(self, number: int) -> None:
        self._chosen = PageId(number)
        self._turn_to(self._chosen)
        self._name_buttons()

    def _turn_to(self, page: PageId) -> None:
        self.pages.setCurrentIndex(page)
        standing = self._flow.standing
        open_ = {
            PageId.READ: standing.preview is not None,
            PageId.MATCH: standing.preview is not None,
            PageId.CHECK: standing.checked is not None,
            PageId.RECEIPT: standing.stage is Stage.RECEIPT,
        }
        for number, is_open in open_.items():
            step = self.steps.button(number)
            step.setEnabled(is_open and standing.stage not in {Stage.QUEUEING, Stage.REFUSED})
            step.setChecked(number is page)

    @staticmethod
    def _page_for(stage: Stage) -> PageId:
        match stage:
            case Stage.ASKING:
                return PageId.MATCH
            case Stage.CHECKING | Stage.QUEUEING:
                return PageId.CHECK
            case Stage.RECEIPT:
                return PageId.RECEIPT
            case _:
                return PageId.READ

    def _name_buttons(self) -> None:
        standing, page = self._flow.standing, self.page
        self.leave_out.setVisible(standing.total > standing.number and standing.stage is not Stage.RECEIPT)
        self.cancel.setVisible(standing.stage not in {Stage.RECEIPT, Stage.REFUSED})
        self.go_on.setEnabled(standing.stage not in {Stage.READING, Stage.QUEUEING} and not standing.is_busy)
        if standing.stage is Stage.RECEIPT:
            self.go_on.setText(self.tr("&Done"))
        elif standing.stage is Stage.REFUSED:
            more = standing.total > standing.number
            self.go_on.setText(self.tr("&Go on with the next file") if more else self.tr("&Close"))
        elif standing.stage is Stage.QUEUEING:
            self.go_on.setText(self.tr("Queueing…"))
        elif page is PageId.CHECK and standing.checked is not None:
            waiting = standing.checked.kinds.counts.waiting
            self.go_on.setText(self.tr("&Queue %Ln donor(s)", "", waiting))
        else:
            self.go_on.setText(self.tr("&Next"))
            if page is PageId.MATCH:
                self.go_on.setEnabled(self.go_on.isEnabled() and self.match.is_complete)

    def _title(self, standing: Standing) -> str:
        name = standing.part.name
        match standing.stage:
            case Stage.RECEIPT | Stage.IDLE:
                return self.tr("Import")
            case _ if standing.total > 1:
                return self.tr("Import file {number} of {total}: {name}").format(
                    number=standing.number, total=standing.total, name=name
                )
            case _:
                return self.tr("Import: {name}").format(name=name)
