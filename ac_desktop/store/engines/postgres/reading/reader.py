"""Queries that can be cancelled, on a connection of their own."""

import threading
from array import array
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, TypeVar

import psycopg

from ac_desktop.store.engines.postgres.session import Connection, Session
from ac_desktop.store.engines.postgres.sql import all_ids, all_rows
from ac_desktop.store.ports import Composed, QueryCancelledError, QueryToken, Values

_CANCEL_TIMEOUT: Final = 10.0
_Result = TypeVar("_Result")


class PostgresReader:
    """Runs queries under a token, on a connection that is taken for the first of them."""

    def __init__(self, session: Session, token: QueryToken) -> None:
        self._session = session
        self._token = token
        self._connection: Connection | None = None
        self._is_told = False

    def rows(self, query: Composed | str, values: Values = ()) -> list[Any]:
        """Return a query's rows. Raise QueryCancelledError once cancelled."""
        return self._run(lambda connection: all_rows(connection, query, values))

    def ids(self, query: Composed | str, values: Values = ()) -> "array[int]":
        """Return the column `id` of a query, in its order. Raise QueryCancelledError once cancelled."""
        return self._run(lambda connection: all_ids(connection, query, values))

    def cancel(self) -> None:
        """Ask the server to cancel what runs, without waiting for it."""
        connection, self._is_told = self._connection, True
        if connection is not None:
            threading.Thread(target=_cancel, args=(connection,), name="cancel", daemon=True).start()

    def close(self) -> None:
        """Return the connection; one that was told to cancel is closed, as the word may reach it later."""
        connection, self._connection = self._connection, None
        if connection is not None:
            if self._is_told:
                connection.close()
            self._session.give_back(connection)

    def _run(self, work: Callable[[Connection], _Result]) -> _Result:
        def cancellable(connection: Connection) -> _Result:
            self._connection = connection
            try:
                self._token.raise_if_cancelled()
                return work(connection)
            except (psycopg.errors.QueryCanceled, QueryCancelledError) as error:
                connection.close()
                raise QueryCancelledError from error

        if self._connection is not None:
            return cancellable(self._connection)
        self._token.raise_if_cancelled()
        try:
            return self._session.begun(cancellable)[1]
        except BaseException:
            # It was given back, and may be in another thread's use.
            self._connection = None
            raise


def _cancel(connection: Connection) -> None:
    with suppress(psycopg.Error):
        connection.cancel_safe(timeout=_CANCEL_TIMEOUT)
