"""Which webhook bodies were taken, so that one that is sent again is queued once."""

import hmac
from collections.abc import Collection, Sequence
from hashlib import sha256

from ac_desktop.store.imports.row_hashes import RowHashes
from ac_desktop.store.ports import Database, Sql


class WebhookBodies:
    """The bodies taken, by connection: a keyed hash of each, which is of no use elsewhere."""

    def __init__(self, database: Database, row_hashes: RowHashes) -> None:
        self._database = database
        self._key = row_hashes.key()

    def hash_of(self, body: bytes) -> bytes:
        """Return the hash by which a body is recognised."""
        return hmac.digest(self._key, body, sha256)

    def known(self, connection_id: int, hashes: Collection[bytes]) -> set[bytes]:
        """Return which of these bodies were taken before."""
        places = ",".join("?" * len(hashes))
        rows = self._database.rows(
            f"SELECT body_hash FROM webhook_body WHERE connection_id = ? AND body_hash IN ({places})",
            (connection_id, *hashes),
        )
        return {bytes(row["body_hash"]) for row in rows}


def insert_bodies(sql: Sql, connection_id: int, hashes: Sequence[bytes], now: float) -> None:
    """Store that bodies are taken, within the transaction that queues their donors."""
    sql.many(
        "INSERT INTO webhook_body (connection_id, body_hash, at) VALUES (?, ?, ?)",
        [(connection_id, one, now) for one in hashes],
    )
