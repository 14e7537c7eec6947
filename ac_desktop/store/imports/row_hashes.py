"""Hashes that identify a file and its rows, or a webhook body, so that nobody is queued twice by the same one.

A row's hash is a keyed hash of 64 bits. The key is random and is in this database, beside the donors themselves:
it makes hashes useless elsewhere, it hides nothing from anyone who can read the database.
"""

import hmac
import secrets
import struct
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b, sha256
from typing import Final

from ac_desktop.model.reasons import Reason, ReasonCode, json_around
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import source_name
from ac_desktop.platform.local_time import local_day
from ac_desktop.store.agreed_time import stamp
from ac_desktop.store.ports import NO_CONNECTION, Database, Row, Sql, WriteScope
from ac_desktop.store.queue.records import NewRows, SharedValues

_NewState = Callable[[Row], tuple[str, str | None]]
"""Returns the new state and reason (JSON) of a row that was found."""
ROW_HASH_KEY: Final = "row hash"
"""The name of the key of the row hashes among the secrets."""
MOVED_ROW_KEYS: Final = f"name LIKE '{ROW_HASH_KEY} %'"
"""The condition of the keys that came with a queue that was moved here, of whose rows some could not be hashed anew."""
_KEY_BYTES: Final = 16
_HASH_BYTES: Final = 8
text_of_row: Final = "\x1f".join
"""Returns the text that is hashed of a row, from its values of the columns `HASHED`."""
HASHED: Final = (
    "email",
    "phone",
    "first_name",
    "last_name",
    "page",
    "page_name",
    "team",
    "donation_id",
    "donated_at",
)
_CHUNK: Final = 5_000
_WAS: Final = "was"
_FIRST_EARLIER_ROWS: Final = """
    SELECT found.id, found.reason, found.connection_id, found.row_hash, o.state AS earlier_state, o.changed_at, o.row,
        b.file_name, b.queued_at
    FROM (
        SELECT r.id AS id, r.reason AS reason, r.connection_id AS connection_id, r.row_hash AS row_hash,
            MIN(o.id) AS earlier_id FROM record r
        JOIN seen_row s ON s.connection_id = r.connection_id AND s.row_hash = r.row_hash
        JOIN record o ON o.id = s.record_id JOIN batch e ON e.id = o.batch_id
        WHERE r.id BETWEEN ? AND ? AND r.batch_id = ? AND o.batch_id <> r.batch_id AND r.state IN ('waiting', 'held')
            AND e.loading_owner IS NULL
        GROUP BY r.id, r.reason, r.connection_id, r.row_hash
    ) found
    JOIN record o ON o.id = found.earlier_id JOIN batch b ON b.id = o.batch_id
"""
_FORGET: Final = "DELETE FROM seen_row WHERE connection_id = ? AND row_hash = ? AND record_id = ?"

_EARLIER_ROWS: Final = """
    SELECT sought.place, o.id, o.row, o.batch_id, CASE o.state WHEN 'sent' THEN o.changed_at END AS sent_at
    FROM {numbered_list} sought {join} seen_row s ON s.connection_id = ? AND s.row_hash = sought.value
    {join} record o ON o.id = s.record_id
"""
_UNDECIDED: Final = (RecordState.WAITING.value, RecordState.HELD.value)
_SKIPPED: Final = RecordState.SKIPPED.value
_STATE_INDEX: Final = 4


@dataclass(frozen=True)
class EarlierImport:
    """An earlier batch of the same file."""

    batch_id: int
    file_name: str
    queued_at: float


def with_row_hashes(rows: NewRows, key: bytes) -> NewRows:
    """Return rows with hashes of their cleaned values, so that a file saved again has the same hashes.

    Of a held row, whose values do not identify it as the address is missing or its columns moved, all cells are hashed.
    """
    _, *places, states, _, _ = zip(*rows.shared_values, strict=True)
    names = (rows.emails, rows.phones, rows.first_names, rows.last_names)
    texts = list(map(text_of_row, zip(*names, *places, rows.donation_ids, rows.donated_at, strict=True)))
    if RecordState.HELD in states:
        for place, state in enumerate(states):
            if state == RecordState.HELD:
                texts[place] = rows.cells[place]
    return replace(rows, row_hashes=hashes_of(key, texts))


