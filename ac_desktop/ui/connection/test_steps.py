"""The steps of a test: address, key, list, each with its icon and its sentence."""

from enum import Enum
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ac_desktop.model.connection import Connection
from ac_desktop.model.wording import ntr, tr
from ac_desktop.relay.account_check import AccountList, CheckStep, KeyOwner
from ac_desktop.ui.connection.connection_service import ConnectionService, ConnectionTasks
from ac_desktop.ui.connection.wizard.check_line import CheckLine, CheckStatus
from ac_desktop.ui.connection.wizard.refusals import Refusal, refusal, unexpected


class StepResult(Enum):
    """The state of a test."""

    UNDER_WAY = "under way"
    PASSED = "passed"
    FAILED = "failed"


class TestSteps(QWidget):
    """Tests a connection step by step, off the UI thread, without donor data. `changed` reports the end of a step."""

    changed = Signal()

    def __init__(
        self, connection: Connection, service: ConnectionService, tasks: ConnectionTasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._connection = connection
        self._service = service
        self._tasks = tasks
        self._run = 0
        self.checked = StepResult.UNDER_WAY
        self.failed_step: CheckStep | None = None
        self.lines = {step: CheckLine() for step in CheckStep}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setColumnStretch(1, 1)
        for row, (step, name) in enumerate(self._names().items()):
            layout.addWidget(QLabel(name), row, 0, Qt.AlignmentFlag.AlignTop)
            layout.addWidget(self.lines[step], row, 1)

    def _names(self) -> dict[CheckStep, str]:
        return {
            CheckStep.ADDRESS: tr("1. API URL:"),
            CheckStep.KEY: tr("2. API key:"),
            CheckStep.LIST: tr("3. List:"),
        }

    def start(self, connection: Connection) -> None:
        """Test from the first step on, with the connection as it is now."""
        self._connection = connection
        self._run += 1
        self.checked, self.failed_step = StepResult.UNDER_WAY, None
        settings = connection.settings
        self.lines[CheckStep.ADDRESS].show_status(
            CheckStatus.ASKING, tr("Contacting {account}…", account=settings.address.host)
        )
        self.lines[CheckStep.KEY].show_status(CheckStatus.TO_DO, tr("Not tested yet"))
        self.lines[CheckStep.LIST].show_status(CheckStatus.TO_DO, tr("Not tested yet"))
        run = self._run
        self._tasks.run(
            partial(_owner, self._service, connection), partial(self._on_owner, run), partial(self._on_error, run)
        )
        self.changed.emit()

    def _on_owner(self, run: int, owner: KeyOwner) -> None:
        if run != self._run:
            return
        name = " ".join(part for part in (owner.first_name, owner.last_name) if part) or owner.username
        whose = tr("{name}, {email}", name=name, email=owner.email) if owner.email else name
        account = self._connection.settings.address.host
        self.lines[CheckStep.ADDRESS].show_status(CheckStatus.GOOD, tr("{account} responds", account=account))
        self.lines[CheckStep.KEY].show_status(CheckStatus.GOOD, tr("accepted, belongs to {owner}", owner=whose))
        number = self._connection.settings.list_id
        self.lines[CheckStep.LIST].show_status(CheckStatus.ASKING, tr("Checking list {number}…", number=number))
        self._tasks.run(
            partial(_list, self._service, self._connection), partial(self._on_list, run), partial(self._on_error, run)
        )
        self.changed.emit()

    def _on_list(self, run: int, found: AccountList) -> None:
        if run != self._run:
            return
        text = tr("{name}, ID {number}", name=found.name, number=found.id)
        if found.active_subscribers is not None:
            text = ntr(
                "{list}, {count} active subscriber",
                "{list}, {count} active subscribers",
                found.active_subscribers,
                list=text,
            )
        self.lines[CheckStep.LIST].show_status(CheckStatus.GOOD, text)
        self.checked = StepResult.PASSED
        self.changed.emit()

    def _on_error(self, run: int, error: Exception) -> None:
        if run == self._run:
            self._fail(refusal(error) or unexpected())
        if refusal(error) is None:
            raise error

    def _fail(self, refusal: Refusal) -> None:
        failed = refusal.step or self._current_step()
        for step in CheckStep:
            if step is failed:
                self.lines[step].show_status(CheckStatus.BAD, refusal.full_text)
                break
            account = self._connection.settings.address.host
            if self.lines[step].status is not CheckStatus.GOOD:
                self.lines[step].show_status(CheckStatus.GOOD, tr("{account} responds", account=account))
        for step in tuple(CheckStep)[tuple(CheckStep).index(failed) + 1 :]:
            self.lines[step].show_status(CheckStatus.TO_DO, tr("Not tested because the previous step failed"))
        self.checked, self.failed_step = StepResult.FAILED, failed
        self.changed.emit()

    def _current_step(self) -> CheckStep:
        asked = (step for step in CheckStep if self.lines[step].status is CheckStatus.ASKING)
        return next(asked, CheckStep.ADDRESS)


def _owner(service: ConnectionService, connection: Connection) -> KeyOwner:
    settings = connection.settings
    return service.check.owner(settings.address, service.key_of(connection.id), settings.pace)


def _list(service: ConnectionService, connection: Connection) -> AccountList:
    settings = connection.settings
    return service.check.list_named(settings.address, service.key_of(connection.id), settings.list_id, settings.pace)
