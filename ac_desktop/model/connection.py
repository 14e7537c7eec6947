"""A connection: one set-up of account, list, pages and team, and where its API key is stored."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from ac_desktop.model.address import AccountAddress
from ac_desktop.model.donor import PhoneStyle
from ac_desktop.model.payload import ContactField
from ac_desktop.model.scope import Scope
from ac_desktop.model.states import ConnectionState
from ac_desktop.model.wording import tr

SLOWEST_PACE: Final = 1
FASTEST_PACE: Final = 5
"""ActiveCampaign's limit: 5 requests a second an account, all keys together (reference "Rate limits")."""
DEFAULT_PACE: Final = 4


@dataclass(frozen=True, kw_only=True)
class ConnectionSettings:
    """The settings of a connection; the key is kept in the keyring.

    A value of `keep_fields` that a contact already has in the account is left as it is.
    """

    name: str
    address: AccountAddress
    list_id: str
    list_name: str = ""
    scope: Scope = field(default_factory=Scope)
    pace: int = DEFAULT_PACE
    phone_style: PhoneStyle = PhoneStyle.DIGITS
    consent_guard: bool = True
    keep_fields: frozenset[ContactField] = frozenset()


@dataclass(frozen=True, kw_only=True)
class CircuitState:
    """The state of a connection under the five-in-a-row rule.

    `wait_until` is in seconds since the epoch; `careful` allows one record at a time after a reactivation.
    """

    state: ConnectionState = ConnectionState.ACTIVE
    streak: int = 0
    wait_until: float = 0.0
    careful: bool = False


@dataclass(frozen=True, kw_only=True)
class Connection:
    """A stored connection with its settings and its circuit state."""

    id: int
    settings: ConnectionSettings
    circuit: CircuitState

    @property
    def name(self) -> str:
        """The name people gave it."""
        return self.settings.name

    @property
    def host(self) -> str:
        """The host of its API URL, as it is shown."""
        return self.settings.address.host

    @property
    def account(self) -> str:
        """The account, one name for all of its hosts (rule 14)."""
        return self.settings.address.account

    @property
    def state(self) -> ConnectionState:
        """Whether it may attempt relays."""
        return self.circuit.state


class KeyPlace(StrEnum):
    """The kind of storage of a key."""

    KEYRING = "keyring"
    SESSION = "session"


@dataclass(frozen=True)
class KeyLocation:
    """The storage of keys; `keyring` is the name of a keyring that people know by its name."""

    place: KeyPlace
    keyring: str = ""

    @property
    def text(self) -> str:
        """The sentence shown of a key that is stored there."""
        return self._told(tr("Saved in {keyring}.", keyring=self._name))

    @property
    def announcement(self) -> str:
        """The sentence shown of a key that is not stored yet."""
        return self._told(tr("Will be saved in {keyring}.", keyring=self._name))

    @property
    def _name(self) -> str:
        return self.keyring or tr("this computer's keyring")

    def _told(self, in_keyring: str) -> str:
        if self.place is KeyPlace.SESSION:
            return tr("Stored only until you close AC Desktop, because this computer has no secure key storage.")
        return in_keyring