def hashes_of(key: bytes, texts: Sequence[str]) -> list[int]:
    """Return the keyed hash of each text, of 64 bits."""
    keyed = blake2b(digest_size=_HASH_BYTES, key=key)
    digests = []
    for text in texts:
        hashed = keyed.copy()
        hashed.update(text.encode(errors="replace"))
        digests.append(hashed.digest())
    return list(struct.unpack(f">{len(digests)}q", b"".join(digests)))


class RowHashes:
    """Recognises files and rows, by connection: another connection has another list."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._moved_keys: list[bytes] | None = None

    def key(self) -> bytes:
        """Return the key of the row hashes, created when it is first needed."""
        found = self._database.row("SELECT value FROM secret WHERE name = ?", (ROW_HASH_KEY,))
        if found is None:
            with self._database.writing(NO_CONNECTION) as sql:
                sql.execute(
                    "INSERT INTO secret (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                    (ROW_HASH_KEY, secrets.token_bytes(_KEY_BYTES)),
                )
            found = self._database.row("SELECT value FROM secret WHERE name = ?", (ROW_HASH_KEY,))
        return bytes(found["value"]) if found else b""

    def earlier(self, batch_id: int) -> EarlierImport | None:
        """Return the newest queued batch of the same file on the same connection."""
        row = self._database.row(
            "SELECT o.id, o.kind, o.file_name, o.queued_at FROM batch b"
            " JOIN batch o ON o.connection_id = b.connection_id AND o.sha256 = b.sha256 AND o.sheet = b.sheet"
            " WHERE b.id = ? AND b.sha256 <> '' AND o.id <> b.id"
            " AND o.loading_owner IS NULL ORDER BY o.id DESC LIMIT 1",
            (batch_id,),
        )
        if row is None:
            return None
        return EarlierImport(row["id"], source_name(row["kind"], row["file_name"]), row["queued_at"])

    def unchanged(self, batch_id: int) -> int:
        """Return the number of rows of an open batch that are unchanged in an earlier one."""
        span = _span(self._database, batch_id)
        if span is None or not self._has_row_hashes(batch_id):
            return 0
        row = self._database.row(
            "SELECT COUNT(*) AS number FROM record r WHERE r.id BETWEEN ? AND ? AND r.batch_id = ? AND EXISTS"
            " (SELECT 1 FROM seen_row s WHERE s.connection_id = r.connection_id AND s.row_hash = r.row_hash"
            " AND s.record_id <> r.id)",
            (*span, batch_id),
        )
        return int(row["number"]) if row else 0

    def without_known(self, connection_id: int, rows: NewRows) -> NewRows:
        """Return new rows of a batch with those skipped that are unchanged in an earlier one, as by `skip_known`."""
        places = [place for place, one in enumerate(rows.shared_values) if one[_STATE_INDEX] in _UNDECIDED]
        if not places:
            return rows
        sought = [hashes[place] for hashes in (rows.row_hashes, *self._under_moved_keys(rows)) for place in places]
        fragments = self._database.fragments
        query = _EARLIER_ROWS.format(numbered_list=fragments.numbered_list, join=fragments.join_in_order)
        found = self._database.rows(query, (fragments.list_value(sought), connection_id))
        if not found:
            return rows
        queued = self._batches({row["batch_id"] for row in found})
        found = [row for row in found if row["batch_id"] in queued]
        first = {places[row["place"] % len(places)]: row for row in found}
        if len(first) < len(found):
            oldest_last = sorted(found, key=lambda row: -row["id"])
            first = {places[row["place"] % len(places)]: row for row in oldest_last}
        return replace(rows, shared_values=self._known_values(rows.shared_values, first, queued))

    def _under_moved_keys(self, rows: NewRows) -> list[Sequence[int | None]]:
        """Return the rows' hashes by each key that came with a queue which was moved here."""
        if self._moved_keys is None:
            found = self._database.rows(f"SELECT value FROM secret WHERE {MOVED_ROW_KEYS} ORDER BY name")
            self._moved_keys = [bytes(row["value"]) for row in found]
        return [with_row_hashes(rows, key).row_hashes for key in self._moved_keys]

    def _known_values(
        self,
        shared_values: Sequence[SharedValues],
        earlier: Mapping[int, Row],
        batches: Mapping[int, tuple[str, float]],
    ) -> list[SharedValues]:
        """Return values with known rows skipped; most reasons differ in the earlier row's number alone."""
        cache: dict[tuple[object, ...], tuple[str, str]] = {}
        updated = list(shared_values)
        for place, (_, _, row, batch_id, sent_at) in earlier.items():
            source, page, page_name, team, _, was, warnings = shared_values[place]
            parts = cache.get((was, batch_id, sent_at))
            if parts is None:
                parts = cache[was, batch_id, sent_at] = _around_row(was, *batches[batch_id], sent_at)
            before, after = parts
            updated[place] = source, page, page_name, team, _SKIPPED, f"{before}{row}{after}", warnings
        return updated

    def _batches(self, numbers: Collection[int]) -> dict[int, tuple[str, float]]:
        """Return the file names of those batches that are queued, and when they were: an open one may be dropped."""
        fragments = self._database.fragments
        query = f"SELECT id, file_name, queued_at FROM batch WHERE id {fragments.in_list} AND loading_owner IS NULL"
        found = self._database.rows(query, (fragments.list_value(numbers),))
        return {number: (file_name, queued_at) for number, file_name, queued_at in found}

    def skip_known(self, batch_id: int, now: float, *, is_indexed: bool = False) -> int:
        """Skip the rows of an open batch that are unchanged in a queued one; return how many."""
        if not self._has_row_hashes(batch_id):
            return 0
        return self._update_rows(batch_id, _FIRST_EARLIER_ROWS, _known, now, is_indexed=is_indexed)

    def take_known(self, batch_id: int, now: float) -> int:
        """Return the rows skipped by `skip_known` to their previous state; return how many."""
        query = (
            "SELECT id, reason FROM record WHERE id BETWEEN ? AND ? AND batch_id = ?"
            f" AND state = 'skipped' AND reason_code IN ('{ReasonCode.ALREADY_QUEUED.value}',"
            f" '{ReasonCode.ALREADY_SENT.value}')"
        )
        return self._update_rows(batch_id, query, _previous_state, now)

    def _update_rows(
        self, batch_id: int, query: str, new_state: _NewState, now: float, *, is_indexed: bool = False
    ) -> int:
        count = 0
        for chunk in _chunks(_span(self._database, batch_id)):
            with self._database.writing(WriteScope.of_batch(batch_id)) as sql:
                found, at = sql.rows(query, (*chunk, batch_id)), stamp(sql, now)
                changed = [(row["id"], *new_state(row)) for row in found]
                sql.update("record", ("state", "reason"), changed, {"changed_at": at})
                if is_indexed:
                    # No later file finds a row that is skipped: what it is skipped for may be withdrawn.
                    sql.many(_FORGET, [(row["connection_id"], row["row_hash"], row["id"]) for row in found])
                count += len(found)
        return count

    def _has_row_hashes(self, batch_id: int) -> bool:
        row = self._database.row(
            "SELECT 1 FROM seen_row WHERE connection_id = (SELECT connection_id FROM batch WHERE id = ?) LIMIT 1",
            (batch_id,),
        )
        return row is not None


