"""The card over a held or failed donor's request: why it was not sent, and what puts it back in the queue."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ac_desktop.importing.corrections import edits
from ac_desktop.importing.validation.row_validator import ValidatedRow
from ac_desktop.model.connection import Connection
from ac_desktop.model.reason_codes import DECIDED_BY_PERSON, FACTS, ReasonField
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base import icons, privacy_mask
from ac_desktop.ui.base.forms import DonorLine
from ac_desktop.ui.base.parts.notice_frame import paint_ground
from ac_desktop.ui.base.theme import Tone, banner_pair
from ac_desktop.ui.base.visual.colors import current_colors
from ac_desktop.ui.base.visual.kinds import ButtonKind, set_button_kind
from ac_desktop.ui.base.visual.metrics import CARD_TITLE, HELP, SPACE_M, SPACE_S, scaled, sized_font

_ABOUT_THE_ADDRESS = frozenset({ReasonCode.DONOR_REFUSED, ReasonCode.BULK_FAILED_ADDRESS})


class FixCard(QWidget):
    """Shown for held and failed donors; the address is corrected in place, and the original row is kept."""

    correction_wanted = Signal(object, str)
    put_back_wanted = Signal(object)
    decide_wanted = Signal(object)
    edit_wanted = Signal(object)
    remove_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record: Record | None = None
        self._connection: Connection | None = None
        self._tone = Tone.WARNING
        self._icon = QLabel()
        self.title = _label()
        self.why = _label()
        self.email = DonorLine()
        self.error = _label()
        self.put_back = QPushButton(tr("Put back in the queue"))
        self.decide = QPushButton(tr("Decide…"))
        self.edit = QPushButton(tr("Edit donor…"))
        self.remove = QPushButton(tr("Remove donor"))
        self._lay_out()
        self.email.textEdited.connect(self._check)
        self.email.returnPressed.connect(self._put_back)
        self.put_back.clicked.connect(self._put_back)
        for button, signal in (
            (self.decide, self.decide_wanted),
            (self.edit, self.edit_wanted),
            (self.remove, self.remove_wanted),
        ):
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit(self._record))

    def _lay_out(self) -> None:
        self.setAccessibleName(tr("What to do about this donor"))
        self.email.setAccessibleName(tr("Email"))
        set_button_kind(self.remove, ButtonKind.FLAT)
        head = QHBoxLayout()
        head.setSpacing(SPACE_S)
        head.addWidget(self._icon)
        head.addWidget(self.title, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        for button in (self.put_back, self.decide, self.edit, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
        layout.setSpacing(SPACE_S)
        layout.addLayout(head)
        for part in (self.why, self.email, self.error):
            layout.addWidget(part)
        layout.addLayout(buttons)
        self._fit_to_font()

    def show_record(self, record: Record, connection: Connection | None) -> None:
        """Show what can be done about a record; hidden where nothing needs to be done."""
        self._record, self._connection = record, connection
        needs = record.state in {RecordState.HELD, RecordState.FAILED} and record.reason is not None
        self.setVisible(needs)
        if not needs or record.reason is None:
            return
        code = record.reason.code
        decides = record.state is RecordState.HELD and code in DECIDED_BY_PERSON
        can_edit = connection is not None and edits.can_be_edited(record)
        has_field = can_edit and not decides and _is_about_address(code)
        self._tone = Tone.WARNING if record.state is RecordState.HELD else Tone.PROBLEM
        self.title.setText(_title(record, decides=decides, has_field=has_field))
        why = privacy_mask.reason_text(record.reason)
        if has_field:
            kept = tr("The original row is kept.")
            why = f"{why} {kept}"
        self.why.setText(why)
        self.email.setText(record.donor.email)
        self.email.setCursorPosition(0)
        self.email.follow_privacy_mask()
        self.error.hide()
        self.email.setVisible(has_field)
        incomplete = FACTS[code].incomplete and not has_field
        self.put_back.setVisible(not decides and not incomplete)
        self.decide.setVisible(decides)
        self.edit.setVisible(can_edit and not has_field)
        self._color()

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette and font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._color()
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_font()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint."""
        paint_ground(self, self._tone)

    def _check(self, _text: str = "") -> ValidatedRow | None:
        """Check what is typed by the code that checks files."""
        if self._record is None or self._connection is None:
            return None
        row = edits.validate_edit(self._record, {"email": self.email.text()}, self._connection)
        wrong = ""
        if row.state is RecordState.HELD and row.reason is not None and row.reason.code not in DECIDED_BY_PERSON:
            wrong = privacy_mask.reason_text(row.reason)
        self.error.setText(wrong)
        self.error.setVisible(bool(wrong))
        self.email.setAccessibleDescription(wrong)
        return row

    def _put_back(self) -> None:
        record = self._record
        if record is None:
            return
        if self.email.isHidden():
            self.put_back_wanted.emit(record)
            return
        row = self._check()
        if row is None or not self.error.isHidden():
            self.email.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.email.text() == record.donor.email and record.state is RecordState.FAILED:
            self.put_back_wanted.emit(record)
        else:
            self.correction_wanted.emit(record, self.email.text())

    def _color(self) -> None:
        pair = banner_pair(self._tone, current_colors())
        side = scaled(18, self)
        name = "held" if self._tone is Tone.WARNING else "failed"
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(icons.icon_in(name, pair.text).pixmap(QSize(side, side), ratio))
        palette = self.title.palette()
        palette.setColor(self.title.foregroundRole(), pair.text)
        self.title.setPalette(palette)
        self.error.setPalette(palette)
        self.update()

    def _fit_to_font(self) -> None:
        self.title.setFont(sized_font(self.font(), CARD_TITLE, QFont.Weight.DemiBold))
        for label in (self.why, self.error):
            label.setFont(sized_font(self.font(), HELP))


def _label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _is_about_address(code: ReasonCode) -> bool:
    return FACTS[code].field is ReasonField.EMAIL or code in _ABOUT_THE_ADDRESS


def _title(record: Record, *, decides: bool, has_field: bool) -> str:
    if decides:
        return tr("Your decision is needed")
    if has_field and record.state is RecordState.HELD:
        return tr("The email must be fixed")
    return tr("Held") if record.state is RecordState.HELD else tr("Not sent")
