"""The sums by which both sides of a move are compared: import results, attempts, people of each list, and all rows."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.moving.ids import MovedIds
from ac_desktop.store.ports import Sql

_RECORDS: Final = "record.id > {record} AND record.id <= {record_last}"
_QUERIES: Final = (
    f"SELECT batch_id - {{batch}}, state, step, COUNT(*) FROM record WHERE {_RECORDS} GROUP BY 1, 2, 3",
    "SELECT batch_id - {batch}, state, number FROM tally"
    " WHERE batch_id > {batch} AND batch_id <= {batch_last} AND number <> 0",
    "SELECT id - {batch}, kind, file_name, rows_read, withdrawn, first_record - {record}, last_record - {record}"
    " FROM batch WHERE id > {batch} AND id <= {batch_last}",
    "SELECT outcome, COUNT(*), SUM(duration_ms), SUM(streak), SUM(donors), SUM(LENGTH(steps)) FROM attempt"
    " WHERE id > {attempt} AND id <= {attempt_last} GROUP BY 1",
    f"SELECT c.account, c.list_id, COUNT(DISTINCT email) FROM record JOIN connection c ON c.id = connection_id"
    f" WHERE {_RECORDS} GROUP BY 1, 2",
    "SELECT kind, COUNT(*) FROM event WHERE id > {event} AND id <= {event_last} GROUP BY 1",
    "SELECT field, COUNT(*) FROM edit WHERE id > {edit} AND id <= {edit_last} GROUP BY 1",
    "SELECT verdict, COUNT(*) FROM decision WHERE id > {decision} AND id <= {decision_last} GROUP BY 1",
    "SELECT belongs_to, COUNT(*) FROM bin WHERE id > {bin} AND id <= {bin_last} GROUP BY 1",
    "SELECT COUNT(*) FROM source_row WHERE record_id > {record} AND record_id <= {record_last}",
    "SELECT COUNT(*) FROM email_at WHERE record_id > {record} AND record_id <= {record_last}",
    "SELECT COUNT(*) FROM correction WHERE batch_id > {batch} AND batch_id <= {batch_last}",
    "SELECT COUNT(*) FROM bulk_member WHERE bulk_batch_id > {bulk_batch} AND bulk_batch_id <= {bulk_batch_last}",
)


@dataclass(frozen=True)
class QueueSums:
    """The answers of a queue to each question, as rows of texts in an order of their own."""

    answers: tuple[tuple[tuple[str, ...], ...], ...]

    @property
    def digest(self) -> str:
        """A short text that differs where any sum does."""
        return sha256(json.dumps(self.answers).encode()).hexdigest()


def sums_of(sql: Sql, ids: MovedIds) -> QueueSums:
    """Return the sums of the moved rows, by the IDs that they had where they come from."""
    return QueueSums(tuple(tuple(sorted(_answers(sql, query, ids))) for query in _QUERIES))


def refuse_difference(source: QueueSums, target: QueueSums) -> None:
    """Raise StoreError where any sum differs."""
    if source != target:
        raise StoreError(StoreProblem.DAMAGED, StoreMessage.MOVE_DIFFERS)


def _answers(sql: Sql, query: str, ids: MovedIds) -> Iterator[tuple[str, ...]]:
    for row in sql.rows(query.format(**_bounds(ids))):
        yield tuple(map(str, row))


def _bounds(ids: MovedIds) -> Mapping[str, int]:
    bounds = {}
    for table, last in ids.last.items():
        bounds[table] = ids.offset(table)
        bounds[f"{table}_last"] = ids.offset(table) + last
    return bounds