def _known(row: Row) -> tuple[str, str]:
    """Return the state and reason (JSON) of a row that is known from an earlier row."""
    sent_at = row["changed_at"] if row["earlier_state"] == RecordState.SENT else None
    before, after = _around_row(row["reason"], row["file_name"], row["queued_at"], sent_at)
    return _SKIPPED, f"{before}{row['row']}{after}"


@lru_cache(maxsize=4_096)
def _around_row(was: str | None, file_name: str, queued_at: float, sent_at: float | None) -> tuple[str, str]:
    """Return the reason's JSON before and after the number of the earlier row."""
    code = ReasonCode.ALREADY_QUEUED if sent_at is None else ReasonCode.ALREADY_SENT
    day = local_day(queued_at if sent_at is None else sent_at)
    return json_around(code, "row", date=day, row="", file=file_name, **{_WAS: was or ""})


@lru_cache(maxsize=4_096)
def _previous_state(row: Row) -> tuple[str, str | None]:
    was = Reason.from_json(row["reason"]).values.get(_WAS) or None
    return (RecordState.HELD if was else RecordState.WAITING).value, was


def _span(database: Database, batch_id: int) -> tuple[int, int] | None:
    row = database.row("SELECT first_record, last_record FROM batch WHERE id = ?", (batch_id,))
    return (row["first_record"], row["last_record"]) if row and row["first_record"] is not None else None


def _chunks(span: tuple[int, int] | None) -> Iterator[tuple[int, int]]:
    if span is not None:
        for first in range(span[0], span[1] + 1, _CHUNK):
            yield first, min(first + _CHUNK - 1, span[1])


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
