"""The details pane: a record, its relay in the four blocks of the integration page, and every step behind it."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QScrollArea, QTabBar, QTabWidget, QVBoxLayout, QWidget

from ac_desktop.model.attempts import StoredAttempt
from ac_desktop.model.wording import escape_control_characters, tr
from ac_desktop.services import Services
from ac_desktop.store.queue.decisions import DecisionRecord
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base import formatting, privacy_mask
from ac_desktop.ui.base.labels import ElidedLabel
from ac_desktop.ui.log import relay_text
from ac_desktop.ui.log.edit_history import edits_text
from ac_desktop.ui.log.lines import LogLine, Mask
from ac_desktop.ui.log.relay_text import RelayText
from ac_desktop.ui.log.summary import source_text, summary
from ac_desktop.ui.log.text_block import AnswerBlock, TextBlock


class DetailsTab(IntEnum):
    """The tabs, in their order."""

    SUMMARY = 0
    REQUEST = 1
    RESPONSE = 2
    ATTEMPTS = 3
    SOURCE = 4


class DetailsPane(QWidget):
    """Shows a record with its attempts, or the attempt of a log line."""

    failed = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._record: Record | None = None
        self._decisions: list[DecisionRecord] = []
        self.tabs = QTabWidget()
        self.title = ElidedLabel()
        self.attempt = QComboBox()
        self.request_headers = TextBlock(tr("Request headers"))
        self.request_body = TextBlock(tr("Request body"))
        self.response_body = AnswerBlock(tr("Response body"))
        self.response_status = TextBlock(tr("Response status"))
        self.support = ElidedLabel()
        self.steps = TextBlock(tr("Requests sent"))
        self.timeline = TextBlock(tr("Attempts"))
        self.summary = TextBlock(tr("Summary"))
        self.source = TextBlock(tr("Source row"))
        self._lay_out()
        self.attempt.activated.connect(self._show_chosen)
        self.clear()

    def _lay_out(self) -> None:
        self.setAccessibleName(tr("Details"))
        self.tabs.setAccessibleName(tr("Details"))
        self.tabs.setDocumentMode(True)
        self.attempt.setAccessibleName(tr("Attempt"))
        self.attempt.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.attempt)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self.tabs, 1)
        self.request_headers.make_one_line()
        self.response_status.make_one_line()
        for block in (self.timeline, self.summary, self.source):
            block.fill_tab()
        self.tabs.addTab(self.summary, tr("Summary"))
        self.tabs.addTab(_page(self.request_headers, self.request_body, self.steps), tr("Request"))
        self.tabs.addTab(_page(self.response_status, self.support, self.response_body), tr("Response"))
        self.tabs.addTab(self.timeline, tr("Attempts"))
        self.tabs.addTab(self.source, tr("Source row"))
        for block in self.blocks:
            block.save_failed.connect(self.failed)
        self.tabs.setCurrentIndex(DetailsTab.REQUEST)

    @property
    def blocks(self) -> Sequence[TextBlock]:
        """Every text that can be copied and saved."""
        return (
            self.request_headers,
            self.request_body,
            self.response_status,
            self.response_body,
            self.steps,
            self.timeline,
            self.summary,
            self.source,
        )

    def tabBar(self) -> QTabBar:
        """Return the bar by which the pane is entered."""
        return self.tabs.tabBar()

    def open_tab(self, tab: DetailsTab) -> None:
        """Show a tab, and focus it for reading by keyboard."""
        self.tabs.setCurrentIndex(tab)
        self.tabs.tabBar().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_again(self) -> None:
        """Show the same again, as the privacy mask has changed."""
        if self._record is not None:
            self.show_record(self._services.record_reader.record(self._record.id))

    def clear(self) -> None:
        """Show that nothing is selected."""
        self._record = None
        self.attempt.clear()
        self.attempt.hide()
        self._show(RelayText(tr("Select a donor or a log entry."), "", request_headers=""))
        for block in (self.summary, self.timeline, self.source):
            block.show_text("")

    def show_record(self, record: Record | None) -> None:
        """Show a record with its newest attempt, else what a relay will send."""
        if record is None:
            self.clear()
            return
        self._record = record
        attempts = self._services.history.attempts_of(record.id)
        self._decisions = self._services.decisions.of(record.id)
        self._list_attempts(attempts)
        mask = self._mask(record)
        shown = privacy_mask.masked_record(record)
        self.summary.show_text(mask(summary(shown)))
        self.timeline.show_text(relay_text.timeline(attempts, self._decisions, mask))
        source = source_text(shown, self._services.record_reader.source_row(record.id))
        edits = edits_text(self._services.record_edits.of(record.id))
        self.source.show_text(escape_control_characters(mask(f"{edits}\n\n{source}" if edits else source)))
        connection = self._services.connections.get(record.connection_id)
        if attempts:
            self._show(relay_text.of_attempt(attempts[-1], mask))
        elif connection:
            self._show(relay_text.of_record(shown, connection, mask))

    def show_attempt(self, attempt_id: int) -> None:
        """Show one attempt, with its record."""
        attempt = self._services.history.attempt(attempt_id)
        if attempt is None:
            return
        self.show_record(self._services.record_reader.record(attempt.record_id))
        self.attempt.setCurrentIndex(self.attempt.findData(attempt_id))
        self._show(relay_text.of_attempt(attempt, self._mask(self._record)))

    def show_line(self, line: LogLine) -> None:
        """Show the attempt or the record of a log line."""
        if line.attempt_id:
            self.show_attempt(line.attempt_id)
        elif line.record_id:
            self.show_record(self._services.record_reader.record(line.record_id))

    def refresh(self) -> None:
        """Show the current state of the record; a person who reads an older attempt stays there."""
        if self._record is None:
            return
        record = self._services.record_reader.record(self._record.id)
        if record == self._record and self._services.decisions.of(self._record.id) == self._decisions:
            return
        older = self.attempt.currentIndex() < self.attempt.count() - 1
        chosen = self.attempt.currentData()
        self.show_record(record)
        if older and record is not None:
            self.show_attempt(int(chosen))

    def _list_attempts(self, attempts: list[StoredAttempt]) -> None:
        self.attempt.clear()
        for number, one in enumerate(attempts, 1):
            label = tr(
                "Attempt {number} of {count}, {time}",
                number=number,
                count=len(attempts),
                time=formatting.clock_time(one.started_at),
            )
            self.attempt.addItem(label, one.id)
        self.attempt.setCurrentIndex(len(attempts) - 1)
        self.attempt.setVisible(len(attempts) > 1)

    def _show_chosen(self, at: int) -> None:
        attempt = self._services.history.attempt(int(self.attempt.itemData(at)))
        if attempt is not None:
            self._show(relay_text.of_attempt(attempt, self._mask(self._record)))

    def _mask(self, record: Record | None) -> Mask:
        """Mask the key at all times, and the donor while the privacy mask is on."""
        redactor = self._services.redactor
        donor = record.donor if record else None

        def mask(text: str) -> str:
            return privacy_mask.mask_donor_values(redactor(text), donor)

        return mask

    def _show(self, text: RelayText) -> None:
        self.title.show_text(privacy_mask.mask_text(text.title))
        self.request_headers.show_text(text.request_headers)
        self.request_body.show_text(text.request_body)
        self.response_body.show_answer(text.response_body, text.raw_response)
        self.response_status.show_text(text.response_status)
        self.support.show_text(text.support)
        self.support.setVisible(bool(text.support))
        self.steps.show_text("\n\n".join(f"{title}\n{body}" for title, body in text.steps))


def _page(*parts: QWidget) -> QScrollArea:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(6, 6, 6, 6)
    for part in parts:
        layout.addWidget(part)
    scroll = QScrollArea()
    scroll.setWidget(page)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return scroll
