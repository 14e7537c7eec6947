"""The overview of a donor: the pair of payloads, the response and its status, as the integration page shows them."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.ui.base.formatting import StateLabel
from ac_desktop.ui.base.labels import ElidedLabel
from ac_desktop.ui.base.parts.pill import StatePill
from ac_desktop.ui.base.theme import Tone
from ac_desktop.ui.base.visual.kinds import ButtonKind, set_button_kind
from ac_desktop.ui.base.visual.metrics import HELP, SECOND_LINE, SPACE_M, SPACE_S, scaled, sized_font
from ac_desktop.ui.log.fix_card import FixCard
from ac_desktop.ui.log.relay_text import RelayText, StepText
from ac_desktop.ui.log.text_block import PayloadBlock

SIDE_BY_SIDE: Final = 480
"""The width from which request and response are beside each other."""


class Overview(QScrollArea):
    """Shows one relay, or what a relay will send."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fix = FixCard()
        self.attempt = QComboBox()
        self.request_headers = QLabel()
        self.request_body = PayloadBlock(tr("Request body"), folds=False)
        self.response_body = PayloadBlock(tr("Response body"), folds=True)
        self.response_status = StatePill()
        self.no_status = ElidedLabel()
        self.no_status.show_text(tr("Response status: none yet"))
        self.status_caption = ElidedLabel()
        self.status_caption.show_text(tr("Response status"))
        self.meaning = QLabel()
        self.step = QLabel()
        self.whole = QPushButton(tr("Show the whole attempt"))
        self._lay_out()

    def _lay_out(self) -> None:
        self.attempt.setAccessibleName(tr("Attempt"))
        self.attempt.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.request_headers.setTextFormat(Qt.TextFormat.PlainText)
        self.request_body.add_to_head(self.request_headers)
        for part in (self.no_status, self.status_caption, self.response_status):
            self.response_body.add_to_head(part)
        self.meaning.setTextFormat(Qt.TextFormat.PlainText)
        self.meaning.setWordWrap(True)
        self.step.setTextFormat(Qt.TextFormat.PlainText)
        self.step.setWordWrap(True)
        set_button_kind(self.whole, ButtonKind.LINK)
        self.whole.setAutoDefault(False)
        self._bodies = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._bodies.setSpacing(SPACE_M)
        for block in (self.request_body, self.response_body):
            self._bodies.addWidget(block, 1, Qt.AlignmentFlag.AlignTop)
        page = QWidget(self.viewport())
        layout = QVBoxLayout(page)
        layout.setContentsMargins(SPACE_S, SPACE_M, SPACE_S, SPACE_M)
        layout.setSpacing(SPACE_S)
        layout.addWidget(self.fix)
        layout.addWidget(self.attempt)
        layout.addWidget(self.step)
        layout.addWidget(self.whole, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(self._bodies)
        layout.addWidget(self.meaning)
        layout.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit_to_font()

    def show_step(self, step: StepText) -> None:
        """Show one request of an attempt as it was made, with its response."""
        self._show_step_parts(shown=True)
        self.step.setText(step.title)
        self.request_headers.hide()
        self.request_body.show_payload(step.request or tr("(empty)"))
        self.response_body.show_payload(step.response, step.raw_response)
        self.response_status.show_label(status_label(step.status, is_good=step.is_good))
        self.status_caption.show()
        self.no_status.hide()
        self.meaning.hide()
        for block in (self.request_body, self.response_body):
            block.show()
        self.verticalScrollBar().setValue(0)

    def _show_step_parts(self, *, shown: bool) -> None:
        self.step.setVisible(shown)
        self.whole.setVisible(shown)

    def show_relay(self, text: RelayText, meaning: str) -> None:
        """Show a relay, and what it means for the donor."""
        self._show_step_parts(shown=False)
        self.request_headers.setText(tr("Headers {headers}", headers=text.request_headers))
        self.request_headers.setVisible(bool(text.request_body))
        self.request_body.show_payload(text.request_body)
        self.response_body.show_payload(text.response_body or _nothing_came(text), text.raw_response)
        label = status_label(text.response_status, is_good=text.is_good) if text.response_status else None
        self.response_status.show_label(label)
        self.status_caption.setVisible(label is not None)
        # A pill is no text to a screen reader: the caption before it says both.
        self.status_caption.setAccessibleName(tr("Response status: {status}", status=text.response_status))
        self.no_status.setVisible(label is None and bool(text.request_body))
        self.meaning.setText(meaning)
        self.meaning.setVisible(bool(meaning))
        for block in (self.request_body, self.response_body):
            block.setVisible(bool(text.request_body))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the bodies beside each other where there is room."""
        super().resizeEvent(event)
        wide = self.viewport().width() >= scaled(SIDE_BY_SIDE, self)
        self._bodies.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_font()

    def _fit_to_font(self) -> None:
        small = sized_font(self.font(), SECOND_LINE)
        for label in (self.request_headers, self.no_status, self.status_caption):
            label.setFont(small)
        for label in (self.meaning, self.step):
            label.setFont(sized_font(self.font(), HELP, QFont.Weight.Normal))


def status_label(status: str, *, is_good: bool) -> StateLabel:
    """Return the pill of a response's status."""
    return StateLabel(status, "sent", Tone.GOOD) if is_good else StateLabel(status, "failed", Tone.PROBLEM)


def _nothing_came(text: RelayText) -> str:
    return tr("Nothing was sent for this donor.") if text.request_body else ""
