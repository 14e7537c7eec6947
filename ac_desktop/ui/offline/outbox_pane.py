"""The pane in the queue's place while an office's server is away: what waits for the office, and a form for more."""

import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.importing.validation.row_validator import ValidatedRow, validate_donor
from ac_desktop.model.reason_codes import FACTS, ReasonField
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.outbox import KnownConnection, Outbox, OutboxEntry
from ac_desktop.ui.base import formatting, privacy_mask
from ac_desktop.ui.base.forms import DonorLine, Form, small_label, typed_donor, widen
from ac_desktop.ui.base.visual.kinds import FrameKind, set_frame_kind
from ac_desktop.ui.base.visual.metrics import EMPTY_TITLE, SPACE_L, SPACE_M, SPACE_XL, sized_font


class OutboxPane(QFrame):
    """Shows that the server is away and who waits for it, and stores typed donors on this computer."""

    kept = Signal()

    def __init__(self, outbox: Outbox, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outbox = outbox
        self._known: list[KnownConnection] = []
        self.title = QLabel(tr("Your office's server can't be reached"))
        self.why = small_label("")
        self.connection = QComboBox()
        self.email, self.first, self.last, self.phone = DonorLine(), DonorLine(), DonorLine(), DonorLine()
        self.page, self.team = QLineEdit(), QLineEdit()
        self._donor = (self.email, self.first, self.last, self.phone)
        self._inputs = (*self._donor, self.page, self.team)
        self.save = QPushButton(tr("&Save and next"))
        self.message = QLabel()
        self.files = QLabel()
        self.heading = QLabel()
        self.waiting = QListWidget()
        self._lay_out()
        self.save.clicked.connect(self._save)
        for line in self._inputs:
            line.returnPressed.connect(self._save)
        self.refresh()

    def _lay_out(self) -> None:
        set_frame_kind(self, FrameKind.PANE)
        self.title.setFont(sized_font(self.font(), EMPTY_TITLE, QFont.Weight.DemiBold))
        self.files.hide()
        for label in (self.title, self.message, self.files):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        form = Form()
        form.add_field(tr("&Connection:"), self.connection)
        self._email_field = form.add_field(tr("&Email:"), self.email)
        form.add_field(tr("&First name:"), self.first)
        form.add_field(tr("&Last name:"), self.last)
        form.add_field(tr("&Phone:"), self.phone)
        self._page_field = form.add_field(tr("Pa&ge:"), self.page)
        form.add_field(tr("&Team:"), self.team)
        widen(self._inputs)
        self.waiting.setAccessibleName(tr("Donors waiting for the office"))
        self.waiting.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        explanation = small_label(
            tr(
                "You can still add donors. They wait on this computer and go to the office once the server is back. "
                "Nothing is sent to ActiveCampaign meanwhile, and files can be imported only then."
            )
        )
        typing, seen = QVBoxLayout(), QVBoxLayout()
        typing.addLayout(form)
        typing.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        typing.addStretch(1)
        seen.addWidget(self.heading)
        seen.addWidget(self.waiting, 1)
        beside = QHBoxLayout()
        beside.setSpacing(SPACE_XL)
        beside.addLayout(typing)
        beside.addLayout(seen, 1)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(SPACE_XL, SPACE_L, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_M)
        for part in (self.title, self.why, explanation, self.files, self.message):
            layout.addWidget(part)
        layout.addLayout(beside, 1)
        # A low window shows a part of it, and is not kept from being low.
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def show_away(self, why: str) -> None:
        """Show why the server cannot be reached, and what waits by now."""
        self.why.setText(why)
        self.refresh()

    def show_files(self, files: Sequence[Path]) -> None:
        """Show which files will be opened once the server is back."""
        names = ", ".join(file.name for file in files)
        self.files.setText(
            tr(
                "AC Desktop opens these files once the server is back, if this window stays open: {names}. Until then "
                "they stay where they are.",
                names=names,
            )
        )
        self.files.setVisible(bool(files))

    def choose(self, connection_id: int | None) -> None:
        """Choose the connection for which donors are typed, where it is known here."""
        for at, known in enumerate(self._known):
            if known.connection.id == connection_id:
                self.connection.setCurrentIndex(at)

    def refresh(self) -> None:
        """Show who waits, and the connections as the office last had them."""
        try:
            known, entries = self._outbox.connections(), self._outbox.entries()
        except StoreError as error:
            self.message.setText(str(error))
            return
        if known != self._known:
            self._known = known
            self.connection.clear()
            self.connection.addItems([one.connection.name for one in known])
        self.save.setEnabled(bool(known))
        if not known:
            self.message.setText(
                tr("AC Desktop doesn't know the office's connections on this computer yet, so no donor can be added.")
            )
        self._show_entries(entries)

    def _show_entries(self, entries: list[OutboxEntry]) -> None:
        self.heading.setText(tr("Waiting for the office: {count}", count=len(entries)))
        texts = [self._line(entry) for entry in reversed(entries)]
        if texts != [self.waiting.item(row).text() for row in range(self.waiting.count())]:
            self.waiting.clear()
            self.waiting.addItems(texts)

    @staticmethod
    def _line(entry: OutboxEntry) -> str:
        return tr(
            "{email}, for {connection}, added {when}",
            email=privacy_mask.masked_donor(entry.donor).email,
            connection=entry.connection_name,
            when=formatting.when(entry.typed_at, time.time()),
        )

    def follow_privacy_mask(self, _down: bool = False) -> None:  # noqa: FBT001, FBT002  a signal's argument
        """Mask or show names and addresses."""
        for line in self._donor:
            line.follow_privacy_mask()
        self.refresh()

    @property
    def has_text(self) -> bool:
        """Whether anything typed would be lost."""
        return any(line.text().strip() for line in self._donor)

    def _save(self) -> None:
        """Keep a donor on this computer, checked by the rules that the connection had last."""
        if not self.save.isEnabled():
            return
        known = self._known[max(0, self.connection.currentIndex())]
        settings = known.connection.settings
        typed = typed_donor(*self._inputs)
        checked = validate_donor(typed, settings.scope, settings.phone_style)
        for field in (self._email_field, self._page_field):
            field.show_error("")
        if checked.state is not RecordState.WAITING and checked.reason is not None:
            is_email = FACTS[checked.reason.code].field is ReasonField.EMAIL
            field = self._email_field if is_email else self._page_field
            field.show_error(privacy_mask.reason_text(checked.reason))
            field.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            self._outbox.add(
                OutboxEntry(
                    key_name=known.key_name,
                    connection_name=known.connection.name,
                    donor=typed,
                    typed_at=time.time(),
                )
            )
        except StoreError as error:
            self.message.setText(str(error))
            return
        self._begin_next(checked)

    def _begin_next(self, checked: ValidatedRow) -> None:
        email = privacy_mask.masked_donor(checked.donor).email
        notes = " ".join(privacy_mask.warning_text(one) for one in checked.warnings)
        self.message.setText(tr("{donor} is waiting for the office. {notes}", donor=email, notes=notes).strip())
        for line in self._donor:
            line.clear()
        self.refresh()
        self.email.setFocus(Qt.FocusReason.OtherFocusReason)
        self.kept.emit()
