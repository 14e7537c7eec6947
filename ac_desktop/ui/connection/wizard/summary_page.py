"""The last page: a summary, a name, and the last few answers."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.ui.base.forms import Form, small_label
from ac_desktop.ui.connection.wizard.answers import SettingsPart, WizardPageId
from ac_desktop.ui.connection.wizard.check_line import CheckLine, CheckStatus
from ac_desktop.ui.connection.wizard.option_fields import DonorDataFields, NameFields
from ac_desktop.ui.connection.wizard.page import WizardPage
from ac_desktop.ui.connection.wizard.summary import summary
from ac_desktop.ui.connection.wizard.wizard_state import WizardState


class SummaryPage(WizardPage):
    """Repeats the answers and asks for the last few, each with a good default."""

    def __init__(self, state: WizardState, parent: QWidget | None = None) -> None:
        super().__init__(WizardPageId.SUMMARY, state, parent)
        self.introduce(
            tr("Summary"),
            tr("Nothing is saved yet. To save, click Finish. Queued donors wait until you click Relay."),
            tr("You can change all of this later under Connection > Connection settings."),
        )
        self._lines: dict[WizardPageId, QLabel] = {}
        self._build()
        self.automatic.toggled.connect(self._on_automatic)

    def _build(self) -> None:
        self.automatic = QCheckBox(tr("Relay automaticall&y"))
        self.saving = CheckLine()
        form = Form()
        for page, heading in (
            (WizardPageId.ACCOUNT, tr("Account:")),
            (WizardPageId.LIST, tr("List:")),
            (WizardPageId.PAGES, tr("Action pages:")),
            (WizardPageId.TEAM, tr("Team:")),
        ):
            self._lines[page] = _wide_label()
            form.addRow(heading, self._lines[page])
        self.names = NameFields(self.state, form, self)
        self.names.touched.connect(self.touched)
        self.fields[SettingsPart.NAME] = self.names.name_field
        self.donor_data = DonorDataFields(self.state, form, self)
        form.add_check(self.automatic, tr("Sends new donors from a watched folder or from Anedot without asking you."))
        layout = QVBoxLayout(self.body)
        layout.addLayout(form)
        layout.addStretch(1)
        layout.addWidget(self.saving)
        self.saving.hide()

    def show_answers(self) -> None:
        """Repeat the answers."""
        for line in summary(self.state):
            self._lines[line.page].setText(line.text)
        self.names.show_answers()
        self.donor_data.show_answers()
        self.saving.show_status(CheckStatus.TO_DO, "")
        self.names.name.setFocus()

    def _on_automatic(self, on: bool) -> None:  # noqa: FBT001  Qt's signal gives it by position
        self.state.relays_automatically = on


def _wide_label() -> QLabel:
    label = small_label("")
    label.setTextFormat(Qt.TextFormat.PlainText)
    policy = label.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
    label.setSizePolicy(policy)
    return label
