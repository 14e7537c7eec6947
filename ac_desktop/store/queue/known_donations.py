"""Which donations of a service a connection has, or once had, by the service's own IDs.

Of each donation that was fetched and queued a keyed hash stays, whatever becomes of its record: what a person took out
of the queue or erased is not brought back by a schedule. The key is random and is in this database.
"""

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from ac_desktop.model.reason_codes import NO_DONATION
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.store.ports import Database, Sql

_CHUNK: Final = 20_000
DONATION_KEY: Final = "donation"
"""The name of the key of the donations' hashes among the secrets."""
MOVED_KEYS: Final = f"name LIKE '{DONATION_KEY} %'"
"""The condition of the keys that came with a queue that was moved here, whose hashes stay as they are."""
_KEY_BYTES: Final = 16
_HASH_BYTES: Final = 8
_NO_DONATION: Final = ", ".join(f"'{code.value}'" for code in sorted(NO_DONATION))
_LEFT_OUT: Final = (
    f"(r.state = 'skipped' AND r.reason_code IN ({_NO_DONATION})"
    f" OR r.state = 'held' AND r.reason_code = '{ReasonCode.DONATION_UNCLEAR.value}')"
)


@dataclass(frozen=True, slots=True)
class SeenDonations:
    """The IDs of donations whose donors were taken in, and of those left out, or held, because of their status."""

    taken: frozenset[str]
    left_out: frozenset[str]


def seen_donations(
    database: Database, connection_id: int, donation_ids: Sequence[str], *, also_taken_back: bool
) -> SeenDonations:
    """Return which of these donations a connection's queued batches hold, or with `also_taken_back` once held.

    The records are read once for each chunk of IDs, without an index of their own: one would be written to at random
    for every row of every import.
    """
    query = (
        f"SELECT DISTINCT r.donation_id, {_LEFT_OUT} AS left_out FROM record r JOIN batch b ON b.id = r.batch_id"
        f" WHERE r.connection_id = ? AND b.loading_owner IS NULL AND r.donation_id {database.fragments.in_list}"
    )
    sides: tuple[set[str], set[str]] = (set(), set())
    for chunk in _chunks(donation_ids):
        for donation_id, left_out in database.rows(query, (connection_id, database.fragments.list_value(chunk))):
            sides[bool(left_out)].add(donation_id)
        if also_taken_back:
            _add_once_fetched(database, connection_id, chunk, sides)
    return SeenDonations(*map(frozenset, sides))


def _add_once_fetched(
    database: Database, connection_id: int, donation_ids: Sequence[str], sides: tuple[set[str], set[str]]
) -> None:
    by_hash: dict[int, str] = {}
    for stored in database.rows(f"SELECT value FROM secret WHERE name = ? OR {MOVED_KEYS}", (DONATION_KEY,)):
        by_hash.update(zip(_hashes(bytes(stored["value"]), donation_ids), donation_ids, strict=True))
    if not by_hash:
        return
    query = (
        "SELECT donation_hash, left_out FROM fetched_donation"
        f" WHERE connection_id = ? AND donation_hash {database.fragments.in_list}"
    )
    for found, left_out in database.rows(query, (connection_id, database.fragments.list_value(by_hash))):
        sides[bool(left_out)].add(by_hash[found])


def remember_fetched(sql: Sql, batch_id: int) -> None:
    """Remember the donations of a batch that was fetched, within the transaction that closes it."""
    batch = sql.row("SELECT kind, connection_id FROM batch WHERE id = ?", (batch_id,))
    if batch is None or batch["kind"] != "fetch":
        return
    rows = sql.rows(
        f"SELECT r.donation_id, {_LEFT_OUT} AS left_out FROM record r WHERE r.batch_id = ? AND r.donation_id <> ''",
        (batch_id,),
    )
    hashes = _hashes(_key(sql), [row["donation_id"] for row in rows])
    sql.many(
        "INSERT INTO fetched_donation (connection_id, donation_hash, left_out) VALUES (?, ?, ?)"
        " ON CONFLICT (connection_id, donation_hash, left_out) DO NOTHING",
        [
            (batch["connection_id"], hashed, int(bool(row["left_out"])))
            for hashed, row in zip(hashes, rows, strict=True)
        ],
    )


def _key(sql: Sql) -> bytes:
    sql.execute(
        "INSERT INTO secret (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
        (DONATION_KEY, secrets.token_bytes(_KEY_BYTES)),
    )
    row = sql.row("SELECT value FROM secret WHERE name = ?", (DONATION_KEY,))
    return bytes(row["value"]) if row is not None else b""


def _hashes(key: bytes, donation_ids: Collection[str]) -> list[int]:
    return [
        int.from_bytes(blake2b(one.encode(errors="replace"), digest_size=_HASH_BYTES, key=key).digest(), signed=True)
        for one in donation_ids
    ]


def _chunks(donation_ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (donation_ids[first : first + _CHUNK] for first in range(0, len(donation_ids), _CHUNK))
