"""Failures grouped by cause, a card each: how many, why, who can fix it, and the buttons that help."""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

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
from ac_desktop.ui.base.parts.folding_row import FoldingRow
from ac_desktop.ui.base.theme import Tone
from ac_desktop.ui.base.visual.kinds import FrameKind, set_frame_kind
from ac_desktop.ui.base.visual.metrics import SECOND_LINE, SPACE_L, SPACE_M, SPACE_S, SPACE_XS, scaled, sized_font
from ac_desktop.ui.base.window_state import WindowState

MOST_CARDS: Final = 12
CARDS_IN_SIGHT: Final = 3
_LEAST_TEXT: Final = 220
"""Pixels at the usual text size that the texts of a card need beside its buttons."""


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
        inner = QFrame()
        set_frame_kind(inner, FrameKind.PANE)
        self._layout = QVBoxLayout(inner)
        self._layout.setContentsMargins(SPACE_L, 0, SPACE_L, SPACE_XS)
        self._layout.setSpacing(SPACE_XS)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the cards for the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

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
        for card in self.cards:
            card.fit_to_width(self.viewport().width() - 2 * SPACE_L)
        self.setFixedHeight(sum(card.sizeHint().height() + SPACE_XS for card in in_sight))

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
        set_frame_kind(self, FrameKind.CARD)
        count, why, who = QLabel(formatting.donors(group.count)), ElidedLabel(), ElidedLabel()
        text = privacy_mask.mask_text(group.example.text)
        why.show_text(text if group.is_same else tr("for example: {reason}", reason=text))
        who.show_text(responsible_text(group.example.who))
        who.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        who.setFont(sized_font(self.font(), SECOND_LINE))
        count.setFont(sized_font(self.font(), 1.0, QFont.Weight.DemiBold))
        count.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName(f"{count.text()}. {why.text()} {who.text()}")
        self._row = FoldingRow(self._texts(count, why, who))
        self.setLayout(self._row)
        self._row.setContentsMargins(SPACE_M, SPACE_XS, SPACE_M, SPACE_XS)
        self._row.setSpacing(SPACE_S)
        for button in self._buttons():
            self._row.buttons.addWidget(button)

    def fit_to_width(self, width: int) -> None:
        """Put the buttons below the texts where they would leave the texts no room."""
        self._row.fold(is_narrow=self._row.buttons.sizeHint().width() + scaled(_LEAST_TEXT, self) > width)

    def _texts(self, count: QLabel, why: ElidedLabel, who: ElidedLabel) -> QGridLayout:
        mark = QLabel()
        mark.setPixmap(icons.pixmap("failed", Tone.PROBLEM, self.fontMetrics().height(), self.devicePixelRatioF()))
        texts = QGridLayout()
        texts.setHorizontalSpacing(SPACE_S)
        texts.setVerticalSpacing(0)
        texts.setColumnStretch(2, 1)
        texts.addWidget(mark, 0, 0)
        texts.addWidget(count, 0, 1)
        texts.addWidget(why, 0, 2)
        texts.addWidget(who, 1, 1, 1, 2)
        return texts

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
