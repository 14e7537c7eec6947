"""The inspector: a donor, the relay as the integration page shows it, every request, the source row, the history."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QTabBar, QTabWidget, QVBoxLayout, QWidget

from ac_desktop.model.attempts import StoredAttempt
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import escape_control_characters, ntr, tr
from ac_desktop.services import Services
from ac_desktop.store.queue.decisions import DecisionRecord
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base import formatting, privacy_mask
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.base.labels import ElidedLabel
from ac_desktop.ui.base.parts.pill import StatePill
from ac_desktop.ui.base.visual.kinds import FrameKind, set_frame_kind
from ac_desktop.ui.base.visual.metrics import (
    INSPECTOR_NAME,
    SECOND_LINE,
    SPACE_L,
    SPACE_M,
    SPACE_S,
    SPACE_XS,
    scaled,
    sized_font,
)
from ac_desktop.ui.log import relay_text
from ac_desktop.ui.log.attempts_page import AttemptsPage
from ac_desktop.ui.log.edit_history import edits_text
from ac_desktop.ui.log.lines import LogLine, Mask
from ac_desktop.ui.log.overview import Overview
from ac_desktop.ui.log.relay_text import RelayText
from ac_desktop.ui.log.summary import source_text, summary, why_not_sent
from ac_desktop.ui.log.text_block import TextBlock

LEAST_WIDTH: Final = 392
NOTHING: Final = RelayText("", "", request_headers="")


class DetailsTab(IntEnum):
    """The tabs, in their order."""

    OVERVIEW = 0
    ATTEMPTS = 1
    SOURCE = 2
    HISTORY = 3


class DetailsPane(QFrame):
    """Shows a record with its attempts, or the attempt of a log line."""

    failed = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._record: Record | None = None
        self._attempts: list[StoredAttempt] = []
        self._decisions: list[DecisionRecord] = []
        self._shown_step: tuple[int, int] | None = None
        self.tabs = QTabWidget()
        self.name = ElidedLabel()
        self.owner = ElidedLabel()
        self.editors = small_label("")
        self.state = StatePill()
        self.empty = QLabel(tr("Select a donor or a log entry."))
        self.overview = Overview()
        self.attempts_page = AttemptsPage()
        self.source = TextBlock(tr("Source row"))
        self.timeline = TextBlock(tr("History"))
        self._lay_out()
        self.overview.attempt.activated.connect(self._show_chosen)
        self.overview.whole.clicked.connect(self._show_whole)
        self.clear()

    def _lay_out(self) -> None:
        self.setAccessibleName(tr("Details"))
        set_frame_kind(self, FrameKind.PANE)
        self.tabs.setAccessibleName(tr("Details"))
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setExpanding(False)
        self.tabs.tabBar().setDrawBase(False)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        who = QVBoxLayout()
        who.setSpacing(0)
        who.addWidget(self.name)
        who.addWidget(self.owner)
        who.addWidget(self.editors)
        self.editors.hide()
        head = QHBoxLayout()
        head.setContentsMargins(SPACE_L, SPACE_M, SPACE_L, SPACE_XS)
        head.addLayout(who, 1)
        head.addWidget(self.state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        below = QHBoxLayout()
        below.setContentsMargins(SPACE_S, 0, SPACE_S, 0)
        below.addWidget(self.tabs)
        below.addWidget(self.empty)
        layout.addLayout(below, 1)
        for block in (self.timeline, self.source):
            block.fill_tab()
        self.tabs.addTab(self.overview, tr("Overview"))
        self.tabs.addTab(self.attempts_page, tr("Attempts"))
        self.tabs.addTab(self.source, tr("Source row"))
        self.tabs.addTab(self.timeline, tr("History"))
        for block in self.blocks:
            block.save_failed.connect(self.failed)
        self._fit_to_font()

    @property
    def blocks(self) -> Sequence[TextBlock]:
        """Every text that can be copied and saved."""
        return (
            self.overview.request_body,
            self.overview.response_body,
            self.attempts_page.request,
            self.attempts_page.response,
            self.attempts_page.headers,
            self.source,
            self.timeline,
        )

    @property
    def record_id(self) -> int | None:
        """The record that is shown."""
        return self._record.id if self._record is not None else None

    def show_editors(self, text: str) -> None:
        """Show who else is changing this donor; "" where nobody does."""
        self.editors.setText(text)
        self.editors.setVisible(bool(text))

    def tabBar(self) -> QTabBar:
        """Return the bar by which the pane is entered."""
        return self.tabs.tabBar()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_font()

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
        self._attempts = []
        self.name.show_text("")
        self.owner.show_text("")
        self.state.show_label(None)
        self.overview.attempt.clear()
        self.overview.attempt.hide()
        self.overview.fix.hide()
        self._shown_step = None
        self.overview.show_relay(NOTHING, "")
        self.attempts_page.show_attempts([])
        for block in (self.timeline, self.source):
            block.show_text("")
        self._show_parts()

    def show_record(self, record: Record | None) -> None:
        """Show a record with its newest attempt, else what a relay will send."""
        if record is None:
            self.clear()
            return
        self._record = record
        self._attempts = self._services.history.attempts_of(record.id)
        self._decisions = self._services.decisions.of(record.id)
        self._list_attempts()
        mask, shown = self._mask(record), privacy_mask.masked_record(record)
        self._show_head(shown)
        self._show_history(record, shown, mask)
        connection = self._services.connections.get(record.connection_id)
        self.overview.fix.show_record(record, connection)
        self.attempts_page.show_attempts(
            [(one.id, self._attempt_words(at), relay_text.of_attempt(one, mask).steps) for at, one in self._numbered()]
        )
        if self._attempts:
            self._show(relay_text.of_attempt(self._attempts[-1], mask))
        elif connection:
            self._show(relay_text.of_record(shown, connection, mask))
        self._show_parts()

    def show_attempt(self, attempt_id: int) -> None:
        """Show one attempt, with its record."""
        attempt = self._services.history.attempt(attempt_id)
        if attempt is None:
            return
        self.show_record(self._services.record_reader.record(attempt.record_id))
        self.overview.attempt.setCurrentIndex(self.overview.attempt.findData(attempt_id))
        self.attempts_page.choose(attempt_id, -1)
        self._show(relay_text.of_attempt(attempt, self._mask(self._record)))

    def show_line(self, line: LogLine) -> None:
        """Show exactly the request of a log line with its response, or the attempt or the record of the line."""
        if line.attempt_id:
            self.show_attempt(line.attempt_id)
        elif line.record_id:
            self.show_record(self._services.record_reader.record(line.record_id))
        self.tabs.setCurrentIndex(DetailsTab.OVERVIEW)
        if line.step is not None:
            self._show_step(line.attempt_id, line.step)

    def _show_step(self, attempt_id: int, step: int) -> None:
        attempt = self._services.history.attempt(attempt_id)
        if attempt is None or self._record is None or step >= len(attempt.steps):
            return
        self._shown_step = (attempt_id, step)
        self.attempts_page.choose(attempt_id, step)
        self.overview.show_step(relay_text.of_attempt(attempt, self._mask(self._record)).steps[step])

    def _show_whole(self) -> None:
        """Show the attempt whose request was shown."""
        if self._shown_step is not None:
            self.show_attempt(self._shown_step[0])
            self.overview.attempt.setFocus()

    def refresh(self) -> None:
        """Show the current state of the record; a person who reads an older attempt or one request stays there."""
        if self._record is None:
            return
        record = self._services.record_reader.record(self._record.id)
        if record == self._record and self._services.decisions.of(self._record.id) == self._decisions:
            return
        chooser = self.overview.attempt
        older = chooser.currentIndex() < chooser.count() - 1
        chosen, step = chooser.currentData(), self._shown_step
        self.show_record(record)
        if older and record is not None:
            self.show_attempt(int(chosen))
        if step is not None and record is not None:
            self._show_step(*step)

    def _numbered(self) -> list[tuple[int, StoredAttempt]]:
        return list(enumerate(self._attempts, 1))

    def _attempt_words(self, number: int) -> str:
        return tr(
            "Attempt {number} of {count}, {time}",
            number=number,
            count=len(self._attempts),
            time=formatting.clock_time(self._attempts[number - 1].started_at),
        )

    def _list_attempts(self) -> None:
        chooser = self.overview.attempt
        chooser.clear()
        for number, one in self._numbered():
            chooser.addItem(self._attempt_words(number), one.id)
        chooser.setCurrentIndex(len(self._attempts) - 1)
        chooser.setVisible(len(self._attempts) > 1)

    def _show_chosen(self, at: int) -> None:
        attempt = self._services.history.attempt(int(self.overview.attempt.itemData(at)))
        if attempt is not None:
            self._show(relay_text.of_attempt(attempt, self._mask(self._record)))

    def _show_head(self, shown: Record) -> None:
        name = formatting.donor_name(shown.donor)
        self.name.show_text(escape_control_characters(name or shown.donor.email))
        self.state.show_label(formatting.record_label(shown.state))

    def _show_history(self, record: Record, shown: Record, mask: Mask) -> None:
        parts = [
            relay_text.timeline(self._attempts, self._decisions, mask),
            mask(edits_text(self._services.record_edits.of(record.id))),
        ]
        self.timeline.show_text(escape_control_characters("\n\n".join(part for part in parts if part)))
        source = source_text(shown, self._services.record_reader.source_row(record.id))
        self.source.show_text(escape_control_characters(mask(f"{source}\n\n{summary(shown)}")))

    def _mask(self, record: Record | None) -> Mask:
        """Mask the key at all times, and the donor while the privacy mask is on."""
        redactor = self._services.redactor
        donor = record.donor if record else None

        def mask(text: str) -> str:
            return privacy_mask.mask_donor_values(redactor(text), donor)

        return mask

    def _show(self, text: RelayText) -> None:
        self._shown_step = None
        self.owner.show_text(escape_control_characters(privacy_mask.mask_text(text.owner)))
        self.overview.show_relay(text, self._meaning(text))

    def _meaning(self, text: RelayText) -> str:
        """Return what became of the donor, and of the attempt that is shown."""
        record = self._record
        if record is None:
            return ""
        shown = privacy_mask.masked_record(record)
        sentence = "" if self.overview.fix.isVisibleTo(self.overview) else why_not_sent(shown)
        if record.state is RecordState.SENT:
            sentence = formatting.outcome_text(shown) or sentence
        if not self._attempts:
            return sentence
        took = formatting.count(text.duration_ms)
        attempts = ntr("{count} attempt, {ms} ms.", "{count} attempts, {ms} ms.", len(self._attempts), ms=took)
        return f"{sentence} {attempts}".strip()

    def _show_parts(self) -> None:
        is_shown = self._record is not None
        self.tabs.setVisible(is_shown)
        self.empty.setVisible(not is_shown)

    def _fit_to_font(self) -> None:
        self.name.setFont(sized_font(self.font(), INSPECTOR_NAME, QFont.Weight.DemiBold))
        self.owner.setFont(sized_font(self.font(), SECOND_LINE))
        self.setMinimumWidth(scaled(LEAST_WIDTH, self))
