"""What an office knows of its connections' API keys: a slow, salted hash, by which an outdated key is noticed.

A key itself never leaves the workstations that relay with it.
"""

import hashlib
import hmac
import secrets
import threading
from dataclasses import dataclass
from typing import Final

from ac_desktop.store.ports import Database, WriteScope

_SALT_BYTES: Final = 16
_COST: Final = 2**14
_BLOCK: Final = 8


@dataclass(frozen=True)
class KeyReplacement:
    """Who entered the key that the office knows, and when, in seconds since the epoch."""

    who: str
    at: float


class KeyHashes:
    """The hashes of an office; each key is hashed once for each hash that it is compared with."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._hashed: dict[tuple[bytes, str], bytes] = {}
        self._seen: dict[int, bytes] = {}

    def replacement(self, connection_id: int, key: str) -> KeyReplacement | None:
        """Return who replaced this key, None where it is the present one or the office knows none."""
        row = self._database.row("SELECT salt, hash, who, at FROM key_hash WHERE connection_id = ?", (connection_id,))
        known = bytes(row["hash"]) if row else b""
        with self._lock:
            self._seen[connection_id] = known
        if row is None or hmac.compare_digest(known, self._hash(bytes(row["salt"]), key)):
            return None
        return KeyReplacement(row["who"], row["at"])

    def has_changed(self, connection_id: int) -> bool:
        """Whether the office knows another key than when this connection's was compared last."""
        row = self._database.row("SELECT hash FROM key_hash WHERE connection_id = ?", (connection_id,))
        with self._lock:
            return self._seen.get(connection_id) != (bytes(row["hash"]) if row else b"")

    def is_known(self, connection_id: int) -> bool:
        """Whether the office knows a key of this connection."""
        return (
            self._database.row("SELECT 1 AS known FROM key_hash WHERE connection_id = ?", (connection_id,)) is not None
        )

    def replace(self, connection_id: int, key: str) -> None:
        """Make this the key that the office knows; the server notes who entered it, and when."""
        salt = secrets.token_bytes(_SALT_BYTES)
        hashed = self._hash(salt, key)
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            sql.execute(
                "INSERT INTO key_hash (connection_id, salt, hash) VALUES (?, ?, ?) ON CONFLICT (connection_id)"
                " DO UPDATE SET salt = excluded.salt, hash = excluded.hash",
                (connection_id, salt, hashed),
            )

    def _hash(self, salt: bytes, key: str) -> bytes:
        mark = (salt, hashlib.sha256(salt + key.encode()).hexdigest())
        with self._lock:
            known = self._hashed.get(mark)
        if known is None:
            known = hashlib.scrypt(key.encode(), salt=salt, n=_COST, r=_BLOCK, p=1)
            with self._lock:
                self._hashed[mark] = known
        return known
