"""Edits of records in place, each stored with who made it and when."""

from dataclasses import dataclass
from typing import Final

from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import Reason
from ac_desktop.model.scope import Scope
from ac_desktop.model.states import RecordState
from ac_desktop.store.connections.rescope import is_staged, reapply
from ac_desktop.store.history.history import person
from ac_desktop.store.ports import Database, Sql, WriteScope
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
    who = person()
    sql.many(
        "INSERT INTO edit (record_id, at, who, field, old, new) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (record.id, now, who, name, getattr(record.donor, name), getattr(donor, name))
            for name in EDITED
            if getattr(record.donor, name) != getattr(donor, name)
        ],
    )
