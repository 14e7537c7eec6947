"""Corrections of records: edited in place, each with who made it and when; or replaced by rows of a report."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.scope import Scope
from ac_desktop.model.states import RecordState
from ac_desktop.platform.local_time import local_day
from ac_desktop.store.connections.rescope import is_staged, reapply
from ac_desktop.store.ports import Database, Row, Sql, WriteScope
from ac_desktop.store.queue.record_reader import RecordReader, SourceRow
from ac_desktop.store.queue.records import Record

EDITED: Final = ("email", "phone", "first_name", "last_name", "page", "page_name", "team")


@dataclass(frozen=True, kw_only=True)
class FieldEdit:
    """One field that was changed."""

    at: float
    who: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class EditedRecord:
    """A donor as a person edited it, and its state after validation."""

    donor: Donor
    state: RecordState
    reason: Reason | None
    warnings: str | None


class RecordEdits:
    """Stores edits of records that have not been relayed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def store(self, record: Record, corrected: EditedRecord, scope: Scope, now: float) -> bool:
        """Store an edit in one transaction; return False where the record was relayed or changed meanwhile.

        The relay starts again with the contact step, and a decision to re-subscribe applies to the old address alone.
        """
        donor = corrected.donor
        with self._database.writing(WriteScope.of_records([record.id])) as sql:
            changed = sql.execute(
                "UPDATE record SET email = ?, phone = ?, first_name = ?, last_name = ?, page = ?, page_name = ?,"
                " team = ?, state = ?, reason = ?, warnings = ?, step = 'contact', contact_id = NULL,"
                " tries = 0, next_try_at = 0, busy_waited = 0, cause = NULL, bulk_batch_id = NULL,"
                " resubscribe = CASE WHEN email = ? THEN resubscribe ELSE 0 END, changed_at = ?"
                " WHERE id = ? AND state = ? AND changed_at = ? AND step <> 'result'",
                (
                    *(getattr(donor, name) for name in EDITED),
                    corrected.state.value,
                    corrected.reason.to_json() if corrected.reason else None,
                    corrected.warnings,
                    donor.email,
                    now,
                    record.id,
                    record.state.value,
                    record.changed_at,
                ),
            )
            if not changed:
                return False
            if is_staged(sql, record.batch_id):
                # Its address is found by others only once the batch is queued.
                sql.execute("DELETE FROM email_at WHERE email = ? AND record_id = ?", (donor.email, record.id))
            _insert_edits(sql, record, donor, now)
            for email in {record.donor.email, donor.email}:
                reapply(sql, record.batch_id, email, scope, now)
            return True

    def of(self, record_id: int) -> list[FieldEdit]:
        """Return the edits of a record, oldest first."""
        rows = self._database.rows(
            "SELECT at, who, field, old, new FROM edit WHERE record_id = ? ORDER BY id", (record_id,)
        )
        return [
            FieldEdit(at=row["at"], who=row["who"], field=row["field"], old=row["old"], new=row["new"]) for row in rows
        ]


def _insert_edits(sql: Sql, record: Record, donor: Donor, now: float) -> None:
    who = sql.person()
    sql.many(
        "INSERT INTO edit (record_id, at, who, field, old, new) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (record.id, now, who, name, getattr(record.donor, name), getattr(donor, name))
            for name in EDITED
            if getattr(record.donor, name) != getattr(donor, name)
        ],
    )


