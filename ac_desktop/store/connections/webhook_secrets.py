"""The secrets of webhooks, by connection: kept as keys are (rule 16)."""

import threading
from typing import Final

from ac_desktop.model.connection import KeyLocation
from ac_desktop.model.redact import Redactor
from ac_desktop.store.connections.connections import Connections
from ac_desktop.store.connections.keys import Keys

_ENDING: Final = ".webhook"


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
        return f"{self._connections.key_name(connection_id)}{_ENDING}"
