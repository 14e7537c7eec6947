"""The API keys: in the computer's keyring alone, or for this session in memory, said plainly (rule 16)."""

import threading
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from ac_desktop.model.redact import Redactor
from ac_desktop.model.wording import tr

SERVICE: Final = "AC Desktop"


class KeyPlace(StrEnum):
    """Where a key is kept."""

    KEYRING = "keyring"
    SESSION = "session"


@dataclass(frozen=True)
class KeyLocation:
    """Where keys are kept, in words for the person."""

    place: KeyPlace
    text: str


class Keys(Protocol):
    """Keeps one key a connection, by the connection's key name. Never called on the UI thread."""

    def get(self, key_name: str) -> str | None:
        """Return the key, if one is kept."""

    def set(self, key_name: str, key: str) -> KeyLocation:
        """Keep the key; says where it went."""

    def delete(self, key_name: str) -> None:
        """Forget the key."""

    def describe(self) -> KeyLocation:
        """Return where a key would be kept."""


class SessionKeys:
    """Keys in this program's memory, gone when it ends."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self._keys: dict[str, str] = {}

    def get(self, key_name: str) -> str | None:
        """Return the key, if one is kept."""
        return self._keys.get(key_name)

    def set(self, key_name: str, key: str) -> KeyLocation:
        """Keep the key until the program ends."""
        self._redactor.learn(key)
        self._keys[key_name] = key
        return self.describe()

    def delete(self, key_name: str) -> None:
        """Forget the key."""
        self._keys.pop(key_name, None)

    def describe(self) -> KeyLocation:
        """Say that keys live as long as the program."""
        return KeyLocation(KeyPlace.SESSION, tr("Kept until you close AC Desktop: this computer offers no safe place."))


class GivenKey:
    """The key the environment gives: used for every connection of this run, kept only where a keyring is."""

    def __init__(self, key: str, behind: Keys, redactor: Redactor) -> None:
        redactor.learn(key)
        self._key = key
        self._behind = behind

    def get(self, key_name: str) -> str | None:  # noqa: ARG002  one key for all names
        """Return the key."""
        return self._key

    def set(self, key_name: str, key: str) -> KeyLocation:
        """Keep the key where there is a keyring."""
        return self._behind.set(key_name, key)

    def delete(self, key_name: str) -> None:
        """Forget the kept key."""
        self._behind.delete(key_name)

    def describe(self) -> KeyLocation:
        """Return where a key would be kept."""
        return self._behind.describe()


class KeyringKeys:
    """Keys in the operating system's keyring; where that is missing, locked or failing, in memory."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self._session = SessionKeys(redactor)
        self._guard = threading.Lock()

    def get(self, key_name: str) -> str | None:
        """Return the key, if one is kept here or in the keyring."""
        kept = self._session.get(key_name)
        if kept is not None:
            return kept
        import keyring

        with self._guard:
            try:
                key = keyring.get_password(SERVICE, key_name)
            except Exception:  # noqa: BLE001  a keyring's own library may raise anything
                return None
        if key is not None:
            self._redactor.learn(key)
        return key

    def set(self, key_name: str, key: str) -> KeyLocation:
        """Keep the key in the keyring, else for this session."""
        self._redactor.learn(key)
        import keyring

        if self.describe().place is KeyPlace.KEYRING:
            with self._guard:
                try:
                    keyring.set_password(SERVICE, key_name, key)
                except Exception:  # noqa: BLE001  a keyring's own library may raise anything
                    return self._session.set(key_name, key)
            self._session.delete(key_name)
            return self.describe()
        return self._session.set(key_name, key)

    def delete(self, key_name: str) -> None:
        """Forget the key, here and in the keyring."""
        self._session.delete(key_name)
        import keyring

        with self._guard:
            try:
                keyring.delete_password(SERVICE, key_name)
            except Exception:  # noqa: BLE001  a keyring's own library may raise anything
                return

    def describe(self) -> KeyLocation:
        """Name the keyring, or say that there is none."""
        import keyring
        from keyring.backends.fail import Keyring as NoKeyring

        with self._guard:
            backend = keyring.get_keyring()
        if isinstance(backend, NoKeyring) or backend.priority <= 0:
            return self._session.describe()
        return KeyLocation(KeyPlace.KEYRING, tr("Kept in {keyring}.", keyring=_keyring_name(backend.__module__)))


_NAMES: Final = {
    "keyring.backends.SecretService": "GNOME Keyring",
    "keyring.backends.libsecret": "GNOME Keyring",
    "keyring.backends.kwallet": "KDE Wallet",
    "keyring.backends.macOS": "macOS Keychain",
    "keyring.backends.Windows": "Windows Credential Manager",
}


def _keyring_name(module: str) -> str:
    return next((name for start, name in _NAMES.items() if module.startswith(start)), tr("this computer's keyring"))
