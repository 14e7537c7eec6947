"""The team page: one team's donors, or everybody's."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QButtonGroup, QComboBox, QPlainTextEdit, QRadioButton, QVBoxLayout, QWidget

from ac_desktop.model.scope import parse_pages
from ac_desktop.model.wording import ntr, tr
from ac_desktop.ui.base.forms import Form
from ac_desktop.ui.connection.connection_service import ConnectionService
from ac_desktop.ui.connection.wizard.answers import SettingsPart, WizardPageId
from ac_desktop.ui.connection.wizard.page import WizardPage
from ac_desktop.ui.connection.wizard.pages_page import LINES_SHOWN
from ac_desktop.ui.connection.wizard.wizard_state import WizardState

EVERY = 0
ONE = 1


class TeamPage(WizardPage):
    """Asks whether only one team's donors are taken, and which pages make up that team.

    `users` names the connections that use a team, by its name in lower case.
    """

    def __init__(self, state: WizardState, users: Mapping[str, Sequence[str]], parent: QWidget | None = None) -> None:
        super().__init__(WizardPageId.TEAM, state, parent)
        self._users = users
        self.introduce(
            tr("Team"),
            tr("A team is a named set of action pages, saved on this computer. Most people don't need one."),
            tr("You can change this later under Connection settings > Team."),
        )
        self._build()
        self.kinds.idToggled.connect(self._on_kind)
        self.name.editTextChanged.connect(self._on_name)
        self.name.activated.connect(self._on_pick)
        self.pages.textChanged.connect(self._on_pages)

    def _build(self) -> None:
        self.every = QRadioButton(tr("&Every team"))
        self.one = QRadioButton(tr("&Only one team's donors"))
        self.kinds = QButtonGroup(self)
        self.kinds.addButton(self.every, EVERY)
        self.kinds.addButton(self.one, ONE)
        self.name = QComboBox()
        self.pages = QPlainTextEdit()
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name.addItems([team.name for team in self.state.teams])
        self.pages.setTabChangesFocus(True)
        self.pages.setPlaceholderText(tr("Page IDs or web addresses, separated by commas"))
        line = self.pages.fontMetrics().height()
        self.pages.setMinimumHeight(line * (LINES_SHOWN + 1))
        self.pages.setMaximumHeight(line * (2 * LINES_SHOWN))
        form = Form()
        self.fields[SettingsPart.TEAM_NAME] = form.add_field(tr("&Team:"), self.name)
        self._pages_field = form.add_field(tr("Its &pages:"), self.pages)
        layout = QVBoxLayout(self.body)
        layout.addWidget(self.every)
        layout.addWidget(self.one)
        layout.addSpacing(layout.spacing())
        layout.addLayout(form)
        layout.addStretch(1)

    def show_answers(self) -> None:
        """Show the answers."""
        answers = self.state.answers
        chosen = self.one if answers.has_team else self.every
        chosen.setChecked(True)
        if self.name.currentText() != answers.team_name:
            self.name.setEditText(answers.team_name)
        if self.pages.toPlainText() != answers.team_pages:
            self.pages.setPlainText(answers.team_pages)
        self._show()
        chosen.setFocus()

    def _on_kind(self, number: int, checked: bool) -> None:  # noqa: FBT001  Qt's signal gives it by position
        if checked:
            self.state.set_answers(replace(self.state.answers, has_team=number == ONE))
            self._changed()

    def _on_name(self, text: str) -> None:
        if text != self.state.answers.team_name:
            self.state.set_answers(replace(self.state.answers, team_name=text))
            self._changed()

    def _on_pick(self, _number: int) -> None:
        team = self.state.team_named(self.name.currentText())
        if team is not None:
            self.pages.setPlainText(", ".join(team.pages))

    def _on_pages(self) -> None:
        if self.pages.toPlainText() != self.state.answers.team_pages:
            self.state.set_answers(replace(self.state.answers, team_pages=self.pages.toPlainText()))
            self._changed()

    def _changed(self) -> None:
        self.fields[SettingsPart.TEAM_NAME].show_error("")
        self.touched.emit()
        self._show()

    def _show(self) -> None:
        answers = self.state.answers
        self.name.setEnabled(answers.has_team)
        self.pages.setEnabled(answers.has_team)
        self.fields[SettingsPart.TEAM_NAME].show_hint(self._shared_text(answers.team_name) if answers.has_team else "")
        self._pages_field.show_hint(self._pages_text(answers.team_pages) if answers.has_team else "")

    def _shared_text(self, name: str) -> str:
        users = self._users.get(name.strip().casefold(), ())
        if not users:
            return ""
        return tr("Also used by {connections}. Changes here apply there too.", connections=tr(", ").join(users))

    def _pages_text(self, text: str) -> str:
        pages = parse_pages(text)
        if not pages:
            return tr("Not needed if your files name the team.")
        return ntr("{count} page: {pages}", "{count} pages: {pages}", len(pages), pages=tr(", ").join(pages))


def team_users(service: ConnectionService, but: int | None = None) -> dict[str, list[str]]:
    """Return the names of the connections that use each team, by its name in lower case."""
    users: dict[str, list[str]] = defaultdict(list)
    for connection in service.connections.all():
        team = connection.settings.scope.team
        if team is not None and connection.id != but:
            users[team.name.casefold()].append(connection.name)
    return users
