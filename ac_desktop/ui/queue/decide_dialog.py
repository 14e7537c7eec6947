"""The decision about held donors: keep them held, skip them for good, or subscribe them again with a reason.

Subscribing again is offered for donors whom the consent guard holds, as it would change nothing for others.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from ac_desktop.model.editor import Editor
from ac_desktop.model.states import Decision
from ac_desktop.model.wording import tr
from ac_desktop.store.queue.decisions import Choices
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.dialogs import grow_to_fit, plain_buttons
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic
from ac_desktop.ui.log.editors import also_editing_text


class DecideDialog(QDialog):
    """Nothing is decided before OK; subscribing again needs a reason, which is kept with name and time.

    `hint` says what can be done elsewhere with a donor who cannot be subscribed again.
    """

    decided = Signal(object, str)

    def __init__(self, choices: Choices, why: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Decide"))
        help_key(self, Topic.CONSENT)
        self.offered = choices
        self.choices = {
            Decision.KEEP: QRadioButton(tr("&Keep held (decide later)")),
            Decision.SKIP: QRadioButton(tr("&Skip permanently (never send this donor)")),
        }
        if choices.again:
            self.choices[Decision.RESUBSCRIBE] = QRadioButton(self._again_text(choices))
        self.why = QLineEdit()
        self.others = small_label("")
        self.why.setAcceptDrops(False)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        plain_buttons(self.buttons)
        self._lay_out(tr("Held: {donors}", donors=formatting.donors(choices.held)), why, hint)
        for choice in self.choices.values():
            choice.toggled.connect(self._enable_ok)
        self.why.textChanged.connect(self._enable_ok)
        self.buttons.accepted.connect(self._emit_decided)
        self.buttons.rejected.connect(self.reject)
        self.choices[Decision.KEEP].setChecked(True)

    def _again_text(self, choices: Choices) -> str:
        if choices.again == choices.held:
            return tr("Resubscribe (this person &asked for it)")
        text = tr("Resubscribe people who left the list and &asked for it: {again} of {number}")
        return text.format(again=formatting.count(choices.again), number=formatting.count(choices.held))

    def _lay_out(self, head: str, why: str, hint: str) -> None:
        caption = QLabel(tr("&Reason (for example, a letter or call from them):"))
        caption.setWordWrap(True)
        caption.setBuddy(self.why)
        self.why.setAccessibleName(tr("Reason for resubscribing"))
        layout = QVBoxLayout(self)
        layout.addWidget(small_label(head))
        if why:
            layout.addWidget(small_label(why))
        for choice in self.choices.values():
            layout.addWidget(choice)
        if hint:
            layout.addWidget(small_label(hint))
        for part in (caption, self.why):
            layout.addWidget(part)
            part.setVisible(Decision.RESUBSCRIBE in self.choices)
        layout.addWidget(self.others)
        layout.addWidget(self.buttons)
        self.others.hide()
        grow_to_fit(self)

    def show_others(self, others: list[Editor]) -> None:
        """Show who else in the office is changing this donor."""
        if others:
            self.others.setText(also_editing_text(others))
            self.others.show()
            grow_to_fit(self)

    @property
    def decision(self) -> Decision:
        """What is chosen."""
        chosen = (decision for decision, choice in self.choices.items() if choice.isChecked())
        return next(chosen, Decision.KEEP)

    def _enable_ok(self) -> None:
        again = self.decision is Decision.RESUBSCRIBE
        self.why.setEnabled(again)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not again or bool(self.why.text().strip()))

    def _emit_decided(self) -> None:
        self.decided.emit(self.decision, self.why.text().strip())
        self.accept()
