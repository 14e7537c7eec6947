"""restore: brings a backup of the donor database back; and what is told where the database was moved aside."""

import argparse
from pathlib import Path

from ac_desktop.console.exit_codes import ExitCode
from ac_desktop.console.terminal import confirm, is_asked, say, warn
from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.recovery.backups import backup_day, newest_backup
from ac_desktop.store.recovery.backups import restore as put_back
from ac_desktop.store.recovery.recovery import mark_move_reported


def restore(folder: Path, args: argparse.Namespace) -> ExitCode:
    """Put a backup in the place of the database, once a person has said so; the present one is kept beside it."""
    backup: Path | None = args.backup or newest_backup(folder)
    if backup is None:
        warn(tr("There is no backup in {folder}.", folder=folder))
        return ExitCode.WRONG_USE
    question = tr(
        "{file} takes the place of the donor database, which is kept under another name. Donors who were relayed since "
        "then would be relayed once more.",
        file=backup,
    )
    if not args.yes:
        if not is_asked():
            warn(tr("{told} Nothing was changed; add --yes if you want that.", told=question))
            return ExitCode.WRONG_USE
        if not confirm(tr("{told} Bring it back?", told=question)):
            warn(tr("Nothing was changed."))
            return ExitCode.WRONG_USE
    try:
        kept = put_back(folder, backup)
    except StoreError as error:
        warn(str(error))
        return ExitCode.WRONG_USE
    say(tr("The backup is back."))
    if kept is not None:
        say(tr("The database that was there is kept as {file}.", file=kept))
    mark_move_reported(folder)
    return ExitCode.WELL


def tell_how_it_opened(services: Services) -> None:
    """Say what had to be moved aside to open the database, or where a copy was made before an update."""
    moved, copy = services.moved, services.database.backup
    if moved is not None:
        warn(moved.text)
        if moved.backup is None:
            warn(tr("There is no backup."))
        else:
            day = backup_day(moved.backup)
            warn(tr("There is a backup of {day}; “ac-desktop restore” brings it back.", day=day))
        mark_move_reported(services.folder)
    if services.restored is not None:
        warn(services.restored.text)
        mark_move_reported(services.folder)
    if moved is None and copy is not None:
        warn(tr("AC Desktop was updated. A copy of the donors as they were is kept in {file}.", file=copy))
