"""The API keys by which this computer relays: one that an office knows to be outdated is never used."""

from typing import TYPE_CHECKING

from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.platform.local_time import local_day
from ac_desktop.store.errors import StoreError

if TYPE_CHECKING:
    from ac_desktop.model.connection import KeyLocation
    from ac_desktop.store.connections.connections import Connections
    from ac_desktop.store.connections.key_hashes import KeyHashes, KeyReplacement
    from ac_desktop.store.connections.keys import Keys


class KeyUnusableError(Exception):
    """There is no key on this computer, or it is outdated; nothing was sent with it."""

    def __init__(self, why: Reason) -> None:
        super().__init__(why.text)
        self.reason = why


class ConnectionKeys:
    """The keys of connections on this computer, as far as they may be used. Never called on the UI thread."""

    def __init__(self, keys: "Keys", connections: "Connections", hashes: "KeyHashes | None") -> None:
        """`hashes` is what an office knows of the keys, None outside one."""
        self._keys = keys
        self._connections = connections
        self._hashes = hashes

    def get(self, connection_id: int) -> str:
        """Return the key of a connection. Raise KeyUnusableError where there is none, or an outdated one."""
        key = self.find(connection_id)
        if key is None:
            raise KeyUnusableError(reason(ReasonCode.KEY_MISSING))
        return key

    def find(self, connection_id: int) -> str | None:
        """Return the key of a connection, None where there is none. Raise KeyUnusableError for an outdated one."""
        key = self._keys.get(self._connections.key_name(connection_id))
        if key is not None:
            self._refuse_outdated(connection_id, key)
        return key

    def has_changed(self, connection_id: int) -> bool:
        """Whether somebody in the office may have replaced the key since it was asked for here."""
        return self._hashes is not None and self._hashes.has_changed(connection_id)

    def enter(self, connection_id: int, key: str, *, replaces: bool) -> "KeyLocation":
        """Store a key that a person entered; return where.

        With `replaces` it becomes the office's, where the person may do that. Otherwise, raise KeyUnusableError where
        it is not the one that the office knows: then nothing is stored.
        """
        if self._hashes is not None:
            replaced = self._hashes.replacement(connection_id, key)
            if replaces and (replaced is not None or not self._hashes.is_known(connection_id)):
                self._replace(self._hashes, connection_id, key, replaced)
            elif replaced is not None:
                raise _outdated(replaced)
        return self._keys.set(self._connections.key_name(connection_id), key)

    def describe(self) -> "KeyLocation":
        """Return where a key would be stored."""
        return self._keys.describe()

    def _refuse_outdated(self, connection_id: int, key: str) -> None:
        replaced = self._hashes.replacement(connection_id, key) if self._hashes is not None else None
        if replaced is not None:
            raise _outdated(replaced)

    @staticmethod
    def _replace(hashes: "KeyHashes", connection_id: int, key: str, replaced: "KeyReplacement | None") -> None:
        """Make a key the office's. Whoever may not do that may still enter one of which the office knows nothing."""
        try:
            hashes.replace(connection_id, key)
        except StoreError as error:
            if error.message is not StoreMessage.OFFICE_NO_RIGHT:
                raise
            if replaced is not None:
                raise _outdated(replaced) from error


def _outdated(replaced: "KeyReplacement") -> KeyUnusableError:
    return KeyUnusableError(reason(ReasonCode.KEY_OUTDATED, person=replaced.who, date=local_day(replaced.at)))
