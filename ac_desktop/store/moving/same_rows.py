"""Rows of files that are in both queues: recognised by hashes that are made anew, and sent once.

A hash is that of the row as it was in its file, so edits are undone for it. What cannot be read any more, as of a
person who was erased, keeps its hash, and the key of it comes along.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import RecordState
from ac_desktop.platform.local_time import local_day
from ac_desktop.store.imports.row_hashes import HASHED, hashes_of, text_of_row
from ac_desktop.store.moving.connections import ConnectionPlan
from ac_desktop.store.moving.copying import Chunk, Rows
from ac_desktop.store.moving.ids import MovedIds
from ac_desktop.store.ports import Row, Sql

_HASHED: Final = (
    f"SELECT id, row_hash, {', '.join(HASHED)}, cells FROM record LEFT JOIN source_row ON record_id = id"
    " WHERE {where} AND row_hash IS NOT NULL"
)
_SEEN: Final = (
    "SELECT id FROM record JOIN seen_row s ON s.connection_id = record.connection_id"
    " AND s.row_hash = record.row_hash AND s.record_id = record.id WHERE {where}"
)
_EDITS: Final = "SELECT record_id, field, old FROM edit WHERE record_id >= ? AND record_id <= ? ORDER BY id DESC"
_BOTH: Final = """
    SELECT r.id AS new_id, r.state AS new_state, r.step AS new_step, r.reason AS new_reason, r.row AS new_row,
        r.changed_at AS new_changed_at, rb.file_name AS new_file, rb.queued_at AS new_queued_at,
        o.id AS old_id, o.state AS old_state, o.step AS old_step, o.reason AS old_reason, o.row AS old_row,
        o.changed_at AS old_changed_at, ob.file_name AS old_file, ob.queued_at AS old_queued_at
    FROM record r
    JOIN seen_row s ON s.connection_id {in_list} AND s.row_hash = r.row_hash
    JOIN record o ON o.id = s.record_id
    JOIN batch rb ON rb.id = r.batch_id JOIN batch ob ON ob.id = o.batch_id
    WHERE r.id > ? AND r.id <= ? AND r.connection_id = ? AND NOT (o.id > ? AND o.id <= ?)
        AND ob.loading_owner IS NULL
    ORDER BY r.id, o.id
