"""An empty database of today's schema, made once a process and copied for each test that wants a new one.

How a database is made, step by step, is proved by `tests/store/engines/sqlite/`, which opens its own.
"""

import tempfile
from functools import cache
from pathlib import Path

from ac_desktop.platform.paths import make_data_folder
from ac_desktop.platform.private_files import create_private
from ac_desktop.store.engines.sqlite.database import FILE_NAME, SqliteDatabase


@cache
def _empty_database() -> bytes:
    with tempfile.TemporaryDirectory(prefix="ac-desktop-empty-") as folder:
        SqliteDatabase(Path(folder)).close()
        return Path(folder, FILE_NAME).read_bytes()


def put_new_database(folder: Path) -> None:
    """Put an empty database into a folder that does not exist yet, as the first start would."""
    if folder.exists():
        return
    make_data_folder(folder)
    path = folder / FILE_NAME
    create_private(path)
    path.write_bytes(_empty_database())
