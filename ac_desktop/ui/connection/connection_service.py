"""What the dialogs about connections ask of the rest of the program, in one place; Qt-free."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from ac_desktop.model.address import AccountAddress
from ac_desktop.model.connection import Connection, ConnectionSettings
from ac_desktop.model.redact import Redactor, key_hint
from ac_desktop.relay.account_check import AccountList, CheckError, CheckStep, KeyOwner
from ac_desktop.relay.clock import Clock
from ac_desktop.relay.connection_keys import ConnectionKeys, KeyUnusableError
from ac_desktop.store.connections.connections import Connections
from ac_desktop.store.queue.queue import Queue
from ac_desktop.store.queue.records import StateCounts

if TYPE_CHECKING:
    from ac_desktop.services import Services

T = TypeVar("T")


class Runner(Protocol):
    """Runs a function off the UI thread and delivers its result there, as the bridge does."""

    def run(
        self, function: Callable[[], T], on_done: Callable[[T], None], on_error: Callable[[Exception], None]
    ) -> None:
        """Call `function` elsewhere, then one of the two callbacks on the UI thread."""


class Checker(Protocol):
    """Asks an account whose key it is and which lists there are. Blocks, so only a runner calls it."""

    def owner(self, address: AccountAddress, key: str, pace: int = ...) -> KeyOwner:
        """Return whose key it is."""

    def lists(self, address: AccountAddress, key: str, pace: int = ...) -> tuple[AccountList, ...]:
        """Return every e-mail list the key's owner can see."""

    def list_named(self, address: AccountAddress, key: str, list_id: str, pace: int = ...) -> AccountList:
        """Return the list with this number."""


class PreviewsChange(Protocol):
    """How other settings would change a connection's records."""

    @property
    def becoming_skipped(self) -> int:
        """Waiting records that the new scope excludes."""

    @property
    def coming_back(self) -> int:
        """Skipped records that the new scope includes."""

    @property
    def waiting(self) -> int:
        """Records that wait now."""

    @property
    def other_account_or_list(self) -> bool:
        """Whether the records would be sent to another account or list than before."""


Save = Callable[[int | None, ConnectionSettings, str | None], Connection]
Preview = Callable[[int, ConnectionSettings], PreviewsChange]


@dataclass(frozen=True)
class SeenPage:
    """An action page seen in an import."""

    id: str
    name: str = ""


@dataclass(frozen=True)
class SavedConnection:
    """One line of the directory."""

    connection: Connection
    counts: StateCounts
    last_relay: float | None


def _no_pages() -> Sequence[SeenPage]:
    return ()


@dataclass(frozen=True, kw_only=True)
class ConnectionService:
    """The store, the keys and the account check as the dialogs use them.

    `save` and `preview_change` are each one transaction of the store. Whatever writes, asks the keyring or asks an
    account is called through a runner only, and so is `seen_pages`, which may read much; other reading is not.
    """

    check: Checker
    connections: Connections
    queue: Queue
    keys: ConnectionKeys
    redactor: Redactor
    clock: Clock
    save_connection: Save
    preview_change: Preview
    remove_connection: Callable[[int], None]
    pause_connection: Callable[[int], Connection]
    resume_connection: Callable[[int], Connection]
    relay_automatically: Callable[[int], None]
    seen_pages: Callable[[], Sequence[SeenPage]] = _no_pages
    _hints: dict[int, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls,
        services: "Services",
        *,
        save: Save,
        preview_change: Preview,
        seen_pages: Callable[[], Sequence[SeenPage]] = _no_pages,
    ) -> "ConnectionService":
        """Build it from the services; built once, as it remembers which keys were typed in this session."""
        return cls(
            check=services.account_check,
            connections=services.connections,
            queue=services.queue,
            keys=services.connection_keys,
            redactor=services.redactor,
            clock=services.clock,
            save_connection=save,
            preview_change=preview_change,
            remove_connection=services.remove_connection,
            pause_connection=services.pause_connection,
            resume_connection=services.resume_connection,
            relay_automatically=lambda number: services.automatic_relays.turn_on(number, services.clock.now()),
            seen_pages=seen_pages,
        )

    def directory(self) -> list[SavedConnection]:
        """Return every connection with its counts and its last relay."""
        return [
            SavedConnection(kept, self.queue.counts(kept.id), self.connections.last_relay(kept.id))
            for kept in self.connections.all()
        ]

    def key_of(self, connection_id: int) -> str:
        """Return a connection's key; off the UI thread only. Raises CheckError where none is kept."""
        try:
            return self.keys.get(connection_id)
        except KeyUnusableError as error:
            raise CheckError(CheckStep.KEY, error.reason) from error

    def has_key(self, connection_id: int) -> bool:
        """Whether a connection's key is kept; off the UI thread only."""
        try:
            return self.keys.find(connection_id) is not None
        except KeyUnusableError:
            return False

    def mask_key(self, key: str) -> None:
        """Register a typed key for masking, from now on and everywhere."""
        if key:
            self.redactor.learn(key)

    def hint(self, connection_id: int) -> str:
        """Return the last characters of a key that was entered in this session, else nothing."""
        return self._hints.get(connection_id, "")

    def save(
        self,
        connection_id: int | None,
        settings: ConnectionSettings,
        key: str,
        key_from: int | None,
        *,
        automatic: bool = False,
    ) -> Connection:
        """Store a connection; off the UI thread only. Without a typed key, the one of `key_from` is copied.

        With `automatic` a new one relays automatically from now on, as a person chose.
        """
        new_key = key or None
        if connection_id is None and not key and key_from is not None:
            new_key = self.key_of(key_from)
        try:
            connection = self.save_connection(connection_id, settings, new_key)
        except KeyUnusableError as error:
            raise CheckError(CheckStep.KEY, error.reason) from error
        if automatic and connection_id is None:
            self.relay_automatically(connection.id)
        if key:
            self._hints[connection.id] = key_hint(key)
        return connection

    def pause_or_resume(self, connection_id: int, *, pause: bool) -> Connection:
        """Pause or resume; off the UI thread only."""
        change = self.pause_connection if pause else self.resume_connection
        return change(connection_id)

    def reactivate(self, connection_id: int) -> Connection:
        """Reactivate an inactive connection; off the UI thread only."""
        return self.connections.reactivate(connection_id, self.clock.now())

    def delete(self, connection_id: int) -> None:
        """End a connection's relay, then remove it with its records and its key; off the UI thread only."""
        self.remove_connection(connection_id)
        self._hints.pop(connection_id, None)


class ConnectionTasks:
    """A dialog's calls off the UI thread; after `close` nothing is delivered, however late a result is."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._open = True

    def run(
        self, function: Callable[[], T], on_done: Callable[[T], None], on_error: Callable[[Exception], None]
    ) -> None:
        """Call `function` elsewhere, then one of the two callbacks here."""

        def done(result: T) -> None:
            if self._open:
                on_done(result)

        def failed(error: Exception) -> None:
            if self._open:
                on_error(error)

        self._runner.run(function, done, failed)

    def close(self) -> None:
        """Deliver nothing more."""
        self._open = False
