"""Leaving an office: what happens to its donors, and to those on this computer."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.model.wording import tr
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.office_folder import OfficeFolder
from ac_desktop.store.opening import StoreLocation
from ac_desktop.ui.base.dialogs import action_buttons
from ac_desktop.ui.base.forms import Form, small_label
from ac_desktop.ui.connection.connection_service import Runner
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic
from ac_desktop.ui.office.asking_dialog import AskingDialog


class MovesAlong(Protocol):
    """What moves the office's queue to this computer."""

    @property
    def is_interrupted(self) -> bool:
        """Whether such a move was interrupted."""

    def refuse_to_take_along(self, given_password: str | None) -> None:
        """Raise StoreError where this person may not move the office's queue, or not now."""


class LeaveDialog(AskingDialog):
    """`left` once the others have been told, or cannot be; with whether the office's queue is to move here first."""

    left = Signal(bool)

    def __init__(
        self,
        office: OfficeFolder,
        moves: MovesAlong,
        store: StoreLocation,
        runner: Runner,
        parent: QWidget | None = None,
        *,
        may_move: bool,
    ) -> None:
        """`may_move`: whether this person is an administrator, who may move the office's queue."""
        super().__init__(runner, parent)
        self._office = office
        self._moves = moves
        self._password = store.office.password if store.office is not None else None
        self.leave = QPushButton(tr("&Leave office"))
        self.takes_queue = QCheckBox(tr("&Move the office's queue to this computer"))
        self.what_stays = small_label("")
        self.setWindowTitle(tr("Leave the office"))
        help_key(self, Topic.OFFICE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        database = store.office.database if store.office is not None else ""
        layout.addWidget(
            small_label(tr("This computer stops using the queue of the office {database}.", database=database))
        )
        layout.addWidget(self.what_stays)
        layout.addWidget(
            small_label(
                tr(
                    "The computer's password for the office is deleted here. To come back, use your invitation file "
                    "again with the same password."
                )
            )
        )
        form = Form()
        form.add_check(
            self.takes_queue,
            tr(
                "All donors and their history move here. The office is closed then: the others can read its donors, "
                "and nothing is sent from it."
            ),
        ).setVisible(may_move)
        layout.addLayout(form)
        layout.addWidget(self.status)
        layout.addStretch()
        layout.addWidget(action_buttons(self, self.leave))
        self.locked = (self.leave, self.takes_queue)
        self.leave.clicked.connect(self._leave)
        self.takes_queue.toggled.connect(self._say_what_stays)
        self.takes_queue.setChecked(may_move and moves.is_interrupted)
        self._say_what_stays()
        self.resize(self.fontMetrics().averageCharWidth() * 72, self.sizeHint().height())

    def _say_what_stays(self, _is_checked: bool = False) -> None:  # noqa: FBT001, FBT002  a signal's argument
        if self.takes_queue.isChecked():
            text = tr("AC Desktop then works on the office's donors here, with the API keys of this computer.")
        else:
            text = tr(
                "The office's donors stay on its server, and the other computers continue. AC Desktop then works on "
                "this computer's own queue again, as it was before."
            )
        self.what_stays.setText(text)

    def _leave(self) -> None:
        if self.takes_queue.isChecked():
            self.ask(self._look_whether_it_moves, self._go)
        else:
            self.ask(partial(self._office.tell_leaving, self._password), self._go)

    def _look_whether_it_moves(self) -> None:
        self._office.refuse_to_strand()
        self._moves.refuse_to_take_along(self._password)

    def _go(self, _told: None) -> None:
        self.left.emit(self.takes_queue.isChecked())
        self.accept()

    def refuse(self, error: StoreError) -> None:
        """Leave all the same, as the list of computers is a convenience, but for donors who would be left behind."""
        if self.takes_queue.isChecked() or error.message is StoreMessage.OUTBOX_NOT_EMPTY:
            super().refuse(error)
        else:
            self._go(None)
