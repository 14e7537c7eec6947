"""What a process of ours does until something happens to it: relay, import, migrate, purge; run in that process."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from ac_desktop.app import ServiceParts, build
from ac_desktop.cli import main
from ac_desktop.importing.pipeline import import_table
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.importing.sources.watched_folder import move_to_done, new_file_at
from ac_desktop.model.redact import Redactor
from ac_desktop.services import Services
from ac_desktop.store.agreed_time import AgreedTime
from ac_desktop.store.connections.keys import GivenKey, SessionKeys
from ac_desktop.store.engines.sqlite import database, file_move, migrations
from ac_desktop.store.engines.sqlite.database import SqliteDatabase
from ac_desktop.store.privacy.retention import Retention
from tests.clock import VirtualClock
from tests.unpaced import UnpacedLedger

PATIENCE: Final = 60.0
RECEIPT: Final = "<p>40 rows</p>"


class Kind(StrEnum):
    """What a process can be about when it is killed."""

    RELAY = "relay"
    BULK = "bulk"
    IMPORT = "import"
    MIGRATION = "migration"
    PURGE = "purge"


@dataclass(frozen=True, kw_only=True)
class Task:
    """What to do in which data folder. `weak`: without waiting for the disk before a transaction is called kept."""

    kind: Kind
    folder: Path
    now: float
    connection_id: int = 0
    key: str = ""
    workers: int = 4
    file: Path | None = None
    weak: bool = False


@dataclass(frozen=True, kw_only=True)
class Command:
    """A command of the real console, in a process that watches `folder`.

    What it prints is in the folder `output` at once, and its exit code once it has ended. `weak`: a start
    does not read what an earlier process has begun and not finished.
    """

    folder: Path
    arguments: tuple[str, ...]
    output: Path
    weak: bool = False


@dataclass(frozen=True, kw_only=True)
class PuttingAway:
    """A file of a watched folder that is moved into `done`, in a process that watches `folder`."""

    folder: Path
    file: Path


def run(task: Task | Command | PuttingAway) -> None:
    """Do what the task says, to its end."""
    if isinstance(task, Command):
        _command(task)
    elif isinstance(task, PuttingAway):
        _put_away(task)
    elif task.weak:
        with patch.object(sqlite3, "connect", _connect_weakly):
            _DEEDS[task.kind](task)
    else:
        _DEEDS[task.kind](task)


def _command(command: Command) -> None:
    """Run the program as its command line does; its exit code and what it says are written down."""
    with (
        (command.output / "said").open("w", buffering=1, encoding="utf-8") as said,
        (command.output / "warned").open("w", buffering=1, encoding="utf-8") as warned,
        redirect_stdout(said),
        redirect_stderr(warned),
        _heedless() if command.weak else nullcontext(),
    ):
        code = main(command.arguments)
    (command.output / "code").write_text(str(int(code)), encoding="utf-8")


def _put_away(task: PuttingAway) -> None:
    if task.file.exists():
        arrived = new_file_at(task.file)
        move_to_done(arrived, (arrived.sha256,), RECEIPT)


@contextmanager
def _heedless() -> Iterator[None]:
    with (
        patch.object(file_move, "pending", lambda _: None),
        patch.object(database, "refuse_unfinished", lambda _: None),
    ):
        yield


def _services(task: Task) -> Services:
    redactor = Redactor()
    parts = ServiceParts(
        keys=GivenKey(task.key, SessionKeys(redactor), redactor) if task.key else SessionKeys(redactor),
        clock=VirtualClock(task.now),
        rate_limit_store=UnpacedLedger(),
        offline=lambda _: False,
        workers=task.workers,
    )
    return build(task.folder, parts=parts)


def _relay(task: Task) -> None:
    services = _services(task)
    services.engine.start(task.connection_id, in_bulk=task.kind is Kind.BULK)
    if not services.engine.join(task.connection_id, PATIENCE):
        raise TimeoutError("the relay did not end")
    services.close()


def _import(task: Task) -> None:
    services = _services(task)
    connection = services.connections.get(task.connection_id)
    if connection is None or task.file is None:
        raise LookupError("an import needs a connection and a file")
    import_table(services.queue, services.row_hashes, connection, [task.file], load_profiles(), now=task.now)
    services.close()


def _migrate(task: Task) -> None:
    with one_step_more():
        SqliteDatabase(task.folder).close()


def _purge(task: Task) -> None:
    kept = SqliteDatabase(task.folder)
    Retention(kept).remove_old(AgreedTime(task.now))
    kept.close()


@contextmanager
def one_step_more() -> Iterator[int]:
    """Add a step to the schema, so that there always is one to take; returns the version that it leads to."""
    step = (
        "ALTER TABLE record ADD COLUMN tried_at REAL; UPDATE record SET tried_at = changed_at;"
        "CREATE TABLE tried AS SELECT record_id, COUNT(*) AS number FROM attempt GROUP BY record_id;"
    )
    version = migrations.VERSION + 1
    with patch.multiple(database, STEPS=(*migrations.STEPS, step), VERSION=version):
        yield version


_DEEDS: Final[Mapping[Kind, Callable[[Task], None]]] = {
    Kind.RELAY: _relay,
    Kind.BULK: _relay,
    Kind.IMPORT: _import,
    Kind.MIGRATION: _migrate,
    Kind.PURGE: _purge,
}


class _Weak(sqlite3.Connection):
    """Calls a transaction kept before the disk has it, as SQLite does with this setting."""

    def executescript(self, sql_script: str, /) -> sqlite3.Cursor:
        weakened = sql_script.replace("synchronous=FULL", "synchronous=NORMAL")
        if "synchronous" in sql_script and weakened == sql_script:
            raise ValueError("there is nothing to weaken")
        return super().executescript(weakened)


_connect: Final = sqlite3.connect


def _connect_weakly(*arguments: Any, **options: Any) -> sqlite3.Connection:
    return _connect(*arguments, **options, factory=_Weak)
