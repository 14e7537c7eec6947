"""Pages of the queue for lists to show; the queue table itself is the truth."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import Reason
from ac_desktop.model.states import Cause, RecordState, Step
from ac_desktop.model.wording import source_name
from ac_desktop.store.engines.sqlite.database import Database
from ac_desktop.store.history.history import ATTEMPTS_OF
from ac_desktop.store.queue.newer_donation import OTHERS, is_older
from ac_desktop.store.queue.records import Record, unpack_cells
from ac_desktop.store.queue.state_counts import LOADED

PAGE: Final = 200
_NUMBERS_AT_ONCE: Final = 10_000
"""SQLite takes 32,766 values in one query (its documentation, "Limits")."""
_LATEST: Final = 1_000
_RECORD: Final = f"""
    SELECT r.id, r.connection_id, r.batch_id, b.file_name, b.sheet, r.row, r.email, r.phone, r.first_name, r.last_name,
        r.page, r.page_name, r.team, r.source, r.state, r.step, r.contact_id, r.was_new, r.tries,
        r.next_try_at, r.cause, r.reason, r.changed_at, r.warnings, {ATTEMPTS_OF.format(record="r.id")},
        b.kind
    FROM record r JOIN batch b ON b.id = r.batch_id
"""


@dataclass(frozen=True)
class FailureCount:
    """A row of a batch that is held or skipped, with its spreadsheet row number."""

    row: int
    state: RecordState
    reason: Reason | None


@dataclass(frozen=True)
class SourceRow:
    """The row a record came from, as its file had it."""

    file_name: str
    sheet: str
    row: int
    header: tuple[str, ...]
    cells: tuple[str, ...]


class RecordReader:
    """Reads the queue by pages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def records(
        self, connection_id: int, *, state: RecordState | None = None, after: int = 0, limit: int = PAGE
    ) -> list[Record]:
        """Return records with numbers above `after`, in the order in which they were queued."""
        wanted, values = ("", ()) if state is None else (" AND r.state = ?", (state.value,))
        rows = self._database.rows(
            f"{_RECORD} WHERE r.connection_id = ? AND r.id > ? AND b.loading_owner IS NULL{wanted}"
            " ORDER BY r.id LIMIT ?",
            (connection_id, after, *values, limit),
        )
        return [_record(row) for row in rows]

    def record_ids(self, connection_id: int, state: RecordState | None = None) -> list[int]:
        """Return the numbers of all records shown, in the order in which they were queued."""
        wanted, values = ("", ()) if state is None else (" AND state = ?", (state.value,))
        rows = self._database.rows(
            f"SELECT id FROM record WHERE connection_id = ? AND {LOADED}{wanted} ORDER BY id",
            (connection_id, *values),
        )
        return [row[0] for row in rows]

    def sent_names(self, connection_id: int) -> dict[str, str]:
        """Return the addresses of the donors who are said to be sent, each with its name as it was sent last."""
        rows = self._database.rows(
            "SELECT email, first_name, last_name FROM record WHERE connection_id = ? AND state = 'sent'"
            " AND email <> '' ORDER BY id",
            (connection_id,),
        )
        return {email: f"{first_name} {last_name}".strip() for email, first_name, last_name in rows}

    def by_ids(self, record_ids: list[int]) -> list[Record]:
        """Return the records with these numbers, in the order of the numbers given."""
        found: dict[int, Record] = {}
        for first in range(0, len(record_ids), _NUMBERS_AT_ONCE):
            some = record_ids[first : first + _NUMBERS_AT_ONCE]
            rows = self._database.rows(f"{_RECORD} WHERE r.id IN ({','.join('?' * len(some))})", some)
            found.update((row[0], _record(row)) for row in rows)
        return [found[number] for number in record_ids if number in found]

    def record(self, record_id: int) -> Record | None:
        """Return one record."""
        found = self.by_ids([record_id])
        return found[0] if found else None

    def source_row(self, record_id: int) -> SourceRow | None:
        """Return the original row of a record."""
        return self.source_rows([record_id]).get(record_id)

    def source_rows(self, record_ids: Sequence[int]) -> dict[int, SourceRow]:
        """Return the original rows of a page of records, by the records' numbers."""
        marks = ",".join("?" * len(record_ids))
        rows = self._database.rows(
            "SELECT b.file_name, b.sheet, r.row, b.header, s.cells, r.id, b.kind"
            " FROM record r JOIN batch b ON b.id = r.batch_id"
            f" LEFT JOIN source_row s ON s.record_id = r.id WHERE r.id IN ({marks})",
            record_ids,
        )
        return {
            row[5]: SourceRow(
                source_name(row[6], row[0]),
                row[1],
                row[2],
                tuple(json.loads(row[3])),
                () if row[4] is None else unpack_cells(row[4]),
            )
            for row in rows
        }

    def outdated_among(self, records: Sequence[Record], account: str) -> frozenset[int]:
        """Return the numbers of those records for which a newer donation has gone, or is going, to the account."""
        dates = self._database.rows(
            "SELECT id, email, donated_at FROM record WHERE donated_at <> ''"
            f" AND id IN ({','.join('?' * len(records))})",
            [record.id for record in records],
        )
        return frozenset(
            number
            for number, email, donated_at in dates
            for (other,) in self._database.rows(OTHERS, (email, number, account))
            if is_older(donated_at, other)
        )

    def known_share(self, connection_id: int) -> float:
        """Return the share, from 0 to 1, of the latest relayed donors whom the account knew already.

        Nothing is known of those sent in bulk, or by an attempt that began with the list step.
        """
        row = self._database.row(
            "SELECT AVG(NOT was_new) FROM (SELECT was_new FROM record"
            " WHERE connection_id = ? AND state = 'sent' ORDER BY id DESC LIMIT ?)",
            (connection_id, _LATEST),
        )
        return float(row[0]) if row and row[0] is not None else 0.0

    def latest_of(self, connection_id: int, email: str) -> Record | None:
        """Return the newest record of an address that is queued for a connection, or was."""
        row = self._database.row(
            "SELECT MAX(r.id) FROM email_at e JOIN record r ON r.id = e.record_id"
            " WHERE e.email = ? AND r.connection_id = ? AND r.state <> 'skipped'"
            " AND r.batch_id NOT IN (SELECT id FROM batch WHERE loading_owner IS NOT NULL)",
            (email, connection_id),
        )
        return self.record(row[0]) if row and row[0] else None

    def problems(self, batch_id: int) -> Iterator[FailureCount]:
        """Return every row of a batch that is held or skipped, in the order of the file, a page at a time."""
        last = 0
        while rows := self._database.rows(
            "SELECT r.id, r.row, r.state, r.reason FROM record r JOIN batch b ON b.id = r.batch_id WHERE b.id = ?"
            " AND r.connection_id = b.connection_id AND r.state IN ('held', 'skipped') AND r.id > ?"
            " ORDER BY r.id LIMIT ?",
            (batch_id, last, PAGE),
        ):
            for number, row, state, why in rows:
                yield FailureCount(row, RecordState(state), Reason.from_json(why) if why else None)
                last = number

    def all_records(self, connection_id: int, state: RecordState | None = None) -> Iterator[Record]:
        """Return every record, in the order in which they were queued, a page at a time."""
        last = 0
        while page := self.records(connection_id, state=state, after=last):
            yield from page
            last = page[-1].id


def _record(row: tuple[Any, ...]) -> Record:
    return Record(
        id=row[0],
        connection_id=row[1],
        batch_id=row[2],
        file_name=source_name(row[25], row[3]),
        sheet=row[4],
        row=row[5],
        donor=Donor(
            email=row[6],
            phone=row[7],
            first_name=row[8],
            last_name=row[9],
            page=row[10],
            page_name=row[11],
            team=row[12],
            source=row[13],
        ),
        state=RecordState(row[14]),
        step=Step(row[15]),
        contact_id=row[16],
        was_new=None if row[17] is None else bool(row[17]),
        tries=row[18],
        next_try_at=row[19],
        cause=Cause(row[20]) if row[20] else None,
        reason=Reason.from_json(row[21]) if row[21] else None,
        changed_at=row[22],
        warnings=row[23] or "",
        attempts=row[24],
    )
