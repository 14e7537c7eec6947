"""Records corrected by a person: judged by the code that judges files, then kept with what they were before."""

from collections.abc import Mapping
from dataclasses import replace

from ac_desktop.importing.validation.row_validator import ValidatedRow, validate_donor
from ac_desktop.importing.validation.warnings import to_json
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import BY_FILE
from ac_desktop.model.states import RecordState
from ac_desktop.store.connections.rescope import BY_SCOPE
from ac_desktop.store.queue.decisions import BY_CONSENT
from ac_desktop.store.queue.record_edits import EditedRecord, RecordEdits
from ac_desktop.store.queue.records import Record

FIELDS = ("email", "first_name", "last_name", "phone", "page")
"""What can be corrected, by the names of the donor's fields; `page` answers for the page's ID and its name."""


def can_be_edited(record: Record) -> bool:
    """Whether a correction makes sense: not of rows that are no donations, nor of what is on its way or has gone."""
    if record.state is RecordState.SKIPPED:
        return record.reason is not None and record.reason.code in BY_SCOPE
    return record.state in {RecordState.WAITING, RecordState.HELD, RecordState.FAILED}


def shown(donor: Donor, field: str) -> str:
    """Return the text of a field as it is edited."""
    return donor.page or donor.page_name if field == "page" else str(getattr(donor, field))


def judge(record: Record, changes: Mapping[str, str], connection: Connection) -> ValidatedRow:
    """Say what a correction would make of a record, without keeping it."""
    settings = connection.settings
    changed = {name: text for name, text in changes.items() if shown(record.donor, name) != text}
    donor = replace(record.donor, **changed)
    if "page" in changed:
        donor = replace(donor, page_name="")
    row = validate_donor(donor, settings.scope, settings.phone_style)
    if record.reason is not None and record.reason.code in BY_FILE:
        # The row says so whoever its address is corrected to: only a decision ends such a hold.
        return replace(row, state=record.state, reason=record.reason)
    held = record.reason is not None and record.reason.code in BY_CONSENT
    if held and row.state is RecordState.WAITING and row.donor.email == record.donor.email:
        # Another name is no consent: only another person, or a decision, ends such a hold.
        return replace(row, state=record.state, reason=record.reason)
    return row


def repair(
    repairs: RecordEdits, record: Record, changes: Mapping[str, str], connection: Connection, now: float
) -> ValidatedRow | None:
    """Keep a correction and give what the check said; None where the record moved on meanwhile."""
    row = judge(record, changes, connection)
    corrected = EditedRecord(donor=row.donor, state=row.state, reason=row.reason, warnings=to_json(row.warnings))
    return row if repairs.store(record, corrected, connection.settings.scope, now) else None
