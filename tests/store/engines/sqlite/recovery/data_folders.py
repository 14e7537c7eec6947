"""Data folders with a database and a backup, and what is in them."""

from contextlib import closing
from pathlib import Path

from ac_desktop.store.engines.sqlite.recovery import open_database


def records(folder: Path) -> int:
    with closing(open_database(folder).database) as database:
        row = database.row("SELECT COUNT(*) AS number FROM record")
        assert row is not None
        return int(row["number"])


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
