"""The dialog: its pages at the left, the chosen one beside them. Nothing changes before Save."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from ac_desktop.model.connection import Connection
from ac_desktop.model.wording import tr
from ac_desktop.ui.base.dialogs import ask_before_discarding
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.base.parts.page_list import PageList, lay_out_pages
from ac_desktop.ui.base.parts.primary_button import PrimaryButton
from ac_desktop.ui.connection.change_texts import affects_donors
from ac_desktop.ui.connection.connection_service import ConnectionService, ConnectionTasks, PreviewsChange, Runner
from ac_desktop.ui.connection.settings.added_page import AddedPage
from ac_desktop.ui.connection.settings.change_question import ChangeQuestion
from ac_desktop.ui.connection.settings.pages import AnswersPage, ConnectionPageId, DonorDataPage, NamePage
from ac_desktop.ui.connection.wizard.account_page import AccountPage
from ac_desktop.ui.connection.wizard.account_queries import AccountQueries
from ac_desktop.ui.connection.wizard.answers import SettingsPart, WizardPageId
from ac_desktop.ui.connection.wizard.check_line import CheckLine, CheckStatus
from ac_desktop.ui.connection.wizard.list_page import ListPage
from ac_desktop.ui.connection.wizard.page import WizardPage
from ac_desktop.ui.connection.wizard.pages_page import PagesPage
from ac_desktop.ui.connection.wizard.refusals import refusal, unexpected
from ac_desktop.ui.connection.wizard.summary import summary
from ac_desktop.ui.connection.wizard.team_page import TeamPage, team_users
from ac_desktop.ui.connection.wizard.wizard_state import WizardState
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic

OnChanged = Callable[[Connection], None]

_ICONS: Final = {
    WizardPageId.ACCOUNT: "key",
    WizardPageId.LIST: "list",
    WizardPageId.PAGES: "document",
    WizardPageId.TEAM: "donors",
}
_SHOWN_AS: Final = {
    WizardPageId.ACCOUNT: ConnectionPageId.ACCOUNT,
    WizardPageId.LIST: ConnectionPageId.LIST,
    WizardPageId.PAGES: ConnectionPageId.PAGES,
    WizardPageId.TEAM: ConnectionPageId.TEAM,
    WizardPageId.SUMMARY: ConnectionPageId.NAME,
}


class ConnectionSettingsDialog(QDialog):
    """Changes one connection, by the rules of the wizard: what is to be asked of the account is asked first."""

    def __init__(
        self,
        kept: Connection,
        state: WizardState,
        service: ConnectionService,
        runner: Runner,
        on_saved: OnChanged,
        added: Sequence[AddedPage] = (),
        first: SettingsPart | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kept = kept
        self.state = state
        self._service = service
        self._runner = runner
        self._on_saved = on_saved
        self._added = added
        self._tasks = ConnectionTasks(runner)
        self._stored_pages: list[AddedPage] = []
        self._waits_for: WizardPageId | None = None
        self._is_locked = self._is_storing = False
        self._asked = 0
        self.queries = AccountQueries(state, service, self._tasks, self)
        self.pages: dict[WizardPageId, WizardPage] = {
            WizardPageId.ACCOUNT: AccountPage(state, self.queries, service, self._tasks, first),
            WizardPageId.LIST: ListPage(state, self.queries),
            WizardPageId.PAGES: PagesPage(state, service, self._tasks),
            WizardPageId.TEAM: TeamPage(state, team_users(service, state.connection_id)),
        }
        self.name_page = NamePage(state)
        self.donor_data_page = DonorDataPage(state)
        self.page_list = PageList(tr("Pages of the settings"), self)
        self.explanation = small_label(tr("Nothing changes until you click Save."))
        self.status = CheckLine()
        self.cancel = QPushButton(tr("Cancel"))
        self.save = PrimaryButton(tr("Sa&ve"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Settings of {connection}", connection=self._kept.name))
        help_key(self, Topic.CONNECTION)
        answers = [AnswersPage(page, _ICONS[number]) for number, page in self.pages.items()]
        for one in (self.name_page, *answers, self.donor_data_page):
            self.page_list.add_page(one.title, one.icon, one)
        for added in self._added:
            self.page_list.add_page(added.title, added.icon, added.widget)
        self.cancel.setAutoDefault(False)
        self.save.setDefault(True)
        lay_out_pages(self, self.page_list, (self.explanation, self.status), (self.cancel, self.save))
        self._explain()

    def _connect(self) -> None:
        self.page_list.page_shown.connect(self._show_page)
        for page in self.pages.values():
            page.touched.connect(self._stop_waiting)
            page.next_wanted.connect(self.accept)
        self.name_page.names.touched.connect(self._stop_waiting)
        self.queries.changed.connect(self._go_on)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.accept)
        self.finished.connect(self._on_end)

    def choose_page(self, page: ConnectionPageId) -> None:
        """Show a page, its first field in focus."""
        if self.page_list.list.currentRow() == page:
            self._show_page(page)
        self.page_list.list.setCurrentRow(page)

    @property
    def shown_page(self) -> int:
        """The place of the page shown, in the list of pages."""
        return self.page_list.list.currentRow()

    def _show_page(self, at: int) -> None:
        """Show the answers; the focus stays in the list where a person goes through it."""
        list_ = self.page_list.list
        had_focus = list_.hasFocus()
        if at == ConnectionPageId.NAME:
            self.name_page.names.show_answers()
            self.name_page.names.name.setFocus()
        elif at == ConnectionPageId.DONOR_DATA:
            self.donor_data_page.donor_data.show_answers()
            self.donor_data_page.donor_data.guard.setFocus()
        else:
            for number, place in _SHOWN_AS.items():
                if place == at:
                    self.pages[number].show_answers()
        if had_focus:
            list_.setFocus()

    def accept(self) -> None:
        """Check every page, ask the account what is still open and a person what moves donors, then store."""
        if self._is_locked or self._has_problems() or self._asks_account():
            return
        if not self.state.changes_queue():
            self._store()
            return
        settings = self.state.settings()
        self._lock(text=tr("Checking what changes for waiting donors…"))
        self._asked += 1
        self._tasks.run(
            lambda: self._service.preview_change(self._kept.id, settings),
            partial(self._ask_person, self._asked),
            partial(self._on_preview_failed, self._asked),
        )

    def _has_problems(self) -> bool:
        """Show the first page with something to correct."""
        for number in WizardPageId:
            problems = self.state.problems(number)
            page = self.pages.get(number, self.name_page)
            if problems:
                self.page_list.list.setCurrentRow(_SHOWN_AS[number])
            page.show_problems(problems)
            if problems:
                return True
        return False

    def _asks_account(self) -> bool:
        """Ask the account where a change of the account or of the list is still to be checked."""
        for number in (WizardPageId.ACCOUNT, WizardPageId.LIST):
            if self._is_open(number):
                self._waits_for = number
                self.choose_page(_SHOWN_AS[number])
                if not self.pages[number].check_account():
                    self._waits_for = None
                    return True
                self._explain(CheckStatus.ASKING, tr("Asking ActiveCampaign…"))
                self._go_on()
                return True
        return False

    def _is_open(self, number: WizardPageId) -> bool:
        state = self.state
        if number is WizardPageId.LIST:
            return state.needs_check(number)
        address = state.address()
        is_same = address is not None and address.base == self._kept.settings.address.base
        return not (is_same and not state.answers.key.strip()) and state.needs_check(number)

    def _go_on(self) -> None:
        """Go on with saving as soon as the account has agreed."""
        number = self._waits_for
        if number is None:
            return
        if not self._is_open(number):
            self._waits_for = None
            self.accept()
        elif self.pages[number].is_refused:
            self._stop_waiting()
            self.pages[number].focus_refused()

    def _stop_waiting(self) -> None:
        self._waits_for = None
        if not self._is_locked:
            self._explain()

    def _ask_person(self, asked: int, preview: PreviewsChange) -> None:
        if asked != self._asked:
            return
        self._unlock()
        if not affects_donors(preview):
            self._store()
            return
        changed = tuple(line for line in summary(self.state) if line.changed)
        ChangeQuestion(preview, self.state.settings(), changed, self._store, self).open()

    def _on_preview_failed(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self._unlock()
            self._show_error(error)

    def _store(self) -> None:
        """Store everything, off the UI thread, then close."""
        self._lock(text=tr("Saving the connection…"))
        self._is_storing = True
        service, number = self._service, self._kept.id
        settings, key = self.state.settings(), self.state.typed_key()
        self._stored_pages = [page for page in self._added if page.change() is not None]
        changes = [change for page in self._stored_pages if (change := page.change()) is not None]
        service.mask_key(key)

        def store() -> Connection:
            for change in changes:
                change()
            return service.save(number, settings, key, number)

        self._runner.run(store, self._on_stored, self._on_not_stored)

    def _on_stored(self, connection: Connection) -> None:
        self._is_locked = self._is_storing = False
        for page in self._stored_pages:
            page.stored()
        super().accept()
        self._on_saved(connection)

    def _on_not_stored(self, error: Exception) -> None:
        self._unlock()
        if not self.isVisible():
            self.open()
        self._show_error(error)

    def _show_error(self, error: Exception) -> None:
        self._explain(CheckStatus.BAD, (refusal(error) or unexpected()).full_text)
        if refusal(error) is None:
            raise error

    def _explain(self, status: CheckStatus = CheckStatus.TO_DO, text: str = "") -> None:
        """Show what is going on, or without a text what the dialog does."""
        self.status.show_status(status, text)
        self.explanation.setVisible(not text)

    def _lock(self, *, text: str) -> None:
        self._is_locked = True
        self.page_list.setEnabled(False)
        self.save.setEnabled(False)
        self._explain(CheckStatus.ASKING, text)

    def _unlock(self) -> None:
        self._is_locked = self._is_storing = False
        self.page_list.setEnabled(True)
        self.save.setEnabled(True)
        self._explain()

    @property
    def is_touched(self) -> bool:
        """Whether anything was changed."""
        return self.state.is_touched or any(page.change() is not None for page in self._added)

    def reject(self) -> None:
        """Close; asks first where something was changed. What is being stored at this moment is stored all the same."""
        if self._is_storing:
            self.hide()
            return
        if self._is_locked:
            self._asked += 1
            self._unlock()
        if self.is_touched:
            question = tr("Leave without saving what you entered?")
            ask_before_discarding(self, self.windowTitle(), question, self._leave)
        else:
            self._leave()

    def _leave(self) -> None:
        super().reject()

    def _on_end(self, _result: int) -> None:
        self._tasks.close()
        account = self.pages[WizardPageId.ACCOUNT]
        if isinstance(account, AccountPage):
            account.forget_key()
        self.queries.forget()
        self.state.forget_key()
        self.deleteLater()


def open_settings(
    parent: QWidget | None,
    service: ConnectionService,
    runner: Runner,
    on_saved: OnChanged,
    connection_id: int,
    page: ConnectionPageId = ConnectionPageId.NAME,
    *,
    first: SettingsPart | None = None,
    added: Sequence[AddedPage] = (),
) -> ConnectionSettingsDialog | None:
    """Open the settings of a connection on a page; None where the connection is no longer there.

    `on_saved` is called once they are stored; `first` is the account's field that has the focus.
    """
    kept = service.connections.get(connection_id)
    if kept is None:
        return None
    state = WizardState(
        kept=kept,
        start=WizardPageId.ACCOUNT,
        names=[one.name for one in service.connections.all()],
        teams=service.connections.teams(),
        pace_of=service.connections.pace,
    )
    dialog = ConnectionSettingsDialog(kept, state, service, runner, on_saved, added, first, parent)
    dialog.open()
    dialog.choose_page(page)
    return dialog
