"""Failures grouped by cause, a card each: how many, why, who can fix it, and the buttons that help."""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ac_desktop.model.reason_codes import FACTS, Remedy
from ac_desktop.model.reasons import responsible_text
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.queries.record_query import CauseGroup, causes
from ac_desktop.ui.base import formatting, icons, privacy_mask
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.labels import ElidedLabel
from ac_desktop.ui.base.theme import Tone
from ac_desktop.ui.base.window_state import WindowState

MOST_CARDS: Final = 12
CARDS_IN_SIGHT: Final = 3


class FailureCards(QScrollArea):
    """Shown above the failed donors; hidden elsewhere and while there are none."""

    retry_wanted = Signal(object)
    show_wanted = Signal(object)
    remedy_wanted = Signal(object)

    def __init__(self, services: Services, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._asked: tuple[int, int] | None = None
        self._shown: list[CauseGroup] = []
        self.cards: list[FailureCard] = []
        self.setAccessibleName(tr("Failures by reason"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        self._layout = QVBoxLayout(inner)
        self._layout.setContentsMargins(0, 0, 0, 4)
        self._layout.setSpacing(2)
        self.setWidget(inner)
        self.hide()

    def show_state(self, state: WindowState, tab: RecordState | None) -> None:
        """Show the causes where the failed donors are shown; they are read again when their number has changed."""
        failed = state.counts.failed
        if tab is not RecordState.FAILED or state.connection is None or not failed:
            self._asked = None
            self.hide()
            return
        asked = (state.connection.id, failed)
        if asked != self._asked:
            self._asked = asked
            self._bridge.run(
                partial(causes, self._services.database, state.connection.id),
                partial(self._show_answer, asked),
                self._fail,
            )

    def show_again(self) -> None:
        """Show the cards again, as the privacy mask has changed."""
        if not self.isHidden():
            self._show(self._shown)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the cards visible with a larger font, and their icons readable on another palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        if event.type() == QEvent.Type.PaletteChange:
            self.show_again()

    def _show_answer(self, asked: tuple[int, int], found: list[CauseGroup]) -> None:
        if asked == self._asked:
            self._show(found)
            self.setVisible(bool(found))

    def _show(self, found: list[CauseGroup]) -> None:
        self._shown = found
        for card in self.cards:
            self._layout.removeWidget(card)
            card.deleteLater()
        self.cards = [FailureCard(group) for group in found[:MOST_CARDS]]
        for card in self.cards:
            self._layout.addWidget(card)
            card.retry_wanted.connect(self.retry_wanted)
            card.show_wanted.connect(self.show_wanted)
            card.remedy_wanted.connect(self.remedy_wanted)
        self._fit()

    def _fit(self) -> None:
        in_sight = self.cards[:CARDS_IN_SIGHT]
        self.setFixedHeight(sum(card.sizeHint().height() + 2 for card in in_sight) + 4)

    def _fail(self, error: Exception) -> None:
        self._asked = None
        if not isinstance(error, StoreError):
            raise error


class FailureCard(QFrame):
    """One cause."""

    retry_wanted = Signal(object)
    show_wanted = Signal(object)
    remedy_wanted = Signal(object)

    def __init__(self, group: CauseGroup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group = group
        self.remedy = FACTS[group.code].remedy
        count, why, who = (
            QLabel(formatting.donors(group.count)),
            ElidedLabel(),
            QLabel(responsible_text(group.example.who)),
        )
        text = privacy_mask.mask_text(group.example.text)
        why.show_text(text if group.is_same else tr("for example: {reason}", reason=text))
        font = count.font()
        font.setBold(True)
        count.setFont(font)
        for label in (count, who):
            label.setTextFormat(Qt.TextFormat.PlainText)
        mark = QLabel()
        mark.setPixmap(icons.pixmap("failed", Tone.PROBLEM, self.fontMetrics().height(), self.devicePixelRatioF()))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(f"{count.text()}. {why.text()} {who.text()}")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 2)
        for widget, stretch in ((mark, 0), (count, 0), (why, 1), (who, 0)):
            layout.addWidget(widget, stretch)
        for button in self._buttons():
            layout.addWidget(button)

    def _buttons(self) -> list[QPushButton]:
        show = QPushButton(tr("Show"))
        show.setAccessibleDescription(tr("Show only donors with this reason"))
        show.clicked.connect(self._show_them)
        retry = QPushButton(tr("Retry all {number}", number=formatting.count(self.group.count)))
        retry.clicked.connect(self._retry_them)
        buttons = [show, retry]
        if self.remedy is not None and self.remedy is not Remedy.OPEN_DONORS:
            fix = QPushButton(formatting.remedy_text(self.remedy))
            fix.clicked.connect(self._ask_for_remedy)
            buttons.insert(0, fix)
        return buttons

    def _show_them(self) -> None:
        self.show_wanted.emit(self.group.code)

    def _retry_them(self) -> None:
        self.retry_wanted.emit(self.group)

    def _ask_for_remedy(self) -> None:
        self.remedy_wanted.emit(self.remedy)
