"""The notice after an import: what is in the queue now, with its result and its undo one click away."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from ac_desktop.model import wording
from ac_desktop.model.wording import ntr, source_name, tr
from ac_desktop.ui.base import formatting, icons
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.base.parts.announcing import announce
from ac_desktop.ui.base.parts.folding_row import FoldingRow
from ac_desktop.ui.base.parts.notice_frame import NoticeFrame
from ac_desktop.ui.base.theme import Tone
from ac_desktop.ui.base.visual.kinds import ButtonKind, set_button_kind
from ac_desktop.ui.base.visual.metrics import CARD_TITLE, HELP, SPACE_L, SPACE_M, SPACE_S, sized_font
from ac_desktop.ui.base.window_state import WindowState
from ac_desktop.ui.importing.flow import ImportFlow
from ac_desktop.ui.importing.import_state import ImportStage, ImportState, QueuedBatch
from ac_desktop.ui.importing.sheet import ImportSheet


class ImportNotice(NoticeFrame):
    """Shown from the end of an import until a person closes it, or relays."""

    def __init__(self, flow: ImportFlow, sheet: ImportSheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
        self._seconds: float | None = None
        self._batches: tuple[int, ...] = ()
        self._is_over = False
        self._icon = QLabel()
        self.title = small_label("")
        self.text = small_label("")
        self.result = QPushButton(tr("Import result"))
        self.undo = QPushButton(tr("Undo import"))
        self.close_button = QToolButton()
        self._told = QVBoxLayout()
        self._row = FoldingRow(self._told)
        self._lay_out()
        flow.changed.connect(self.show_import)
        self.result.clicked.connect(sheet.show_result)
        self.undo.clicked.connect(flow.undo)
        self.close_button.clicked.connect(flow.dismiss)
        self.hide()

    def _lay_out(self) -> None:
        for button in (self.result, self.undo):
            set_button_kind(button, ButtonKind.LINK)
        self.close_button.setAccessibleName(tr("Close this message"))
        self.close_button.setToolTip(tr("Close this message"))
        icons.set_icon(self.close_button, "close")
        self._told.setSpacing(0)
        for label in (self.title, self.text):
            self._told.addWidget(label)
        for part in (self.result, self.undo):
            self._row.buttons.addWidget(part)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_L, SPACE_S, SPACE_S, SPACE_S)
        layout.setSpacing(SPACE_M)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(self._row, 1)
        layout.addWidget(self.close_button)
        self._fit_to_font()

    def show_state(self, state: WindowState) -> None:
        """Show how long the relay takes; the notice is over as soon as one runs."""
        self._seconds = state.seconds_needed
        self._is_over = self._is_over or (state.is_running and self.isVisible())
        self.show_import(self._flow.state)

    def end(self) -> None:
        """End the notice, as a relay has ended, though it may have been too short to be seen running."""
        self._is_over = True
        self.show_import(self._flow.state)

    def show_import(self, state: ImportState) -> None:
        """Show the state of the import."""
        is_wanted = state.stage is ImportStage.RESULT and bool(state.queued)
        batches = tuple(one.facts.id for one in state.queued) if is_wanted else ()
        is_new = bool(batches) and batches != self._batches
        self._batches = batches
        is_relayed = any(one.result.sending or one.result.sent or one.result.failed for one in state.queued)
        self._is_over = is_relayed or (self._is_over and not is_new)
        if is_wanted:
            self.title.setText(_title(state.queued))
            self.text.setText(_text(state, self._seconds))
            self.undo.setEnabled(any(one.result.waiting for one in state.queued))
            self.setAccessibleName(f"{self.title.text()}. {self.text.text()}")
        self.setVisible(is_wanted and not self._is_over)
        if is_new:
            self._recolor()
            announce(self, self.accessibleName())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the text where they would take half of its room."""
        super().resizeEvent(event)
        self._row.fold(is_narrow=self._row.buttons.sizeHint().width() * 2 > self.width())

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette and font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_font()

    def recolor(self) -> None:
        """Recolor the notice, as the palette has changed."""
        self._recolor()

    def _recolor(self) -> None:
        self.show_tone(Tone.GOOD)
        size = icons.size_for(self, 1.2).width()
        self._icon.setPixmap(icons.pixmap("sent", Tone.GOOD, size, self.devicePixelRatioF()))

    def _fit_to_font(self) -> None:
        self.title.setFont(sized_font(self.font(), CARD_TITLE, QFont.Weight.DemiBold))
        self.text.setFont(sized_font(self.font(), HELP))
        self.close_button.setIconSize(icons.size_for(self))


def _title(queued: tuple[QueuedBatch, ...]) -> str:
    if len(queued) == 1:
        facts = queued[0].facts
        return tr("{file} is in the queue", file=source_name(facts.kind, facts.file_name))
    return ntr("{count} file in the queue", "{count} files in the queue", len(queued))


def _text(state: ImportState, seconds: float | None) -> str:
    if state.text:
        return state.text
    told = " ".join(tr("{result}.", result=formatting.import_result_text(one.result)) for one in state.queued)
    if seconds is None:
        return told
    return tr("{results} Time to relay: {time}.", results=told, time=wording.about(seconds))
