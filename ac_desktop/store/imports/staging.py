"""Staged batches: imported for review, not relayed until they are queued."""

import json
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import source_name
from ac_desktop.store.history.history import EventKind, insert_event
from ac_desktop.store.imports.staged_order import StagedOrder, text_condition
from ac_desktop.store.ports import Database, Owners, QueryToken, Sql, WriteScope
from ac_desktop.store.queue.batches import delete_open_batch
from ac_desktop.store.queue.corrections import reopen_corrected
from ac_desktop.store.queue.records import StateCounts

_CHUNK: Final = 5_000
_ID_CHUNK: Final = 50_000
_IN_SPAN: Final = "id BETWEEN b.first_record AND b.last_record AND r.batch_id = b.id"
_PROBLEM: Final = "(r.state IN ('held', 'failed') OR r.warnings IS NOT NULL)"


@dataclass(frozen=True, kw_only=True)
class StagedFilter:
    """Which rows of a batch are shown: all, those with problems, or those of one kind."""

    problems: bool = False
    state: RecordState | None = None
    reason: ReasonCode | None = None
    warning: str = ""


@dataclass(frozen=True, kw_only=True)
class StagedKinds:
    """The number of a batch's rows by state, by reason and by warning."""

    counts: StateCounts = field(default_factory=StateCounts)
    reasons: Mapping[tuple[RecordState, ReasonCode], int] = field(default_factory=dict)
    warnings: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class BatchFacts:
    """A batch as in its import result; `rows_read` is the reader's own count of rows."""

    id: int
    connection_id: int
    kind: str
    file_name: str
    stored_name: str
    sheet: str
    sha256: str
    recognised_as: str
    queued_at: float
    rows_read: int | None
    withdrawn: int
    is_open: bool
    header: str


class Staging:
    """Reads staged batches, and drops or withdraws them."""

    def __init__(self, database: Database, owners: Owners) -> None:
        self._database = database
        self._owner = owners.me

    @property
    def owner(self) -> str:
        """The owner name of this process, for which a reader stages batches."""
        return self._owner

    def facts(self, batch_id: int) -> BatchFacts | None:
        """Return a batch, None where it does not exist."""
        row = self._database.row(
            "SELECT id, connection_id, file_name, sheet, sha256, recognised_as, queued_at, rows_read, withdrawn,"
            " loading_owner IS NOT NULL AS is_open, header, kind FROM batch WHERE id = ?",
            (batch_id,),
        )
        if row is None:
            return None
        return BatchFacts(
            id=row["id"],
            connection_id=row["connection_id"],
            kind=row["kind"],
            file_name=source_name(row["kind"], row["file_name"]),
            stored_name=row["file_name"],
            sheet=row["sheet"],
            sha256=row["sha256"],
            recognised_as=row["recognised_as"],
            queued_at=row["queued_at"],
            rows_read=row["rows_read"],
            withdrawn=row["withdrawn"],
            is_open=bool(row["is_open"]),
            header=row["header"],
        )

    def batches(self, connection_id: int, limit: int = 200) -> list[BatchFacts]:
        """Return a connection's newest queued batches of files, pastes and fetches, the newest first."""
        rows = self._database.rows(
            "SELECT id FROM batch WHERE connection_id = ? AND loading_owner IS NULL"
            " AND kind IN ('file', 'paste', 'fetch')"
            " ORDER BY id DESC LIMIT ?",
            (connection_id, limit),
        )
        return [facts for (number,) in rows if (facts := self.facts(number)) is not None]

    def kinds(self, batch_id: int) -> StagedKinds:
        """Return the number of a batch's rows by state, reason and warning."""
        states = self._database.rows(
            f"SELECT r.state, COUNT(*) FROM batch b JOIN record r ON r.{_IN_SPAN} WHERE b.id = ? GROUP BY r.state",
            (batch_id,),
        )
        reasons = self._database.rows(
            "SELECT r.state, r.reason_code, COUNT(*)"
            f" FROM batch b JOIN record r ON r.{_IN_SPAN} WHERE b.id = ? AND r.reason IS NOT NULL"
            " GROUP BY r.state, r.reason_code ORDER BY 3 DESC, r.reason_code",
            (batch_id,),
        )
        warnings = self._database.rows(
            f"SELECT r.warnings FROM batch b JOIN record r ON r.{_IN_SPAN} WHERE b.id = ? AND r.warnings IS NOT NULL",
            (batch_id,),
        )
        codes = Counter(str(code) for (text,) in warnings for code, _ in json.loads(text))
        return StagedKinds(
            counts=StateCounts(**{str(state): int(count) for state, count in states}),
            reasons={(RecordState(state), ReasonCode(code)): count for state, code, count in reasons},
            warnings=dict(sorted(codes.items(), key=lambda counted: (-counted[1], counted[0]))),
        )

    def ids(self, batch_id: int, shown: StagedFilter) -> "array[int]":
        """Return the IDs of the rows shown, in the order of the file, eight bytes each."""
        return self._matching(batch_id, *_conditions(batch_id, shown))

    def ids_with_warning(self, batch_id: int, warning: str) -> "array[int]":
        """Return the IDs of the rows that have a warning, in the order of the file."""
        return self._matching(batch_id, *_conditions(batch_id, StagedFilter(warning=warning)))

    def ids_in_order(self, batch_id: int, shown: StagedFilter, order: StagedOrder, token: QueryToken) -> "array[int]":
        """Return the IDs of the rows shown in another order. Raise QueryCancelledError once `token` is cancelled."""
        where, values = _conditions(batch_id, shown)
        clause = order.clause(self._database.fragments)
        query = f"SELECT r.id FROM record r WHERE r.id BETWEEN ? AND ? AND {where} ORDER BY {clause}"
        span = self._span(batch_id)
        if span is None:
            return array("q")
        with self._database.looking(token) as reader:
            return reader.ids(query, (*span, *values))

    def ids_with_text(self, batch_id: int, shown: StagedFilter, text: str, token: QueryToken) -> "array[int]":
        """Return the IDs of the rows shown that contain each word of a text, in the order of the file.

        Raise QueryCancelledError once `token` is cancelled.
        """
        where, values = _conditions(batch_id, shown)
        has_text, words = text_condition(text, self._database.fragments)
        return self._matching(batch_id, f"{where} AND {has_text}", [*values, *words], token)

    def _matching(
        self, batch_id: int, where: str, values: Sequence[object], token: QueryToken | None = None
    ) -> "array[int]":
        query = f"SELECT r.id FROM record r WHERE r.id BETWEEN ? AND ? AND {where} ORDER BY r.id"
        found: array[int] = array("q")
        for chunk in self._chunks(batch_id, _ID_CHUNK):
            if token is not None:
                token.raise_if_cancelled()
            found.extend(self._database.ids(query, (*chunk, *values)))
        return found

    def drop(self, batch_id: int) -> None:
        """Delete a batch that is not queued yet, in chunks, so that no other writer waits long."""
        if self._is_own(batch_id):
            for first, last in self._chunks(batch_id):
                with self._database.writing(WriteScope.of_batch(batch_id)) as sql:
                    _delete_staged(sql, batch_id, first, last)
            with self._database.writing(WriteScope.of_batch(batch_id)) as sql:
                delete_open_batch(sql, batch_id)

    def drop_all(self) -> None:
        """Delete every file batch that was staged for this process, as by a reader that was stopped."""
        rows = self._database.rows(
            "SELECT id FROM batch WHERE loading_owner = ? AND kind IN ('file', 'paste', 'fetch')", (self._owner,)
        )
        for (number,) in rows:
            self.drop(number)

    def withdraw(self, batch_id: int, now: float) -> int:
        """Delete a queued batch's waiting records from the queue; return how many.

        Those that ActiveCampaign accepted in a bulk request can no longer be withdrawn.
        """
        deleted = 0
        for first, last in self._chunks(batch_id):
            with self._database.writing(WriteScope.of_batch(batch_id)) as sql:
                reopen_corrected(sql, batch_id, first, last, now)
                deleted += _withdraw(sql, batch_id, first, last, now)
        facts = self.facts(batch_id)
        if deleted and facts is not None:
            with self._database.writing(WriteScope.of_batch(batch_id)) as sql:
                _note_withdrawn(sql, facts, deleted, now)
        return deleted

    def _is_own(self, batch_id: int) -> bool:
        return (
            self._database.row("SELECT 1 FROM batch WHERE id = ? AND loading_owner = ?", (batch_id, self._owner))
            is not None
        )

    def _span(self, batch_id: int) -> tuple[int, int] | None:
        """Return the first and the last ID of a batch's records; None where it has none."""
        row = self._database.row("SELECT first_record, last_record FROM batch WHERE id = ?", (batch_id,))
        return None if row is None or row["first_record"] is None else (row["first_record"], row["last_record"])

    def _chunks(self, batch_id: int, size: int = _CHUNK) -> Iterator[tuple[int, int]]:
        span = self._span(batch_id)
        if span is not None:
            start, end = span
            for first in range(start, end + 1, size):
                yield first, min(first + size - 1, end)


