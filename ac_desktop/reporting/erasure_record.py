"""The record of an erasure as a text: shown, and written where the user chooses."""

from pathlib import Path

from ac_desktop.model.wording import tr
from ac_desktop.platform.local_time import local_time
from ac_desktop.platform.private_files import write_private
from ac_desktop.store.privacy.erasure import ErasureRecord


def erasure_text(record: ErasureRecord) -> str:
    """Return an erasure record as a text of several lines."""
    at = local_time(record.at).strftime("%Y-%m-%d %H:%M %Z")
    lines = [
        tr("Receipt {number}: erased from AC Desktop on this computer", number=record.number),
        tr("Address: {email}", email=record.email),
        tr("When: {at}, by {who}", at=at, who=record.who),
        tr("Records whose donor was taken out: {count}", count=record.found.records),
        tr("Removed records deleted for good: {count}", count=record.found.removed),
        tr("Attempts whose payloads and answers were taken out: {count}", count=record.found.attempts),
        tr("Other texts in which the address was replaced: {count}", count=record.places),
        tr("Backups in which the same was done: {count}", count=len(record.backups)),
        tr(
            "What stays: counts, dates and outcomes without the person, and marks from which neither name nor "
            "address can be read, so that the same file does not bring this person back."
        ),
    ]
    if record.longer:
        lines.append(
            tr("Texts with a longer address that only holds these letters, left alone: {count}", count=record.longer)
        )
    if record.left:
        lines.append(tr("These files could not be cleaned; delete them if they are not needed:"))
        lines += [f"  {path}" for path in record.left]
    else:
        lines.append(tr("All files in AC Desktop's folder were searched afterwards: the address is in none."))
    lines.append(
        tr(
            "Not erased by this: ActiveCampaign's contact, Anedot's records, the export files themselves and "
            "reports that were saved elsewhere, and copies of this computer that others made."
        )
    )
    return "\n".join(lines) + "\n"


def write_erasure_record(path: Path, record: ErasureRecord) -> None:
    """Write an erasure record to a private file. Raise OSError where that fails."""
    write_private(path, erasure_text(record))
