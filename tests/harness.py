"""A harness for tests: real services on a temporary folder, with a real practice account on a real socket."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from ac_desktop.app import ServiceParts, build
from ac_desktop.importing.sources.anedot_options import AnedotOptions
from ac_desktop.model.address import parse_address
from ac_desktop.model.connection import Connection, ConnectionSettings
from ac_desktop.model.donor import Donor
from ac_desktop.model.redact import Redactor
from ac_desktop.model.scope import Scope
from ac_desktop.model.states import RecordState
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.services import Services
from ac_desktop.store.connections.keys import SessionKeys
from ac_desktop.store.opening import StoreEngine
from ac_desktop.store.queue.records import BatchSource, NewRecord, StateCounts
from tests.clock import VirtualClock
from tests.lent_server import server_of
from tests.new_database import put_new_database
from tests.postgres_store import office_location
from tests.unpaced import UnpacedLedger

PATIENCE = 100.0
ENGINE = "AC_DESKTOP_ENGINE_OF_TESTS"
"""The variable that says which engine keeps the stores of harnesses that choose none."""


def donors(count: int, *, start: int = 0) -> list[Donor]:
    """Make up donors."""
    return [
        Donor(
            email=f"donor{number}@example.org",
            phone=f"225250{number % 10000:04d}",
            first_name=f"First{number}",
            last_name=f"Last{number}",
        )
        for number in range(start, start + count)
    ]


class Harness:
    """Services, a virtual clock, and a practice account that both live by; the store is SQLite's, or an office's."""

    def __init__(
        self,
        folder: Path,
        *,
        workers: int = 4,
        engine: StoreEngine | None = None,
    ) -> None:
        self.folder = folder
        self.engine = engine or StoreEngine(os.environ.get(ENGINE, StoreEngine.SQLITE))
        self.workers = workers
        self.clock = VirtualClock()
        self.offline: Callable[[str], bool] = lambda _: False
        self.account = PracticeAccount(clock=self.clock.now)
        self.server = server_of(self.account)
        self.redactor = Redactor()
        self.keys = SessionKeys(self.redactor)
        self.anedot: AnedotOptions | None = None
        if self.engine is StoreEngine.SQLITE:
            put_new_database(folder)
        self.services = self.open()

    def open(self) -> Services:
        """Build the services, as at a start of the program."""
        parts = ServiceParts(
            store=office_location(self.folder) if self.engine is StoreEngine.POSTGRES else None,
            keys=self.keys,
            clock=self.clock,
            rate_limit_store=UnpacedLedger(),
            offline=self._is_offline,
            workers=self.workers,
        )
        return build(self.folder, parts=parts, anedot=self.anedot)

    def _is_offline(self, account: str) -> bool:
        return self.offline(account)

    def restart(self) -> None:
        """Close the services and open them again on the same folder."""
        self.services.close()
        self.services = self.open()

    def connect(
        self,
        name: str = "Spring",
        *,
        scope: Scope | None = None,
        consent_guard: bool = True,
        key: str | None = None,
        list_id: str | None = None,
    ) -> Connection:
        """Keep a connection to the practice account."""
        connection = self.services.connections.create(
            ConnectionSettings(
                name=name,
                address=parse_address(self.server.url),
                list_id=list_id or self.server.list_id,
                list_name="Donors",
                scope=scope or Scope(),
                consent_guard=consent_guard,
            ),
            self.clock.now(),
        )
        self.services.keys.set(self.services.connections.key_name(connection.id), key or self.server.key)
        return connection

    def queue(self, connection: Connection, made: Sequence[Donor], file_name: str = "made-up.csv") -> int:
        """Queue donors as one batch; returns its number."""
        queue, now = self.services.queue, self.clock.now()
        batch_id = queue.open_batch(connection.id, BatchSource(kind="file", file_name=file_name), now)
        records = [
            NewRecord(row=row, donor=donor, state=RecordState.WAITING, cells=(donor.email,))
            for row, donor in enumerate(made, 2)
        ]
        queue.add(connection.id, batch_id, records, now)
        queue.close_batch(batch_id)
        return batch_id

    def relay(self, connection: Connection, *, through: int | None = None, in_bulk: bool = False) -> StateCounts:
        """Relay to the end and return the counts."""
        engine = self.services.engine
        engine.start(connection.id, through=through, in_bulk=in_bulk)
        assert engine.join(connection.id, PATIENCE), "the relay did not end"
        engine.stop()
        return self.counts(connection)

    def counts(self, connection: Connection) -> StateCounts:
        """Count the connection's records."""
        return self.services.queue.counts(connection.id)

    def now_is(self, connection: Connection) -> Connection:
        """Read the connection again."""
        found = self.services.connections.get(connection.id)
        assert found is not None
        return found

    def emails_on_list(self) -> set[str]:
        """Return who is on the newcomers' list."""
        return {contact.email for contact in self.account.members(self.server.list_id)}

    def __enter__(self) -> Self:
        self.server.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.services.close()
        self.server.stop()
