"""The dialog about for how long donors' data is kept."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QSpinBox, QVBoxLayout, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.privacy.retention import DEFAULT_DAYS, FOR_EVER, LONGEST_DAYS
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.dialogs import make_room, plain_buttons
from ac_desktop.ui.base.forms import Form, small_label
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic


class RetentionDialog(QDialog):
    """Sets the days; what is older is deleted automatically, soon after."""

    kept = Signal()

    def __init__(self, services: Services, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self.forget = QCheckBox(tr("&Forget sent donors after some days"))
        self.days = QSpinBox()
        self.problem = small_label("")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        days = services.retention.days()
        self.forget.toggled.connect(self.days.setEnabled)
        self.forget.setChecked(days != FOR_EVER)
        self.days.setEnabled(days != FOR_EVER)
        self.days.setValue(days or DEFAULT_DAYS)
        self.buttons.accepted.connect(self._keep)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("How long data is kept"))
        help_key(self, Topic.DATA)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.days.setRange(1, LONGEST_DAYS)
        plain_buttons(self.buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(
            small_label(
                tr(
                    "After these days the names and addresses of sent and skipped donors go, and "
                    "what the log holds of their requests and answers. Counts stay, receipts still "
                    "balance, and a row that comes again is still known. Donors who wait, are held "
                    "or have failed stay."
                )
            )
        )
        layout.addWidget(self.forget)
        form = Form()
        form.add_field(tr("&Days after the relay:"), self.days)
        layout.addLayout(form)
        layout.addWidget(self.problem)
        self.problem.hide()
        layout.addWidget(self.buttons)
        make_room(self)

    def _keep(self) -> None:
        days = self.days.value() if self.forget.isChecked() else FOR_EVER
        self._bridge.run(partial(self._services.retention.set_days, days), self._done, self._show_failure)

    def _done(self, _: None) -> None:
        self.kept.emit()
        self.accept()

    def _show_failure(self, error: Exception) -> None:
        if not isinstance(error, StoreError):
            raise error
        self.problem.setText(str(error))
        self.problem.show()
        make_room(self)
