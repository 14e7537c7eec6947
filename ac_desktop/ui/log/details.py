"""The details pane: one relay in the four blocks of the integration page, and every step behind it."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.model.attempts import KeptAttempt
from ac_desktop.services import Services
from ac_desktop.store.records import Record
from ac_desktop.ui import words
from ac_desktop.ui.elided import ElidedLabel
from ac_desktop.ui.log import relay_text
from ac_desktop.ui.log.relay_text import RelayText
from ac_desktop.ui.log.summary import summary

LEAST_LINES: Final = 4


class DetailsPane(QTabWidget):
    """Shows a record with its attempts, or the attempt of a log line."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._record: Record | None = None
        self.title = ElidedLabel()
        self.attempt = QComboBox()
        self.request_headers = _Block(self.tr("Request Headers"))
        self.request_body = _Block(self.tr("Request Body"))
        self.response_body = _Block(self.tr("Response Body"))
        self.response_status = _Block(self.tr("Response Status"))
        self.steps = _Block(self.tr("Steps"))
        self.summary = _Block(self.tr("Record"))
        self._lay_out()
        self.attempt.activated.connect(self._show_chosen)
        self.clear()

    def _lay_out(self) -> None:
        self.setAccessibleName(self.tr("Details"))
        self.setDocumentMode(True)
        self.attempt.setAccessibleName(self.tr("Attempt"))
        self.attempt.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.attempt)
        requests = QVBoxLayout()
        requests.addWidget(self.request_headers)
        requests.addWidget(self.request_body, 1)
        answers = QVBoxLayout()
        answers.addWidget(self.response_status)
        answers.addWidget(self.response_body, 1)
        blocks = QHBoxLayout()
        blocks.addLayout(requests, 1)
        blocks.addLayout(answers, 1)
        relay = QWidget()
        layout = QVBoxLayout(relay)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addLayout(head)
        layout.addLayout(blocks, 1)
        for short in (self.request_headers, self.response_status):
            short.make_one_line()
        scroll = QScrollArea()
        scroll.setWidget(relay)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.addTab(scroll, self.tr("Relay"))
        self.addTab(self.steps, self.tr("All steps"))
        self.addTab(self.summary, self.tr("Record"))

    def clear(self) -> None:
        """Show that nothing is chosen."""
        self._record = None
        self.attempt.clear()
        self.attempt.hide()
        self._show(RelayText(self.tr("Choose a donor or a line of the log."), "", request_headers=""))
        self.summary.show_text("")

    def show_record(self, record: Record | None) -> None:
        """Show a record with its newest attempt, else what a relay will send."""
        if record is None:
            self.clear()
            return
        self._record = record
        attempts = self._services.history.attempts_of(record.id)
        self._list_attempts(attempts)
        mask = self._services.redactor
        self.summary.show_text(mask(summary(record, self._services.views.source_row(record.id))))
        connection = self._services.connections.get(record.connection_id)
        if attempts:
            self._show(relay_text.of_attempt(attempts[-1], mask))
        elif connection:
            self._show(relay_text.of_record(record, connection, mask))

    def show_attempt(self, attempt_id: int) -> None:
        """Show one attempt, with its record."""
        attempt = self._services.history.attempt(attempt_id)
        if attempt is None:
            return
        self.show_record(self._services.views.record(attempt.record_id))
        self.attempt.setCurrentIndex(self.attempt.findData(attempt_id))
        self._show(relay_text.of_attempt(attempt, self._services.redactor))

    def refresh(self) -> None:
        """Show what became of the record; who reads an older attempt is left there."""
        if self._record is None:
            return
        record = self._services.views.record(self._record.id)
        if record == self._record:
            return
        older = self.attempt.currentIndex() < self.attempt.count() - 1
        chosen = self.attempt.currentData()
        self.show_record(record)
        if older and record is not None:
            self.show_attempt(int(chosen))

    def _list_attempts(self, attempts: list[KeptAttempt]) -> None:
        self.attempt.clear()
        for number, one in enumerate(attempts, 1):
            label = self.tr("Attempt {number} of {count}, {time}").format(
                number=number, count=len(attempts), time=words.clock_time(one.started_at)
            )
            self.attempt.addItem(label, one.id)
        self.attempt.setCurrentIndex(len(attempts) - 1)
        self.attempt.setVisible(len(attempts) > 1)

    def _show_chosen(self, at: int) -> None:
        attempt = self._services.history.attempt(int(self.attempt.itemData(at)))
        if attempt is not None:
            self._show(relay_text.of_attempt(attempt, self._services.redactor))

    def _show(self, text: RelayText) -> None:
        self.title.show_text(text.title)
        self.request_headers.show_text(text.request_headers)
        self.request_body.show_text(text.request_body)
        self.response_body.show_text(text.response_body)
        self.response_status.show_text(text.response_status)
        self.steps.show_text("\n\n".join(f"{title}\n{body}" for title, body in text.steps))


class _Block(QWidget):
    """A titled text that can be read, selected and copied, not changed."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = QPlainTextEdit()
        self._view.setReadOnly(True)
        self._view.setAcceptDrops(False)
        self._view.setTabChangesFocus(True)
        self._view.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._is_one_line = False
        self._fit_to_font()
        self._view.setAccessibleName(title)
        caption = QLabel(title)
        caption.setBuddy(self._view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(caption)
        layout.addWidget(self._view, 1)

    def make_one_line(self) -> None:
        """Take the room of one line."""
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._is_one_line = True
        self._fit_to_font()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the fixed font as large as the window's."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_font()

    def _fit_to_font(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF())
        self._view.setFont(font)
        line = self._view.fontMetrics().height()
        if self._is_one_line:
            self._view.setFixedHeight(round(line * 1.8))
        else:
            self._view.setMinimumHeight(line * LEAST_LINES)

    def show_text(self, text: str) -> None:
        """Show another text; the place where one reads is kept where it is the same."""
        if text != self._view.toPlainText():
            self._view.setPlainText(text)

    def text(self) -> str:
        """Give the text shown."""
        return self._view.toPlainText()
