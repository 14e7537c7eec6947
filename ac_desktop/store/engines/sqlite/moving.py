"""A data folder's side of a move: its file is kept under a dated name, or a new one comes to its place."""

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from ac_desktop.platform.paths import make_data_folder
from ac_desktop.platform.private_files import Folder, sync_file
from ac_desktop.store.backups import FILE_NAME
from ac_desktop.store.engines.sqlite.database import SqliteDatabase
from ac_desktop.store.engines.sqlite.file_move import FolderUse
from ac_desktop.store.engines.sqlite.owners import SqliteOwners
from ac_desktop.store.engines.sqlite.sql import store_error
from ac_desktop.store.errors import disk_error
from ac_desktop.store.ports import Sql

ARRIVING: Final = "queue-arriving"
"""The folder of a new queue until it is complete."""
_WITHOUT_CONNECTIONS: Final = "queue-before-%Y-%m-%d-%H%M%S.sqlite3"
"""The name that a queue without connections, and so without donors, gets where another one comes to its place."""
_READ_ONLY: Final = 0o400
_PATIENCE: Final = 2.0
"""Seconds that a person waits until a command that works in their folder has ended."""


class SqliteQueue:
    """The queue of a data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._use: FolderUse | None = None

    @property
    def exists(self) -> bool:
        """Whether the folder has a queue's file."""
        return (self.folder / FILE_NAME).exists()

    @property
    def has_connections(self) -> bool:
        """Whether the folder's queue, which is kept alone, has any connection: without one it has no donors."""
        with self.opened() as (database, _):
            return database.row("SELECT id FROM connection LIMIT 1") is not None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes of ours out of the folder."""
        try:
            make_data_folder(self.folder)
            use = FolderUse(self.folder, alone=True, patience=_PATIENCE)
        except OSError as error:
            raise disk_error(error, self.folder) from error
        with use:
            self._use = use
            yield
        self._use = None

    @contextmanager
    def opened(self) -> Iterator[tuple[SqliteDatabase, SqliteOwners]]:
        """Return the queue's database and this process as an owner, while the folder is kept."""
        database = SqliteDatabase(self.folder, self._use)
        try:
            owners = SqliteOwners(self.folder)
            try:
                yield database, owners
            finally:
                owners.close()
        finally:
            database.close()

    def keep_read_only(self, name: str) -> Path:
        """Rename the file, which is closed, and make it read-only; return where it is now."""
        file, kept = self.folder / FILE_NAME, self.folder / name
        try:
            if file.exists():
                _close_log(file)
                file.rename(kept)
            if kept.exists():
                kept.chmod(_READ_ONLY)
            with Folder(self.folder) as held:
                held.sync()
        except OSError as error:
            raise disk_error(error, self.folder) from error
        return kept

    @contextmanager
    def arriving(self) -> Iterator[SqliteDatabase]:
        """Return the database of a new queue that is not in its place yet; at the end all of it is on the disk."""
        folder = self.folder / ARRIVING
        try:
            shutil.rmtree(folder, ignore_errors=True)
            database = SqliteDatabase(folder)
            try:
                yield database
            finally:
                database.close()
            _close_log(folder / FILE_NAME)
            sync_file(folder / FILE_NAME)
        except OSError as error:
            raise disk_error(error, folder) from error

    def count_on(self, sql: Sql, last: Mapping[str, int]) -> None:
        """Count on behind the IDs that another queue has given already, so that none is given again."""
        for table, number in last.items():
            if sql.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = ? AND seq < ?", (number, table, number)):
                continue
            if number and sql.row("SELECT 1 AS found FROM sqlite_sequence WHERE name = ?", (table,)) is None:
                sql.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, number))

    def put_in_place(self) -> None:
        """Make the new queue that of the folder, where it is not in its place yet."""
        arrived = self.folder / ARRIVING / FILE_NAME
        try:
            if arrived.exists():
                if self.exists:
                    self.keep_read_only(time.strftime(_WITHOUT_CONNECTIONS))
                os.replace(arrived, self.folder / FILE_NAME)  # noqa: PTH105  nothing is there: who opens it is refused
            with Folder(self.folder) as held:
                held.sync()
            shutil.rmtree(self.folder / ARRIVING, ignore_errors=True)
        except OSError as error:
            raise disk_error(error, self.folder) from error


def _close_log(file: Path) -> None:
    """Write all of a database into its one file, without companions."""
    try:
        with closing(sqlite3.connect(file, isolation_level=None)) as sql:
            sql.execute("PRAGMA journal_mode=DELETE").fetchall()
    except sqlite3.Error as error:
        problem = store_error(error, file)
        if problem is None:
            raise
        raise problem from error
