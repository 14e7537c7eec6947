"""Leaving an office: what happens to its donors, and to those on this computer."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.model.wording import tr
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.office_folder import OfficeFolder
from ac_desktop.store.opening import StoreLocation
from ac_desktop.ui.base.dialogs import action_buttons
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.connection.connection_service import Runner
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic
from ac_desktop.ui.office.asking_dialog import AskingDialog


class LeaveDialog(AskingDialog):
    """`left` once the others have been told, or cannot be."""

    left = Signal()

    def __init__(
        self, office: OfficeFolder, store: StoreLocation, runner: Runner, parent: QWidget | None = None
    ) -> None:
        super().__init__(runner, parent)
        self._office = office
        self._password = store.office.password if store.office is not None else None
        self.leave = QPushButton(tr("&Leave office"))
        self.setWindowTitle(tr("Leave the office"))
        help_key(self, Topic.OFFICE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        database = store.office.database if store.office is not None else ""
        for text in (
            tr("This computer stops using the queue of the office {database}.", database=database),
            tr("The office's donors stay on its server, and the other computers continue. Nothing is deleted there."),
            tr(
                "AC Desktop then works on this computer's own queue again, as it was before. Its password for the "
                "office is deleted here. To come back, use your invitation file again with the same password."
            ),
        ):
            layout.addWidget(small_label(text))
        layout.addWidget(self.status)
        layout.addStretch()
        layout.addWidget(action_buttons(self, self.leave))
        self.locked = (self.leave,)
        self.leave.clicked.connect(self._leave)
        self.resize(self.fontMetrics().averageCharWidth() * 72, self.sizeHint().height())

    def _leave(self) -> None:
        self.ask(partial(self._office.tell_leaving, self._password), self._go)

    def _go(self, _told: None) -> None:
        self.left.emit()
        self.accept()

    def refuse(self, error: StoreError) -> None:
        """Leave all the same, as the list of computers is a convenience, but for donors who would be left behind."""
        if error.message is StoreMessage.OUTBOX_NOT_EMPTY:
            super().refuse(error)
        else:
            self._go(None)
