"""What people read of a database that was moved away, or replaced by a backup, while it was opened."""

from ac_desktop.model.wording import tr
from ac_desktop.store.backups import FILE_NAME, MovedDatabase, RestoredBackup
from ac_desktop.store.errors import StoreProblem


def moved_text(moved: MovedDatabase) -> str:
    """Return why a database was moved, where to, and what is missing without it."""
    if moved.trouble is StoreProblem.FOREIGN:
        return tr(
            "The database in AC Desktop's folder was created by another program. It was moved to {file}, "
            "unchanged. AC Desktop started with an empty queue. Donors that were queued there aren't known here.",
            file=moved.moved_to,
        )
    if moved.trouble is StoreProblem.MISSING:
        return tr(
            "The donor database is no longer in {folder}. Other files of it are there. Their names begin with "
            "“{name}.”. AC Desktop starts with an empty queue, so create your connections again. The waiting "
            "donors, the log and the failures in a row aren't known here.",
            folder=moved.moved_to.parent,
            name=FILE_NAME,
        )
    return tr(
        "The donor database was damaged and couldn't be opened. It was moved to {file}. Nothing in it was "
        "deleted. AC Desktop started with an empty queue. Waiting donors, the log, the failures in a row and "
        "your connections are only in the damaged file. Restore a backup, or create your connections again.",
        file=moved.moved_to,
    )


def restored_text(restored: RestoredBackup) -> str:
    """Return which backup was restored, and where the database before it is."""
    if restored.previous is None:
        return tr("The backup {backup} was restored.", backup=restored.backup)
    return tr(
        "The backup {backup} was restored. The previous database was saved as {file}.",
        backup=restored.backup,
        file=restored.previous,
    )
