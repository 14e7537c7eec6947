"""The key lives in the keyring alone; without one, in memory for this session, said plainly (rule 16)."""

from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.errors
import pytest

from ac_desktop.model.connection import KeyLocation, KeyPlace
from ac_desktop.model.redact import MASK, Redactor
from ac_desktop.store.connections import keys as keys_module
from ac_desktop.store.connections.keys import GivenKey, KeyringKeys, SessionKeys

KEY, OTHER = "made-up-key-0123456789", "another-key-9876543210"


class InMemory(keyring.backend.KeyringBackend):
    """A keyring that works."""

    priority = 5.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise keyring.errors.PasswordDeleteError("not there")
        del self.kept[service, username]


class Failing(InMemory):
    """A keyring that is there and fails at everything, as a locked one does, or one whose daemon is gone."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def get_password(self, *_: str) -> str | None:
        raise self.error

    def set_password(self, *_: str) -> None:
        raise self.error

    def delete_password(self, *_: str) -> None:
        raise self.error


class OddError(Exception):
    """What a backend's own library raises."""


class Unwanted(InMemory):
    """A keyring that nobody should use."""

    priority = 0.0


@pytest.fixture(autouse=True)
def _own_keyring_again() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def redactor() -> Redactor:
    return Redactor()


def use(backend: keyring.backend.KeyringBackend) -> None:
    keyring.set_keyring(backend)


def test_a_session_key_is_kept_in_memory_and_masked(redactor: Redactor) -> None:
    keys = SessionKeys(redactor)

    home = keys.set("one", KEY)

    assert home == keys.describe()
    assert home.place is KeyPlace.SESSION
    assert "until you close" in home.text
    assert (keys.get("one"), keys.get("two")) == (KEY, None)
    assert redactor(f"key {KEY}") == f"key {MASK}"
    keys.delete("one")
    keys.delete("one")
    assert keys.get("one") is None


def test_a_given_key_is_used_for_all_and_kept_only_where_keys_are_kept(redactor: Redactor) -> None:
    behind = SessionKeys(redactor)
    keys = GivenKey(KEY, behind, redactor)

    assert keys.get("one") == keys.get("two") == KEY
    assert redactor(KEY) == MASK
    assert behind.get("one") is None
    assert keys.set("one", OTHER) == keys.describe() == behind.describe()
    assert (keys.get("one"), behind.get("one")) == (KEY, OTHER)
    keys.delete("one")
    assert behind.get("one") is None


def test_a_key_is_kept_in_the_keyring_and_nowhere_else(redactor: Redactor) -> None:
    backend = InMemory()
    use(backend)
    keys = KeyringKeys(redactor)

    home = keys.set("one", KEY)

    assert home == KeyLocation(KeyPlace.KEYRING)
    assert home.text == "Saved in this computer's keyring."
    assert home.announcement == "Will be saved in this computer's keyring."
    assert backend.kept == {("AC Desktop", "one"): KEY}
    assert KEY not in repr(vars(keys._session))
    assert redactor(KEY) == MASK


def test_a_key_of_the_keyring_is_masked_as_soon_as_it_is_read(redactor: Redactor) -> None:
    backend = InMemory()
    backend.kept["AC Desktop", "one"] = KEY
    use(backend)
    keys = KeyringKeys(redactor)

    assert redactor(KEY) == KEY
    assert (keys.get("one"), keys.get("two")) == (KEY, None)
    assert redactor(KEY) == MASK


def test_a_key_is_forgotten_everywhere(redactor: Redactor) -> None:
    backend = InMemory()
    use(backend)
    keys = KeyringKeys(redactor)
    keys.set("one", KEY)

    keys.delete("one")
    keys.delete("one")

    assert keys.get("one") is None
    assert backend.kept == {}


@pytest.mark.parametrize("backend", [keyring.backends.fail.Keyring, Unwanted])
def test_without_a_keyring_the_key_is_kept_for_the_session_and_that_is_said(
    redactor: Redactor, backend: Callable[[], keyring.backend.KeyringBackend]
) -> None:
    use(backend())
    keys = KeyringKeys(redactor)

    assert keys.describe().place is KeyPlace.SESSION
    assert keys.get("one") is None
    assert keys.set("one", KEY) == keys.describe()
    assert keys.get("one") == KEY
    keys.delete("one")
    assert keys.get("one") is None


@pytest.mark.parametrize(
    "error",
    [
        keyring.errors.KeyringLocked("locked"),
        keyring.errors.InitError("no daemon"),
        keyring.errors.PasswordSetError("refused"),
        OSError("no bus"),
        RuntimeError("no loop"),
        OddError("org.freedesktop.DBus.Error.NoReply"),
    ],
)
def test_a_keyring_that_fails_is_as_none_at_all(redactor: Redactor, error: Exception) -> None:
    use(Failing(error))
    keys = KeyringKeys(redactor)

    assert keys.get("one") is None
    assert keys.set("one", KEY).place is KeyPlace.SESSION
    assert keys.get("one") == KEY
    keys.delete("one")
    assert keys.get("one") is None


def test_a_keyring_that_comes_back_takes_the_key_over(redactor: Redactor) -> None:
    keys = KeyringKeys(redactor)
    use(Failing(OSError("no bus")))
    keys.set("one", KEY)
    backend = InMemory()
    use(backend)

    assert keys.set("one", OTHER).place is KeyPlace.KEYRING
    assert keys.get("one") == OTHER
    assert backend.kept == {("AC Desktop", "one"): OTHER}


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("keyring.backends.SecretService", "GNOME Keyring"),
        ("keyring.backends.libsecret", "GNOME Keyring"),
        ("keyring.backends.kwallet", "KDE Wallet"),
        ("keyring.backends.macOS.api", "macOS Keychain"),
        ("keyring.backends.Windows", "Windows Credential Manager"),
        ("somebody.elses", "this computer's keyring"),
    ],
)
def test_the_keyring_is_called_as_people_know_it(module: str, name: str) -> None:
    assert KeyLocation(KeyPlace.KEYRING, keys_module._keyring_name(module)).text == f"Saved in {name}."


def test_no_key_is_ever_written_to_a_file(redactor: Redactor, tmp_path: Path) -> None:
    keys = KeyringKeys(redactor)
    keys.set("one", KEY)

    for file in tmp_path.rglob("*"):
        assert not file.is_file() or KEY.encode() not in file.read_bytes()
