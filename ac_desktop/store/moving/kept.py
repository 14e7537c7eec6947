"""The short tables: what a target has already stays, and the rest comes along."""

from collections.abc import Mapping, Sequence
from typing import Final

from ac_desktop.store.moving.connections import ConnectionPlan
from ac_desktop.store.moving.copying import QueueCopy
from ac_desktop.store.moving.ids import MovedIds
from ac_desktop.store.moving.tables import OF_CONNECTION, SHARED, MovedTable
from ac_desktop.store.ports import Row, Sql
from ac_desktop.store.queue.bulk_queue import UNREAD
from ac_desktop.store.statements import READ_BACK, free_name

_ONLY_APART: Final = frozenset({"automatic_relay", "automatic_action", "list_reading", "notice", "webhook_body"})
"""Tables that say how far one queue was: a connection that is there goes on from where it is."""
_SUMMED: Final = (
    "UPDATE anedot_requests SET requests = requests + ? WHERE account_uid = ? AND month = ?",
    "UPDATE anedot_turn SET began_at = ? WHERE account_uid = ? AND began_at < ?",
)


def copy_shared(source: Sql, target: Sql) -> None:
    """Store accounts, layouts and settings that are not there; requests made to an Anedot account add up."""
    for table in SHARED:
        known = set(source.columns(table.name))
        columns = [name for name in target.columns(table.name) if name in known]
        there = {_key(table, row) for row in target.rows(f"SELECT {', '.join(columns)} FROM {table.name}")}
        rows = [
            {name: row[name] for name in columns}
            for row in source.rows(f"SELECT {', '.join(columns)} FROM {table.name}")
        ]
        new = [row for row in rows if _key(table, row) not in there]
        if table.name == "layout":
            _name_layouts(target, new)
        target.load(table.name, columns, [list(row.values()) for row in new])
        _add(target, table, [row for row in rows if _key(table, row) in there])


def copy_of_connections(copy: QueueCopy, target: Sql, plan: ConnectionPlan, *, with_bodies: bool) -> None:
    """Store what belongs to connections; one that is there already keeps what it has."""
    apart = [one.old_id for one in plan.connections if not one.is_merged]
    for table in OF_CONNECTION:
        if table.name == "webhook_body" and not with_bodies:
            continue
        wanted = list(apart)
        if table.name not in _ONLY_APART:
            having = {row["connection_id"] for row in target.rows(f"SELECT connection_id FROM {table.name}")}
            wanted += {one.new_id: one.old_id for one in plan.merged if one.new_id not in having}.values()
        if wanted:
            copy.table(table, condition=f"connection_id IN ({', '.join(map(str, wanted))})")


def let_a_person_begin(target: Sql, plan: ConnectionPlan, ids: MovedIds) -> None:
    """Let what came to a connection that is there wait for a person, and its list be read back from the start."""
    first, last = ids.offset("record"), ids.offset("record") + ids.last["record"]
    bulk = ids.offset("bulk_batch")
    for one in plan.merged:
        target.execute(
            "UPDATE record SET automatic_turn = NULL WHERE connection_id = ? AND automatic_turn IS NOT NULL"
            " AND id > ? AND id <= ?",
            (one.new_id, first, last),
        )
        target.execute(
            "UPDATE bulk_batch SET state = ? WHERE connection_id = ? AND state = ? AND id > ? AND id <= ?",
            (UNREAD, one.new_id, READ_BACK, bulk, bulk + ids.last["bulk_batch"]),
        )


def _key(table: MovedTable, row: Mapping[str, object] | Row) -> tuple[object, ...]:
    return tuple(row[name] for name in table.key)


def _name_layouts(target: Sql, rows: Sequence[dict[str, object]]) -> None:
    taken = {str(row["name"]) for row in target.rows("SELECT name FROM layout")}
    for row in rows:
        if row["name"]:
            row["name"] = free_name(str(row["name"]), taken)


def _add(target: Sql, table: MovedTable, rows: Sequence[Mapping[str, object]]) -> None:
    requests, turn = _SUMMED
    for row in rows:
        if table.name == "anedot_requests":
            target.execute(requests, (row["requests"], row["account_uid"], row["month"]))
        elif table.name == "anedot_turn":
            target.execute(turn, (row["began_at"], row["account_uid"], row["began_at"]))
