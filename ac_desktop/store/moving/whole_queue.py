"""Copies a whole queue from one database to another within a transaction of each, and compares both sides."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ac_desktop.store.history.history import EventKind, insert_event
from ac_desktop.store.moving.connections import ConnectionPlan, copy_connections, merge_states, plan_connections
from ac_desktop.store.moving.copying import Change, QueueCopy, changed_texts
from ac_desktop.store.moving.ids import MovedIds
from ac_desktop.store.moving.kept import copy_of_connections, copy_shared, let_a_person_begin
from ac_desktop.store.moving.progress import MoveProgress, MoveStage, Report
from ac_desktop.store.moving.same_rows import NewHashes, lists_alike, skip_same_rows
from ac_desktop.store.moving.secrets_of_hashes import keep_old_key, move_secrets
from ac_desktop.store.moving.sums import refuse_difference, sums_of
from ac_desktop.store.moving.tables import LOADING, NUMBERED
from ac_desktop.store.ports import QueryToken, Sql


@dataclass(frozen=True, kw_only=True)
class CopiedQueue:
    """A queue that was copied: what became of its connections, and how many rows there were.

    `same_rows` were in both queues, and are skipped in one of them.
    """

    plan: ConnectionPlan
    ids: MovedIds
    imports: int
    records: int
    attempts: int
    same_rows: int


class WholeQueue:
    """One copy of a queue."""

    def __init__(self, source: Sql, target: Sql, report: Report, token: QueryToken) -> None:
        self._source = source
        self._target = target
        self._report = report
        self._token = token

    def copy(self, moved_before: Sequence[str], lock: Callable[[Sequence[int]], None]) -> CopiedQueue:
        """Copy everything but what is on its way; the caller commits.

        `moved_before` are the names of the keys of queues that were moved here. `lock` lets writers about connections
        of the target wait; it is called last, as late as it may be.
        """
        plan = plan_connections(self._source, self._target, moved_before)
        ids = MovedIds(plan.new_ids, *self._new_numbers())
        before = sums_of(self._source, ids.where_they_come_from)
        self._copy_rows(plan, ids)
        self._report(MoveProgress(MoveStage.COMPARING))
        refuse_difference(before, sums_of(self._target, ids))
        self._token.raise_if_cancelled()
        alike = lists_alike(self._target, plan)
        lock(sorted({number for numbers in alike.values() for number in numbers}))
        merge_states(self._source, self._target, plan)
        let_a_person_begin(self._target, plan, ids)
        same_rows = skip_same_rows(self._target, alike, ids, time.time(), self._token.raise_if_cancelled)
        self._end_loading(ids)
        counts = self._counts()
        return CopiedQueue(plan=plan, ids=ids, same_rows=same_rows, **counts)

    def tell(self, copied: CopiedQueue) -> None:
        """Store an event of each connection that came."""
        offset = copied.ids.offset("record")
        for one in copied.plan.connections:
            counted = self._target.row(
                "SELECT COUNT(*) AS number FROM record WHERE connection_id = ? AND id > ? AND id <= ?",
                (one.new_id, offset, offset + copied.ids.last["record"]),
            )
            details = {"records": str(counted["number"] if counted else 0)}
            insert_event(self._target, one.new_id, EventKind.MOVED, time.time(), details)

    def _new_numbers(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """Return what the IDs of each table grow by, and the highest that was given."""
        last = {table: self._source.reserve_ids(table, 1) - 1 for table in NUMBERED}
        offsets = {table: self._target.reserve_ids(table, number) - 1 for table, number in last.items() if number}
        removal = self._target.row("SELECT MAX(removal) AS number FROM bin")
        return {**offsets, "removal": int(removal["number"] or 0) if removal else 0}, last

    def _copy_rows(self, plan: ConnectionPlan, ids: MovedIds) -> None:
        """Copy all tables."""
        keys = move_secrets(self._source, self._target)
        copy_shared(self._source, self._target)
        copy_connections(self._source, self._target, plan)
        copy = QueueCopy(self._source, self._target, ids, self._report, self._token)
        changes: dict[str, Change] = changed_texts(ids)
        hashes = None
        if keys.old is not None and keys.new is not None and keys.differ:
            hashes = changes["record"] = NewHashes(self._source, self._target, (keys.old, keys.new), ids)
        copy.all_streamed(changes, frozenset({"seen_row"}) if hashes else frozenset())
        copy_of_connections(copy, self._target, plan, with_bodies=not keys.differ)
        if keys.differ and ((hashes and hashes.unknown) or self._source.row("SELECT id FROM bin LIMIT 1")):
            keep_old_key(self._target, keys)

    def _end_loading(self, ids: MovedIds) -> None:
        """Let the records of the moved batches be relayed, from the commit on."""
        offset = ids.offset("batch")
        self._target.execute(
            "UPDATE batch SET loading_owner = NULL WHERE loading_owner = ? AND id > ? AND id <= ?",
            (LOADING, offset, offset + ids.last["batch"]),
        )

    def _counts(self) -> dict[str, int]:
        names = {"imports": "batch", "records": "record", "attempts": "attempt"}
        return {
            name: int(self._source.rows(f"SELECT COUNT(*) AS n FROM {table}")[0]["n"]) for name, table in names.items()
        }