"""
_UNSENT: Final = frozenset({RecordState.WAITING.value, RecordState.HELD.value, RecordState.FAILED.value})
_SENT, _SKIPPED = RecordState.SENT.value, RecordState.SKIPPED.value
_SKIP: Final = (
    "UPDATE record SET state = 'skipped', reason = ?, cause = NULL, automatic_turn = NULL, changed_at = ?"
    " WHERE id = ? AND state = ?"
)


class NewHashes:
    """Makes the row hashes of moved records anew, and says which of them are looked for."""

    def __init__(self, source: Sql, target: Sql, keys: tuple[bytes, bytes], ids: MovedIds) -> None:
        """`keys` are the one that the hashes were made with, and the one that they get."""
        self._source = source
        self._target = target
        self._old_key, self._new_key = keys
        self._ids = ids
        self.unknown = 0
        """Rows that keep the hash that they have."""

    def __call__(self, chunk: Chunk) -> Rows:
        """Return the records of a chunk with new hashes, which are stored among those that are looked for."""
        place, number = chunk.columns.index("row_hash"), chunk.columns.index("id")
        connection = chunk.columns.index("connection_id")
        hashes = {self._ids.of("record", old): new for old, new in self._of_chunk(chunk).items()}
        seen = {
            self._ids.of("record", row["id"])
            for row in self._source.rows(_SEEN.format(where=chunk.where), chunk.values)
        }
        rows, found = [], []
        for one in chunk.rows:
            row: list[Any] = list(one)
            if row[place] is not None:
                self.unknown += row[number] not in hashes
                row[place] = hashes.get(row[number], row[place])
            if row[place] is not None and row[number] in seen:
                found.append((row[connection], row[place], row[number]))
            rows.append(row)
        self._target.load("seen_row", ("connection_id", "row_hash", "record_id"), sorted(found))
        return rows

    def _of_chunk(self, chunk: Chunk) -> dict[int, int]:
        """Return the new hash of each record whose row is still known."""
        known = self._source.rows(_HASHED.format(where=chunk.where), chunk.values)
        if not known:
            return {}
        numbers = [row["id"] for row in known]
        first: dict[tuple[int, str], str] = {}
        for edit in self._source.rows(_EDITS, (min(numbers), max(numbers))):
            first[edit["record_id"], edit["field"]] = edit["old"]
        values = [text_of_row(_as_imported(row, first)) for row in known]
        cells = [row["cells"] or "" for row in known]
        by_values, by_cells = hashes_of(self._old_key, values), hashes_of(self._old_key, cells)
        found = {}
        for row, *texts in zip(known, by_values, values, by_cells, cells, strict=True):
            for was_hash, text in (texts[:2], texts[2:]):
                if row["row_hash"] == was_hash:
                    found[row["id"]] = str(text)
        return dict(zip(found, hashes_of(self._new_key, list(found.values())), strict=True))


def _as_imported(row: Row, first: Mapping[tuple[int, str], str]) -> Sequence[str]:
    """Return what is hashed of a record as it was before its first edit."""
    return [first.get((row["id"], name), row[name]) for name in HASHED]


def lists_alike(target: Sql, plan: ConnectionPlan) -> Mapping[int, Sequence[int]]:
    """Return the connections that were there with the account and the list of each moved one, by its new ID."""
    moved = {one.new_id for one in plan.connections if not one.is_merged}
    there = target.rows("SELECT id, account, list_id FROM connection ORDER BY id")
    return {
        one.new_id: [
            row["id"]
            for row in there
            if row["id"] not in moved and (row["account"], row["list_id"]) == (one.account, one.list_id)
        ]
        for one in plan.connections
    }


def skip_same_rows(
    target: Sql, alike: Mapping[int, Sequence[int]], ids: MovedIds, at: float, check: Callable[[], None]
) -> int:
    """Skip each row that the other queue has too, unless that one is sent: then this one; return how many.

    The caller has locked the connections that were there.
    """
    first, last = ids.offset("record"), ids.offset("record") + ids.last["record"]
    skipped = 0
    for connection, others in alike.items():
        if not others:
            continue
        check()
        values = (target.fragments.list_value(others), first, last, connection, first, last)
        in_both = target.rows(_BOTH.format(in_list=target.fragments.in_list), values)
        changes = list(_changes(in_both, at))
        target.many(_SKIP, changes)
        skipped += len(changes)
    return skipped


def _changes(in_both: Iterable[Row], at: float) -> Iterable[tuple[str, float, int, str]]:
    """Yield the values of `_SKIP` for each row that must not be sent again."""
    done: set[int] = set()
    for row in in_both:
        for mine, other in (("new", "old"), ("old", "new")):
            number, state = row[f"{mine}_id"], row[f"{mine}_state"]
            is_open = state in _UNSENT and row[f"{mine}_step"] != "result"
            is_second = row[f"{other}_state"] != _SKIPPED if mine == "new" else row["new_state"] == _SENT
            if number in done or not is_open or not is_second:
                continue
            done.add(number)
            yield _why(row, other, row[f"{mine}_reason"]), at, number, state


def _why(row: Row, other: str, was: str | None) -> str:
    """Return the reason, as JSON, for a row that the other queue has too."""
    is_sent = row[f"{other}_state"] == _SENT
    return reason(
        ReasonCode.ALREADY_SENT if is_sent else ReasonCode.ALREADY_QUEUED,
        row=row[f"{other}_row"],
        date=local_day(row[f"{other}_changed_at"] if is_sent else row[f"{other}_queued_at"]),
        file=row[f"{other}_file"],
        was=was or "",
    ).to_json()
