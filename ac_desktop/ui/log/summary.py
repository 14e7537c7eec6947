"""A record in plain lines: who, where it stands and why, and the row it came from."""

from PySide6.QtCore import QCoreApplication

from ac_desktop.model.reasons import responsible_text
from ac_desktop.model.states import RecordState
from ac_desktop.store.queries.record_reader import SourceRow
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base import formatting, privacy_mask
from ac_desktop.ui.queue import columns


def summary(record: Record) -> str:
    """Tell all that is known of a record."""
    translate = QCoreApplication.translate
    donor = record.donor
    lines = [
        (translate("Summary", "State"), formatting.record_sign(record.state).word),
        (translate("Summary", "Reason"), record.reason.text if record.reason else ""),
        (translate("Summary", "Who can fix it"), responsible_text(record.reason.who) if record.reason else ""),
        (translate("Summary", "Steps"), columns.ledger_text(record)),
        (translate("Summary", "Last change"), formatting.exact(record.changed_at)),
        (translate("Summary", "Name"), formatting.donor_name(donor)),
        (translate("Summary", "E-mail"), donor.email),
        (translate("Summary", "Phone"), donor.phone),
        (translate("Summary", "Page"), donor.page_name or donor.page),
        (translate("Summary", "Team"), donor.team),
        (translate("Summary", "Source"), columns.source_text(record)),
    ]
    return "\n".join([f"{name}: {value}" for name, value in lines if value] + ["", why_not_sent(record)])


def why_not_sent(record: Record) -> str:
    """Answer the question that is asked most, in a sentence."""
    translate = QCoreApplication.translate
    why = record.reason.text if record.reason else ""
    match record.state:
        case RecordState.SENT:
            return translate("Summary", "This donor was sent and is on the list.")
        case RecordState.SENDING:
            return translate("Summary", "This donor is being sent right now.")
        case RecordState.WAITING if why:
            return translate("Summary", "Not sent yet: the last try failed, and another one follows. {why}").format(
                why=why
            )
        case RecordState.WAITING:
            return translate("Summary", "Not sent yet: this donor waits until you press Relay.")
        case RecordState.HELD:
            return translate("Summary", "Not sent, as it needs your decision. {why}").format(why=why)
        case RecordState.SKIPPED:
            return translate("Summary", "Not sent, by rule: {why}").format(why=why)
        case RecordState.FAILED:
            return translate("Summary", "Not sent, and nothing happens by itself any more. {why}").format(why=why)


def source_text(record: Record, source: SourceRow | None) -> str:
    """Show the row as its file had it."""
    if source is None or not source.cells:
        return QCoreApplication.translate("Summary", "This donor did not come from a file.")
    rows = [columns.source_text(record), ""]
    rows += [
        f"{name}: {privacy_mask.word(cell)}" for name, cell in zip(source.header, source.cells, strict=False) if cell
    ]
    return "\n".join(rows)
