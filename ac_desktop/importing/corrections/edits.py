"""Records corrected by a person: validated by the code that validates files, then stored with their former values."""

from collections.abc import Mapping
from dataclasses import replace

from ac_desktop.importing.validation.row_validator import ValidatedRow, validate_donor
from ac_desktop.importing.validation.warnings import to_json
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.reason_codes import BY_CONSENT, BY_FILE, BY_SCOPE
from ac_desktop.model.states import RecordState
from ac_desktop.store.queue.corrections import EditedRecord, RecordEdits
from ac_desktop.store.queue.records import Record

FIELDS = ("email", "first_name", "last_name", "phone", "page")
"""The fields that can be corrected, by their names in `Donor`; `page` covers the page's ID and its name."""


def can_be_edited(record: Record) -> bool:
    """Whether a record can be corrected: rows that are no donations, and records being sent or sent, cannot."""
    if record.state is RecordState.SKIPPED:
        return record.reason is not None and record.reason.code in BY_SCOPE
    return record.state in {RecordState.WAITING, RecordState.HELD, RecordState.FAILED}


def shown(donor: Donor, field: str) -> str:
    """Return the text of a field as the form for editing shows it."""
    return donor.page or donor.page_name if field == "page" else str(getattr(donor, field))


def validate_edit(record: Record, changes: Mapping[str, str], connection: Connection) -> ValidatedRow:
    """Return what a correction would make of a record, without storing it."""
    settings = connection.settings
    changed = {name: text for name, text in changes.items() if shown(record.donor, name) != text}
    donor = replace(record.donor, **changed)
    if "page" in changed:
        donor = replace(donor, page_name="")
    row = validate_donor(donor, settings.scope, settings.phone_style)
    if record.reason is not None and record.reason.code in BY_FILE:
        # The file's row says so for whichever address it is corrected to: only a decision ends such a hold.
        return replace(row, state=record.state, reason=record.reason)
    held = record.reason is not None and record.reason.code in BY_CONSENT
    if held and row.state is RecordState.WAITING and row.donor.email == record.donor.email:
        # Another name is no consent: only another person, or a decision, ends such a hold.
        return replace(row, state=record.state, reason=record.reason)
    return row


def save_restored(
    record_edits: RecordEdits, record: Record, former: Record, connection: Connection, now: float
) -> bool:
    """Store a record's former values again, as a correction is undone; return False where it has changed meanwhile.

    A record that was held is held again for the same reason: undoing decides nothing.
    """
    scope = connection.settings.scope
    state, reason = former.state, former.reason
    if state is not RecordState.HELD:
        row = validate_donor(former.donor, scope, connection.settings.phone_style)
        state, reason = row.state, row.reason
    restored = EditedRecord(donor=former.donor, state=state, reason=reason, warnings=former.warnings or None)
    return record_edits.store(record, restored, scope, now)


def save_edit(
    record_edits: RecordEdits, record: Record, changes: Mapping[str, str], connection: Connection, now: float
) -> ValidatedRow | None:
    """Store a correction and return the validated row; None where the record has changed meanwhile."""
    row = validate_edit(record, changes, connection)
    corrected = EditedRecord(donor=row.donor, state=row.state, reason=row.reason, warnings=to_json(row.warnings))
    return row if record_edits.store(record, corrected, connection.settings.scope, now) else None
