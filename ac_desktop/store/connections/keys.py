"""Storage of API keys and webhook secrets: in the OS keyring alone, or for this session in memory (rule 16)."""

import threading
from typing import Final, Protocol

from ac_desktop.model.connection import KeyLocation, KeyPlace
from ac_desktop.model.redact import Redactor
from ac_desktop.store.connections.connections import Connections

SERVICE: Final = "AC Desktop"


class Keys(Protocol):
    """Stores one key per connection, by the connection's key name. Never called on the UI thread."""

    def get(self, key_name: str) -> str | None:
        """Return the key, None where none is stored."""

    def set(self, key_name: str, key: str) -> KeyLocation:
        """Store the key and return where."""

    def delete(self, key_name: str) -> None:
        """Delete the key."""

    def describe(self) -> KeyLocation:
        """Return where a key would be stored."""


class SessionKeys:
    """Keys in memory, until the program ends."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self._keys: dict[str, str] = {}

    def get(self, key_name: str) -> str | None:
        """Return the key, None where none is stored."""
        return self._keys.get(key_name)

    def set(self, key_name: str, key: str) -> KeyLocation:
        """Store the key until the program ends."""
        self._redactor.learn(key)
        self._keys[key_name] = key
        return self.describe()

    def delete(self, key_name: str) -> None:
        """Delete the key."""
        self._keys.pop(key_name, None)

    def describe(self) -> KeyLocation:
        """Return that keys are stored until the program ends."""
        return KeyLocation(KeyPlace.SESSION)


class GivenKey:
    """A key from the environment, used for every connection of this run."""

    def __init__(self, key: str, storage: Keys, redactor: Redactor) -> None:
        redactor.learn(key)
        self._key = key
        self._storage = storage

    def get(self, key_name: str) -> str | None:  # noqa: ARG002  one key for all names
        """Return the key."""
        return self._key

    def set(self, key_name: str, key: str) -> KeyLocation:
        """Store a key in the underlying storage."""
        return self._storage.set(key_name, key)

    def delete(self, key_name: str) -> None:
        """Delete the key from the underlying storage."""
        self._storage.delete(key_name)

    def describe(self) -> KeyLocation:
        """Return where a key would be stored."""
        return self._storage.describe()


class KeyringKeys:
    """Keys in the OS keyring; where that is missing, locked or failing, in memory."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self._session = SessionKeys(redactor)
        self._lock = threading.Lock()

    def get(self, key_name: str) -> str | None:
        """Return the key from memory or from the keyring, None where none is stored."""
        in_memory = self._session.get(key_name)
        if in_memory is not None:
            return in_memory
        import keyring

        with self._lock:
            try:
                key = keyring.get_password(SERVICE, key_name)
            except Exception:  # noqa: BLE001  a keyring's own library may raise anything
                return None
        if key is not None:
            self._redactor.learn(key)
        return key

    def set(self, key_name: str, key: str) -> KeyLocation:
        """Store the key in the keyring, else for this session."""
        self._redactor.learn(key)
        import keyring

        if self.describe().place is KeyPlace.KEYRING:
            with self._lock:
                try:
                    keyring.set_password(SERVICE, key_name, key)
                except Exception:  # noqa: BLE001  a keyring's own library may raise anything
                    return self._session.set(key_name, key)
            self._session.delete(key_name)
            return self.describe()
        return self._session.set(key_name, key)

    def delete(self, key_name: str) -> None:
        """Delete the key, in memory and in the keyring."""
        self._session.delete(key_name)
        import keyring

        with self._lock:
            try:
                keyring.delete_password(SERVICE, key_name)
            except Exception:  # noqa: BLE001  a keyring's own library may raise anything
                return

    def describe(self) -> KeyLocation:
        """Return the keyring's name, or that there is none."""
        import keyring
        from keyring.backends.fail import Keyring as NoKeyring

        with self._lock:
            backend = keyring.get_keyring()
        if isinstance(backend, NoKeyring) or backend.priority <= 0:
            return self._session.describe()
        return KeyLocation(KeyPlace.KEYRING, _keyring_name(backend.__module__))


_NAMES: Final = {
    "keyring.backends.SecretService": "GNOME Keyring",
    "keyring.backends.libsecret": "GNOME Keyring",
    "keyring.backends.kwallet": "KDE Wallet",
    "keyring.backends.macOS": "macOS Keychain",
    "keyring.backends.Windows": "Windows Credential Manager",
}


def _keyring_name(module: str) -> str:
    return next((name for start, name in _NAMES.items() if module.startswith(start)), "")


WEBHOOK_ENDING: Final = ".webhook"


class WebhookSecrets:
    """A secret for each connection, or the one of the environment for all. Never called on the UI thread."""

    def __init__(self, connections: Connections, keys: Keys, redactor: Redactor, given: str | None) -> None:
        self._connections = connections
        self._keys = keys
        self._given = given
        self._known: dict[int, str] = {}
        self._lock = threading.Lock()
        if given:
            redactor.learn(given)

    def get(self, connection_id: int) -> str | None:
        """Return the secret, None where there is none; one that was found is read from the keyring once."""
        if self._given:
            return self._given
        with self._lock:
            known = self._known.get(connection_id)
        if known is None:
            known = self._keys.get(self._name(connection_id))
            if known is not None:
                with self._lock:
                    self._known[connection_id] = known
        return known

    def set(self, connection_id: int, secret: str) -> KeyLocation:
        """Store a secret and return where."""
        location = self._keys.set(self._name(connection_id), secret)
        with self._lock:
            self._known[connection_id] = secret
        return location

    def delete(self, connection_id: int) -> None:
        """Delete the secret."""
        with self._lock:
            self._known.pop(connection_id, None)
        self._keys.delete(self._name(connection_id))

    def _name(self, connection_id: int) -> str:
        return f"{self._connections.key_name(connection_id)}{WEBHOOK_ENDING}"
