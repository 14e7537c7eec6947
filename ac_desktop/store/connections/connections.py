"""Stored connections, with their accounts' rate limits and the teams."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from ac_desktop.model import rules
from ac_desktop.model.address import AccountAddress
from ac_desktop.model.connection import CircuitState, Connection, ConnectionSettings
from ac_desktop.model.donor import PhoneStyle
from ac_desktop.model.payload import ContactField
from ac_desktop.model.reasons import Reason
from ac_desktop.model.scope import Scope, ScopeKind, Team
from ac_desktop.model.states import ConnectionState, RecordState
from ac_desktop.store.history.history import EventKind, insert_event
from ac_desktop.store.ports import NO_CONNECTION, Database, Fragments, Row, Sql, Values, WriteScope
from ac_desktop.store.statements import END_READ_BACK, back_to_waiting


def clear_contacts(sql: Sql, connection_id: int, now: float) -> None:
    """Return records to the contact step, in flight or not: another account has other contact IDs."""
    back_to_waiting(sql, "connection_id = ? AND state = 'sending'", (connection_id,), now)
    sql.execute(
        "UPDATE record SET step = 'contact', contact_id = NULL, bulk_batch_id = NULL"
        " WHERE connection_id = ? AND state <> 'sent'",
        (connection_id,),
    )


def clear_resubscriptions(sql: Sql, connection_id: int) -> None:
    """Revoke decisions to re-subscribe: they apply to the previous list alone."""
    sql.execute(
        "UPDATE record SET resubscribe = 0 WHERE connection_id = ? AND state <> 'sent' AND resubscribe <> 0",
        (connection_id,),
    )


def clear_bulk_requests(sql: Sql, connection_id: int, now: float) -> None:
    """Return donors of bulk requests to the first step: they were sent to another list than the connection's is now."""
    where = "connection_id = ? AND state = 'sending' AND bulk_batch_id IS NOT NULL"
    back_to_waiting(sql, where, (connection_id,), now)
    sql.execute(
        "UPDATE record SET step = 'contact', contact_id = NULL, reason = NULL, bulk_batch_id = NULL"
        " WHERE connection_id = ? AND state = 'waiting' AND step = 'result'",
        (connection_id,),
    )
    sql.execute("DELETE FROM list_reading WHERE connection_id = ?", (connection_id,))
    sql.execute(END_READ_BACK, (connection_id,))


def clear_row_hashes(sql: Sql, connection_id: int) -> None:
    """Delete the row hashes of a connection: what was sent to another list is not known on this one."""
    sql.execute("DELETE FROM seen_row WHERE connection_id = ?", (connection_id,))


@lru_cache(maxsize=4)
def select(fragments: Fragments) -> str:
    """Return the query for connections `c`, each with its account's pace and its team's pages."""
    return (
        "SELECT c.id, c.name, c.base, c.list_id, c.list_name, c.scope_kind, c.scope_pages, c.team, t.pages,"
        " a.pace, c.phone_style, c.consent_guard, c.state, c.streak, c.wait_until, c.careful, c.keep_fields"
        " FROM connection c JOIN account a ON a.host = c.account LEFT JOIN team t"
        f" ON {fragments.without_case.format('t.name')} = {fragments.without_case.format('c.team')}"
    )


@lru_cache(maxsize=4)
def select_one(fragments: Fragments) -> str:
    """Return the query for the connection with an ID."""
    return f"{select(fragments)} WHERE c.id = ?"


def read(sql: Sql, connection_id: int) -> Connection | None:
    """Return a connection, None where it does not exist, within the caller's transaction."""
    row = sql.row(select_one(sql.fragments), (connection_id,))
    return of_row(row) if row else None


def store_circuit_state(sql: Sql, connection_id: int, circuit: CircuitState, relayed_at: float | None = None) -> None:
    """Store a connection's circuit state within the caller's transaction."""
    sql.execute(*circuit_statement(connection_id, circuit, relayed_at))


