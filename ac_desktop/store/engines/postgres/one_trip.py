"""A transaction in one round trip: all of its statements are sent before the first one's answer is awaited."""

from collections.abc import Sequence
from typing import Final

from ac_desktop.store.engines.postgres.locks import lock_statement
from ac_desktop.store.engines.postgres.news import insert_statement
from ac_desktop.store.engines.postgres.session import Connection
from ac_desktop.store.engines.postgres.sql import named_cursor, ready
from ac_desktop.store.ports import Row, Values, WriteScope

_TOLD: Final = """
    WITH changed AS ({}), told AS (
        SELECT set_config('ac_desktop.changed', CASE WHEN EXISTS (SELECT 1 FROM changed) THEN 'yes' ELSE '' END, true)
    )
    SELECT changed.* FROM told LEFT JOIN changed ON true WHERE EXISTS (SELECT 1 FROM changed)
"""
"""The first statement, whose rows come back, and which tells the others of its transaction whether there are any."""
_IF_CHANGED: Final = "current_setting('ac_desktop.changed', true) = 'yes'"


def execute_at_once(
    connection: Connection, scope: WriteScope, statements: Sequence[tuple[str, Values]], notice: Sequence[str]
) -> list[list[Row]]:
    """Execute statements in a transaction, then send a notice outside of it; return the rows of each statement."""
    (first, values), *others = statements
    with connection.pipeline():
        connection.execute("BEGIN")
        connection.execute(lock_statement(scope))
        cursors = [named_cursor(connection) for _ in statements]
        for cursor, (statement, given) in zip(cursors, [(_TOLD.format(first), values), *others], strict=True):
            cursor.execute(*ready(statement, given))
        connection.execute(f"{insert_statement(scope)} WHERE {_IF_CHANGED}")
        connection.execute("COMMIT")
        if notice:
            connection.execute("SELECT pg_notify($1, $2)", notice)
    return [list(cursor.fetchall()) if cursor.description else [] for cursor in cursors]