_CHUNK: Final = 500
_MOST_REPLACED: Final = 1_000
"""Replacements followed from a record at most."""
_SUCCESSORS: Final = f"""
    WITH RECURSIVE chain (origin, id, depth) AS (
        SELECT value, value, 0 FROM {{list}} AS listed
        UNION ALL
        SELECT chain.origin, c.replaced_by, chain.depth + 1 FROM chain
            JOIN correction c ON c.record_id = chain.id AND c.replaced_by IS NOT NULL
            WHERE chain.depth < {_MOST_REPLACED}
    )
    SELECT origin, id FROM chain ORDER BY depth
"""
_LINKED: Final = """
    SELECT n.id AS new_id, n.row AS row, c.record_id AS old_id, c.edits AS edits, o.state AS state, o.step AS step,
        o.reason AS reason, o.cause AS cause, o.changed_at AS changed_at, o.forgotten_at AS forgotten_at,
        (SELECT COUNT(*) FROM edit e WHERE e.record_id = o.id) AS edits_now, b.file_name AS file_name
    FROM batch b
    JOIN record n ON n.id BETWEEN b.first_record AND b.last_record AND n.batch_id = b.id
    JOIN correction c ON c.batch_id = b.id AND c.row = n.row
    LEFT JOIN record o ON o.id = c.record_id AND o.connection_id = b.connection_id
    WHERE b.id = ? ORDER BY n.id
"""
_WITHDRAWN: Final = """
    SELECT c.row, c.record_id, c.was_state, c.was_reason, c.was_cause
    FROM correction c JOIN record n ON n.id = c.replaced_by
    WHERE c.batch_id = ? AND n.id BETWEEN ? AND ? AND n.state = 'waiting' AND n.step <> 'result'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A record that may be corrected; `edits` are its changes as pairs of field and old value, oldest first."""

    record: Record
    edits: tuple[tuple[str, str], ...] = ()
    donation_id: str = ""
    donated_at: str = ""
    is_forgotten: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A row of an open batch, the record it replaces, and that record's number of edits when it was read."""

    row: int
    record_id: int
    edits: int


class Corrections:
    """Finds records to correct, and stores which rows replace them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._fragments = database.fragments
        self._reader = RecordReader(database)

    def targets(self, record_ids: Collection[int]) -> Mapping[int, Target]:
        """Return the targets of those records that exist."""
        ids = self._fragments.list_value(record_ids)
        found = self._database.rows(
            "SELECT id, donation_id, donated_at, forgotten_at IS NOT NULL AS is_forgotten FROM record"
            f" WHERE id {self._fragments.in_list}",
            (ids,),
        )
        edits: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
        for edit in self._database.rows(
            f"SELECT record_id, field, old FROM edit WHERE record_id {self._fragments.in_list} ORDER BY id", (ids,)
        ):
            edits[edit["record_id"]].append((edit["field"], edit["old"]))
        rows = {row["id"]: row for row in found}
        return {
            record.id: Target(
                record=record,
                edits=tuple(edits[record.id]),
                donation_id=rows[record.id]["donation_id"],
                donated_at=rows[record.id]["donated_at"],
                is_forgotten=bool(rows[record.id]["is_forgotten"]),
            )
            for record in self._reader.by_ids(list(rows))
        }

    def source_rows(self, record_ids: Sequence[int]) -> Mapping[int, SourceRow]:
        """Return the original rows of records."""
        return self._reader.source_rows(record_ids)

    def edit_counts(self, record_ids: Collection[int]) -> Mapping[int, int]:
        """Return the number of edits by record, for records with edits."""
        rows = self._database.rows(
            "SELECT record_id, COUNT(*) AS edits FROM edit"
            f" WHERE record_id {self._fragments.in_list} GROUP BY record_id",
            (self._fragments.list_value(record_ids),),
        )
        return {row["record_id"]: row["edits"] for row in rows}

    def successors(self, record_ids: Collection[int]) -> Mapping[int, int]:
        """Return for each record its latest replacement, or the record itself."""
        if not record_ids:
            return {}
        rows = self._database.rows(
            _SUCCESSORS.format(list=self._fragments.numbered_list), (self._fragments.list_value(record_ids),)
        )
        return {row["origin"]: row["id"] for row in rows}

    def connections_of(self, record_ids: Collection[int]) -> Mapping[int, int]:
        """Return the connection of each record that exists."""
        rows = self._database.rows(
            f"SELECT id, connection_id FROM record WHERE id {self._fragments.in_list}",
            (self._fragments.list_value(record_ids),),
        )
        return {row["id"]: row["connection_id"] for row in rows}

    def by_source_row(
        self, connection_id: int, file_name: str, sheet: str, rows: Collection[int]
    ) -> Mapping[int, list[int]]:
        """Return the records from rows of a file, by row; several files may have had the same name."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for record in self._database.rows(
            "SELECT r.row, r.id FROM batch b JOIN record r ON r.id BETWEEN b.first_record AND b.last_record"
            " AND r.batch_id = b.id WHERE b.connection_id = ? AND b.file_name = ? AND b.sheet = ?"
            f" AND b.loading_owner IS NULL AND r.row {self._fragments.in_list} ORDER BY r.id",
            (connection_id, file_name, sheet, self._fragments.list_value(rows)),
        ):
            found[record["row"]].append(record["id"])
        return found

    def link(self, batch_id: int, links: Sequence[Link]) -> None:
        """Store which rows of an open batch replace which records; nothing is replaced before the batch is closed."""
        for first in range(0, len(links), _CHUNK):
            with self._database.writing(WriteScope.of_batch(batch_id)) as sql:
                sql.many(
                    "INSERT INTO correction (batch_id, row, record_id, edits) VALUES (?, ?, ?, ?)",
                    [(batch_id, link.row, link.record_id, link.edits) for link in links[first : first + _CHUNK]],
                )