def circuit_statement(
    connection_id: int, circuit: CircuitState, relayed_at: float | None = None, condition: str = "TRUE"
) -> tuple[str, Values]:
    """Return the statement that stores a connection's circuit state under a condition."""
    return (
        "UPDATE connection SET state = ?, streak = ?, wait_until = ?, careful = ?,"
        f" relayed_at = COALESCE(?, relayed_at) WHERE id = ? AND {condition}",
        (circuit.state.value, circuit.streak, circuit.wait_until, circuit.careful, relayed_at, connection_id),
    )


def store_outcome(
    sql: Sql,
    connection_id: int,
    applied: rules.AppliedOutcome,
    reason: Reason | None,
    attempt_id: int,
    now: float,
) -> None:
    """Store the outcome of an attempt for its connection, within the caller's transaction (rule 2)."""
    store_circuit_state(sql, connection_id, applied.circuit, relayed_at=now)
    if applied.deactivated:
        details = {"streak": str(applied.circuit.streak), "reason": reason.to_json() if reason else ""}
        insert_event(sql, connection_id, EventKind.DEACTIVATED, now, details, attempt_id)


@dataclass(frozen=True, kw_only=True)
class ScopeChangePreview:
    """The effect of a change of settings on records that have not been relayed."""

    waiting: int
    becoming_skipped: int
    coming_back: int
    other_account_or_list: bool


@dataclass(frozen=True)
class PageSeen:
    """An action page named by imports, and its number of records."""

    page: str
    name: str
    records: int


