"""The tour for a first start: four short pages, and then a connection, practice, or neither."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.ui.base.dialogs import grow_to_fit, plain_buttons
from ac_desktop.ui.base.forms import FieldIcon, small_label
from ac_desktop.ui.base.theme import Tone

CHARACTERS_WIDE: Final = 64
LARGE: Final = 3


@dataclass(frozen=True)
class TourPage:
    """One page of the tour."""

    icon: str
    title: str
    text: str


def pages() -> tuple[TourPage, ...]:
    """Return the pages, in the language of the window."""
    return (
        TourPage(
            "app",
            tr("Welcome to AC Desktop"),
            tr(
                "It takes the donors of your Anedot exports, and of other files, and puts each "
                "one onto a list in ActiveCampaign. It works from this computer, and nothing is "
                "sent before you press Relay."
            ),
        ),
        TourPage(
            "import",
            tr("Drop a file, and see what would happen"),
            tr(
                "Drop an export anywhere on the window. Before anything is queued you see each "
                "row: who goes, who is left out and why, and what can be corrected by typing "
                "over it."
            ),
        ),
        TourPage(
            "relay",
            tr("Press Relay"),
            tr(
                "Donors go at a pace that leaves room for your web forms. People who left the "
                "list before are held for your decision. You can close the window at any time: "
                "whoever waits goes on waiting."
            ),
        ),
        TourPage(
            "status",
            tr("Five lamps watch over it"),
            tr(
                "After five failures in a row the connection is switched off, and nobody is "
                "lost. “Test and reactivate” leads you back, one donor first. The log shows "
                "every payload and every answer."
            ),
        ),
    )


class Tour(QDialog):
    """Ends with what a new person does next: set a connection up, or practise."""

    connect_wanted = Signal()
    practice_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Tour"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._stops = pages()
        self._at = 0
        self.picture = FieldIcon()
        self.title = QLabel()
        self.text = small_label("")
        self.place = QLabel()
        self.back = QPushButton(tr("&Back"))
        self.next = QPushButton(tr("&Next"))
        self.connect_button = QPushButton(tr("&Set up a connection…"))
        self.practice_button = QPushButton(tr("&Practise first"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        plain_buttons(self.buttons)
        self._lay_out()
        self.back.clicked.connect(self._go_back)
        self.next.clicked.connect(self._next_page)
        self.connect_button.clicked.connect(self._connect)
        self.practice_button.clicked.connect(self._practise)
        self.buttons.rejected.connect(self.reject)
        self._show()
        self.adjustSize()

    def _lay_out(self) -> None:
        font = self.title.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.3)
        self.title.setFont(font)
        self.title.setWordWrap(True)
        large = self.picture.font()
        large.setPointSizeF(large.pointSizeF() * LARGE)
        self.picture.setFont(large)
        self.text.setMinimumWidth(self.fontMetrics().averageCharWidth() * CHARACTERS_WIDE)
        self.text.setMinimumHeight(self.fontMetrics().lineSpacing() * 5)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        words = QVBoxLayout()
        words.addWidget(self.title)
        words.addWidget(self.text, 1)
        head = QHBoxLayout()
        head.setSpacing(self.fontMetrics().height())
        head.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        # *Back* keeps its place while it is hidden: nothing comes where another button was pressed just now.
        policy = self.back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(policy)
        foot = QHBoxLayout()
        foot.addWidget(self.buttons, 0, Qt.AlignmentFlag.AlignLeft)
        foot.addStretch(1)
        for button in (self.practice_button, self.back, self.next, self.connect_button):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addLayout(head, 1)
        layout.addWidget(self.place)
        layout.addLayout(foot)

    @property
    def is_at_end(self) -> bool:
        """Whether this is the last page."""
        return self._at == len(self._stops) - 1

    def _show(self) -> None:
        stop = self._stops[self._at]
        self.picture.show_icon(stop.icon, Tone.NOTE)
        self.title.setText(stop.title)
        self.text.setText(stop.text)
        self.place.setText(tr("{number} of {total}", number=self._at + 1, total=len(self._stops)))
        self.back.setVisible(self._at > 0)
        self.next.setVisible(not self.is_at_end)
        self.connect_button.setVisible(self.is_at_end)
        self.practice_button.setVisible(self.is_at_end)
        first = self.connect_button if self.is_at_end else self.next
        first.setDefault(True)
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.isVisible():
            grow_to_fit(self)

    def _next_page(self) -> None:
        self._at += 1
        self._show()

    def _go_back(self) -> None:
        self._at -= 1
        self._show()

    def _connect(self) -> None:
        self.accept()
        self.connect_wanted.emit()

    def _practise(self) -> None:
        self.accept()
        self.practice_wanted.emit()
