"""What all pages of the wizard have in common."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStyle, QVBoxLayout, QWidget, QWizardPage

from ac_desktop.ui.base.forms import FormField, small_label
from ac_desktop.ui.base.visual.metrics import SPACE_S
from ac_desktop.ui.connection.wizard.answers import FieldProblem, SettingsPart, WizardPageId
from ac_desktop.ui.connection.wizard.wizard_state import WizardState


class WizardPage(QWizardPage):
    """A page that passes its answers to the wizard's state and shows the result.

    `touched` is emitted when the person changed something; the wizard then no longer advances automatically.
    `next_wanted` asks for the page after this one.
    """

    touched = Signal()
    next_wanted = Signal()

    def __init__(self, page_id: WizardPageId, state: WizardState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page_id = page_id
        self.state = state
        self.fields: dict[SettingsPart, FormField] = {}
        self.heading = ""
        self.body = QWidget()
        self._later = small_label("")
        self._later.setIndent(self.style().pixelMetric(QStyle.PixelMetric.PM_LayoutLeftMargin))
        self._scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(scroll.focusPolicy().NoFocus)
        scroll.setWidget(self.body)
        # Qt's own subtitle has space for two or three lines, whatever it says.
        self._explanation = small_label("")
        margin = self._later.indent()
        self._explanation.setContentsMargins(margin, 0, margin, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._explanation)
        layout.addWidget(scroll, 1)
        layout.addWidget(self._later)

    def introduce(self, heading: str, explanation: str, later: str) -> None:
        """Set what the page is for, and where its answers can be changed later."""
        self.heading = heading
        self.setTitle(heading)
        self._explanation.setText(explanation)
        self._later.setText(later)

    def leave_out_later(self) -> None:
        """Leave out where the answers can be changed later, and the wizard's margins: this is the place."""
        self._later.hide()
        self._explanation.setContentsMargins(0, 0, 0, 0)
        for ground in (self._scroll.viewport(), self.body):
            ground.setAutoFillBackground(False)
        inner = self.body.layout()
        if inner is not None:
            inner.setContentsMargins(0, SPACE_S, 0, 0)

    def show_answers(self) -> None:
        """Show the stored answers, as the page comes to the front."""

    def check_account(self) -> bool:
        """Ask the account whatever the page still needs; False where there is nothing to ask."""
        return False

    @property
    def is_refused(self) -> bool:
        """Whether the account refused what is entered now."""
        return False

    def focus_refused(self) -> None:
        """Focus the field where the refusal can be corrected."""

    def show_problems(self, problems: Sequence[FieldProblem]) -> None:
        """Show each problem at its field; the first bad one gets the focus."""
        show_problems(self.fields, problems)
        if problems:
            self.focus(problems[0].part)

    def focus(self, part: SettingsPart) -> None:
        """Focus a field."""
        self.fields[part].widget.setFocus()


def show_problems(fields: Mapping[SettingsPart, FormField], problems: Sequence[FieldProblem]) -> None:
    """Show each problem at its field, and none at the others."""
    texts = {problem.part: problem.text for problem in problems}
    for part, field in fields.items():
        field.show_error(texts.get(part, ""))
