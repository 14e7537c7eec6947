"""The record of an erasure as a text: shown, and written where the user chooses."""

from pathlib import Path

from ac_desktop.model.wording import tr
from ac_desktop.platform.local_time import local_time
from ac_desktop.platform.private_files import write_private
from ac_desktop.store.privacy.erasure import ErasureRecord


def erasure_text(record: ErasureRecord) -> str:
    """Return an erasure record as a text of several lines."""
    at = local_time(record.at).strftime("%Y-%m-%d %H:%M %Z")
    title = (
        tr("Erasure record {number}: erased from the office's queue", number=record.number)
        if record.is_in_office
        else tr("Erasure record {number}: erased from AC Desktop on this computer", number=record.number)
    )
    lines = [
        title,
        tr("Email: {email}", email=record.email),
        tr("When: {at}, by {who}", at=at, who=record.who),
        tr("Donors cleared from the queue: {count}", count=record.found.records),
        tr("Removed donors deleted permanently: {count}", count=record.found.removed),
        tr("Log entries cleared of requests and responses: {count}", count=record.found.attempts),
        tr("Other texts with the address replaced: {count}", count=record.places),
        *([] if record.is_in_office else [tr("Backups cleaned: {count}", count=len(record.backups))]),
        tr(
            "What stays: counts, dates and results without the person, and codes that can't be turned back into "
            "a name or address. The codes keep the same file from bringing this person back."
        ),
    ]
    if record.longer:
        lines.append(tr("Left unchanged because a longer address contains this one: {count}", count=record.longer))
    if record.left:
        lines.append(tr("These files couldn't be cleaned. Delete them if you don't need them:"))
        lines += [f"  {path}" for path in record.left]
    elif record.is_in_office:
        lines += _of_office()
    else:
        lines.append(tr("AC Desktop then searched all files in its folder. The address is in none of them."))
    lines.append(
        tr(
            "Not erased by this: the contact in ActiveCampaign, Anedot's data, the export files themselves, "
            "reports saved elsewhere, and copies of this computer that others made."
        )
    )
    return "\n".join(lines) + "\n"


def _of_office() -> list[str]:
    """Return what is left to others where a person was erased from an office."""
    return [
        tr("Donors who wait for the office on other computers are erased there at the computer's next contact."),
        tr(
            "For the server's administrator: delete the dumps and other backups from before this erasure, the archived "
            "WAL, replicas that lag behind, and server logs that contain statements. Then run VACUUM FULL."
        ),
    ]


def write_erasure_record(path: Path, record: ErasureRecord) -> None:
    """Write an erasure record to a private file. Raise OSError where that fails."""
    write_private(path, erasure_text(record))
