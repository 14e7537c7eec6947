"""What people read of problems with the donor database and its disk: a sentence for each code."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from ac_desktop.model.wording import tr, translatable


class StoreMessage(StrEnum):
    """Every sentence of the store for people: about the donor database, its disk, and what is refused."""

    DISK_FULL = "disk_full"
    FOLDER_UNUSABLE = "folder_unusable"
    FILE_UNUSABLE = "file_unusable"
    DISK_UNUSABLE = "disk_unusable"
    FOLDER_READ_ONLY = "folder_read_only"
    FOLDER_IN_USE = "folder_in_use"
    ON_NETWORK_DRIVE = "on_network_drive"
    DATABASE_LOCKED = "database_locked"
    DATABASE_DAMAGED = "database_damaged"
    DATABASE_UNREACHABLE = "database_unreachable"
    DATABASE_GONE = "database_gone"
    DATABASE_MISSING = "database_missing"
    DATABASE_FOREIGN = "database_foreign"
    DATABASE_NEWER = "database_newer"
    CLOSING = "closing"
    RATE_LIMIT_LOCKED = "rate_limit_locked"
    RATE_LIMIT_UNUSABLE = "rate_limit_unusable"
    OPEN_DURING_RESTORE = "open_during_restore"
    BACKUP_NEWER = "backup_newer"
    BACKUP_UNSOUND = "backup_unsound"
    MOVE_UNREADABLE = "move_unreadable"
    RESTORE_UNFINISHED = "restore_unfinished"
    MOVE_UNFINISHED = "move_unfinished"
    NOT_OURS = "not_ours"
    CANNOT_BE_CLOSED = "cannot_be_closed"
    HOLDS_OTHER_THINGS = "holds_other_things"
    HOLDS_A_LINK = "holds_a_link"
    IS_A_LINK = "is_a_link"
    WINDOW_SILENT = "window_silent"
    PRACTICE_OPEN = "practice_open"
    RESUBSCRIBE_WITHOUT_REASON = "resubscribe_without_reason"
    DONOR_IN_FLIGHT = "donor_in_flight"


_TEXTS: Final[Mapping[StoreMessage, str]] = MappingProxyType(
    {
        StoreMessage.DISK_FULL: translatable(
            "The disk is full, so nothing more can be kept in {folder}. What was queued is safe. Make room, then go on."
        ),
        StoreMessage.FOLDER_UNUSABLE: translatable("The folder {folder} cannot be used: {problem}."),
        StoreMessage.FILE_UNUSABLE: translatable(
            "{file} cannot be used ({problem}). Your donors are safe in the queue. Ask your IT whether the disk is "
            "there and can be written to."
        ),
        StoreMessage.DISK_UNUSABLE: translatable(
            "A disk of this computer cannot be used ({problem}). Your donors are safe in the queue. Ask your IT "
            "whether the disk is there and can be written to."
        ),
        StoreMessage.FOLDER_READ_ONLY: translatable(
            "The folder {folder} cannot be written to. Nothing was changed; ask your IT."
        ),
        StoreMessage.FOLDER_IN_USE: translatable(
            "AC Desktop is already working in this folder. Nothing was changed. Close AC Desktop, then try again."
        ),
        StoreMessage.ON_NETWORK_DRIVE: translatable(
            "{folder} is on a network drive, where a database can lose donors. Nothing was changed. Choose a folder "
            "on this computer with --data-dir."
        ),
        StoreMessage.DATABASE_LOCKED: translatable(
            "Another program keeps the donor database {file} locked. Nothing was changed. Close it and try again."
        ),
        StoreMessage.DATABASE_DAMAGED: translatable(
            "The donor database {file} is damaged. Close AC Desktop and start it again: it then keeps the damaged file "
            "under another name, says where, and begins with an empty queue."
        ),
        StoreMessage.DATABASE_UNREACHABLE: translatable(
            "The donor database {file} cannot be opened. Ask your IT whether the disk is there."
        ),
        StoreMessage.DATABASE_GONE: translatable(
            "The donor database {file} is no longer there: it was moved, or its disk was removed. Nothing more is sent "
            "or kept; put it back, then start AC Desktop again."
        ),
        StoreMessage.DATABASE_MISSING: translatable(
            "The donor database {file} is missing, but other files of it are in the same folder. Nothing was changed. "
            "Close AC Desktop, then start it again."
        ),
        StoreMessage.DATABASE_FOREIGN: translatable(
            "The file {file} belongs to another program. It was left as it is."
        ),
        StoreMessage.DATABASE_NEWER: translatable(
            "This donor database was made by a newer AC Desktop (its version is {found}, this program knows {known}). "
            "Nothing was changed; please update AC Desktop."
        ),
        StoreMessage.CLOSING: translatable("AC Desktop is closing. Nothing was changed; start it again to go on."),
        StoreMessage.RATE_LIMIT_LOCKED: translatable(
            "Another program keeps the file {file} locked, so nothing more is sent. Your donors are safe in the queue. "
            "Close that program, then relay again."
        ),
        StoreMessage.RATE_LIMIT_UNUSABLE: translatable(
            "The file {file} cannot be used, so nothing more is sent. Your donors are safe in the queue. Ask your IT "
            "whether the disk is there and can be written to."
        ),
        StoreMessage.OPEN_DURING_RESTORE: translatable("AC Desktop is open. Close it, then bring the backup back."),
        StoreMessage.BACKUP_NEWER: translatable(
            "{file} was made by a newer version of AC Desktop. Nothing was changed. Update AC Desktop, then restore "
            "the backup. (Its version is {found}, this program knows {known}.)"
        ),
        StoreMessage.BACKUP_UNSOUND: translatable("{file} is not a sound backup of AC Desktop. Nothing was changed."),
        StoreMessage.MOVE_UNREADABLE: translatable(
            "AC Desktop cannot read {file}, which says where the donor database was moved. The database is in the same "
            "folder. Its file names begin with “{name}”. Nothing was changed. Ask your IT for help."
        ),
        StoreMessage.RESTORE_UNFINISHED: translatable(
            "AC Desktop could not finish restoring a backup. The previous database is in {old} or still in {file}. The "
            "backup is in {backup}. Nothing was deleted. Close other programs that use these files. Then start AC "
            "Desktop again to finish."
        ),
        StoreMessage.MOVE_UNFINISHED: translatable(
            "AC Desktop could not finish moving the donor database aside. The database is in {old} or still in {file}. "
            "Nothing was deleted. Close other programs that use these files. Then start AC Desktop again to finish."
        ),
        StoreMessage.NOT_OURS: translatable(
            "{path} belongs to another user of this computer, who could read the donors in it. Nothing was changed. "
            "Choose a folder of your own with “--data-dir”, or ask your IT to make this one yours."
        ),
        StoreMessage.CANNOT_BE_CLOSED: translatable(
            "Other users of this computer can read {path}. Its disk does not let AC Desktop keep them out. Nothing was "
            "changed. Choose a folder on another disk of this computer with “--data-dir”."
        ),
        StoreMessage.HOLDS_OTHER_THINGS: translatable(
            "Other users of this computer can open {path}. It holds files that are not AC Desktop's. Nothing was "
            "changed. Choose an empty folder with “--data-dir”."
        ),
        StoreMessage.HOLDS_A_LINK: translatable(
            "Other users of this computer could open AC Desktop's folder until now. One of them may have put {path} "
            "there. AC Desktop read nothing from it. Ask your IT what it is and remove it. Then start AC Desktop again."
        ),
        StoreMessage.IS_A_LINK: translatable(
            "{path} is a link to another place. AC Desktop does not write through links. Nothing was changed. Remove "
            "the link, or replace it with what it leads to."
        ),
        StoreMessage.WINDOW_SILENT: translatable(
            "AC Desktop is open on this data folder already, and that window does not answer. Close it."
        ),
        StoreMessage.PRACTICE_OPEN: translatable(
            "A practice window is open already. Close it before you open another."
        ),
        StoreMessage.RESUBSCRIBE_WITHOUT_REASON: translatable(
            "Subscribing someone again who left the list needs a reason, such as a letter or a call from them."
        ),
        StoreMessage.DONOR_IN_FLIGHT: translatable(
            "This donor is just being relayed. Wait a moment, then erase again."
        ),
    }
)


def store_text(message: StoreMessage, values: Mapping[str, object] = MappingProxyType({})) -> str:
    """Return the sentence of a code, filled in."""
    return tr(_TEXTS[message], **values)
