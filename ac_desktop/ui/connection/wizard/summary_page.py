"""The last page: a summary, what it changes for waiting donors, and a name."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.model.connection import FASTEST_PACE, SLOWEST_PACE
from ac_desktop.model.donor import PhoneStyle
from ac_desktop.model.payload import ContactField
from ac_desktop.model.wording import ntr, tr
from ac_desktop.ui.base.flow_layout import FlowLayout
from ac_desktop.ui.base.forms import Form, small_label
from ac_desktop.ui.connection.connection_service import ConnectionService, ConnectionTasks, PreviewsChange
from ac_desktop.ui.connection.wizard.answers import SettingsPart, SummaryLine, WizardPageId
from ac_desktop.ui.connection.wizard.check_line import CheckLine, CheckStatus
from ac_desktop.ui.connection.wizard.page import WizardPage
from ac_desktop.ui.connection.wizard.refusals import refusal, unexpected
from ac_desktop.ui.connection.wizard.summary import summary
from ac_desktop.ui.connection.wizard.wizard_state import WizardState


class SummaryPage(WizardPage):
    """Repeats the answers and asks for the last few, each with a good default."""

    def __init__(
        self, state: WizardState, service: ConnectionService, tasks: ConnectionTasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(WizardPageId.SUMMARY, state, parent)
        self._service = service
        self._tasks = tasks
        self._asked = 0
        self._preview_known = True
        self.introduce(
            tr("Summary"),
            tr("Nothing is saved yet. To save, click Finish. Queued donors wait until you click Relay."),
            tr("You can change all of this later under Connections > Edit."),
        )
        self._lines: dict[WizardPageId, QLabel] = {}
        self._build()
        self.name.textChanged.connect(self._on_name)
        self.pace.valueChanged.connect(self._on_pace)
        self.guard.toggled.connect(self._on_guard)
        self.automatic.toggled.connect(self._on_automatic)
        self.phone.activated.connect(self._on_phone)
        for box in self.kept.values():
            box.toggled.connect(self._on_kept)

    def _build(self) -> None:
        self.name = QLineEdit()
        self.pace = QSpinBox()
        self.phone = QComboBox()
        self.guard = QCheckBox(tr("&Keep unsubscribed people off the list"))
        self.automatic = QCheckBox(tr("Relay automaticall&y"))
        self.kept = {
            ContactField.FIRST_NAME: QCheckBox(tr("First na&me")),
            ContactField.LAST_NAME: QCheckBox(tr("&Last name")),
            ContactField.PHONE: QCheckBox(tr("Ph&one")),
        }
        self.status = CheckLine()
        self.saving = CheckLine()
        self.pace.setRange(SLOWEST_PACE, FASTEST_PACE)
        for style, text in (
            (PhoneStyle.DIGITS, tr("Digits only: 2252501301")),
            (PhoneStyle.E164, tr("International: +12252501301")),
            (PhoneStyle.AS_TYPED, tr("As in the file: (225) 250-1301")),
        ):
            self.phone.addItem(text, style.value)
        self._form = form = Form()
        for page, heading in (
            (WizardPageId.ACCOUNT, tr("Account:")),
            (WizardPageId.LIST, tr("List:")),
            (WizardPageId.PAGES, tr("Action pages:")),
            (WizardPageId.TEAM, tr("Team:")),
        ):
            self._lines[page] = _wide_label()
            form.addRow(heading, self._lines[page])
        form.addRow(self.status)
        self.fields[SettingsPart.NAME] = form.add_field(tr("N&ame:"), self.name)
        self._pace_field = form.add_field(tr("&Requests per second:"), self.pace)
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
        if self.state.kept is None:
            form.add_check(
                self.automatic, tr("Sends new donors from a watched folder or from Anedot without asking you.")
            )
        layout = QVBoxLayout(self.body)
        layout.addLayout(form)
        layout.addStretch(1)
        layout.addWidget(self.saving)
        self.saving.hide()
        form.setRowVisible(self.status, False)  # noqa: FBT003  Qt takes it by position

    def _kept_row(self) -> QWidget:
        row = QWidget()
        layout = FlowLayout(row)
        for box in self.kept.values():
            layout.addWidget(box)
        row.setFocusProxy(self.kept[ContactField.FIRST_NAME])
        return row

    def show_answers(self) -> None:
        """Repeat the answers, and ask the store what they change for waiting donors."""
        answers = self.state.answers
        for line in summary(self.state):
            self._show_line(line)
        if self.name.text() != self.state.name:
            self.name.setText(self.state.name)
        self.pace.setValue(self.state.pace)
        self.guard.setChecked(answers.consent_guard)
        self.phone.setCurrentIndex(self.phone.findData(answers.phone_style.value))
        for field, box in self.kept.items():
            with QSignalBlocker(box):
                box.setChecked(field in answers.keep_fields)
        self._show_pace()
        self.saving.show_status(CheckStatus.TO_DO, "")
        self._ask_preview()
        self.name.setFocus()

    def isComplete(self) -> bool:
        """Whether Finish may be pressed: its effect on waiting donors has been shown."""
        return self._preview_known

    def _show_line(self, line: SummaryLine) -> None:
        text = tr("{text} (changed)", text=line.text) if line.changed else line.text
        self._lines[line.page].setText(text)

    def _on_name(self, text: str) -> None:
        if text != self.state.name:
            self.state.set_answers(replace(self.state.answers, name=text))
        self.fields[SettingsPart.NAME].show_error("")
        self.touched.emit()

    def _on_pace(self, pace: int) -> None:
        if pace != self.state.pace:
            self.state.set_answers(replace(self.state.answers, pace=pace))
        self._show_pace()

    def _on_guard(self, on: bool) -> None:  # noqa: FBT001  Qt's signal gives it by position
        self.state.set_answers(replace(self.state.answers, consent_guard=on))

    def _on_automatic(self, on: bool) -> None:  # noqa: FBT001  Qt's signal gives it by position
        self.state.relays_automatically = on

    def _on_kept(self) -> None:
        kept = frozenset(field for field, box in self.kept.items() if box.isChecked())
        self.state.set_answers(replace(self.state.answers, keep_fields=kept))

    def _on_phone(self, _number: int) -> None:
        style = PhoneStyle(self.phone.currentData())
        self.state.set_answers(replace(self.state.answers, phone_style=style))

    def _show_pace(self) -> None:
        left = FASTEST_PACE - self.state.pace
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

    def _ask_preview(self) -> None:
        self._asked += 1
        asked = self._asked
        connection_id = self.state.connection_id
        if connection_id is None or not self.state.changes_queue():
            self._show_effect(CheckStatus.TO_DO, "", known=True)
            return
        settings = self.state.settings()
        self._show_effect(CheckStatus.ASKING, tr("Checking what changes for waiting donors…"), known=False)
        self._tasks.run(
            lambda: self._service.preview_change(connection_id, settings),
            lambda preview: self._on_preview(asked, preview),
            lambda error: self._on_preview_failed(asked, error),
        )

    def _on_preview(self, asked: int, preview: PreviewsChange) -> None:
        if asked == self._asked:
            status = CheckStatus.WARNING if _affects_records(preview) else CheckStatus.GOOD
            self._show_effect(status, self._preview_text(preview), known=True)

    def _on_preview_failed(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self._show_effect(CheckStatus.BAD, (refusal(error) or unexpected()).full_text, known=False)
        if refusal(error) is None:
            raise error

    def _show_effect(self, status: CheckStatus, text: str, *, known: bool) -> None:
        self._preview_known = known
        self.status.show_status(status, text)
        self._form.setRowVisible(self.status, bool(text))
        self.completeChanged.emit()

    def _preview_text(self, preview: PreviewsChange) -> str:
        if not (preview.waiting or preview.coming_back):
            return tr("No donors are waiting, so the queue doesn't change.")
        refusal = [ntr("Waiting now: {count} donor.", "Waiting now: {count} donors.", preview.waiting)]
        if preview.becoming_skipped:
            refusal.append(
                ntr(
                    "{count} donor will be skipped, because their page or team is excluded.",
                    "{count} donors will be skipped, because their page or team is excluded.",
                    preview.becoming_skipped,
                )
            )
        if preview.coming_back:
            refusal.append(
                ntr(
                    "{count} skipped donor will go back to the queue.",
                    "{count} skipped donors will go back to the queue.",
                    preview.coming_back,
                )
            )
        if not (preview.becoming_skipped or preview.coming_back):
            refusal.append(tr("The waiting donors stay as they are."))
        if preview.other_account_or_list:
            refusal.append(self._other_place_text())
        return " ".join(refusal)

    def _other_place_text(self) -> str:
        settings = self.state.settings()
        return tr(
            "From now on, waiting donors go to {list} in {account}.",
            list=settings.list_name or settings.list_id,
            account=settings.address.host,
        )


def _wide_label() -> QLabel:
    label = small_label("")
    label.setTextFormat(Qt.TextFormat.PlainText)
    policy = label.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
    label.setSizePolicy(policy)
    return label


def _affects_records(preview: PreviewsChange) -> bool:
    moved = preview.becoming_skipped or preview.coming_back or preview.other_account_or_list
    return bool(moved and (preview.waiting or preview.coming_back))
