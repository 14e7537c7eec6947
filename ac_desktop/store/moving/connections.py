"""Which connection of an office a moved one becomes: the same one where all of its settings are, else one of its own.

A connection is the same where account, API URL, list, scope with its team's pages, phone style, consent guard and kept
fields are. Of the two the stricter state counts. Any other connection stays apart, with a number behind its name where
that is taken: its donors go by its own settings.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ac_desktop.model.states import ConnectionState
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.ports import Row, Sql
from ac_desktop.store.statements import folded, free_name

_SETTINGS: Final = (
    "account",
    "base",
    "list_id",
    "scope_kind",
    "scope_pages",
    "pages",
    "phone_style",
    "consent_guard",
    "keep_fields",
)
_JSON: Final = frozenset({"scope_pages", "pages"})
_STRICTER: Final = tuple(
    state.value for state in (ConnectionState.ACTIVE, ConnectionState.PAUSED, ConnectionState.INACTIVE)
)
_CONNECTIONS: Final = "SELECT c.*, t.pages AS pages FROM connection c LEFT JOIN team t ON {} = {} ORDER BY c.id"


@dataclass(frozen=True, kw_only=True)
class MovedConnection:
    """A connection that moves: its IDs and names on both sides, and the names of its key in the keyring."""

    old_id: int
    new_id: int
    name: str
    new_name: str
    key_name: str
    new_key_name: str
    is_merged: bool
    account: str = ""
    list_id: str = ""


@dataclass(frozen=True)
class ConnectionPlan:
    """What becomes of each connection and of each team that moves."""

    connections: tuple[MovedConnection, ...]
    teams: Mapping[str, str] = field(default_factory=dict)

    @property
    def new_ids(self) -> Mapping[int, int]:
        """The new ID of each connection."""
        return {one.old_id: one.new_id for one in self.connections}

    @property
    def merged(self) -> Sequence[MovedConnection]:
        """The connections that are there already."""
        return [one for one in self.connections if one.is_merged]


def plan_connections(source: Sql, target: Sql, moved_before: Collection[str]) -> ConnectionPlan:
    """Return what becomes of each connection. Raise StoreError where this queue, or a copy of it, was moved before."""
    there, coming = _connections(target), _connections(source)
    known_keys = {row["key_name"] for row in there} | set(moved_before)
    if any(row["key_name"] in known_keys for row in coming):
        raise StoreError(StoreProblem.REFUSED, StoreMessage.MOVED_BEFORE)
    teams = _teams(source, target)
    same = {_settings(row): row for row in reversed(there)}
    taken = {row["name"] for row in there}
    first = target.reserve_ids("connection", len(coming)) if coming else 0
    planned = []
    for number, row in enumerate(coming):
        found = same.get(_settings(row))
        name = found["name"] if found is not None else free_name(row["name"], taken)
        planned.append(
            MovedConnection(
                old_id=row["id"],
                new_id=found["id"] if found is not None else first + number,
                name=row["name"],
                new_name=name,
                key_name=row["key_name"],
                new_key_name=found["key_name"] if found is not None else row["key_name"],
                is_merged=found is not None,
                account=row["account"],
                list_id=row["list_id"],
            )
        )
    return ConnectionPlan(tuple(planned), teams)


def copy_connections(source: Sql, target: Sql, plan: ConnectionPlan) -> None:
    """Store the teams and the connections that are not there yet."""
    for team in source.rows("SELECT name, pages FROM team"):
        if team["name"] in plan.teams:
            target.execute("INSERT INTO team (name, pages) VALUES (?, ?)", (plan.teams[team["name"]], team["pages"]))
    known = set(source.columns("connection"))
    columns = [name for name in target.columns("connection") if name in known]
    for one in plan.connections:
        if one.is_merged:
            continue
        (row,) = source.rows("SELECT * FROM connection WHERE id = ?", (one.old_id,))
        changed = {"id": one.new_id, "name": one.new_name, "team": plan.teams.get(row["team"], row["team"])}
        target.load("connection", columns, [[changed.get(name, row[name]) for name in columns]])


def merge_states(source: Sql, target: Sql, plan: ConnectionPlan) -> None:
    """Store the stricter state of connections that became one, which the caller has locked."""
    for one in plan.merged:
        (mine,) = source.rows("SELECT * FROM connection WHERE id = ?", (one.old_id,))
        (theirs,) = target.rows("SELECT * FROM connection WHERE id = ?", (one.new_id,))
        state = max(mine["state"], theirs["state"], key=_STRICTER.index)
        target.execute(
            "UPDATE connection SET state = ?, streak = ?, wait_until = ?, careful = ?, relayed_at = ? WHERE id = ?",
            (
                state,
                *(max(mine[name], theirs[name]) for name in ("streak", "wait_until", "careful")),
                max((at for at in (mine["relayed_at"], theirs["relayed_at"]) if at is not None), default=None),
                one.new_id,
            ),
        )


def _connections(sql: Sql) -> list[Row]:
    without_case = sql.fragments.without_case
    return sql.rows(_CONNECTIONS.format(without_case.format("t.name"), without_case.format("c.team")))


def _settings(row: Row) -> tuple[object, ...]:
    return tuple(json.dumps(json.loads(row[name])) if name in _JSON and row[name] else row[name] for name in _SETTINGS)


def _teams(source: Sql, target: Sql) -> dict[str, str]:
    """Return the teams to be stored, with their names there; one with the same name and pages is there already."""
    known = target.rows("SELECT name, pages FROM team")
    there = {folded(row["name"]): json.loads(row["pages"]) for row in known}
    taken = {str(row["name"]) for row in known}
    return {
        row["name"]: free_name(row["name"], taken)
        for row in source.rows("SELECT name, pages FROM team ORDER BY name")
        if there.get(folded(row["name"])) != json.loads(row["pages"])
    }
