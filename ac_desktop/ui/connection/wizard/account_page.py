"""The account page: address and key, tested automatically while the person watches."""

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ac_desktop.model.address import AddressNote
from ac_desktop.model.connection import KeyLocation
from ac_desktop.model.wording import ntr, tr
from ac_desktop.ui.base.forms import Form
from ac_desktop.ui.connection.connection_service import ConnectionService, ConnectionTasks
from ac_desktop.ui.connection.wizard.account_queries import AccountQueries, is_about_key
from ac_desktop.ui.connection.wizard.answers import SettingsPart, WizardPageId
from ac_desktop.ui.connection.wizard.check_line import CheckLine, CheckStatus
from ac_desktop.ui.connection.wizard.key_field import KeyField
from ac_desktop.ui.connection.wizard.page import WizardPage
from ac_desktop.ui.connection.wizard.refusals import refusal
from ac_desktop.ui.connection.wizard.wizard_state import WizardState

TYPING_PAUSE_MS: Final = 500
"""How long nothing is typed before the test starts."""


class AccountPage(WizardPage):
    """Asks for the API URL and the key, and shows whose key it is."""

    def __init__(
        self,
        state: WizardState,
        queries: AccountQueries,
        service: ConnectionService,
        tasks: ConnectionTasks,
        first: SettingsPart | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(WizardPageId.ACCOUNT, state, parent)
        self._first = first
        self._queries = queries
        self._service = service
        self._tasks = tasks
        self._location: KeyLocation | None = None
        self._location_problem = ""
        self.introduce(
            tr("Account"),
            tr("Copy both from ActiveCampaign under Settings > Developer."),
            tr("You can change this later under Connection settings > Account."),
        )
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        self.address.textChanged.connect(self._on_address)
        self.address.editingFinished.connect(self._on_address_finished)
        self.confirm.toggled.connect(self._on_confirm)
        self.key.changed.connect(self._on_key)
        self.key.finished.connect(self._on_finished)
        self.again.clicked.connect(self._on_again)
        queries.changed.connect(self._show)
        tasks.run(service.keys.describe, self._on_storage, self._on_storage_failed)
        if state.key_from is not None:
            tasks.run(partial(service.has_key, state.key_from), self._on_key_known, self._on_key_unknown)

    def _build(self) -> None:
        self.address = QLineEdit()
        self.key = KeyField()
        self.confirm = QCheckBox(tr("This addre&ss is correct"))
        self.again = QPushButton(tr("&Test again"))
        self.again.setAutoDefault(False)
        self.status = CheckLine()
        self.address.setPlaceholderText("https://yourname.api-us1.com")
        self._form = form = Form()
        self.fields[SettingsPart.ADDRESS] = form.add_field(tr("API &URL:"), self.address)
        self.fields[SettingsPart.HOST] = form.add_check(self.confirm)
        self.fields[SettingsPart.KEY] = form.add_field(tr("API &key:"), self.key)
        below = QHBoxLayout()
        below.addWidget(self.status, 1, Qt.AlignmentFlag.AlignVCenter)
        below.addWidget(self.again)
        layout = QVBoxLayout(self.body)
        layout.addLayout(form)
        layout.addSpacing(layout.spacing())
        layout.addLayout(below)
        layout.addStretch(1)

    def show_answers(self) -> None:
        """Show the answers, and test what is already entered.

        Where there is an address, the key field has the focus: nobody types a key into a field that shows it (rule
        16).
        """
        answers = self.state.answers
        if self.address.text() != answers.address:
            self.address.setText(answers.address)
        self._queries.ask_owner(typing=True)
        self._show()
        self.focus(self._first or (SettingsPart.KEY if answers.address.strip() else SettingsPart.ADDRESS))

    def check_account(self) -> bool:
        """Test now, however short the key is."""
        self._pause.stop()
        if self.state.proof is not None:
            self._queries.ask_lists()
            return True
        return self._queries.ask_owner(again=True)

    def forget_key(self) -> None:
        """Clear the field, as the key is never shown again."""
        self._pause.stop()
        self.key.blockSignals(True)  # noqa: FBT003  Qt takes it by position
        self.key.forget()
        self.key.blockSignals(False)  # noqa: FBT003  Qt takes it by position

    @property
    def is_refused(self) -> bool:
        """Whether the account refused this address and key."""
        return self._queries.owner_refusal is not None

    def focus_refused(self) -> None:
        """Focus the field that was refused."""
        refusal = self._queries.owner_refusal
        self.focus(SettingsPart.KEY if refusal and is_about_key(refusal) else SettingsPart.ADDRESS)

    def _on_address(self, text: str) -> None:
        self.state.set_answers(replace(self.state.answers, address=text))
        self._changed()

    def _on_address_finished(self) -> None:
        refusal = next((one.text for one in self.state.problems(self.page_id) if one.part is SettingsPart.ADDRESS), "")
        if self.address.text().strip():
            self.fields[SettingsPart.ADDRESS].show_error(refusal)
        self._on_finished()

    def _on_confirm(self, confirmed: bool) -> None:  # noqa: FBT001  Qt's signal gives it by position
        address = self.state.address()
        host = address.host if confirmed and address else ""
        self.state.set_answers(replace(self.state.answers, confirmed_host=host))
        self._changed()

    def _on_key(self) -> None:
        self.state.set_answers(replace(self.state.answers, key=self.key.key))
        self._changed()

    def _changed(self) -> None:
        self._pause.start()
        self._clear_errors()
        self.touched.emit()
        self._show()

    def _on_pause(self) -> None:
        self._queries.ask_owner(typing=True)
        self._show()

    def _on_finished(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._queries.ask_owner(typing=True)

    def _clear_errors(self) -> None:
        for field in self.fields.values():
            field.show_error("")

    def _on_again(self) -> None:
        self.check_account()

    def _on_storage(self, location: KeyLocation) -> None:
        self._location = location
        self._show()

    def _on_storage_failed(self, error: Exception) -> None:
        self._location_problem = tr(
            "AC Desktop doesn't know yet where it can store the API key: {problem}", problem=error
        )
        self._show()

    def _on_key_known(self, is_kept: bool) -> None:  # noqa: FBT001  a runner gives it by position
        self.state.key_is_kept = is_kept
        self._show()

    def _on_key_unknown(self, error: Exception) -> None:
        # The test of the address and the key shows why the keyring does not answer.
        if refusal(error) is None:
            raise error

    def _show(self) -> None:
        self._show_address()
        self._show_key()
        self._show_status()

    def _show_address(self) -> None:
        address = self.state.address()
        hints = []
        if address is None:
            hints.append(tr("Any format works: with or without https://, or copied from your browser."))
        else:
            hints.append(tr("Will be used as {address}", address=address.base))
            if AddressNote.MADE_SECURE in address.notes:
                hints.append(tr("http was changed to https. API keys and donor data are always encrypted."))
        self.fields[SettingsPart.ADDRESS].show_hint("\n".join(hints))
        asks = self.state.needs_confirmation
        self._form.setRowVisible(self.fields[SettingsPart.HOST], asks)
        if asks and address:
            self.fields[SettingsPart.HOST].show_hint(
                tr(
                    (
                        "{host} isn't a usual ActiveCampaign address. Your API key and donor data would be sent "
                        "there. Compare it with the API URL in ActiveCampaign, letter by letter."
                    ),
                    host=address.host,
                )
            )
        if self.confirm.isChecked() != (asks and self.state.is_confirmed):
            self.confirm.blockSignals(True)  # noqa: FBT003  Qt takes it by position
            self.confirm.setChecked(asks and self.state.is_confirmed)
            self.confirm.blockSignals(False)  # noqa: FBT003  Qt takes it by position

    def _show_key(self) -> None:
        is_kept = bool(self.state.key_is_kept) and self.state.may_use_kept_key()
        self.key.line.setPlaceholderText(self._kept_text() if is_kept else "")
        is_typed = bool(self.state.answers.key.strip())
        is_missing = self.state.key_is_kept is False and not is_typed
        missing = tr("No API key is saved on this computer for this connection. Enter the key.")
        location = self._location_text(is_stored=is_kept and not is_typed)
        self.fields[SettingsPart.KEY].show_hint(missing if is_missing else location)
        if is_missing:
            # The test may have found out before the keyring answered.
            self.fields[SettingsPart.KEY].show_error("")

    def _location_text(self, *, is_stored: bool) -> str:
        if self._location is None:
            return self._location_problem
        return self._location.text if is_stored else self._location.announcement

    def _kept_text(self) -> str:
        hint = self._service.hint(self.state.key_from) if self.state.key_from is not None else ""
        if hint:
            return tr("{hint} is saved. Leave empty to keep it.", hint=hint)
        return tr("API key saved. Leave empty to keep it.")

    def _show_status(self) -> None:
        refusal = self._queries.owner_refusal
        self.again.setVisible(refusal is not None)
        if refusal is not None:
            about_key = is_about_key(refusal)
            self.fields[SettingsPart.KEY].show_error(refusal.full_text if about_key else "")
            self.fields[SettingsPart.ADDRESS].show_error("" if about_key else refusal.full_text)
            self.status.show_status(CheckStatus.BAD, tr("Not connected."))
        elif self._queries.is_asking_owner:
            self._clear_errors()
            self.status.show_status(CheckStatus.ASKING, self._asking_text())
        elif self.state.proof is not None:
            self._clear_errors()
            self.status.show_status(CheckStatus.GOOD, self._proven_text())
        elif self.state.needs_confirmation and not self.state.is_confirmed:
            self.status.show_status(CheckStatus.WARNING, tr("To start the test, confirm the address."))
        else:
            self.status.show_status(
                CheckStatus.TO_DO, tr("The test starts automatically once you enter the API URL and API key.")
            )

    def _asking_text(self) -> str:
        address = self.state.address()
        return tr("Asking {account} who owns this API key…", account=address.host if address else "")

    def _proven_text(self) -> str:
        proof = self.state.proof
        owner = tr("Connected. The API key belongs to {owner}.", owner=self.state.owner_text())
        if proof is None or proof.lists is None:
            return owner
        return owner + " " + ntr("Its owner sees {count} list.", "Its owner sees {count} lists.", len(proof.lists))
