"""Reading of records by pages."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ac_desktop.model.reasons import Reason
from ac_desktop.model.states import Cause, RecordState, Step
from ac_desktop.model.wording import source_name
from ac_desktop.store.history.history import ATTEMPTS_OF
from ac_desktop.store.ports import Database, Row
from ac_desktop.store.queue.newer_donation import is_older, other_donations
from ac_desktop.store.queue.records import LOADED, Record, decode_cells, donor_of

if TYPE_CHECKING:
    from ac_desktop.model.editor import Editor

PAGE: Final = 200
_IDS_PER_QUERY: Final = 10_000
"""SQLite allows 32,766 parameters in one query (its documentation, "Limits")."""
_LATEST: Final = 1_000
_RECORD: Final = f"""
    SELECT r.id, r.connection_id, r.batch_id, b.file_name, b.sheet, r.row, r.email, r.phone, r.first_name, r.last_name,
        r.page, r.page_name, r.team, r.source, r.state, r.step, r.contact_id, r.was_new, r.tries,
        r.next_try_at, r.cause, r.reason, r.changed_at, r.warnings, {ATTEMPTS_OF.format(record="r.id")} AS attempts,
        b.kind, {{editors}} AS editors
    FROM record r JOIN batch b ON b.id = r.batch_id
"""


@dataclass(frozen=True)
class ProblemRow:
    """A row of a batch that is held or skipped, with its spreadsheet row number."""

    row: int
    state: RecordState
    reason: Reason | None


@dataclass(frozen=True)
class SourceRow:
    """The original row of a record, as in its file."""

    file_name: str
    sheet: str
    row: int
    header: tuple[str, ...]
    cells: tuple[str, ...]


class RecordReader:
    """Reads records by pages."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._query = _RECORD.format(editors=database.fragments.editors)

    def records(
        self, connection_id: int, *, state: RecordState | None = None, after: int = 0, limit: int = PAGE
    ) -> list[Record]:
        """Return records with IDs above `after`, in the order in which they were queued."""
        wanted, values = ("", ()) if state is None else (" AND r.state = ?", (state.value,))
        rows = self._database.rows(
            f"{self._query} WHERE r.connection_id = ? AND r.id > ? AND b.loading_owner IS NULL{wanted}"
            " ORDER BY r.id LIMIT ?",
            (connection_id, after, *values, limit),
        )
        return [_record(row) for row in rows]

    def record_ids(self, connection_id: int, state: RecordState | None = None) -> list[int]:
        """Return the IDs of all records shown, in the order in which they were queued."""
        wanted, values = ("", ()) if state is None else (" AND state = ?", (state.value,))
        rows = self._database.rows(
            f"SELECT id FROM record WHERE connection_id = ? AND {LOADED}{wanted} ORDER BY id",
            (connection_id, *values),
        )
        return [row["id"] for row in rows]

    def sent_names(self, connection_id: int) -> dict[str, str]:
        """Return the addresses of sent donors, each with its name as it was sent last."""
        rows = self._database.rows(
            "SELECT email, first_name, last_name FROM record WHERE connection_id = ? AND state = 'sent'"
            " AND email <> '' ORDER BY id",
            (connection_id,),
        )
        return {row["email"]: f"{row['first_name']} {row['last_name']}".strip() for row in rows}

    def by_ids(self, record_ids: list[int]) -> list[Record]:
        """Return the records with these IDs, in the order of the IDs."""
        found: dict[int, Record] = {}
        for first in range(0, len(record_ids), _IDS_PER_QUERY):
            some = record_ids[first : first + _IDS_PER_QUERY]
            rows = self._database.rows(f"{self._query} WHERE r.id IN ({','.join('?' * len(some))})", some)
            found.update((row["id"], _record(row)) for row in rows)
        return [found[number] for number in record_ids if number in found]

    def record(self, record_id: int) -> Record | None:
        """Return one record."""
        found = self.by_ids([record_id])
        return found[0] if found else None

    def source_row(self, record_id: int) -> SourceRow | None:
        """Return the original row of a record."""
        return self.source_rows([record_id]).get(record_id)

    def source_rows(self, record_ids: Sequence[int]) -> dict[int, SourceRow]:
        """Return the original rows of a page of records, by record ID."""
        placeholders = ",".join("?" * len(record_ids))
        rows = self._database.rows(
            "SELECT b.file_name, b.sheet, r.row, b.header, s.cells, r.id, b.kind"
            " FROM record r JOIN batch b ON b.id = r.batch_id"
            f" LEFT JOIN source_row s ON s.record_id = r.id WHERE r.id IN ({placeholders})",
            record_ids,
        )
        return {
            row["id"]: SourceRow(
                source_name(row["kind"], row["file_name"]),
                row["sheet"],
                row["row"],
                tuple(json.loads(row["header"])),
                () if row["cells"] is None else decode_cells(row["cells"]),
            )
            for row in rows
        }

    def outdated_among(self, records: Sequence[Record], account: str) -> frozenset[int]:
        """Return the IDs of those records for which a newer donation was sent, or is being sent, to the account."""
        dates = self._database.rows(
            "SELECT id, email, donated_at FROM record WHERE donated_at <> ''"
            f" AND id IN ({','.join('?' * len(records))})",
            [record.id for record in records],
        )
        others = other_donations(self._database.fragments)
        return frozenset(
            dated["id"]
            for dated in dates
            for other in self._database.rows(others, (dated["email"], dated["id"], account))
            if is_older(dated["donated_at"], other["donated_at"])
        )

    def known_share(self, connection_id: int) -> float:
        """Return the share, from 0 to 1, of the latest relayed donors whom the account had already.

        This is not known of those sent in bulk, or by an attempt that started with the list step.
        """
        row = self._database.row(
            "SELECT AVG(1.0 - was_new) AS share FROM (SELECT was_new FROM record"
            " WHERE connection_id = ? AND state = 'sent' ORDER BY id DESC LIMIT ?) AS latest",
            (connection_id, _LATEST),
        )
        return float(row["share"]) if row and row["share"] is not None else 0.0

    def latest_of(self, connection_id: int, email: str) -> Record | None:
        """Return the newest record of an address that is queued for a connection, or was."""
        row = self._database.row(
            "SELECT MAX(r.id) AS id FROM email_at e JOIN record r ON r.id = e.record_id"
            " WHERE e.email = ? AND r.connection_id = ? AND r.state <> 'skipped'"
            " AND r.batch_id NOT IN (SELECT id FROM batch WHERE loading_owner IS NOT NULL)",
            (email, connection_id),
        )
        return self.record(row["id"]) if row and row["id"] else None

    def problems(self, batch_id: int) -> Iterator[ProblemRow]:
        """Yield every row of a batch that is held or skipped, in the order of the file, reading by pages."""
        last = 0
        while rows := self._database.rows(
            "SELECT r.id, r.row, r.state, r.reason FROM record r JOIN batch b ON b.id = r.batch_id WHERE b.id = ?"
            " AND r.connection_id = b.connection_id AND r.state IN ('held', 'skipped') AND r.id > ?"
            " ORDER BY r.id LIMIT ?",
            (batch_id, last, PAGE),
        ):
            for row in rows:
                why = Reason.from_json(row["reason"]) if row["reason"] else None
                yield ProblemRow(row["row"], RecordState(row["state"]), why)
                last = row["id"]

    def all_records(self, connection_id: int, state: RecordState | None = None) -> Iterator[Record]:
        """Yield every record, in the order in which they were queued, reading by pages."""
        last = 0
        while page := self.records(connection_id, state=state, after=last):
            yield from page
            last = page[-1].id


def _record(row: Row) -> Record:
    return Record(
        id=row["id"],
        connection_id=row["connection_id"],
        batch_id=row["batch_id"],
        file_name=source_name(row["kind"], row["file_name"]),
        sheet=row["sheet"],
        row=row["row"],
        donor=donor_of(row),
        state=RecordState(row["state"]),
        step=Step(row["step"]),
        contact_id=row["contact_id"],
        was_new=None if row["was_new"] is None else bool(row["was_new"]),
        tries=row["tries"],
        next_try_at=row["next_try_at"],
        cause=Cause(row["cause"]) if row["cause"] else None,
        reason=Reason.from_json(row["reason"]) if row["reason"] else None,
        changed_at=row["changed_at"],
        warnings=row["warnings"] or "",
        attempts=row["attempts"],
        editors=_editors(row["editors"]) if row["editors"] else (),
    )


def _editors(text: str) -> "tuple[Editor, ...]":
    from ac_desktop.model.editor import editors_in

    return editors_in(text)
