"""The question before *Relay automatically* is turned on: what will be sent without asking, and what still waits."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from ac_desktop.automation.status import AutomationStatus, NextAction
from ac_desktop.model.connection import Connection
from ac_desktop.model.wording import tr
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.dialogs import action_buttons, grow_to_fit
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.base.parts.primary_button import PrimaryButton
from ac_desktop.ui.base.visual.metrics import SPACE_M, SPACE_S
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic

_WIDTH = 64


class TurnOnDialog(QDialog):
    """`confirmed` carries whether what waits already is relayed too; Cancel changes nothing."""

    confirmed = Signal(bool)

    def __init__(
        self,
        connection: Connection,
        status: AutomationStatus,
        *,
        folder: Path | None,
        fetches: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Relay automatically for {connection}", connection=connection.name))
        help_key(self, Topic.UNATTENDED)
        count = formatting.count(status.for_person)
        self.with_waiting = QCheckBox(tr("Also relay the donors &waiting now: {count}", count=count))
        self.turn_on = PrimaryButton(tr("&Turn on"))
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE_M)
        for text in _explanation(status, folder, fetches=fetches):
            layout.addWidget(small_label(text))
        layout.addWidget(self.with_waiting)
        hint = small_label(tr("Otherwise they wait until you click Relay."))
        hint.setContentsMargins(SPACE_S * 3, 0, 0, 0)
        layout.addWidget(hint)
        layout.addStretch(1)
        layout.addWidget(action_buttons(self, self.turn_on))
        self.with_waiting.setAccessibleDescription(hint.text())
        for part in (self.with_waiting, hint):
            part.setVisible(status.for_person > 0)
        self.turn_on.clicked.connect(self._confirm)
        self.resize(self.fontMetrics().averageCharWidth() * _WIDTH, self.sizeHint().height())
        grow_to_fit(self)

    def _confirm(self) -> None:
        self.confirmed.emit(self.with_waiting.isChecked())
        self.accept()


def _explanation(status: AutomationStatus, folder: Path | None, *, fetches: bool) -> list[str]:
    """Return what happens from now on, in paragraphs."""
    sources = []
    if folder is not None:
        sources.append(tr("New files in the folder {folder} are queued and sent.", folder=str(folder)))
    if fetches:
        sources.append(tr("New donations are fetched from Anedot and sent."))
    if not sources:
        sources.append(
            tr(
                "No folder is watched and no account is fetched from. To add one, go to Connection > Watch a folder "
                "or File > Fetch from Anedot."
            )
        )
    state = {
        NextAction.PAUSED: tr("This connection is paused. Nothing is sent until you resume it."),
        NextAction.INACTIVE: tr("This connection is inactive. Nothing is sent until you reactivate it."),
    }.get(status.next)
    return [
        tr("AC Desktop sends new donors without asking you, one by one."),
        *sources,
        tr("Held donors, unclear files and donors that you add yourself wait for you, as before."),
        *([state] if state else []),
    ]
