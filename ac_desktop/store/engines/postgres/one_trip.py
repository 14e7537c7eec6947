"""Transactions in one round trip: all of their statements are sent before the first one's answer is awaited."""

from collections.abc import Sequence
from typing import Final

from psycopg import Cursor

from ac_desktop.store.engines.postgres.locks import lock_statement
from ac_desktop.store.engines.postgres.news import insert_statement
from ac_desktop.store.engines.postgres.session import Connection
from ac_desktop.store.engines.postgres.sql import NamedRow, named_cursor, ready
from ac_desktop.store.ports import Planned, Row

_TOLD: Final = """
    WITH changed AS ({}), told AS (
        SELECT set_config('ac_desktop.changed', CASE WHEN EXISTS (SELECT 1 FROM changed) THEN 'yes' ELSE '' END, true)
    )
    SELECT changed.* FROM told LEFT JOIN changed ON true WHERE EXISTS (SELECT 1 FROM changed)
"""
"""The first statement, whose rows come back, and which tells the others of its transaction whether there are any."""
_IF_CHANGED: Final = "current_setting('ac_desktop.changed', true) = 'yes'"


def execute_at_once(
    connection: Connection, transactions: Sequence[Planned], notice: Sequence[str]
) -> list[list[list[Row]]]:
    """Execute transactions, then send a notice outside of them; return the rows of each one's statements."""
    with connection.pipeline():
        cursors = [_send(connection, planned) for planned in transactions]
        if notice:
            connection.execute("SELECT pg_notify($1, $2)", notice)
    return [[list(one.fetchall()) if one.description else [] for one in sent] for sent in cursors]


def _send(connection: Connection, planned: Planned) -> list["Cursor[NamedRow]"]:
    (first, values), *others = planned.statements
    connection.execute("BEGIN")
    connection.execute(lock_statement(planned.scope))
    cursors = [named_cursor(connection) for _ in planned.statements]
    for cursor, (statement, given) in zip(cursors, [(_TOLD.format(first), values), *others], strict=True):
        cursor.execute(*ready(statement, given))
    connection.execute(f"{insert_statement(planned.scope)} WHERE {_IF_CHANGED}")
    connection.execute("COMMIT")
    return cursors
