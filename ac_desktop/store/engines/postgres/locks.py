"""How a transaction begins: with the lock on the connections that it writes about, in the order of their IDs."""

from collections.abc import Sequence
from typing import Final

from psycopg.sql import SQL, Composed, Literal

from ac_desktop.store.engines.postgres.session import Connection
from ac_desktop.store.ports import WriteScope

_OF_NOTHING: Final = 0x61632D64_6E6F6E65
"""The key of the lock of writers that name no connection, such as those of settings: one at a time, as in a file."""


def begin(connection: Connection, scope: WriteScope, *, staging: bool) -> None:
    """Begin a transaction, in one round trip with its locks.

    Writers about a connection wait for one another, and do not wait for the rows of open batches, which only keep the
    connection from being deleted. These become durable with the transaction that closes the batch.
    """
    settings = SQL("SET LOCAL synchronous_commit TO off; " if staging else "")
    connection.execute(SQL("BEGIN; {}{}").format(settings, lock_statement(scope, staging=staging)))


def lock_statement(scope: WriteScope, *, staging: bool = False) -> Composed:
    """Return the statement that locks the connections of a scope."""
    named = _named(scope)
    if named:
        strength = SQL("KEY SHARE" if staging else "NO KEY UPDATE")
        return SQL("SELECT id FROM connection WHERE {} ORDER BY id FOR {}").format(SQL(" OR ").join(named), strength)
    return SQL("SELECT pg_advisory_xact_lock({})").format(Literal(_OF_NOTHING))


def _named(scope: WriteScope) -> list[Composed]:
    """Return the conditions by which a scope names connections."""
    conditions: list[Composed] = []
    if scope.every:
        return [SQL("TRUE").format()]
    if scope.connections:
        conditions.append(SQL("id IN ({})").format(_listed(scope.connections)))
    if scope.account_of_connection is not None:
        of_account = SQL("account = (SELECT account FROM connection WHERE id = {})")
        conditions.append(of_account.format(Literal(int(scope.account_of_connection))))
    if scope.batch is not None:
        of_batch = SQL("id = (SELECT connection_id FROM batch WHERE id = {})")
        conditions.append(of_batch.format(Literal(int(scope.batch))))
    if scope.records:
        of_records = SQL("id IN (SELECT connection_id FROM record WHERE id IN ({}))")
        conditions.append(of_records.format(_listed(scope.records)))
    return conditions


def _listed(ids: Sequence[int]) -> Composed:
    return SQL(", ").join(Literal(int(one)) for one in ids)