def close_corrected(sql: Sql, batch_id: int, at: float | None = None) -> None:
    """Close the records that a batch's rows replace, within the transaction that closes the batch.

    A row whose record was sent, edited, removed or corrected since the report was read is skipped instead.
    """
    corrected = sql.row(
        "SELECT b.queued_at FROM correction c JOIN batch b ON b.id = c.batch_id WHERE b.id = ? LIMIT 1", (batch_id,)
    )
    if corrected is None:
        return
    now = float(corrected["queued_at"]) if at is None else at
    day = local_day(now)
    for row in sql.rows(_LINKED, (batch_id,)):
        refusal = _refusal(row)
        if refusal is not None:
            _skip(sql, batch_id, row, refusal, now)
            continue
        sql.execute(
            "UPDATE correction SET replaced_by = ?, was_state = ?, was_reason = ?, was_cause = ?"
            " WHERE batch_id = ? AND row = ?",
            (row["new_id"], row["state"], row["reason"], row["cause"], batch_id, row["row"]),
        )
        why = reason(ReasonCode.CORRECTED, date=day, row=row["row"], file=row["file_name"]).to_json()
        sql.execute(
            "UPDATE record SET state = 'skipped', reason = ?, cause = NULL, resubscribe = 0, changed_at = ?"
            " WHERE id = ?",
            (why, now, row["old_id"]),
        )


def _refusal(row: Row) -> Reason | None:
    """Return why a record can't be replaced any more, None where it can."""
    if row["state"] is None or row["forgotten_at"] is not None:
        return reason(ReasonCode.MARK_GONE)
    why = Reason.from_json(row["reason"]) if row["reason"] else None
    return correction_refusal(RecordState(row["state"]), row["step"], why, row["changed_at"]) or (
        reason(ReasonCode.MARK_CONFLICT) if row["edits_now"] != row["edits"] else None
    )


def correction_refusal(state: RecordState, step: str, why: Reason | None, changed_at: float) -> Reason | None:
    """Return why a record in this state can't be replaced by a correction, None where it can."""
    if state is RecordState.SENT:
        day = local_day(changed_at)
        return reason(ReasonCode.MARK_SENT, date=day)
    if state is RecordState.SENDING or step == "result":
        return reason(ReasonCode.MARK_BUSY)
    if why is not None and why.code is ReasonCode.ERASED:
        return reason(ReasonCode.MARK_GONE)
    if why is not None and why.code is ReasonCode.CORRECTED:
        return reason(ReasonCode.MARK_CONFLICT)
    return None


def _skip(sql: Sql, batch_id: int, row: Row, why: Reason, now: float) -> None:
    sql.execute("DELETE FROM correction WHERE batch_id = ? AND row = ?", (batch_id, row["row"]))
    sql.execute(
        "DELETE FROM seen_row WHERE (connection_id, row_hash, record_id) IN"
        " (SELECT connection_id, row_hash, id FROM record WHERE id = ?)",
        (row["new_id"],),
    )
    sql.execute(
        "UPDATE record SET state = 'skipped', reason = ?, changed_at = ? WHERE id = ?",
        (why.to_json(), now, row["new_id"]),
    )


def reopen_corrected(sql: Sql, batch_id: int, first: int, last: int, now: float | None = None) -> None:
    """Restore the records whose replacements, still waiting, are about to be withdrawn."""
    for row in sql.rows(_WITHDRAWN, (batch_id, first, last)):
        sql.execute(
            "UPDATE record SET state = ?, reason = ?, cause = ?, changed_at = COALESCE(?, changed_at)"
            " WHERE id = ? AND state = 'skipped' AND forgotten_at IS NULL AND reason_code = ?",
            (row["was_state"], row["was_reason"], row["was_cause"], now, row["record_id"], ReasonCode.CORRECTED.value),
        )
        sql.execute("DELETE FROM correction WHERE batch_id = ? AND row = ?", (batch_id, row["row"]))
