"""What people read of problems with the donor database and its disk: a sentence for each code."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ac_desktop.model.store_messages import StoreMessage
from ac_desktop.model.wording import tr, translatable

__all__ = ["StoreMessage", "store_text"]

_TEXTS: Final[Mapping[StoreMessage, str]] = MappingProxyType(
    {
        StoreMessage.DISK_FULL: translatable(
            "The disk is full, so nothing more can be saved in {folder}. Donors in the queue are safe. Free up "
            "space, then continue."
        ),
        StoreMessage.FOLDER_UNUSABLE: translatable("The folder {folder} can't be used: {problem}."),
        StoreMessage.FILE_UNUSABLE: translatable(
            "{file} can't be used ({problem}). Your donors are safe in the queue. Check that the disk is "
            "connected and can be written to, or ask your IT team."
        ),
        StoreMessage.DISK_UNUSABLE: translatable(
            "A disk of this computer can't be used ({problem}). Your donors are safe in the queue. Check that "
            "the disk is connected and can be written to, or ask your IT team."
        ),
        StoreMessage.FOLDER_READ_ONLY: translatable(
            "AC Desktop can't write to the folder {folder}. Nothing was changed. Ask your IT team for write access."
        ),
        StoreMessage.FOLDER_IN_USE: translatable(
            "AC Desktop is already working in this folder. Nothing was changed. Close AC Desktop, then try again."
        ),
        StoreMessage.ON_NETWORK_DRIVE: translatable(
            "{folder} is on a network drive, where a database can lose donors. Nothing was changed. Choose a folder "
            "on this computer with --data-dir."
        ),
        StoreMessage.DATABASE_LOCKED: translatable(
            "Another program has locked the donor database {file}. Nothing was changed. Close that program, then "
            "try again."
        ),
        StoreMessage.DATABASE_DAMAGED: translatable(
            "The donor database {file} is damaged. Restart AC Desktop. It saves the damaged file under another "
            "name, shows you where, and starts with an empty queue."
        ),
        StoreMessage.DATABASE_UNREACHABLE: translatable(
            "The donor database {file} can't be opened. Check that its disk is connected, or ask your IT team."
        ),
        StoreMessage.DATABASE_GONE: translatable(
            "The donor database {file} is missing. It was moved, or its disk was removed. Nothing more is sent "
            "or saved. Put it back, then restart AC Desktop."
        ),
        StoreMessage.DATABASE_MISSING: translatable(
            "The donor database {file} is missing, but other files of it are in the same folder. Nothing was changed. "
            "Close AC Desktop, then start it again."
        ),
        StoreMessage.DATABASE_FOREIGN: translatable(
            "The file {file} belongs to another program and was left unchanged."
        ),
        StoreMessage.DATABASE_NEWER: translatable(
            "This donor database was created by a newer AC Desktop. Nothing was changed. Update AC Desktop. "
            "(Database version {found}, this program supports {known}.)"
        ),
        StoreMessage.CLOSING: translatable(
            "AC Desktop is closing. Nothing was changed. To continue, start AC Desktop again."
        ),
        StoreMessage.RATE_LIMIT_LOCKED: translatable(
            "Another program has locked the file {file}, so nothing more is sent. Your donors are safe in the "
            "queue. Close that program, then relay again."
        ),
        StoreMessage.RATE_LIMIT_UNUSABLE: translatable(
            "The file {file} can't be used, so nothing more is sent. Your donors are safe in the queue. Check "
            "that the disk is connected and can be written to, or ask your IT team."
        ),
        StoreMessage.OPEN_DURING_RESTORE: translatable("AC Desktop is open. Close it, then restore the backup."),
        StoreMessage.BACKUP_NEWER: translatable(
            "{file} was created by a newer AC Desktop. Nothing was changed. Update AC Desktop, then restore the "
            "backup. (Database version {found}, this program supports {known}.)"
        ),
        StoreMessage.BACKUP_UNSOUND: translatable("{file} isn't a valid AC Desktop backup. Nothing was changed."),
        StoreMessage.MOVE_UNREADABLE: translatable(
            "AC Desktop can't read {file}, which says where the donor database was moved. The database is in the "
            "same folder. Its file names begin with “{name}”. Nothing was changed. Ask your IT team for help."
        ),
        StoreMessage.RESTORE_UNFINISHED: translatable(
            "AC Desktop couldn't finish restoring a backup. The previous database is in {old} or still in "
            "{file}. The backup is in {backup}. Nothing was deleted. Close other programs that use these files. "
            "Then start AC Desktop again to finish."
        ),
        StoreMessage.MOVE_UNFINISHED: translatable(
            "AC Desktop couldn't finish moving the donor database. The database is in {old} or still in {file}. "
            "Nothing was deleted. Close other programs that use these files. Then start AC Desktop again to "
            "finish."
        ),
        StoreMessage.NOT_OURS: translatable(
            "{path} belongs to another user of this computer, who could read the donors in it. Nothing was "
            "changed. Choose a folder of your own with “--data-dir”, or ask your IT team to make you its owner."
        ),
        StoreMessage.CANNOT_BE_CLOSED: translatable(
            "Other users of this computer can read {path}. Its disk doesn't let AC Desktop keep them out. "
            "Nothing was changed. Choose a folder on another disk of this computer with “--data-dir”."
        ),
        StoreMessage.HOLDS_OTHER_THINGS: translatable(
            "Other users of this computer can open {path}. It contains files that aren't AC Desktop's. Nothing "
            "was changed. Choose an empty folder with “--data-dir”."
        ),
        StoreMessage.HOLDS_A_LINK: translatable(
            "Other users of this computer could open AC Desktop's folder until now. One of them may have put "
            "{path} there. AC Desktop read nothing from it. Ask your IT team what it is and remove it. Then "
            "start AC Desktop again."
        ),
        StoreMessage.IS_A_LINK: translatable(
            "{path} is a link to another place. AC Desktop doesn't write through links. Nothing was changed. "
            "Remove the link, or replace it with the file or folder it points to."
        ),
        StoreMessage.OFFICE_FILE_DAMAGED: translatable(
            "AC Desktop can't read {file}, which says where the office's queue is. Nothing was changed. Run "
            "“ac-desktop office leave”, then join the office again."
        ),
        StoreMessage.OFFICE_FILE_NEWER: translatable(
            "{file} was created by a newer AC Desktop. Nothing was changed. Update AC Desktop."
        ),
        StoreMessage.OFFICE_FILE_UNUSABLE: translatable(
            "AC Desktop can't use the file {file}. Nothing was changed. Check its name and folder. ({problem})"
        ),
        StoreMessage.OFFICE_PASSWORD_MISSING: translatable(
            "The password for the office isn't saved on this computer. Set it in the environment variable {variable}."
        ),
        StoreMessage.OFFICE_DRIVER_MISSING: translatable(
            "This installation of AC Desktop can't work in an office. Nothing was changed. Ask your IT team to install "
            "what is missing. (pip install ac-desktop[office])"
        ),
        StoreMessage.OFFICE_JOINED_ALREADY: translatable(
            "This data folder works on the queue of an office already: {database} at {server}. Nothing was "
            "changed. To change this, run “ac-desktop office leave” first."
        ),
        StoreMessage.OFFICE_HAS_NO_BACKUPS: translatable(
            "This data folder works on the queue of an office. AC Desktop has no backups of it. Ask the "
            "administrator of the server {server}."
        ),
        StoreMessage.NOT_IN_OFFICE: translatable(
            "This data folder doesn't work on the queue of an office. Join one with “ac-desktop office join”."
        ),
        StoreMessage.INVITATION_FOREIGN: translatable(
            "{file} isn't an invitation to an office. Nothing was changed. Invitation files end in .acoffice."
        ),
        StoreMessage.INVITATION_DAMAGED: translatable(
            "The invitation {file} is damaged. Nothing was changed. Ask your office's administrator for a new one."
        ),
        StoreMessage.INVITATION_NEWER: translatable(
            "The invitation {file} was created by a newer AC Desktop. Nothing was changed. Update AC Desktop."
        ),
        StoreMessage.INVITATION_EXPIRED: translatable(
            "The invitation {file} expired on {day}. Nothing was changed. Ask your office's administrator for a "
            "new one."
        ),
        StoreMessage.INVITATION_USED: translatable(
            "The server doesn't accept the invitation {file}. It was already used, or there is a newer one. "
            "Nothing was changed. If you joined before, use the same password again. Otherwise, ask your office's "
            "administrator for a new one."
        ),
        StoreMessage.SERVER_URL_ODD: translatable(
            "Enter the server as postgresql://OWNER@HOST:PORT/DATABASE. Nothing was changed."
        ),
        StoreMessage.SERVER_URL_PASSWORD: translatable(
            "Enter the server without a password. AC Desktop asks for it or reads it from the environment variable "
            "AC_DESKTOP_OFFICE_PASSWORD. Nothing was changed."
        ),
        StoreMessage.CERTIFICATES_ODD: translatable(
            "{file} contains no valid certificates (PEM). Nothing was changed. Ask the server's administrator for "
            "the file."
        ),
        StoreMessage.PERSON_NAME_ODD: translatable(
            "“{person}” can't be a login. Use up to 60 letters, digits, dots and dashes. Nothing was changed."
        ),
        StoreMessage.OFFICE_NAME_ODD: translatable(
            "“{name}” can't be the office's name. Use up to 60 letters on one line. Nothing was changed."
        ),
        StoreMessage.PERSON_JOINED: translatable("“{person}” joined the office already. Nothing was changed."),
        StoreMessage.PERSON_UNKNOWN: translatable(
            "“{person}” isn't a person of this office. Ask your office's administrator for an invitation."
        ),
        StoreMessage.NOT_OFFICE_ADMIN: translatable(
            "Only an administrator of the office can invite people or end their access. Nothing was changed."
        ),
        StoreMessage.PERSON_NOT_INVITED: translatable(
            "“{person}” was never invited to this office. Nothing was changed. To see who was, run “ac-desktop office "
            "people”."
        ),
        StoreMessage.PERSON_IS_YOU: translatable(
            "You can't end your own access. Nothing was changed. Ask another administrator of the office."
        ),
        StoreMessage.OWNER_STAYS: translatable(
            "“{person}” owns the office's database, so their access can't be ended here. Nothing was changed. Ask the "
            "server's administrator."
        ),
        StoreMessage.OWNER_CANNOT_INVITE: translatable(
            "The login “{owner}” isn't allowed to create logins on this server. Nothing was changed. Ask the "
            "server's administrator to allow it. (ALTER ROLE {owner} CREATEROLE)"
        ),
        StoreMessage.OWNER_CANNOT_CREATE: translatable(
            "The login “{owner}” isn't allowed to create anything in the database {database}. Nothing was changed. Ask "
            "the server's administrator to allow it. (GRANT CREATE ON DATABASE {database} TO {owner})"
        ),
        StoreMessage.WINDOW_SILENT: translatable(
            "AC Desktop is already open with this data folder, but its window isn't responding. Close that "
            "window, then try again."
        ),
        StoreMessage.PRACTICE_OPEN: translatable(
            "A practice window is open already. Close it before you open another."
        ),
        StoreMessage.RESUBSCRIBE_WITHOUT_REASON: translatable(
            "To resubscribe someone who left the list, enter a reason, such as their letter or call."
        ),
        StoreMessage.DONOR_IN_FLIGHT: translatable(
            "This donor is being sent right now. Wait a moment, then erase again."
        ),
        StoreMessage.OFFICE_AWAY: translatable(
            "AC Desktop can't reach your office's server {server}. Donors in the queue are safe there. Check your "
            "network, or ask your administrator. ({detail})"
        ),
        StoreMessage.OFFICE_REFUSED: translatable(
            "Your office's server {server} didn't accept the password of {user}. Nothing was changed. Ask your "
            "administrator for a new invitation. ({detail})"
        ),
        StoreMessage.OFFICE_NO_RIGHT: translatable(
            "Your role in the office doesn't allow this. Nothing was changed. Ask your administrator. ({detail})"
        ),
        StoreMessage.OFFICE_CERTIFICATE: translatable(
            "The server at {server} can't prove that it is your office's. AC Desktop sent it no donors and no "
            "password. Ask your administrator. ({detail})"
        ),
        StoreMessage.OFFICE_NO_TLS: translatable(
            "The server {server} doesn't encrypt its connections. AC Desktop sent it no donors and no password. Ask "
            "your administrator to turn on TLS there."
        ),
        StoreMessage.OWNER_REFUSED: translatable(
            "The server {server} didn't accept the password of {user}. Nothing was changed. Check the password, or set "
            "a new one on the server. ({detail})"
        ),
        StoreMessage.OWNER_CERTIFICATE: translatable(
            "The server at {server} can't prove that it's the right one. AC Desktop sent it no donors and no password. "
            "Check the server's name. If its certificate has an issuer of your own, choose that issuer's file, such as "
            "ca.crt. ({detail})"
        ),
        StoreMessage.OWNER_NO_TLS: translatable(
            "The server {server} doesn't encrypt its connections. AC Desktop sent it no donors and no password. Turn "
            "on TLS there, as the guide to an office shows."
        ),
        StoreMessage.OFFICE_NO_DATABASE: translatable(
            "There is no database {database} on the server {server}. Nothing was changed. Ask your administrator."
        ),
        StoreMessage.OFFICE_FOREIGN: translatable(
            "The database {database} isn't an AC Desktop office. It was left unchanged. Check its name, or choose an "
            "empty database."
        ),
        StoreMessage.OFFICE_NEWER: translatable(
            "Your office works with a newer AC Desktop. Nothing was changed. Update AC Desktop on this computer. "
            "(Database version {found}, this program supports {known}.)"
        ),
        StoreMessage.OFFICE_OUTDATED: translatable(
            "This AC Desktop is newer than your office's database. Nothing was changed. Ask your administrator to "
            "update the office. (Database version {found}, this program needs {known}.)"
        ),
        StoreMessage.OFFICE_HAS_OLDER: translatable(
            "The new version doesn't work together with the older AC Desktop of other computers. Nothing was changed. "
            "Update AC Desktop there or close it, wait two minutes, then try again. (In use: {workstations}.)"
        ),
        StoreMessage.OFFICE_SERVER_OLD: translatable(
            "An office needs PostgreSQL 14 or newer. The server has version {found}. Nothing was changed. Ask your "
            "administrator."
        ),
        StoreMessage.OFFICE_POOLER: translatable(
            "{server} is a connection pooler, not the server itself. It could mix up the work of different computers. "
            "Nothing was changed. Ask your administrator for the address of the server."
        ),
        StoreMessage.OFFICE_LOCKED: translatable(
            "Another computer kept your office's database on {server} busy for too long. Nothing was changed. Try "
            "again in a moment."
        ),
        StoreMessage.OFFICE_FULL: translatable(
            "The disk of your office's server {server} is full, so nothing more can be saved. Donors in the queue are "
            "safe. Ask your administrator to free up space."
        ),
        StoreMessage.OUTBOX_UNUSABLE: translatable(
            "The file {file}, where donors wait for your office, can't be used. Nothing was changed. Check that its "
            "disk is connected and can be written to, or ask your IT team."
        ),
        StoreMessage.OUTBOX_NOT_EMPTY: translatable(
            "Donors typed on this computer wait for the office: {count}. Leaving now would strand them in {file}. "
            "Nothing was changed. Connect to the server once, for example with “ac-desktop status”, then leave."
        ),
        StoreMessage.FILES_WAIT_FOR_OFFICE: translatable(
            "AC Desktop can't reach your office's server. Your files are safe where they are. Import them again when "
            "the server is back. No row is queued twice."
        ),
        StoreMessage.OFFICE_READ_ONLY: translatable(
            "Your office's server {server} doesn't accept changes right now. Donors in the queue are safe. Ask your "
            "administrator. ({detail})"
        ),
        StoreMessage.OFFICE_MOVED_OUT: translatable(
            "Your office's queue was moved out of the database {database}. Nothing was changed. The donors are still "
            "shown here, but nothing is sent. Ask your administrator where the queue is now."
        ),
        StoreMessage.MOVE_NEEDS_ADMIN: translatable(
            "Only an administrator of the office can move a queue. Nothing was changed."
        ),
        StoreMessage.MOVE_WHILE_IMPORTING: translatable(
            "A file is being imported right now. Nothing was moved. Wait until the import is done, then move the queue."
        ),
        StoreMessage.MOVE_WHILE_SENDING: translatable(
            "Donors are being sent right now: {number}. Nothing was moved. Stop relaying on every computer, wait a "
            "moment, then move the queue."
        ),
        StoreMessage.MOVE_WHILE_IN_BULK: translatable(
            "ActiveCampaign is still working on donors that were sent together: {number}. Nothing was moved. Relay "
            "until their results are in, then move the queue."
        ),
        StoreMessage.MOVE_DIFFERS: translatable(
            "The sums of the two queues differ, so nothing was moved. Both are as they were. Try again, or ask your "
            "IT team."
        ),
        StoreMessage.MOVE_TARGET_TAKEN: translatable(
            "The folder {folder} already has a queue. Nothing was moved. Choose an empty folder."
        ),
        StoreMessage.OWN_QUEUE_IN_THE_WAY: translatable(
            "This computer still has a queue of its own, from before it joined the office. Nothing was moved. To move "
            "the office's queue into an empty folder, run “ac-desktop office move-out --to FOLDER”."
        ),
        StoreMessage.REOPENING_NEEDS_ADMIN: translatable(
            "Only an administrator of the office can reopen it. Nothing was changed."
        ),
        StoreMessage.OFFICE_NOT_CLOSED: translatable("This office isn't closed. Nothing was changed."),
        StoreMessage.MOVED_BEFORE: translatable(
            "This queue, or a copy of it, was moved into the office before. Nothing was moved."
        ),
        StoreMessage.NOTHING_TO_MOVE: translatable("This data folder has no queue of its own. Nothing was moved."),
        StoreMessage.MOVE_IN_INTERRUPTED: translatable(
            "A move of this folder's queue into the office {database} at {server} was interrupted. The queue is either "
            "here or there, and no donors were lost. Join that office, then run “ac-desktop office move-in” to finish."
        ),
        StoreMessage.MOVE_OUT_INTERRUPTED: translatable(
            "A move of the queue of the office {database} at {server} into this folder was interrupted. The queue is "
            "either here or there, and no donors were lost. Run “ac-desktop office move-out” again to finish."
        ),
        StoreMessage.MOVE_FILE_DAMAGED: translatable(
            "AC Desktop can't read {file}, which says whether a queue was moved. Nothing was changed. Ask your IT team "
            "for help."
        ),
    }
)


def store_text(message: StoreMessage, values: Mapping[str, object] = MappingProxyType({})) -> str:
    """Return the sentence of a code, filled in."""
    return tr(_TEXTS[message], **values)
