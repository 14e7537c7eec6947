"""The tour for a first start: four short pages, and then a connection, practice, or neither."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.ui.base.dialogs import grow_to_fit, plain_buttons
from ac_desktop.ui.base.forms import FieldIcon, small_label
from ac_desktop.ui.base.parts.announcing import announce
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
                "AC Desktop adds the donors in your Anedot exports, and other files, to a list in "
                "ActiveCampaign. It runs on this computer. Nothing is sent until you click Relay."
            ),
        ),
        TourPage(
            "import",
            tr("Drop a file and check it"),
            tr(
                "Drop an export anywhere on the window. You see what will happen to each row before anything is "
                "queued. To correct a value, type over it."
            ),
        ),
        TourPage(
            "relay",
            tr("Click Relay"),
            tr(
                "Donors are sent at a speed that leaves room for your web forms. People who left the list are "
                "held for your decision. You can close the window at any time. Waiting donors stay in the queue."
            ),
        ),
        TourPage(
            "status",
            tr("Five failures, then it stops"),
            tr(
                "After five failed attempts in a row, the connection becomes inactive. No donors are lost. “Test "
                "and reactivate” finds the problem and sends one donor first. The log shows every request and "
                "response."
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
        self.connect_button = QPushButton(tr("&Create a connection…"))
        self.practice_button = QPushButton(tr("&Practice first"))
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
            announce(self, f"{stop.title}. {stop.text}")

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
