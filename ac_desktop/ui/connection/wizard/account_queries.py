"""What the wizard asks the account, without ever blocking."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from ac_desktop.relay.account_check import AccountList, CheckStep, KeyOwner
from ac_desktop.ui.connection.connection_service import ConnectionService, ConnectionTasks
from ac_desktop.ui.connection.wizard.answers import Credentials
from ac_desktop.ui.connection.wizard.refusals import Refusal, refusal, unexpected
from ac_desktop.ui.connection.wizard.wizard_state import WizardState


@dataclass(frozen=True)
class _AccountQuestion:
    credentials: Credentials
    list_id: str = ""


@dataclass(frozen=True)
class _Asker:
    """Asks with one set of credentials; its methods run off the UI thread."""

    service: ConnectionService
    credentials: Credentials
    key_from: int | None
    pace: int

    def owner(self) -> KeyOwner:
        return self.service.check.owner(self.credentials.address, self._key(), self.pace)

    def lists(self) -> tuple[AccountList, ...]:
        return self.service.check.lists(self.credentials.address, self._key(), self.pace)

    def list_named(self, list_id: str) -> AccountList:
        return self.service.check.list_named(self.credentials.address, self._key(), list_id, self.pace)

    def _key(self) -> str:
        if self.credentials.key or self.key_from is None:
            return self.credentials.key
        return self.service.key_of(self.key_from)


class AccountQueries(QObject):
    """Asks whose key it is, which lists there are, and for a list by its number; reports any change.

    Answers are passed to the wizard's state, which recognises a stale one. Each question has at most one refusal,
    which is kept until the question is asked again or is another one.
    """

    changed = Signal()

    def __init__(
        self, state: WizardState, service: ConnectionService, tasks: ConnectionTasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._service = service
        self._tasks = tasks
        self._owner_asked: _AccountQuestion | None = None
        self._lists_asked: _AccountQuestion | None = None
        self._list_asked: _AccountQuestion | None = None
        self._refused: dict[_AccountQuestion, Refusal] = {}
        self._lists_refused: dict[_AccountQuestion, Refusal] = {}

    @property
    def is_asking_owner(self) -> bool:
        """Whether whose key it is, for what is entered now, is being asked."""
        return self._owner_asked is not None and self._owner_asked == self._question()

    @property
    def owner_refusal(self) -> Refusal | None:
        """Why the address and the key entered now were refused."""
        question = self._question()
        return self._refused.get(question) if question else None

    @property
    def is_asking_lists(self) -> bool:
        """Whether the account's lists are being asked for."""
        return self._lists_asked is not None and self._lists_asked == self._question()

    @property
    def lists_refusal(self) -> Refusal | None:
        """Why the lists cannot be shown."""
        question = self._question()
        return self._lists_refused.get(question) if question else None

    @property
    def is_asking_list(self) -> bool:
        """Whether the list of the number entered now is being asked for."""
        return self._list_asked is not None and self._list_asked == self._list_question()

    @property
    def list_refusal(self) -> Refusal | None:
        """Why the number entered now is not a usable list."""
        question = self._list_question()
        return self._refused.get(question) if question else None

    def ask_owner(self, *, typing: bool = False, again: bool = False) -> bool:
        """Ask whose key it is, then for the lists; False where there is nothing to ask yet."""
        credentials = self._state.credentials(typing=typing)
        if credentials is None:
            return False
        asked = _AccountQuestion(credentials)
        if self._owner_asked == asked or (self._state.proof and not again) or (asked in self._refused and not again):
            return True
        self._refused.pop(asked, None)
        self._owner_asked = asked
        self._tasks.run(
            self._asker(credentials).owner,
            partial(self._take_owner, asked),
            partial(self._owner_refused, asked),
        )
        self.changed.emit()
        return True

    def ask_lists(self, *, again: bool = False) -> None:
        """Ask for the account's lists; asks first whose key it is where that is not known."""
        proof = self._state.proof
        if proof is None:
            self.ask_owner(again=again)
            return
        asked = _AccountQuestion(proof.credentials)
        known = proof.lists is not None or asked in self._lists_refused
        if self._lists_asked == asked or (known and not again):
            return
        self._lists_refused.pop(asked, None)
        self._lists_asked = asked
        self._tasks.run(
            self._asker(proof.credentials).lists,
            partial(self._take_lists, asked),
            partial(self._refuse_lists, asked),
        )
        self.changed.emit()

    def ask_list(self, *, again: bool = False) -> bool:
        """Ask for the list of the number entered; False where there is nothing to ask."""
        asked = self._list_question()
        if asked is None:
            return False
        if self._list_asked == asked or (asked in self._refused and not again):
            return True
        self._refused.pop(asked, None)
        self._list_asked = asked
        self._tasks.run(
            partial(self._asker(asked.credentials).list_named, asked.list_id),
            partial(self._take_list, asked),
            partial(self._list_refused, asked),
        )
        self.changed.emit()
        return True

    def forget(self) -> None:
        """Forget every key that was tried."""
        self._owner_asked = self._lists_asked = self._list_asked = None
        self._refused.clear()
        self._lists_refused.clear()

    def _question(self) -> _AccountQuestion | None:
        credentials = self._state.credentials(typing=False)
        return _AccountQuestion(credentials) if credentials else None

    def _list_question(self) -> _AccountQuestion | None:
        credentials, number = self._state.credentials(typing=False), self._state.list_id()
        return _AccountQuestion(credentials, number) if credentials and number else None

    def _asker(self, credentials: Credentials) -> "_Asker":
        self._service.mask_key(credentials.key)
        return _Asker(self._service, credentials, self._state.key_from, self._state.pace)

    def _take_owner(self, asked: _AccountQuestion, owner: KeyOwner) -> None:
        if self._owner_asked == asked:
            self._owner_asked = None
        if self._state.set_owner(asked.credentials, owner):
            self.ask_lists()
        self.changed.emit()

    def _owner_refused(self, asked: _AccountQuestion, error: Exception) -> None:
        if self._owner_asked == asked:
            self._owner_asked = None
        self._refused[asked] = refusal(error) or unexpected()
        self.changed.emit()
        _raise_if_ours(error)

    def _take_lists(self, asked: _AccountQuestion, lists: tuple[AccountList, ...]) -> None:
        if self._lists_asked == asked:
            self._lists_asked = None
        self._state.set_lists(asked.credentials, lists)
        self.changed.emit()

    def _refuse_lists(self, asked: _AccountQuestion, error: Exception) -> None:
        if self._lists_asked == asked:
            self._lists_asked = None
        self._lists_refused[asked] = refusal(error) or unexpected()
        self._state.set_no_lists(asked.credentials)
        self.changed.emit()
        _raise_if_ours(error)

    def _take_list(self, asked: _AccountQuestion, found: AccountList) -> None:
        if self._list_asked == asked:
            self._list_asked = None
        self._state.add_list(asked.credentials, found)
        self.changed.emit()

    def _list_refused(self, asked: _AccountQuestion, error: Exception) -> None:
        if self._list_asked == asked:
            self._list_asked = None
        self._refused[asked] = refusal(error) or unexpected()
        self.changed.emit()
        _raise_if_ours(error)


def _raise_if_ours(error: Exception) -> None:
    if refusal(error) is None:
        raise error


def is_about_key(refusal: Refusal) -> bool:
    """Whether a refusal is shown beside the key, not beside the address."""
    return refusal.step is CheckStep.KEY
