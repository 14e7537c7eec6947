"""The wizard's window: Qt's own, driven by the wizard's state."""

from collections.abc import Callable
from typing import Final

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMessageBox, QWidget, QWizard

from ac_desktop.model.connection import Connection
from ac_desktop.model.wording import tr
from ac_desktop.ui.base.parts.announcing import announce
from ac_desktop.ui.connection.connection_service import ConnectionService, ConnectionTasks, Runner
from ac_desktop.ui.connection.wizard.account_page import AccountPage
from ac_desktop.ui.connection.wizard.account_queries import AccountQueries
from ac_desktop.ui.connection.wizard.answers import Prefill, WizardPageId
from ac_desktop.ui.connection.wizard.check_line import CheckStatus
from ac_desktop.ui.connection.wizard.list_page import ListPage
from ac_desktop.ui.connection.wizard.page import WizardPage
from ac_desktop.ui.connection.wizard.pages_page import PagesPage
from ac_desktop.ui.connection.wizard.refusals import refusal, unexpected
from ac_desktop.ui.connection.wizard.summary_page import SummaryPage
from ac_desktop.ui.connection.wizard.team_page import TeamPage, team_users
from ac_desktop.ui.connection.wizard.wizard_state import WizardState
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic

OnSaved = Callable[[Connection], None]

CHARACTERS_WIDE = 84
LINES_HIGH = 36
SHARE_OF_SCREEN = 0.92


_BUTTONS: Final = (
    QWizard.WizardButton.Stretch,
    QWizard.WizardButton.CancelButton,
    QWizard.WizardButton.BackButton,
    QWizard.WizardButton.NextButton,
    QWizard.WizardButton.FinishButton,
)
"""In the order of every other dialog: what goes on stands last."""