class Connections:
    """The stored connections. Every change is recorded with who made it and when."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._fragments = database.fragments

    def all(self) -> list[Connection]:
        """Return every connection, by name."""
        order = self._fragments.without_case.format("c.name")
        return [of_row(row) for row in self._database.rows(f"{select(self._fragments)} ORDER BY {order}")]

    def get(self, connection_id: int) -> Connection | None:
        """Return the connection with this ID."""
        row = self._database.row(f"{select(self._fragments)} WHERE c.id = ?", (connection_id,))
        return of_row(row) if row else None

    def named(self, name: str) -> Connection | None:
        """Return the connection of this name; names are compared without case."""
        is_named = "{} = {}".format(*map(self._fragments.without_case.format, ("c.name", "?")))
        row = self._database.row(f"{select(self._fragments)} WHERE {is_named}", (name,))
        return of_row(row) if row else None

    def key_name(self, connection_id: int) -> str:
        """Return the name under which the connection's key is stored."""
        row = self._database.row("SELECT key_name FROM connection WHERE id = ?", (connection_id,))
        return str(row["key_name"]) if row else ""

    def by_key_name(self) -> dict[str, Connection]:
        """Return every connection by the name under which its key is stored."""
        rows = self._database.rows("SELECT id, key_name FROM connection")
        key_names = {row["id"]: row["key_name"] for row in rows}
        return {key_names[one.id]: one for one in self.all() if one.id in key_names}

    def last_relay(self, connection_id: int) -> float | None:
        """Return the time of the connection's last attempt."""
        row = self._database.row("SELECT relayed_at FROM connection WHERE id = ?", (connection_id,))
        return row["relayed_at"] if row else None

    def create(self, settings: ConnectionSettings, now: float) -> Connection:
        """Store a new connection, active with an empty queue, and return it."""
        with self._database.writing(NO_CONNECTION) as sql:
            values = _values(sql, settings)
            number = sql.insert(
                "INSERT INTO connection (name, base, account, list_id, list_name, scope_kind, scope_pages, team,"
                " phone_style, consent_guard, keep_fields, key_name, state, streak, wait_until, careful, created_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'active', 0, 0, 0, ?)",
                (*values, os.urandom(16).hex(), now),
            )
            insert_event(sql, number, EventKind.CREATED, now)
            return _existing(read(sql, number))

    def change(self, connection_id: int, settings: ConnectionSettings, now: float) -> Connection:
        """Store new settings, and apply another scope, account or list to the records, in one transaction.

        The same settings change nothing, which everybody may.

        Its circuit state stays: only a reactivation activates an inactive connection.
        """
        from ac_desktop.store.connections import automatic_relay, rescope

        with self._database.writing(WriteScope.account_of(connection_id)) as sql:
            before = _existing(read(sql, connection_id))
            if before.settings == settings:
                return before
            if before.settings.pace != settings.pace:
                _note_speed(sql, before, settings, now)
            sql.execute(
                "UPDATE connection SET name = ?, base = ?, account = ?, list_id = ?, list_name = ?, scope_kind = ?,"
                " scope_pages = ?, team = ?, phone_style = ?, consent_guard = ?, keep_fields = ? WHERE id = ?",
                (*_values(sql, settings), connection_id),
            )
            if before.settings.scope != settings.scope:
                rescope.apply(sql, connection_id, settings.scope, now)
            if before.account != settings.address.account:
                clear_contacts(sql, connection_id, now)
            if (before.account, before.settings.list_id) != (settings.address.account, settings.list_id):
                clear_resubscriptions(sql, connection_id)
                clear_bulk_requests(sql, connection_id, now)
                clear_row_hashes(sql, connection_id)
                # It was turned on for another list: a person turns it on for this one.
                automatic_relay.switch_off(sql, connection_id, now)
            insert_event(sql, connection_id, EventKind.CHANGED, now)
            return _existing(read(sql, connection_id))

    def preview_change(self, connection_id: int, settings: ConnectionSettings) -> ScopeChangePreview:
        """Return the effect of `change` on the records that have not been relayed."""
        from ac_desktop.store.connections import rescope

        with self._database.writing(WriteScope.of(connection_id)) as sql:
            before = _existing(read(sql, connection_id)).settings
            moves = [] if before.scope == settings.scope else list(rescope.moves(sql, connection_id, settings.scope))
            counted = sql.row(
                "SELECT COUNT(*) AS waiting FROM record WHERE connection_id = ? AND state = 'waiting'", (connection_id,)
            )
        return ScopeChangePreview(
            waiting=counted["waiting"] if counted else 0,
            becoming_skipped=sum(move.before is RecordState.WAITING for move in moves),
            coming_back=sum(move.after is RecordState.WAITING for move in moves),
            other_account_or_list=(before.address.account, before.list_id)
            != (settings.address.account, settings.list_id),
        )

    def pages_seen(self, limit: int = 200) -> list[PageSeen]:
        """Return the action pages named by imports, the most frequent first."""
        rows = self._database.rows(
            "SELECT page, MAX(page_name) AS name, COUNT(*) AS records FROM record WHERE page <> ''"
            " GROUP BY page ORDER BY 3 DESC LIMIT ?",
            (limit,),
        )
        return [PageSeen(page, name, count) for page, name, count in rows]

    def refuse_deletion(self) -> None:
        """Raise StoreError where this person's role allows no deletion, before anything is ended for one."""
        with self._database.writing(NO_CONNECTION) as sql:
            sql.execute("DELETE FROM connection WHERE FALSE")

    def delete(self, connection_id: int) -> None:
        """Remove a connection with its records and history; its key is the caller's to delete."""
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            sql.execute("DELETE FROM connection WHERE id = ?", (connection_id,))

    def pause(self, connection_id: int, now: float) -> Connection:
        """Pause a connection; an inactive one stays inactive."""
        return self._change_circuit(connection_id, rules.paused, EventKind.PAUSED, now)

    def resume(self, connection_id: int, now: float) -> Connection:
        """Resume a connection; an inactive one stays inactive."""
        return self._change_circuit(connection_id, rules.resumed, EventKind.RESUMED, now)

    def reactivate(self, connection_id: int, now: float) -> Connection:
        """Activate an inactive connection with a streak of 0; one record at a time until the first success."""
        return self._change_circuit(connection_id, rules.reactivated, EventKind.REACTIVATED, now)

    def limit_to_single(self, connection_id: int) -> None:
        """Limit a connection to one record at a time until the first success, as after a reactivation."""
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            connection = read(sql, connection_id)
            if connection is not None and connection.state is ConnectionState.ACTIVE:
                store_circuit_state(sql, connection_id, replace(connection.circuit, careful=True))

    def _change_circuit(
        self, connection_id: int, change: Callable[[CircuitState], CircuitState], kind: EventKind, now: float
    ) -> Connection:
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            change_circuit(sql, connection_id, change, kind, now)
            return _existing(read(sql, connection_id))

    def teams(self) -> list[Team]:
        """Return the stored teams, by name."""
        order = self._fragments.without_case.format("name")
        rows = self._database.rows(f"SELECT name, pages FROM team ORDER BY {order}")
        return [Team(name, tuple(json.loads(pages))) for name, pages in rows]

    def pace(self, account: str, otherwise: int) -> int:
        """Return the requests a second that an account may get from us."""
        row = self._database.row("SELECT pace FROM account WHERE host = ?", (account,))
        return int(row["pace"]) if row else otherwise


