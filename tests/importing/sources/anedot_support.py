"""Services with a stand-in Anedot on a real socket, and a connection that fetches from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from ac_desktop.app import ServiceParts, build
from ac_desktop.importing.pipeline import ImportedBatch, import_source
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.importing.sources.anedot_fetch import FetchedDonations
from ac_desktop.importing.sources.anedot_import import FetchOutcome
from ac_desktop.importing.sources.anedot_options import AnedotOptions
from ac_desktop.model.address import parse_address
from ac_desktop.model.connection import Connection, ConnectionSettings
from ac_desktop.model.redact import Redactor
from ac_desktop.model.scope import Scope
from ac_desktop.practice.anedot_account import Donation, StandInAccounts
from ac_desktop.practice.anedot_server import AnedotServer
from ac_desktop.services import Services
from ac_desktop.store.connections.keys import SessionKeys
from ac_desktop.store.queue.records import Record
from tests.clock import VirtualClock

DAY = date(2026, 11, 27)
NEXT_DAY = date(2026, 11, 28)


def donation(number: int, day: date = DAY, *, status: str = "completed", email: str = "", url: str = "") -> Donation:
    """Make up a donation; each number is another person."""
    return Donation(
        id=f"d{number:020d}",
        email=email or f"donor{number}@example.org",
        first_name=f"First{number}",
        created_at=f"{day.isoformat()} 20:45:23.921629",
        status=status,
        url=url or "/demo/donate",
    )


class Fetching:
    """A data folder, a stand-in Anedot, and a connection with its account and key."""

    def __init__(self, folder: Path, server: AnedotServer) -> None:
        self.folder = folder
        self.server = server
        self.clock = VirtualClock()
        self.keys = SessionKeys(Redactor())
        self.services = self.open()
        self.connection = self.connect("Spring")

    @property
    def accounts(self) -> StandInAccounts:
        """The accounts of the stand-in."""
        return self.server.accounts

    def open(self) -> Services:
        """Build the services, as at a start of the program."""
        return build(
            self.folder,
            parts=ServiceParts(keys=self.keys, clock=self.clock),
            anedot=AnedotOptions(url=self.server.url),
        )

    def restart(self) -> None:
        """Close the services and open them again on the same folder."""
        self.services.close()
        self.services = self.open()

    def connect(self, name: str, *, scope: Scope | None = None, uid: str = "", key: str | None = None) -> Connection:
        """Store a connection that fetches from the stand-in."""
        address = parse_address("http://127.0.0.1:9")
        connection = self.services.connections.create(
            ConnectionSettings(name=name, address=address, list_id="1", scope=scope or Scope()), self.clock.now()
        )
        account = self.services.anedot.accounts.remember(connection.id, uid or self.server.uid)
        self.services.anedot.keys.set(account.key_name, self.server.key if key is None else key)
        return connection

    def fetch(
        self, from_day: date = DAY, to_day: date | None = None, *, by_itself: bool = False,
        connection: Connection | None = None,
    ) -> FetchOutcome:  # fmt: skip
        """Fetch and queue."""
        return self.services.fetch_donations(
            connection or self.connection, from_day, to_day or from_day, by_itself=by_itself
        )

    def fetch_as_a_person(self) -> ImportedBatch:
        """Fetch a day, and queue it as a person does who has seen what is unclear."""
        fetched = self.services.anedot.fetch.fetch(self.connection, DAY, DAY, by_itself=False)
        assert isinstance(fetched, FetchedDonations)
        assert fetched.source is not None
        services = self.services
        return import_source(
            services.queue, services.row_hashes, self.connection, fetched.source, load_profiles(), now=self.clock.now()
        )

    def records(self, connection: Connection | None = None) -> list[Record]:
        """Return the queue of the connection."""
        number = (connection or self.connection).id
        found = self.services.database.rows("SELECT id FROM record WHERE connection_id = ? ORDER BY id", (number,))
        records = (self.services.record_reader.record(row["id"]) for row in found)
        return [record for record in records if record is not None]

    def batches(self) -> int:
        """Return the number of batches, also of those that are open."""
        row = self.services.database.row("SELECT COUNT(*) AS number FROM batch")
        return int(row["number"]) if row else 0


@contextmanager
def fetching(folder: Path) -> Iterator[Fetching]:
    """Open services with a stand-in Anedot."""
    with AnedotServer() as server:
        made = Fetching(folder, server)
        try:
            yield made
        finally:
            made.services.close()
