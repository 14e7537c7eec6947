"""Changes of the history by the owner's functions, as no person of an office may update or delete any of it."""

from collections.abc import Callable, Sequence
from typing import Any, Final, LiteralString

from ac_desktop.store.engines.postgres.session import Connection

_EMPTY: Final = "SELECT empty_attempts($1::bigint[], $2::text[], $3::bytea[], $4::float8, $5)"


class PostgresKeptHistory:
    """The functions, called within a transaction on its connection."""

    __slots__ = ("_connection", "_wrote")

    def __init__(self, connection: Connection, wrote: Callable[[], None]) -> None:
        """`wrote` is called with each change, as the transaction then has news for others."""
        self._connection = connection
        self._wrote = wrote

    def delete_staged(self, batch_id: int, first: int, last: int) -> int:
        """Delete the records of an open batch from one ID to another; return how many."""
        return self._number("SELECT delete_staged($1, $2, $3)", batch_id, first, last)

    def delete_batch(self, batch_id: int) -> None:
        """Delete an open batch, with its records."""
        self._call("SELECT delete_staged_batch($1)", batch_id)

    def withdraw(self, batch_id: int, first: int, last: int, at: float | None) -> int:
        """Delete a closed batch's waiting records from one ID to another; return how many."""
        return self._number("SELECT withdraw_records($1, $2, $3, $4)", batch_id, first, last, at)

    def remove(self, record_ids: Sequence[int], removal: int, at: float) -> int:
        """Remove records, but for those being sent, so that they can be restored; return how many."""
        return self._number("SELECT remove_records($1::bigint[], $2, $3)", list(record_ids), removal, at)

    def restore(self, record_ids: Sequence[int], removal: int, at: float) -> int:
        """Restore records of a removal, with all that belonged to them; return how many."""
        return self._number("SELECT restore_records($1::bigint[], $2, $3)", list(record_ids), removal, at)

    def purge(self, before: float) -> int:
        """Delete what was removed before a time, and a month ago; return how many rows."""
        return self._number("SELECT purge_removed($1)", before)

    def empty_attempts(self, emptied: Sequence[tuple[int, str | None, bytes]], at: float, erasure: str) -> None:
        """Empty attempts of their payloads; those given have their IDs, reasons and steps without a donor's data."""
        columns = ([one[place] for one in emptied] for place in range(3))
        self._call(_EMPTY, *columns, at, erasure)

    def anonymise(self, record_ids: Sequence[int], at: float, erasure: str) -> None:
        """Delete records' source rows and edits, and what people wrote in decisions and events about them."""
        self._call("SELECT anonymise_records($1::bigint[], $2, $3)", list(record_ids), at, erasure)

    def forget_removed(self, removals: Sequence[tuple[int, int]], at: float, erasure: str) -> None:
        """Delete removed records, given by removal and record, which can be restored no longer."""
        columns = ([one[place] for one in removals] for place in range(2))
        self._call("SELECT forget_removed($1::bigint[], $2::bigint[], $3, $4)", *columns, at, erasure)

    def note_erasure(self, erasure: str, at: float) -> None:
        """Leave the event of an erasure where none of its changes has."""
        self._call("SELECT note_erasure($1, $2)", erasure, at)

    def _number(self, statement: LiteralString, *values: object) -> int:
        (number,) = self._call(statement, *values)
        return int(number)

    def _call(self, statement: LiteralString, *values: object) -> Sequence[Any]:
        self._wrote()
        found: Sequence[Any] | None = self._connection.execute(statement, values).fetchone()
        return found or ()
