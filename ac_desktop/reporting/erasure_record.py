"""The record of an erasure as a text: shown, and written where the user chooses."""

from pathlib import Path

from ac_desktop.model.wording import tr
from ac_desktop.platform.local_time import local_time
from ac_desktop.platform.private_files import write_private
from ac_desktop.store.backups import FILE_NAME, MOVED_PREFIX
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
    if record.unreached:
        lines += _of_earlier_queues(record)
    lines.append(
        tr(
            "Not erased by this: the contact in ActiveCampaign, Anedot's data, the export files themselves, "
            "reports saved elsewhere, and copies of this computer that others made."
        )
    )
    return "\n".join(lines) + "\n"


def _of_earlier_queues(record: ErasureRecord) -> list[str]:
    """Return the files of earlier queues, in which the person may still be, and what to do with them."""
    lines = [
        tr(
            "AC Desktop didn't search these files of earlier queues on this computer. This person may still be in "
            "them. Delete each file that you don't need:"
        ),
        *(f"  {path}" for path in record.unreached),
    ]
    if any(path.name == FILE_NAME for path in record.unreached):
        lines.append(
            tr(
                "The file {file} is this computer's own queue. To erase this person there, leave the office, erase "
                "again, and join again.",
                file=FILE_NAME,
            )
        )
    return lines


def _of_office() -> list[str]:
    """Return what is left to others where a person was erased from an office."""
    return [
        tr("Donors who wait for the office on other computers are erased there at the computer's next contact."),
        tr(
            "Other computers can have files of earlier queues too. Look for {name} in their data folders, and delete "
            "these files.",
            name=f"{MOVED_PREFIX}*",
        ),
        tr(
            "For the server's administrator: delete the dumps and other backups from before this erasure, the archived "
            "WAL, replicas that lag behind, and server logs that contain statements. Then run VACUUM FULL."
        ),
    ]


def write_erasure_record(path: Path, record: ErasureRecord) -> None:
    """Write an erasure record to a private file. Raise OSError where that fails."""
    write_private(path, erasure_text(record))
