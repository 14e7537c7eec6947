"""Workstations of an office in one process: each with its own connections to the database of a test."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from ac_desktop.platform.computer import Computer
from ac_desktop.store.engines.postgres.database import PostgresDatabase
from ac_desktop.store.engines.postgres.owners import SEEN, PostgresOwners
from ac_desktop.store.engines.postgres.people.duties import RENEW
from ac_desktop.store.engines.postgres.rate_limit_store import PostgresRateLimitStore
from ac_desktop.store.engines.postgres.server_time import ASK
from ac_desktop.store.office_address import OfficeAddress

PATIENCE: Final = 60.0
_POLL: Final = 0.01


@dataclass(frozen=True)
class Workstation:
    """A program's database, and what an office needs of it."""

    database: PostgresDatabase
    limits: PostgresRateLimitStore

    def owners(self, name: str = "Front desk", computer: Computer | None = None) -> PostgresOwners:
        return PostgresOwners(self.database, name, "ana", computer)


@contextmanager
def workstations(address: OfficeAddress, number: int = 2) -> Iterator[list[Workstation]]:
    """Open so many workstations of an office."""
    databases = [PostgresDatabase(address) for _ in range(number)]
    try:
        yield [Workstation(database, PostgresRateLimitStore(database)) for database in databases]
    finally:
        for database in databases:
            database.close()


def elsewhere(number: int) -> Computer:
    """Return another computer."""
    return Computer(mark=f"mark{number}", start=f"boot{number}", name=f"desk-{number}")


def await_that(condition: Callable[[], bool]) -> None:
    """Wait until something has come about on another thread, or at the server; fail where it does not."""
    pause = threading.Event()
    for _ in range(round(PATIENCE / _POLL)):
        if condition():
            return
        pause.wait(_POLL)
    raise AssertionError("it did not come about")


def end_listening_connections(database: PostgresDatabase) -> None:
    """End, at the server, the connections on which workstations listen."""
    database.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid() AND query IN (?, ?, ?)",
        (ASK, SEEN, RENEW),
    )
