"""restore: restores a backup of the donor database; and the notices where the database was moved aside."""

import argparse
from pathlib import Path

from ac_desktop.console.terminal import ExitCode, confirm, exit_code_of, is_interactive, print_line, warn
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.model.wording import tr
from ac_desktop.reporting.recovery_texts import moved_text, restored_text
from ac_desktop.services import Services
from ac_desktop.store.backups import backup_day, mark_reported
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.opening import backups_of, membership_of, store_in


def restore(folder: Path, args: argparse.Namespace) -> ExitCode:
    """Replace the database by a backup, once that is confirmed; the present one is kept beside it."""
    try:
        return _restore(folder, args)
    except StoreError as error:
        warn(str(error))
        return exit_code_of(error)


def _restore(folder: Path, args: argparse.Namespace) -> ExitCode:
    office = membership_of(folder)
    if office is not None:
        raise StoreError(StoreProblem.MISSING, StoreMessage.OFFICE_HAS_NO_BACKUPS, server=office.server)
    backups = backups_of(store_in(folder))
    backup: Path | None = args.backup or (backups.newest() if backups is not None else None)
    if backups is None or backup is None:
        warn(tr("No backup found in {folder}.", folder=folder))
        return ExitCode.WRONG_USE
    question = tr(
        "{file} will replace the donor database, which is kept under another name. Donors sent after this backup "
        "was made will be sent again.",
        file=backup,
    )
    if not args.yes:
        if not is_interactive():
            warn(tr("{told} Nothing was changed. To confirm, add --yes.", told=question))
            return ExitCode.WRONG_USE
        if not confirm(tr("{told} Restore it?", told=question)):
            warn(tr("Nothing was changed."))
            return ExitCode.WRONG_USE
    kept = backups.restore(backup)
    print_line(tr("The backup was restored."))
    if kept is not None:
        print_line(tr("The previous database was saved as {file}.", file=kept))
    backups.mark_reported()
    return ExitCode.OK


def print_opening_notices(services: Services) -> None:
    """Print what was moved aside to open the database, or where a copy was made before an update."""
    moved, copy = services.moved_database, services.database.backup
    if moved is not None:
        warn(moved_text(moved))
        if moved.backup is None:
            warn(tr("There is no backup."))
        else:
            day = backup_day(moved.backup)
            warn(tr("A backup from {day} is available. To restore it, run “ac-desktop restore”.", day=day))
        mark_reported(services.backups)
    if services.restored_database is not None:
        warn(restored_text(services.restored_database))
        mark_reported(services.backups)
    if moved is None and copy is not None:
        warn(tr("AC Desktop was updated. A backup of your data from before the update is in {file}.", file=copy))
