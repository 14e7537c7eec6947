"""Imports peewee without the database drivers that it looks for: it only composes queries here, and runs none."""

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

DRIVERS: Final = ("pysqlite3", "psycopg2cffi", "psycopg2", "psycopg", "pymysql", "MySQLdb")
"""What peewee tries to import when it is loaded; psycopg alone takes twice as long as peewee itself."""


class _NotFound:
    """Finds no driver in the thread that made it; others, which may be opening an office, find theirs."""

    def __init__(self) -> None:
        self._thread: Final = threading.get_ident()

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: object = None) -> None:  # noqa: ARG002
        if fullname in DRIVERS and threading.get_ident() == self._thread:
            raise ModuleNotFoundError(f"{fullname} is not looked for", name=fullname)


@contextmanager
def without_drivers() -> Iterator[None]:
    """Keep what this thread imports meanwhile from loading a driver; one that is loaded already stays at hand."""
    finder = _NotFound()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
