"""The workstations and people of an office: who is there, who relays what, who is invited, and who may not any more."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QMessageBox,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.model.wording import tr
from ac_desktop.reporting.office_texts import office_text, role_name
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.membership import OfficeMembership
from ac_desktop.store.office.office_folder import OfficeFolder
from ac_desktop.store.office.office_server import InvitedPerson, Workstation
from ac_desktop.store.office.roles import Role
from ac_desktop.ui.base.dialogs import grow_to_fit, plain_buttons
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.connection.connection_service import Runner
from ac_desktop.ui.connection.wizard.check_line import CheckLine, CheckStatus
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic
from ac_desktop.ui.office.invite_dialog import InviteDialog
from ac_desktop.ui.office.office_tables import people_model, workstations_model
from ac_desktop.ui.office.rows_model import RowsTable

LOOK_EVERY_MS: Final = 2_000
"""How often the server is asked at most, while something changes."""
QUIET_LOOKS: Final = 3
"""So many of these times it is not asked while nothing changes, but for who is there."""
ROWS_SHOWN: Final = 5
CHARACTERS_WIDE: Final = 100


@dataclass(frozen=True)
class OfficeFound:
    """What the server said."""

    membership: OfficeMembership
    name: str
    workstations: list[Workstation]
    people: list[InvitedPerson]


class OfficeDialog(QDialog):
    """Stays open beside the window; `relay_wanted` carries the names of connections that are to be relayed here."""

    relay_wanted = Signal(object)

    def __init__(
        self,
        office: OfficeFolder,
        password: str | None,
        shown_connection: Callable[[], str],
        runner: Runner,
        now: Callable[[], float],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._password = password
        self._shown_connection = shown_connection
        self._runner = runner
        self._is_asking = False
        self._skipped = 0
        self._membership: OfficeMembership | None = None
        self.who = small_label(" ")
        self.status = CheckLine()
        self.workstations = RowsTable(workstations_model(now, self._own_name), tr("Workstations"), ROWS_SHOWN)
        self.people = RowsTable(people_model(now), tr("People"), ROWS_SHOWN)
        self.relay_here, self.take_over = QPushButton(tr("&Relay here")), QPushButton(tr("&Take over…"))
        self.invite, self.withdraw = QPushButton(tr("&Invite…")), QPushButton(tr("&Remove…"))
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._lay_out()
        self._connect()
        self._show_actions()
        self.look()
        self._timer.start()

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Workstations and people"))
        help_key(self, Topic.OFFICE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.tabs = QTabWidget()
        self.tabs.addTab(
            _page(
                self.workstations,
                tr("One workstation relays an account at a time. More of them bring no speed."),
                (self.relay_here, self.take_over),
            ),
            tr("Work&stations"),
        )
        self.tabs.addTab(
            _page(
                self.people,
                tr("What a person did stays in the history when you remove them."),
                (self.invite, self.withdraw),
            ),
            tr("&People"),
        )
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        plain_buttons(self.buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(self.who)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.status)
        layout.addWidget(self.buttons)
        self.status.hide()
        available = self.screen().availableSize()
        wide = self.fontMetrics().averageCharWidth() * CHARACTERS_WIDE
        self.resize(min(wide, available.width() * 9 // 10), self.sizeHint().height())

    def _connect(self) -> None:
        self._timer.timeout.connect(self._look_at_times)
        self.workstations.selectionModel().currentRowChanged.connect(self._show_actions)
        self.people.selectionModel().currentRowChanged.connect(self._show_actions)
        self.relay_here.clicked.connect(self._relay_here)
        self.take_over.clicked.connect(self._ask_to_take_over)
        self.invite.clicked.connect(self._invite)
        self.withdraw.clicked.connect(self._ask_to_withdraw)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self._timer.stop)

    def _own_name(self) -> str:
        return self._membership.workstation if self._membership is not None else ""

    def look_soon(self, _news: object = None) -> None:
        """Ask the server again at the next of its times: something changed."""
        self._skipped = QUIET_LOOKS

    def look(self) -> None:
        """Ask the server who is there."""
        if not self._is_asking:
            self._is_asking = True
            self._runner.run(partial(_read, self._office, self._password), self._show, self._show_failure)

    def _look_at_times(self) -> None:
        self._skipped += 1
        if self._skipped > QUIET_LOOKS:
            self._skipped = 0
            self.look()

    def _show(self, found: OfficeFound) -> None:
        self._is_asking = False
        membership = self._membership = found.membership
        self.who.setText(
            tr(
                "Office {office}. You are “{person}” ({role}), and this is “{workstation}”.",
                office=office_text(found.name, membership.database, membership.server),
                person=membership.person,
                role=role_name(membership.role),
                workstation=membership.workstation,
            )
        )
        self.workstations.show_rows(found.workstations)
        self.people.show_rows(found.people)
        if self.status.status is CheckStatus.BAD:
            self.status.show_status(CheckStatus.GOOD, "")
        self._show_actions()

    def show_not_taken_over(self, why: str) -> None:
        """Show why another workstation relays all the same, until something else is done here."""
        self.status.show_status(CheckStatus.WARNING, why)
        grow_to_fit(self)

    def _show_failure(self, error: Exception) -> None:
        self._is_asking = False
        if not isinstance(error, StoreError):
            raise error
        self.status.show_status(CheckStatus.BAD, str(error))

    def _show_actions(self, *_: object) -> None:
        workstation, person = self.workstations.chosen, self.people.chosen
        others = [one for one in self.workstations.rows_model.rows if one.name != self._own_name()]
        shown = self._shown_connection()
        self.relay_here.setText(tr("&Relay “{name}” here", name=shown) if shown else tr("&Relay here"))
        self.relay_here.setEnabled(bool(shown) and self._membership is not None)
        self.take_over.setEnabled(workstation is not None and workstation in others and bool(workstation.relaying))
        is_admin = self._membership is not None and self._membership.role is Role.ADMIN
        tip = "" if is_admin else tr("Only administrators of the office invite and remove people.")
        for button in (self.invite, self.withdraw):
            button.setToolTip(tip)
        self.invite.setEnabled(is_admin)
        is_other = person is not None and self._membership is not None and person.person != self._membership.person
        self.withdraw.setEnabled(is_admin and is_other and person is not None and person.withdrawn_at is None)

    def _relay_here(self) -> None:
        name = self._shown_connection()
        if name:
            self._want_relay((name,))

    def _want_relay(self, names: tuple[str, ...]) -> None:
        self.status.show_status(CheckStatus.GOOD, "")
        self.relay_wanted.emit(names)

    def _ask_to_take_over(self) -> None:
        chosen = self.workstations.chosen
        if chosen is None or not chosen.relaying:
            return
        self._ask(
            tr("Take over from “{name}”?", name=chosen.name),
            tr(
                "“{person}” is relaying {connections} there. This computer relays from now on. An automatic relay "
                "there ends. One that a person started there continues beside it, at the same speed in all.",
                person=chosen.person,
                connections=", ".join(chosen.relaying),
            ),
            tr("&Take over"),
            partial(self._want_relay, chosen.relaying),
        )

    def _invite(self) -> None:
        dialog = InviteDialog(self._office, self._password, self._runner, self)
        dialog.invited.connect(self._say)
        dialog.open()

    def _ask_to_withdraw(self) -> None:
        chosen = self.people.chosen
        if chosen is None:
            return
        self._ask(
            tr("Remove “{person}” from the office?", person=chosen.person),
            tr("This person can't work in the office any more, on any computer. What they did stays in the history."),
            tr("&Remove"),
            partial(self._withdraw, chosen.person),
        )

    def _withdraw(self, person: str) -> None:
        self._runner.run(
            partial(self._office.withdraw, person, self._password),
            lambda _done: self._say(tr("“{person}” can't work in the office any more.", person=person)),
            self._show_failure,
        )

    def _say(self, text: str) -> None:
        self.status.show_status(CheckStatus.GOOD, text)
        self.look()

    def _ask(self, question: str, explanation: str, agree: str, agreed: Callable[[], object]) -> None:
        box = QMessageBox(QMessageBox.Icon.Question, self.windowTitle(), question, parent=self)
        box.setInformativeText(explanation)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        button = box.addButton(agree, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        plain_buttons_of(box)
        button.clicked.connect(lambda _checked: agreed())
        box.open()


def plain_buttons_of(box: QMessageBox) -> None:
    """Remove the style's icons from the buttons of a question."""
    found = box.findChild(QDialogButtonBox)
    if found is not None:
        plain_buttons(found)


def _read(office: OfficeFolder, password: str | None) -> OfficeFound:
    membership, workstations = office.workstations(password)
    return OfficeFound(membership, office.name(password), workstations, office.people(password))


def _page(table: QWidget, explanation: str, buttons: tuple[QPushButton, ...]) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.addWidget(table, 1)
    layout.addWidget(small_label(explanation))
    row = QHBoxLayout()
    row.addStretch()
    for button in buttons:
        button.setAutoDefault(False)
        row.addWidget(button)
    layout.addLayout(row)
    return page
