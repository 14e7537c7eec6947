"""A record in plain lines: who, where it stands and why, and the row it came from."""

from PySide6.QtCore import QCoreApplication

from ac_desktop.model.reasons import who_text
from ac_desktop.store.records import Record
from ac_desktop.store.views import SourceRow
from ac_desktop.ui import words
from ac_desktop.ui.queue import columns


def summary(record: Record, source: SourceRow | None) -> str:
    """Tell all that is known of a record."""
    translate = QCoreApplication.translate
    donor = record.donor
    lines = [
        (translate("Summary", "State"), words.record_sign(record.state).word),
        (translate("Summary", "Reason"), record.reason.text if record.reason else ""),
        (translate("Summary", "Who can fix it"), who_text(record.reason.who) if record.reason else ""),
        (translate("Summary", "Steps"), columns.ledger_text(record)),
        (translate("Summary", "Last change"), words.exact(record.changed_at)),
        (translate("Summary", "Name"), words.donor_name(donor)),
        (translate("Summary", "E-mail"), donor.email),
        (translate("Summary", "Phone"), donor.phone),
        (translate("Summary", "Page"), donor.page_name or donor.page),
        (translate("Summary", "Team"), donor.team),
        (translate("Summary", "Source"), columns.source_text(record)),
    ]
    told = [f"{name}: {value}" for name, value in lines if value]
    if source is not None and source.cells:
        told += ["", translate("Summary", "The row as its file had it:")]
        told += [f"{name}: {cell}" for name, cell in zip(source.header, source.cells, strict=False) if cell]
    return "\n".join(told)
