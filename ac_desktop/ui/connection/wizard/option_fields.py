"""The last few answers, each with a good default: name and speed, and which data of a donor is sent and how."""

from dataclasses import replace

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from ac_desktop.model.connection import FASTEST_PACE, SLOWEST_PACE
from ac_desktop.model.donor import PhoneStyle
from ac_desktop.model.payload import ContactField
from ac_desktop.model.wording import tr
from ac_desktop.ui.base.flow_layout import FlowLayout
from ac_desktop.ui.base.forms import Form
from ac_desktop.ui.connection.wizard.wizard_state import WizardState


class NameFields(QObject):
    """Name and speed, as two rows of a form."""

    touched = Signal()

    def __init__(self, state: WizardState, form: Form, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.name, self.pace = QLineEdit(), QSpinBox()
        self.pace.setRange(SLOWEST_PACE, FASTEST_PACE)
        self.name_field = form.add_field(tr("N&ame:"), self.name)
        self._pace_field = form.add_field(tr("&Requests per second:"), self.pace)
        self.name.textChanged.connect(self._on_name)
        self.pace.valueChanged.connect(self._on_pace)

    def show_answers(self) -> None:
        """Show the answers."""
        if self.name.text() != self._state.name:
            self.name.setText(self._state.name)
        self.pace.setValue(self._state.pace)
        self._show_pace()

    def _on_name(self, text: str) -> None:
        if text != self._state.name:
            self._state.set_answers(replace(self._state.answers, name=text))
        self.name_field.show_error("")
        self.touched.emit()

    def _on_pace(self, pace: int) -> None:
        if pace != self._state.pace:
            self._state.set_answers(replace(self._state.answers, pace=pace))
        self._show_pace()

    def _show_pace(self) -> None:
        left = FASTEST_PACE - self._state.pace
        text = (
            tr(
                "Leaves {left} of ActiveCampaign's {all} requests per second for your web forms. Applies to the "
                "whole account."
            )
            if left
            else tr(
                "Leaves none of ActiveCampaign's {all} requests per second for your web forms. Applies to the "
                "whole account."
            )
        )
        self._pace_field.show_hint(text.format(left=left, all=FASTEST_PACE))


class DonorDataFields(QObject):
    """Who is kept off the list, how a phone number is written, and what is not overwritten, as rows of a form."""

    def __init__(self, state: WizardState, form: Form, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.guard = QCheckBox(tr("&Keep unsubscribed people off the list"))
        self.phone = QComboBox()
        self.kept = {
            ContactField.FIRST_NAME: QCheckBox(tr("First na&me")),
            ContactField.LAST_NAME: QCheckBox(tr("&Last name")),
            ContactField.PHONE: QCheckBox(tr("Ph&one")),
        }
        for style, text in (
            (PhoneStyle.DIGITS, tr("Digits only: 2252501301")),
            (PhoneStyle.E164, tr("International: +12252501301")),
            (PhoneStyle.AS_TYPED, tr("As in the file: (225) 250-1301")),
        ):
            self.phone.addItem(text, style.value)
        self._add_to(form)
        self.guard.toggled.connect(self._on_guard)
        self.phone.activated.connect(self._on_phone)
        for box in self.kept.values():
            box.toggled.connect(self._on_kept)

    def _add_to(self, form: Form) -> None:
        form.add_check(
            self.guard,
            tr(
                "People who unsubscribed, bounced or haven't confirmed are held for your decision. If off, they "
                "are sent, as Anedot does."
            ),
        )
        form.add_field(tr("P&hone numbers:"), self.phone)
        form.add_field(
            tr("Don't overwrite:"),
            self._kept_row(),
            tr(
                "Keeps the value in ActiveCampaign if there is one. Needs one more request per donor. Not "
                "available in bulk."
            ),
        )
        for box in self.kept.values():
            name = box.text().replace("&", "")
            box.setAccessibleName(tr("Don't overwrite: {field}", field=name))

    def _kept_row(self) -> QWidget:
        row = QWidget()
        layout = FlowLayout(row)
        for box in self.kept.values():
            layout.addWidget(box)
        row.setFocusProxy(self.kept[ContactField.FIRST_NAME])
        return row

    def show_answers(self) -> None:
        """Show the answers."""
        answers = self._state.answers
        self.guard.setChecked(answers.consent_guard)
        self.phone.setCurrentIndex(self.phone.findData(answers.phone_style.value))
        for field, box in self.kept.items():
            with QSignalBlocker(box):
                box.setChecked(field in answers.keep_fields)

    def _on_guard(self, on: bool) -> None:  # noqa: FBT001  Qt's signal gives it by position
        self._state.set_answers(replace(self._state.answers, consent_guard=on))

    def _on_kept(self) -> None:
        kept = frozenset(field for field, box in self.kept.items() if box.isChecked())
        self._state.set_answers(replace(self._state.answers, keep_fields=kept))

    def _on_phone(self, _number: int) -> None:
        style = PhoneStyle(self.phone.currentData())
        self._state.set_answers(replace(self._state.answers, phone_style=style))