def _delete_staged(sql: Sql, batch_id: int, first: int, last: int) -> None:
    if sql.kept_history is not None:
        sql.kept_history.delete_staged(batch_id, first, last)
    else:
        sql.execute("DELETE FROM record WHERE id BETWEEN ? AND ? AND batch_id = ?", (first, last, batch_id))


def _withdraw(sql: Sql, batch_id: int, first: int, last: int, now: float) -> int:
    if sql.kept_history is not None:
        return sql.kept_history.withdraw(batch_id, first, last, now)
    return sql.execute(
        "DELETE FROM record WHERE id BETWEEN ? AND ? AND batch_id = ? AND state = 'waiting' AND step <> 'result'",
        (first, last, batch_id),
    )


def _note_withdrawn(sql: Sql, facts: BatchFacts, deleted: int, now: float) -> None:
    if sql.kept_history is not None:
        return
    sql.execute("UPDATE batch SET withdrawn = withdrawn + ? WHERE id = ?", (deleted, facts.id))
    name = facts.stored_name if facts.kind in {"file", "fetch"} else ""
    details = {"kind": facts.kind, "file": name, "rows": str(deleted)}
    insert_event(sql, facts.connection_id, EventKind.WITHDRAWN, now, details)


def _conditions(batch_id: int, shown: StagedFilter) -> tuple[str, list[object]]:
    """Return the condition of the records `r` that are shown, and its values."""
    where: list[str] = ["r.batch_id = ?"]
    values: list[object] = [batch_id]
    if shown.problems:
        where.append(_PROBLEM)
    if shown.state is not None:
        where.append("r.state = ?")
        values.append(shown.state.value)
    if shown.reason is not None:
        where.append("r.reason_code = ?")
        values.append(shown.reason.value)
    if shown.warning:
        # Within a value of a warning, JSON puts a backslash before the quotation mark.
        where.append("r.warnings LIKE ? ESCAPE '\\'")
        values.append('%["' + shown.warning.replace("_", "\\_") + '",%')
    return " AND ".join(where), values