def change_circuit(
    sql: Sql, connection_id: int, change: Callable[[CircuitState], CircuitState], kind: EventKind, now: float
) -> None:
    """Change a connection's state within the caller's transaction, with an event where that changes anything."""
    before = _existing(read(sql, connection_id))
    after = change(before.circuit)
    if after != before.circuit:
        store_circuit_state(sql, connection_id, after)
        insert_event(sql, connection_id, kind, now)


def _note_speed(sql: Sql, before: Connection, settings: ConnectionSettings, now: float) -> None:
    """Leave an event in the log of each connection of the account, as its speed is theirs (rule 14)."""
    numbers = [before.id]
    if before.account == settings.address.account:
        numbers = [row["id"] for row in sql.rows("SELECT id FROM connection WHERE account = ?", (before.account,))]
    for number in numbers:
        insert_event(sql, number, EventKind.SPEED, now, {"speed": str(settings.pace)})


def _values(sql: Sql, settings: ConnectionSettings) -> tuple[object, ...]:
    account = settings.address.account
    sql.execute(
        "INSERT INTO account (host, pace) VALUES (?, ?) ON CONFLICT (host) DO UPDATE SET pace = excluded.pace",
        (account, settings.pace),
    )
    team = settings.scope.team
    if team is not None:
        sql.execute(
            f"INSERT INTO team (name, pages) VALUES (?, ?) ON CONFLICT ({sql.fragments.without_case.format('name')})"
            " DO UPDATE SET pages = excluded.pages",
            (team.name, json.dumps(team.pages, ensure_ascii=False)),
        )
    return (
        settings.name,
        settings.address.base,
        account,
        settings.list_id,
        settings.list_name,
        settings.scope.kind.value,
        json.dumps(settings.scope.pages, ensure_ascii=False),
        team.name if team else None,
        settings.phone_style.value,
        settings.consent_guard,
        ",".join(sorted(settings.keep_fields)),
    )


@lru_cache(maxsize=64)
def _connection_of(values: tuple[Any, ...]) -> Connection:
    (number, name, base, list_id, list_name, scope_kind, scope_pages, team_name, team_pages, *others) = values
    pace, phone_style, consent_guard, state, streak, wait_until, careful, keep_fields = others
    team = Team(team_name, tuple(json.loads(team_pages or "[]"))) if team_name else None
    settings = ConnectionSettings(
        name=name,
        address=AccountAddress(base),
        list_id=list_id,
        list_name=list_name,
        scope=Scope(ScopeKind(scope_kind), tuple(json.loads(scope_pages)), team),
        pace=pace,
        phone_style=PhoneStyle(phone_style),
        consent_guard=bool(consent_guard),
        keep_fields=frozenset(map(ContactField, filter(None, keep_fields.split(",")))),
    )
    circuit = CircuitState(state=ConnectionState(state), streak=streak, wait_until=wait_until, careful=bool(careful))
    return Connection(id=number, settings=settings, circuit=circuit)


def of_row(row: Row) -> Connection:
    """Return the connection of a row of `select`; cached, as each claim and outcome reads one and few change."""
    return _connection_of(tuple(row))


def _existing(connection: Connection | None) -> Connection:
    if connection is None:
        raise LookupError("This connection no longer exists")
    return connection
