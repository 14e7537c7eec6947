"""A data folder with a database of 50 donors, and a backup of it."""

import shutil
from pathlib import Path

import pytest

from ac_desktop.model import rules
from ac_desktop.store.engines.sqlite.backups import newest_backup
from ac_desktop.store.engines.sqlite.database import FILE_NAME
from tests.made_up import Store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A database with 50 donors, three of whom were sent, and a backup with 20."""
    made = tmp_path / "data"
    with Store(made) as store:
        connection = store.connect()
        store.fill(connection, 50)
        for _ in range(3):
            store.end(store.claim(connection), rules.Success())
    with Store(tmp_path / "other") as store:
        store.fill(store.connect(), 20)
    shutil.move(tmp_path / "other" / FILE_NAME, made / f"{FILE_NAME}.version-1.20260701-120000.backup")
    return made


@pytest.fixture
def backup(folder: Path) -> Path:
    found = newest_backup(folder)
    assert found is not None
    return found
