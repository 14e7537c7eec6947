"""Two dialogs around the steps of a test: the test alone, and reactivation of an inactive connection."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from ac_desktop.model.connection import Connection
from ac_desktop.model.states import ConnectionState
from ac_desktop.model.wording import ntr, tr
from ac_desktop.relay.account_check import CheckStep
from ac_desktop.ui.base.dialogs import plain_buttons
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.connection.connection_service import ConnectionService, ConnectionTasks, Runner
from ac_desktop.ui.connection.settings.pages import ConnectionPageId
from ac_desktop.ui.connection.settings.settings_dialog import open_settings
from ac_desktop.ui.connection.test_steps import StepResult, TestSteps
from ac_desktop.ui.connection.wizard.answers import SettingsPart
from ac_desktop.ui.connection.wizard.check_line import CheckLine, CheckStatus
from ac_desktop.ui.connection.wizard.refusals import refusal, unexpected
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic

CHARACTERS_WIDE: Final = 72

OnDone = Callable[[Connection], None]


class TestDialog(QDialog):
    """Tests a connection; what failed can be changed from here, and is then tested again."""

    __test__ = False

    def __init__(
        self,
        connection: Connection,
        service: ConnectionService,
        runner: Runner,
        on_done: OnDone,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.connection = connection
        self._service = service
        self._runner = runner
        self._on_done = on_done
        self._tasks = ConnectionTasks(runner)
        self.steps = TestSteps(connection, service, self._tasks)
        self.result_line = CheckLine()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        plain_buttons(self.buttons)
        self.again = QPushButton(tr("&Test again"))
        self.fix = QPushButton()
        self.buttons.addButton(self.again, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(self.fix, QDialogButtonBox.ButtonRole.ActionRole)
        self._build()
        self.buttons.rejected.connect(self.reject)
        self.again.clicked.connect(self._on_again)
        self.fix.clicked.connect(self._on_fix)
        self.steps.changed.connect(self._show)
        self.finished.connect(self._on_end)

    def _build(self) -> None:
        self.setWindowTitle(self._title())
        help_key(self, Topic.FIVE)
        layout = QVBoxLayout(self)
        layout.addWidget(small_label(self._introduction()))
        layout.addSpacing(layout.spacing())
        layout.addWidget(self.steps)
        layout.addSpacing(layout.spacing())
        layout.addWidget(self.result_line)
        layout.addStretch(1)
        layout.addWidget(self.buttons)
        # Not of the dialog: a fixed width would overrule what its buttons need.
        self.steps.setMinimumWidth(
            min(
                self.fontMetrics().averageCharWidth() * CHARACTERS_WIDE, self.screen().availableSize().width() * 9 // 10
            )
        )

    def start(self) -> None:
        """Start the test."""
        self.steps.start(self.connection)

    def event(self, event: QEvent) -> bool:
        """Grow with sentences that became longer."""
        layout = self.layout()
        if event.type() is QEvent.Type.LayoutRequest and layout is not None:
            needed = layout.totalHeightForWidth(self.width())
            if needed > self.height():
                self.resize(self.width(), min(needed, self.screen().availableSize().height()))
        return super().event(event)

    def _title(self) -> str:
        return tr("Test {name}", name=self.connection.name)

    def _introduction(self) -> str:
        return tr("Tests the API URL, API key and list in turn. No donor data is sent.")

    def _show(self) -> None:
        failed = self.steps.failed_step
        self.again.setVisible(self.steps.checked is not StepResult.UNDER_WAY)
        self.fix.setVisible(failed is not None)
        self.fix.setText(self._fix_text(failed))
        self._show_result(self.steps.checked)

    def _fix_text(self, failed: CheckStep | None) -> str:
        match failed:
            case CheckStep.KEY:
                return tr("&Replace API key…")
            case CheckStep.LIST:
                return tr("Change &list…")
            case _:
                return tr("Change API &URL…")

    def _show_result(self, checked: StepResult) -> None:
        match checked:
            case StepResult.UNDER_WAY:
                self.result_line.show_status(CheckStatus.ASKING, tr("Testing…"))
            case StepResult.PASSED:
                self.result_line.show_status(CheckStatus.GOOD, self._passed_text())
            case StepResult.FAILED:
                self.result_line.show_status(CheckStatus.BAD, self._failed_text())

    def _passed_text(self) -> str:
        if self.connection.state is ConnectionState.INACTIVE:
            return tr("Everything works. The connection is still inactive: choose “Test and reactivate…”.")
        return tr("Everything works.")

    def _failed_text(self) -> str:
        return tr("The test failed at the step marked above. Your donors are safe in the queue.")

    def _on_again(self) -> None:
        self.connection = self._service.connections.get(self.connection.id) or self.connection
        self.start()

    def _on_fix(self) -> None:
        failed = self.steps.failed_step
        open_settings(
            self,
            self._service,
            self._runner,
            self.retest,
            self.connection.id,
            ConnectionPageId.LIST if failed is CheckStep.LIST else ConnectionPageId.ACCOUNT,
            first=SettingsPart.ADDRESS if failed is CheckStep.ADDRESS else None,
        )

    def retest(self, connection: Connection) -> None:
        """Test the connection again, as its settings have changed."""
        self.connection = connection
        self._on_done(connection)
        self.start()

    def _on_end(self, _result: int) -> None:
        self._tasks.close()
        self.deleteLater()


class ReactivateDialog(TestDialog):
    """Tests an inactive connection; it can be reactivated only when every step has passed."""

    def __init__(
        self,
        connection: Connection,
        service: ConnectionService,
        runner: Runner,
        on_done: OnDone,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(connection, service, runner, on_done, parent)
        self.reactivate = QPushButton(tr("React&ivate"))
        self.buttons.addButton(self.reactivate, QDialogButtonBox.ButtonRole.AcceptRole)
        self.reactivate.setEnabled(False)
        self.reactivate.clicked.connect(self._on_reactivate)
        self._is_back = False

    def _title(self) -> str:
        return tr("Test and reactivate {name}", name=self.connection.name)

    def _introduction(self) -> str:
        return tr(
            "AC Desktop first tests the API URL, API key and list. No donor data is sent. If all three pass, you "
            "can reactivate the connection. The next relay sends one donor first, then the rest."
        )

    def _show_result(self, checked: StepResult) -> None:
        super()._show_result(checked)
        self.reactivate.setEnabled(checked is StepResult.PASSED and not self._is_back)
        if checked is StepResult.PASSED:
            self.reactivate.setDefault(True)
            self.reactivate.setFocus()

    def _passed_text(self) -> str:
        waiting = self._service.queue.counts(self.connection.id).waiting
        return ntr(
            "All three tests passed. Waiting: {count} donor, none lost.",
            "All three tests passed. Waiting: {count} donors, none lost.",
            waiting,
        )

    def _failed_text(self) -> str:
        return tr("The connection is still inactive. Your donors are safe in the queue.")

    def _on_reactivate(self) -> None:
        self.reactivate.setEnabled(False)
        self.again.setEnabled(False)
        self.result_line.show_status(CheckStatus.ASKING, tr("Reactivating…"))
        self._tasks.run(
            lambda: self._service.reactivate(self.connection.id), self._on_back, self._on_reactivation_failed
        )

    def _on_back(self, connection: Connection) -> None:
        self._is_back = True
        self.connection = connection
        self.again.setEnabled(True)
        self.again.hide()
        self.reactivate.hide()
        self.result_line.show_status(
            CheckStatus.GOOD,
            tr("Active again. The next relay sends one donor first, then the rest."),
        )
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setDefault(True)
        close.setFocus()
        self._on_done(connection)

    def _on_reactivation_failed(self, error: Exception) -> None:
        self.again.setEnabled(True)
        self.reactivate.setEnabled(True)
        self.result_line.show_status(CheckStatus.BAD, (refusal(error) or unexpected()).full_text)
        if refusal(error) is None:
            raise error


def open_test(
    parent: QWidget | None, service: ConnectionService, runner: Runner, connection_id: int, on_done: OnDone
) -> TestDialog | None:
    """Open the test of a connection and start it; `on_done` is called with the connection where it was changed."""
    return _open(TestDialog, parent, service, runner, connection_id, on_done)


def open_reactivate(
    parent: QWidget | None, service: ConnectionService, runner: Runner, connection_id: int, on_done: OnDone
) -> TestDialog | None:
    """Open reactivation and start the test; `on_done` is called whenever the connection has changed."""
    return _open(ReactivateDialog, parent, service, runner, connection_id, on_done)


def _open(
    kind: type[TestDialog],
    parent: QWidget | None,
    service: ConnectionService,
    runner: Runner,
    connection_id: int,
    on_done: OnDone,
) -> TestDialog | None:
    connection = service.connections.get(connection_id)
    if connection is None:
        return None
    dialog = kind(connection, service, runner, on_done, parent)
    dialog.open()
    dialog.start()
    return dialog
