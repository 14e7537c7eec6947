"""What the tests of the SQLite file share."""

import sqlite3
from pathlib import Path

import pytest

from ac_desktop.store.engines.sqlite.database import SqliteDatabase
from ac_desktop.store.engines.sqlite.file_move import LOCK_NAME
from ac_desktop.store.engines.sqlite.sql import SqliteSql
from ac_desktop.store.errors import StoreError
from ac_desktop.store.opening import StoredDatabase


def refused(folder: Path) -> StoreError:
    with pytest.raises(StoreError) as caught:
        SqliteDatabase(folder)
    return caught.value


def the_file(database: StoredDatabase) -> SqliteDatabase:
    """Return the database as SQLite's, for what only a file has."""
    assert isinstance(database, SqliteDatabase)
    return database


def everything(folder: Path) -> dict[str, bytes]:
    """All that is kept; the lock of those who use the folder holds nothing."""
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name != LOCK_NAME}


def put_account(sql: sqlite3.Connection | SqliteSql, host: str = "acct.api-us1.com") -> None:
    sql.execute("INSERT INTO account VALUES (?, 4)", (host,))
