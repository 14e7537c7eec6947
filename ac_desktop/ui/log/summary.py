"""A record in plain lines: who, its state and why, and the row it came from."""

from ac_desktop.model.reasons import responsible_text
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.store.queue.record_reader import SourceRow
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base import formatting, privacy_mask


def summary(record: Record) -> str:
    """Return all that is known of a record."""
    donor = record.donor
    lines = [
        (tr("State"), formatting.record_label(record.state).word),
        (tr("Reason"), record.reason.text if record.reason else ""),
        (tr("Who can fix it"), responsible_text(record.reason.who) if record.reason else ""),
        (tr("Steps"), formatting.steps_text(record)),
        (tr("Last change"), formatting.exact(record.changed_at)),
        (tr("Name"), formatting.donor_name(donor)),
        (tr("Email"), donor.email),
        (tr("Phone"), donor.phone),
        (tr("Page"), donor.page_name or donor.page),
        (tr("Team"), donor.team),
        (tr("Source"), formatting.source_text(record)),
    ]
    return "\n".join([f"{name}: {value}" for name, value in lines if value] + ["", why_not_sent(record)])


def why_not_sent(record: Record) -> str:
    """Return the answer to the question that is asked most, in a sentence."""
    why = record.reason.text if record.reason else ""
    match record.state:
        case RecordState.SENT:
            return tr("This donor was sent and is on the list.")
        case RecordState.SENDING:
            return tr("This donor is being sent right now.")
        case RecordState.WAITING if why:
            return tr("Not sent yet. The last attempt failed, and AC Desktop will try again. {why}", why=why)
        case RecordState.WAITING:
            return tr("Not sent yet. This donor waits until you click Relay.")
        case RecordState.HELD:
            return tr("Not sent. Your decision is needed. {why}", why=why)
        case RecordState.SKIPPED:
            return tr("Skipped by a rule, so not sent: {why}", why=why)
        case RecordState.FAILED:
            return tr("Not sent. AC Desktop won't try again until you retry. {why}", why=why)


def source_text(record: Record, source: SourceRow | None) -> str:
    """Return the row as its file had it."""
    if source is None or not source.cells:
        return tr("This donor didn't come from a file.")
    rows = [formatting.source_text(record), ""]
    rows += [
        f"{name}: {privacy_mask.mask_word(cell)}"
        for name, cell in zip(source.header, source.cells, strict=False)
        if cell
    ]
    return "\n".join(rows)
