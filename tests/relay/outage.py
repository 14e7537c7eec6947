"""A database that goes away at a chosen moment, as an office's server does, and comes back after a while."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.engines.sqlite.database import SqliteDatabase
from ac_desktop.store.engines.sqlite.sql import SqliteSql
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.ports import NO_CONNECTION, WriteScope
from tests.unpaced import UnpacedLedger

STATEMENTS: Final = (
    (SqliteSql, ("execute", "row", "rows", "insert", "many")),
    (SqliteDatabase, ("rows", "ids")),
    (UnpacedLedger, ("try_grant", "busy_left", "record_busy", "record_success")),
)
AFTER_COMMIT: Final = "after commit"


class Outage:
    """Takes the database away at one moment of many: before, at and after each statement and each commit."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._here = threading.local()
        self.moments: list[str] = []
        """What was done so far, in order."""
        self.at: int | None = None
        self.lasts = 0.0
        self.until: float | None = None

    def plan(self, at: int, seconds: float) -> None:
        """Go away at a moment from now on, for some seconds."""
        self.moments.clear()
        self.at, self.lasts, self.until = at, seconds, None

    def pass_by(self, moment: str) -> None:
        """Raise StoreError where the database is away."""
        if self.until is None and self.at is not None and len(self.moments) == self.at:
            self.until = self._now() + self.lasts
        self.moments.append(moment)
        if self.until is not None and self._now() < self.until:
            raise StoreError(StoreProblem.AWAY, StoreMessage.DATABASE_UNREACHABLE, file="made up")

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """Watch every statement of every database of this process."""
        for kind, names in STATEMENTS:
            for name in names:
                patch.setattr(kind, name, self._watched(name, getattr(kind, name)))
        patch.setattr(SqliteDatabase, "writing", self._watched_writing(SqliteDatabase.writing))

    def _watched(self, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: object, **kwargs: object) -> object:
            self.pass_by(name)
            return original(*args, **kwargs)

        return watched

    def _watched_writing(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @contextmanager
        def writing(
            database: SqliteDatabase, scope: WriteScope = NO_CONNECTION, *, staging: bool = False
        ) -> Iterator[SqliteSql]:
            if getattr(self._here, "is_writing", False):
                with original(database, scope, staging=staging) as sql:
                    yield sql
                return
            self.pass_by("begin")
            self._here.is_writing = True
            try:
                with original(database, scope, staging=staging) as sql:
                    yield sql
                    self.pass_by("commit")
            finally:
                self._here.is_writing = False
            self.pass_by(AFTER_COMMIT)

        return writing