class ConnectionWizard(QWizard):
    """Shows the pages; nothing is stored before Finish."""

    def __init__(
        self,
        state: WizardState,
        service: ConnectionService,
        runner: Runner,
        on_saved: OnSaved,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = state
        self._service = service
        self._runner = runner
        self._on_saved = on_saved
        self._tasks = ConnectionTasks(runner)
        self._advances = False
        self._is_saving = False
        self.queries = AccountQueries(state, service, self._tasks, self)
        self.pages: dict[WizardPageId, WizardPage] = {
            WizardPageId.ACCOUNT: AccountPage(state, self.queries, service, self._tasks),
            WizardPageId.LIST: ListPage(state, self.queries),
            WizardPageId.PAGES: PagesPage(state, service, self._tasks),
            WizardPageId.TEAM: TeamPage(state, team_users(service)),
            WizardPageId.SUMMARY: SummaryPage(state),
        }
        self._set_style()
        for number, page in self.pages.items():
            self.setPage(number, page)
            page.touched.connect(self._stay_on_page)
            page.next_wanted.connect(self.next)
        self.setStartId(state.start)
        self.currentIdChanged.connect(self._on_page)
        self.queries.changed.connect(self._advance)
        self.finished.connect(self._on_end)

    def _set_style(self) -> None:
        self.setWizardStyle(QWizard.WizardStyle.ModernStyle)
        self.setOption(QWizard.WizardOption.IndependentPages)
        self.setOption(QWizard.WizardOption.NoBackButtonOnStartPage)
        self.setButtonLayout(_BUTTONS)
        self.setButtonText(QWizard.WizardButton.BackButton, tr("&Back"))
        self.setButtonText(QWizard.WizardButton.NextButton, tr("&Next"))
        self.setButtonText(QWizard.WizardButton.FinishButton, tr("&Finish"))
        self.setButtonText(QWizard.WizardButton.CancelButton, tr("Cancel"))
        self.setWindowTitle(tr("New connection"))
        help_key(self, Topic.CONNECTION)
        for number, page in self.pages.items():
            page.setTitle(
                tr("{number} of {all}: {heading}", number=number + 1, all=len(self.pages), heading=page.heading)
            )
        metrics, available = self.fontMetrics(), self.screen().availableSize() * SHARE_OF_SCREEN
        wide, high = metrics.averageCharWidth() * CHARACTERS_WIDE, metrics.height() * LINES_HIGH
        self.resize(min(wide, available.width()), min(high, available.height()))

    def nextId(self) -> int:
        """Return the page that the state says follows."""
        if self.currentId() < 0:
            return super().nextId()
        following = self.state.next_page(WizardPageId(self.currentId()))
        return -1 if following is None else following

    def validateCurrentPage(self) -> bool:
        """Show what is to be corrected; where the account must be asked first, advance once it has agreed."""
        page = self.shown_page()
        problems = self.state.problems(page.page_id)
        page.show_problems(problems)
        if problems:
            return False
        if self.state.needs_check(page.page_id):
            self._advances = page.check_account()
            return False
        return True

    def shown_page(self) -> WizardPage:
        """Return the page shown."""
        return self.pages[WizardPageId(self.currentId())]

    def accept(self) -> None:
        """Store the connection, off the UI thread, then close."""
        if self._is_saving or not self.validateCurrentPage():
            return
        self._is_saving = True
        self._lock(saving=True)
        state, service = self.state, self._service
        settings, key = state.settings(), state.typed_key()
        key_from, automatic = state.key_from, state.relays_automatically
        service.mask_key(key)
        self._runner.run(
            lambda: service.save(None, settings, key, key_from, automatic=automatic),
            self._on_kept,
            self._on_save_failed,
        )

    def reject(self) -> None:
        """Close; asks first where something was entered. What is being stored at this moment is stored all the same."""
        if self._is_saving:
            self.hide()
            return
        if not self.state.is_touched:
            super().reject()
            return
        box = QMessageBox(
            QMessageBox.Icon.Question,
            self.windowTitle(),
            tr("Leave without saving what you entered?"),
            QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel,
            self,
        )
        box.setInformativeText(tr("Nothing has been saved yet."))
        box.button(QMessageBox.StandardButton.Discard).setText(tr("&Discard"))
        box.button(QMessageBox.StandardButton.Cancel).setText(tr("&Keep editing"))
        for button in box.buttons():
            button.setIcon(QIcon())
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.setEscapeButton(QMessageBox.StandardButton.Cancel)
        box.finished.connect(self._on_leave)
        box.finished.connect(box.deleteLater)
        box.open()

    def _on_leave(self, answer: int) -> None:
        if answer == QMessageBox.StandardButton.Discard:
            super().reject()

    def _on_page(self, number: int) -> None:
        if number < 0:
            return
        self._advances = False
        self.state.record_page(WizardPageId(number))
        page = self.shown_page()
        page.show_answers()
        # The focus is in a field, whose name alone is read.
        announce(self, page.title())

    def _stay_on_page(self) -> None:
        self._advances = False

    def _advance(self) -> None:
        page = self.shown_page() if self.currentId() >= 0 else None
        if page is None or not self._advances:
            return
        if not self.state.needs_check(page.page_id):
            self._advances = False
            self.next()
        elif page.is_refused:
            self._advances = False
            page.focus_refused()

    def _lock(self, *, saving: bool) -> None:
        page = self.shown_page()
        page.body.setEnabled(not saving)
        for which in (QWizard.WizardButton.BackButton, QWizard.WizardButton.FinishButton):
            self.button(which).setEnabled(not saving)
        if isinstance(page, SummaryPage):
            page.saving.show_status(CheckStatus.ASKING, tr("Saving the connection…") if saving else "")

    def _on_kept(self, connection: Connection) -> None:
        self._is_saving = False
        super().accept()
        self._on_saved(connection)

    def _on_save_failed(self, error: Exception) -> None:
        self._is_saving = False
        self._lock(saving=False)
        page = self.shown_page()
        if isinstance(page, SummaryPage):
            page.saving.show_status(CheckStatus.BAD, (refusal(error) or unexpected()).full_text)
        if not self.isVisible():
            self.open()
        if refusal(error) is None:
            raise error

    def _on_end(self, _result: int) -> None:
        self._tasks.close()
        self._forget_key()
        self.deleteLater()

    def _forget_key(self) -> None:
        account = self.pages[WizardPageId.ACCOUNT]
        if isinstance(account, AccountPage):
            account.forget_key()
        self.queries.forget()
        self.state.forget_key()


def run_wizard(
    parent: QWidget | None,
    service: ConnectionService,
    runner: Runner,
    on_saved: OnSaved,
    *,
    prefill: Prefill | None = None,
) -> ConnectionWizard:
    """Open the wizard for a new connection; `on_saved` is called once it is stored."""
    state = WizardState(
        prefill=prefill,
        names=[one.name for one in service.connections.all()],
        teams=service.connections.teams(),
        pace_of=service.connections.pace,
    )
    wizard = ConnectionWizard(state, service, runner, on_saved, parent)
    wizard.open()
    return wizard
