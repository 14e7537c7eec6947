"""Rows whose email addresses have the same typing error, and the notice that offers to fix them all at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ac_desktop.importing.corrections.edits import can_be_edited
from ac_desktop.importing.validation import warnings
from ac_desktop.importing.validation.warnings import WarningCode
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.wording import ntr, tr
from ac_desktop.services import Services
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.labels import ElidedLabel
from ac_desktop.ui.base.parts.notice_frame import NoticeFrame
from ac_desktop.ui.base.theme import Tone
from ac_desktop.ui.base.visual.kinds import ButtonKind, set_button_kind
from ac_desktop.ui.base.visual.metrics import SPACE_M, SPACE_S, scaled, sized_font
from ac_desktop.ui.importing.checking.corrections import RowChange
from ac_desktop.ui.importing.checking.sentence_label import SentenceLabel

_FEWEST: Final = 2
_READ_AT_ONCE: Final = 500


@dataclass(frozen=True)
class AlikeRows:
    """Rows with the same mistyped domain, and what fixes each; `is_held` where they are held for it."""

    typed: str
    meant: str
    changes: tuple[RowChange, ...]
    is_held: bool


def suggested(record: Record | None) -> str:
    """Return the address that may have been meant; "" where there is none."""
    if record is None or not record.warnings:
        return ""
    found = warnings.from_json(record.warnings)
    return next((one.values["suggestion"] for one in found if one.code is WarningCode.EMAIL_SUGGESTION), "")


def alike_rows(services: Services, batch_id: int) -> tuple[AlikeRows, ...]:
    """Read the rows of a staged batch that have the same typing error, the most frequent error first."""
    ids = services.staging.ids_with_warning(batch_id, WarningCode.EMAIL_SUGGESTION.value)
    groups: dict[tuple[str, str], list[tuple[Record, str]]] = {}
    for start in range(0, len(ids), _READ_AT_ONCE):
        _group(groups, services.record_reader.by_ids(ids[start : start + _READ_AT_ONCE].tolist()))
    made = [
        AlikeRows(
            typed,
            meant,
            tuple(RowChange(record.id, {"email": address}) for record, address in found),
            any(record.reason is not None and record.reason.code is ReasonCode.BAD_EMAIL for record, _ in found),
        )
        for (typed, meant), found in groups.items()
        if len(found) >= _FEWEST
    ]
    return tuple(sorted(made, key=lambda one: -len(one.changes)))


def _group(groups: dict[tuple[str, str], list[tuple[Record, str]]], records: Iterable[Record]) -> None:
    for record in records:
        address = suggested(record)
        name, _, typed = record.donor.email.partition("@")
        same_name, _, meant = address.partition("@")
        if address and typed and name == same_name and can_be_edited(record):
            groups.setdefault((typed, meant), []).append((record, address))


class AlikeNotice(NoticeFrame):
    """Offers the most frequent error that nobody has decided about; `fix_wanted` carries the rows' corrections."""

    fix_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[AlikeRows, ...] = ()
        self._left: set[tuple[str, str]] = set()
        self.title, self.explanation = SentenceLabel(), ElidedLabel()
        self.leave = QPushButton(tr("Leave as they are"))
        self.fix = QPushButton(tr("Fix all {count}", count=formatting.count(0)))
        self.title.setFont(sized_font(self.title.font(), 1.0, QFont.Weight.DemiBold))
        set_button_kind(self.leave, ButtonKind.FLAT)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.title)
        texts.addWidget(self.explanation)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*(scaled(one, self) for one in (SPACE_M, SPACE_S, SPACE_S, SPACE_S)))
        layout.addLayout(texts, 1)
        layout.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.fix, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_tone(Tone.WARNING)
        self.leave.clicked.connect(self._leave)
        self.fix.clicked.connect(self._fix)
        self.hide()

    @property
    def offered(self) -> AlikeRows | None:
        """The rows that are offered to be fixed."""
        return next((one for one in self._rows if (one.typed, one.meant) not in self._left), None)

    def rows_of(self, record_id: int) -> AlikeRows | None:
        """Return the rows that have the same error as a row, with it; None where no other one has."""
        return next((one for one in self._rows if any(change.record_id == record_id for change in one.changes)), None)

    def fix_rows(self, rows: AlikeRows) -> None:
        """Ask to fix these rows; they are offered no more."""
        self.show_rows([one for one in self._rows if one is not rows])
        self.fix_wanted.emit(rows.changes)

    def forget(self) -> None:
        """Forget what was decided, as another file is shown."""
        self._left.clear()
        self.show_rows(())

    def set_one_line(self, *, one_line: bool) -> None:
        """Leave the explanation to the tooltip where there is little room."""
        self.explanation.setHidden(one_line)
        self.title.set_one_line(one_line=one_line)

    def show_rows(self, rows: Sequence[AlikeRows]) -> None:
        """Offer the first of these that nobody has decided about; the notice hides where there are none."""
        self._rows = tuple(rows)
        offered = self.offered
        if offered is not None:
            number = len(offered.changes)
            self.title.show_text(
                ntr(
                    "“{typed}” in {count} row. Did you mean “{meant}”?",
                    "“{typed}” in {count} rows. Did you mean “{meant}”?",
                    number,
                    typed=offered.typed,
                    meant=offered.meant,
                )
            )
            self.explanation.show_text(
                tr("AC Desktop holds these donors until you fix the email.")
                if offered.is_held
                else tr("AC Desktop will send these donors as they are unless you fix the email.")
            )
            self.setToolTip(self.explanation.text())
            self.title.setAccessibleDescription(self.explanation.text())
            self.fix.setText(tr("Fix all {count}", count=formatting.count(number)))
        self.setVisible(offered is not None)

    def _leave(self) -> None:
        if (offered := self.offered) is not None:
            self._left.add((offered.typed, offered.meant))
            self.show_rows(self._rows)

    def _fix(self) -> None:
        if (offered := self.offered) is not None:
            self.fix_rows(offered)
